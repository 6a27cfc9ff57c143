// The panel beside the cells: opinions and findings drawn anew with every answer, and what people say there sent without leaving the page.
//   #found          what the server draws; <details class="say" id> with one field each stay open, with their words, when it is drawn anew
//   [data-opinion]  a form that is posted from here; #write the one of a comment on the cell that one stood in last (Alt+M)
import { all, element, isField, on, one } from './dom.js';
import './opinions.js';
import { say } from './strips.js';

const found = one('#found');
const write = one('#write');
let held = null; // drawn when nobody types there any more

const isTyped = () => found.contains(document.activeElement) && isField(document.activeElement);

/** What an answer says: at once, but never under the hands of who types in the panel. */
export function show(html) {
  if (isTyped()) held = html;
  else draw(html);
}

function draw(html) {
  held = null;
  const open = all('details[open]', found).map((each) => [each.id, one('input[name="words"]', each)]);
  const words = open.map(([id, field]) => [id, field ? field.value : '']);
  const active = found.contains(document.activeElement) ? document.activeElement : null;
  const holder = active && active.closest('details[id]');
  htmx.swap('#found', html, { swapStyle: 'innerHTML' });
  words.forEach(([id, text]) => {
    const each = id && document.getElementById(id);
    if (!each) return;
    each.open = true;
    const field = one('input[name="words"]', each);
    if (field) field.value = text;
  });
  if (!active) return;
  const again = (active.id && document.getElementById(active.id)) || (holder && one('summary', document.getElementById(holder.id) || element('p')));
  if (again) again.focus();
}

found.addEventListener('focusout', () => setTimeout(() => { if (held !== null && !isTyped()) draw(held); }));

// --- what others say ---

let last = null;

/** Whether somebody said, closed or judged something since the page last asked. */
export function isNews(stamp) {
  const isOther = last !== null && last !== stamp;
  last = stamp;
  return isOther;
}

// --- sending ---

let after = () => {};
let from = null; // the cell that a comment is written on

/** `changed` is called when something was said: the panel is asked for anew. */
export function start(changed) {
  after = changed;
  comments(JSON.parse(found.dataset.comments));
  if ('returned' in found.dataset) one('.frame').classList.remove('panel-folded'); // what is to be worked off is not folded away
}

on('submit', 'form[data-opinion]', (event, form) => {
  event.preventDefault();
  if (form.dataset.going) return;
  form.dataset.going = '1';
  send(form).finally(() => {
    delete form.dataset.going;
    delete form.dataset.sent;
    all('.busy', form).forEach((each) => each.classList.remove('busy'));
  });
});

async function send(form) {
  let answer;
  let said = {};
  try {
    answer = await fetch(form.action, { method: 'POST', body: new FormData(form), headers: { Accept: 'application/json' }, credentials: 'same-origin', redirect: 'error' });
    said = await answer.json();
  } catch {
    say('warn', '连不上服务器，这一句还没有送到。字还在，请过一会儿再按一次。', { id: 'opinion' });
    return;
  }
  if (!answer.ok) {
    const whom = answer.status === 401 ? '登录超时。字还在，在新窗口重新登录后再按一次。' : said.detail || '没有记下，请再试一次。';
    say(answer.status < 500 ? 'warn' : 'bad', whom, { id: 'opinion' });
    return;
  }
  say('done', said.said, { id: 'opinion' });
  const field = one('input[name="words"]', form);
  if (field) field.value = '';
  const each = form.closest('details');
  if (each) {
    each.open = false;
    one('summary', each).focus();
  }
  if (form === write) back();
  after();
}

// --- comments on cells ---

/** Marks at the cells: by key how many open comments there are, and the first of them. */
export function comments(marks) {
  all('[data-said]').forEach((mark) => mark.remove());
  Object.entries(marks || {}).forEach(([key, [count, first]]) => {
    const cell = one(`[data-cell="${key}"]`);
    if (cell) cell.append(element('a', { class: 'cell-said', href: `#t${first}`, 'data-said': '' }, `批注${count > 1 ? count : ''}`));
  });
  all('[data-cell]').forEach((cell) => cell.classList.toggle('has-said', one('[data-said]', cell) !== null));
}

function about(cell) {
  const field = one('[data-edit]', cell);
  const [thing, ...rest] = cell.dataset.cell.split('.');
  from = field;
  one('[data-where]', write).value = `${thing === 'plan' ? '' : thing}${rest.length ? `/${rest.join('/')}` : ''}`;
  const row = cell.closest('[data-thing]');
  const name = row && one('[data-cell$=".name"] [data-edit]', row);
  const label = field.getAttribute('aria-label');
  one('#write-where').textContent = name && name !== field && name.value ? `“${name.value.slice(0, 20)}”的${label}` : label;
  one('.frame').classList.add('panel-open');
  const line = one('#write-words');
  line.focus();
  line.scrollIntoView({ block: 'nearest' });
}

function back() {
  one('[data-where]', write).value = '';
  one('#write-where').textContent = '整张表';
  if (from && from.isConnected) from.focus();
  from = null;
}

if (write) {
  document.addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229 || !event.altKey || event.ctrlKey || event.metaKey || event.code !== 'KeyM') return;
    const cell = event.target instanceof Element && event.target.closest('[data-cell]');
    if (!cell) return;
    event.preventDefault();
    about(cell);
  });
  write.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    back();
  });
}

// From what is said to its cell, and from a cell to what is said of it: the focus goes there, not the page alone.
on('click', 'a[href^="#c-"], a[href^="#t"], a[href^="#o"], a[href="#points"]', (event, link) => {
  const target = document.getElementById(link.getAttribute('href').slice(1));
  if (!target) return;
  event.preventDefault();
  if (target.closest('.panel')) one('.frame').classList.add('panel-open');
  target.scrollIntoView({ block: 'center' });
  if (!isField(target)) target.tabIndex = -1;
  target.focus();
});
