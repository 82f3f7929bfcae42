"use strict";
// Welfare by region and design: one dot a design on each region's line.
levee.part(() => {
  const {format, scenarios, marks, charts} = levee;
  const {state} = scenarios;
  const label = (region) => (region === "world" ? "World" : region);
  // A row of the world's dots reads as a ranking: it is there only where designs have the same world emissions.
  const places = () => (state.held === "world" ? [...scenarios.regions, "world"] : scenarios.regions);
  const rankedOnly = (scenario, region) => region !== "world" || scenarios.rankable().includes(scenario);
  const rows = () => scenarios.shown().flatMap((s) => places().map((key) =>
    ({part: s.name, key, value: rankedOnly(s, key) ? scenarios.number(s, "welfare_ev_percent", key) : NaN})));

  levee.welfareByRegion = () => rows().some((row) => Number.isFinite(row.value)) && levee.figure({
    id: "welfare", title: "Welfare by region and design", wide: true, marks: "mark-welfare", rows,
    caption: () => `Equivalent variation, % of consumption in the reference; right of zero is a gain. Designs that hold the ${scenarios.groupNames[state.held]}.` +
      (state.held === "world" ? "" : " The world as a whole is shown for designs with equal world emissions alone."),
    draw: (data, width) => charts.dots({rows: data, width, keys: places(), label, named: format.shortRegion, marks: "mark-welfare", unit: "equivalent variation, % of consumption",
      reach: data.map((row) => row.value), series: (name) => marks.key(name), title: (row) => `${format.region(row.key)}\n${scenarios.label(row.part)}: ${format.percent(row.value, 3)}`}),
    legend: () => marks.designLegend(scenarios.names()),
    summary: (data) => marks.extremes(data, (row) => `${format.region(row.key)} under ${scenarios.label(row.part)}`, format.percent),
    columns: [{label: "Region", name: "region", get: (r) => r.key, show: format.region}, {label: "Design", name: "design", get: (r) => r.part, show: scenarios.label},
      {label: "EV, %", name: "welfare_ev_percent", numeric: true, get: (r) => r.value, show: (v) => format.signed(v, 3)}],
  });
  levee.welfare = () => levee.figuresOf(levee.welfareByRegion());
});
