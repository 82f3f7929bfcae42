"use strict";
// Exposure to a border charge: regions ranked, and the goods behind.
levee.part(() => {
  const {format, marks, charts} = levee;

  const ranked = (table, {id, title, caption, column}) => {
    const all = table.select(["region", column]);
    const rows = () => all.map((row) => ({key: row.region, value: row[column] === null ? NaN : 100 * row[column]}));
    const percent = (value) => format.percent(value, 3);
    return levee.figure({
      id, title, marks: `mark-${id}`, rows, caption: () => caption,
      draw: (drawn, width) => charts.bars({rows: drawn, width, keys: all.map((row) => row.region), named: format.shortRegion, marks: `mark-${id}`, unit: "%", reach: drawn.map((row) => row.value),
        fill: (row) => (row.value > 0 ? "var(--c2)" : "var(--c3)"), text: (row) => format.fixed(row.value, 3), title: (row) => `${format.region(row.key)}: ${percent(row.value)}`}),
      summary: (drawn) => marks.extremes(drawn, (row) => format.region(row.key), percent),
      columns: [{label: "Region", name: "region", get: (r) => r.key, show: format.region}, {label: "%", name: "percent", numeric: true, get: (r) => r.value, show: percent}],
    });
  };

  const goods = () => {
    const table = levee.table("exposure_goods", "region", "good", "excess_payment", "unit");
    if (!table) return null;
    const rows = () => table.select(["region", "good", "excess_payment"]).map((row) => ({key: row.region, part: row.good, value: row.excess_payment}));
    const parts = table.dictionary("good");
    const fill = (part) => marks.fill(parts.indexOf(part));
    const scaled = (drawn) => drawn.map((row) => ({...row, value: row.value * format.moneyScale}));
    return levee.figure({
      id: "exposure-goods", title: "Payments in excess of the zone's producers, by good", wide: true, marks: "mark-exposure-goods", rows,
      caption: () => `${format.moneyUnit}; below zero the region's good has less carbon than the zone's.`,
      draw: (drawn, width) => charts.stacks({rows: scaled(drawn), width, keys: levee.table("exposure", "region").column("region"), named: format.shortRegion, parts, fill, marks: "mark-exposure-goods", unit: format.moneyUnit, height: 26,
        reach: charts.stackReach(scaled(drawn), parts), text: (value) => format.fixed(value, 2), title: (row) => `${format.region(row.key)}\n${format.sector(row.part)}: ${format.fixed(row.value, 3)} ${format.moneyUnit}`}),
      legend: () => charts.legendOf(parts, fill, format.shortSector),
      summary: (drawn) => marks.extremes(drawn, (row) => `${row.part} of ${row.key}`, format.money),
      columns: [{label: "Region", name: "region", get: (r) => r.key, show: format.region}, {label: "Good", name: "good", get: (r) => r.part, show: format.sector},
        {label: "Excess payment", name: "excess_payment", numeric: true, get: (r) => r.value, show: format.money}],
    });
  };

  levee.exposure = () => {
    const table = levee.table("exposure", "region", "aggregate_trade", "aggregate_trade_relative", "economic", "economic_relative");
    if (!table || levee.summary.kind !== "exposure") return null;
    const of = levee.summary.denominator === "total" ? "all exports" : "exports of covered goods";
    return levee.figuresOf(
      ranked(table, {id: "trade-relative", title: "Aggregate trade exposure, relative to the zone's producers", caption: `Excess payments over ${of}, %. Below zero the region gains competitiveness.`, column: "aggregate_trade_relative"}),
      ranked(table, {id: "trade-absolute", title: "Aggregate trade exposure, absolute", caption: `Payments over ${of}, %.`, column: "aggregate_trade"}),
      ranked(table, {id: "economic-relative", title: "Economic exposure, relative", caption: "Excess payments over GDP, %.", column: "economic_relative"}),
      ranked(table, {id: "economic-absolute", title: "Economic exposure, absolute", caption: "Payments over GDP, %.", column: "economic"}),
      goods());
  };
});
