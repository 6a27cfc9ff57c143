// Names that a page of ours finds in the browser.
const NAMES = `window document navigator location history localStorage sessionStorage indexedDB IDBKeyRange console crypto
  setTimeout clearTimeout setInterval clearInterval requestAnimationFrame cancelAnimationFrame queueMicrotask
  fetch Headers Request Response XMLHttpRequest FormData File Blob URL URLSearchParams AbortController
  Event CustomEvent KeyboardEvent MouseEvent Node Element HTMLElement HTMLInputElement MutationObserver
  IntersectionObserver ResizeObserver matchMedia getSelection getComputedStyle DOMParser htmx`;

export default Object.fromEntries(NAMES.split(/\s+/).map((name) => [name, 'readonly']));
