"use strict";
// The data of the report. Texts stand once in DATA.s and are named by number; -1 is none. All of it reaches the page
// through textContent only.
let DATA = null;
const SEVERITIES = [["error", "必须修改"], ["warning", "应当修改或说明"], ["advice", "建议完善"]];

const text = (n) => (n < 0 ? "" : DATA.s[n]);
const byId = (id) => document.getElementById(id);

/** Read the data of the page; a large batch stands there deflated and in base 64. */
async function loadData() {
  const holder = byId("data");
  let json = holder.textContent;
  if (holder.type === "text/plain") {
    const bytes = Uint8Array.from(atob(json), (c) => c.charCodeAt(0));
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    json = await new Response(unpacked).text();
  }
  DATA = JSON.parse(json);
}

/** A finding by its number in the list of all, with names for its places in the data. */
function finding(n) {
  const [plan, key, rule, title, severity, pointer, section, words, inFile, evidence, message, suggestion, wording,
    citations, related, sureness, besides] = DATA.f[n];
  return {
    plan, key, severity, rule: text(rule), title: text(title), pointer: text(pointer), section: text(section),
    words: text(words), inFile: text(inFile), evidence: text(evidence), message: text(message),
    suggestion: text(suggestion), wording: text(wording), sureness: text(sureness), besides: text(besides),
    citations: citations.map((c) => {
      const [instrument, requirement, force, binding] = DATA.c[c];
      return { instrument: text(instrument), requirement: text(requirement), force: text(force), binding: binding === 1 };
    }),
    related: related.map(([p, s, w, f]) => ({ pointer: text(p), section: text(s), words: text(w), inFile: text(f) })),
  };
}

const planLabel = (n) => text(DATA.p[n][0]);
const planFile = (n) => text(DATA.p[n][1]);

/** The goal sheet a pointer lies in, or -1 for the department-wide part. */
function sheetOf(plan, pointer) {
  const m = /^\/goal_sheets\/(\d+)/.exec(pointer);
  return m && Number(m[1]) < DATA.p[plan][3].length ? Number(m[1]) : -1;
}

/** An element: el("td", {class: "n"}, "文字", child, …). Text children become text nodes. */
function el(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((c) => c !== null && c !== ""));
  return made;
}

function badge(severity) {
  const [name, label] = SEVERITIES[severity];
  return el("span", { class: "badge " + name }, el("span", { class: "shape", "aria-hidden": "true" }), label);
}
