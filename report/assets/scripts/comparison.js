"use strict";
// The page of a comparison: what each group of equal effort ranks, a table a group. A run's own page has no such table and no such section.
levee.part(() => {
  const {el, format, scenarios} = levee;
  const columnsNeeded = ["group", "indicator", "zone", "region", "scenario", "value", "unit", "base", "difference", "rank"];

  // How figures of the ranked indicators are named and shown; what the page does not know is shown as the table has it.
  const known = {
    leakage_rate: {name: (zone) => `Leakage of ${zone}`, unit: "%", difference: "points", show: (value, signed) => (signed ? format.signed : format.fixed)(100 * value, 2)},
    zone_welfare_percent: {name: (zone) => `Welfare in ${zone}`, unit: "EV %", show: (value) => format.signed(value, 4)},
    outside_welfare_percent: {name: (zone) => `Welfare outside ${zone}`, unit: "EV %", show: (value) => format.signed(value, 4)},
    welfare_percent: {name: (place) => (place === "world" ? "World welfare" : `Welfare in ${format.shortRegion(place)}`), unit: "EV %", show: (value) => format.signed(value, 4)},
  };
  const look = ({indicator, zone, region, unit}) => {
    const own = known[indicator] || {name: (place) => `${format.spaced(indicator)}${place ? `, ${place}` : ""}`, unit, show: format.plain};
    return {...own, name: own.name(zone || region)};
  };

  const column = (label, name, get, show) => ({label, name, numeric: true, get, show});
  const missing = (value) => (value === null || value === undefined ? NaN : value);

  // A row a scenario, in the order of the first ranking; of each ranked figure the value, the difference and the rank.
  const rankingOf = (rows, at) => {
    const base = rows[0].base;
    const measures = [...d3.group(rows.filter((row) => Number.isFinite(row.rank)), (row) => `${row.indicator}\n${row.zone}\n${row.region}`)]
      .map(([key, own]) => ({...look(own[0]), id: key.split("\n").filter(Boolean).join("_"), world: own[0].region === "world", of: new Map(own.map((row) => [row.scenario, row]))}));
    if (!measures.length) return null;
    const names = d3.sort([...new Set(rows.map((row) => row.scenario))], (name) => missing(measures[0].of.get(name)?.rank));
    const figure = (measure, key) => (name) => missing(measure.of.get(name)?.[key]);
    const columns = [{label: "Scenario", name: "scenario", get: (name) => name, show: (name) => el("span", {title: format.describe(name)}, name)},
      ...measures.flatMap((measure) => [
        column("Rank", `${measure.id}_rank`, figure(measure, "rank"), format.plain),
        column(`${measure.name}, ${measure.unit}`, measure.id, figure(measure, "value"), (value) => measure.show(value, false)),
        base ? column(`less ${base}, ${measure.difference || measure.unit}`, `${measure.id}_difference`, figure(measure, "difference"), (value) => measure.show(value, true)) : null]).filter(Boolean)];
    const title = `Ranked at ${rows[0].group}`;
    const table = levee.dataTable({caption: title, hideCaption: true, columns, rows: names});
    const ranked = measures.some((measure) => measure.world);
    return el("div", {class: "card wide"}, el("h3", {}, title), el("p", {class: "caption"},
      `1 is best: least leakage, highest welfare. ${ranked ? "World emissions are the same, so the world's welfare is ranked too." : "World emissions may differ, so the world's welfare is not ranked."}`),
    table, el("div", {class: "actions"}, levee.csv.button("Download CSV", `ranking-${at + 1}.csv`, () => table.csv())));
  };

  levee.comparison = () => {
    const table = levee.table("comparison", ...columnsNeeded);
    if (!table) return null;
    const rows = table.select(columnsNeeded);
    const groups = [...d3.group(rows.filter((row) => row.group), (row) => row.group).values()].map(rankingOf).filter(Boolean);
    const grouped = new Set(rows.filter((row) => row.group).map((row) => row.scenario));
    const alone = scenarios.designs.filter((design) => scenarios.solved(design) && !grouped.has(design.name)).map((design) => design.name);
    return el("div", {class: "stack"}, el("p", {class: "lead"}, groups.length ?
      "Only scenarios that hold the same thing at the same value are ranked: one that abates less is easily the cheaper one. Every figure and difference is in the table comparison at the end of the page." :
      "No two of these scenarios hold the same thing at the same value, so none are ranked. Every figure and difference is in the table comparison at the end of the page."),
    groups, alone.length && groups.length ? el("p", {class: "caption"}, `In no group, and so not ranked: ${alone.join(", ")}.`) : null);
  };
});
