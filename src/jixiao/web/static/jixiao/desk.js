// The desk: a field and its place in the original show each other; Enter confirms what is doubted and goes on.
//   data-field   a value or a finding: data-a its place, data-page and data-box (points on the page) where there are pictures
//   [data-a]     in the original: the cell or paragraph that a value was read from
// What is typed is sent when the field is left or Enter pressed, one after the other; an answer never replaces an input.
import { all, one } from './dom.js';
import { say, unsay } from './strips.js';
import { bind } from './keys.js';

const desk = one('[data-desk]');
const original = one('#original');
const form = one('.desk-form');
const fields = () => all('[data-field]');
const open = () => all('[data-field][data-open]').filter((field) => !field.closest('details:not([open])'));
const questions = () => all('[data-question]');

// --- field → original ---

let marked = [];

function mark(field) {
  marked.forEach((place) => place.classList.remove('marked'));
  all('.desk-mark').forEach((box) => { box.hidden = true; });
  marked = [];
  if (!original) return;
  if (field.dataset.box) markBox(field);
  else if (field.dataset.a) {
    marked = all('[data-a]', original).filter((place) => place.dataset.a === field.dataset.a);
    marked.forEach((place) => place.classList.add('marked'));
    if (marked.length) show(marked[0]);
  }
}

function markBox(field) {
  const page = one(`[data-page="${field.dataset.page}"]`, original);
  if (!page) return;
  const [left, top, right, bottom] = field.dataset.box.split(' ').map(Number);
  const [width, height] = [Number(page.dataset.width), Number(page.dataset.height)];
  const box = one('.desk-mark', page);
  box.style.left = `${(left / width) * 100 - 0.4}%`;
  box.style.top = `${(top / height) * 100 - 0.3}%`;
  box.style.width = `${((right - left) / width) * 100 + 0.8}%`;
  box.style.height = `${((bottom - top) / height) * 100 + 0.6}%`;
  box.hidden = false;
  now(page);
  show(box);
}

function show(place) {
  const scroller = place.closest('.desk-pages, .desk-document');
  const [outer, inner] = [scroller.getBoundingClientRect(), place.getBoundingClientRect()];
  scroller.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  scroller.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
}

// --- original → field ---

/** Of a label: the first value behind it in its row. */
function behind(anchor) {
  const [, row, column] = /^(t\d+r\d+c)(\d+)$/.exec(anchor) || [];
  if (!row) return null;
  const rest = fields().map((field) => ({ field, column: field.dataset.a.startsWith(row) ? Number(field.dataset.a.slice(row.length)) : 0 }))
    .filter((found) => found.column > Number(column));
  rest.sort((a, b) => a.column - b.column);
  return rest.length ? rest[0].field : null;
}

function fieldAt(event) {
  const place = event.target.closest('[data-a]');
  if (place) return fields().find((field) => field.dataset.a === place.dataset.a) || behind(place.dataset.a);
  const page = event.target.closest('.desk-page');
  if (!page) return null;
  const rect = page.getBoundingClientRect();
  const x = ((event.clientX - rect.left) / rect.width) * Number(page.dataset.width);
  const y = ((event.clientY - rect.top) / rect.height) * Number(page.dataset.height);
  const inside = fields().filter((field) => field.dataset.box && field.dataset.page === page.dataset.page).map((field) => {
    const [left, top, right, bottom] = field.dataset.box.split(' ').map(Number);
    return { field, size: (right - left) * (bottom - top), is: x >= left - 2 && x <= right + 2 && y >= top - 2 && y <= bottom + 2 };
  }).filter((found) => found.is);
  inside.sort((a, b) => a.size - b.size);
  return inside.length ? inside[0].field : null;
}

if (original) {
  original.addEventListener('click', (event) => {
    if (event.target.closest('button, a')) return;
    const field = fieldAt(event);
    if (!field) return;
    const folded = field.closest('details:not([open])');
    if (folded) folded.open = true;
    field.focus();
  });
}

// --- pages ---

const pages = original ? all('.desk-page', original) : [];
let page = 0;

function now(shown) {
  page = pages.indexOf(shown);
  const word = one('#page-now');
  if (word) word.textContent = String(page + 1);
}

function turn(by) {
  const next = pages[Math.min(Math.max(page + by, 0), pages.length - 1)];
  if (!next) return;
  now(next);
  const scroller = next.parentElement;
  scroller.scrollTop += next.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('[data-turn], [data-zoom], [data-large]') : null;
  if (!button || !desk) return;
  if (button.dataset.turn) turn(Number(button.dataset.turn));
  else if ('zoom' in button.dataset) {
    const is = desk.classList.toggle('zoomed');
    button.textContent = is ? '缩小' : '放大';
    const field = one('[data-field].current');
    if (field) mark(field);
  } else {
    const is = desk.classList.toggle('large');
    button.textContent = is ? '回到核对' : '只看原件';
  }
});

// --- values: sent in their order, one at a time ---

let line = Promise.resolve();
const saved = new WeakMap();

async function send(address, values) {
  const body = new FormData();
  Object.entries({ ...values, version: form.dataset.version }).forEach(([name, value]) => body.append(name, value));
  const answer = await fetch(address, {
    method: 'POST', body, credentials: 'same-origin',
    headers: { 'X-CSRFToken': desk.dataset.csrf, Accept: 'application/json' },
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.detail || `没办成（${answer.status}）。请刷新后再试。`);
  form.dataset.version = String(told.version);
  one('input[name="version"]', form).value = String(told.version);
  return told;
}

/** How many are left, wherever that stands. */
function recount() {
  const left = open().length + questions().length;
  const count = one('.desk-sheets [aria-current] b');
  if (count && left) count.textContent = `${left}处`;
  else if (count) count.remove();
  const button = form && one('[data-accept]', form);
  if (button && !left) button.firstChild.textContent = '收下这张 ';
}

/** Where Enter goes when nothing is left: to accept, or at the desk of one person to the next sheet. */
function finish() {
  if (ask()) return;
  const button = one('[data-accept], [data-primary]', form);
  if (button) button.focus();
}

/** What only a person can say comes before everything: its likely answer, else the field to look for another one. */
function ask() {
  const [question] = questions();
  if (!question) return false;
  const field = one('[data-find]', question);
  (field && (field.value || !one('[data-likely]', question)) ? field : one('button', question)).focus();
  return true;
}

function settle(field) {
  field.removeAttribute('data-open');
  const row = field.closest('.desk-field');
  if (row) {
    row.classList.remove('open');
    row.classList.add('settled');
  }
}

/** Put right what was changed, or confirm what is doubted; resolves when the server has it. */
function keep(field) {
  if (!form || field.readOnly || field.disabled || !('value' in field)) return line;
  const before = saved.has(field) ? saved.get(field) : field.defaultValue ?? initial.get(field);
  const value = field.value;
  const changed = value !== before;
  if (!changed && !field.hasAttribute('data-open')) return line;
  if (field.tagName === 'SELECT' && !value) {
    say('warn', `${field.getAttribute('aria-label')}要先选一个，才算核对过。`, { id: 'desk' });
    return Promise.reject(new Error('blank'));
  }
  saved.set(field, value);
  const said = one('#desk-said');
  line = line.then(async () => {
    if (said) said.textContent = '正在记下…';
    await send(changed ? form.dataset.correct : form.dataset.look, changed ? { pointer: field.name, value } : { pointer: field.name });
    settle(field);
    field.removeAttribute('aria-invalid');
    unsay('desk');
    recount();
    if (said) said.textContent = changed ? '改动已记下' : '已核对';
  }).catch((error) => {
    saved.set(field, before);
    field.setAttribute('data-open', '');
    field.setAttribute('aria-invalid', 'true');
    if (said) said.textContent = '';
    say('bad', error.message === 'Failed to fetch' ? '断网了，这一格还没记下。联网后再按 Enter。' : error.message, { id: 'desk' });
    throw error;
  });
  line.catch(() => {});
  const result = line;
  line = line.catch(() => {});
  return result;
}

const initial = new WeakMap();
fields().forEach((field) => { if (field.tagName === 'SELECT') initial.set(field, field.value); });

document.addEventListener('focusin', (event) => {
  const field = event.target instanceof Element ? event.target.closest('[data-field]') : null;
  if (!field) return;
  all('[data-field].current').forEach((each) => each.classList.remove('current'));
  field.classList.add('current');
  mark(field);
});
document.addEventListener('change', (event) => {
  if (event.target instanceof Element && event.target.matches('.desk-form [data-field]')) keep(event.target).catch(() => {});
});

function go(from) {
  const rest = open();
  const after = rest.find((field) => from.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING);
  const next = after || rest[0];
  if (next) {
    next.focus();
    if (next.select) next.select();
    return true;
  }
  return false;
}

if (form) {
  form.addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229 || event.code !== 'Enter' && event.code !== 'NumpadEnter') return;
    if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    const field = event.target.closest('[data-field]');
    if (!field) return;
    event.preventDefault();
    keep(field).then(() => {
      if (!go(field)) finish();
    }, () => {});
  });
  form.addEventListener('submit', (event) => {
    const whole = event.submitter && event.submitter.name === 'whole';
    const rest = open();
    if (rest.length && !whole) {
      event.preventDefault();
      const field = one('[data-field].current[data-open]') || rest[0];
      keep(field).then(() => {
        if (!go(field)) finish();
      }, () => {});
      return;
    }
    event.preventDefault(); // what was just typed first, then the form
    if (!whole && ask()) return;
    const { submitter } = event;
    line.then(() => {
      const other = submitter && submitter.getAttribute('formaction');
      if (other) form.action = other;
      form.submit();
    });
  });
  bind('Enter', () => {
    const here = document.activeElement;
    if (here && here !== document.body && here.matches('button, a[href], summary')) return false; // it is pressed itself
    const button = one('[data-primary]');
    if (button) button.click();
    return true;
  });
  bind('KeyE', () => { const field = one('[data-field].current') || fields()[0]; if (field) field.focus(); });
  const asked = window.location.hash.length > 1 && document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
  if (asked && asked.matches('[data-field]')) {
    const folded = asked.closest('details:not([open])');
    if (folded) folded.open = true;
    asked.focus();
  } else if (ask()) { /* then the fields */
  } else if (open().length) open()[0].focus();
  else if (one('[data-primary]')) one('[data-primary]').focus();
  if (!open().length && fields().length) { // nothing to point at: the beginning of the sheet
    const start = fields().find((field) => field.dataset.a || field.dataset.box);
    if (start) mark(start);
  }
}

// --- which project: looked for in the pool while one types, the answers below; arrows go through them ---

const find = one('[data-find]');
let soon = 0;

/** The answers are a part of the page that the server writes; an older question is given up (hx-sync). */
const look = () => htmx.ajax('GET', `${find.dataset.find}?q=${encodeURIComponent(find.value.trim())}`, { source: find, target: '#found', swap: 'innerHTML' });

if (find) {
  const answers = () => all('button', one('#found'));
  find.addEventListener('input', (event) => {
    if (event.isComposing) return;
    window.clearTimeout(soon);
    soon = window.setTimeout(look, 200);
  });
  find.addEventListener('compositionend', () => { window.clearTimeout(soon); soon = window.setTimeout(look, 200); });
  find.form.addEventListener('submit', (event) => {
    event.preventDefault();
    window.clearTimeout(soon);
    look().then(() => { if (answers().length) answers()[0].focus(); });
  });
  document.addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229 || !['ArrowDown', 'ArrowUp'].includes(event.key)) return;
    const line = [find, ...answers()];
    const at = line.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    line[Math.min(Math.max(at + (event.key === 'ArrowDown' ? 1 : -1), 0), line.length - 1)].focus();
  });
}

const here = one('.desk-sheets [aria-current]');
if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 40;
if (!form && fields().length) fields()[0].focus({ preventScroll: true }); // the first finding, and its place

// --- files that came in just now ---

document.body.addEventListener('jixiao:uploads', (event) => {
  if (event.detail.left || !desk) return;
  if (!one('.desk-fields')) window.location.reload(); // the first file opens by itself
  else htmx.ajax('GET', `${one('#queue').dataset.address}?file=${original ? original.dataset.file : ''}`, { target: '#queue', swap: 'outerHTML' });
});
document.body.addEventListener('htmx:afterSwap', (event) => {
  if (event.target.id === 'queue' && !event.target.hasAttribute('hx-get') && !one('.desk-fields') && one('.desk-file a')) window.location.reload();
});
