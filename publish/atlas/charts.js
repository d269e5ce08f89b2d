"use strict";
/* Charts by Observable Plot. Each is redrawn when the language or the width changes; each bar can be pressed. */
const INK = "var(--ink)", QUIET = "var(--quiet)", RULE = "var(--rule)";

/* A layer over the bars that takes the pointer and the keyboard: a bar of 0 or 1 could not be met otherwise. */
function pressable(picture, rows, name, open) {
  picture.setAttribute("role", "group");
  picture.setAttribute("aria-label", name);
  for (const part of picture.querySelectorAll("[aria-label]")) if (part !== picture) part.removeAttribute("aria-label");
  for (const text of picture.querySelectorAll("text")) text.setAttribute("aria-hidden", "true");
  for (const bar of picture.querySelectorAll("g.hit rect, g.hit circle")) {
    const row = rows[bar.__data__];
    bar.setAttribute("role", "button");
    bar.setAttribute("tabindex", "0");
    bar.setAttribute("aria-haspopup", "dialog");
    bar.setAttribute("aria-label", row.said);
    bar.dataset.value = String(row.value);
    bar.dataset.key = row.key;
    if (row.period) bar.dataset.period = row.period;
    bar.addEventListener("click", () => open(row));
    bar.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      open(row);
    });
  }
  return picture;
}

/* Lines to fit a column of text: Plot wraps by its own measure, this says how many lines that gives. */
const linesOf = (text, width) => Math.max(1, Math.ceil((text.length * 7) / width));

/*
Horizontal bars. `rows` have key, label, value, period, review, shade (0 to 1: how dark), text (printed beside the bar).
One label a key; bars of one key stand under one another, one a period.
*/
function horizontalBars(rows, { width, name, open, periods }) {
  const narrow = width < 560;
  const keys = [...new Set(rows.map((row) => row.key))];
  const labels = new Map(rows.map((row) => [row.key, row.label]));
  const gutter = narrow ? 0 : Math.min(250, width * 0.34);
  const years = periods.length > 1 ? (periods.some((p) => p.length > 4) ? 134 : 42) : 0;
  const most = Math.max(...rows.map((row) => row.value), 0) || 1;
  const deepest = Math.max(...keys.map((key) => linesOf(labels.get(key), narrow ? width : gutter - 16)));
  const above = narrow ? 17 * deepest + 2 : 0;
  const thick = periods.length > 1 ? 24 : 26;
  const high = above + Math.max(periods.length * thick, narrow ? 0 : 16 * deepest) + 10;
  const room = 8 + 8 * Math.max(...rows.map((row) => row.text.length));
  const rowsOf = (review) => rows.filter((row) => row.review === review);
  const shared = { fy: "key", y: "period", x: "value", fillOpacity: "shade", insetTop: 3, insetBottom: 3, rx: 1.5 };
  const picture = Plot.plot({
    className: "plot", width, height: keys.length * high + 4, marginLeft: gutter + years, marginRight: room, marginTop: 2, marginBottom: 2,
    style: { background: "transparent", color: INK, fontSize: "14px", fontFamily: "inherit" },
    x: { axis: null, domain: [0, most] }, opacity: { type: "identity" },
    y: { axis: null, domain: periods, padding: 0, range: [2 + above, 2 + high - 10] }, fy: { axis: null, domain: keys, padding: 0 },
    marks: [
      Plot.barX(rowsOf(false), { ...shared, fill: "var(--bar)" }),
      Plot.barX(rowsOf(true), { ...shared, fill: "var(--bar-soft)", fillOpacity: 1, stroke: "var(--bar)", strokeDasharray: "3 3" }),
      Plot.text(rows, { fy: "key", y: "period", x: "value", text: "text", dx: 6, textAnchor: "start", fill: INK }),
      periods.length > 1
        ? Plot.text(rows, { fy: "key", y: "period", x: 0, text: (row) => period(row.period), dx: -8, textAnchor: "end", fill: QUIET, fontSize: 12 })
        : null,
      Plot.text(keys, {
        fy: (key) => key, text: (key) => labels.get(key), textAnchor: "start", fill: INK, frameAnchor: narrow ? "top-left" : "left",
        dx: -gutter - years, dy: narrow ? 0 : -5, lineHeight: 1.2, lineWidth: (narrow ? width : gutter - 16) / 14,
      }),
      Plot.barX(rows, { className: "hit", fy: "key", y: "period", x1: 0, x2: most, fill: "transparent", insetLeft: -gutter - years, insetRight: -room }),
    ],
  });
  return pressable(picture, rows, name, open);
}

/* Two shares that make a whole, one row a table: `rows` have key, label, share, sides (two of text, value, row to open). */
function sharedBars(rows, { width, name, open }) {
  const narrow = width < 560;
  const gutter = narrow ? 0 : Math.min(250, width * 0.34);
  const deepest = Math.max(...rows.map((row) => linesOf(row.label, narrow ? width : gutter - 16)));
  const above = narrow ? 17 * deepest + 2 : 0;
  const high = above + Math.max(26, narrow ? 0 : 16 * deepest) + 10;
  const sides = rows.flatMap((row) => row.sides.map((side) => ({ ...side, key: row.key })));
  const picture = Plot.plot({
    className: "plot", width, height: rows.length * high + 4, marginLeft: gutter, marginRight: 64, marginTop: 2, marginBottom: 2,
    style: { background: "transparent", color: INK, fontSize: "14px", fontFamily: "inherit" },
    x: { axis: null, domain: [0, 1] }, fy: { axis: null, domain: rows.map((row) => row.key), padding: 0 },
    y: { axis: null, domain: [""], padding: 0, range: [2 + above, 2 + high - 10] },
    marks: [
      Plot.barX(sides.filter((side) => side.first), { fy: "key", y: () => "", x1: "from", x2: "to", fill: "var(--founded)", insetRight: 1 }),
      Plot.barX(sides.filter((side) => !side.first), { fy: "key", y: () => "", x1: "from", x2: "to", fill: "var(--unfounded)", insetLeft: 1 }),
      Plot.text(sides.filter((side) => side.first), { fy: "key", y: () => "", x: 0, dx: 7, text: "text", textAnchor: "start", fill: "var(--on-founded)", fontWeight: 600 }),
      Plot.text(sides.filter((side) => !side.first), { fy: "key", y: () => "", x: 1, dx: -7, text: "text", textAnchor: "end", fill: "var(--on-unfounded)" }),
      Plot.text(rows, { fy: "key", y: () => "", x: 1, dx: 8, text: "share", textAnchor: "start", fill: INK, fontWeight: 600 }),
      Plot.text(rows, {
        fy: "key", text: "label", textAnchor: "start", fill: INK, frameAnchor: narrow ? "top-left" : "left", dx: -gutter, dy: narrow ? 0 : -5,
        lineHeight: 1.2, lineWidth: (narrow ? width : gutter - 16) / 14,
      }),
      Plot.barX(sides, { className: "hit", fy: "key", y: () => "", x1: "from", x2: "to", fill: "transparent" }),
    ],
  });
  return pressable(picture, sides, name, open);
}

/* Which body has numbers about which year: a dot a year, its area by how many. `rows` have key, label, year, value, full. */
function coverageDots(rows, { width, name, open }) {
  const narrow = width < 560;
  const gutter = narrow ? 0 : Math.min(300, width * 0.4);
  const keys = [...new Set(rows.map((row) => row.key))];
  const labels = new Map(rows.map((row) => [row.key, row.label]));
  const deepest = Math.max(...keys.map((key) => linesOf(labels.get(key), narrow ? width : gutter - 16)));
  const above = narrow ? 17 * deepest + 2 : 0;
  const high = above + Math.max(30, narrow ? 0 : 16 * deepest + 6);
  const [first, last] = [Math.min(...rows.map((row) => row.year)), Math.max(...rows.map((row) => row.year))];
  const years = d3.range(first, last + 1);
  const every = Math.ceil(years.length / ((width - gutter) / 46));
  const marked = years.filter((year) => (last - year) % every === 0);
  const picture = Plot.plot({
    className: "plot", width, height: keys.length * high + 52, marginLeft: gutter, marginRight: 2, marginTop: 26, marginBottom: 26,
    style: { background: "transparent", color: INK, fontSize: "14px", fontFamily: "inherit" },
    x: { axis: null, domain: years, type: "band", padding: 0 }, r: { range: [3.5, 12], domain: [1, Math.max(...rows.map((row) => row.value))] },
    y: { axis: null, domain: keys, type: "band", padding: 0 },
    marks: [
      Plot.ruleX(marked, { x: (year) => year, stroke: RULE }),
      ...["top", "bottom"].map((edge) => Plot.text(marked, { x: (year) => year, text: (year) => String(year), frameAnchor: edge, dy: edge === "top" ? -20 : 20, fill: QUIET, fontSize: 12 })),
      Plot.ruleY(keys, { y: (key) => key, stroke: RULE, dy: high / 2, insetLeft: -gutter }),
      Plot.text(keys, {
        y: (key) => key, text: (key) => labels.get(key), frameAnchor: "left", textAnchor: "start", dx: -gutter, dy: narrow ? -above / 2 + 4 : 0, fill: INK,
        lineHeight: 1.2, lineWidth: (narrow ? width : gutter - 16) / 14,
      }),
      Plot.dot(rows, {
        x: "year", y: "key", r: "value", fill: (row) => (row.full ? "var(--bar)" : "var(--paper)"), stroke: "var(--bar)", strokeWidth: 1.5,
        dy: above / 2, sort: null,
      }),
      Plot.cell(rows, { className: "hit", x: "year", y: "key", fill: "transparent" }),
    ],
  });
  return pressable(picture, rows, name, open);
}
