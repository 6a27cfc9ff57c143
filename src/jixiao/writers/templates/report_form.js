// Draws the form a finding came from. Every cell is registered under its JSON pointer, so that the narrowest element
// that holds a pointer can be found again.

class Form {
  constructor() {
    this.places = new Map();
  }

  /** Register an element under pointers; the first is written on it. */
  at(pointer, made, ...others) {
    made.dataset.p = pointer;
    for (const p of [pointer, ...others]) this.places.set(p, made);
    return made;
  }

  /** A cell with the text of number n, or marked blank. */
  cell(pointer, n, attributes) {
    const words = text(n);
    return this.at(pointer, el("td", { ...attributes, class: ((attributes && attributes.class) || "") + (words ? "" : " blank") }, words));
  }

  /** The element of a pointer, or of the nearest place that contains it. */
  find(pointer) {
    for (let p = pointer; ; p = p.slice(0, p.lastIndexOf("/"))) {
      if (this.places.has(p)) return this.places.get(p);
      if (!p) return null;
    }
  }
}

const th = (words, attributes) => el("th", attributes || {}, words);

function drawForm(form, plan, sheet) {
  return sheet < 0 ? drawDepartment(form, DATA.p[plan][2]) : drawSheet(form, DATA.p[plan][3][sheet], sheet);
}

function drawSheet(form, data, n) {
  const [kind, unit, project, budget, purpose, steps, money, goals, reached, columns, rows, totals] = data;
  const at = "/goal_sheets/" + n;
  const name = text(project[1]) || "（未填项目名称）";
  const caption = form.at(at, el("caption", {}, `${n + 1}. ${name}${text(kind)}`));
  const box = form.at("", el("div", {}));
  box.append(
    el("table", { class: "form" }, caption, el("tbody", {}, ...drawHead(form, at, unit, project, budget, purpose))),
    drawSteps(form, at, steps),
    drawMoney(form, at + "/execution", money),
    drawGoals(form, at + "/goals", "绩效目标", goals),
    reached.length ? drawGoals(form, at + "/goals_reached", "实际完成情况", reached) : "",
    drawRows(form, at + "/indicators", columns, rows),
    drawTotals(form, at, totals),
  );
  return box;
}

function drawHead(form, at, unit, project, budget, purpose) {
  const named = form.at(at + "/budget_unit", el("td", { colspan: 5 }));
  if (unit[0] < 0 && unit[1] < 0) named.className = "blank";
  named.append(
    form.at(at + "/budget_unit/code", el("span", {}, text(unit[0]))), " ",
    form.at(at + "/budget_unit/name", el("span", {}, text(unit[1]))),
  );
  return [
    el("tr", {}, th("预算单位"), named, form.at(at + "/budget/currency_unit",
      el("td", {}, "单位：" + (text(budget[0]) || "（空白）")))),
    form.at(at + "/project", el("tr", {}, th("项目编码"), form.cell(at + "/project/code", project[0], { colspan: 2 }),
      th("项目名称"), form.cell(at + "/project/name", project[1], { colspan: 3 }))),
    form.at(at + "/budget", el("tr", {}, th("预算规模及资金用途", { rowspan: 2 }), th("预算数"),
      form.cell(at + "/budget/total", budget[1], { class: "n" }), th("其中：财政资金"),
      form.cell(at + "/budget/fiscal", budget[2], { class: "n" }), th("其他资金"),
      form.cell(at + "/budget/other", budget[3], { class: "n" }))),
    el("tr", {}, th("资金用途"), form.cell(at + "/purpose", purpose, { colspan: 5 })),
  ];
}

function drawSteps(form, at, steps) {
  const base = at + "/disbursement_plan";
  const body = form.at(base, el("tbody", {}));
  if (!steps.length) {
    body.append(el("tr", {}, th("资金支出计划（%）"), el("td", { class: "blank" })));
  } else {
    body.append(
      el("tr", {}, th("资金支出计划（%）", { rowspan: 2 }), ...steps.map(([by], k) => form.at(`${base}/${k}/by`, th(text(by))))),
      el("tr", {}, ...steps.map(([, percent], k) => {
        const cell = form.cell(`${base}/${k}/percent`, percent, { class: "n" });
        return form.at(`${base}/${k}`, cell, `${base}/${k}/percent`);
      })),
    );
  }
  return el("table", { class: "form" }, body);
}

/** What became of the money, a line a source; a goal sheet has none. */
function drawMoney(form, base, [columns, lines]) {
  if (!lines.length) return "";
  const body = form.at(base, el("tbody", {}));
  body.append(el("tr", {}, th("预算执行情况", { rowspan: lines.length + 1 }), th("资金来源"), ...columns.map(([, label]) => th(text(label)))));
  lines.forEach(([source, label, amounts]) => {
    const at = `${base}/${text(source)}`;
    body.append(form.at(at, el("tr", {}, th(text(label)),
      ...amounts.map((amount, k) => form.cell(`${at}/${text(columns[k][0])}`, amount, { class: "n" })))));
  });
  return el("table", { class: "form" }, body);
}

function drawGoals(form, base, label, goals) {
  const body = form.at(base, el("tbody", {}));
  goals.forEach((goal, k) => {
    const cell = form.cell(`${base}/${k}`, goal, {});
    if (goal >= 0) cell.prepend(`${k + 1}．`);
    body.append(el("tr", {}, k ? null : th(label, { rowspan: goals.length }), cell));
  });
  if (!goals.length) body.append(el("tr", {}, th(label), el("td", { class: "blank" })));
  return el("table", { class: "form" }, body);
}

/** The rows; the columns, each [name, title], are those of the form, the first of them the level that rows share. */
function drawRows(form, base, columns, rows) {
  const head = form.at(base, el("tr", {}, th("行"), ...columns.map(([, label]) => th(text(label)))));
  const names = columns.map(([name]) => text(name));
  const body = el("tbody", {});
  let merged = null;
  rows.forEach((row, k) => {
    const at = `${base}/${k}`;
    const line = form.at(at, el("tr", {}, th(String(k + 1))));
    // As on the official form, one cell of the first level stands for all rows of its class.
    if (merged && merged.word === row[0] && row[0] >= 0) {
      merged.cell.rowSpan += 1;
      form.places.set(`${at}/${names[0]}`, merged.cell);
    } else {
      merged = { word: row[0], cell: form.cell(`${at}/${names[0]}`, row[0], { rowspan: 1 }) };
      line.append(merged.cell);
    }
    for (let c = 1; c < names.length; c += 1) line.append(form.cell(`${at}/${names[c]}`, row[c], {}));
    body.append(line);
  });
  if (!rows.length) body.append(el("tr", {}, el("td", { colspan: names.length + 1, class: "blank" })));
  return el("table", { class: "form" }, el("thead", {}, head), body);
}

/** Points and grade of the whole sheet, where its form has them. */
function drawTotals(form, at, totals) {
  if (!totals.length) return "";
  const line = totals.flatMap(([name, label, words]) => [th(text(label)), form.cell(`${at}/${text(name)}`, words, { class: "n" })]);
  return el("table", { class: "form" }, el("tbody", {}, el("tr", {}, ...line)));
}

function drawDepartment(form, data) {
  const [facts, goals, activities, safeguards] = data;
  const box = form.at("", el("div", { class: "text-part" }));
  const [title, year, code, name, unit] = facts;
  box.append(
    el("table", { class: "form" },
      el("caption", {}, "部门整体绩效目标"),
      el("tbody", {},
        el("tr", {}, th("文本标题"), form.cell("/title", title, { colspan: 3 })),
        form.at("/department", el("tr", {}, th("部门编码"), form.cell("/department/code", code, {}), th("部门名称"), form.cell("/department/name", name, {}))),
        el("tr", {}, th("预算年度"), form.cell("/fiscal_year", year, {}), th("金额单位"), form.cell("/currency_unit", unit, {})))),
    drawTexts(form, "/overall_goals", "一、总体绩效目标", goals.map((goal) => [goal])),
    form.at("/activities", el("h4", {}, "二、分项绩效目标")),
    drawActivities(form, activities),
    drawTexts(form, "/safeguards", "三、工作保障措施", safeguards, ["heading", "text"]),
    el("h4", {}, "绩效目标表"),
    form.at("/goal_sheets", el("p", {}, "见各张绩效目标表。")),
  );
  return box;
}

/** A heading and its paragraphs; each paragraph is one text, or named parts of one item. */
function drawTexts(form, base, heading, items, names) {
  const box = el("div", {}, form.at(base, el("h4", {}, heading)));
  items.forEach((item, k) => {
    const at = `${base}/${k}`;
    const paragraph = form.at(at, el("p", {}));
    item.forEach((n, part) => {
      const words = text(n);
      if (!names) paragraph.append(words);
      else if (words) paragraph.append(form.at(`${at}/${names[part]}`, el("span", {}, words)), part + 1 < item.length ? " " : "");
    });
    box.append(paragraph);
  });
  if (!items.length) box.append(el("p", { class: "quiet" }, "（文本中没有读到这一部分）"));
  return box;
}

const GRADES = ["excellent", "good", "fair", "poor"];

function drawActivities(form, activities) {
  if (!activities.length) return el("p", { class: "quiet" }, "（文本中没有读到这一部分）");
  const scaled = activities.some((a) => a[4].some((i) => i.length > 1));
  const heads = ["职责活动", "预算数", "内容描述", "绩效目标", "绩效指标", ...(scaled ? ["优", "良", "中", "差"] : [])];
  const body = el("tbody", {});
  activities.forEach(([name, budget, description, goal, indicators], k) => {
    const at = `/activities/${k}`;
    const rowspan = Math.max(indicators.length, 1);
    const first = form.at(at, el("tr", {},
      form.cell(at + "/name", name, { rowspan }), form.cell(at + "/budget", budget, { rowspan, class: "n" }),
      form.cell(at + "/description", description, { rowspan }), form.cell(at + "/goal", goal, { rowspan })));
    body.append(first);
    if (!indicators.length) {
      first.append(form.at(at + "/indicators", el("td", { class: "blank", colspan: scaled ? 5 : 1 })));
    }
    indicators.forEach((indicator, i) => {
      const line = i ? el("tr", {}) : first;
      const place = `${at}/indicators/${i}`;
      const cell = form.cell(place + "/text", indicator[0], {});
      form.at(place, cell, place + "/text");
      if (!i) form.places.set(at + "/indicators", cell);
      line.append(cell);
      if (scaled) GRADES.forEach((grade, g) => {
        const cell = form.cell(`${place}/rating_scale/${grade}`, indicator.length > 1 ? indicator[g + 1] : -1, {});
        line.append(cell);
        if (!g) form.places.set(place + "/rating_scale", cell);
      });
      if (i) body.append(line);
    });
  });
  return el("table", { class: "form" }, el("thead", {}, el("tr", {}, ...heads.map((words) => th(words)))), body);
}
