"use strict";
// Input-output accounts: production against consumption by region, and who emits for whose final demand.
levee.part(() => {
  const {format, marks, charts} = levee;
  const looks = {production: {colour: "var(--c1)", shape: "circle"}, consumption: {colour: "var(--c2)", shape: "diamond"}};

  // Large figures in a unit a thousand times larger.
  const inUnit = (all, unit) => {
    const large = d3.max(all, (row) => Math.abs(row.value ?? Math.max(row.production, row.consumption))) >= 1e4;
    const larger = unit === "kt" ? "Mt" : unit.startsWith("million ") ? unit.replace("million", "bn") : `thousand ${unit}`;
    return large ? {scale: 1e-3, name: larger} : {scale: 1, name: unit};
  };
  const capital = (text) => text[0].toUpperCase() + text.slice(1);

  levee.footprints = () => {
    const table = levee.table("regions", "region", "account", "production", "consumption", "unit");
    if (!table || levee.summary.kind !== "mrio") return null;
    const all = table.select(["region", "account", "production", "consumption", "unit"]);
    return levee.figuresOf(...table.dictionary("account").map((account, at) => {
      const own = all.filter((row) => row.account === account);
      const {scale, name: unit} = inUnit(own, own[0].unit);
      const rows = () => own.flatMap((row) => Object.keys(looks).map((part) => ({key: row.region, part, value: scale * row[part]})));
      const shown = (value) => `${format.plain(value)} ${unit}`;
      return levee.figure({
        id: `footprint-${at}`, title: `${capital(account)}: where it is produced and for whose demand`, wide: true, marks: `mark-footprint-${at}`, rows,
        caption: () => `By region, ${unit}. Production: what happens in the region. Consumption: what happens anywhere in the chains behind the region's final demand. Households' own included.`,
        draw: (drawn, width) => charts.dots({rows: drawn, width, keys: own.map((row) => row.region), named: format.shortRegion, marks: `mark-footprint-${at}`, unit, series: (part) => looks[part],
          reach: drawn.map((row) => row.value), title: (row) => `${format.region(row.key)}\n${row.part}: ${shown(row.value)}`}),
        legend: () => marks.legend(Object.entries(looks).map(([label, look]) => ({label, ...look}))),
        summary: (drawn) => marks.extremes(drawn, (row) => `${row.part} of ${row.key}`, shown),
        columns: [{label: "Region", name: "region", get: (r) => r.key, show: format.region}, {label: "Account", name: "account", get: (r) => r.part},
          {label: unit, name: "value", numeric: true, get: (r) => r.value, show: format.plain}],
      });
    }));
  };

  // Imports of each region by the region where they were emitted.
  levee.embodied = () => {
    const table = levee.table("embodied_trade", "account", "origin", "destination", "value", "unit");
    if (!table || levee.summary.kind !== "mrio") return null;
    const abroad = table.select(["account", "origin", "destination", "value", "unit"], (row) => row.origin !== row.destination);
    const regions = table.dictionary("destination");
    const accounts = table.dictionary("account");
    return levee.figuresOf(...accounts.map((account, at) => {
      const own = abroad.filter((row) => row.account === account);
      if (!own.length) return null;
      const summed = d3.flatRollup(own, (group) => d3.sum(group, (row) => row.value), (row) => row.destination, (row) => row.origin)
        .map(([key, part, value]) => ({key, part, value}));
      const {scale, name: unit} = inUnit(summed, own[0].unit);
      const sums = summed.map((row) => ({...row, value: scale * row.value}));
      // The largest origins have colours of their own, the rest share one.
      const largest = d3.sort(d3.flatRollup(sums, (group) => d3.sum(group, (row) => Math.abs(row.value)), (row) => row.part), ([, value]) => -value).slice(0, 7).map(([part]) => part);
      const rows = () => d3.flatRollup(sums, (group) => d3.sum(group, (row) => row.value), (row) => row.key, (row) => (largest.includes(row.part) ? row.part : "others"))
        .map(([key, part, value]) => ({key, part, value}));
      const parts = [...largest, "others"];
      const fill = (part) => marks.fill(parts.indexOf(part));
      return levee.figure({
        id: `embodied-${at}`, title: `${capital(account)} embodied in the imports of each region`, wide: true, marks: `mark-embodied-${at}`, rows,
        caption: () => `Behind the region's final demand, by the region where it happens, ${unit}.`,
        draw: (drawn, width) => charts.stacks({rows: drawn, width, keys: regions, named: format.shortRegion, parts, fill, marks: `mark-embodied-${at}`, unit, height: 26,
          reach: charts.stackReach(drawn, parts), text: format.plain, title: (row) => `${format.region(row.key)}\nfrom ${format.region(row.part)}: ${format.plain(row.value)} ${unit}`}),
        legend: () => charts.legendOf(parts, fill, format.shortRegion),
        summary: (drawn) => marks.extremes(drawn, (row) => `${row.part} in ${row.key}`, format.plain),
        columns: [{label: "Consumed in", name: "destination", get: (r) => r.key, show: format.region}, {label: "From", name: "origin", get: (r) => r.part, show: format.region},
          {label: unit, name: "value", numeric: true, get: (r) => r.value, show: format.plain}],
      });
    }));
  };
});
