"use strict";
// The cards on top and the table that compares the designs.
(() => {
  const {el, format, scenarios, marks} = levee;
  const {number, solved} = scenarios;

  const versusReference = (scenario, ...path) => number(scenario, ...path) - number(scenarios.find(scenarios.referenceOf(scenario.name)), ...path);
  const membersOrZone = (zone) => scenarios.members(zone);
  // A sum with a missing part is missing.
  const sumOver = (regions, figure) => regions.reduce((sum, region) => sum + figure(region), 0);
  const insideChange = (scenario, zone) =>
    membersOrZone(zone).length ? sumOver(membersOrZone(zone), (region) => versusReference(scenario, "emissions_mt", region)) : NaN;
  const worldChange = (scenario) => versusReference(scenario, "emissions_mt", "world");
  // One member: its welfare; several: shown by region further down.
  const zoneWelfare = (scenario, zone) =>
    membersOrZone(zone).length === 1 ? number(scenario, "welfare_ev_percent", membersOrZone(zone)[0]) : NaN;

  // Sums of a column by scenario and zone; `instrument`, where the table tells instruments apart, picks one.
  const revenueOf = (name, column, instrument) => {
    const sums = new Map();
    const table = levee.table(name, "scenario", "zone", column);
    if (!table || (instrument && !table.has("instrument"))) return () => NaN;
    const names = ["scenario", "zone", column].concat(instrument ? ["instrument"] : []);
    for (const row of table.select(names, (item) => !instrument || item.instrument === instrument)) {
      const key = `${row.scenario}\n${row.zone}`;
      if (Number.isFinite(row[column])) sums.set(key, (sums.get(key) || 0) + row[column]);
    }
    return (scenario, zone) => (sums.has(`${scenario.name}\n${zone}`) ? sums.get(`${scenario.name}\n${zone}`) : NaN);
  };
  const carbonRevenue = revenueOf("carbon_markets", "revenue");
  const netRevenue = revenueOf("carbon_markets", "net_revenue");
  const rebates = revenueOf("cbam", "revenue", "export rebate");
  const cbamRevenue = (scenario, zone) => number(scenario, "cbam_revenue", zone);

  levee.indicators = {versusReference, insideChange, worldChange, zoneWelfare, carbonRevenue, netRevenue, cbamRevenue, rebates};

  const card = (label, figure, note) =>
    el("div", {class: "stat"}, el("dt", {}, label), el("dd", {}, el("span", {class: "figure"}, figure), el("span", {class: "note"}, note)));

  const best = (figure, pick) => {
    const rows = scenarios.designs.filter(solved).map((s) => ({name: s.name, value: figure(s)})).filter((row) => Number.isFinite(row.value));
    return rows.length ? pick(rows, (row) => row.value) : undefined;
  };

  const cards = (zone) => {
    const leakage = (s) => number(s, "leakage_rate", zone);
    const out = [];
    const add = (label, row, show) => { if (row) out.push(card(label, show(row.value), row.name)); };
    add("Lowest leakage rate", best(leakage, d3.least), format.share);
    add("Highest leakage rate", best(leakage, d3.greatest), format.share);
    add("Largest fall in world emissions", best(worldChange, d3.least), format.tonnes);
    const welfare = (where, row) => { if (row) add(`${where}: ${row.value < 0 ? "smallest loss" : "largest gain"} of welfare`, row, format.percent); };
    welfare(zone, best((s) => zoneWelfare(s, zone), d3.greatest));
    // The world's welfare gets no card: designs that hold the price are not at equal effort, so it is not to be ranked.
    const charge = best((s) => cbamRevenue(s, zone), d3.greatest);
    if (charge && charge.value > 0) add("Most CBAM revenue", charge, format.money);
    return out;
  };

  const badge = (status) => el("span", {class: `badge ${status === "solved" ? "good" : "bad"}`}, status === "solved" ? "✓ solved" : `✗ ${status}`);
  levee.badge = badge;

  const column = (label, name, get, show) => ({label, name, numeric: true, get, show});
  const hasAny = (rows) => (item) => !item.numeric || rows.some((row) => Number.isFinite(item.get(row)));

  const comparison = (zone) => {
    const rows = scenarios.designs;
    const columns = [
      {label: "Design", name: "design", get: (s) => s.name, show: (name) => el("span", {title: format.describe(name)}, name)},
      {label: "Status", name: "status", get: (s) => s.status, show: badge},
      column(`Carbon price, ${format.currency}/t`, "carbon_price", (s) => number(s, "carbon_price", zone), (v) => format.fixed(v, 1)),
      column("Leakage rate, %", "leakage_rate", (s) => number(s, "leakage_rate", zone), (v) => format.fixed(100 * v, 1)),
      column(`Emissions in ${zone}, ${format.mass}`, "emissions_change_zone", (s) => insideChange(s, zone), (v) => format.signed(v, 1)),
      column(`Emissions outside, ${format.mass}`, "emissions_change_outside", (s) => worldChange(s) - insideChange(s, zone), (v) => format.signed(v, 1)),
      column(`World emissions, ${format.mass}`, "emissions_change_world", worldChange, (v) => format.signed(v, 1)),
      column(`Welfare in ${zone}, EV %`, "welfare_zone_percent", (s) => zoneWelfare(s, zone), (v) => format.signed(v, 3)),
      column("World welfare, EV %", "welfare_world_percent", (s) => number(s, "welfare_ev_percent", "world"), (v) => format.signed(v, 3)),
      column(`Carbon revenue, ${format.moneyUnit}`, "carbon_revenue", (s) => carbonRevenue(s, zone), (v) => format.fixed(v * format.moneyScale, 1)),
      column(`Net of free allocation, ${format.moneyUnit}`, "net_carbon_revenue", (s) => netRevenue(s, zone), (v) => format.fixed(v * format.moneyScale, 1)),
      column(`CBAM revenue, ${format.moneyUnit}`, "cbam_revenue", (s) => cbamRevenue(s, zone), (v) => format.fixed(v * format.moneyScale, 2)),
    ].filter(hasAny(rows));
    const title = `Designs compared, zone ${zone}: changes against ${scenarios.reference}`;
    const table = levee.dataTable({caption: title, hideCaption: true, columns, rows});
    return el("div", {class: "card wide"}, el("h3", {class: "tabletitle"}, title), table, el("div", {class: "actions"}, levee.csv.button("Download CSV", "designs.csv", () => table.csv())));
  };

  const warningOf = (failed) => el("p", {class: "notice", role: "note"},
    `No equilibrium was found for ${failed.map((s) => `${s.name} (${s.status})`).join(", ")}: figures that need it are left out.`);

  levee.headline = () => {
    if (!scenarios.all.length) return null;
    const stats = el("dl", {class: "stats"});
    const table = el("div");
    const draw = () => {
      const zone = scenarios.state.zone;
      stats.replaceChildren(...cards(zone));
      table.replaceChildren(comparison(zone));
    };
    const failed = scenarios.all.filter((s) => !solved(s));
    const warning = failed.length ? warningOf(failed) : null;
    if (!scenarios.designs.length || !scenarios.zones.length) return warning;
    draw();
    scenarios.onChange((key) => { if (key === "zone") draw(); });
    const control = levee.zoneControl();
    return el("div", {}, warning, control ? el("div", {class: "controls"}, control) : null, stats, table);
  };
})();
