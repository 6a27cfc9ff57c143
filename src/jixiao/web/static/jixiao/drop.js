// Files dropped or chosen, folders and archives too, are sent two at a time, each with its progress.
// <form data-drop action="…" method="post" enctype="multipart/form-data" data-rows="#queue" data-most="209715200">
// with <input type="file" name="file" multiple>. Without this module the form is sent as a form.
// Each file is a request of its own: the file, `path` (its place in the dropped folder) and the form's other fields, with
// HX-Request: true. The answer is the file's row (<li>…), which takes the place of ours; plain text says why not.
import { all, element, on, one } from './dom.js';
import { say } from './strips.js';

const AT_ONCE = 2;
const queue = [];
let running = 0;

const megabytes = (bytes) => `${Math.max(0.1, bytes / 1048576).toFixed(1)} MB`;

/** Every file below an entry of a drop, as {file, path}; names that begin with a dot or ~$ are leavings of programs. */
async function filesOf(entry) {
  if (entry.isFile) {
    const file = await new Promise((done, failed) => { entry.file(done, failed); });
    return [{ file, path: entry.fullPath.slice(1) }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, failed) => { reader.readEntries(done, failed); }); // a hundred at a time
    if (!some.length) break;
    found.push(...some);
  }
  return (await Promise.all(found.map(filesOf))).flat();
}

const isLeaving = (path) => path.split('/').some((part) => part.startsWith('.') || part.startsWith('~$') || part === 'Thumbs.db');

function rowOf(path, size) {
  const bar = element('progress', { max: '100', value: '0', 'aria-label': `${path} 传了多少` });
  const word = element('span', { class: 'state' }, '排队');
  const row = element('li', {}, element('div', { class: 'progress-row' }, element('span', { class: 'name' }, path), bar, word));
  row.title = megabytes(size);
  return { row, bar, word };
}

function enqueue(form, items) {
  const place = one(form.dataset.rows) || form.appendChild(element('ul', { class: 'progress-rows', role: 'list' }));
  items.filter(({ path }) => !isLeaving(path)).forEach(({ file, path }) => {
    const shown = rowOf(path, file.size);
    place.append(shown.row);
    const most = Number(form.dataset.most || 0);
    if (most && file.size > most) fail(shown, `有 ${megabytes(file.size)}，一份最多 ${megabytes(most)}。请拆开再传。`);
    else queue.push({ form, file, below: path, ...shown });
  });
  next();
}

function next() {
  while (running < AT_ONCE && queue.length) send(queue.shift());
  document.body.dispatchEvent(new CustomEvent('jixiao:uploads', { detail: { left: running + queue.length } }));
}

function fail(shown, why, again) {
  shown.row.classList.add('failed');
  shown.word.textContent = '没传上';
  const line = element('span', { class: 'why' }, why);
  one('.progress-row', shown.row).append(line);
  if (!again) return;
  const button = element('button', { type: 'button' }, '再传一次');
  button.addEventListener('click', () => {
    shown.row.classList.remove('failed');
    line.remove();
    button.remove();
    shown.word.textContent = '排队';
    again();
  });
  line.append(' ', button);
}

function send(item) {
  running += 1;
  const body = new FormData();
  new FormData(item.form).forEach((value, name) => { if (!(value instanceof File)) body.append(name, value); });
  body.append('path', item.below);
  body.append(one('input[type="file"]', item.form).name, item.file, item.file.name);
  const request = new XMLHttpRequest();
  request.open('POST', item.form.action);
  request.setRequestHeader('HX-Request', 'true');
  request.upload.addEventListener('progress', (event) => {
    item.bar.value = event.lengthComputable ? (event.loaded / event.total) * 100 : 0;
    item.word.textContent = event.loaded < event.total ? '正在传' : '正在读';
  });
  request.addEventListener('loadend', () => {
    running -= 1;
    answer(request, item);
    next();
  });
  item.word.textContent = '正在传';
  request.send(body);
}

function answer(request, item) {
  const again = () => { queue.push(item); next(); };
  if (request.status === 0) {
    fail(item, '断网了，联网后再传。', again);
  } else if (request.status >= 400) {
    const plain = (request.getResponseHeader('Content-Type') || '').startsWith('text/plain');
    fail(item, (plain && request.responseText.trim()) || `没办成（${request.status}）。请重试。`, again);
  } else {
    const page = new DOMParser().parseFromString(request.responseText, 'text/html');
    const rows = all('li', page.body);
    if (rows.length) {
      item.row.replaceWith(...rows.map((row) => document.importNode(row, true)));
      if (window.htmx) htmx.process(one(item.form.dataset.rows) || item.form);
    } else {
      item.row.classList.add('done');
      item.bar.value = 100;
      item.word.textContent = '已传上';
    }
  }
}

const zone = (event) => {
  const kinds = event.dataTransfer ? [...event.dataTransfer.types] : [];
  if (!kinds.includes('Files')) return null;
  const forms = all('form[data-drop]');
  const over = event.target instanceof Element && event.target.closest('form[data-drop]');
  return over || (forms.length === 1 ? forms[0] : null); // one place on a page: the whole page takes files for it
};
document.addEventListener('dragover', (event) => {
  const form = zone(event);
  if (!form) return;
  event.preventDefault();
  form.classList.add('over');
});
document.addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) all('form[data-drop].over').forEach((form) => form.classList.remove('over'));
});
document.addEventListener('drop', async (event) => {
  const form = zone(event);
  if (!form) return;
  event.preventDefault();
  form.classList.remove('over');
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
  const plain = [...event.dataTransfer.files].map((file) => ({ file, path: file.name }));
  try {
    enqueue(form, entries.length ? (await Promise.all(entries.map(filesOf))).flat() : plain);
  } catch {
    say('warn', '有的文件打不开，没有传。请关掉正在用它的程序，再拖一次。', { id: 'drop' });
  }
});
on('change', 'form[data-drop] input[type="file"]', (event, field) => {
  const items = [...field.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
  enqueue(field.form, items);
  field.value = '';
});
window.addEventListener('beforeunload', (event) => {
  if (!running && !queue.length) return;
  event.preventDefault();
  event.returnValue = ''; // what Chrome 86 asks for
});
