"use strict";
// How the figures came about: solver diagnostics, assumptions, data, artefacts, treatments, glossary. What is not given is not shown.
(() => {
  const {el, format, scenarios, about, run} = levee;

  const diagnosticsColumns = (rows) => [
    {label: "Scenario", name: "scenario", get: (s) => s.name},
    {label: "Status", name: "status", get: (s) => s.status, show: levee.badge},
    {label: "Solver", name: "backend", get: (s) => (s.solver || {}).backend},
    {label: "Iterations", name: "iterations", numeric: true, get: (s) => scenarios.number(s, "solver", "iterations"), show: format.plain},
    {label: "Largest residual", name: "residual", numeric: true, get: (s) => scenarios.number(s, "solver", "residual"), show: format.plain},
    {label: "Walras's law", name: "walras", numeric: true, get: (s) => scenarios.number(s, "walras"), show: format.plain},
    {label: "Seconds", name: "seconds", numeric: true, get: (s) => scenarios.number(s, "solver", "seconds"), show: (v) => format.fixed(v, 2)},
  ].filter((column) => !column.numeric || rows.some((row) => Number.isFinite(column.get(row))));

  levee.diagnostics = () => {
    const rows = scenarios.all;
    if (!rows.length) return null;
    const table = levee.dataTable({caption: "Solver diagnostics", hideCaption: true, columns: diagnosticsColumns(rows), rows});
    return el("div", {class: "card wide"}, el("p", {class: "caption"},
      "The residual is recomputed on the model's own equations after the solve; Walras's law is the excess demand of the market left out, relative to world income."),
    table, el("div", {class: "actions"}, levee.csv.button("Download CSV", "diagnostics.csv", () => table.csv())));
  };

  const shown = (value) => (typeof value === "number" ? format.plain(value) : value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value));

  const list = (items) => el("ul", {}, items.map((item) => el("li", {}, shown(item))));
  const objectTable = (caption, items) => {
    const keys = [...new Set(items.flatMap((item) => Object.keys(item)))];
    const columns = keys.map((key) => ({label: format.spaced(key)[0].toUpperCase() + format.spaced(key).slice(1), name: key,
      numeric: items.every((item) => typeof item[key] === "number" || item[key] === undefined), get: (item) => item[key], show: shown}));
    return levee.dataTable({caption, hideCaption: true, columns, rows: items});
  };
  const content = (caption, value) => {
    if (typeof value === "string") return el("p", {}, value);
    if (!Array.isArray(value) || !value.length) return null;
    return value.every((item) => item && typeof item === "object") ? objectTable(caption, value) : list(value);
  };

  const parts = [["assumptions", "Assumptions"], ["sources", "Data sources and licences"], ["artefacts", "Known artefacts of the data"],
    ["treatments", "Treatments of the data"], ["warnings", "Notes on the data"], ["calibration", "Calibration"], ["glossary", "Glossary"]];
  const described = () => {
    const entries = Object.entries(about.scenarios || {}).filter(([, text]) => typeof text === "string");
    return entries.length ? [el("h3", {}, "The designs"), el("dl", {class: "terms"}, entries.flatMap(([name, text]) => [el("dt", {}, name), el("dd", {}, text)]))] : [];
  };

  levee.method = () => {
    const blocks = parts.flatMap(([key, title]) => {
      const body = content(title, about[key]);
      return body ? [el("h3", {id: key}, title), body] : [];
    });
    const all = [...described(), ...blocks];
    return all.length ? el("div", {class: "card wide prose"}, all) : null;
  };

  levee.subtitle = () => {
    const {study, dataset, reference, units = {}} = levee.summary;
    const year = units.price_year ? `${units.money || "money"} at ${units.price_year} prices` : units.money;
    return [study && `Study ${study}`, dataset && `dataset ${dataset}`, reference && `changes against ${reference}`, year].filter(Boolean).join(" · ");
  };
  levee.colophon = () => `Made by levee${run.version ? ` ${run.version}` : ""}. Every figure comes from this run's tables; the page is complete in itself and loads nothing from the network.`;
})();
