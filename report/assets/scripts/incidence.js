"use strict";
// Who pays: CBAM payments, lost exports and welfare by region or income group, as a share of GDP; and how much of the carbon cost reaches
// consumers, beside what a price model without substitution says.
levee.part(() => {
  const {format, scenarios, marks, charts} = levee;
  const {state} = scenarios;
  const capital = (text) => (text[0].toUpperCase() + text.slice(1)).replace(/^Cbam\b/, "CBAM");

  const burden = () => {
    const table = levee.table("incidence", "scenario", "zone", "level", "name", "component", "value", "percent_of_gdp");
    if (!table) return null;
    const levels = [["region", "by region"], ["group", "by income group"]].filter(([level]) => table.dictionary("level").includes(level));
    if (!levels.length) return null;
    const names = ["scenario", "zone", "level", "name", "component", "value", "percent_of_gdp"].concat(table.has("share") ? ["share"] : []);
    const all = d3.group(table.select(names), (row) => row.scenario, (row) => row.zone);
    const components = table.dictionary("component");
    const fill = (component) => marks.fill(components.indexOf(component));
    let level = levels[0][0];
    const given = (name) => (all.get(name)?.get(state.zone) || []).filter((row) => row.level === level);
    // What a design does not have, such as rebates, gets no panel.
    const has = (rows, component) => rows.some((row) => row.component === component && row.percent_of_gdp);
    const of = (name) => given(name).filter((row) => has(given(name), row.component))
      .map((row) => ({key: row.name, component: row.component, money: row.value, share: row.share, value: row.percent_of_gdp === null ? NaN : row.percent_of_gdp}));
    const show = (code) => (level === "region" ? format.region(code) : capital(code));
    const draw = (rows, width) => {
      // Regions in the order that they have everywhere on the page.
      const keys = d3.sort([...new Set(rows.map((row) => row.key))], (key) => scenarios.regions.indexOf(key));
      const label = (key) => (level !== "region" ? capital(key) : width >= 900 ? format.shortRegion(key) : key);
      const left = marks.margin(keys.map(label), width);
      const reach = scenarios.names().flatMap((name) => of(name).map((row) => row.value));
      const finite = marks.finite(rows);
      const shown = components.filter((component) => rows.some((row) => row.component === component));
      // Panels side by side, or where that is too narrow one below the other.
      const wide = width >= 600;
      const panel = wide ? "fx" : "fy";
      return marks.plot({
        width, height: (wide ? 1 : shown.length) * (keys.length * 22 + 30) + 84, marginTop: 26, marginLeft: left, marginRight: 8, color: {type: "identity"},
        [panel]: {domain: shown, label: null, axis: null, padding: wide ? 0.06 : 0.09}, x: {domain: marks.padded(reach, 0.05)}, y: {domain: keys, label: null, axis: null, padding: 0.22},
        marks: [marks.grid(wide ? width / 4 : width), marks.ticks("% of GDP", wide ? width / 4 : width),
          Plot.text(shown, {[panel]: (component) => component, text: capital, frameAnchor: "top-left", dy: -18, fontSize: 12.5, fontWeight: 650, fill: "var(--ink)"}),
          Plot.axisY(keys, {label: null, tickSize: 0, tickPadding: 8, fontSize: 12, tickFormat: label, lineWidth: (left - 10) / 12, ...(wide ? {} : {facetAnchor: null})}),
          Plot.barX(finite, {x: "value", y: "key", [panel]: "component", fill: (row) => fill(row.component), className: "mark-burden",
            ...charts.hint((row) => `${show(row.key)}\n${row.component}: ${format.money(row.money)}\n${format.percent(row.value, 3)} of GDP`)}), marks.zero()],
      });
    };
    const node = levee.figure({
      id: "incidence", title: "Who pays", wide: true, marks: "mark-burden", rows: () => of(state.design), draw,
      caption: () => `${scenarios.label(state.design)}: what is paid under the CBAM on goods of an origin, the change of the value of exports to ${state.zone}, and welfare (equivalent variation), all as % of the payer's GDP in the reference. Payments are positive; exports lost and welfare lost are left of zero. One scale for all designs shown.`,
      controls: [levee.localControl("Rows", levels, level, (value) => {
        level = value;
        node.update();
      })],
      summary: (rows) => marks.extremes(rows, (row) => `${row.component}, ${show(row.key)}`, (v) => `${format.percent(v, 3)} of GDP`),
      columns: [{label: "Who", name: "name", get: (r) => r.key, show}, {label: "Component", name: "component", get: (r) => r.component},
        {label: "Amount", name: "value", numeric: true, get: (r) => r.money, show: format.money},
        {label: "% of GDP", name: "percent_of_gdp", numeric: true, get: (r) => r.value, show: (v) => format.signed(v, 4)},
        {label: "Share of all, %", name: "share", numeric: true, get: (r) => r.share, show: (v) => format.fixed(100 * v, 1)}].filter((column) => column.name !== "share" || table.has("share")),
    });
    return node;
  };

  const models = {cge: {text: "this model", column: "cge_percent", colour: "var(--c1)", shape: "circle"}, leontief: {text: "Leontief price model", column: "leontief_percent", colour: "var(--c2)", shape: "diamond"}};
  const passThrough = () => {
    const table = levee.table("pass_through", "scenario", "zone", "region", "good", "cge_percent", "leontief_percent");
    if (!table) return null;
    const all = d3.group(table.select(["scenario", "zone", "region", "good", "cge_percent", "leontief_percent"]), (row) => row.scenario, (row) => row.zone);
    const regions = table.dictionary("region");
    let region = regions[0];
    const of = (name) => (all.get(name)?.get(state.zone) || []).filter((row) => row.region === region)
      .flatMap((row) => Object.entries(models).map(([part, {column}]) => ({key: row.good, part, value: row[column] === null ? NaN : row[column]})));
    const node = levee.figure({
      id: "pass-through", title: "Pass-through into consumer prices", wide: true, marks: "mark-pass", rows: () => of(state.design),
      caption: () => `${scenarios.label(state.design)}: change of consumer prices in ${format.shortRegion(region)} (${region}), %. The Leontief price model passes every cost on and lets nobody substitute; ` +
        "the distance between the two is what substitution, other producers' prices and factor incomes take up.",
      controls: [levee.localControl("Region", regions.map((code) => [code, format.region(code)]), region, (value) => {
        region = value;
        node.update();
      })],
      draw: (rows, width) => charts.dots({rows, width, keys: [...new Set(rows.map((row) => row.key))], named: format.shortSector, marks: "mark-pass", unit: "% change of consumer price", height: 24,
        reach: scenarios.names().flatMap((name) => of(name).map((row) => row.value)), series: (part) => models[part],
        title: (row) => `${format.sector(row.key)}\n${models[row.part].text}: ${format.percent(row.value, 2)}`}),
      legend: () => marks.legend(Object.values(models).map(({text, colour, shape}) => ({label: text, colour, shape}))),
      summary: (rows) => marks.extremes(rows, (row) => `${format.sector(row.key)}, ${models[row.part].text}`, format.percent),
      columns: [{label: "Good", name: "good", get: (r) => r.key, show: format.sector}, {label: "Model", name: "model", get: (r) => models[r.part].text},
        {label: "Change, %", name: "change_percent", numeric: true, get: (r) => r.value, show: (v) => format.signed(v, 3)}],
    });
    return node;
  };

  levee.incidence = () => levee.figuresOf(burden(), passThrough());
});
