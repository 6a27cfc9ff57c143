// The rows of a list on the page of an editor as text with tabs, for Excel and for tables in web forms:
// <button data-copy-block="indicators" data-titles>. What is copied is what the cells show now, saved or not.
import { all, one, on } from './dom.js';
import { copy } from './copy.js';
import { say, toast } from './strips.js';

/** A cell with a tab, a line break or a quotation mark at its beginning stands in quotation marks, as Excel has it. */
const quoted = (words) => (/[\t\n\r]|^"/.test(words) ? `"${words.replace(/"/g, '""')}"` : words);

export function block(list, titles) {
  const rows = all(`[data-rows-of="${list.dataset.list}"] > [data-thing]`, list).map((row) => all('[data-cell] [data-edit]', row).map((field) => field.value.trim()));
  const heads = all('thead th', list).slice(0, -1).map((head) => head.innerText.trim());
  return [...(titles ? [heads] : []), ...rows].map((cells) => cells.map(quoted).join('\t')).join('\n');
}

on('click', '[data-copy-block]', (event, button) => {
  const list = one(`#editor [data-list="${button.dataset.copyBlock}"]`);
  if (!list) return;
  const text = block(list, 'titles' in button.dataset);
  if (copy(text)) toast(`已复制${all('[data-thing]', list).length}行，可以去粘贴了`);
  else say('warn', '这个浏览器不让复制。请改用“导出现在的样子”里的 Excel。', { id: 'copy' });
});
