/*
 * How good a sync's data is, day by day: figures, warnings, two charts and the same as a table, on the card of each sync that
 * names an address for it. A card that is fetched anew keeps this part (hx-preserve). The library that draws is loaded when
 * there is something to draw and somebody may see it.
 */
const LIBRARY = '/webjars/chart.js/4.5.1/dist/chart.umd.min.js';
const DAYS = 30;
const DAY_MS = 86_400_000;
const LOOKS_MS = [0, 4_000, 15_000, 60_000]; // a snapshot follows the end of its run within seconds

const whole = new Intl.NumberFormat();
const short = new Intl.NumberFormat(undefined, { notation: 'compact' });
const points = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1 });
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const shortDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const fullDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });

const share = (count, snapshot) => (snapshot.total_permits ? count / snapshot.total_permits : null);
const withoutDescription = snapshot => share(snapshot.permits_without_description, snapshot);
const withoutBuilder = snapshot => share(snapshot.total_permits - snapshot.permits_with_builder, snapshot);
const or = (value, format) => (value === null || value === undefined ? '–' : format.format(value));

function make(name, attributes = {}, ...content) {
  const element = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  element.append(...content);
  return element;
}

// --- when to look

const shown = new WeakMap(); // what each place shows: {lastUpdated, quality, charts}

/** After each turn of a run: a completed one is followed by a snapshot. */
function attend(place) {
  const { run, state } = place.closest('.card').dataset;
  const turn = `${run} ${state}`;
  if (place.dataset.turn !== turn) {
    place.dataset.turn = turn;
    LOOKS_MS.forEach(wait => setTimeout(look, wait, place));
  }
}

async function look(place) {
  if (!place.isConnected) {
    return;
  }
  try {
    const answer = await fetch(place.dataset.quality);
    if (answer.ok) {
      show(place, await answer.json());
    }
  } catch {
    // What was known stays; the page tells elsewhere that the service is away.
  }
}

// --- what there is to see

function show(place, quality) {
  const before = shown.get(place);
  if (before && before.lastUpdated === quality.lastUpdated) {
    return;
  }
  before?.charts.forEach(chart => chart.destroy());
  const state = { lastUpdated: quality.lastUpdated, quality, charts: [] };
  shown.set(place, state);
  const isOpen = place.querySelector('details')?.open ?? false;
  const title = place.querySelector('h3');
  place.replaceChildren(title, ...(quality.current ? parts(quality, isOpen) : [none()]));
  whenVisible.observe(place);
}

function none() {
  return make('p', { class: 'remark' }, 'Nobody has looked yet. The first look follows the next completed run.');
}

function parts({ current, trends }, isOpen) {
  return [
    make('p', { class: 'remark' }, `As of ${fullDay.format(new Date(current.snapshot_date))}.`),
    ...warnings(current),
    figures(current),
    ...(current.score === null ? [make('p', { class: 'remark' }, `No score: ${current.unavailable.score}.`)] : []),
    charts(trends),
    table(trends, isOpen),
  ];
}

function warnings({ warnings: found }) {
  const items = found.map(warning => make('li', {}, `${warning.message}.`));
  return items.length === 0 ? [] : [make('ul', { class: 'attention warnings', 'aria-label': 'Warnings' }, ...items)];
}

function figures(snapshot) {
  const figure = (name, value) => make('div', {}, make('dt', {}, name), make('dd', {}, value));
  return make(
    'dl', { class: 'counts' },
    figure('Permits', whole.format(snapshot.total_permits)),
    figure('Active', whole.format(snapshot.active_permits)),
    figure('No description', or(withoutDescription(snapshot), percent)),
    figure('No builder', or(withoutBuilder(snapshot), percent)),
    figure('Score', snapshot.score === null ? '–' : `${points.format(snapshot.score)} (${snapshot.band})`));
}

function charts(trends) {
  const plot = (kind, title) => make(
    'figure', {}, make('figcaption', {}, title),
    make('div', { class: 'plot' }, make('canvas', { 'data-plot': kind, role: 'img', 'aria-label': told(kind, trends) })));
  return make('div', { class: 'plots' }, plot('counts', 'Permits, last 30 days'), plot('shares', 'Share of the permits, last 30 days'));
}

/** The gist of a chart for who does not see it; the table has all of it. */
function told(kind, trends) {
  const [newest, oldest] = [trends[0], trends.at(-1)];
  const from = value => `from ${value(oldest)} to ${value(newest)}`;
  const days = `${trends.length} days from ${fullDay.format(new Date(oldest.snapshot_date))} on`;
  return kind === 'counts'
    ? `Permits on ${days}: all, ${from(s => whole.format(s.total_permits))}; active, ${from(s => whole.format(s.active_permits))}`
    : `Shares on ${days}: without description, ${from(s => or(withoutDescription(s), percent))}; `
      + `without builder, ${from(s => or(withoutBuilder(s), percent))}`;
}

function table(trends, isOpen) {
  const columns = [
    ['Day', s => fullDay.format(new Date(s.snapshot_date))],
    ['Permits', s => whole.format(s.total_permits)],
    ['Active', s => whole.format(s.active_permits)],
    ['No description', s => or(withoutDescription(s), percent)],
    ['No builder', s => or(withoutBuilder(s), percent)],
    ['Score', s => or(s.score, points)],
    ['Warnings', s => whole.format(s.warnings.length)],
  ];
  const head = columns.map(([name], n) => make('th', { scope: 'col', ...(n ? { class: 'number' } : {}) }, name));
  const rows = trends.map(snapshot => make('tr', {}, ...columns.map(([, cell], n) => (
    n ? make('td', { class: 'number' }, cell(snapshot)) : make('th', { scope: 'row' }, cell(snapshot))))));
  return make(
    'details', isOpen ? { open: '' } : {}, make('summary', {}, 'Day by day, as a table'),
    make('div', { class: 'wide', role: 'region', tabindex: '0', 'aria-label': 'Quality day by day' },
      make('table', { class: 'days' }, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...rows))));
}

// --- the charts

let library;

function load() {
  library ??= new Promise((done, failed) => {
    const script = make('script', { src: LIBRARY });
    script.onload = () => done(window.Chart);
    script.onerror = failed;
    document.head.append(script);
  });
  return library;
}

const whenVisible = new IntersectionObserver(entries => entries.forEach(({ isIntersecting, target }) => {
  if (isIntersecting) {
    whenVisible.unobserve(target);
    draw(target);
  }
}), { rootMargin: '200px' });

async function draw(place) {
  const state = shown.get(place);
  if (!state?.quality.current) {
    return;
  }
  const Chart = await load().catch(() => undefined);
  if (!Chart || shown.get(place) !== state) {
    return; // the table says it all; or there is something newer
  }
  state.charts.forEach(chart => chart.destroy());
  state.charts = [...place.querySelectorAll('canvas')].map(canvas => plot(Chart, canvas, state.quality.trends));
}

/** The last 30 days up to today; a day without a snapshot is a gap. */
function days(trends) {
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  const last = Math.max(today, Date.parse(trends[0].snapshot_date));
  return Array.from({ length: DAYS }, (_, n) => new Date(last - (DAYS - 1 - n) * DAY_MS));
}

function plot(Chart, canvas, trends) {
  const byDay = new Map(trends.map(snapshot => [snapshot.snapshot_date, snapshot]));
  const axis = days(trends);
  const style = getComputedStyle(document.documentElement);
  const colour = name => style.getPropertyValue(name).trim();
  const line = (label, value, tone, dash) => ({
    label,
    data: axis.map(day => {
      const snapshot = byDay.get(day.toISOString().slice(0, 10));
      return snapshot ? value(snapshot) : null;
    }),
    borderColor: colour(tone),
    backgroundColor: colour(tone),
    borderDash: dash,
    borderWidth: 2,
    pointRadius: 2,
    spanGaps: false,
  });
  const isCounts = canvas.dataset.plot === 'counts';
  const lines = isCounts
    ? [line('All', s => s.total_permits, '--busy', []), line('Active', s => s.active_permits, '--good', [6, 3])]
    : [line('No description', withoutDescription, '--attention', []), line('No builder', withoutBuilder, '--quiet', [6, 3])];
  if (!isCounts && trends.some(snapshot => snapshot.score !== null)) {
    lines.push(line('Score of 100', s => (s.score === null ? null : s.score / 100), '--good', [2, 3]));
  }
  const text = { color: colour('--pico-muted-color') };
  return new Chart(canvas, {
    type: 'line',
    data: { labels: axis.map(day => shortDay.format(day)), datasets: lines },
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: { grid: { display: false }, border: { color: colour('--line') }, ticks: { ...text, maxRotation: 0, autoSkipPadding: 16 } },
        y: {
          beginAtZero: true,
          max: isCounts ? undefined : 1,
          grid: { color: colour('--line') },
          border: { display: false },
          ticks: { ...text, maxTicksLimit: 5, callback: value => (isCounts ? short : percent).format(value) },
        },
      },
      plugins: {
        legend: {
          position: 'bottom',
          labels: {
            ...text, usePointStyle: true, pointStyle: 'line', pointStyleWidth: 28,
            // As the lines themselves: colour alone tells too few people which is which.
            generateLabels: chart => Chart.defaults.plugins.legend.labels.generateLabels(chart)
              .map(label => ({ ...label, lineDash: chart.data.datasets[label.datasetIndex].borderDash })),
          },
        },
        tooltip: {
          callbacks: {
            label: item => `${item.dataset.label}: ${(isCounts ? whole : percent).format(item.parsed.y)}`,
          },
        },
      },
    },
  });
}

// --- where

const places = root => root.querySelectorAll('.quality[data-quality]');

document.addEventListener('htmx:load', event => places(event.target.closest('article') ?? event.target).forEach(attend));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => places(document).forEach(draw));
