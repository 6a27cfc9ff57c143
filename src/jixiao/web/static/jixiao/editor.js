// A sheet to write in: every cell is sent by itself, and nothing that somebody typed is ever replaced or lost.
//   [data-cell]   a cell: its key is "id of its row.field"; inside its field [data-edit], its mark [data-mark], its note [data-note]
//   [data-thing]  a row by its id; [data-list] a list of rows with data-holder and data-prefix; <template data-template> a blank row
import { all, element, one } from './dom.js';
import { Queue, uuid } from './queue.js';
import { Sender, post } from './sender.js';
import './copy-block.js';
import { say, unsay } from './strips.js';
import { rowsOf } from './editor-rows.js';
import * as panel from './editor-panel.js';

const editor = one('#editor');
const isFrozen = 'frozen' in editor.dataset;
const client = `p${uuid().replace(/-/g, '')}`;
const queue = new Queue(editor.dataset.user, editor.dataset.sheet);
const saved = one('#saved');

// --- cells ---

export const cellAt = (key) => one(`[data-cell="${key}"]`, editor);
const fieldOf = (cell) => one('[data-edit]', cell);
const place = (cell) => {
  const [thing, ...rest] = cell.dataset.cell.split('.');
  return { thing: thing === 'plan' ? '' : thing, cell: rest.length ? `/${rest.join('/')}` : '' };
};
const keyOf = ({ thing, cell }) => `${thing || 'plan'}${cell.replace(/\//g, '.')}`;

const shown = new Map(); // what the server has in each cell, as this page last heard
const textOf = (key) => (shown.has(key) ? shown.get(key) : first(cellAt(key)));
function first(cell) {
  const field = cell && fieldOf(cell);
  if (!field) return '';
  if (field.tagName !== 'SELECT') return field.defaultValue;
  const chosen = [...field.options].find((option) => option.defaultSelected);
  return chosen ? chosen.value : '';
}

const STATES = ['is-saving', 'is-waiting', 'is-offline', 'is-refused', 'is-conflict'];
function state(cell, name, note = '', ...buttons) {
  if (!cell) return;
  cell.classList.remove(...STATES);
  if (name) cell.classList.add(name);
  const line = one('[data-note]', cell);
  if (!name && line.dataset.own === undefined) return;
  line.replaceChildren(note, ...buttons);
  line.hidden = !note;
  if (name) line.dataset.own = ''; else delete line.dataset.own;
}

function button(words, act) {
  const made = element('button', { type: 'button' }, words);
  made.addEventListener('click', act);
  return made;
}

const grow = (field) => { if (field.parentElement.classList.contains('grow')) field.parentElement.dataset.value = field.value; };

/** Write into a cell as if it were typed; `group` is one step of undo. */
export function write(cell, text, group) {
  const field = fieldOf(cell);
  if (field.tagName === 'SELECT' && ![...field.options].some((option) => option.value === text)) field.append(element('option', {}, text));
  field.value = text;
  grow(field);
  typed(field, group);
}

export function typed(field, group = '') {
  const cell = field.closest('[data-cell]');
  const where = place(cell);
  const key = cell.dataset.cell;
  steps.note(key, field.value, group);
  push({ id: uuid(), kind: 'put', ...where, was: textOf(key), text: field.value, group });
  state(cell, 'is-waiting');
  cell.dispatchEvent(new CustomEvent('cell-written', { bubbles: true }));
}

export function push(op) {
  queue.push(op.kind === 'remove' ? { ...op, seen: sender.seen } : op); // what somebody wrote since is not removed unseen
  tell();
  sender.later(op.kind === 'put' && !op.group ? 500 : 0);
}

// --- undo: what a step changed, and how it stood before ---

class Steps {
  constructor() {
    this.done = [];
    this.undone = [];
    this.texts = new Map();
    this.isTurning = false;
  }

  /** Words in a cell: what is typed within three seconds in one cell, or under one group, is one step. */
  note(key, text, group) {
    const before = this.texts.has(key) ? this.texts.get(key) : first(cellAt(key));
    if (before === text) return;
    this.texts.set(key, text);
    if (this.isTurning) return;
    const step = this.done[this.done.length - 1];
    const isSame = step && (group ? step.group === group : !step.group && step.parts.length === 1 && step.parts[0].key === key
      && Date.now() - step.since < 3000);
    const part = isSame && step.parts.find((each) => each.key === key);
    if (part) part.after = text;
    else this.part({ key, before, after: text }, group, isSame ? step : null);
    if (isSame) step.since = Date.now();
    this.undone = [];
  }

  /** A row that comes, goes or moves: how to take it back and do it again. */
  row(back, again, group = '') {
    if (this.isTurning) return;
    const step = this.done[this.done.length - 1];
    this.part({ back, again }, group, group && step && step.group === group ? step : null);
    this.undone = [];
  }

  part(part, group, step) {
    if (step) step.parts.push(part); else this.done.push({ group, since: Date.now(), parts: [part] });
  }

  turn(from, to, isBack) {
    const step = from.pop();
    if (!step) return false;
    const group = uuid();
    this.isTurning = true;
    (isBack ? [...step.parts].reverse() : step.parts).forEach((part) => {
      if (!part.key) { if (isBack) part.back(); else part.again(); return; }
      const cell = cellAt(part.key);
      if (cell) write(cell, isBack ? part.before : part.after, group);
    });
    this.isTurning = false;
    const cell = step.parts[0].key && cellAt(step.parts[0].key);
    if (cell) fieldOf(cell).focus();
    to.push(step);
    return true;
  }

  undo() { return this.turn(this.done, this.undone, true); }

  redo() { return this.turn(this.undone, this.done, false); }
}
export const steps = new Steps();

// --- to and from the server ---

let soon = null;
let brought = 0; // operations that an earlier page had left behind

const sender = new Sender(queue, editor.dataset.save, client, {
  sending(records) {
    records.forEach(({ op }) => state(cellAt(keyOf({ thing: op.thing, cell: op.cell || '' })), 'is-saving'));
    tell('正在存…');
  },
  answered({ op }, answer) {
    if (op.kind !== 'put') {
      if (answer.outcome === 'conflict' || answer.outcome === 'refused') rows.refused(op, answer);
      return;
    }
    const key = keyOf(op);
    const cell = cellAt(key);
    const waits = queue.waiting.filter((one) => one.op.kind === 'put' && keyOf(one.op) === key);
    if (answer.outcome === 'saved' || answer.outcome === 'conflict') shown.set(key, answer.text);
    if (answer.outcome === 'saved') waits.slice(0, 1).forEach((one) => { one.op = { ...one.op, was: answer.text }; queue.store(one); });
    if (waits.length) return;
    if (answer.outcome === 'saved') state(cell, '');
    else if (answer.outcome === 'conflict') conflict(cell, op, answer);
    else if (answer.outcome === 'aside') state(cell, 'is-refused', answer.message);
    else refused(cell, op, answer);
  },
  done(said) {
    clock = said.time;
    unsay('save');
    if (!queue.waiting.length && brought) {
      say('done', `上次没送到的${brought}处已经存好。`, { id: 'left' });
      brought = 0;
    }
    beside(said);
    tell();
    clearTimeout(soon); // with the other sheets, once there is a pause: two seconds after the last key at most
    soon = setTimeout(visit, 800);
  },
  trouble(error, records) {
    const cells = records.map(({ op }) => cellAt(keyOf({ thing: op.thing, cell: op.cell || '' }))).filter(Boolean);
    if (error.status === 401) {
      cells.forEach((cell) => state(cell, 'is-waiting'));
      const again = element('a', { class: 'button', href: document.body.dataset.signIn || '/login', target: '_blank', rel: 'noopener' }, '重新登录');
      say('warn', `登录超时。填的${queue.waiting.length}处已记在本机，没有丢；在新窗口重新登录，回到这一页就接着存。`, { id: 'save', action: again });
    } else if (error.status === undefined || error.status === 502 || error.status === 503 || error.status === 504) {
      cells.forEach((cell) => state(cell, 'is-offline', '本机已记下'));
      unsay('offline');
      say('warn', `连不上服务器，照常填，已记在本机（${queue.waiting.length}处），连上自动存。`, { id: 'save' });
    } else {
      cells.forEach((cell) => state(cell, 'is-refused', '还没存'));
      const whom = error.number ? `把编号${error.number}告诉管理员` : '请告诉管理员';
      say('bad', `${error.message || '没存成'}。填的${queue.waiting.length}处还在本机；再不行，${whom}。`, { id: 'save' });
    }
    tell();
  },
});

sender.seen = Number(editor.dataset.revision); // what the server drew is known

function conflict(cell, op, answer) {
  if (!cell) return;
  const who = answer.who ? `${answer.who}${answer.time}` : '别人';
  state(cell, 'is-conflict', `您：${op.text || '空着'} │ ${who}：${answer.text || '空着'} `, button('用我的', () => {
    shown.set(keyOf(op), answer.text);
    write(cell, fieldOf(cell).value, '');
  }), button(`用${answer.who || '别人'}的`, () => {
    const field = fieldOf(cell);
    field.value = answer.text;
    grow(field);
    steps.texts.set(keyOf(op), answer.text);
    state(cell, '');
  }));
}

function refused(cell, op, answer) {
  state(cell, 'is-refused', `没存：${answer.message} `, button('恢复这行', () => rows.restore(op.thing)),
    button('去掉我的', () => { const row = cell.closest('[data-thing]'); if (row) row.remove(); }));
}

let clock = ''; // of the server: there is one clock

function tell(words) {
  if (!saved || isFrozen) return;
  const left = queue.waiting.length;
  saved.textContent = words || (left ? `还有${left}处待存` : `全部已存${clock}`);
}

// --- side elements: findings, marks, numbers, others ---

function beside(said) {
  if (said.time) clock = said.time;
  if (said.findings !== undefined) {
    panel.show(said.findings);
    panel.comments(said.comments);
    all('[data-cell]', editor).forEach((cell) => mark(cell, said.marks[cell.dataset.cell]));
    one('#numbers').replaceChildren(...said.numbers.map((number) => element('li', number.is_right === false ? { class: 'is-wrong' } : {}, number.text)));
    count(said.counts);
  }
  (said.others || []).forEach(other);
  if (said.revision !== undefined) sender.seen = Math.max(sender.seen, said.revision);
}

function mark(cell, found) {
  const [gravest, numbers, note] = found || ['', [], ''];
  ['error', 'warning', 'advice'].forEach((name) => cell.classList.toggle(`cell-${name}`, name === gravest));
  const at = one('[data-mark]', cell);
  at.replaceChildren();
  if (numbers.length) {
    const link = element('a', { class: `finding finding-${gravest}`, href: `#n${numbers[0]}` });
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
    use.setAttribute('href', `#f-${gravest}`);
    svg.setAttribute('aria-hidden', 'true');
    svg.append(use);
    link.append(svg, String(numbers[0]));
    at.append(link);
  }
  const line = one('[data-note]', cell);
  if (line.dataset.own !== undefined) return;
  line.textContent = note;
  line.hidden = !note;
}

function count(counts) {
  const words = { error: '必须修改', warning: '应当修改或说明', advice: '建议完善' };
  const parts = Object.entries(words).filter(([name]) => counts[name]).map(([name, word]) => `${word}${counts[name]}处`);
  one('#counts').textContent = parts.join(' · ') || '没有发现问题';
}

/** What somebody else wrote: told beside the cell; a field that nobody touched here follows. */
function other(change) {
  if (change.kind !== 'put') { rows.other(change); return; }
  const key = keyOf(change);
  const cell = cellAt(key);
  if (!cell) return;
  const field = fieldOf(cell);
  const mine = queue.waiting.some((record) => record.op.kind === 'put' && keyOf(record.op) === key);
  if (mine || field.value === change.text) return;
  const line = one('.others', cell) || element('p', { class: 'cell-note others' });
  line.replaceChildren(`${change.who}${change.time}：${change.text || '空着'} `, button('用这个', () => {
    shown.set(key, change.text);
    field.value = change.text;
    grow(field);
    steps.texts.set(key, change.text);
    line.remove();
  }));
  cell.append(line);
}

let wide = true; // held against the other sheets, once after each pause
async function visit() {
  if (document.hidden) return;
  const here = document.activeElement && document.activeElement.closest('[data-cell]');
  try {
    const asked = wide && !queue.waiting.length;
    const said = await post(editor.dataset.here, { client, seen: sender.seen, place: here ? here.dataset.cell : '', wide: asked });
    if (asked) wide = false;
    if (asked && queue.waiting.length) delete said.findings; // typed meanwhile: the answer of the save is newer
    beside(said);
    present(said.present);
    if (panel.isNews(said.said)) wide = true; // at the next visit
  } catch { /* the next visit tells; saving says what is the matter */ }
}

function present(people) {
  all('.is-other', editor).forEach((cell) => { cell.classList.remove('is-other'); delete cell.dataset.who; });
  const others = people.filter((one_) => one_.me !== 'True');
  one('#present').textContent = others.length ? `${[...new Set(others.map((each) => each.name))].join('、')}也在看` : '';
  others.forEach((each) => {
    const cell = each.thing && cellAt(keyOf(each));
    if (!cell) return;
    cell.classList.add('is-other');
    cell.dataset.who = each.name;
  });
}

// --- typing ---

editor.addEventListener('input', (event) => {
  const field = event.target.closest('[data-edit]');
  if (!field) return;
  grow(field);
  typed(field);
  wide = true;
});
editor.addEventListener('change', () => sender.now());
editor.addEventListener('focusin', (event) => {
  const field = event.target.closest('[data-edit]');
  if (field) one('#hint').textContent = field.dataset.hint ? `${field.getAttribute('aria-label')}：${field.dataset.hint}` : '';
});
document.addEventListener('click', (event) => {
  const fix = event.target instanceof Element && event.target.closest('[data-fix]');
  if (!fix) return;
  const group = uuid();
  JSON.parse(fix.dataset.fix).forEach(([key, text]) => { const cell = cellAt(key); if (cell) write(cell, text, group); });
});

export const rows = rowsOf({ editor, push, steps, write, fieldOf, isFrozen });
export const flush = () => sender.now();

// What an earlier page of this person left behind comes back into its cells, then goes on its way.
queue.load().then((left) => {
  left.forEach(({ op }) => {
    if (op.kind === 'add') rows.show(op);
    if (op.kind !== 'put') return;
    const cell = cellAt(keyOf(op));
    if (!cell) return;
    const field = fieldOf(cell);
    if (field.tagName === 'SELECT' && ![...field.options].some((option) => option.value === op.text)) field.append(element('option', {}, op.text));
    field.value = op.text;
    grow(field);
    state(cell, 'is-waiting', '');
  });
  brought = left.length;
  if (left.length) say('note', `上次有${left.length}处还没送到服务器，已从本机取回，正在存。`, { id: 'left' });
  sender.now();
});
queue.isLasting.then((lasts) => {
  if (!lasts) say('warn', '这个浏览器不让记在本机（可能开着无痕浏览）。断网时请不要关这一页。', { id: 'memory' });
});
panel.start(() => { wide = true; visit(); });
if (!isFrozen) {
  visit();
  setInterval(visit, 5000);
}
