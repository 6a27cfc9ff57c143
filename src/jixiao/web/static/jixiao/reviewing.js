// One sheet at the desk of reviewers: j k go through its findings, y keeps the one they stand at, n takes it out, c writes one's own,
// v changes what the sheet is held against; Enter begins. What is kept goes back with the sheet.
import { all, isField, on, one } from './dom.js';
import { bind } from './keys.js';

const boxes = () => all('[data-keep]');

function count() {
  const kept = boxes().filter((box) => box.checked).length + all('[data-own-words]').filter((field) => field.value.trim()).length;
  all('[data-kept-count]').forEach((place) => { place.textContent = String(kept); });
  all('[data-kept-words]').forEach((place) => { place.textContent = kept ? `${kept}处` : ''; });
  boxes().forEach((box) => {
    const row = box.closest('[data-row]');
    row.classList.toggle('left-out', !box.checked);
    one('[data-why]', row).hidden = box.checked;
  });
}

function keep(wanted) {
  const box = one('[data-rows] [data-row].current [data-keep]') || boxes()[0];
  if (!box) return false;
  box.checked = wanted;
  box.dispatchEvent(new Event('change', { bubbles: true }));
  return true;
}

on('change', '[data-keep]', count);
on('input', '[data-own-words]', count);
bind('KeyY', () => keep(true));
bind('KeyN', () => keep(false));
bind('KeyC', () => {
  const fields = all('[data-own-words]');
  const field = fields.find((each) => !each.value.trim()) || fields[fields.length - 1];
  if (!field) return false;
  field.focus();
  return true;
});
bind('KeyV', () => {
  const kinds = all('[data-beside]');
  if (kinds.length < 2) return false;
  kinds[(kinds.findIndex((kind) => kind.hasAttribute('aria-current')) + 1) % kinds.length].click();
  return true;
});
bind('Enter', (event) => {
  const { target } = event;
  if (isField(target) || (target instanceof Element && target.closest('a, button, summary, label, input'))) return false;
  const begin = one('[data-begin]');
  if (!begin) return false;
  begin.click();
  return true;
});

const more = one('[data-own-more]');
if (more) {
  more.hidden = false;
  more.addEventListener('click', () => {
    const made = one('[data-own]').cloneNode(true);
    const turn = all('[data-own]').length + 1;
    all('[id]', made).forEach((each) => { each.id = `${each.id}-${turn}`; });
    all('label[for]', made).forEach((each) => { each.htmlFor = `${each.htmlFor}-${turn}`; });
    one('textarea', made).value = '';
    one('[data-owns]').append(made);
    one('textarea', made).focus();
  });
}
count();
