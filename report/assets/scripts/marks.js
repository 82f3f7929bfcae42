"use strict";
// What the charts share: colours and symbols (CSS variables, so that themes and print need no redrawing), margins, a diverging scale.
(() => {
  const {el, format} = levee;
  const palette = Array.from({length: 8}, (_, at) => `var(--c${at + 1})`);
  const shapes = ["circle", "square", "triangle", "diamond", "star", "cross", "wye", "asterisk"];

  // Colour and shape both vary, and out of step after the eighth: any two designs differ in at least one.
  const keyed = (names) => new Map(names.map((name, at) =>
    [name, {colour: palette[at % 8], shape: shapes[(at + Math.floor(at / 8)) % 8]}]));

  const swatch = (colour, shape) => {
    const svg = d3.create("svg").attr("width", 14).attr("height", 14).attr("viewBox", "-7 -7 14 14").attr("aria-hidden", "true");
    const path = shape === "bar" ? "M-6-5H6V5H-6Z" : d3.symbol(d3[`symbol${shape[0].toUpperCase()}${shape.slice(1)}`], 62)();
    const stroked = shape === "asterisk";
    svg.append("path").attr("d", path).attr("fill", stroked ? "none" : colour).attr("stroke", stroked ? colour : "none").attr("stroke-width", 1.5);
    return svg.node();
  };
  const legend = (entries) => entries.map(({label, colour, shape = "bar"}) => el("span", {class: "key"}, swatch(colour, shape), label));

  // Room for the longest label, at most a third of the chart: longer ones are wrapped there.
  const margin = (labels, width) => {
    const longest = Math.max(0, ...labels.map((label) => String(label).length));
    return Math.round(Math.min(longest * 6.9 + 18, Math.max(width * 0.36, 90)));
  };
  const labelAxis = (labels, width, options = {}) =>
    Plot.axisY({label: null, tickSize: 0, tickPadding: 8, fontSize: 12, lineWidth: (margin(labels, width) - 10) / 12, ...options});

  // Eleven classes around zero; the step covers most figures, so that one outlier does not wash out the rest.
  const diverging = (values) => {
    const sizes = values.filter(Number.isFinite).map(Math.abs).sort(d3.ascending);
    const reach = d3.quantile(sizes, 0.95) || 1;
    const power = 10 ** Math.floor(Math.log10(reach / 5));
    const step = [1, 2, 2.5, 5, 10].map((base) => base * power).find((size) => size * 5 >= reach * 0.999) || 10 * power;
    const index = (value) => 5 + Math.max(-5, Math.min(5, Math.round(value / step)));
    return {
      step,
      colour: (value) => `var(--d${index(value)})`,
      ink: (value) => `var(--d${index(value)}-ink)`,
      legend: (unit) => [el("span", {class: "ramp", role: "img", "aria-label": `Colours from ${format.plain(-5 * step)} ${unit} or less to ${format.plain(5 * step)} ${unit} or more`},
        Array.from({length: 11}, (_, at) => el("span", {style: `background:var(--d${at})`, class: "step"},
          el("span", {}, at % 5 === 0 ? `${at === 0 ? "≤ " : at === 10 ? "≥ " : ""}${format.signed((at - 5) * step, step * 5 < 1 ? 2 : step * 5 < 10 && step % 1 ? 1 : 0)}` : ""))), el("span", {class: "unit"}, unit))],
    };
  };

  // Plot stacks bars and takes a missing figure for zero: only what has a figure is handed to it.
  const finite = (rows) => rows.filter((row) => Number.isFinite(row.value));

  const extent = (values) => {
    const known = values.filter(Number.isFinite);
    return [d3.min([0, ...known]), d3.max([0, ...known])];
  };
  // The domain with zero in it and room for labels at both ends.
  const padded = (values, share = 0.12) => {
    const [low, high] = extent(values);
    const room = (high - low || 1) * share;
    return [low < 0 ? low - room : 0, high > 0 ? high + room : room * 0.2];
  };

  const zero = () => Plot.ruleX([0], {stroke: "var(--axis)", strokeWidth: 1.2});
  const grid = () => Plot.gridX({stroke: "var(--grid)", strokeOpacity: 1});
  const ticks = (label, width, options = {}) =>
    Plot.axisX({anchor: "bottom", label, labelArrow: "none", labelAnchor: "center", fontSize: 12, ticks: Math.max(3, Math.floor(width / 90)), tickSize: 0, labelOffset: 40, ...options});

  const plot = (options) => Plot.plot({
    className: "plot", marginTop: 8, marginBottom: 50, marginRight: 18, style: {background: "transparent", fontSize: "12px", overflow: "visible"}, ...options,
  });

  // Figures at the ends of horizontal bars, outside the bar on its own side.
  const barLabels = (rows, {x, y, fy, text}) => [1, -1].map((side) =>
    Plot.text(rows.filter((row) => Number.isFinite(row[x]) && (side > 0 ? row[x] >= 0 : row[x] < 0)),
      {x, y, fy, text, dx: 5 * side, textAnchor: side > 0 ? "start" : "end", fill: "var(--ink)", fontSize: 12, fontVariant: "tabular-nums"}));

  const notSolved = (rows, {y}) => Plot.text(rows.filter((row) => row.status && row.status !== "solved"),
    {x: 0, y, text: (row) => `not solved (${row.status})`, dx: 6, textAnchor: "start", fill: "var(--muted)", fontStyle: "italic", fontSize: 12});

  const extremes = (rows, label, show) => {
    const known = finite(rows);
    if (!known.length) return "";
    const high = d3.greatest(known, (row) => row.value);
    const low = d3.least(known, (row) => row.value);
    return `Highest: ${label(high)}, ${show(high.value)}. Lowest: ${label(low)}, ${show(low.value)}.`;
  };

  levee.marks = {palette, keyed, legend, margin, labelAxis, diverging, finite, padded, zero, grid, ticks, plot, barLabels, notSolved, extremes};
})();
