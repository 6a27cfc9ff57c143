// Keys: a letter acts outside fields only, is known by its place on the keyboard (event.code), and never while a character
// is composed. <a data-key="KeyT" data-key-label="同意"> is pressed by t; ? lists what this page knows; all can be switched off.
import { all, element, isField, isShown, memory, one } from './dom.js';

const EVERYWHERE = [
  ['/', '搜索'], ['?', '看按键'], ['j k', '下一条、上一条'], ['Enter', '打开'], ['x', '选中'], ['b', '收起、展开侧栏'],
  ['Esc', '关掉'], ['Ctrl+Enter', '办主要的那件事'],
];
const bound = new Map();

/** Call `act` when the key of that code is pressed; the last one bound wins. `shift` is part of the name: "Shift+KeyJ". */
export function bind(name, act) {
  bound.set(name, act);
}

export const isOff = () => memory.get('keys') === 'off';

// ? stands elsewhere on some keyboards; letters are known by their place, whatever a Chinese layout makes of them.
const nameOf = (event) => (['?', '？'].includes(event.key) ? 'Shift+Slash' : `${event.shiftKey ? 'Shift+' : ''}${event.code}`);
const shown = (code) => code.replace(/^Shift\+/, 'Shift+').replace(/Key|Digit/, '').replace(/([A-Z])$/, (letter) => letter.toLowerCase())
  .replace('BracketLeft', '[').replace('BracketRight', ']');

function press(event) {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  if (event.ctrlKey && !event.altKey && !event.metaKey && event.code === 'Enter') {
    const primary = all('[data-primary]').filter(isShown).pop();
    if (primary) {
      event.preventDefault();
      primary.click();
    }
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.code === 'Escape') {
    (bound.get('Escape') || close)(event);
    return;
  }
  if (isOff() || isField(event.target)) return;
  const name = nameOf(event);
  const marked = all('[data-key]').find((one) => one.dataset.key === name && isShown(one));
  const act = marked ? () => marked.click() : bound.get(name);
  if (act && act(event) !== false) event.preventDefault();
}

/** Close what is open, the last opened first. */
function close(event) {
  const closing = new CustomEvent('jixiao:escape', { bubbles: true, cancelable: true });
  if (!event.target.dispatchEvent(closing)) event.preventDefault();
}

function list() {
  const there = one('.keys');
  if (there) {
    there.remove();
    return;
  }
  const own = all('[data-key]').filter(isShown).map((each) => [shown(each.dataset.key), each.dataset.keyLabel || each.textContent.trim()]);
  const words = element('dl', {});
  [...own, ...EVERYWHERE].forEach(([keys, label]) => {
    words.append(
      element('dt', {}, ...keys.split(' ').flatMap((key, at) => [at ? ' ' : '', element('kbd', {}, key)])),
      element('dd', {}, label),
    );
  });
  const off = element('button', { type: 'button' }, isOff() ? '打开字母键' : '关掉字母键');
  off.addEventListener('click', () => {
    memory.set('keys', isOff() ? 'on' : 'off');
    off.textContent = isOff() ? '打开字母键' : '关掉字母键';
  });
  const shut = element('button', { type: 'button' }, '收起 Esc');
  const section = element('section', { class: 'keys', 'aria-label': '按键' }, element('h2', {}, '按键'), words,
    element('p', { class: 'hint' }, '光标在格子里、正在打字时，字母键不起作用。'), element('div', { class: 'buttons' }, off, shut));
  const from = document.activeElement;
  shut.addEventListener('click', () => {
    section.remove();
    if (from instanceof HTMLElement) from.focus();
  });
  document.body.append(section);
  shut.focus();
}

document.addEventListener('keydown', press);
document.addEventListener('jixiao:escape', (event) => {
  const there = one('.keys');
  if (there && !event.defaultPrevented) {
    event.preventDefault();
    one('.buttons button:last-child', there).click();
  }
});
document.addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('[data-show-keys]')) list();
});
bind('Shift+Slash', list);
bind('Slash', () => {
  const field = all('[data-search]').find(isShown);
  if (!field) return false;
  field.focus();
  field.select();
  return true;
});
