"use strict";
// Free allowances of a plant: what each way of giving them leaves it short of, costs it and rewards.
levee.part(() => {
  const {format, marks, charts} = levee;
  const shapes = ["circle", "square", "triangle", "diamond", "star", "cross", "wye"];
  const dashes = ["", "6 3", "2 3", "9 3 2 3"];

  const lookOf = (methods) => (method) => {
    const at = methods.indexOf(method);
    return {colour: marks.palette[at % marks.palette.length], shape: shapes[at % shapes.length], dash: dashes[at % dashes.length]};
  };

  // A measure of every method year by year.
  const panel = (table, methods, {id, measure, title, caption}) => {
    const look = lookOf(methods);
    const all = table.select(["method", "year", "measure", "value", "unit"]).filter((row) => row.measure === measure)
      .map((row) => ({method: row.method, year: Number(row.year), value: row.value, unit: row.unit}));
    if (!all.length) return null;
    const years = levee.summary.methods[0].years.map((row) => row.year);
    const {unit} = all[0];
    const scale = unit === format.currency || unit === "tCO2e" ? 1e-6 : 1;
    const shown = scale === 1 ? unit : unit === "tCO2e" ? "Mt CO2e" : `million ${unit}`;
    const figure = (value) => `${format.plain(value * scale)} ${shown}`;
    const draw = (rows, width) => {
      const scaled = marks.finite(rows).map((row) => ({...row, shown: row.value * scale}));
      const lines = methods.map((method) => scaled.filter((row) => row.method === method))
        .map((own) => Plot.line(own, {x: "year", y: "shown", stroke: own.length ? look(own[0].method).colour : null, strokeWidth: 2, strokeDasharray: own.length ? look(own[0].method).dash : ""}));
      return marks.plot({
        width, height: 300, marginLeft: 54, marginTop: 26, marginRight: 20, color: {type: "identity"}, symbol: {type: "identity"},
        x: {label: null, domain: [years[0] - 0.4, years[years.length - 1] + 0.4]}, y: {domain: marks.padded(scaled.map((row) => row.shown), 0.06)},
        marks: [Plot.gridY({stroke: "var(--grid)", strokeOpacity: 1}), Plot.axisY({label: shown, labelArrow: "none", labelAnchor: "top", fontSize: 12, tickSize: 0, ticks: 6}),
          Plot.axisX({label: null, fontSize: 12, tickSize: 0, ticks: width < 400 ? years.filter((year) => (year - years[0]) % 3 === 0) : years, tickFormat: String}),
          Plot.ruleY([0], {stroke: "var(--axis)"}), ...lines,
          Plot.dot(scaled, {x: "year", y: "shown", fill: (row) => look(row.method).colour, symbol: (row) => look(row.method).shape, r: 5, stroke: "var(--surface)", strokeWidth: 0.8, className: `mark-${id}`,
            ...charts.hint((row) => `${format.spaced(row.method)}\n${row.year}: ${figure(row.value)}`)})],
      });
    };
    return levee.figure({
      id, title, marks: `mark-${id}`, rows: () => all, draw, caption: () => caption,
      legend: () => marks.legend(methods.map((method) => ({label: format.spaced(method), ...look(method)}))),
      summary: (rows) => marks.extremes(rows, (row) => `${format.spaced(row.method)} in ${row.year}`, figure),
      columns: [{label: "Method", name: "method", get: (r) => r.method, show: format.spaced}, {label: "Year", name: "year", numeric: true, get: (r) => r.year, show: String},
        {label: shown, name: "value", numeric: true, get: (r) => r.value, show: (value) => format.plain(value * scale)}],
    });
  };

  const totals = (methods) => {
    const rows = levee.summary.methods.map((one) => ({key: one.method, value: one.present_cost}));
    const scaled = (drawn) => drawn.map((row) => ({...row, value: row.value * 1e-6}));
    const money = (value) => `${format.plain(value)} million ${format.currency}`;
    return levee.figure({
      id: "allowance-totals", title: "Cost of the whole path", wide: true, marks: "mark-allowance-totals", rows: () => rows,
      caption: () => `Million ${format.currency}, discounted to ${levee.summary.first_year} at ${format.plain(100 * levee.summary.discount_rate)} % a year; below zero allowances are sold.`,
      draw: (drawn, width) => charts.bars({rows: scaled(drawn), width, keys: methods, label: format.spaced, marks: "mark-allowance-totals", unit: `million ${format.currency}`, reach: rows.map((row) => row.value * 1e-6),
        fill: (row) => (row.value > 0 ? "var(--c2)" : "var(--c3)"), text: (row) => format.plain(row.value), title: (row) => `${format.spaced(row.key)}: ${money(row.value)}`}),
      summary: (drawn) => marks.extremes(drawn, (row) => format.spaced(row.key), (value) => money(value * 1e-6)),
      columns: [{label: "Method", name: "method", get: (r) => r.key, show: format.spaced}, {label: `Million ${format.currency}`, name: "present_cost", numeric: true, get: (r) => r.value, show: (value) => format.plain(value * 1e-6)}],
    });
  };

  levee.allowances = () => {
    const table = levee.table("allowances", "method", "year", "measure", "value", "unit");
    if (!table || levee.summary.kind !== "allowances") return null;
    const methods = levee.summary.methods.map((one) => one.method);
    const of = (id, measure, title, caption) => panel(table, methods, {id, measure, title, caption});
    return levee.figuresOf(
      totals(methods),
      of("allowance-shortage", "shortage", "Shortage of allowances", "Emissions less free allowances; below zero a surplus."),
      of("allowance-cost", "cost", "Cost of the shortage", "At the year's price; below zero what the surplus is sold for."),
      of("allowance-tonne", "tonne_abated", "What a tonne abated is worth", "The carbon price, less allowances that this and later years' rules take away for it."),
      of("allowance-unit", "unit_net", "What a unit of output more costs in carbon", `Its carbon at the year's price, less the allowances it brings then and later; below zero output is paid for. No mark where that depends on years after ${levee.summary.last_year}.`));
  };
});
