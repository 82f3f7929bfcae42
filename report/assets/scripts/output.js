"use strict";
// Sector output inside the zone and outside it: percentage changes for the selected design.
(() => {
  const {format, scenarios, marks} = levee;
  const {state} = scenarios;
  const places = [{place: "inside", colour: "var(--c1)", shape: "circle"}, {place: "outside", colour: "var(--c2)", shape: "diamond"}];

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
    const at = (scenario, place, sector) => {
      const value = found.get(scenario)?.get(place)?.get(sector);
      return value === undefined ? NaN : value;
    };
    return data.sectors.flatMap((sector) => places.map(({place}) => {
      const before = at(scenarios.referenceOf(design), place, sector);
      const change = at(design, place, sector) - before;
      return {sector, place, before, change, value: before > 0 ? 100 * change / before : NaN};
    }));
  };

  const draw = (rows, width, data) => {
    const labels = data.sectors;
    const finite = marks.finite(rows);
    const reach = scenarios.designs.filter(scenarios.solved).flatMap((s) => rowsOf(data, s.name).map((row) => row.value));
    return marks.plot({
      width, height: labels.length * 25 + 56, marginLeft: marks.margin(labels, width), marginRight: 24,
      y: {domain: labels, type: "point", padding: 0.6, label: null}, x: {domain: marks.padded(reach, 0.05)},
      symbol: {domain: places.map((p) => p.place), range: places.map((p) => p.shape)},
      color: {domain: places.map((p) => p.place), range: places.map((p) => p.colour)},
      marks: [
        marks.grid(), marks.ticks("% change of output", width), marks.labelAxis(labels, width), Plot.ruleY(labels, {stroke: "var(--grid)"}), marks.zero(),
        Plot.ruleY(finite, Plot.groupY({x1: "min", x2: "max"}, {x: "value", y: "sector", stroke: "var(--band-line)", strokeWidth: 3})),
        Plot.dot(finite, {x: "value", y: "sector", symbol: "place", fill: "place", stroke: "var(--surface)", strokeWidth: 0.8, r: 5.5, className: "mark-output",
          channels: {Sector: {value: (r) => format.sector(r.sector)}, Where: "place"},
          tip: {format: {symbol: false, fill: false, y: false, Sector: true, Where: true, x: (v) => format.percent(v, 2)}}}),
      ],
    });
  };

  levee.output = () => {
    const data = scenarios.zones.length && scenarios.members(state.zone).length ? totals() : null;
    if (!data) return null;
    return levee.figuresOf(levee.figure({
      id: "output", title: "Sector output in the zone and outside", wide: true, marks: "mark-output",
      caption: () => `${state.design}: change of output ${data.figure === "volume" ? "in volume" : "in value"} against ${scenarios.referenceOf(state.design)}. One scale for all designs.`,
      controls: [levee.designControl(), levee.zoneControl()], rows: () => rowsOf(data, state.design), draw: (rows, width) => draw(rows, width, data),
      legend: () => marks.legend(places.map((p) => ({label: p.place === "inside" ? `in ${state.zone}` : `outside ${state.zone}`, colour: p.colour, shape: p.shape}))),
      summary: (rows) => marks.extremes(rows, (row) => `${format.sector(row.sector)} ${row.place}`, format.percent),
      columns: [{label: "Sector", name: "sector", get: (r) => r.sector, show: format.sector}, {label: "Where", name: "where", get: (r) => r.place},
        {label: "Reference", name: "reference", numeric: true, get: (r) => r.before, show: format.money},
        {label: "Change", name: "change", numeric: true, get: (r) => r.change, show: format.money},
        {label: "Change, %", name: "change_percent", numeric: true, get: (r) => r.value, show: (v) => format.signed(v, 2)}],
    }));
  };
})();
