// Copy text: <button data-copy="#id"> takes the text of that element, <button data-copy-text="…"> its own.
// Plain http has no clipboard, so a text field is selected and copied.
import { element, on, one } from './dom.js';
import { say, toast } from './strips.js';

export function copy(text) {
  const from = document.activeElement;
  const field = element('textarea', { class: 'aloud', readonly: '', 'aria-hidden': 'true', tabindex: '-1' });
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (from instanceof HTMLElement) from.focus({ preventScroll: true });
  return done;
}

on('click', '[data-copy], [data-copy-text]', (event, button) => {
  const source = button.dataset.copy && one(button.dataset.copy);
  const text = source ? (source.value || source.innerText).trim() : button.dataset.copyText;
  if (copy(text || '')) toast(button.dataset.copied || '已复制');
  else say('warn', '这个浏览器不让复制。请选中文字，按 Ctrl+C。', { id: 'copy' });
});
