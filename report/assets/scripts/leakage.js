"use strict";
// Where leakage arises under the chosen design: by region, by sector, and by route (who replaces whom, and where).
levee.part(() => {
  const {format, scenarios, marks, charts} = levee;
  const {state} = scenarios;
  const place = (code) => (code === "households" ? "Households" : code);

  // Shares of the rate by one dimension of a table.
  const parts = (spec) => {
    const table = levee.table(spec.table, "scenario", "zone", spec.key, "rate");
    if (!table) return null;
    const all = d3.group(table.select(["scenario", "zone", spec.key, "value", "rate"], (row) => !(spec.outside && scenarios.members(row.zone).includes(row[spec.key])))
      .map((row) => ({key: row[spec.key], mt: row.value, value: row.rate === null ? NaN : row.rate, scenario: row.scenario, zone: row.zone})), (row) => row.scenario, (row) => row.zone);
    const of = (name) => all.get(name)?.get(state.zone) || [];
    return levee.figure({
      id: spec.id, title: spec.title, marks: spec.marks, rows: () => of(state.design),
      caption: () => `${scenarios.label(state.design)}: contributions to the leakage rate of ${state.zone}, in percentage points. One scale for all designs shown.`,
      draw: (data, width) => charts.bars({
        rows: data.map((row) => ({...row, value: 100 * row.value})), width, keys: data.map((row) => row.key), label: place, named: spec.named, height: 23, marks: spec.marks, unit: "percentage points of the leakage rate",
        reach: scenarios.names().flatMap((name) => of(name).map((row) => 100 * row.value)), text: (row) => format.signed(row.value, 2),
        title: (row) => `${spec.show(row.key)}\n${format.signed(row.value, 2)} points\n${format.tonnes(row.mt)}`}),
      summary: (data) => marks.extremes(data, (row) => spec.show(row.key), (v) => `${format.signed(100 * v, 2)} points`),
      columns: [{label: spec.label, name: spec.key, get: (r) => r.key, show: spec.show},
        {label: "Points", name: "share", numeric: true, get: (r) => r.value, show: (v) => format.signed(100 * v, 3)},
        {label: `Change, ${format.mass}`, name: "change", numeric: true, get: (r) => r.mt, show: (v) => format.signed(v, 2)}],
    });
  };

  const markets = ["zone", "others", "home", "technique", "households"];
  const marketText = {zone: "deliveries to the zone", others: "to other regions", home: "to their own market", technique: "emissions per unit of output", households: "households"};
  const routes = () => {
    const table = levee.table("leakage_by_route", "scenario", "zone", "good", "origin", "market", "value");
    if (!table) return null;
    const all = d3.group(table.select(["scenario", "zone", "good", "origin", "market", "value"], (row) => typeof row.value === "number"), (row) => row.scenario, (row) => row.zone);
    const names = {good: table.dictionary("good"), origin: table.dictionary("origin")};
    const order = [...markets.filter((name) => table.dictionary("market").includes(name)), ...table.dictionary("market").filter((name) => !markets.includes(name))];
    let by = "good";
    const of = (name) => d3.flatRollup(all.get(name)?.get(state.zone) || [], (rows) => d3.sum(rows, (row) => row.value), (row) => row[by], (row) => row.market)
      .map(([key, part, value]) => ({key, part, value}));
    const show = (code) => (by === "good" ? format.sector : format.region)(code);
    const named = (code) => (code === "households" ? place(code) : (by === "good" ? format.shortSector : format.shortRegion)(code));
    const fill = (part) => marks.fill(order.indexOf(part));
    const node = levee.figure({
      id: "leakage-route", title: "Leakage by route: who replaces whom, and where", wide: true, marks: "mark-route", rows: () => of(state.design),
      caption: () => `${scenarios.label(state.design)}: change of emissions outside ${state.zone}, ${format.mass}, by the market that the goods go to, and by cleaner or dirtier production. The line marks the sum of a row. One scale for all designs shown.`,
      controls: [levee.select("Rows", [["good", "by good"], ["origin", "by origin"]], by, (value) => {
        by = value;
        node.update();
      })],
      draw: (rows, width) => charts.stacks({rows, width, keys: names[by].filter((key) => rows.some((row) => row.key === key)), label: place, named, parts: order, fill, height: 25, marks: "mark-route",
        unit: format.mass, reach: scenarios.names().flatMap((name) => charts.stackReach(of(name), order)), text: (value) => format.signed(value, 1),
        title: (row) => `${show(row.key)}\n${marketText[row.part] || row.part}: ${format.tonnes(row.value)}`}),
      legend: () => charts.legendOf(order, fill, (part) => marketText[part] || part),
      summary: (rows) => marks.extremes(rows, (row) => `${show(row.key)}, ${marketText[row.part] || row.part}`, format.tonnes),
      columns: [{label: "Row", name: "row", get: (r) => r.key, show}, {label: "Through", name: "market", get: (r) => r.part, show: (v) => marketText[v] || v},
        {label: `Change, ${format.mass}`, name: "change", numeric: true, get: (r) => r.value, show: (v) => format.signed(v, 3)}],
    });
    return node;
  };

  levee.leakage = () => levee.figuresOf(
    parts({table: "leakage_by_origin", key: "region", id: "leakage-origin", title: "Leakage by region", label: "Region", marks: "mark-origin", outside: true, show: format.region, named: format.shortRegion}),
    parts({table: "leakage_by_good", key: "sector", id: "leakage-good", title: "Leakage by sector", label: "Sector", marks: "mark-good", show: format.sector, named: (code) => (code === "households" ? place(code) : format.shortSector(code))}), routes());
});
