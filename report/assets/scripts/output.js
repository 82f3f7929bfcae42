"use strict";
// Sector output inside the zone and outside it: percentage changes for the chosen design.
levee.part(() => {
  const {format, scenarios, marks, charts} = levee;
  const {state} = scenarios;
  const places = {inside: {colour: "var(--c1)", shape: "circle"}, outside: {colour: "var(--c2)", shape: "diamond"}};

  const totals = () => {
    const figure = levee.table("output", "scenario", "region", "sector", "volume") ? "volume" : "value";
    const table = levee.table("output", "scenario", "region", "sector", figure);
    if (!table) return null;
    const sums = new Map();
    const all = table.select(["scenario", "region", "sector", figure]).filter((row) => typeof row[figure] === "number");
    return {
      figure, sectors: table.dictionary("sector"),
      sum: (zone) => {
        if (sums.has(zone)) return sums.get(zone);
        const inside = new Set(scenarios.members(zone));
        const found = d3.rollup(all, (rows) => d3.sum(rows, (row) => row[figure]), (row) => row.scenario,
          (row) => (inside.has(row.region) ? "inside" : "outside"), (row) => row.sector);
        sums.set(zone, found);
        return found;
      },
    };
  };

  const rowsOf = (data, design) => {
    const found = data.sum(state.zone);
    const at = (scenario, place, sector) => found.get(scenario)?.get(place)?.get(sector) ?? NaN;
    return data.sectors.flatMap((key) => Object.keys(places).map((part) => {
      const before = at(scenarios.referenceOf(design), part, key);
      const change = at(design, part, key) - before;
      return {key, part, before, change, value: before > 0 ? 100 * change / before : NaN};
    }));
  };

  levee.output = () => {
    const data = scenarios.zones.length && scenarios.members(state.zone).length ? totals() : null;
    if (!data) return null;
    const where = (part) => (part === "inside" ? `in ${state.zone}` : `outside ${state.zone}`);
    return levee.figuresOf(levee.figure({
      id: "output", title: "Sector output in the zone and outside", wide: true, marks: "mark-output", rows: () => rowsOf(data, state.design),
      caption: () => `${scenarios.label(state.design)}: change of output ${data.figure === "volume" ? "in volume" : "in value"} against ${scenarios.label(scenarios.referenceOf(state.design))}, %.`,
      draw: (rows, width) => charts.dots({rows, width, keys: data.sectors, named: format.shortSector, marks: "mark-output", unit: "% change of output", series: (part) => places[part],
        reach: scenarios.names().flatMap((name) => rowsOf(data, name).map((row) => row.value)), title: (row) => `${format.sector(row.key)}\n${where(row.part)}: ${format.percent(row.value, 2)}`}),
      legend: () => marks.legend(Object.entries(places).map(([part, look]) => ({label: where(part), ...look}))),
      summary: (rows) => marks.extremes(rows, (row) => `${format.sector(row.key)} ${where(row.part)}`, format.percent),
      columns: [{label: "Sector", name: "sector", get: (r) => r.key, show: format.sector}, {label: "Where", name: "where", get: (r) => r.part},
        {label: "Reference", name: "reference", numeric: true, get: (r) => r.before, show: format.money},
        {label: "Change", name: "change", numeric: true, get: (r) => r.change, show: format.money},
        {label: "Change, %", name: "change_percent", numeric: true, get: (r) => r.value, show: (v) => format.signed(v, 2)}],
    }));
  };
});
