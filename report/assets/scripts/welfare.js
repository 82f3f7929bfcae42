"use strict";
// Welfare by region and design: one dot a design on each region's line.
(() => {
  const {format, scenarios, marks} = levee;
  const places = () => [...scenarios.regions, "world"];

  const rows = () => scenarios.designs.flatMap((s) =>
    places().map((region) => ({design: s.name, region, value: scenarios.number(s, "welfare_ev_percent", region)})));
  const label = (region) => (region === "world" ? "World" : region);

  const draw = (data, width) => {
    const keys = marks.keyed(scenarios.names);
    const labels = places().map(label);
    const shown = marks.finite(data).map((row) => ({...row, place: label(row.region)}));
    return marks.plot({
      width, height: labels.length * 27 + 56, marginLeft: marks.margin(labels, width), marginRight: 24,
      y: {domain: labels, type: "point", padding: 0.6, label: null}, x: {domain: marks.padded(shown.map((row) => row.value), 0.05)},
      symbol: {domain: scenarios.names, range: scenarios.names.map((name) => keys.get(name).shape)},
      color: {domain: scenarios.names, range: scenarios.names.map((name) => keys.get(name).colour)},
      marks: [
        marks.grid(), marks.ticks("equivalent variation, % of consumption", width), marks.labelAxis(labels, width),
        Plot.ruleY(labels, {stroke: "var(--grid)"}), marks.zero(),
        Plot.ruleY(shown, Plot.groupY({x1: "min", x2: "max"}, {x: "value", y: "place", stroke: "var(--band-line)", strokeWidth: 3})),
        Plot.dot(shown, {x: "value", y: "place", symbol: "design", fill: "design", stroke: "var(--surface)", strokeWidth: 0.8, r: 5.5, className: "mark-welfare",
          channels: {Region: {value: (r) => format.region(r.region)}, Design: "design"},
          tip: {format: {symbol: false, fill: false, y: false, Region: true, Design: true, x: (v) => format.percent(v, 3)}}}),
      ],
    });
  };

  const figure = () => levee.figure({
    id: "welfare", title: "Welfare by region and design", wide: true, marks: "mark-welfare",
    caption: "Equivalent variation as a share of consumption in the reference; right of zero is a gain.",
    rows, draw, summary: (data) => marks.extremes(data, (row) => `${format.region(row.region)} under ${row.design}`, format.percent),
    legend: () => {
      const keys = marks.keyed(scenarios.names);
      return marks.legend(scenarios.names.map((name) => ({label: name, colour: keys.get(name).colour, shape: keys.get(name).shape})));
    },
    columns: [{label: "Region", name: "region", get: (r) => r.region, show: format.region}, {label: "Design", name: "design", get: (r) => r.design},
      {label: "EV, %", name: "welfare_ev_percent", numeric: true, get: (r) => r.value, show: (v) => format.signed(v, 3)}],
  });

  levee.welfare = () => (rows().some((row) => Number.isFinite(row.value)) ? levee.figuresOf(figure()) : null);
})();
