"use strict";
// Carbon and CBAM revenue by design, and who pays the CBAM: by origin and good for the chosen design.
levee.part(() => {
  const {format, scenarios, marks, charts, indicators} = levee;
  const {state} = scenarios;
  const scaled = (rows) => rows.map((row) => ({...row, value: row.value * format.moneyScale}));

  // Carbon revenue is what remains after free allocation and what is given away by it; only what the run has.
  const all = [["carbon price, kept", indicators.netRevenue], ["carbon price, given out as free allocation", (s, zone) => indicators.carbonRevenue(s, zone) - indicators.netRevenue(s, zone)],
    ["CBAM", indicators.cbamRevenue], ["export rebates", indicators.rebates]];
  const kinds = all.filter(([, figure]) => scenarios.designs.some((s) => scenarios.zones.some((zone) => Number.isFinite(figure(s, zone)) && figure(s, zone) !== 0)));
  const order = kinds.map(([kind]) => kind);
  const fill = (kind) => marks.fill(order.indexOf(kind));
  const rowsOf = () => scenarios.shown().flatMap((s) => kinds.map(([part, figure]) => ({key: s.name, part, value: figure(s, state.zone)})));

  const totals = () => rowsOf().some((row) => Number.isFinite(row.value)) && levee.figure({
    id: "revenue", title: "Carbon and CBAM revenue", wide: true, marks: "mark-revenue", rows: rowsOf,
    caption: () => `Revenue of ${state.zone} by design, ${format.moneyUnit}. Export rebates are paid out: below zero. The line marks the sum, free allocation included. Designs that hold the ${scenarios.groupNames[state.held]}.`,
    draw: (rows, width) => charts.stacks({rows: scaled(rows), width, keys: scenarios.names(), label: scenarios.label, parts: order, fill, marks: "mark-revenue", unit: format.moneyUnit,
      reach: charts.stackReach(scaled(rows), order), text: (value) => format.fixed(value, 1),
      title: (row) => `${scenarios.label(row.key)}\n${row.part}: ${format.fixed(row.value, 2)} ${format.moneyUnit}`}),
    legend: () => charts.legendOf(order, fill),
    summary: (rows) => marks.extremes(rows, (row) => `${row.part} under ${scenarios.label(row.key)}`, format.money),
    columns: [{label: "Design", name: "design", get: (r) => r.key, show: scenarios.label}, {label: "Revenue from", name: "kind", get: (r) => r.part},
      {label: "Amount", name: "amount", numeric: true, get: (r) => r.value, show: format.money}],
  });

  const payers = () => {
    const table = levee.table("cbam", "scenario", "zone", "good", "origin", "revenue");
    if (!table) return null;
    const instrument = table.has("instrument") ? ["instrument"] : [];
    const charges = table.select(["scenario", "zone", "good", "origin", "revenue", ...instrument], (row) => row.revenue > 0 && (!instrument.length || row.instrument === "import charge"));
    if (!charges.length) return null;
    const goods = [...new Set(charges.map((row) => row.good))];
    const origins = scenarios.regions.filter((origin) => charges.some((row) => row.origin === origin));
    const sums = d3.group(d3.flatRollup(charges, (group) => d3.sum(group, (row) => row.revenue), (row) => row.scenario, (row) => row.zone, (row) => row.origin, (row) => row.good)
      .map(([scenario, zone, key, part, value]) => ({scenario, zone, key, part, value})), (row) => row.scenario, (row) => row.zone);
    const of = (name) => sums.get(name)?.get(state.zone) || [];
    const goodFill = (good) => marks.fill(goods.indexOf(good));
    return levee.figure({
      id: "cbam-origin", title: "CBAM revenue by origin and good", wide: true, marks: "mark-payers", rows: () => of(state.design),
      caption: () => `${scenarios.label(state.design)}: charges on goods entering ${state.zone}, ${format.moneyUnit}.`, empty: () => `${scenarios.label(state.design)} has no CBAM.`,
      draw: (rows, width) => charts.stacks({rows: scaled(rows), width, keys: origins, named: format.shortRegion, parts: goods, fill: goodFill, marks: "mark-payers", unit: format.moneyUnit, height: 26,
        reach: scenarios.names().flatMap((name) => charts.stackReach(scaled(of(name)), goods)), text: (value) => format.fixed(value, 2),
        title: (row) => `${format.region(row.key)}\n${format.sector(row.part)}: ${format.fixed(row.value, 2)} ${format.moneyUnit}`}),
      legend: () => charts.legendOf(goods, goodFill, format.shortSector),
      summary: (rows) => marks.extremes(rows, (row) => `${row.part} from ${row.key}`, format.money),
      columns: [{label: "Origin", name: "origin", get: (r) => r.key, show: format.region}, {label: "Good", name: "good", get: (r) => r.part, show: format.sector},
        {label: "Revenue", name: "revenue", numeric: true, get: (r) => r.value, show: format.money}],
    });
  };

  levee.revenue = () => levee.figuresOf(totals(), payers());
});
