// Ties the page together: address (#f=key), keys, filters, the details of each plan, printing.
const numbers = new Map(); // of findings, by key

/** Open the finding n through the address, so that it can be linked to; -1 closes. */
function navigate(n) {
  const address = n < 0 ? "#findings" : "#f=" + encodeURIComponent(DATA.f[n][1]);
  try {
    history.replaceState(null, "", address);
  } catch (error) { // some browsers forbid it for local files
    location.hash = address;
  }
  if (n < 0) closeViewer();
  else openFinding(n);
}

function step(by) {
  const next = list.matches[list.matches.indexOf(viewer.open) + by];
  if (next !== undefined && list.matches.includes(viewer.open)) navigate(next);
}

function followAddress() {
  const m = /^#f=(.+)$/.exec(location.hash);
  if (!m) return;
  let key = m[1];
  try { key = decodeURIComponent(key); } catch (error) { /* not encoded: take it as it stands */ }
  if (numbers.has(key)) openFinding(numbers.get(key));
  else byId("status").textContent = "链接指向的问题不在本报告中，可能已经改正。";
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Escape" && viewer.open >= 0) {
    event.preventDefault();
    navigate(-1);
    return;
  }
  if (event.target.closest("input, select, textarea")) return;
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  const inList = event.target.closest("#list");
  if (viewer.open >= 0) {
    // The panes with their own scroll keep the keys while they have the focus.
    if (event.target.closest("#source, #info")) return;
    event.preventDefault();
    step(by);
  } else if (inList) {
    event.preventDefault();
    const items = [...byId("list").querySelectorAll(".item")]
      .filter((item) => item.matches("summary") || !item.closest("details:not([open])"));
    const next = items[items.indexOf(event.target.closest(".item")) + by];
    if (next) next.focus();
  }
}

/** Score, deductions, what was not checked and what the reader was unsure of: drawn when asked for. */
function togglePlan(button) {
  const box = byId("plan-" + button.dataset.plan);
  box.hidden = !box.hidden;
  button.setAttribute("aria-expanded", String(!box.hidden));
  if (!box.hidden && !box.childElementCount) fillPlan(box, DATA.p[Number(button.dataset.plan)]);
}

function fillPlan(box, plan) {
  const [nextStep, grade, sheets] = plan[4];
  const lines = (title, items) => items.length ? [el("h4", {}, title), el("ul", {}, ...items.map((words) => el("li", {}, words)))] : [];
  const deducted = (g) => g[3].length ? g[3].map(text).join("；") : "未扣分";
  box.append(
    el("h4", {}, "结论"), el("p", {}, text(nextStep)),
    ...lines("部门整体部分扣分", grade[3].map(text)),
    ...lines("各张绩效目标表", sheets.map(([name, g]) => `${text(name)}：${text(g[0])}，${text(g[1])} 分。${deducted(g)}`)),
    ...lines("未能检查的事项", plan[5].map(([rule, title, reason]) => `${text(rule)} ${text(title)}：${text(reason)}`)),
    ...lines("读取说明（请对照原文件核对）", plan[6].map(([where, message]) => `${text(where)}：${text(message)}`)),
  );
}

let waiting = 0;

function start() {
  DATA.f.forEach((f, n) => numbers.set(f[1], n));
  byId("by-text").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(applyFilters, 150); });
  for (const id of ["by-plan", "by-severity", "by-kind"]) byId(id).addEventListener("change", applyFilters);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("clear").addEventListener("click", () => setFilter("", ""));
  byId("page-back").addEventListener("click", () => turnPage(-1));
  byId("page-on").addEventListener("click", () => turnPage(1));
  byId("list").addEventListener("click", (event) => {
    const item = event.target.closest("a.item");
    if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    navigate(Number(item.dataset.n));
  });
  byId("overview").addEventListener("click", (event) => {
    const bar = event.target.closest(".bar");
    if (bar) setFilter(bar.dataset.field, bar.dataset.value);
  });
  byId("plans").addEventListener("click", (event) => {
    const button = event.target.closest(".more");
    if (button) togglePlan(button);
  });
  document.addEventListener("keydown", onKey);
  window.addEventListener("hashchange", followAddress);
  phone.addEventListener("change", () => { if (viewer.open >= 0) openFinding(viewer.open); });
  window.addEventListener("beforeprint", () => {
    drawItems(list.groups.slice(0, PRINTED));
    byId("list").querySelectorAll("details").forEach((group) => { group.open = true; });
  });
  window.addEventListener("afterprint", drawList);
  applyFilters();
  followAddress();
}

loadData().then(start, () => {
  byId("status").textContent = "浏览器版本过旧，打不开这么大的报告。请换用新版 Edge、Chrome 或 360 浏览器极速模式，或者分批审核。";
});
