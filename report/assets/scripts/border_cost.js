"use strict";
// Border costs of firms: their path over the years, how a year's charge comes about, what is left, what green supply does.
levee.part(() => {
  const {format, marks, charts} = levee;
  levee.borderCost = () => null;
  if (levee.summary.kind !== "cost") return;
  const firms = levee.summary.firms;
  const labels = new Map(firms.map((firm) => [firm.name, firm.label]));
  const label = (name) => labels.get(name) || name;
  const shapes = ["circle", "square", "triangle", "diamond", "star", "cross", "wye"];
  const looks = new Map(firms.map(({name}, at) => [name, {colour: marks.palette[at % 8], shape: shapes[(at + Math.floor(at / 8)) % 7]}]));
  const readings = levee.summary.readings;
  const years = levee.summary.years;
  const unitsOf = (rows) => [...new Set(rows.map((row) => row.unit))].join(" or ");
  const shown = (row) => `${format.plain(row.value)} ${row.unit}`;
  const valueColumns = [{label: "Value", name: "value", numeric: true, get: (r) => r.value, show: format.plain}, {label: "Unit", name: "unit", get: (r) => r.unit}];
  const firmColumn = {label: "Firm", name: "firm", get: (r) => r.key, show: label};
  const yearColumn = {label: "Year", name: "year", numeric: true, get: (r) => r.year, show: String};

  // A figure with choices of its own. `choices`: [key, label, options, first].
  const chosen = (choices, make) => {
    const choice = Object.fromEntries(choices.map(([key, , , first]) => [key, first]));
    const controls = choices.map(([key, text, options]) => levee.localControl(text, options, choice[key], (value) => {
      choice[key] = value;
      node.update();
    }));
    const node = levee.figure({...make(choice), controls, wide: true});
    return node;
  };
  const byReading = ["reading", "Reading", readings.map((name) => [name, name]), readings[0]];
  const byYear = ["year", "Year", years.map((year) => [String(year), String(year)]), String(years[0])];

  // Lines over a number, a series a firm.
  const lines = (rows, width, {at, atLabel, atFormat, className, ticks, title}) => {
    const sorted = d3.sort(marks.finite(rows), (row) => row[at]);
    const [low, high] = marks.padded(sorted.map((row) => row.value), 0.06);
    const of = (row) => looks.get(row.key);
    return marks.plot({
      width, height: 360, marginLeft: 64, marginTop: 28, marginRight: 20, color: {type: "identity"}, symbol: {type: "identity"},
      x: {label: null, domain: d3.extent(sorted, (row) => row[at]), inset: 14}, y: {domain: [low, high]},
      marks: [Plot.gridY({stroke: "var(--grid)", strokeOpacity: 1}), Plot.axisY({label: unitsOf(sorted), labelArrow: "none", labelAnchor: "top", fontSize: 12, tickSize: 0, ticks: 6}),
        Plot.axisX({label: atLabel, labelArrow: "none", labelAnchor: "center", labelOffset: 42, fontSize: 12, tickSize: 0, ticks, tickFormat: atFormat}),
        Plot.ruleY([0], {stroke: "var(--axis)"}),
        ...[...d3.group(sorted, (row) => row.key).values()].map((own) => Plot.line(own, {x: at, y: "value", stroke: of(own[0]).colour, strokeWidth: 2})),
        Plot.dot(sorted, {x: at, y: "value", fill: (row) => of(row).colour, symbol: (row) => of(row).shape, r: 4.5, stroke: "var(--surface)", strokeWidth: 0.8, className, ...charts.hint(title)})],
    });
  };
  const firmLegend = (rows) => marks.legend([...new Set(marks.finite(rows).map((row) => row.key))].map((name) => ({label: label(name), ...looks.get(name)})));

  const quantities = [["charge", "charge"], ["ad_valorem", "charge as a share of the price"], ["net_emissions", "net emissions charged"], ["profit", "profit"], ["cost", "cost with the charge"], ["total_charge", "total charge a year"]];

  const path = (table) => {
    const all = table.select(["reading", "firm", "year", "quantity", "value", "unit"]);
    const present = quantities.filter(([name]) => all.some((row) => row.quantity === name && Number.isFinite(row.value)));
    return chosen([byReading, ["quantity", "Show", present, "charge"]], (choice) => ({
      id: "cost-path", title: "Year by year", marks: "mark-cost-path",
      rows: () => all.filter((row) => row.reading === choice.reading && row.quantity === choice.quantity).map((row) => ({key: row.firm, year: row.year, value: row.value ?? NaN, unit: row.unit})),
      caption: (rows) => `${new Map(quantities).get(choice.quantity)}, ${unitsOf(rows)}, by the reading '${choice.reading}'. Free allocation leaves as the charge is phased in.`,
      draw: (rows, width) => lines(rows, width, {at: "year", atLabel: null, atFormat: String, ticks: years, className: "mark-cost-path", title: (row) => `${label(row.key)}, ${row.year}: ${shown(row)}`}),
      legend: firmLegend, summary: (rows) => marks.extremes(rows, (row) => `${label(row.key)} in ${row.year}`, format.plain),
      columns: [firmColumn, yearColumn, ...valueColumns],
    }));
  };

  // A year's rows as one object a firm.
  const wide = (table) => {
    const all = table.select(["reading", "firm", "year", "quantity", "value", "unit"]);
    const found = new Map(all.map((row) => [`${row.reading}\n${row.firm}\n${row.year}\n${row.quantity}`, row]));
    return (choice, firm, quantity) => found.get(`${choice.reading}\n${firm}\n${choice.year}\n${quantity}`) || {value: NaN, unit: ""};
  };

  const emissions = (table) => {
    const of = wide(table);
    const parts = ["net of free allocation", "covered by free allocation"];
    const fill = (part) => marks.fill(parts.indexOf(part));
    const rowsOf = (choice) => firms.flatMap(({name}) => {
      const [charged, net] = [of(choice, name, "charged_emissions"), of(choice, name, "net_emissions")];
      return [{key: name, part: parts[0], value: net.value, unit: net.unit}, {key: name, part: parts[1], value: charged.value - net.value, unit: net.unit}];
    });
    return chosen([byReading, byYear], (choice) => ({
      id: "cost-emissions", title: "Embedded emissions, and what of them is charged", marks: "mark-cost-emissions", rows: () => rowsOf(choice),
      caption: (rows) => `${unitsOf(rows)} in ${choice.year}, emissions that the reading '${choice.reading}' charges, with the mark-up of default values.`,
      draw: (rows, width) => charts.stacks({rows, width, keys: firms.map(({name}) => name), label, parts, fill, marks: "mark-cost-emissions", unit: unitsOf(rows), reach: charts.stackReach(rows, parts),
        text: (value) => format.fixed(value, 2), title: (row) => `${label(row.key)}\n${row.part}: ${shown(row)}`}),
      legend: () => charts.legendOf(parts, fill), summary: (rows) => marks.extremes(rows, (row) => `${row.part} of ${label(row.key)}`, format.plain),
      columns: [firmColumn, {label: "Part", name: "part", get: (r) => r.part}, ...valueColumns],
    }));
  };

  const profits = (table) => {
    const of = wide(table);
    const sides = {"without the charge": {colour: "var(--c1)", shape: "circle", from: "profit_without_charge"}, "with the charge": {colour: "var(--c2)", shape: "diamond", from: "profit"}};
    const rowsOf = (choice) => firms.flatMap(({name}) => Object.entries(sides).map(([part, {from}]) => ({key: name, part, ...of(choice, name, from)})))
      .map((row) => ({key: row.key, part: row.part, value: row.value ?? NaN, unit: row.unit}));
    if (!readings.some((reading) => marks.finite(rowsOf({reading, year: String(years[0])})).length)) return null;
    return chosen([byReading, byYear], (choice) => ({
      id: "cost-profit", title: "Profit without and with the charge", marks: "mark-cost-profit", rows: () => rowsOf(choice),
      caption: (rows) => `${unitsOf(rows)} of good in ${choice.year}, price and quantity unchanged. Below zero exporting does not pay.`,
      draw: (rows, width) => charts.dots({rows, width, keys: [...new Set(marks.finite(rows).map((row) => row.key))], label, marks: "mark-cost-profit", unit: unitsOf(rows), series: (part) => sides[part],
        reach: rows.map((row) => row.value), title: (row) => `${label(row.key)}\n${row.part}: ${shown(row)}`}),
      legend: () => marks.legend(Object.entries(sides).map(([text, look]) => ({label: text, colour: look.colour, shape: look.shape}))),
      summary: (rows) => marks.extremes(rows, (row) => `${label(row.key)}, ${row.part}`, format.plain),
      columns: [firmColumn, {label: "Profit", name: "side", get: (r) => r.part}, ...valueColumns],
    }));
  };

  const uncertain = () => {
    const table = levee.table("uncertainty", "reading", "firm", "year", "probability", "quantity", "value", "unit");
    if (!table) return null;
    const all = table.select(["reading", "firm", "year", "probability", "quantity", "value", "unit"], (row) => row.quantity === "charge");
    const series = {"5 %": {colour: "var(--c3)", shape: "triangle"}, "25 %": {colour: "var(--c4)", shape: "square"}, "50 %": {colour: "var(--c1)", shape: "circle"}, "75 %": {colour: "var(--c5)", shape: "diamond"}, "95 %": {colour: "var(--c2)", shape: "star"}};
    return chosen([byReading, byYear], (choice) => ({
      id: "cost-uncertainty", title: "The charge where prices and emissions are uncertain", marks: "mark-cost-uncertainty",
      rows: () => all.filter((row) => row.reading === choice.reading && String(row.year) === choice.year).map((row) => ({key: row.firm, part: `${Math.round(100 * row.probability)} %`, value: row.value ?? NaN, unit: row.unit})),
      caption: (rows) => `Quantiles of the charge in ${choice.year}, ${unitsOf(rows)}: with a probability of 90 % it lies between the outer ones.`,
      draw: (rows, width) => charts.dots({rows, width, keys: firms.map(({name}) => name), label, marks: "mark-cost-uncertainty", unit: unitsOf(rows), series: (part) => series[part],
        reach: rows.map((row) => row.value), title: (row) => `${label(row.key)}\n${row.part}: ${shown(row)}`}),
      legend: () => marks.legend(Object.entries(series).map(([text, look]) => ({label: text, ...look}))),
      summary: (rows) => marks.extremes(rows, (row) => `${row.part} of ${label(row.key)}`, format.plain),
      columns: [firmColumn, {label: "Probability", name: "probability", get: (r) => r.part}, ...valueColumns],
    }));
  };

  const green = () => {
    const table = levee.table("green_supply", "reading", "firm", "year", "share", "quantity", "value", "unit");
    if (!table) return null;
    const all = table.select(["reading", "firm", "year", "share", "quantity", "value", "unit"]);
    const parts = [["sum", "sum of the three"], ["charge", "border charge"], ["green_supply_cost", "extra cost of green supply"], ["domestic_carbon_cost", "carbon cost at the origin"], ["embedded_total", "embedded emissions"]];
    return chosen([byReading, byYear, ["quantity", "Show", parts, "sum"]], (choice) => ({
      id: "cost-green", title: "Direct green supply, share by share", marks: "mark-cost-green",
      rows: () => all.filter((row) => row.reading === choice.reading && String(row.year) === choice.year && row.quantity === choice.quantity).map((row) => ({key: row.firm, percent: 100 * row.share, value: row.value ?? NaN, unit: row.unit})),
      caption: (rows) => `${new Map(parts).get(choice.quantity)} in ${choice.year}, ${unitsOf(rows)}. Where electricity is not charged green supply costs and saves nothing at the border.`,
      draw: (rows, width) => lines(rows, width, {at: "percent", atLabel: "share of green supply, %", atFormat: format.plain, ticks: [...new Set(rows.map((row) => row.percent))], className: "mark-cost-green",
        title: (row) => `${label(row.key)} at ${format.plain(row.percent)} %: ${shown(row)}`}),
      legend: firmLegend, summary: (rows) => marks.extremes(rows, (row) => `${label(row.key)} at ${format.plain(row.percent)} %`, format.plain),
      columns: [firmColumn, {label: "Share, %", name: "share", numeric: true, get: (r) => r.percent, show: format.plain}, ...valueColumns],
    }));
  };

  levee.borderCost = () => {
    const table = levee.table("border_cost", "reading", "firm", "year", "quantity", "value", "unit");
    return table ? levee.figuresOf(path(table), emissions(table), profits(table), uncertain(), green()) : null;
  };
});
