"use strict";
// Emissions by region: change against the reference for the selected design.
(() => {
  const {format, scenarios, marks} = levee;
  const {number, state} = scenarios;
  const places = () => [...scenarios.regions, "world"];
  const label = (region) => (region === "world" ? "World" : region);

  const rowsOf = (design) => places().map((region) => {
    const before = number(scenarios.find(scenarios.referenceOf(design)), "emissions_mt", region);
    const value = number(scenarios.find(design), "emissions_mt", region) - before;
    return {region, before, value, percent: before > 0 ? 100 * value / before : NaN};
  });

  const draw = (rows, width) => {
    const narrow = width < 500;
    const labels = rows.map((row) => label(row.region));
    const shown = rows.map((row) => ({...row, place: label(row.region)}));
    const reach = scenarios.designs.filter(scenarios.solved).flatMap((s) => rowsOf(s.name).map((row) => row.value));
    return marks.plot({
      width, height: labels.length * 26 + 52, marginLeft: marks.margin(labels, width), marginRight: 24,
      x: {domain: marks.padded(reach, narrow ? 0.3 : 0.18)}, y: {domain: labels, padding: 0.22, label: null},
      marks: [
        marks.grid(), marks.ticks(format.mass, width), marks.labelAxis(labels, width),
        Plot.barX(marks.finite(shown), {x: "value", y: "place", fill: (row) => (row.region === "world" ? "var(--muted)" : row.value < 0 ? "var(--c1)" : "var(--c2)"), className: "mark-emissions",
          channels: {name: {value: (r) => format.region(r.region), label: ""}}, tip: {format: {y: false, fill: false, name: true, x: (v) => format.tonnes(v)}}}),
        ...marks.barLabels(shown, {x: "value", y: "place", text: (row) => format.signed(row.value, 1) + (narrow ? "" : `  (${format.percent(row.percent, 1)})`)}), marks.zero(),
      ],
      color: {type: "identity"},
    });
  };

  levee.emissions = () => {
    if (!scenarios.names.some((name) => rowsOf(name).some((row) => Number.isFinite(row.value)))) return null;
    return levee.figuresOf(levee.figure({
      id: "emissions", title: "Emissions by region", wide: true, marks: "mark-emissions", controls: [levee.designControl()],
      caption: () => `${state.design}: change against ${scenarios.referenceOf(state.design)}. One scale for all designs.`,
      rows: () => rowsOf(state.design), draw, summary: (rows) => marks.extremes(rows, (row) => format.region(row.region), format.tonnes),
      columns: [{label: "Region", name: "region", get: (r) => r.region, show: format.region},
        {label: `Reference, ${format.mass}`, name: "reference", numeric: true, get: (r) => r.before, show: (v) => format.fixed(v, 1)},
        {label: `Change, ${format.mass}`, name: "change", numeric: true, get: (r) => r.value, show: (v) => format.signed(v, 2)},
        {label: "Change, %", name: "change_percent", numeric: true, get: (r) => r.percent, show: (v) => format.signed(v, 2)}],
    }));
  };
})();
