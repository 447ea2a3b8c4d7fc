const form = name => document.getElementById(name);
const told = document.getElementById('told');
let shown = {};

const letters = column => (column < 26 ? '' : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + column % 26);

function element(name, text, scope) {
  const made = document.createElement(name);
  made.textContent = text;
  if (scope) made.scope = scope;
  return made;
}

function choose(select, values, chosen) {
  select.replaceChildren(...values.map(value => new Option(value, value, false, value === chosen)));
}

function draw() {
  choose(form('choice').spreadsheet, shown.spreadsheets, shown.spreadsheet);
  choose(form('choice').tab, shown.tabs || [], shown.tab);
  const rows = shown.rows || [];
  const width = Math.max(1, ...rows.map(row => row.length));
  const head = document.createElement('tr');
  head.append(element('td', ''), ...Array.from({length: width}, (x, i) => element('th', letters(i), 'col')));
  const body = rows.map((row, i) => {
    const line = document.createElement('tr');
    line.append(element('th', i + 1, 'row'), ...Array.from({length: width}, (x, j) => cell(row[j] || '', letters(j) + (i + 1))));
    return line;
  });
  const table = document.getElementById('cells');
  table.createTHead().replaceChildren(head);
  (table.tBodies[0] || table.createTBody()).replaceChildren(...body);
}

function cell(text, name) {
  const made = element('td', text);
  made.title = name + (shown.formulas[name] ? ' ' + shown.formulas[name] : '');
  made.addEventListener('click', () => {
    form('cell').cell.value = name;
    form('cell').value.value = shown.formulas[name] || text;
    form('row').row.value = name.replace(/\D/g, '');
    form('cell').value.focus();
  });
  return made;
}

async function load() {
  const choice = new URLSearchParams(new FormData(form('choice')));
  shown = await (await fetch('/stand-in/sheet?' + choice)).json();
  draw();
}

async function change(what) {
  const answer = await fetch('/stand-in/changes', {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({spreadsheet: shown.spreadsheet, tab: shown.tab, ...what})
  });
  told.textContent = (await answer.json()).message;
  await load();
}

function submitted(name, what) {
  form(name).addEventListener('submit', event => {
    event.preventDefault();
    change(what(Object.fromEntries(new FormData(event.target)), event.submitter));
  });
}

submitted('cell', values => ({change: 'cell', ...values}));
submitted('row', (values, button) => ({change: button.value, row: Number(values.row)}));
submitted('fault', values => ({change: 'fault', ...values}));
submitted('sample', () => ({change: 'sample'}));
form('choice').addEventListener('change', load);
load();
