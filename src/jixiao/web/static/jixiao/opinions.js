// One click, a line, Enter: <details class="say"> with a line to write in. Opened, the line takes the keys; Esc shuts it.
import { on, one } from './dom.js';

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
