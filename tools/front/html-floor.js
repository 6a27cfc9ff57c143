// Elements and attributes of templates that the oldest browser does not know: it would show them as if they were not there.
import { data, FLOOR, named, since, tooNew } from './floor.js';

const { elements, global_attributes: everywhere } = data.html;

/** Every problem of a template: {line, text}. Tags of Django are taken out first. */
export function problemsOf(code) {
  const blank = (found) => found.replace(/[^\n]/g, ' ');
  const plain = code.replace(/\{%\s*comment\b[^]*?endcomment\s*%\}|\{%[^]*?%\}|\{\{[^]*?\}\}|\{#.*?#\}|<!--[^]*?-->|<svg\b[^]*?<\/svg>/g, blank);
  const found = [];
  for (const tag of plain.matchAll(/<([a-z][a-z0-9-]*)((?:\s+[^\s=>"']+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?)*)\s*\/?>/g)) {
    const line = plain.slice(0, tag.index).split('\n').length;
    const tell = (what, feature) => found.push({ line, text: `${what}: ${named(since(feature.__compat))} (floor: Chrome ${FLOOR})` });
    const element = elements[tag[1]];
    if (tooNew(element)) tell(`<${tag[1]}>`, element);
    for (const [, name, , value = ''] of tag[2].matchAll(/([^\s=]+)(\s*=\s*"([^"]*)")?/g)) {
      const feature = element?.[name] ?? everywhere[name];
      if (tooNew(feature)) tell(`${name} of <${tag[1]}>`, feature);
      else if (value && tooNew(feature?.[value]) && since(feature[value].__compat) < Infinity) tell(`${name}="${value}" of <${tag[1]}>`, feature[value]);
    }
  }
  return found;
}
