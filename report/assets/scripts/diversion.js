"use strict";
// Where goods go that no longer go to the zone: the change of volume to the zone, to others and at home.
levee.part(() => {
  const {format, scenarios, marks, charts} = levee;
  const {state} = scenarios;
  const texts = {zone: "to the zone", others: "to other regions", home: "at home"};
  const every = "all";

  levee.diversion = () => {
    const table = levee.table("diversion", "scenario", "zone", "good", "origin", "market", "change");
    if (!table) return null;
    const all = d3.group(table.select(["scenario", "zone", "good", "origin", "market", "change"], (row) => typeof row.change === "number"), (row) => row.scenario, (row) => row.zone);
    const markets = [...Object.keys(texts).filter((name) => table.dictionary("market").includes(name))];
    const codes = {good: table.dictionary("good"), origin: table.dictionary("origin")};
    const describe = {good: format.sector, origin: format.region};
    const choice = {by: "good", only: every};
    const other = () => (choice.by === "good" ? "origin" : "good");
    const show = (code) => describe[choice.by](code);
    const of = (name) => d3.flatRollup((all.get(name)?.get(state.zone) || []).filter((row) => choice.only === every || row[other()] === choice.only),
      (rows) => d3.sum(rows, (row) => row.change), (row) => row[choice.by], (row) => row.market).map(([key, part, value]) => ({key, part, value}));
    const scaled = (rows) => rows.map((row) => ({...row, value: row.value * format.moneyScale}));
    const fill = (part) => marks.fill(markets.indexOf(part));

    const options = () => [[every, choice.by === "good" ? "all origins" : "all goods"], ...codes[other()].map((code) => [code, describe[other()](code)])];
    const filter = levee.select("Of", options(), choice.only, (value) => {
      choice.only = value;
      node.update();
    });
    const rowsBy = levee.select("Rows", [["good", "by good"], ["origin", "by origin"]], choice.by, (value) => {
      Object.assign(choice, {by: value, only: every});
      filter.offer(options(), every);
      node.update();
    });
    const node = levee.figure({
      id: "diversion", title: "Diversion: where the goods go instead", wide: true, marks: "mark-diversion", rows: () => of(state.design), controls: [rowsBy, filter],
      caption: () => `${scenarios.label(state.design)}: change of deliveries of producers outside ${state.zone} by market, ${format.moneyUnit} at base prices` +
        `${choice.only === every ? "" : `; ${describe[other()](choice.only)} only`}. The line marks the change of all that they deliver. One scale for all designs shown.`,
      draw: (rows, width) => charts.stacks({rows: scaled(rows), width, keys: codes[choice.by].filter((key) => rows.some((row) => row.key === key)), named: choice.by === "good" ? format.shortSector : format.shortRegion, parts: markets, fill, height: 25, marks: "mark-diversion",
        unit: format.moneyUnit, reach: scenarios.names().flatMap((name) => charts.stackReach(scaled(of(name)), markets)), text: (value) => format.signed(value, 1),
        title: (row) => `${show(row.key)}\n${texts[row.part]}: ${format.signed(row.value, 2)} ${format.moneyUnit}`}),
      legend: () => charts.legendOf(markets, fill, (part) => texts[part]),
      summary: (rows) => marks.extremes(rows, (row) => `${show(row.key)} ${texts[row.part]}`, format.money),
      columns: [{label: "Row", name: "row", get: (r) => r.key, show}, {label: "Market", name: "market", get: (r) => r.part, show: (v) => texts[v]},
        {label: "Change of volume", name: "change", numeric: true, get: (r) => r.value, show: format.money}],
    });
    return node;
  };
});
