// Rows of a sheet that is written: added, moved, removed, pasted in blocks from Excel; walked through by keys.
import { all, element, one } from './dom.js';
import { newId, uuid } from './queue.js';

const PLACEHOLDER = 'plan';

export function rowsOf({ editor, push, steps, write, fieldOf, isFrozen }) {
  const listOf = (row) => row.closest('[data-list]');
  const itemsOf = (list) => one(`[data-rows-of="${list.dataset.list}"]`, list);
  const rowAt = (id) => one(`[data-thing="${id}"]`, editor);
  const idBefore = (row) => (row.previousElementSibling ? row.previousElementSibling.dataset.thing : '');

  function texts(row) {
    const found = {};
    all('[data-cell]', row).filter((cell) => cell.closest('[data-thing]') === row).forEach((cell) => {
      found[cell.dataset.cell.slice(row.dataset.thing.length).replace(/\./g, '/')] = fieldOf(cell).value;
    });
    return found;
  }

  function blank(list, id) {
    const template = list.parentElement.querySelector(`template[data-template="${list.dataset.list}"]`)
      || list.closest('.table-scroll').parentElement.querySelector(`template[data-template="${list.dataset.list}"]`);
    const row = template.content.firstElementChild.cloneNode(true);
    row.dataset.thing = id;
    all('[data-cell]', row).forEach((cell) => {
      const below = cell.dataset.cell.slice(PLACEHOLDER.length);
      cell.dataset.cell = `${id}${below}`;
      fieldOf(cell).id = `c-${id}${below}`;
    });
    all('label', row).forEach((label) => { const field = label.parentElement.querySelector('[data-edit]'); if (field) label.htmlFor = field.id; });
    return row;
  }

  function put(list, row, after) {
    const items = itemsOf(list);
    const before = after && all('[data-thing]', items).find((each) => each.dataset.thing === after);
    if (before) before.after(row); else if (after) items.append(row); else items.prepend(row);
  }

  function fill(row, cells) {
    Object.entries(cells).forEach(([below, text]) => {
      const cell = one(`[data-cell="${row.dataset.thing}${below.replace(/\//g, '.')}"]`, row);
      if (!cell) return;
      const field = fieldOf(cell);
      if (field.tagName === 'SELECT' && ![...field.options].some((option) => option.value === text)) field.append(element('option', {}, text));
      field.value = text;
      if (field.parentElement.classList.contains('grow')) field.parentElement.dataset.value = text;
    });
  }

  function listFor(op) {
    return all('[data-list]', editor).find((list) => list.dataset.holder === op.holder && `/${list.dataset.list}` === op.list);
  }

  /** A row as an operation of ours says, on the page only. */
  function show(op) {
    const list = listFor(op);
    if (!list || rowAt(op.thing)) return null;
    const row = blank(list, op.thing);
    put(list, row, op.after);
    fill(row, op.cells || {});
    return row;
  }

  function add(list, after, cells = {}, { id = newId(list.dataset.prefix), group = '' } = {}) {
    const op = { id: uuid(), kind: 'add', thing: id, holder: list.dataset.holder, list: `/${list.dataset.list}`, after, cells };
    const row = show(op);
    push(op);
    steps.row(() => remove(rowAt(id)), () => add(list, after, cells, { id }), group);
    return row;
  }

  function remove(row) {
    if (!row) return;
    const list = listOf(row);
    const [id, after, cells] = [row.dataset.thing, idBefore(row), texts(row)];
    const next = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    push({ id: uuid(), kind: 'remove', thing: id });
    steps.row(() => add(list, after, cells, { id }), () => remove(rowAt(id)));
    const field = next && one('[data-edit]', next);
    if (field) field.focus();
  }

  function shift(row, by) {
    const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(row); else other.after(row);
    push({ id: uuid(), kind: 'move', thing: row.dataset.thing, after: idBefore(row) });
    const id = row.dataset.thing;
    steps.row(() => shift(rowAt(id), -by), () => shift(rowAt(id), by));
  }

  editor.addEventListener('click', (event) => {
    const pressed = event.target.closest('button');
    if (!pressed) return;
    if ('add' in pressed.dataset) {
      const around = pressed.closest('p').previousElementSibling; // the template
      const list = all('[data-list]', pressed.closest('section')).filter((each) => each.compareDocumentPosition(around) & Node.DOCUMENT_POSITION_FOLLOWING).pop();
      const items = itemsOf(list);
      const row = add(list, items.lastElementChild ? items.lastElementChild.dataset.thing : '');
      one('[data-edit]', row).focus();
    } else if ('remove' in pressed.dataset) remove(pressed.closest('[data-thing]'));
    else if (pressed.dataset.shift) {
      shift(pressed.closest('[data-thing]'), Number(pressed.dataset.shift));
      pressed.focus();
    }
  });

  // --- keys: Enter goes down, Tab right; Ctrl+Z takes back, Ctrl+Y does again; Alt+Shift with an arrow moves the row ---

  function down(field) {
    const cell = field.closest('[data-cell]');
    const row = cell.closest('[data-thing]');
    if (!row) return false;
    const at = all('[data-cell]', row).indexOf(cell);
    const next = row.nextElementSibling;
    const target = next && all('[data-cell]', next)[at];
    if (!target) return false;
    fieldOf(target).focus();
    return true;
  }

  editor.addEventListener('keydown', (event) => {
    const field = event.target.closest('[data-edit]');
    if (!field || event.isComposing || event.keyCode === 229) return;
    const control = event.ctrlKey || event.metaKey;
    if (event.code === 'Enter' && event.altKey && field.tagName === 'TEXTAREA') {
      event.preventDefault();
      field.setRangeText('\n', field.selectionStart, field.selectionEnd, 'end');
      field.dispatchEvent(new Event('input', { bubbles: true }));
    } else if ((event.code === 'Enter' || event.code === 'NumpadEnter') && !control && !event.shiftKey && field.closest('tr')) {
      event.preventDefault();
      down(field);
    } else if (control && event.code === 'KeyZ' && !event.shiftKey) {
      event.preventDefault();
      steps.undo();
    } else if (control && (event.code === 'KeyY' || (event.code === 'KeyZ' && event.shiftKey))) {
      event.preventDefault();
      steps.redo();
    } else if (event.altKey && event.shiftKey && (event.code === 'ArrowUp' || event.code === 'ArrowDown') && field.closest('[data-thing]')) {
      event.preventDefault();
      shift(field.closest('[data-thing]'), event.code === 'ArrowUp' ? -1 : 1);
      field.focus();
    } else if (control && event.code === 'KeyD' && field.closest('tr')) {
      event.preventDefault();
      const above = field.closest('tr').previousElementSibling;
      const cells = all('[data-cell]', field.closest('tr'));
      const source = above && all('[data-cell]', above)[cells.indexOf(field.closest('[data-cell]'))];
      if (source) write(field.closest('[data-cell]'), fieldOf(source).value, '');
    }
  });

  // --- a block from Excel ---

  editor.addEventListener('paste', (event) => {
    const field = event.target.closest('[data-edit]');
    const text = event.clipboardData ? event.clipboardData.getData('text/plain') : '';
    if (!field || isFrozen || !field.closest('tr') || !/[\t\n]/.test(text.replace(/\r?\n$/, ''))) return;
    event.preventDefault();
    const group = uuid();
    const block = parse(text);
    let row = field.closest('tr');
    const list = listOf(row);
    const column = all('[data-cell]', row).indexOf(field.closest('[data-cell]'));
    block.forEach((line, n) => {
      if (n) row = row.nextElementSibling || add(list, row.dataset.thing, {}, { group });
      const cells = all('[data-cell]', row);
      line.forEach((words, k) => { if (cells[column + k]) write(cells[column + k], words, group); });
    });
  });

  return {
    show,
    add,
    /** Our row was not removed, or has nowhere to go. */
    refused(op, answer) {
      const list = all('[data-list]', editor)[0];
      const strip = element('p', { class: 'cell-note is-refused' }, `没办成：${answer.message}。请刷新这一页看看`);
      (rowAt(op.thing) || list).after(strip);
    },
    /** Somebody removed the row that was written in here: it comes back with what it says here. */
    restore(id) {
      const row = rowAt(id);
      if (!row) return;
      const list = listOf(row);
      const cells = texts(row);
      const after = idBefore(row);
      row.remove();
      add(list, after, cells);
    },
    /** Somebody else added, moved or removed a row. */
    other(change) {
      const row = rowAt(change.thing);
      if (change.kind === 'remove' && row && !one('.others', row)) {
        const cell = one('[data-cell]', row);
        cell.append(element('p', { class: 'cell-note others' }, `${change.who}${change.time}删了这一行`));
      } else if (change.kind !== 'remove' && !one('#others-rows')) {
        one('#work .head').after(element('p', { class: 'strip strip-note', id: 'others-rows', role: 'status' }, `${change.who}${change.time}加了或移动了行。`, element('a', { class: 'button', href: '' }, '看最新')));
      }
    },
  };
}

/** Rows and cells of what Excel puts on the clipboard: tabs and lines, quoted where a cell has lines of its own. */
export function parse(text) {
  const rows = [[]];
  let at = 0;
  const source = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  while (at <= source.length) {
    let words = '';
    if (source[at] === '"') {
      const end = /"(?=[\t\n]|$)(?!")/g;
      end.lastIndex = at + 1;
      let found = end.exec(source);
      while (found && source[found.index - 1] === '"' && source.slice(at + 1, found.index).replace(/""/g, '').endsWith('"')) found = end.exec(source);
      if (found) {
        words = source.slice(at + 1, found.index).replace(/""/g, '"');
        at = found.index + 1;
      }
    }
    const stop = source.slice(at).search(/[\t\n]/);
    const next = stop < 0 ? source.length : at + stop;
    words += source.slice(at, next);
    rows[rows.length - 1].push(words);
    if (source[next] === '\n') rows.push([]);
    at = next + 1;
  }
  return rows;
}
