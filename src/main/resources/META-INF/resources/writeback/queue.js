/*
 * Keeps the page of the write-back in step: its parts are fetched anew when the event stream tells of a run, and what the reader
 * has unfolded stays so.
 */
const OFTEN_MS = 2_000;

const page = document.getElementById('queue');
const parts = ['queue-now', 'queue-log'].map(id => document.getElementById(id)).filter(Boolean);

// --- what a run does

let known;
let due;

/** One that has ended is shown at once, one that goes on from time to time. */
document.addEventListener('syncline:run', ({ detail: run }) => {
  if (run.sync !== page.dataset.sync) {
    return;
  }
  const version = `${run.id}:${run.version}`;
  const isNews = known !== undefined && known !== version;
  known = version;
  if (isNews && run.completedAt) {
    clearTimeout(due);
    refresh();
  } else if (isNews) {
    due ??= setTimeout(refresh, OFTEN_MS);
  }
});

function refresh() {
  due = undefined;
  parts.forEach(part => htmx.trigger(part, 'stale'));
}

// --- what is unfolded stays so

let unfolded = [];

document.addEventListener('htmx:beforeSwap', event => {
  unfolded = [...event.detail.target.querySelectorAll('details[open]')].map(details => details.id);
});

document.addEventListener('htmx:afterSwap', () => {
  unfolded.forEach(id => document.getElementById(id)?.setAttribute('open', ''));
});
