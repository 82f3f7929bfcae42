"use strict";
// Carbon and CBAM revenue by design, and who pays the CBAM: by origin and good for the selected design.
(() => {
  const {format, scenarios, marks, indicators} = levee;
  const {state} = scenarios;
  const scaled = (value) => value * format.moneyScale;
  // Only what the run has: the net figure where allowances are free, rebates where exporters get them.
  const given = (figure) => scenarios.designs.some((s) => scenarios.zones.some((zone) => Number.isFinite(figure(s, zone))));
  const kinds = [["Carbon pricing", indicators.carbonRevenue], ["Carbon pricing, net of free allocation", indicators.netRevenue],
    ["CBAM", indicators.cbamRevenue], ["Export rebates", indicators.rebates]].filter(([, figure]) => given(figure));

  const kindColours = kinds.map(([kind]) => ({"Carbon pricing": "var(--c1)", "CBAM": "var(--c2)", "Export rebates": "var(--c4)"}[kind] || "var(--c5)"));

  const totalRows = () => scenarios.designs.flatMap((s) => kinds.map(([kind, figure]) => ({design: s.name, status: s.status, kind, value: figure(s, state.zone)})));

  const drawTotals = (rows, width) => {
    const labels = scenarios.names;
    const finite = marks.finite(rows).map((row) => ({...row, amount: scaled(row.value)}));
    return marks.plot({
      width, height: labels.length * (18 + 16 * kinds.length) + 56, marginLeft: marks.margin(labels, width), marginRight: 24,
      fy: {domain: labels, label: null, padding: 0.18, axis: null}, y: {domain: kinds.map(([kind]) => kind), axis: null, padding: 0.1}, x: {domain: marks.padded(finite.map((row) => row.amount), 0.2)},
      color: {domain: kinds.map(([kind]) => kind), range: kindColours},
      marks: [
        marks.grid(), marks.ticks(format.moneyUnit, width),
        Plot.axisFy({anchor: "left", label: null, fontSize: 12, lineWidth: (marks.margin(labels, width) - 10) / 12, tickPadding: 8}),
        Plot.barX(finite, {x: "amount", fy: "design", y: "kind", fill: "kind", className: "mark-revenue"}),
        ...marks.barLabels(finite, {x: "amount", fy: "design", y: "kind", text: (row) => format.fixed(row.amount, 1)}),
        marks.zero(),
      ],
    });
  };

  const totals = () => totalRows().some((row) => Number.isFinite(row.value)) && levee.figure({
    id: "revenue", title: "Carbon and CBAM revenue", marks: "mark-revenue", caption: () => `Revenue of ${state.zone}, ${format.moneyUnit}.`,
    controls: [levee.zoneControl()], rows: totalRows, draw: drawTotals,
    legend: () => marks.legend(kinds.map(([kind], at) => ({label: kind, colour: kindColours[at]}))),
    summary: (rows) => marks.extremes(rows, (row) => `${row.kind} under ${row.design}`, format.money),
    columns: [{label: "Design", name: "design", get: (r) => r.design}, {label: "Revenue from", name: "kind", get: (r) => r.kind},
      {label: "Amount", name: "amount", numeric: true, get: (r) => r.value, show: format.money}],
  });

  const payers = () => {
    const table = levee.table("cbam", "scenario", "zone", "good", "origin", "revenue");
    if (!table) return null;
    const imports = table.has("instrument") ? "instrument" : null;
    const charges = table.select(["scenario", "zone", "good", "origin", "revenue"].concat(imports || []),
      (row) => typeof row.revenue === "number" && row.revenue > 0 && (!imports || row.instrument === "import charge"));
    const all = d3.flatRollup(charges, (group) => d3.sum(group, (row) => row.revenue), (row) => row.scenario, (row) => row.zone, (row) => row.good, (row) => row.origin)
      .map(([scenario, zone, good, origin, revenue]) => ({scenario, zone, good, origin, revenue}));
    if (!all.length) return null;
    const goods = [...new Set(all.map((row) => row.good))];
    const origins = scenarios.regions.filter((origin) => all.some((row) => row.origin === origin));
    const rows = () => all.filter((row) => row.scenario === state.design && row.zone === state.zone).map((row) => ({good: row.good, origin: row.origin, value: row.revenue}));
    const reach = () => d3.max(d3.rollups(all, (group) => d3.sum(group, (row) => row.revenue), (row) => `${row.scenario} ${row.zone} ${row.origin}`), ([, sum]) => scaled(sum));
    const draw = (data, width) => marks.plot({
      width, height: origins.length * 26 + 52, marginLeft: marks.margin(origins, width), marginRight: 24,
      x: {domain: [0, reach() * 1.02]}, y: {domain: origins, padding: 0.2, label: null}, color: {domain: goods, range: marks.palette},
      marks: [marks.grid(), marks.ticks(format.moneyUnit, width), marks.labelAxis(origins, width),
        Plot.barX(data, {x: (r) => scaled(r.value), y: "origin", fill: "good", order: goods, stroke: "var(--surface)", strokeWidth: 1, className: "mark-payers",
          channels: {Origin: {value: (r) => format.region(r.origin)}, Good: {value: (r) => format.sector(r.good)}, Paid: {value: (r) => format.money(r.value)}},
          tip: {format: {x: false, y: false, fill: false, Origin: true, Good: true, Paid: true}}}), marks.zero(),
        data.length ? null : Plot.text([`No CBAM in ${state.design}`], {frameAnchor: "middle", fill: "var(--muted)", fontSize: 14})],
    });
    return levee.figure({
      id: "cbam-origin", title: "CBAM revenue by origin", marks: "mark-payers", caption: () => `${state.design}: charges on goods entering ${state.zone}, ${format.moneyUnit}.`,
      controls: [levee.designControl()], rows, draw, legend: () => marks.legend(goods.map((good, at) => ({label: good, colour: marks.palette[at % 8]}))),
      summary: (data) => marks.extremes(data, (row) => `${row.good} from ${row.origin}`, format.money),
      columns: [{label: "Origin", name: "origin", get: (r) => r.origin, show: format.region}, {label: "Good", name: "good", get: (r) => r.good, show: format.sector},
        {label: "Revenue", name: "revenue", numeric: true, get: (r) => r.value, show: format.money}],
    });
  };

  levee.revenue = () => levee.figuresOf(totals(), payers());
})();
