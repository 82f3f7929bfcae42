"use strict";
// Whether the figures can be trusted: replication of the benchmark, Walras's law, residuals, the equations farthest off, effort.
levee.part(() => {
  const {el, format, scenarios, run} = levee;
  const {number} = scenarios;
  const records = new Map((run.scenarios || []).map((record) => [record.name, record]));
  const recorded = (scenario, key) => number(records.get(scenario.name), key);
  const small = (value) => (value === 0 ? "0" : format.missing(value) ? format.none : format.plain(value));

  const columnsOf = (rows) => [
    {label: "Scenario", name: "scenario", get: (s) => s.name},
    {label: "Status", name: "status", get: (s) => s.status, show: levee.badge},
    {label: "Solver", name: "backend", get: (s) => (s.solver || {}).backend},
    {label: "Iterations", name: "iterations", numeric: true, get: (s) => number(s, "solver", "iterations"), show: format.plain},
    {label: "Homotopy steps", name: "homotopy_steps", numeric: true, get: (s) => number(s, "solver", "homotopy_steps"), show: format.plain},
    {label: "Replication", name: "replication", numeric: true, get: (s) => recorded(s, "replication"), show: small},
    {label: "Largest residual", name: "residual", numeric: true, get: (s) => number(s, "solver", "residual"), show: small},
    {label: "Walras's law", name: "walras", numeric: true, get: (s) => Math.abs(number(s, "walras")), show: small},
    {label: "Unknowns", name: "unknowns", numeric: true, get: (s) => recorded(s, "unknowns"), show: format.plain},
    {label: "Solver, s", name: "solver_seconds", numeric: true, get: (s) => number(s, "solver", "seconds"), show: (v) => format.fixed(v, 2)},
    {label: "Total, s", name: "seconds", numeric: true, get: (s) => recorded(s, "seconds"), show: (v) => format.fixed(v, 2)},
    {label: "Memory, MiB", name: "peak_memory_mib", numeric: true, get: (s) => recorded(s, "peak_memory_mib"), show: (v) => format.fixed(v, 0)},
  ].filter((column) => !column.numeric || rows.some((row) => Number.isFinite(column.get(row))));

  const worst = (rows, figure) => d3.max(rows.filter(scenarios.solved), (s) => Math.abs(figure(s)));
  const stat = (label, value, note) => (value === undefined || !Number.isFinite(value) ? null : el("div", {class: "stat"}, el("dt", {}, label), el("dd", {}, el("span", {class: "figure"}, small(value)), el("span", {class: "note"}, note))));
  const stats = (rows) => [
    stat("Replication of the benchmark, worst", worst(rows, (s) => recorded(s, "replication")), "relative, before any solve; at most 1e−9"),
    stat("Residual of the equations, worst", worst(rows, (s) => number(s, "solver", "residual")), "recomputed after the solve"),
    stat("Walras's law, worst", worst(rows, (s) => number(s, "walras")), "the market not imposed, over world income"),
    stat("Iterations, most", worst(rows, (s) => number(s, "solver", "iterations")), `${rows.filter(scenarios.solved).length} of ${rows.length} scenarios solved`),
  ].filter(Boolean);

  // The equations farthest off, where a solve ended without an equilibrium.
  const farthest = (rows) => {
    const found = rows.flatMap((s) => ((s.solver || {}).worst || []).map((row) => ({scenario: s.name, ...row})));
    if (!found.length) return [];
    const table = levee.dataTable({caption: "Equations farthest off", hideCaption: true, rows: found, columns: [{label: "Scenario", name: "scenario", get: (r) => r.scenario},
      {label: "Equation", name: "equation", get: (r) => r.equation}, {label: "Residual", name: "residual", numeric: true, get: (r) => r.residual, show: small}]});
    return [el("h3", {}, "Equations farthest off"), table];
  };

  const channelRuns = () => {
    const table = levee.wholeTable("channel_runs", "Counterfactual runs behind the channels");
    return table ? el("div", {class: "card wide unwrapped"}, el("h3", {}, "Counterfactual runs behind the channels"),
      el("p", {class: "caption"}, "The channels of leakage are differences between these runs and the full one; rate is over the fall of emissions inside in the full run. Free fuels: extraction without a resource, whose price stays free where fuel prices are held."), table) : null;
  };

  levee.diagnostics = () => {
    const rows = scenarios.all;
    if (!rows.length) return null;
    const table = levee.dataTable({caption: "Solver diagnostics", hideCaption: true, columns: columnsOf(rows), rows});
    return el("div", {class: "stack"}, el("dl", {class: "stats"}, stats(rows)), el("div", {class: "card wide"}, el("h3", {}, "Each scenario"), el("p", {class: "caption"},
      "The residual is recomputed on the model's own equations after the solve; Walras's law is the excess demand of the market left out, relative to world income."),
    table, el("div", {class: "actions"}, levee.csv.button("Download CSV", "diagnostics.csv", () => table.csv())), ...farthest(rows)), channelRuns());
  };
});
