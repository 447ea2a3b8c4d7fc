/*
 * Keeps the page of the devices and its address in step: what is searched, chosen, sorted and opened stands in the address,
 * and a page that is opened by it looks the same. Columns that one does not want to see are remembered by the browser.
 */
const TYPING_MS = 300;
const REMEMBERED = 'syncline.devices.columns';
const ENDED = ['SUCCEEDED', 'PARTIAL'];

const page = document.getElementById('devices');
const form = document.getElementById('filters');
const grid = document.getElementById('grid');
const panel = document.getElementById('panel');
const body = document.getElementById('panel-body');
const chooser = document.getElementById('chooser');
const updated = document.getElementById('updated');
const notice = document.getElementById('notice');

const state = () => grid.querySelector('[data-address]')?.dataset;
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

// --- asking

let typing;
/** What becomes of the address when the table comes: a new entry of the history, another address of this one, or nothing. */
let next = 'push';

function ask(how) {
  clearTimeout(typing);
  next = how;
  htmx.trigger(form, 'ask');
}

form.addEventListener('input', event => {
  if (event.target.type === 'search') {
    clearTimeout(typing);
    typing = setTimeout(() => ask('replace'), TYPING_MS);
  }
});

form.addEventListener('change', event => {
  const choice = event.target.closest('.choice');
  if (choice === chooser) {
    remember(event.target);
  } else if (event.target.type !== 'search') {
    count(choice);
    ask('push');
  }
});

form.addEventListener('submit', event => {
  event.preventDefault();
  event.stopPropagation();
  ask('push');
});

function count(choice) {
  if (choice) {
    const chosen = choice.querySelectorAll('input:checked').length;
    choice.querySelector('[data-chosen]').textContent = chosen || '';
  }
}

// --- the table and the details come

document.addEventListener('htmx:beforeSwap', event => {
  const { xhr, target } = event.detail;
  if ((target === grid || target === body) && xhr.getResponseHeader('Content-Type')?.startsWith('text/html')) {
    event.detail.shouldSwap = true; // what cannot be shown says so itself
    event.detail.isError = false;
  }
});

document.addEventListener('htmx:afterSwap', event => {
  if (event.detail.target === grid) {
    notice.textContent = '';
    arrange();
    address(next, state()?.address);
    next = 'push';
  } else if (event.detail.target === body) {
    open();
    address('push', event.detail.requestConfig.elt.getAttribute('href'));
  }
});

for (const failure of ['htmx:sendError', 'htmx:responseError']) {
  document.addEventListener(failure, event => {
    const { status } = event.detail.xhr;
    if (status !== 401 && [grid, body].includes(event.detail.target)) {
      notice.textContent = status ? `The service answered with status ${status}.` : 'The service cannot be reached.';
    }
  });
}

function address(how, to) {
  if (how === 'keep' || !to || to === location.pathname + location.search) {
    return;
  }
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', to);
}

addEventListener('popstate', () => location.reload());

// --- details

function open() {
  if (!panel.open) {
    panel.showModal();
    document.documentElement.classList.add('modal-is-open');
  }
  panel.querySelector('[data-close]')?.focus();
}

panel.addEventListener('click', event => {
  if (event.target === panel || event.target.closest('[data-close]')) {
    panel.close();
  }
});

panel.addEventListener('close', () => {
  document.documentElement.classList.remove('modal-is-open');
  address('replace', state()?.address ?? '/devices');
});

// --- columns

const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(REMEMBERED)) ?? {};
  } catch {
    return {};
  }
}

function remember(box) {
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify({ ...remembered(), [box.value]: box.checked }));
  } catch {
    // a browser that keeps nothing shows the usual columns next time
  }
  hide();
}

/** The chooser offers what the table has, which may have changed with the sheet. */
function arrange() {
  const heads = [...grid.querySelectorAll('th[data-column]')];
  const choices = remembered();
  chooser.querySelectorAll('label').forEach(label => label.remove());
  chooser.querySelector('fieldset').append(...heads.map(head => choice(head, choices)));
  chooser.hidden = heads.length === 0;
  hide();
}

function choice(head, choices) {
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.value = head.dataset.column;
  box.checked = choices[box.value] ?? !('extra' in head.dataset);
  const label = document.createElement('label');
  label.append(box, ` ${head.dataset.label}`);
  return label;
}

function hide() {
  const hidden = [...chooser.querySelectorAll('input:not(:checked)')].map(box => `[data-column=${CSS.escape(box.value)}]`);
  sheet.replaceSync(hidden.length ? `.roster :is(${hidden.join()}) { display: none; }` : '');
}

// --- menus close when one goes on elsewhere

document.addEventListener('click', event => {
  form.querySelectorAll('.choice[open]').forEach(menu => {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  });
});

form.addEventListener('keydown', event => {
  const menu = event.target.closest('.choice[open]');
  if (event.key === 'Escape' && menu) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
});

// --- hiding people

document.getElementById('anonymize').addEventListener('change', async event => {
  const box = event.target;
  const answer = await fetch('/api/devices/anonymize', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'XMLHttpRequest' },
    body: JSON.stringify({ enabled: box.checked }),
  }).catch(() => undefined);
  if (answer?.ok) {
    location.assign(withoutHidden(box.checked));
    return;
  }
  box.checked = !box.checked;
  const problem = await answer?.json().catch(() => undefined);
  notice.textContent = problem?.error
    ? `${problem.error.message}. ${problem.error.recommendation} (${problem.error.code})`
    : 'Nothing was switched: the service cannot be reached.';
});

/** What is hidden can be neither filtered nor sorted by. */
function withoutHidden(on) {
  const here = new URL(location.href);
  if (on) {
    ['assignedTo', 'sort', 'direction', 'page'].forEach(name => here.searchParams.delete(name));
  }
  return here.pathname + here.search;
}

// --- what a run has changed

let known;

document.addEventListener('syncline:run', ({ detail: run }) => {
  if (run.sync !== page.dataset.sync) {
    return;
  }
  const version = `${run.id}:${run.version}`;
  const isNews = known !== undefined && known !== version;
  known = version;
  if (isNews && ENDED.includes(run.state)) {
    refresh();
  }
});

async function refresh() {
  next = 'keep';
  await htmx.ajax('GET', state()?.grid ?? '/devices/grid', { target: '#grid', swap: 'innerHTML' });
  updated.textContent = `Updated ${time.format(new Date())}`;
}

arrange();
if ('open' in panel.dataset) {
  open();
}
