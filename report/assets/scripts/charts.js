"use strict";
// The shapes that sections draw with: rows of bars, of stacked bars with their total, and of dots. All have the rows' names on the left
// and one mark a row of data, in a group of the class `spec.marks`.
//
//   spec  {rows, width, keys, label(key), unit, reach, marks, title(row)}
//     rows    data with `key` and `value`; a row without a figure is not drawn
//     keys    the chart's rows from top to bottom; one that `heading` accepts is a heading and has no data
//     named   instead of label where the chart is wide enough for names
//     extra   marks besides, given the height that a name above its bar takes of the row
//     reach   the figures that the axis must hold, so that one scale serves all designs
levee.part(() => {
  const {format, marks} = levee;

  const wideEnough = 560;
  const labelOf = (spec) => (spec.named && spec.width >= wideEnough ? spec.named : spec.label) || String;
  const isHeading = (spec) => spec.heading || (() => false);
  const fontSize = 12;
  const halo = {stroke: "var(--surface)", strokeWidth: 4};

  // Where names would take more than a third of the chart, each stands above its bar instead of beside it.
  const layout = (spec, points) => {
    const labels = spec.keys.filter((key) => !isHeading(spec)(key)).map(labelOf(spec));
    const above = !points && d3.max(labels, (label) => label.length) * 6.9 + 18 > 0.36 * spec.width;
    return {lift: above ? 17 : 0, left: above ? 10 : marks.margin(labels, spec.width)};
  };

  // Names of rows and headings between them.
  const names = (spec, {lift, left}) => {
    const rows = spec.keys.filter((key) => !isHeading(spec)(key));
    const start = {y: (key) => key, text: labelOf(spec), frameAnchor: "left", textAnchor: "start", fill: "var(--ink)"};
    return [
      lift ? Plot.text(rows, {...start, ...halo, dx: 4 - left, dy: -lift / 2 - 1, fontSize}) :
        Plot.axisY(rows, {label: null, tickSize: 0, tickPadding: 8, fontSize, lineWidth: (left - 10) / fontSize, tickFormat: labelOf(spec)}),
      Plot.text(spec.keys.filter(isHeading(spec)), {...start, ...halo, dx: 4 - left, dy: lift / 2, fontWeight: 650, fontSize: 12.5}),
    ];
  };

  // `drawn` makes the chart's marks from the height that names above the bars take of each row.
  const frame = (spec, {height, points, room, left: leftRoom}, drawn) => {
    const place = layout(spec, points);
    return marks.plot({
      width: spec.width, height: spec.keys.length * (height + place.lift * 0.8) + 58, marginLeft: place.left, marginRight: 24, color: {type: "identity"}, symbol: {type: "identity"},
      x: {domain: spec.domain || marks.padded(spec.reach, room, leftRoom)}, y: {domain: spec.keys, label: null, axis: null, ...(points ? {type: "point", padding: 0.6} : {padding: place.lift ? 0.12 : 0.22})},
      marks: [marks.grid(spec.width), marks.ticks(spec.unit, spec.width), marks.zero(), ...(spec.extra ? spec.extra(place.lift) : []), ...drawn(place.lift), marks.zero(), ...names(spec, place)],
    });
  };

  const text = (rows, options) => Plot.text(rows, {fill: "var(--ink)", fontSize: 12, fontVariant: "tabular-nums", stroke: "var(--surface)", strokeWidth: 3, ...options});
  // A bar leaves the upper part of its row to the name, and its figure is level with it.
  const below = (lift) => ({insetTop: lift});
  const level = (lift) => ({dy: lift / 2});
  const hint = (title) => ({title, tip: {fontSize: 12, pointerSize: 8}});

  // One bar a row, its figure outside the bar on its own side.
  const bars = (spec) => {
    const rows = marks.finite(spec.rows);
    const side = (sign, lift) => text(rows.filter((row) => (sign > 0 ? row.value >= 0 : row.value < 0)),
      {x: "value", y: "key", text: spec.text, dx: 5 * sign, textAnchor: sign > 0 ? "start" : "end", ...level(lift)});
    return frame(spec, {height: spec.height || 25, room: spec.width < 500 ? 0.32 : 0.2}, (lift) => [
      Plot.barX(rows, {x: "value", y: "key", fill: spec.fill || "var(--accent)", className: spec.marks, ...below(lift), ...hint(spec.title)}), side(1, lift), side(-1, lift)]);
  };

  // Where each part begins and ends: what is negative goes to the left of zero, so that no part hides another.
  const stacked = (rows, order) => {
    const ends = new Map();
    return d3.sort(rows, (row) => order.indexOf(row.part)).map((row) => {
      const end = ends.get(row.key) || {up: 0, down: 0};
      const from = row.value < 0 ? end.down : end.up;
      const to = from + row.value;
      ends.set(row.key, row.value < 0 ? {...end, down: to} : {...end, up: to});
      return {...row, from, to};
    });
  };

  // Stacks with the total as a line and a figure. `parts` in the order of stacking, `fill(part)`, `total(key)` where the total is not to
  // be the sum, `reach` the figures of all designs as [{key, value}] lists.
  const stacks = (spec) => {
    const rows = stacked(marks.finite(spec.rows), spec.parts);
    const own = d3.rollups(rows, (all) => ({sum: d3.sum(all, (row) => row.value), end: d3.max(all, (row) => Math.max(0, row.to))}), (row) => row.key)
      .map(([key, {sum, end}]) => ({key, value: sum, end: Math.max(end, sum, 0)}));
    const several = new Set(rows.map((row) => row.part)).size > 1;
    const total = (width, colour, lift, options = {}) =>
      Plot.tickX(own, {x: "value", y: "key", stroke: colour, strokeWidth: width, insetTop: lift - width + (lift ? 1 : 0), insetBottom: -width, ...options});
    return frame(spec, {height: spec.height || 30, room: spec.width < 500 ? 0.3 : 0.14, left: 0.04}, (lift) => [
      Plot.barX(rows, {x1: "from", x2: "to", y: "key", fill: (row) => spec.fill(row.part), stroke: "var(--surface)", strokeWidth: 0.8, className: spec.marks, ...below(lift), ...hint(spec.title)}),
      ...(several ? [total(6, "var(--surface)", lift + 3, {insetBottom: -2}), total(3, "var(--ink)", lift, {className: "mark-total"})] : []),
      text(own, {x: "end", y: "key", dx: 7, textAnchor: "start", text: (row) => spec.text(row.value), fontWeight: 600, ...level(lift)})]);
  };
  // The ends of the stacks of `rows`, which an axis must hold.
  const stackReach = (rows, order) => stacked(marks.finite(rows), order).map((row) => row.to);

  // Dots of several series on each row's line. `series`: name -> {colour, shape}.
  const dots = (spec) => {
    const rows = marks.finite(spec.rows);
    return frame(spec, {height: spec.height || 26, points: true, room: 0.05}, () => [
      Plot.ruleY(spec.keys, {stroke: "var(--grid)"}),
      Plot.ruleY(rows, Plot.groupY({x1: "min", x2: "max"}, {x: "value", y: "key", stroke: "var(--band-line)", strokeWidth: 3})),
      Plot.dot(rows, {x: "value", y: "key", symbol: (row) => spec.series(row.part).shape, fill: (row) => spec.series(row.part).colour, stroke: "var(--surface)", strokeWidth: 0.8,
        r: 5.5, className: spec.marks, ...hint(spec.title)})]);
  };

  const legendOf = (parts, fill, label = format.spaced, total = true) =>
    marks.legend([...parts.map((part) => ({label: label(part), colour: fill(part)})), ...(total && parts.length > 1 ? [{label: "total", colour: "var(--ink)", shape: "line"}] : [])]);

  levee.charts = {bars, stacks, stackReach, dots, legendOf, hint, wideEnough};
});
