// The list of findings: filters, pages. Only one page of it is in the document at a time.
const PAGE = 50;
const PRINTED = 3000; // findings a print may hold

const list = { matches: [], page: 0, words: [] };

/** All words of a finding that the search looks through, once computed. */
function searchWords(n) {
  if (list.words[n] === undefined) {
    const f = finding(n);
    list.words[n] = [planLabel(f.plan), planFile(f.plan), f.section, f.words, f.title, f.evidence, f.message, f.suggestion, f.rule]
      .join("\n").toLowerCase();
  }
  return list.words[n];
}

function applyFilters() {
  const plan = byId("by-plan").value;
  const severity = byId("by-severity").value;
  const kind = byId("by-kind").value;
  const terms = byId("by-text").value.toLowerCase().split(/\s+/).filter(Boolean);
  list.matches = [];
  for (let n = 0; n < DATA.f.length; n += 1) {
    const f = DATA.f[n];
    if (plan !== "" && f[0] !== Number(plan)) continue;
    if (severity !== "" && f[4] !== Number(severity)) continue;
    if (kind !== "" && text(f[3]) !== kind) continue;
    if (terms.length && !terms.every((term) => searchWords(n).includes(term))) continue;
    list.matches.push(n);
  }
  list.page = 0;
  drawList();
}

function drawList() {
  const pages = Math.max(Math.ceil(list.matches.length / PAGE), 1);
  list.page = Math.min(Math.max(list.page, 0), pages - 1);
  drawItems(list.matches.slice(list.page * PAGE, (list.page + 1) * PAGE));
  const all = DATA.f.length;
  byId("status").textContent = !all ? "没有发现问题。"
    : !list.matches.length ? `共 ${all} 处问题，没有符合筛选条件的。`
    : list.matches.length === all ? `共 ${all} 处问题。点开一处，可看它所在的表；↑↓ 键看上一处、下一处，Esc 键关闭。`
    : `共 ${all} 处问题，符合条件 ${list.matches.length} 处。`;
  byId("pager").hidden = pages < 2;
  byId("page-number").textContent = `第 ${list.page + 1} 页，共 ${pages} 页`;
  byId("page-back").disabled = list.page === 0;
  byId("page-on").disabled = list.page === pages - 1;
}

function drawItems(numbers) {
  byId("list").replaceChildren(...numbers.map((n) => {
    const f = finding(n);
    return el("li", {}, el("a", {
      class: "item", href: "#f=" + encodeURIComponent(f.key), "data-n": n, role: "button",
      "aria-current": n === viewer.open ? "true" : false,
    },
    badge(f.severity),
    el("span", {}, el("span", { class: "title" }, f.title), el("br", {}),
      el("span", { class: "where" }, `${planLabel(f.plan)} · ${f.section} · ${f.words}`)),
    el("span", { class: "message" }, f.message)));
  }));
}

/** Bring the page that holds a finding into the list; false where the filters keep it out. */
function showInList(n) {
  const place = list.matches.indexOf(n);
  if (place < 0) return false;
  const page = Math.floor(place / PAGE);
  if (page !== list.page) {
    list.page = page;
    drawList();
  }
  return true;
}

function setFilter(field, value) {
  for (const id of ["by-plan", "by-severity", "by-kind", "by-text"]) byId(id).value = id === "by-" + field ? value : "";
  applyFilters();
  byId("findings").scrollIntoView();
}

function turnPage(step) {
  list.page += step;
  drawList();
  byId("findings-h").scrollIntoView();
  byId("left").scrollTop = 0;
}
