"use strict";
// Emissions by region under the chosen design, and what moved them: scale, composition and technique.
levee.part(() => {
  const {format, scenarios, marks, charts} = levee;
  const {number, state} = scenarios;
  const label = (region) => (region === "world" ? "World" : region);

  const rowsOf = (design) => [...scenarios.regions, "world"].map((key) => {
    const before = number(scenarios.find(scenarios.referenceOf(design)), "emissions_mt", key);
    const value = number(scenarios.find(design), "emissions_mt", key) - before;
    return {key, before, value, percent: before > 0 ? 100 * value / before : NaN};
  });

  const changes = () => scenarios.names().some((name) => rowsOf(name).some((row) => Number.isFinite(row.value))) && levee.figure({
    id: "emissions", title: "Emissions by region", marks: "mark-emissions", rows: () => rowsOf(state.design),
    caption: () => `${scenarios.label(state.design)}: change against ${scenarios.label(scenarios.referenceOf(state.design))}, ${format.mass}.`,
    draw: (rows, width) => charts.bars({rows, width, keys: rows.map((row) => row.key), label, named: format.shortRegion, marks: "mark-emissions", unit: format.mass,
      fill: (row) => (row.key === "world" ? "var(--muted)" : row.value < 0 ? "var(--c1)" : "var(--c2)"),
      reach: scenarios.names().flatMap((name) => rowsOf(name).map((row) => row.value)), text: (row) => format.signed(row.value, 1),
      title: (row) => `${format.region(row.key)}\n${format.tonnes(row.value)} (${format.percent(row.percent, 1)})`}),
    summary: (rows) => marks.extremes(rows, (row) => format.region(row.key), format.tonnes),
    columns: [{label: "Region", name: "region", get: (r) => r.key, show: format.region},
      {label: `Reference, ${format.mass}`, name: "reference", numeric: true, get: (r) => r.before, show: (v) => format.fixed(v, 1)},
      {label: `Change, ${format.mass}`, name: "change", numeric: true, get: (r) => r.value, show: (v) => format.signed(v, 2)},
      {label: "Change, %", name: "change_percent", numeric: true, get: (r) => r.percent, show: (v) => format.signed(v, 2)}],
  });

  const effects = ["scale", "composition", "technique"];
  const decomposition = () => {
    const table = levee.table("decomposition", "scenario", "region", "stressor", ...effects);
    if (!table) return null;
    const stressors = table.dictionary("stressor");
    let stressor = stressors[0];
    const all = d3.group(table.select(["scenario", "region", "stressor", ...effects]), (row) => row.scenario);
    const of = (name) => (all.get(name) || []).filter((row) => row.stressor === stressor)
      .flatMap((row) => effects.map((part) => ({key: row.region, part, value: row[part] === null ? NaN : row[part]})));
    const fill = (part) => marks.fill(effects.indexOf(part));
    const node = levee.figure({
      id: "decomposition", title: "Scale, composition, technique", marks: "mark-effect", rows: () => of(state.design),
      caption: () => `${scenarios.label(state.design)}: the change of ${stressor} by region, ${format.mass}: scale (more or less of everything), composition (another mix of sectors) and technique (cleaner or dirtier production) add up to the change, which the line marks.`,
      controls: [levee.localControl("Stressor", stressors.map((name) => [name, name]), stressor, (value) => {
        stressor = value;
        node.update();
      })],
      draw: (rows, width) => charts.stacks({rows, width, keys: [...new Set(rows.map((row) => row.key))], label, named: format.shortRegion, parts: effects, fill, marks: "mark-effect", unit: format.mass, height: 26,
        reach: scenarios.names().flatMap((name) => charts.stackReach(of(name), effects)), text: (value) => format.signed(value, 1),
        title: (row) => `${format.region(row.key)}\n${row.part}: ${format.tonnes(row.value)}`}),
      legend: () => charts.legendOf(effects, fill),
      summary: (rows) => marks.extremes(rows, (row) => `${row.part} in ${format.region(row.key)}`, format.tonnes),
      columns: [{label: "Region", name: "region", get: (r) => r.key, show: format.region}, {label: "Effect", name: "effect", get: (r) => r.part},
        {label: `Change, ${format.mass}`, name: "change", numeric: true, get: (r) => r.value, show: (v) => format.signed(v, 3)}],
    });
    return node;
  };

  levee.emissions = () => levee.figuresOf(changes(), decomposition());
});
