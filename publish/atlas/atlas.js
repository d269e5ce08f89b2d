"use strict";
/* Puts the page together from DATA. Nothing is counted here: every value comes from the dataset's tables and views. */
const NUMBER = ["report", "page", "x0", "top", "x1", "bottom", "printed", "value", "unit", "measure", "row", "column", "title", "status", "strip", "id"];
const number = (place) => Object.fromEntries(NUMBER.map((name, i) => [name, DATA.numbers[place][i]]));
const body = (id) => document.querySelector(`#${id} .body`);
const chosen = {};

/* ---- a bar's numbers, and a number's place ---- */
const dialog = document.getElementById("numbers");

function openNumbers(title, note, places) {
  dialog.querySelector("h2").textContent = title;
  dialog.querySelector(".dialog-note").textContent = note ?? "";
  const list = dialog.querySelector(".numbers-list");
  list.setAttribute("aria-label", w().numbers);
  const buttons = places.map((place) => {
    const n = number(place);
    const where = [n.row, n.column].filter(Boolean).join(" · ");
    const facts = `${titleOf(n.report)} · ${w().page} ${n.page} · ${w()[n.status]}`;
    return el("button", { type: "button", class: "number", "data-id": n.id, onclick: (event) => show(n, event.currentTarget) },
      el("span", { class: "printed" }, n.printed), el("span", { class: "label" }, where || n.title || "", " ", badge(n.report)), el("span", { class: "facts" }, facts));
  });
  list.replaceChildren(...(buttons.length ? buttons : [el("p", {}, w().no_numbers)]));
  dialog.querySelector(".place").hidden = !buttons.length;
  if (!dialog.open) dialog.showModal();
  if (buttons.length) show(number(places[0]), buttons[0]);
  dialog.scrollTop = 0;
}

function show(n, button) {
  for (const other of dialog.querySelectorAll(".number")) other.setAttribute("aria-pressed", String(other === button));
  const paper = dialog.querySelector(".paper");
  const caption = dialog.querySelector("figcaption");
  const report = DATA.reports[n.report];
  const lines = [`${report.publisher}: ${report.title}`];
  paper.setAttribute("aria-label", w().where);
  if (n.strip === null) {
    paper.replaceChildren(el("p", { class: "no-picture" }, `${w().no_picture} ${w().no_picture_why}`));
    lines.unshift(`${w().page} ${n.page}`);
  } else {
    const [x0, top, x1, bottom, picture] = DATA.strips[n.strip];
    const image = el("img", { src: `data:image/webp;base64,${picture}`, alt: `${w().place(n.page)} ${n.printed}` });
    const mark = el("div", { class: "mark" });
    // In percent of the strip, so that the frame stays in its place at any size; two points of air around the figures.
    const share = (value, from, to) => `${(100 * (value - from)) / (to - from)}%`;
    mark.style.left = share(n.x0 - 2, x0, x1);
    mark.style.top = share(n.top - 2, top, bottom);
    mark.style.width = `${(100 * (n.x1 - n.x0 + 4)) / (x1 - x0)}%`;
    mark.style.height = `${(100 * (n.bottom - n.top + 4)) / (bottom - top)}%`;
    const sheet = el("div", { class: "sheet" }, image, mark);
    // As many pixels as were drawn; on a telephone smaller, so that a cell's row and column are seen with it.
    sheet.style.width = `${Math.round((x1 - x0) * (innerWidth < 640 ? 1.05 : 1.5))}px`;
    paper.replaceChildren(sheet);
    image.decode().catch(() => undefined).then(() => {
      paper.scrollTop = mark.offsetTop - paper.clientHeight / 2;
      paper.scrollLeft = mark.offsetLeft - paper.clientWidth / 2;
    });
    lines.unshift(w().place(n.page));
  }
  if (report.edition === "facsimile") lines.push(w().facsimile_place);
  caption.replaceChildren(...lines.map((line) => el("span", {}, line)), badge(n.report) ?? "", el("code", {}, `klachtenatlas explain '${n.id}'`));
}
dialog.querySelector(".close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

/* ---- pieces ---- */
const who = (row) => (row.org.includes(row.city) ? row.org : `${row.city} – ${row.org}`);
const titleOf = (report) => [DATA.reports[report].city, DATA.reports[report].reporting_year].filter(Boolean).join(" ");
const opener = (row) => openNumbers(row.title, row.note, row.obs);
const widthOf = (element) => {
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  return Math.max(240, Math.min(element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight), 900));
};

function figuresTable(heads, rows) {
  const cells = (kind, row) => row.map((text) => el(kind, kind === "th" ? { scope: "col" } : typeof text === "number" ? { class: "n" } : {}, typeof text === "number" ? format(text) : (text ?? "")));
  return el("details", { class: "as-table" }, el("summary", {}, w().table),
    el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": w().table },
      el("table", {}, el("thead", {}, el("tr", {}, ...cells("th", heads))), el("tbody", {}, ...rows.map((row) => el("tr", {}, ...cells("td", row)))))));
}

const grouped = (rows, by) => [...rows.reduce((all, row) => all.set(row[by], [...(all.get(row[by]) ?? []), row]), new Map()).values()];

/* ---- how many ---- */
function drawTotals() {
  const frames = grouped(DATA.totals, "group");
  const many = frames.filter((rows) => rows.length > 1);
  const single = frames.filter((rows) => rows.length === 1).flat();
  const across = many.filter((rows) => new Set(rows.map((row) => row.city)).size > 1).length;
  const here = body("totals");
  here.replaceChildren(el("p", { class: "answer" }, across ? w().cities(across) : w().one_city, " ", w().population));
  for (const rows of many) here.append(totalsFrame(rows, pick(rows[0].counted)));
  if (!single.length) return;
  // A bar needs another to be read against; these have none.
  const items = single.map((row) => {
    const line = totalLine(row);
    const facts = [pick(row.counted), w()[row.complete], row.per10k === null ? "" : w().per10k(format(row.per10k, 1), format(row.residents))].filter(Boolean).join(" · ");
    return el("li", {}, el("button", { type: "button", class: "figure", "data-key": line.key, "data-period": row.period, "data-value": row.value, onclick: () => opener(line) }, format(row.value)),
      el("span", {}, `${who(row)}, ${period(row.period)} `, badge(row.report), el("span", { class: "fine" }, facts)));
  });
  here.append(el("h3", { class: "alone" }, w().single), el("p", {}, w().single_why), el("ul", { class: "figures" }, ...items));
}

function totalLine(row) {
  const note = [w()[row.complete], row.per10k === null ? "" : w().per10k(format(row.per10k, 1), format(row.residents)), pick(row.apart) ?? ""].filter(Boolean).join(". ");
  const title = `${who(row)}, ${period(row.period)}: ${format(row.value)}`;
  return { key: `${row.city}|${row.org}`, label: who(row), value: row.value, text: format(row.value, 1), period: row.period, review: row.complete !== "whole", said: title, title, note, obs: row.obs };
}

/* Totals of one group; per 10,000 residents where that is known of all of them. */
function totalsFrame(rows, counted) {
  const bodies = [...new Set(rows.map(who))];
  const frame = el("div", { class: "frame" }, el("h3", {}, bodies.length > 1 ? counted : bodies[0], " ", badges(rows)), bodies.length > 1 ? null : el("p", { class: "fine counted" }, counted));
  body("totals").append(frame);
  const periods = [...new Set(rows.map((row) => row.period))].sort().slice(-8);
  const per = bodies.length > 1 && rows.every((row) => row.per10k !== null);
  const lines = rows.filter((row) => periods.includes(row.period)).map((row) => {
    const line = { ...totalLine(row), label: named(row, rows, who(row)), shade: shade(periods, row.period) };
    return per ? { ...line, value: row.per10k, text: `${format(row.per10k, 1)} (${format(row.value)})` } : line;
  });
  frame.append(horizontalBars(lines, { width: widthOf(frame), name: `${bodies.join(", ")}: ${counted}`, open: opener, periods }));
  const open = rows.filter((row) => row.complete !== "whole").map((row) => `${bodies.length > 1 ? `${who(row)} ` : ""}${period(row.period)}: ${w()[row.complete]}`);
  frame.append(el("p", { class: "fine" }, [per ? w().per_all : "", ...open].filter(Boolean).join(" · ")));
  const heads = [w().city, w().body, w().year, w().total, w().status];
  frame.append(figuresTable(heads, rows.map((row) => [row.city, row.org, period(row.period), row.value, [w()[row.complete], pick(row.apart)].filter(Boolean).join(". ")])));
  return frame;
}

const shade = (periods, one) => (periods.length < 2 ? 1 : 0.45 + (0.55 * periods.indexOf(one)) / (periods.length - 1));

/* ---- about what, why, by which way ---- */
function nameOf(chart) {
  const periods = [...new Set(chart.bars.map((bar) => bar.period))].sort();
  const span = periods.length > 1 ? `${period(periods[0])} … ${period(periods.at(-1))}` : period(periods[0]);
  return [who(chart), span, chart.title, chart.column, ...chart.kind.map(concept)].filter((text, i, all) => text && all.indexOf(text) === i).join(" · ");
}

function drawBreakdown(facet) {
  const charts = DATA.breakdowns[facet];
  const select = document.getElementById(`choose-${facet}`);
  const order = charts.map((_, i) => i).sort((a, b) => nameOf(charts[a]).localeCompare(nameOf(charts[b]), w().locale));
  select.replaceChildren(...order.map((i) => el("option", { value: i }, nameOf(charts[i]))));
  select.closest(".choice").hidden = charts.length === 0;
  if (!charts.length) return body(facet).replaceChildren(el("p", {}, w().no_chart));
  select.value = String(chosen[facet] ?? 0);
  const chart = charts[Number(select.value)];
  const all = [...new Set(chart.bars.map((bar) => bar.period))].sort();
  const periods = all.slice(-5);
  const last = new Map(chart.bars.filter((bar) => bar.period === periods.at(-1)).map((bar) => [bar.key, bar.value]));
  const lines = chart.bars.filter((bar) => periods.includes(bar.period)).map((bar) => {
    const title = `${concept(bar.key)}, ${period(bar.period)}: ${format(bar.value)}`;
    const note = [who(chart), bar.review ? w().review : ""].filter(Boolean).join(" · ");
    return { ...bar, label: concept(bar.key), text: format(bar.value), shade: shade(periods, bar.period), said: bar.review ? `${title}, ${w().review}` : title, title, note };
  });
  lines.sort((a, b) => (last.get(b.key) ?? -1) - (last.get(a.key) ?? -1) || a.key.localeCompare(b.key) || a.period.localeCompare(b.period));
  const frame = el("div", { class: "frame" }, el("h3", {}, who(chart), " ", badge(chart.report)), el("p", { class: "fine" }, [chart.title, chart.column, ...chart.kind.map(concept)].filter(Boolean).join(" · ")));
  body(facet).replaceChildren(frame);
  frame.append(horizontalBars(lines, { width: widthOf(frame), name: nameOf(chart), open: opener, periods }));
  const notes = [periods.length > 1 ? `${w().series} ${w().latest}` : "", all.length > 5 ? w().last_five : "", lines.some((line) => line.review) ? `${w().dashed} ${w().solid}` : ""];
  frame.append(el("p", { class: "fine" }, notes.filter(Boolean).join(" ")));
  frame.append(figuresTable([w().counted, w().year, w().total, w().meaning], chart.bars.map((bar) => [concept(bar.key), period(bar.period), bar.value, bar.review ? w().review : ""])));
}

/* ---- how it ends ---- */
function drawFounded() {
  const here = body("founded");
  here.replaceChildren(el("p", { class: "key" }, el("span", { class: "dot founded" }), w().founded, el("span", { class: "dot unfounded" }), w().unfounded));
  if (!DATA.founded.length) here.append(el("p", {}, w().no_chart));
  for (const rows of grouped(DATA.founded, "group")) {
    const frame = el("div", { class: "frame" }, el("h3", {}, [...new Set(rows.map(who))].join(", "), " ", badges(rows)), el("p", { class: "fine" }, [...new Set(rows.map((row) => row.title).filter(Boolean))].join(" · ")));
    here.append(frame);
    const kinds = new Set(rows.map((row) => row.kind)).size > 1;
    const lines = rows.map((row, i) => {
      const label = [new Set(rows.map(who)).size > 1 ? who(row) : "", period(row.period), kinds && row.kind ? concept(row.kind) : "", named(row, rows, "").trim()].filter(Boolean).join(" · ");
      const note = `${who(row)} · ${label}`;
      const side = (name, from, to) => {
        const title = `${w()[name]}: ${format(row[name].value)}`;
        return { first: name === "founded", from, to, value: row[name].value, period: row.period, obs: row[name].obs, title, note: row.review ? `${note} · ${w().review}` : note, said: `${label}: ${title} (${percent(to - from)})`, text: to - from < 0.08 ? "" : format(row[name].value) };
      };
      return { key: `${i}`, label: row.review ? `${label} *` : label, share: percent(row.share), sides: [side("founded", 0, row.share), side("unfounded", row.share, 1)] };
    });
    frame.append(sharedBars(lines, { width: widthOf(frame), name: `${w().founded} / ${w().unfounded}: ${who(rows[0])}`, open: opener }));
    if (rows.some((row) => row.review)) frame.append(el("p", { class: "fine" }, `* ${w().waits}`));
    frame.append(figuresTable([w().body, w().year, w().founded, w().unfounded, w().share], rows.map((row) => [who(row), period(row.period), row.founded.value, row.unfounded.value, percent(row.share)])));
  }
}

/* ---- what is in it ---- */
function drawCoverage() {
  const here = body("coverage");
  const dots = new Map();
  for (const row of DATA.coverage) {
    if (row.year === null) continue;
    const key = `${row.city}|${row.org}`;
    const dot = dots.get(`${key}|${row.year}`) ?? { key, label: who(row), year: row.year, period: String(row.year), value: 0, full: false, obs: [], counted: new Set() };
    dot.value += row.numbers;
    dot.full ||= row.total !== null && row.complete === "whole";
    dot.obs.push(...row.obs);
    dot.counted.add(pick(row.counted));
    dots.set(`${key}|${row.year}`, dot);
  }
  const lines = [...dots.values()].filter((dot) => dot.value > 0).map((dot) => {
    const title = `${dot.label}, ${dot.year}`;
    return { ...dot, title, said: `${title}: ${format(dot.value)} ${w().numbers}`, note: [...dot.counted].join(" · ") };
  });
  here.replaceChildren();
  if (lines.length) {
    const frame = el("div", { class: "frame" });
    here.append(frame);
    frame.append(coverageDots(lines, { width: widthOf(frame), name: w().counted, open: opener }), el("p", { class: "fine" }, w().dots));
  }
  const heads = [w().city, w().report, w().year, w().edition, w().status, w().pages, w().numbers, w().cases, w().licence];
  const rows = DATA.reports.map((r) => el("tr", {}, el("th", { scope: "row" }, r.city), el("td", {}, r.url?.startsWith("https://") ? el("a", { href: r.url, rel: "noreferrer noopener" }, r.title) : r.title, el("br"), el("small", {}, r.publisher)), el("td", {}, r.reporting_year ?? "–"), el("td", {}, r.edition === "original" ? w().original : el("span", { class: "badge" }, w()[r.edition])), el("td", {}, w()[r.status]), el("td", { class: "n" }, r.pages ?? "–"), el("td", { class: "n" }, format(r.observations)), el("td", { class: "n" }, r.cases), el("td", { class: "licence" }, r.licence ?? "–")));
  here.append(el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": w().report }, el("table", { class: "reports" }, el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, head)))), el("tbody", {}, ...rows))));
  here.append(figuresTable([w().city, w().body, w().year, w().counted, w().numbers, w().total], DATA.coverage.map((row) => [row.city, row.org, period(row.period), pick(row.counted), row.numbers, row.total])));
}

/* ---- what is wrong, what was not read ---- */
function drawFindings() {
  const item = (f) => {
    const facts = [f.city, w().kinds[f.kind] ?? f.kind, f.page ? `${w().page} ${f.page}` : "", f.culprit ? w().culprit[f.culprit] : ""].filter(Boolean).join(" · ");
    return el("li", { class: f.severity }, el("p", {}, el("strong", { class: "severity" }, w()[f.severity]), " ", pick(f.message)),
      el("p", { class: "fine" }, facts, " ", badge(f.report), " ", f.obs.length ? el("button", { type: "button", class: "look", onclick: () => openNumbers(w().kinds[f.kind] ?? f.kind, pick(f.message), f.obs) }, w().where) : null));
  };
  const here = body("findings");
  const [first, rest] = [DATA.findings.slice(0, 6), DATA.findings.slice(6)];
  here.replaceChildren(el("ul", { class: "findings" }, ...first.map(item)));
  if (rest.length) here.append(el("details", {}, el("summary", {}, `${w().show} (${DATA.counts.findings})`), el("ul", { class: "findings" }, ...rest.map(item))));
  if (!DATA.findings.length) here.replaceChildren(el("p", {}, w().nothing));
}

function drawUnread() {
  const c = DATA.counts;
  const here = body("unread");
  here.replaceChildren(el("p", {}, c.failed + c.partial + c.problems ? w().unread_reports(c.failed, c.partial) : w().unread_none), el("p", {}, w().unread_meaning(format(c.unmapped), format(c.in_review))));
  const lost = DATA.reports.filter((r) => r.status === "failed").map((r) => el("li", {}, `${titleOf(DATA.reports.indexOf(r))}: ${r.reason}`));
  const problems = DATA.problems.map((p) => el("li", {}, `${titleOf(p.report)}${p.page ? `, ${w().page.toLowerCase()} ${p.page}` : ""}: ${p.what}`));
  if (lost.length + problems.length) here.append(el("h3", {}, w().problems), el("ul", {}, ...lost, ...problems));
  if (!DATA.waiting.length) return;
  const rows = DATA.waiting.map((row) => [row.city, [row.row_label, row.column_label].filter(Boolean).join(" · "), row.numbers]);
  const listed = figuresTable([w().city, w().row, w().numbers], rows);
  listed.querySelector("summary").textContent = w().labels;
  here.append(listed);
}

/* ---- the whole ---- */
function draw() {
  drawTotals();
  for (const facet of ["subject", "ground", "channel"]) drawBreakdown(facet);
  drawFounded();
  drawCoverage();
  drawFindings();
  drawUnread();
  const pictured = DATA.numbers.filter((row) => row[NUMBER.indexOf("strip")] !== null).length;
  document.getElementById("left-out").textContent = `${w().left(format(DATA.counts.numbers), format(pictured), format(DATA.numbers.length))} ${DATA.rationed ? w().not_fit : w().others}`;
}

function speak(code) {
  language = code === "en" ? "en" : "nl";
  document.documentElement.lang = language;
  document.documentElement.dataset.lang = language;
  for (const button of document.querySelectorAll("[data-set]")) button.setAttribute("aria-pressed", String(button.dataset.set === language));
  draw();
}

for (const button of document.querySelectorAll("[data-set]")) button.addEventListener("click", () => speak(button.dataset.set));
for (const facet of ["subject", "ground", "channel"]) {
  document.getElementById(`choose-${facet}`).addEventListener("change", (event) => { chosen[facet] = Number(event.target.value); drawBreakdown(facet); });
}
let before = innerWidth;
addEventListener("resize", () => { if (innerWidth !== before) { before = innerWidth; draw(); } });
addEventListener("beforeprint", () => { for (const part of document.querySelectorAll("#findings details")) part.open = true; });
speak((navigator.language ?? "nl").startsWith("nl") ? "nl" : "en");
