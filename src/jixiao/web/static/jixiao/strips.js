// News: strips under the head of the page, toasts for things done (eight seconds), and what is said when the server does not answer.
import { all, element, on, one, shape } from './dom.js';

const SHAPES = { done: 'i-done', note: 'i-note', warn: 'i-warn', bad: 'i-bad' };
const SECONDS = 8;

/** A strip as strip.html draws it. */
function draw(kind, text, ...more) {
  const close = element('button', { type: 'button', class: 'close', 'data-close': '', 'aria-label': '关掉这一条' }, shape('i-close'));
  return element('div', { class: `strip strip-${kind}`, role: kind === 'bad' ? 'alert' : 'status' }, shape(SHAPES[kind]),
    element('p', {}, text), ...more, close);
}

/** Say something in place of the page's news; `id` replaces what was said under it before. */
export function say(kind, text, { id, action } = {}) {
  const place = one('[data-strips]') || one('#strips'); // a page may have a place of its own for what is said
  if (!place) return null;
  const made = draw(kind, text, ...(action ? [action] : []));
  if (id) {
    made.dataset.said = id;
    unsay(id);
  }
  place.prepend(made);
  return made;
}

export const unsay = (id) => all(`[data-said="${id}"]`).forEach((each) => each.remove());

/** Say that something is done; it goes by itself. */
export function toast(text) {
  const place = one('#toasts');
  if (!place) return;
  const made = draw('done', text);
  place.append(made);
  fade(made);
}

function fade(strip) {
  let left = SECONDS;
  const clock = setInterval(() => {
    if (strip.matches(':hover') || strip.contains(document.activeElement)) return;
    left -= 1;
    if (left > 0) return;
    clearInterval(clock);
    strip.remove();
  }, 1000);
}

on('click', '[data-close]', (event, button) => button.closest('.strip').remove());
all('#toasts .strip').forEach(fade);

// No answer, or one that says no: what was typed stays where it is.
function refused({ detail: { xhr } }) {
  if (xhr.status === 401) {
    const again = element('a', { class: 'button', href: document.body.dataset.signIn || '/login', target: '_blank', rel: 'noopener' }, '重新登录');
    say('warn', '登录超时，填的没丢。重新登录以后，回这一页接着办。', { id: 'refused', action: again });
    return;
  }
  const told = (xhr.getResponseHeader('Content-Type') || '').startsWith('text/plain') && xhr.responseText.trim();
  if (told && told.length <= 300) {
    const whole = /[。！？]$/.test(told) ? told : `${told}。`;
    say(xhr.status < 500 ? 'warn' : 'bad', whole, { id: 'refused' });
    return;
  }
  const number = xhr.getResponseHeader('X-Request-Id');
  const whom = number ? `把编号${number}告诉管理员` : '告诉管理员';
  say('bad', `没办成，您填的还在。请重试；再不行，${whom}。`, { id: 'refused' });
}

function offline() {
  say('warn', document.body.dataset.offline || '断网了。页面还能看，要办的联网后再办。', { id: 'offline' });
}

document.addEventListener('htmx:responseError', refused);
document.addEventListener('htmx:sendError', offline);
document.addEventListener('htmx:timeout', offline);
document.addEventListener('htmx:afterRequest', ({ detail }) => { if (detail.successful) ['refused', 'offline'].forEach(unsay); });
window.addEventListener('offline', offline);
window.addEventListener('online', () => unsay('offline'));
if (navigator.onLine === false) offline();
