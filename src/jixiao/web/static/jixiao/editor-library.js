// Indicators of the library beside an empty row: what fits, and why. A key or a click puts one in; what is typed is never replaced.
import { all, element, one } from './dom.js';
import { uuid } from './queue.js';
import { cellAt, rows, write } from './editor.js';

const editor = one('#editor');
const box = one('#proposed');
const LONGEST = 12; // characters somebody may have typed and still be choosing
let asked = '';
let found = [];
let here = null; // the cell of the name that proposals are for
let soon = null;

const fieldOf = (cell) => one('[data-edit]', cell);
const isName = (cell) => cell && /\.name$/.test(cell.dataset.cell) && cell.closest('[data-list$="indicators"]') && cell.closest('[data-thing]');

function hide() {
  box.hidden = true;
  box.replaceChildren();
  found = [];
  here = null;
  asked = '';
}

async function ask(cell) {
  const typed = fieldOf(cell).value.trim();
  const row = cell.closest('[data-thing]');
  const kind = one('[data-cell$=".kind"]', row);
  const question = new URLSearchParams({ row: row.dataset.thing, typed, kind: kind ? fieldOf(kind).value : '' }).toString();
  if (question === asked) return;
  asked = question;
  here = cell;
  try {
    const answer = await fetch(`${box.dataset.from}?${question}`, { headers: { Accept: 'application/json' } });
    if (!answer.ok || asked !== question) return;
    found = (await answer.json()).rows;
  } catch {
    return; // without network one writes on; proposals come another time
  }
  if (here === cell) show();
}

function show() {
  box.replaceChildren(element('span', { class: 'proposed-title' }, '指标库推荐'));
  found.forEach((each, n) => {
    const chosen = element('button', { type: 'button', class: 'proposed-one', title: each.told }, n ? '' : element('kbd', {}, 'Alt+L'),
      element('span', { class: 'proposed-name' }, `${each.name} ${each.hint}`), element('span', { class: 'quiet' }, each.reason));
    chosen.addEventListener('mousedown', (event) => event.preventDefault()); // one goes on standing in the cell
    chosen.addEventListener('click', () => take(n));
    box.append(chosen);
  });
  box.hidden = !found.length;
  if (box.hidden) return;
  const below = here.getBoundingClientRect().bottom + 8 - box.getBoundingClientRect().top;
  if (below > 0 && getComputedStyle(box).position === 'sticky') window.scrollBy({ top: below, behavior: 'auto' }); // it covers no cell that is typed in
}

/** The row gets what it has not: into an empty row, else into a new one below it. */
function take(n) {
  const chosen = found[n];
  if (!chosen || !here) return;
  const group = uuid();
  let row = here.closest('[data-thing]');
  const has = (below) => cellAt(`${row.dataset.thing}${below.replace(/\//g, '.')}`);
  const cells = Object.fromEntries(Object.entries(chosen.cells).filter(([below]) => has(below)));
  if (fieldOf(here).value.trim()) row = rows.add(row.closest('[data-list]'), row.dataset.thing, cells, { group });
  else Object.entries(cells).forEach(([below, text]) => { const cell = has(below); if (!fieldOf(cell).value.trim()) write(cell, text, group); });
  const target = has('/target') || has('/target/value');
  hide();
  if (!target) return;
  fieldOf(target).placeholder = chosen.hint;
  fieldOf(target).focus();
}

function look(field) {
  const cell = field && field.closest('[data-cell]');
  clearTimeout(soon);
  if (!isName(cell) || fieldOf(cell).value.trim().length > LONGEST) { hide(); return; }
  if (here !== cell) hide();
  soon = setTimeout(() => ask(cell), 200);
}

editor.addEventListener('focusin', (event) => {
  if (box.contains(event.target)) return;
  const field = event.target.closest('[data-edit]');
  // a name that stands is not disturbed: proposals are for empty rows, and for what is being typed
  if (field && field.value.trim() && isName(field.closest('[data-cell]'))) { clearTimeout(soon); hide(); } else look(field);
});
editor.addEventListener('input', (event) => look(event.target.closest('[data-edit]')));
document.addEventListener('focusin', (event) => {
  if (!editor.contains(event.target)) { clearTimeout(soon); hide(); }
});

// --- keys: Alt+L takes the first; the arrow down goes into the list, arrows walk through it, Escape goes back ---

function walk(event, at) {
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.code];
  const buttons = all('button', box);
  if (by) buttons[(at + by + buttons.length) % buttons.length].focus();
  else if (event.code === 'Escape') fieldOf(here).focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener('keydown', (event) => {
  if (box.hidden || event.isComposing || event.keyCode === 229) return;
  const at = all('button', box).indexOf(event.target);
  const isHere = here && event.target === fieldOf(here);
  if (at >= 0) { walk(event, at); return; }
  if (!isHere) return;
  if (event.altKey && event.code === 'KeyL') take(0);
  else if (event.code === 'ArrowDown' && !event.shiftKey && (event.altKey || !event.target.value)) one('button', box).focus();
  else if (event.code === 'Escape') hide();
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);
