"use strict";
// The figures by which designs are compared: of one scenario, against its own reference.
levee.part(() => {
  const {scenarios} = levee;
  const {number} = scenarios;

  const versusReference = (scenario, ...path) => number(scenario, ...path) - number(scenarios.find(scenarios.referenceOf(scenario.name)), ...path);
  // A sum with a missing part is missing.
  const insideChange = (scenario, zone) => {
    const members = scenarios.members(zone);
    return members.length ? members.reduce((sum, region) => sum + versusReference(scenario, "emissions_mt", region), 0) : NaN;
  };
  const worldChange = (scenario) => versusReference(scenario, "emissions_mt", "world");
  // One member: its welfare; several: shown by region further down.
  const zoneWelfare = (scenario, zone) => (scenarios.members(zone).length === 1 ? number(scenario, "welfare_ev_percent", scenarios.members(zone)[0]) : NaN);

  // Sums of a column by scenario and zone; `instrument`, where the table tells instruments apart, picks one.
  const sumsOf = (name, column, instrument) => {
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

  levee.indicators = {
    insideChange, worldChange, zoneWelfare,
    outsideChange: (scenario, zone) => worldChange(scenario) - insideChange(scenario, zone),
    leakage: (scenario, zone) => number(scenario, "leakage_rate", zone),
    price: (scenario, zone) => number(scenario, "carbon_price", zone),
    covered: sumsOf("carbon_markets", "emissions"),
    carbonRevenue: sumsOf("carbon_markets", "revenue"),
    netRevenue: sumsOf("carbon_markets", "net_revenue"),
    cbamRevenue: (scenario, zone) => number(scenario, "cbam_revenue", zone),
    rebates: sumsOf("cbam", "revenue", "export rebate"),
  };
});
