"use strict";
// Every table of the run: choose, filter, sort, download.
levee.part(() => {
  const {el, format, csv} = levee;
  const filterLimit = 80;

  const indices = (table, filters) => {
    const active = [...filters].filter(([, value]) => value !== "").map(([name, value]) => [table.column(name), value]);
    const out = [];
    for (let row = 0; row < table.rows; ++row) if (active.every(([column, value]) => column[row] === value)) out.push(row);
    return out;
  };

  const columnsOf = (table) => table.columns.map((name) => {
    const values = table.column(name);
    const numeric = table.numeric(name);
    return {label: format.spaced(name), name, numeric, get: (row) => values[row], show: name === "year" ? String : numeric ? format.plain : undefined};
  });

  // A whole table of the run where a section wants it; null when the page does not hold it.
  levee.wholeTable = (name, caption) => {
    const table = levee.table(name);
    return table ? levee.dataTable({caption, hideCaption: true, columns: columnsOf(table), rows: indices(table, []), pageSize: 12}) : null;
  };

  const present = (table) => {
    if (table.omitted) return el("p", {class: "notice"}, `This table has ${table.rows.toLocaleString("en")} rows, too many for this page: see tables/${table.name}.csv in the run's folder.`);
    const filters = new Map();
    const view = levee.dataTable({caption: `Table ${table.name}`, hideCaption: true, columns: columnsOf(table), rows: indices(table, filters), pageSize: 25});
    const controls = table.columns.filter((name) => {
      const values = table.dictionary(name);
      return values && values.length > 1 && values.length <= filterLimit;
    }).map((name) => levee.select(format.spaced(name), [["", "all"], ...table.dictionary(name).map((value) => [value, value])], "", (value) => {
      filters.set(name, value);
      view.setRows(indices(table, filters));
    }));
    const whole = () => csv.text(table.columns, Array.from({length: table.rows}, (_, row) => table.columns.map((name) => table.column(name)[row])));
    return el("div", {}, el("div", {class: "controls"}, controls), view,
      el("div", {class: "actions"}, csv.button("Download the whole table", `${table.name}.csv`, whole), csv.button("Download the rows shown", `${table.name}-selection.csv`, () => view.csv())));
  };

  levee.tableBrowser = () => {
    const tables = [...levee.tables.values()].filter((table) => table.columns.length);
    if (!tables.length) return null;
    const place = el("div");
    const show = (name) => place.replaceChildren(present(levee.tables.get(name)));
    const chooser = levee.select("Table", tables.map((table) => [table.name, `${format.spaced(table.name)} (${table.rows.toLocaleString("en")} rows)`]), tables[0].name, show);
    show(tables[0].name);
    return el("div", {class: "card wide"}, el("p", {class: "caption"}, "The tables of the run's folder, here to at least eight significant digits unless a table says otherwise; tables/*.csv hold them in full."), el("div", {class: "controls"}, chooser), place);
  };
});
