"use strict";
// A study with sweeps: leakage against each parameter swept, a line a design; the other parameters as chosen for the page.
levee.part(() => {
  const {format, scenarios, marks, charts} = levee;
  const {state, number, sweepOf} = scenarios;
  const keyName = (key) => key.replace(/^parameters\./, "");

  // Factors such as 0.5, 1, 2 are evenly apart on a logarithmic scale. Some room at both ends.
  const scaleOf = (values) => {
    const [low, high] = d3.extent(values);
    const logarithmic = low > 0 && high / low >= 4;
    const room = logarithmic ? (high / low) ** 0.08 : (high - low || 1) * 0.08;
    return logarithmic ? {type: "log", domain: [low / room, high * room]} : {domain: [low - room, high + room]};
  };

  const panel = (key) => {
    const members = scenarios.designs.filter((s) => key in sweepOf(s));
    const values = [...new Set(members.map((s) => String(sweepOf(s)[key])))];
    const numeric = values.every((value) => value.trim() !== "" && Number.isFinite(Number(value)));
    const others = (s) => Object.fromEntries(Object.entries(sweepOf(s)).filter(([name]) => name !== key));
    const rowsOf = () => members.filter((s) => scenarios.heldOf(s) === state.held && scenarios.within(others(s), scenarios.setting()))
      .map((s) => ({name: s.name, design: s.base || s.name, at: numeric ? Number(sweepOf(s)[key]) : String(sweepOf(s)[key]), value: number(s, "leakage_rate", state.zone)}));
    const look = (row) => marks.key(row.name);
    const draw = (rows, width) => {
      const shown = marks.finite(rows).map((row) => ({...row, percent: 100 * row.value}));
      const sorted = numeric ? d3.sort(shown, (row) => row.at) : shown;
      // Lines join numbers only: between two variants there is nothing.
      const lines = numeric ? [...d3.group(sorted, (row) => row.design).values()].map((own) =>
        Plot.line(own, {x: "at", y: "percent", stroke: look(own[0]).colour, strokeWidth: 2, strokeDasharray: look(own[0]).dash})) : [];
      const [low, high] = marks.padded(sorted.map((row) => row.percent), 0.06);
      return marks.plot({
        width, height: 330, marginLeft: 46, marginTop: 26, marginRight: 20, color: {type: "identity"}, symbol: {type: "identity"},
        x: {label: null, ...(numeric ? scaleOf(sorted.map((row) => row.at)) : {type: "point", domain: values, padding: 0.5})},
        y: {domain: [low, high]},
        marks: [Plot.gridY({stroke: "var(--grid)", strokeOpacity: 1}), Plot.axisY({label: "leakage rate, %", labelArrow: "none", labelAnchor: "top", fontSize: 12, tickSize: 0, ticks: 6}),
          Plot.axisX({label: keyName(key), labelArrow: "none", labelAnchor: "center", labelOffset: 44, fontSize: 12, tickSize: 0,
            ...(numeric ? {ticks: [...new Set(sorted.map((row) => row.at))], tickFormat: (value) => format.plain(value)} : {tickFormat: format.spaced, lineWidth: width / values.length / 13})}),
          Plot.ruleY([0], {stroke: "var(--axis)"}), ...lines,
          Plot.dot(sorted, {x: "at", y: "percent", fill: (row) => look(row).colour, symbol: (row) => look(row).shape, r: 5.5, stroke: "var(--surface)", strokeWidth: 0.8, className: "mark-sensitivity",
            ...charts.hint((row) => `${row.design}\n${keyName(key)} = ${row.at}\nleakage rate: ${format.share(row.value, 2)}`)})],
      });
    };
    return levee.figure({
      id: `sensitivity-${key.replace(/[^A-Za-z0-9]+/g, "-")}`, title: `Leakage against ${keyName(key)}`, wide: true, marks: "mark-sensitivity", rows: rowsOf, draw,
      caption: () => `Leakage rate of ${state.zone} by value of ${keyName(key)}; designs that hold the ${scenarios.groupNames[state.held]}.${key.startsWith("parameters.scale.") ? " A scale multiplies what the dataset says: 1 leaves it as it is." : ""}`,
      empty: () => `No design that holds the ${scenarios.groupNames[state.held]} is swept over ${keyName(key)}.`,
      legend: (rows) => marks.designLegend([...new Map(rows.map((row) => [row.design, row.name])).values()]),
      summary: (rows) => marks.extremes(rows, (row) => `${row.design} at ${row.at}`, format.share),
      columns: [{label: "Design", name: "design", get: (r) => r.design}, {label: keyName(key), name: "value", numeric, get: (r) => r.at, show: numeric ? format.plain : undefined},
        {label: "Leakage rate", name: "leakage_rate", numeric: true, get: (r) => r.value, show: (v) => format.share(v, 2)}],
    });
  };

  levee.sensitivity = () => {
    if (!scenarios.zones.length) return null;
    const keys = [...new Set(scenarios.designs.flatMap((s) => Object.keys(sweepOf(s))))];
    return levee.figuresOf(...keys.map(panel));
  };
});
