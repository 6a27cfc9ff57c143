// Rows of a list by keys: j k next and previous, Enter opens, x selects, Shift+J selects on. The row's name holds the focus.
// <table data-rows>, rows <tr data-row>, their name <a data-open>, their box <input type=checkbox data-select>;
// <input data-select-all>, <div class="bulk" data-bulk> with <b data-bulk-count>, <button data-bulk-whole> and <input data-bulk-all>.
import { all, isField, isShown, on, one } from './dom.js';
import { bind } from './keys.js';

const rows = () => all('[data-rows] [data-row]').filter(isShown);
const current = () => one('[data-rows] [data-row].current');

function stand(row, { focus = true } = {}) {
  const before = current();
  if (before && before !== row) before.classList.remove('current');
  row.classList.add('current');
  if (!focus) return;
  const target = one('[data-open]', row) || row;
  if (target === row) row.tabIndex = -1;
  target.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}

function move(by) {
  const list = rows();
  if (!list.length) return false;
  const at = list.indexOf(current());
  stand(list[at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + by))]);
  return true;
}

function select(row, checked) {
  const box = row && one('[data-select]', row);
  if (!box) return false;
  box.checked = checked === undefined ? !box.checked : checked;
  box.dispatchEvent(new Event('change', { bubbles: true }));
  return true;
}

function tell(list) {
  const boxes = all('[data-select]', list);
  const chosen = boxes.filter((box) => box.checked);
  boxes.forEach((box) => box.closest('[data-row]').classList.toggle('selected', box.checked));
  const head = one('[data-select-all]', list);
  if (head) {
    head.checked = boxes.length > 0 && chosen.length === boxes.length;
    head.indeterminate = chosen.length > 0 && !head.checked;
  }
  all('[data-bulk]').forEach((bulk) => {
    bulk.classList.toggle('open', chosen.length > 0);
    const whole = one('[data-bulk-all]', bulk);
    if (whole && chosen.length < boxes.length) whole.value = '';
    const count = whole && whole.value ? whole.dataset.total : chosen.length;
    all('[data-bulk-count]', bulk).forEach((place) => { place.textContent = String(count); });
    all('[data-bulk-whole]', bulk).forEach((button) => { button.hidden = chosen.length < boxes.length || Boolean(whole && whole.value); });
  });
}

on('change', '[data-select]', (event, box) => tell(box.closest('[data-rows]')));
on('change', '[data-select-all]', (event, head) => {
  const list = head.closest('[data-rows]');
  all('[data-select]', list).forEach((box) => { box.checked = head.checked; });
  tell(list);
});
on('click', '[data-bulk-whole]', (event, button) => { // of this page becomes: of all that the filter finds
  const whole = one('[data-bulk-all]', button.closest('[data-bulk]'));
  whole.value = '1';
  all('[data-rows]').forEach(tell);
});
on('focusin', '[data-rows] [data-row]', (event, row) => stand(row, { focus: false }));

bind('KeyJ', () => move(1));
bind('KeyK', () => move(-1));
bind('KeyX', () => select(current()));
bind('Shift+KeyJ', () => {
  if (!current()) return move(1);
  select(current(), true);
  move(1);
  return select(current(), true);
});
bind('Enter', (event) => {
  if (isField(event.target) || (event.target instanceof Element && event.target.closest('a, button, summary, label'))) return false;
  const link = current() && one('[data-open]', current());
  if (!link) return false;
  link.click();
  return true;
});
document.addEventListener('DOMContentLoaded', () => all('[data-rows]').forEach(tell));

// After an act the row it was done to may be gone: the focus then stands on the next one.
let lost = -1;
document.addEventListener('htmx:beforeSwap', () => { lost = rows().indexOf(current()); });
document.addEventListener('htmx:afterSettle', () => {
  if (lost < 0 || current()) return;
  const list = rows();
  if (list.length) stand(list[Math.min(lost, list.length - 1)]);
});
