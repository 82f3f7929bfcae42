"use strict";
// The document embedded in the page. Tables are columnar and dictionary-encoded (report/embedded_tables.hpp); a column is decoded when
// first asked for.
(() => {
  const decode = (column, rows) => {
    if ("constant" in column) return new Array(rows).fill(column.constant);
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
      if (!this.decoded.has(name)) this.decoded.set(name, decode(this.raw.get(name), this.rows));
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

  const data = JSON.parse(document.getElementById("levee-data").textContent);
  levee.summary = data.summary || {};
  levee.run = data.run || {};
  levee.about = data.about || {};
  levee.tables = new Map((data.tables || []).map((raw) => [raw.name, new Table(raw)]));
  // The table when the page holds it with these columns, else undefined: a chart without its table is simply not shown.
  levee.table = (name, ...columns) => {
    const table = levee.tables.get(name);
    return table && table.rows > 0 && table.has(...columns) ? table : undefined;
  };
})();
