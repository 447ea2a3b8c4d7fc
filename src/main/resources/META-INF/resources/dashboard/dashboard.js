/*
 * Keeps the page in step with the event stream. While a run is under way its figures are written into the page as they
 * come; whenever the state of a sync changes, its card is fetched anew, so that words and layout have one source. The page of
 * who is not let in uses it to log out alone.
 */
const SILENCE_MS = 25_000; // a heartbeat comes every ten seconds
const LONGEST_WAIT_MS = 15_000;
const WORTH_A_WORD_MS = 5_000; // a stream ends with the token that it was opened with, and is back at once
const RATE_OVER_MS = 4_000;

const number = new Intl.NumberFormat();
const near = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const thisDay = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const anyDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

const card = sync => document.querySelector(`#sync-${CSS.escape(sync)} > .card`);
const cards = () => document.querySelectorAll('.card');
const refresh = element => htmx.trigger(element.closest('article'), 'stale');

// --- figures and times, as the reader writes them

function localise(root) {
  root.querySelectorAll('data[value]').forEach(data => { data.textContent = number.format(data.value); });
  root.querySelectorAll('time[datetime]').forEach(tell);
}

function tell(time) {
  const instant = new Date(time.dateTime);
  const today = instant.toDateString() === new Date().toDateString();
  const absolute = (today ? thisDay : anyDay).format(instant);
  time.textContent = 'relative' in time.dataset ? `${absolute} (${ago(instant)})` : absolute;
  time.title = exact.format(instant);
}

function ago(instant) {
  const seconds = Math.round((instant - Date.now()) / 1000);
  for (const [unit, length] of [['day', 86_400], ['hour', 3_600], ['minute', 60]]) {
    if (Math.abs(seconds) >= length) {
      return near.format(Math.trunc(seconds / length), unit);
    }
  }
  return near.format(Math.abs(seconds) < 10 ? 0 : seconds, 'second');
}

setInterval(() => document.querySelectorAll('time[data-relative]').forEach(tell), 10_000);

// --- a run as it goes on

function follow(run) {
  const shown = card(run.sync);
  if (!shown) {
    return;
  }
  const { run: id, version, state } = shown.dataset;
  if (run.id < id || (run.id === id && run.version <= Number(version))) {
    return; // ids rise with time
  }
  if (run.id !== id || run.state !== state) {
    refresh(shown);
    return;
  }
  shown.dataset.version = run.version;
  patch(shown, run);
}

function patch(shown, run) {
  const put = (name, value) => shown.querySelectorAll(`[data-live="${name}"]`).forEach(place => {
    place.textContent = value;
  });
  Object.entries(run.counts).forEach(([name, count]) => {
    put(name, number.format(count));
    shown.querySelector(`[data-count="${name}"]`)?.classList.toggle('none', count === 0);
  });
  put('stage', run.progress.stage);
  put('rate', rate(run));
  const bar = shown.querySelector('[data-live="bar"]');
  if (bar && run.progress.bytesTotal) {
    bar.max = run.progress.bytesTotal;
    bar.value = run.progress.bytesRead;
  }
}

const samples = new Map();

function rate(run) {
  const now = performance.now();
  const last = samples.get(run.sync);
  const fresh = last && last.id === run.id && last.points.at(-1).read <= run.counts.read;
  const points = fresh ? last.points.filter(point => now - point.at < RATE_OVER_MS) : [];
  points.push({ at: now, read: run.counts.read });
  samples.set(run.sync, { id: run.id, points });
  const [first] = points;
  const seconds = (now - first.at) / 1000;
  return seconds < 0.4 ? '' : `${number.format(Math.round((run.counts.read - first.read) / seconds))} rows/s`;
}

// --- the stream

const pill = document.getElementById('connection');
const notice = document.getElementById('notice');
let stream;
let silence;
let again;
let alarm;
let failures = 0;
let opened = false;
let over = false;

function connect() {
  disconnect();
  stream = new EventSource('/api/events');
  stream.onopen = connected;
  stream.onerror = () => (stream.readyState === EventSource.CLOSED ? refused() : reconnecting());
  stream.addEventListener('run', event => { heard(); tellOf(JSON.parse(event.data)); });
  stream.addEventListener('heartbeat', () => { heard(); document.querySelectorAll('[data-held]').forEach(refresh); });
  heard();
}

/** Other pages listen too. */
function tellOf(run) {
  follow(run);
  document.dispatchEvent(new CustomEvent('syncline:run', { detail: run }));
}

function disconnect() {
  clearTimeout(silence);
  clearTimeout(again);
  stream?.close();
}

/** What happened while nobody listened is fetched once; it includes what the stream does not tell. */
function connected() {
  heard();
  failures = 0;
  clearTimeout(alarm);
  alarm = undefined;
  if (opened && document.getElementById('syncs')) {
    htmx.trigger('#syncs', 'reopened');
  }
  opened = true;
  show('live', 'Live');
}

function missing() {
  alarm ??= setTimeout(() => show('lost', 'Connection lost, reconnecting'), WORTH_A_WORD_MS);
}

/** The attempt has all its time: cut off while it renews the session, it can lose it, for the answer brings the new one. */
function reconnecting() {
  heard();
  missing();
}

/** The browser reconnects by itself after a cut, but not after an answer that is no stream: one that ended the session, too. */
async function refused() {
  disconnect();
  missing();
  const status = await fetch('/api/me').then(answer => answer.status, () => 0);
  if (status === 401 || status === 403) {
    end(status);
  } else if (!document.hidden) {
    retry();
  }
}

function retry() {
  missing();
  disconnect();
  const wait = Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** failures++);
  again = setTimeout(connect, wait * (0.75 + Math.random() / 2));
}

function heard() {
  clearTimeout(silence);
  silence = setTimeout(retry, SILENCE_MS);
}

function show(state, words) {
  if (pill.dataset.connection !== state) {
    pill.dataset.connection = state;
    pill.textContent = words;
  }
}

// A browser allows few connections to one host, and tabs share them: one that nobody sees gives its own back.
function attend() {
  if (over) {
    return;
  }
  if (document.hidden) {
    clearTimeout(alarm);
    alarm = undefined;
    disconnect();
  } else {
    show('connecting', 'Connecting');
    connect();
  }
}

/** The session is over, or its right was taken away: the page stays as it was, and nothing on it acts any more. */
function end(status) {
  over = true;
  clearTimeout(alarm);
  disconnect();
  pill.hidden = true;
  document.querySelector('.account').hidden = true;
  document.querySelectorAll('main button').forEach(act => act.setAttribute('aria-disabled', 'true'));
  const way = document.createElement('a');
  way.href = status === 401 ? '/login' : '/';
  way.textContent = status === 401 ? 'Log in' : 'See why';
  const words = status === 401 ? 'You are logged out.' : 'You may not see this any more.';
  notice.replaceChildren(`${words} The page shows what was known until now. `, way);
}

// --- what a person does

htmx.defineExtension('json', {
  onEvent(name, event) {
    if (name === 'htmx:configRequest') {
      event.detail.headers['Content-Type'] = 'application/json';
    }
    return true;
  },
  encodeParameters(xhr, parameters) {
    return JSON.stringify(Object.fromEntries(parameters.entries()));
  },
});

const button = element => (element.matches('form') ? element.querySelector('[type=submit]') : element);
const isWrite = event => event.detail.requestConfig.verb !== 'get';
const starts = element => element.matches('[data-starts]');

// What is put in can be clicked at once, and not only when it has settled.
htmx.config.defaultSettleDelay = 0;

document.addEventListener('htmx:configRequest', event => {
  event.detail.headers['X-Requested-With'] = 'XMLHttpRequest';
});

document.addEventListener('htmx:confirm', event => {
  if (button(event.target)?.getAttribute('aria-disabled') === 'true') {
    event.preventDefault();
  }
});

document.addEventListener('htmx:beforeRequest', event => {
  if (isWrite(event)) {
    button(event.target).setAttribute('aria-busy', 'true');
    answer(event.target, '');
    if (starts(event.target)) {
      expectRun(event.target.closest('.card'));
    }
  }
});

// What a person starts is shown as starting at once. The card that is fetched after the answer says how it really is; where not
// even that can be fetched, what was shown before comes back.
const before = new WeakMap();

function expectRun(shown) {
  const state = shown.querySelector('.state');
  const acts = [...shown.querySelectorAll('[data-starts]')].map(button);
  before.set(shown, { words: state.textContent, tone: state.className, acts: acts.map(act => act.getAttribute('aria-disabled')) });
  state.textContent = 'Starting';
  state.className = 'state busy';
  acts.forEach(act => act.setAttribute('aria-disabled', 'true'));
}

function takeBack(shown) {
  const known = before.get(shown);
  if (!known) {
    return;
  }
  before.delete(shown);
  const state = shown.querySelector('.state');
  state.textContent = known.words;
  state.className = known.tone;
  [...shown.querySelectorAll('[data-starts]')].map(button).forEach((act, i) => {
    act.toggleAttribute('aria-disabled', false);
    if (known.acts[i] !== null) {
      act.setAttribute('aria-disabled', known.acts[i]);
    }
  });
}

document.addEventListener('htmx:afterRequest', event => {
  const { xhr, successful } = event.detail;
  if (!isWrite(event)) {
    return;
  }
  button(event.target).removeAttribute('aria-busy');
  if (!successful) {
    answer(event.target, refusal(xhr));
    if (starts(event.target)) {
      takeBack(event.target.closest('.card'));
    }
  }
  if (!over && event.target.closest('article')) {
    refresh(event.target);
  }
});

/** A part of the page or a write that is refused so is refused for all that follows. */
document.addEventListener('htmx:responseError', event => {
  if (event.detail.xhr.status === 401 && pill && !over) {
    end(401);
  }
});

function refusal(xhr) {
  if (xhr.status === 0) {
    return 'The service cannot be reached. Nothing was started or changed, as far as this page knows.';
  }
  try {
    const problem = JSON.parse(xhr.responseText);
    return `${words(problem)}. ${problem.nextStep} (${problem.code}, ${problem.reference})`;
  } catch {
    return `The service answered with status ${xhr.status}.`;
  }
}

/** Problem details, or what the write-back's family says. */
function words({ title, detail, error, message }) {
  const all = title ? `${title}: ${detail}` : [error, message].filter(Boolean).join(': ');
  return all.charAt(0).toUpperCase() + all.slice(1);
}

function answer(element, words) {
  const place = element.closest('article')?.querySelector('.answer') ?? notice;
  place.textContent = words;
}

// --- what is new on the page

const announced = new Map();

function announce(shown) {
  const { sync, says } = shown.dataset;
  if (announced.has(sync) && announced.get(sync) !== says) {
    document.getElementById('announcement').textContent = says;
  }
  announced.set(sync, says);
}

document.addEventListener('htmx:load', event => {
  localise(event.target);
  cards().forEach(announce);
});

if (pill) {
  document.addEventListener('visibilitychange', attend);
  connect();
}
