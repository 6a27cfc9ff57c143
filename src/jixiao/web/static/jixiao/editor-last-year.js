// A sheet that was copied from another: cells that nobody wrote in are hatched, and Enter goes on to the next that has to change.
//   #last-year data-cells: {"key of a cell": whether it says what was true of its year only}; data-year that of the sheet; data-told
//   the words, buttons data-next, data-keep (this cell stays as it is: 照旧), data-keep-rest (all that need no change stay as they are)
import { all, one } from './dom.js';
import { typed } from './editor.js';
import { uuid } from './queue.js';

const strip = one('#last-year');
const editor = one('#editor');
const cells = strip ? JSON.parse(strip.dataset.cells) : {};

/** Whether a cell was copied, and has to change: by its key, or by that of the whole it is a part of. */
function known(key) {
  for (let name = key; name; name = name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : '') {
    if (name in cells) return cells[name];
  }
  return null;
}

const fieldOf = (cell) => one('[data-edit]', cell);
const marked = () => all('.is-last-year', editor);
const stops = () => all('.must-change', editor);

function tell() {
  const left = marked().length;
  const must = stops().length;
  strip.hidden = !left;
  one('[data-told]', strip).textContent = must
    ? `还有${must}处是${strip.dataset.way}的数或年度，要改或按“照旧”；另有${left - must}格照抄的。`
    : `要改的都看过了；还有${left}格是${strip.dataset.way}的。`;
  one('[data-next]', strip).hidden = !must;
  one('[data-keep-rest]', strip).hidden = left === must;
}

/** Where in the words of a cell that has to change the year or else the number stands; all of them where there is neither. */
function toReplace(text) {
  const years = [...text.matchAll(/(?:19|20)\d\d(?=\s*年|[-.—/]\d)/g)].filter((found) => found[0] !== strip.dataset.year);
  const found = years[0] || /\d+(?:\.\d+)?/.exec(text);
  return found ? [found.index, found.index + found[0].length] : [0, text.length];
}

/** The next cell that has to change behind a field, else the first; its number or year is chosen, so that typing replaces it. */
function next(field) {
  const ahead = stops();
  const behind = ahead.find((cell) => field && cell !== field.closest('[data-cell]') && (field.compareDocumentPosition(cell) & Node.DOCUMENT_POSITION_FOLLOWING));
  const target = behind || ahead.find((cell) => !field || cell !== field.closest('[data-cell]'));
  if (!target) return false;
  const found = fieldOf(target);
  found.focus();
  if (found.setSelectionRange) found.setSelectionRange(...toReplace(found.value));
  target.scrollIntoView({ block: 'center' });
  return true;
}

function keep(cell, group = '') {
  typed(fieldOf(cell), group); // the same words, said again: the server knows that somebody looked
}

if (strip) {
  all('[data-cell]', editor).forEach((cell) => {
    const must = known(cell.dataset.cell);
    if (must === null || !fieldOf(cell).value) return;
    cell.classList.add('is-last-year');
    cell.classList.toggle('must-change', must);
  });
  tell();
  document.addEventListener('cell-written', (event) => {
    event.target.classList.remove('is-last-year', 'must-change');
    tell();
  });
  let last = null; // where the person was when they pressed a button
  editor.addEventListener('focusin', (event) => { last = event.target.closest('[data-edit]') || last; });
  strip.addEventListener('click', (event) => {
    const pressed = event.target.closest('button');
    if (!pressed) return;
    if ('next' in pressed.dataset) next(last);
    else if ('keep' in pressed.dataset) {
      const cell = last && last.closest('.is-last-year');
      if (cell) keep(cell);
      next(last);
    } else {
      const group = uuid();
      marked().filter((cell) => !cell.classList.contains('must-change')).forEach((cell) => keep(cell, group));
      next(last);
    }
  });
  editor.addEventListener('keydown', (event) => {
    const field = event.target.closest('[data-edit]');
    if (!field || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.altKey && event.code === 'KeyK') {
      event.preventDefault();
      const cell = field.closest('.is-last-year');
      if (cell) keep(cell);
      next(field);
    } else if (!event.altKey && (event.code === 'Enter' || event.code === 'NumpadEnter') && next(field)) {
      event.preventDefault();
      event.stopImmediatePropagation(); // going down is for when nothing is left
    }
  }, true);
  if (!document.activeElement || document.activeElement === document.body) next(null);
}
