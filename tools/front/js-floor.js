// A rule for ESLint: members of objects that are too new for the oldest browser, or that only https has.
// By name alone, for types are not known: a name is reported where nothing that bears it is old enough.
import { ofSelector } from './css-floor.js';
import { data, FLOOR, named, since } from './floor.js';

/** Of pages served over plain http, as in an office's own network. */
export const HTTPS_ONLY = {
  navigator: ['clipboard', 'serviceWorker', 'mediaDevices', 'geolocation', 'storage', 'credentials', 'locks', 'usb', 'share'],
  crypto: ['subtle', 'randomUUID'],
  window: ['caches', 'showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker', 'cookieStore'],
};
const SELECTOR = /:(has|is|where|not|nth-child)\(|:(user-(in)?valid|modal|popover-open|autofill)\b/;
const ORDINARY = new Set(Object.getOwnPropertyNames(Object.prototype));

/** By name of a member, the first Chrome in which anything has it. */
const members = new Map();
function note(name, feature) {
  const version = since(feature.__compat);
  if (version === undefined || ORDINARY.has(name)) return;
  members.set(name, Math.min(version, members.get(name) ?? Infinity));
}
for (const holder of [...Object.values(data.api), ...Object.values(data.javascript.builtins)]) {
  for (const [name, feature] of Object.entries(holder)) {
    if (name === '__compat' || !feature.__compat) continue;
    note(name.replace(/_(static|event)$/, ''), feature);
  }
}

const rule = {
  meta: { type: 'problem', schema: [], messages: { found: '{{what}} (floor: Chrome {{floor}}, plain http)' } },
  create(context) {
    const report = (node, what) => context.report({ node, messageId: 'found', data: { what, floor: String(FLOOR) } });
    return {
      Literal(node) { // a selector that is handed to querySelector, matches, closest or to helpers of ours
        if (typeof node.value !== 'string' || !SELECTOR.test(node.value)) return;
        try {
          ofSelector(node.value).forEach((what) => report(node, what));
        } catch { /* words that only look like one */ }
      },
      MemberExpression({ object, property, computed }) {
        if (computed || property.type !== 'Identifier') return;
        if (object.type === 'Identifier' && HTTPS_ONLY[object.name]?.includes(property.name)) {
          report(property, `${object.name}.${property.name}: over https only`);
        } else if ((members.get(property.name) ?? 0) > FLOOR) {
          report(property, `.${property.name}: ${named(members.get(property.name))}`);
        }
      },
      Property({ parent, key, computed }) { // const { clipboard } = navigator
        const from = parent.type === 'ObjectPattern' && parent.parent.init;
        if (from?.type === 'Identifier' && !computed && HTTPS_ONLY[from.name]?.includes(key.name)) {
          report(key, `${from.name}.${key.name}: over https only`);
        }
      },
    };
  },
};

export default { rules: { members: rule } };
