"use strict";
// The document embedded in the page: JSON, compressed. Tables are columnar and dictionary-encoded (report/embedded_tables.hpp); a
// column is decoded when first asked for.
(() => {
  const trimmed = (value) => (Number.isFinite(value) ? Number(value.toPrecision(9)) : null);
  const known = (...values) => values.every((value) => value !== null);
  const percentages = (change, level) => change.map((moved, row) => (known(moved, level[row]) ? trimmed(100 * moved / (level[row] - moved)) : null));

  // Levels: the figure of the row's reference and the change against it.
  const levels = (column, table) => {
    const [scenario, reference, change] = ["scenario", "reference", column.change].map((name) => table.column(name));
    const keys = table.columns.filter((name) => name !== "scenario" && name !== "reference" && table.dictionary(name)).map((name) => table.column(name));
    const name = (row, first) => `${first[row]}\n${keys.map((key) => key[row]).join("\n")}`;
    const index = new Map(Array.from({length: table.rows}, (_, row) => [name(row, scenario), row]));
    const before = Array.from({length: table.rows}, (_, row) => index.get(name(row, reference)) ?? row);
    let given = 0;
    const out = before.map((at, row) => (at === row ? column.values[given++] : null));
    return out.map((own, row) => (before[row] === row ? own : known(out[before[row]], change[row]) ? trimmed(out[before[row]] + change[row]) : null));
  };

  const decode = (column, table) => {
    const {rows} = table;
    if ("constant" in column) return new Array(rows).fill(column.constant);
    if (column.percent) return percentages(...column.percent.map((name) => table.column(name)));
    if (column.change) return levels(column, table);
    if ("values" in column) return column.values;
    const {dictionary, run, codes} = column;
    if (codes) return codes.map((code) => dictionary[code]);
    return Array.from({length: rows}, (_, row) => dictionary[Math.floor(row / run) % dictionary.length]);
  };

  class Table {
    constructor(raw) {
      this.name = raw.name;
      this.rows = raw.rows;
      this.omitted = raw.omitted === true;
      this.columns = raw.columns.map((column) => column.name);
      this.raw = new Map(raw.columns.map((column) => [column.name, column]));
      this.decoded = new Map();
    }
    has(...names) {
      return !this.omitted && names.every((name) => this.raw.has(name));
    }
    column(name) {
      if (!this.decoded.has(name)) this.decoded.set(name, decode(this.raw.get(name), this));
      return this.decoded.get(name);
    }
    // The distinct texts of a column, in order of appearance; null for figures.
    dictionary(name) {
      const column = this.raw.get(name);
      if (column.dictionary) return column.dictionary;
      return typeof column.constant === "string" ? [column.constant] : null;
    }
    numeric(name) {
      const column = this.raw.get(name);
      return !column.dictionary && typeof column.constant !== "string" &&
        (column.values || []).every((cell) => typeof cell !== "string");
    }
    // The rows as objects of the named columns, those that `keep` accepts.
    select(names, keep = () => true) {
      const columns = names.map((name) => this.column(name));
      const out = [];
      for (let row = 0; row < this.rows; ++row) {
        const item = Object.fromEntries(names.map((name, at) => [name, columns[at][row]]));
        if (keep(item)) out.push(item);
      }
      return out;
    }
  }

  const unpacked = async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  };

  // What needs the run's data waits for it: parts run in the order of the page's scripts.
  const parts = [];
  levee.part = (make) => parts.push(make);
  levee.canRead = () => typeof DecompressionStream === "function";
  levee.read = async () => {
    const data = JSON.parse(await unpacked(document.getElementById("levee-data").textContent));
    levee.summary = data.summary || {};
    levee.run = data.run || {};
    levee.about = data.about || {};
    levee.tables = new Map((data.tables || []).map((raw) => [raw.name, new Table(raw)]));
    parts.forEach((make) => make());
  };
  // The table when the page holds it with these columns, else undefined: a chart without its table is simply not shown.
  levee.table = (name, ...columns) => {
    const table = levee.tables.get(name);
    return table && table.rows > 0 && table.has(...columns) ? table : undefined;
  };
})();
