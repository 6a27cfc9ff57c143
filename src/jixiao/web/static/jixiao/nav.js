// The menu on phones, the side panel (b), small menus that close when left.
import { all, isShown, on, one, told } from './dom.js';
import { bind } from './keys.js';

const WIDE = '(min-width: 1200px)';
const frame = () => one('.frame.with-panel');

function panelIsOpen() {
  const panel = one('.panel');
  return isShown(panel);
}

function tellPanel() {
  all('[data-toggle-panel]').forEach((button) => button.setAttribute('aria-expanded', String(panelIsOpen())));
}

function togglePanel() {
  if (!frame()) return false;
  const open = !panelIsOpen();
  frame().classList.toggle('panel-open', open);
  frame().classList.toggle('panel-folded', !open);
  if (window.matchMedia(WIDE).matches) told.set('panel', !open); // narrow windows fold it each time
  tellPanel();
  return true;
}

if (frame() && window.matchMedia(WIDE).matches && told.get('panel')) frame().classList.add('panel-folded');
tellPanel();
window.matchMedia(WIDE).addListener(tellPanel);
on('click', '[data-toggle-panel]', togglePanel);
bind('KeyB', togglePanel);

// The menu folds to pictures with words below; pages that need the room begin folded.
const tellNav = () => all('[data-toggle-nav]').forEach((button) => {
  button.setAttribute('aria-expanded', String(!one('.frame').classList.contains('nav-folded')));
});
if (one('.frame') && told.get('nav')) one('.frame').classList.add('nav-folded');
tellNav();
on('click', '[data-toggle-nav]', () => {
  told.set('nav', one('.frame').classList.toggle('nav-folded'));
  tellNav();
});

on('click', '[data-toggle-menu]', (event, button) => {
  event.preventDefault();
  const open = one('.frame').classList.toggle('menu-open');
  button.setAttribute('aria-expanded', String(open));
  if (open) window.scrollTo(0, 0);
});

const menus = () => all('details.menu[open]');
document.addEventListener('click', (event) => {
  menus().filter((menu) => !menu.contains(event.target)).forEach((menu) => { menu.open = false; });
});
document.addEventListener('focusin', (event) => {
  menus().filter((menu) => !menu.contains(event.target)).forEach((menu) => { menu.open = false; });
});
document.addEventListener('jixiao:escape', (event) => {
  const [menu] = menus();
  if (!menu || event.defaultPrevented) return;
  event.preventDefault();
  menu.open = false;
  one('summary', menu).focus();
});
