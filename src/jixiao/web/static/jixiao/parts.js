// Confirmation strips, parts of a page that come late, lists that send themselves, buttons pressed once.
import { all, element, on, one } from './dom.js';

// <a href="#confirm-return" data-confirm>: works by :target without this; with it, opens under the button and takes the focus.
on('click', '[data-confirm]', (event, button) => {
  const strip = one(button.hash || button.dataset.confirm);
  if (!strip) return;
  event.preventDefault();
  const open = strip.classList.toggle('open');
  document.body.classList.toggle('confirming', open);
  button.setAttribute('aria-expanded', String(open));
  if (!open) return;
  all('.confirm.open').filter((other) => other !== strip).forEach((other) => other.classList.remove('open'));
  strip.opener = button;
  (one('textarea, input:not([type="hidden"]), select, .primary, button', strip) || strip).focus();
});
function shut(strip) {
  document.body.classList.remove('confirming');
  strip.classList.remove('open');
  if (strip.opener) {
    strip.opener.setAttribute('aria-expanded', 'false');
    strip.opener.focus();
  }
}
on('click', '[data-shut]', (event, button) => {
  event.preventDefault();
  if (window.location.hash) window.history.replaceState(null, '', window.location.pathname + window.location.search);
  shut(button.closest('.confirm'));
});
document.addEventListener('jixiao:escape', (event) => {
  const strip = one('.confirm.open');
  if (!strip || event.defaultPrevented) return;
  event.preventDefault();
  shut(strip);
});

// <div hx-get="…" hx-trigger="load" data-late>: says that it is being fetched after 300 ms, offers to try again after 8 s.
document.addEventListener('htmx:beforeRequest', (event) => {
  const part = event.target;
  if (!(part instanceof HTMLElement) || part.dataset.late === undefined) return;
  const word = element('p', { class: 'late', role: 'status' }, '正在取…');
  const soon = setTimeout(() => part.prepend(word), 300);
  const late = setTimeout(() => {
    const again = element('button', { type: 'button' }, '重试');
    again.addEventListener('click', () => {
      word.remove();
      htmx.trigger(part, 'htmx:abort');
      htmx.trigger(part, part.dataset.late || 'load');
    });
    word.replaceChildren('还没取到 · ', again);
  }, 8000);
  part.addEventListener('htmx:afterRequest', (after) => {
    clearTimeout(soon);
    clearTimeout(late);
    if (after.detail.successful) word.remove();
  }, { once: true });
});

// A form that came back: the first field that is wrong, ready to be put right.
const wrong = one('.field [aria-invalid="true"]');
if (wrong) wrong.focus();

// <select data-submit>: sends its form when another value is chosen.
on('change', '[data-submit]', (event, field) => field.form.requestSubmit());

// <div class="grow" data-value="…"><textarea>: the field is as high as its text.
on('input', '.grow > textarea', (event, field) => { field.parentElement.dataset.value = field.value; });

// A form is sent once, however often its button is pressed; the button keeps its look and says that it works.
on('submit', 'form[method="post"]', (event, form) => {
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = '1';
  all('button:not([type="button"])', form).forEach((button) => button.classList.add('busy'));
  setTimeout(() => free(form), 10000); // a file being handed out never leaves the page
});
function free(form) {
  delete form.dataset.sent;
  all('.busy', form).forEach((button) => button.classList.remove('busy'));
}
document.addEventListener('htmx:afterRequest', (event) => {
  const form = event.target instanceof Element && event.target.closest('form');
  if (form) free(form);
});
window.addEventListener('pageshow', () => all('form[data-sent]').forEach(free)); // back to a page that was kept
