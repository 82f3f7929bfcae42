"use strict";
// What the page knows about the run: its scenarios (called designs on the page), zones and regions, and the reader's selection of one.
(() => {
  const {summary, about} = levee;
  const scenarios = summary.scenarios || [];
  const find = (name) => scenarios.find((scenario) => scenario.name === name);
  const reference = summary.reference;

  // Each member of a sweep has a reference of its own: the tables say which in their last column.
  const references = new Map();
  for (const name of ["macro", "output", "emissions"]) {
    const table = levee.table(name, "scenario", "reference");
    if (!table) continue;
    const [of, against] = [table.column("scenario"), table.column("reference")];
    for (let row = 0; row < table.rows; ++row) references.set(of[row], against[row]);
    break;
  }
  const referenceOf = (name) => references.get(name) ?? (scenarios.find((s) => s.name === name)?.base === undefined ? reference : undefined);
  const designs = scenarios.filter((scenario) => scenario.name !== reference && scenario.base !== reference && referenceOf(scenario.name) !== scenario.name);
  const solved = (scenario) => scenario && scenario.status === "solved";
  const union = (lists) => [...new Set(lists.flat())];
  const keys = (field) => union(scenarios.map((scenario) => Object.keys(scenario[field] || {})));

  const regions = union([keys("emissions_mt"), keys("welfare_ev_percent")]).filter((region) => region !== "world");
  const zones = union([Object.keys(about.zones || {}), keys("leakage_rate"), keys("carbon_price")]);

  // Members as given; else the regions that do not export to the zone from outside it.
  const members = (zone) => {
    const given = (about.zones || {})[zone];
    if (given) return Array.isArray(given) ? given : given.regions || [];
    const origins = union(scenarios.map((scenario) => Object.keys(((scenario.exports_to_zone_percent || {})[zone]) || {})));
    return origins.length ? regions.filter((region) => !origins.includes(region)) : [];
  };

  // The page opens on a design with a border adjustment, where every chart has something to show.
  const charged = (scenario) => solved(scenario) && Object.values(scenario.cbam_revenue || {}).some((value) => value > 0);
  const first = designs.find(charged) || designs.find(solved) || designs[0] || {};
  const state = {zone: zones[0], design: first.name};
  const listeners = [];
  levee.scenarios = {
    all: scenarios, designs, solved, find, reference, referenceOf, regions, zones, members, state,
    names: designs.map((scenario) => scenario.name),
    number: (scenario, ...path) => {
      const value = path.reduce((at, key) => (at === null || at === undefined ? at : at[key]), scenario);
      return typeof value === "number" ? value : NaN;
    },
    onChange: (listener) => listeners.push(listener),
    choose: (key, value) => {
      state[key] = value;
      listeners.forEach((listener) => listener(key));
    },
  };
})();
