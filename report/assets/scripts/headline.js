"use strict";
// The answer on top: what the chosen designs have in common, in words; cards; and the table that compares them.
levee.part(() => {
  const {el, format, scenarios, indicators} = levee;
  const {number, solved, state} = scenarios;

  const listed = (names) => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`);
  const range = (values, show) => {
    const [low, high] = d3.extent(values.filter(Number.isFinite));
    return low === undefined ? "" : show(low) === show(high) ? show(low) : `${show(low)} to ${show(high)}`;
  };
  const price = (value) => `${format.fixed(value, 0)} ${format.currency}/t`;

  // What is alike in the designs shown, and what therefore may be compared.
  const common = {
    price: (group, zone) => {
      const found = range(group.own.map((s) => indicators.price(s, zone)), price);
      if (group.own.length === 1) return [`${scenarios.label(group.own[0].name)} is the only design that holds the carbon price${found ? ` (${found})` : ""}: there is no other to compare it with.`];
      return [`These ${group.own.length} designs hold the carbon price${found ? ` (${found})` : ""}. They cut emissions by different amounts, so a lower leakage rate is not by itself ` +
        "a better design, and the world's welfare is not ranked across them."];
    },
    cap: (group, zone) => [`These designs hold the covered emissions of ${zone}${group.anchors.length ? `, as in ${listed(group.anchors.map((s) => scenarios.label(s.name)))}` : ""}; ` +
      `the carbon price follows (${range(group.all.map((s) => indicators.price(s, zone)), price)}). World emissions still differ, so the world's welfare is not ranked across them.`],
    world: (group) => [`These designs reach the same world emissions${group.anchors.length ? ` as ${listed(group.anchors.map((s) => scenarios.label(s.name)))}` : ""} ` +
      `(${range(group.all.map((s) => number(s, "emissions_mt", "world")), (v) => `${format.fixed(v, 0)} ${format.mass}`)}): equal effort for the climate, so the world's welfare may be ranked.`],
    none: () => ["These designs have no carbon policy in this zone."],
  };

  const ranking = () => d3.sort(scenarios.rankable(), (s) => -number(s, "welfare_ev_percent", "world"));
  const rankingWords = () => {
    const order = ranking();
    return order.length ? `World welfare at equal world emissions, best first: ${order.map((s) => `${scenarios.label(s.name)} (${format.percent(number(s, "welfare_ev_percent", "world"), 4)})`).join(", ")}.` : null;
  };

  const card = (label, figure, note) =>
    el("div", {class: "stat"}, el("dt", {}, label), el("dd", {}, el("span", {class: "figure"}, figure), el("span", {class: "note"}, note)));

  const cards = (group, zone) => {
    const out = [];
    const add = (label, figure, pick, show, when = () => true) => {
      const rows = group.all.filter(solved).map((s) => ({name: scenarios.label(s.name), value: figure(s)})).filter((row) => Number.isFinite(row.value));
      const row = rows.length ? pick(rows, (item) => item.value) : undefined;
      if (row && when(row.value)) out.push(card(typeof label === "function" ? label(row.value) : label, show(row.value), row.name));
    };
    if (group.all.length === 1) {
      add("Leakage rate", (s) => indicators.leakage(s, zone), d3.least, format.share);
      add("Change of world emissions", indicators.worldChange, d3.least, format.tonnes);
      add(`Welfare in ${zone}`, (s) => indicators.zoneWelfare(s, zone), d3.least, format.percent);
      add("CBAM revenue", (s) => indicators.cbamRevenue(s, zone), d3.least, format.money, (value) => value > 0);
      return out;
    }
    add("Lowest leakage rate", (s) => indicators.leakage(s, zone), d3.least, format.share);
    add("Highest leakage rate", (s) => indicators.leakage(s, zone), d3.greatest, format.share);
    if (group.key === "cap" || group.key === "world") add("Highest carbon price needed", (s) => indicators.price(s, zone), d3.greatest, price);
    if (group.key !== "world") add("Largest fall in world emissions", indicators.worldChange, d3.least, format.tonnes);
    add((value) => `Welfare in ${zone}: ${value < 0 ? "smallest loss" : "largest gain"}`, (s) => indicators.zoneWelfare(s, zone), d3.greatest, format.percent);
    const best = group.key === "world" ? ranking()[0] : undefined;
    if (best) out.push(card("World welfare at equal emissions: best", format.percent(number(best, "welfare_ev_percent", "world"), 3), scenarios.label(best.name)));
    add("Most CBAM revenue", (s) => indicators.cbamRevenue(s, zone), d3.greatest, format.money, (value) => value > 0);
    return out;
  };

  // What the designs shown do, in words, where the run says so.
  const explained = (group) => {
    const told = group.all.map((s) => [scenarios.label(s.name), format.describe(s.name)]).filter(([, text]) => text);
    return told.length ? el("details", {class: "what"}, el("summary", {}, "What each design does"),
      el("dl", {class: "terms"}, told.flatMap(([name, text]) => [el("dt", {}, name), el("dd", {}, text)]))) : null;
  };

  const badge = (status) => el("span", {class: `badge ${status === "solved" ? "good" : "bad"}`}, status === "solved" ? "✓ solved" : `✗ ${status}`);
  levee.badge = badge;

  const column = (label, name, get, show) => ({label, name, numeric: true, get, show});
  const comparison = (group, zone) => {
    const rows = group.all;
    const of = (figure) => (s) => figure(s, zone);
    const columns = [
      {label: "Design", name: "design", get: (s) => s.name, show: (name) => el("span", {title: format.describe(name)}, scenarios.label(name))},
      {label: "Status", name: "status", get: (s) => s.status, show: badge},
      column(`Carbon price, ${format.currency}/t`, "carbon_price", of(indicators.price), (v) => format.fixed(v, 1)),
      column("Leakage rate, %", "leakage_rate", of(indicators.leakage), (v) => format.fixed(100 * v, 1)),
      column(`Emissions in ${zone}, ${format.mass}`, "emissions_change_zone", of(indicators.insideChange), (v) => format.signed(v, 1)),
      column(`Emissions outside, ${format.mass}`, "emissions_change_outside", of(indicators.outsideChange), (v) => format.signed(v, 1)),
      column(`World emissions, ${format.mass}`, "emissions_change_world", indicators.worldChange, (v) => format.signed(v, 1)),
      column(`Welfare in ${zone}, EV %`, "welfare_zone_percent", of(indicators.zoneWelfare), (v) => format.signed(v, 3)),
      // A column that sorts is a ranking: the world's welfare is there only where it may be ranked.
      group.key === "world" ? column("World welfare, EV %", "welfare_world_percent",
        (s) => (scenarios.rankable().includes(s) ? number(s, "welfare_ev_percent", "world") : NaN), (v) => format.signed(v, 3)) : null,
      column(`Carbon revenue, ${format.moneyUnit}`, "carbon_revenue", of(indicators.carbonRevenue), (v) => format.fixed(v * format.moneyScale, 1)),
      column(`Net of free allocation, ${format.moneyUnit}`, "net_carbon_revenue", of(indicators.netRevenue), (v) => format.fixed(v * format.moneyScale, 1)),
      column(`CBAM revenue, ${format.moneyUnit}`, "cbam_revenue", of(indicators.cbamRevenue), (v) => format.fixed(v * format.moneyScale, 2)),
    ].filter((item) => item && (!item.numeric || rows.some((row) => Number.isFinite(item.get(row)))));
    const title = `Designs that hold the ${scenarios.groupNames[group.key]}, compared`;
    const table = levee.dataTable({caption: title, hideCaption: true, columns, rows});
    return el("div", {class: "card wide"}, el("h3", {}, title), el("p", {class: "caption"}, `Changes against ${scenarios.settings.length ? "the reference of the same parameters" : scenarios.reference}.`),
      table, el("div", {class: "actions"}, levee.csv.button("Download CSV", `designs-${group.key}.csv`, () => table.csv())));
  };

  const namedInWarning = 10;
  const warningOf = (failed) => el("p", {class: "notice", role: "note"},
    `No equilibrium was found for ${failed.slice(0, namedInWarning).map((s) => `${s.name} (${s.status})`).join(", ")}${failed.length > namedInWarning ? ` and ${failed.length - namedInWarning} more` : ""}: figures that need it are left out.`);

  levee.headline = () => {
    if (!scenarios.all.length) return null;
    const failed = scenarios.all.filter((s) => !solved(s));
    const warning = failed.length ? warningOf(failed) : null;
    if (!scenarios.designs.length || !scenarios.zones.length) return warning;
    const words = el("p", {class: "lead", "aria-live": "polite"});
    const rank = el("p", {class: "lead"});
    const what = el("div");
    const stats = el("dl", {class: "stats"});
    const table = el("div");
    const draw = () => {
      const group = scenarios.group(state.held);
      words.replaceChildren(...common[group.key](group, state.zone));
      rank.replaceChildren(...(group.key === "world" ? [rankingWords()].filter(Boolean) : []));
      what.replaceChildren(...[explained(group)].filter(Boolean));
      stats.replaceChildren(...cards(group, state.zone));
      table.replaceChildren(comparison(group, state.zone));
    };
    draw();
    scenarios.onChange((key) => { if (key !== "design") draw(); });
    return el("div", {class: "stack"}, warning, words, rank, stats, what, levee.leakageByDesign(), levee.worldWelfare(), table);
  };
});
