"use strict";
// What the charts share: colours, symbols and patterns (CSS variables, so that themes and print need no redrawing), margins, scales.
levee.part(() => {
  const {el, format, scenarios} = levee;
  const palette = Array.from({length: 8}, (_, at) => `var(--c${at + 1})`);
  const shapes = ["circle", "square", "triangle", "diamond", "star", "cross", "wye", "asterisk"];
  const dashes = ["", "6 3", "2 3", "9 3 2 3"];

  // Colour and shape both vary, and out of step after the eighth: any two families of designs differ in at least one.
  const ofFamily = new Map(scenarios.families.map((name, at) =>
    [name, {colour: palette[at % 8], shape: shapes[(at + Math.floor(at / 8)) % 8], dash: dashes[at % 4]}]));
  const key = (name) => ofFamily.get(scenarios.family(scenarios.find(name)));

  // Fills that differ in pattern too: colour is never the only sign. The first is plain.
  const strokes = ["", "M-1 7 7-1M-1 1 1-1M5 7 7 5", "M3 1v0M0 4v0M6 4v0", "M-1-1 7 7M5-1 7 1M-1 5 1 7", "M0 3H6", "M3 0V6", "M0 3H6M3 0V6", "M-1-1 7 7M-1 7 7-1"];
  const fill = (at) => (at % 8 === 0 ? palette[0] : `url(#pattern-${at % 8})`);
  const svg = (tag, attributes, ...children) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    node.append(...children);
    return node;
  };
  const pattern = (at) => svg("pattern", {id: `pattern-${at}`, width: 6, height: 6, patternUnits: "userSpaceOnUse"},
    svg("rect", {width: 6, height: 6, fill: palette[at]}),
    svg("path", {d: strokes[at], stroke: "var(--surface)", "stroke-width": at === 2 ? 2 : 1.2, "stroke-linecap": at === 2 ? "round" : "butt", "stroke-opacity": 0.75, fill: "none"}));
  document.body.prepend(svg("svg", {width: 0, height: 0, class: "patterns", "aria-hidden": "true"}, svg("defs", {}, ...strokes.map((_, at) => at).slice(1).map(pattern))));

  const swatch = (colour, shape) => {
    if (shape === "line") return svg("svg", {width: 14, height: 14, viewBox: "-7 -7 14 14", "aria-hidden": "true"}, svg("path", {d: "M0-7V7", stroke: colour, "stroke-width": 3}));
    const path = shape === "bar" ? "M-6-6H6V6H-6Z" : d3.symbol(d3[`symbol${shape[0].toUpperCase()}${shape.slice(1)}`], 62)();
    const stroked = shape === "asterisk";
    return svg("svg", {width: 14, height: 14, viewBox: "-7 -7 14 14", "aria-hidden": "true"},
      svg("path", {d: path, fill: stroked ? "none" : colour, stroke: stroked ? colour : "none", "stroke-width": 1.5}));
  };
  const legend = (entries) => entries.map(({label, colour, shape = "bar"}) => el("span", {class: "key"}, swatch(colour, shape), label));
  const designLegend = (names) => legend(names.map((name) => ({label: scenarios.label(name), ...key(name)})));

  // Room for the longest label, at most a third of the chart: longer ones are wrapped there.
  const margin = (labels, width) => {
    const longest = Math.max(0, ...labels.map((label) => String(label).length));
    return Math.round(Math.min(longest * 6.9 + 18, Math.max(width * 0.36, 90)));
  };

  // Eleven classes around zero; the step covers most figures, so that one outlier does not wash out the rest.
  const diverging = (values) => {
    const sizes = values.filter(Number.isFinite).map(Math.abs).sort(d3.ascending);
    const reach = d3.quantile(sizes, 0.95) || 1;
    const power = 10 ** Math.floor(Math.log10(reach / 5));
    const step = [1, 2, 2.5, 5, 10].map((base) => base * power).find((size) => size * 5 >= reach * 0.999) || 10 * power;
    const index = (value) => 5 + Math.max(-5, Math.min(5, Math.round(value / step)));
    const digits = step * 5 < 1 ? 2 : step * 5 < 10 && step % 1 ? 1 : 0;
    const edge = (at) => `${at === 0 ? "≤ " : at === 10 ? "≥ " : ""}${format.signed((at - 5) * step, digits)}`;
    return {
      step,
      colour: (value) => `var(--d${index(value)})`,
      ink: (value) => `var(--d${index(value)}-ink)`,
      legend: (unit) => [el("span", {class: "ramp", role: "img", "aria-label": `Colours from ${format.plain(-5 * step)} ${unit} or less to ${format.plain(5 * step)} ${unit} or more`},
        Array.from({length: 11}, (_, at) => el("span", {style: `background:var(--d${at})`, class: "step"}, el("span", {}, at % 5 === 0 ? edge(at) : ""))),
        el("span", {class: "unit"}, unit))],
    };
  };

  // Plot stacks bars and takes a missing figure for zero: only what has a figure is handed to it.
  const finite = (rows) => rows.filter((row) => Number.isFinite(row.value));

  // The domain with zero in it and room for labels at its ends: `share` of it on the right, `left` on the left.
  const padded = (values, share = 0.12, left = share) => {
    const known = values.filter(Number.isFinite);
    const [low, high] = [d3.min([0, ...known]), d3.max([0, ...known])];
    const span = high - low || 1;
    return [low < 0 ? low - span * left : 0, high > 0 || left !== share ? high + span * share : span * share * 0.2];
  };

  const zero = () => Plot.ruleX([0], {stroke: "var(--axis)", strokeWidth: 1.2});
  // Lines and labels of an axis as wide as this: at the same places.
  const tickCount = (width) => Math.max(3, Math.floor(width / 90));
  const grid = (width) => Plot.gridX({stroke: "var(--grid)", strokeOpacity: 1, ticks: tickCount(width)});
  const ticks = (label, width, options = {}) =>
    Plot.axisX({anchor: "bottom", label, labelArrow: "none", labelAnchor: "center", fontSize: 12, ticks: tickCount(width), tickSize: 0, labelOffset: 40, ...options});

  const plot = (options) => Plot.plot({
    className: "plot", marginTop: 8, marginBottom: 50, marginRight: 18, style: {background: "transparent", fontSize: "12px", overflow: "visible"}, ...options,
  });

  const extremes = (rows, label, show) => {
    const known = finite(rows);
    if (!known.length) return "";
    const high = d3.greatest(known, (row) => row.value);
    const low = d3.least(known, (row) => row.value);
    return `Highest: ${label(high)}, ${show(high.value)}. Lowest: ${label(low)}, ${show(low.value)}.`;
  };

  levee.marks = {palette, fill, key, legend, designLegend, margin, diverging, finite, padded, zero, grid, ticks, plot, extremes};
});
