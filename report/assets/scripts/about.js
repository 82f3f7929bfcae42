"use strict";
// How the figures came about: designs as given, assumptions, closure, equations, data, treatments, inputs. What is not given is not shown.
levee.part(() => {
  const {el, format, about, run} = levee;
  const shown = (value) => (typeof value === "number" ? format.plain(value) : value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value));

  const list = (items) => el("ul", {}, items.map((item) => el("li", {}, shown(item))));
  const objectTable = (caption, items) => {
    const keys = [...new Set(items.flatMap((item) => Object.keys(item)))];
    const columns = keys.map((key) => ({label: format.spaced(key)[0].toUpperCase() + format.spaced(key).slice(1), name: key,
      numeric: items.every((item) => typeof item[key] === "number" || item[key] === undefined), get: (item) => item[key], show: shown}));
    return levee.dataTable({caption, hideCaption: true, columns, rows: items});
  };
  const content = (caption, value) => {
    if (typeof value === "string" && value) return el("p", {}, value);
    if (!Array.isArray(value) || !value.length) return null;
    return value.every((item) => item && typeof item === "object") ? objectTable(caption, value) : list(value);
  };

  // Families of equations: what each says, and one of them as the model holds it.
  const equations = () => {
    const families = (Array.isArray(about.equations) ? about.equations : []).filter((item) => item && item.family);
    return families.length ? el("div", {class: "equations"}, families.map(({family, statement, example}) =>
      el("details", {}, el("summary", {}, family), statement ? el("p", {}, statement) : null, example ? el("pre", {tabindex: "0"}, example) : null))) : null;
  };

  // What each scenario says once everything it extends is merged.
  const designs = () => {
    const given = (run.scenarios || []).filter((record) => typeof record.resolved === "string");
    const described = Object.entries(about.scenarios || {}).filter(([, text]) => typeof text === "string");
    if (!given.length && !described.length) return null;
    const words = described.length ? el("dl", {class: "terms"}, described.flatMap(([name, text]) => [el("dt", {}, name), el("dd", {}, text)])) : null;
    return el("div", {}, described.length > 20 ? el("details", {}, el("summary", {}, `${described.length} scenarios, in words`), words) : words,
      given.length ? el("details", {}, el("summary", {}, "As resolved from the study (YAML)"),
        el("dl", {class: "terms code"}, given.flatMap(({name, resolved}) => [el("dt", {}, name), el("dd", {}, el("code", {}, resolved))]))) : null);
  };
  // Codes of regions or sectors and what they stand for.
  const codes = (caption, names) => {
    const rows = Object.entries(names || {}).filter(([, name]) => typeof name === "string").map(([code, name]) => ({code, name}));
    return rows.length ? el("details", {}, el("summary", {}, `${rows.length} codes and their names`), objectTable(caption, rows)) : null;
  };
  const inputs = () => (Array.isArray(run.inputs) && run.inputs.length ? el("details", {}, el("summary", {}, `${run.inputs.length} files, with their SHA-256`), objectTable("Inputs", run.inputs)) : null);

  const plain = (key, title) => [key, title, () => content(title, about[key])];
  const parts = [["designs", "The designs", designs], plain("assumptions", "Assumptions"), plain("closure", "Closure"), ["equations", "Equations in use", equations], plain("sources", "Data sources and licences"),
    plain("stressors", "Stressors, and how far to trust them"), plain("artefacts", "Known artefacts of the data"), plain("treatments", "Treatments of the data"), plain("warnings", "Notes on the data"), plain("calibration", "Calibration"),
    ["inputs", "Files read", inputs], ["regions", "Regions", () => codes("Regions", about.regions)], ["sectors", "Sectors", () => codes("Sectors", about.sectors)], plain("glossary", "Glossary")];

  levee.method = () => {
    const blocks = parts.flatMap(([key, title, make]) => {
      const body = make();
      return body ? [el("h3", {id: `method-${key}`}, title), body] : [];
    });
    return blocks.length ? el("div", {class: "card wide prose"}, blocks) : null;
  };

  levee.subtitle = () => {
    const {study, dataset, reference, units = {}} = levee.summary;
    const year = units.price_year ? `${units.money || "money"} at ${units.price_year} prices` : units.money;
    const {base} = levee.summary;
    return [study && `Study ${study}`, dataset && `dataset ${dataset}`, reference && `changes against ${reference}`, base && `differences to ${base}`, year].filter(Boolean).join(" · ");
  };
  levee.colophon = () => `Made by levee${run.version ? ` ${run.version}` : ""}. Every figure comes from the tables beside this page; the page is complete in itself and loads nothing from the network.`;
});
