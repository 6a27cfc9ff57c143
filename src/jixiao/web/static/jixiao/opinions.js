// Beside a sheet as its form is printed, the cell one clicks is the one to comment on: <option data-cell="id of the cell"> of #write-at.
// One click, a line, Enter: <details class="say"> with a line to write in. Opened, the line takes the keys; Esc shuts it.
import { all, on, one } from './dom.js';

on('click', 'details.say > summary', (event, summary) => {
  const each = summary.parentElement;
  event.preventDefault(); // opened here, not after this: the next key belongs to the line
  each.open = !each.open;
  const line = each.open && one('input[name="words"]', each);
  if (line) line.focus();
});
document.addEventListener('keydown', (event) => {
  const each = event.key === 'Escape' && event.target instanceof Element && event.target.closest('details.say[open]');
  if (!each || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  event.stopPropagation();
  each.open = false;
  one('summary', each).focus();
}, true);

function choose() {
  const places = one('#write-at');
  const chosen = places && places.selectedOptions[0];
  all('.is-chosen').forEach((cell) => cell.classList.remove('is-chosen'));
  const cell = chosen && chosen.dataset.cell && document.getElementById(chosen.dataset.cell);
  if (cell) cell.classList.add('is-chosen');
}
on('change', '#write-at', choose);
on('click', '[id^="at/"]', (event, cell) => {
  const places = one('#write-at');
  const place = places && [...places.options].find((each) => each.dataset.cell === cell.id);
  if (!place || event.target.closest('a') || String(window.getSelection())) return;
  places.value = place.value;
  choose();
});
