"use strict";
// What the page knows about the run: its scenarios (called designs on the page), zones and regions, which designs may be compared with
// which, and the reader's choice of a zone, of what is held, of the parameters and of one design.
levee.part(() => {
  const {summary, about, run} = levee;
  const scenarios = summary.scenarios || [];
  const byName = new Map(scenarios.map((scenario) => [scenario.name, scenario]));
  const find = (name) => byName.get(name);
  const reference = summary.reference;
  const number = (scenario, ...path) => {
    const value = path.reduce((at, key) => (at === null || at === undefined ? at : at[key]), scenario);
    return typeof value === "number" ? value : NaN;
  };

  // Each member of a sweep has a reference of its own: the tables say which in their last column.
  const references = new Map();
  for (const name of ["macro", "output", "emissions"]) {
    const table = levee.table(name, "scenario", "reference");
    if (!table) continue;
    const [of, against] = [table.column("scenario"), table.column("reference")];
    for (let row = 0; row < table.rows; ++row) references.set(of[row], against[row]);
    break;
  }
  const referenceOf = (name) => references.get(name) ?? find(name)?.reference ?? (find(name)?.base === undefined ? reference : undefined);
  const designs = scenarios.filter((scenario) => scenario.name !== reference && scenario.base !== reference && referenceOf(scenario.name) !== scenario.name);
  const solved = (scenario) => Boolean(scenario) && scenario.status === "solved";
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

  const state = {zone: zones[0]};

  // What a design holds in the zone. A scenario without a solution may not say so; then what it was asked to do tells.
  const asked = (scenario) => {
    const text = ((run.scenarios || []).find((record) => record.name === scenario.name) || {}).resolved || "";
    return /\bworld: true/.test(text) ? "world" : /\bcap:/.test(text) ? "cap" : "price";
  };
  const heldOf = (scenario) => (scenario.held ? scenario.held[state.zone] ?? "none" : asked(scenario));
  const groupNames = {price: "carbon price", cap: "zone's emissions", world: "world's emissions", none: "no carbon policy"};
  const groupKeys = Object.keys(groupNames);

  // Members of a sweep are shown one setting of its parameters at a time. What a sweep leaves alone belongs to every setting.
  const sweepOf = (scenario) => scenario.sweep || {};
  const within = (small, large) => Object.entries(small).every(([key, value]) => String(large[key]) === String(value));
  const sweeps = [...new Map(designs.map((s) => [JSON.stringify(sweepOf(s)), sweepOf(s)])).values()];
  // A setting says something about every key that may go with its own. Sweeps are compared by their sets of keys, which are few: there
  // may be thousands of sweeps.
  const keySets = [...new Map(sweeps.map((sweep) => [Object.keys(sweep).join("\n"), Object.keys(sweep)])).values()];
  const part = (sweep, wanted) => JSON.stringify(wanted.map((key) => String(sweep[key])));
  const contained = new Map(keySets.map((own) => {
    const wider = sweeps.filter((sweep) => Object.keys(sweep).length > own.length && own.every((key) => key in sweep));
    return [own.join("\n"), new Set(wider.map((sweep) => part(sweep, own)))];
  }));
  const settings = sweeps.filter((sweep) => Object.keys(sweep).length && !contained.get(Object.keys(sweep).join("\n")).has(part(sweep, Object.keys(sweep))));
  const settingText = (sweep) => Object.entries(sweep).map(([key, value]) => `${key.replace(/^parameters\./, "")} = ${value}`).join(", ");
  // The study's own setting: the middle of a list of numbers, the first of named variants.
  const usual = (key) => {
    const values = union([settings.map((sweep) => sweep[key])]).filter((value) => value !== undefined);
    const numeric = values.every((value) => Number.isFinite(Number(value)));
    return values[numeric ? Math.floor((values.length - 1) / 2) : 0];
  };
  const own = settings.findIndex((sweep) => Object.keys(sweep).every((key) => sweep[key] === usual(key)));
  state.setting = settings.length ? String(Math.max(0, own)) : "";
  const inSetting = (scenario) => !settings.length || within(sweepOf(scenario), settings[Number(state.setting)]);
  const visible = () => designs.filter(inSetting);

  const coveredTable = levee.table("carbon_markets", "scenario", "zone", "emissions");
  const covered = new Map(coveredTable ? coveredTable.select(["scenario", "zone", "emissions"]).map((row) => [`${row.scenario}\n${row.zone}`, row.emissions]) : []);
  const heldAmount = {
    cap: (scenario) => covered.get(`${scenario.name}\n${state.zone}`) ?? NaN,
    world: (scenario) => number(scenario, "emissions_mt", "world"),
  };
  const equal = (a, b) => Math.abs(a - b) <= 1e-6 * Math.abs(a);

  // Two designs measured against one reference differ in nothing but policy; so do those of several runs that a comparison puts into
  // one group. Any others may differ in data or parameters too.
  const compared = levee.table("comparison", "scenario", "group");
  const groupsOf = d3.rollup(compared ? compared.select(["scenario", "group"], (row) => row.group) : [], (rows) => new Set(rows.map((row) => row.group)), (row) => row.scenario);
  const inOneGroup = (a, b) => [...(groupsOf.get(a.name) || [])].some((name) => groupsOf.get(b.name)?.has(name));
  const sameWorld = (a, b) => referenceOf(a.name) === referenceOf(b.name) || inOneGroup(a, b);

  // The designs of a group, and those outside it whose emissions they hold: like is compared with like.
  const group = (key) => {
    const own = visible().filter((scenario) => heldOf(scenario) === key);
    const amount = heldAmount[key];
    const anchors = amount && own.length ? visible().filter((scenario) => !own.includes(scenario) && solved(scenario) &&
      own.some((other) => solved(other) && sameWorld(other, scenario) && equal(amount(other), amount(scenario)))) : [];
    return {key, name: groupNames[key], own, anchors, all: [...anchors, ...own]};
  };
  const groups = () => groupKeys.map(group).filter((found) => found.own.length);
  const shown = () => group(state.held).all;

  // Designs of one world with the same world emissions, the largest such set: nothing else may be ranked by the world's welfare.
  const rankable = () => {
    const candidates = group("world").all.filter(solved);
    const sets = candidates.map((one) => candidates.filter((other) => sameWorld(one, other) && equal(heldAmount.world(one), heldAmount.world(other))));
    const largest = sets.reduce((best, set) => (set.length > best.length ? set : best), []);
    return largest.length > 1 ? largest : [];
  };

  // A design keeps its family, and with it its colour, whatever it holds and whatever the parameters.
  const family = (scenario) => (scenario.base || scenario.name).replace(/_(cap|world)$/, "");
  const families = union(designs.map(family));
  // The name without the setting of the sweep, which the page states once.
  const label = (name) => (find(name) && settings.length && find(name).base) || name;

  // The page opens on a design with a border adjustment, where every chart has something to show.
  const charged = (scenario) => solved(scenario) && Object.values(scenario.cbam_revenue || {}).some((value) => value > 0);
  const settle = () => {
    const present = groups();
    if (!present.some((found) => found.key === state.held))
      state.held = (present.find((found) => found.key === "price") || present.reduce((a, b) => (b.own.length > a.own.length ? b : a), present[0] || {})).key;
    const all = shown();
    const before = find(state.design);
    const kin = before && all.filter((scenario) => family(scenario) === family(before));
    if (all.includes(before)) return;
    state.design = ((kin && (kin.find((s) => heldOf(s) === state.held) || kin[0])) || all.find(charged) || all.find(solved) || all[0] || {}).name;
  };
  settle();

  // With many settings the reader chooses the value of one key at a time. The setting shown is the one with that value that is nearest to
  // the one before. Keys that tell every setting apart by themselves (members of an ensemble) leave nothing to choose.
  const settingKeys = union(settings.map((sweep) => Object.keys(sweep))).filter((key) => new Set(settings.map((sweep) => sweep[key])).size > 1);
  const valuesOf = (key) => union([settings.map((sweep) => sweep[key])]).filter((value) => value !== undefined);
  const byKey = settings.length > 30 && settingKeys.length > 1 && settingKeys.every((key) => valuesOf(key).length < settings.length / 2);
  const nearest = (key, value) => {
    const now = settings[Number(state.setting)];
    const likeness = (sweep) => (String(sweep[key]) === value ? d3.sum(settingKeys, (other) => (sweep[other] === now[other] ? 1 : 0)) : -1);
    return String(d3.greatestIndex(settings, (a, b) => d3.ascending(likeness(a), likeness(b))));
  };

  const listeners = [];
  levee.scenarios = {
    all: scenarios, designs, solved, find, reference, referenceOf, regions, zones, members, state, number, equal,
    groups, group, groupNames, heldOf, rankable, shown, names: () => shown().map((scenario) => scenario.name),
    settings: settings.map(settingText), nearest, valuesOf, settingKeys: byKey ? settingKeys : [], sweepOf, within, setting: () => settings[Number(state.setting)] || {},
    family, families, label,
    onChange: (listener) => listeners.push(listener),
    choose: (key, value) => {
      state[key] = value;
      settle();
      listeners.forEach((listener) => listener(key));
    },
  };
});
