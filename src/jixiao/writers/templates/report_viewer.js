// The viewer: what a finding says, and the form it came from with the place marked.
const viewer = { open: -1, shown: null };
const phone = window.matchMedia("(max-width: 860px)");

function openFinding(n) {
  const opening = viewer.open < 0;
  viewer.open = n;
  const f = finding(n);
  if (!showInList(n)) clearFilters(n);
  const box = byId("viewer");
  box.hidden = false;
  byId("work").classList.add("open");
  coverPage(phone.matches);
  box.setAttribute("role", phone.matches ? "dialog" : "region");
  const held = box.contains(document.activeElement) ? document.activeElement.dataset.act || "heading" : "";
  if (opening && !phone.matches) byId("work").scrollIntoView();
  drawViewer(f);
  markCurrent();
  const button = held && box.querySelector(`[data-act="${held}"]:not(:disabled)`);
  if (button) button.focus({ preventScroll: true });
  else if (opening || held || phone.matches) byId("viewer-h").focus({ preventScroll: true });
}

/** On a phone the viewer covers the page, which then takes no focus. */
function coverPage(covered) {
  document.body.classList.toggle("covered", covered);
  byId("page").querySelectorAll(".top, .tabs, #left, footer, main > section:not(#findings)").forEach((part) => { part.inert = covered; });
}

function closeViewer() {
  if (viewer.open < 0) return;
  const n = viewer.open;
  viewer.open = -1;
  byId("viewer").hidden = true;
  byId("viewer").replaceChildren();
  byId("work").classList.remove("open");
  coverPage(false);
  markCurrent();
  const item = byId("list").querySelector(`[data-n="${n}"]`);
  if (item) item.focus();
}

function clearFilters(n) {
  for (const id of ["by-plan", "by-severity", "by-kind", "by-text"]) byId(id).value = "";
  applyFilters();
  showInList(n);
}

function markCurrent() {
  for (const item of byId("list").querySelectorAll("a.item")) {
    const here = Number(item.dataset.n) === viewer.open;
    if (here) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
    if (here && !phone.matches) scrollWithin(byId("left"), item);
  }
}

/** Scroll a box, and nothing else, until an element inside it stands in its middle. */
function scrollWithin(box, inner) {
  const outer = box.getBoundingClientRect();
  const place = inner.getBoundingClientRect();
  box.scrollTop += place.top - outer.top - Math.max((box.clientHeight - place.height) / 2, 0);
  const right = place.right - outer.right + 24;
  const left = place.left - outer.left - 24;
  if (right > 0) box.scrollLeft += Math.min(right, left);
  else if (left < 0) box.scrollLeft += left;
}

function drawViewer(f) {
  const place = list.matches.indexOf(viewer.open);
  const close = el("button", { type: "button", class: "tool sheet-close", "data-act": "close", onclick: () => navigate(-1) }, "关闭");
  const back = el("button", { type: "button", class: "tool", "data-act": "back", disabled: place <= 0, onclick: () => step(-1) }, "上一处");
  const on = el("button", { type: "button", class: "tool", "data-act": "on", disabled: place + 1 >= list.matches.length, onclick: () => step(1) }, "下一处");
  const heading = el("h3", { id: "viewer-h", tabindex: "-1" }, f.title, badge(f.severity));
  const source = el("div", { id: "source", tabindex: "0", role: "group", "aria-label": "问题所在的表" });
  const key = el("p", { class: "key" }, el("span", {}, "红框“问题处”：查出问题的位置"),
    f.related.length ? el("span", {}, "蓝框“对照处”：与之对照的位置") : null);
  byId("viewer").replaceChildren(el("div", { class: "bar-top" }, heading, back, on, close), drawInfo(f), key, source);
  showSource(f, sheetOf(f.plan, f.pointer));
}

function drawInfo(f) {
  const rows = el("dl", {});
  const add = (label, ...content) => rows.append(el("dt", {}, label), el("dd", {}, ...content));
  add("位置", `${planLabel(f.plan)} · ${f.section} · ${f.words}`);
  add("文件", planFile(f.plan) + (f.inFile ? `，${f.inFile}` : "（读取时没有记下具体位置）"));
  if (f.evidence) add("原文", f.evidence);
  add("问题", f.message);
  if (f.besides) add("同格另有", f.besides);
  if (f.suggestion || f.wording) add("建议写法", ...drawWording(f));
  if (f.citations.length) add("依据", ...f.citations.map(drawCitation));
  if (f.related.length) add("对照", drawRelated(f));
  if (f.sureness) add("把握", `约 ${f.sureness}%，请人工核对。`);
  add("规则", f.rule);
  return el("div", { id: "info", tabindex: "0", role: "group", "aria-label": "问题说明" }, rows);
}

function drawWording(f) {
  const parts = [f.suggestion];
  if (f.wording) parts.push(f.suggestion ? "　可直接填写：" : "", el("span", { class: "wording" }, f.wording));
  const words = f.wording || f.suggestion;
  const button = el("button", { type: "button", class: "tool", onclick: () => copy(words, button) }, "复制");
  return [...parts, button];
}

function drawCitation(c) {
  const words = `${c.instrument}：${c.requirement}`;
  return el("div", { class: "basis" }, c.binding ? words : `（参考）${words}`, el("span", { class: "force" }, c.force));
}

function drawRelated(f) {
  return el("ul", { class: "related" }, ...f.related.map((r) => {
    const sheet = sheetOf(f.plan, r.pointer);
    const words = `${r.section} · ${r.words}${r.inFile ? `（${r.inFile}）` : ""}`;
    return el("li", {}, el("span", {}, words),
      el("button", { type: "button", class: "tool", onclick: () => showSource(f, sheet, r.pointer) }, "看对照处"));
  }), el("li", {}, el("button", { type: "button", class: "tool", onclick: () => showSource(f, sheetOf(f.plan, f.pointer)) }, "回到问题处")));
}

/** Draw the form of one sheet, mark the place and the places it was held against, scroll to one of them. */
function showSource(f, sheet, look) {
  const source = byId("source");
  const form = new Form();
  const drawn = drawForm(form, f.plan, sheet);
  source.replaceChildren(drawn);
  let target = null;
  for (const r of f.related) {
    if (sheetOf(f.plan, r.pointer) !== sheet) continue;
    const made = mark(form.find(r.pointer), "kin", "compare", "对照处");
    if (r.pointer === look) target = made;
  }
  if (sheetOf(f.plan, f.pointer) === sheet) {
    const made = mark(form.find(f.pointer), "hit", "problem", "问题处");
    target = target || made;
  }
  source.scrollTop = 0;
  if (target) scrollWithin(source, target);
}

/** Colour, outline and a word: a place is never marked by colour alone. */
function mark(found, name, kind, word) {
  if (!found) return null;
  if (!found.classList.contains(name)) {
    found.classList.add(name);
    const inner = found.matches("tr, tbody") ? found.querySelector("td, th") : found;
    (inner || found).prepend(el("span", { class: "tag " + kind }, word));
  }
  return found;
}

function copy(words, button) {
  const done = (ok) => {
    button.textContent = ok ? "已复制" : "请手动选中复制";
    setTimeout(() => { button.textContent = "复制"; }, 2000);
  };
  if (navigator.clipboard && window.isSecureContext) {
    navigator.clipboard.writeText(words).then(() => done(true), () => done(copyOldWay(words)));
  } else {
    done(copyOldWay(words));
  }
}

function copyOldWay(words) {
  const area = el("textarea", { style: "position:fixed;opacity:0" });
  area.value = words;
  document.body.append(area);
  area.select();
  const ok = document.execCommand("copy");
  area.remove();
  return ok;
}
