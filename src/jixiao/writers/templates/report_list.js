// The list of findings: filters, pages, the cases of one rule in one sheet as one item that opens. Only one page of it
// is in the document at a time.
const PAGE = 50; // items on a page
const PRINTED = 3000; // items a print may hold

const list = { groups: [], matches: [], page: 0, words: [] };

/** All words of a finding that the search looks through, once computed. */
function searchWords(n) {
  if (list.words[n] === undefined) {
    const f = finding(n);
    list.words[n] = [planLabel(f.plan), planFile(f.plan), f.section, f.words, f.title, f.evidence, f.message, f.besides, f.suggestion, f.rule]
      .join("\n").toLowerCase();
  }
  return list.words[n];
}

function applyFilters() {
  const plan = byId("by-plan").value;
  const severity = byId("by-severity").value;
  const kind = byId("by-kind").value;
  const terms = byId("by-text").value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (n) => {
    const f = DATA.f[n];
    return (plan === "" || f[0] === Number(plan)) && (severity === "" || f[4] === Number(severity))
      && (kind === "" || text(f[3]) === kind) && terms.every((term) => searchWords(n).includes(term));
  };
  list.groups = [];
  for (const [first, all] of DATA.g) {
    const numbers = all.filter(fits);
    if (numbers.length) list.groups.push({ first: first === 1, numbers });
  }
  list.matches = list.groups.flatMap((group) => group.numbers);
  list.page = 0;
  drawList();
}

function drawList() {
  const pages = Math.max(Math.ceil(list.groups.length / PAGE), 1);
  list.page = Math.min(Math.max(list.page, 0), pages - 1);
  drawItems(list.groups.slice(list.page * PAGE, (list.page + 1) * PAGE));
  const all = DATA.f.length;
  byId("status").textContent = !all ? "没有发现问题。"
    : !list.matches.length ? `共 ${all} 处问题，没有符合筛选条件的。`
    : list.matches.length === all ? `共 ${all} 处问题。同一张表里的同类问题合成一条。点开一处，可看它所在的表；↑↓ 键看上一处、下一处，Esc 键关闭。`
    : `共 ${all} 处问题，符合条件 ${list.matches.length} 处。`;
  byId("pager").hidden = pages < 2;
  byId("page-number").textContent = `第 ${list.page + 1} 页，共 ${pages} 页`;
  byId("page-back").disabled = list.page === 0;
  byId("page-on").disabled = list.page === pages - 1;
}

function drawItems(groups) {
  const rows = [];
  let section = "";
  for (const group of groups) {
    const f = finding(group.numbers[0]);
    const here = `${planLabel(f.plan)} · ${f.section}`;
    if (here !== section) rows.push(el("li", { class: "section" }, el("h3", {}, section = here)));
    rows.push(el("li", {}, group.numbers.length > 1 ? drawGroup(f, group) : drawItem(f, group.numbers[0], group.first)));
  }
  byId("list").replaceChildren(...rows);
}

function drawItem(f, n, first) {
  return link(n, "item", badge(f.severity),
    el("span", {}, firstMark(first), el("span", { class: "title" }, f.title), el("br", {}), el("span", { class: "where" }, f.words)),
    el("span", { class: "message" }, f.message));
}

/** Several cases of one rule in one sheet: what it is, then, opened, each place with the words met there. */
function drawGroup(f, group) {
  const cases = group.numbers.map((n) => {
    const one = finding(n);
    return el("li", {}, link(n, "item case", el("span", { class: "where" }, one.words), el("span", { class: "message" }, one.evidence || one.message)));
  });
  const example = group.numbers.some((n) => finding(n).message !== f.message) ? "如：" : "";
  return el("details", { class: "group" },
    el("summary", { class: "item" }, badge(f.severity),
      el("span", {}, firstMark(group.first), el("span", { class: "title" }, f.title), el("span", { class: "count" }, `${group.numbers.length} 处`)),
      el("span", { class: "message" }, example + f.message)),
    el("ol", {}, ...cases));
}

function link(n, name, ...content) {
  return el("a", {
    class: name, href: "#f=" + encodeURIComponent(DATA.f[n][1]), "data-n": n, role: "button",
    "aria-current": n === viewer.open ? "true" : false,
  }, ...content);
}

const firstMark = (first) => (first ? el("span", { class: "first" }, "先改") : null);

/** Bring the page that holds a finding into the list; false where the filters keep it out. */
function showInList(n) {
  const place = list.groups.findIndex((group) => group.numbers.includes(n));
  if (place < 0) return false;
  const page = Math.floor(place / PAGE);
  if (page !== list.page) {
    list.page = page;
    drawList();
  }
  const group = byId("list").querySelector(`[data-n="${n}"]`).closest("details");
  if (group) group.open = true;
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
