"use strict";
// Input-output accounts: production against consumption by region, and who emits for whose final demand.
levee.part(() => {
  const {format, marks, charts} = levee;
  const looks = {production: {colour: "var(--c1)", shape: "circle"}, consumption: {colour: "var(--c2)", shape: "diamond"}};

  // Large figures in a unit a thousand times larger.
  const inUnit = (figures, unit) => {
    const larger = unit === "kt" ? "Mt" : unit.startsWith("million ") ? unit.replace("million", "bn") : `thousand ${unit}`;
    return d3.max(figures, Math.abs) >= 1e4 ? {scale: 1e-3, unit: larger} : {scale: 1, unit};
  };
  const valueColumns = [{label: "Value", name: "value", numeric: true, get: (r) => r.value, show: format.plain}, {label: "Unit", name: "unit", get: (r) => r.unit}];

  // A figure with a choice of account; the first stressor to begin with, value added comes before.
  const chosenFigure = (table, make) => {
    const accounts = table.dictionary("account");
    let account = accounts[Math.min(1, accounts.length - 1)];
    const node = levee.figure(make(() => account, [levee.localControl("Account", accounts.map((name) => [name, name]), account, (name) => {
      account = name;
      node.update();
    })]));
    return node;
  };

  const regions = (table) => chosenFigure(table, (account, controls) => {
    const all = table.select(["region", "account", "production", "consumption", "unit"]);
    const rows = () => {
      const own = all.filter((row) => row.account === account());
      const {scale, unit} = inUnit(own.flatMap((row) => [row.production, row.consumption]), own[0].unit);
      return own.flatMap((row) => Object.keys(looks).map((part) => ({key: row.region, part, value: scale * row[part], unit})));
    };
    const shown = (row) => `${format.plain(row.value)} ${row.unit}`;
    return {
      id: "footprints-by-region", title: "Where it happens, and for whose demand", wide: true, marks: "mark-footprint", rows, controls,
      caption: (drawn) => `${account()} by region, ${drawn[0].unit}. Production: what happens in the region. Consumption: what happens anywhere in the chains behind the region's final demand. Households' own included.`,
      draw: (drawn, width) => charts.dots({rows: drawn, width, keys: [...new Set(drawn.map((row) => row.key))], named: format.shortRegion, marks: "mark-footprint", unit: drawn[0].unit, series: (part) => looks[part],
        reach: drawn.map((row) => row.value), title: (row) => `${format.region(row.key)}\n${row.part}: ${shown(row)}`}),
      legend: () => marks.legend(Object.entries(looks).map(([label, look]) => ({label, ...look}))),
      summary: (drawn) => marks.extremes(drawn, (row) => `${row.part} of ${row.key}`, format.plain),
      columns: [{label: "Region", name: "region", get: (r) => r.key, show: format.region}, {label: "Side", name: "side", get: (r) => r.part}, ...valueColumns],
    };
  });

  // Imports of each region by where it happens: the largest origins have colours of their own, the rest share one.
  const imports = (table) => chosenFigure(table, (account, controls) => {
    const abroad = table.select(["account", "origin", "destination", "value", "unit"], (row) => row.origin !== row.destination);
    const destinations = table.dictionary("destination");
    const ownColours = 7;
    const largest = () => d3.sort(d3.flatRollup(abroad.filter((row) => row.account === account()), (group) => d3.sum(group, (row) => Math.abs(row.value)), (row) => row.origin), ([, value]) => -value)
      .slice(0, ownColours).map(([origin]) => origin);
    const rows = () => {
      const own = abroad.filter((row) => row.account === account());
      const first = largest();
      const sums = d3.flatRollup(own, (group) => d3.sum(group, (row) => row.value), (row) => row.destination, (row) => (first.includes(row.origin) ? row.origin : "others"));
      const {scale, unit} = inUnit(d3.rollups(sums, (group) => d3.sum(group, ([, , value]) => value), ([key]) => key).map(([, value]) => value), own[0].unit);
      return sums.map(([key, part, value]) => ({key, part, value: scale * value, unit}));
    };
    const parts = () => [...largest(), "others"];
    const fill = (part) => marks.fill(parts().indexOf(part));
    return {
      id: "embodied-in-imports", title: "Embodied in the imports of each region", wide: true, marks: "mark-embodied", rows, controls,
      caption: (drawn) => `${account()} behind the region's final demand that happens in other regions, by where, ${drawn[0].unit}.`,
      draw: (drawn, width) => charts.stacks({rows: drawn, width, keys: destinations, named: format.shortRegion, parts: parts(), fill, marks: "mark-embodied", unit: drawn[0].unit, height: 26,
        reach: charts.stackReach(drawn, parts()), text: format.plain, title: (row) => `${format.region(row.key)}\nfrom ${format.region(row.part)}: ${format.plain(row.value)} ${row.unit}`}),
      legend: () => charts.legendOf(parts(), fill, format.shortRegion),
      summary: (drawn) => marks.extremes(drawn, (row) => `${row.part} in ${row.key}`, format.plain),
      columns: [{label: "Consumed in", name: "destination", get: (r) => r.key, show: format.region}, {label: "From", name: "origin", get: (r) => r.part, show: format.region}, ...valueColumns],
    };
  });

  levee.footprints = () => {
    const byRegion = levee.table("regions", "region", "account", "production", "consumption", "unit");
    const bilateral = levee.table("bilateral", "account", "origin", "destination", "value", "unit");
    if (levee.summary.kind !== "mrio" || !byRegion) return null;
    return levee.figuresOf(regions(byRegion), bilateral ? imports(bilateral) : null);
  };
});
