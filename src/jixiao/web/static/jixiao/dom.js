// Small tools of the other modules.

export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/** An element with attributes and children; text is always text. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}

/** One of the shapes that stand in the page (shapes.html). */
export function shape(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#${name}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('width', '18');
  svg.setAttribute('height', '18');
  svg.append(use);
  return svg;
}

/** Listen to an event of elements that are there now or come later. */
export function on(type, selector, act) {
  document.addEventListener(type, (event) => {
    const found = event.target instanceof Element && event.target.closest(selector);
    if (found) act(event, found);
  });
}

/** Whether somebody types there: letters belong to them. */
export const isField = (target) => target instanceof Element
  && Boolean(target.closest('input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable="true"]'));

export const isShown = (target) => Boolean(target && target.getClientRects().length);

/** What this browser remembers of its user; nothing where it may not. */
export const memory = {
  get(key) {
    try { return localStorage.getItem(`jixiao.${key}`); } catch { return null; }
  },
  set(key, value) {
    try { localStorage.setItem(`jixiao.${key}`, value); } catch { /* a private window: forgotten, no harm */ }
  },
};

/** What the server has to know of this browser before it draws a page: what is folded. */
export const told = {
  get: (name) => document.cookie.split('; ').includes(`jixiao_${name}=folded`),
  set(name, folded) {
    document.cookie = `jixiao_${name}=${folded ? 'folded' : 'open'}; path=/; max-age=31536000; samesite=lax`;
  },
};
