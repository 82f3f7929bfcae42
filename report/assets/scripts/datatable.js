"use strict";
// A sortable table. `columns` are {label, numeric, get(row), show(value)}; `rows` any array. Long tables are shown a page at a time.
levee.part(() => {
  const {el, csv} = levee;

  const compare = (a, b) => {
    const emptyA = a === null || a === undefined || Number.isNaN(a);
    const emptyB = b === null || b === undefined || Number.isNaN(b);
    if (emptyA || emptyB) return emptyA === emptyB ? 0 : NaN;
    return a < b ? -1 : a > b ? 1 : 0;
  };

  // Stable; empty cells stay last in either direction.
  const sorted = (rows, column, direction) => {
    const keyed = rows.map((row) => ({row, key: column.get(row)}));
    const isEmpty = (key) => key === null || key === undefined || Number.isNaN(key);
    keyed.sort((a, b) => {
      const order = compare(a.key, b.key);
      return Number.isNaN(order) ? (isEmpty(a.key) ? 1 : -1) : direction * order;
    });
    return keyed.map((item) => item.row);
  };

  const cell = (column, row, first) => {
    const value = column.get(row);
    const shown = column.show ? column.show(value, row) : value === null || value === undefined ? "" : value;
    return el(first ? "th" : "td", {scope: first ? "row" : null, class: column.numeric ? "number" : null}, shown);
  };

  levee.dataTable = ({caption, columns, rows, pageSize = 50, hideCaption = false}) => {
    const state = {rows, order: rows, column: null, direction: 1, page: 0};
    const body = el("tbody");
    const position = el("span", {class: "position", "aria-live": "polite"});
    const pages = () => Math.max(1, Math.ceil(state.order.length / pageSize));

    const show = () => {
      const start = state.page * pageSize;
      const visible = state.order.slice(start, start + pageSize);
      body.replaceChildren(...visible.map((row) => el("tr", {}, columns.map((column, at) => cell(column, row, at === 0)))));
      position.textContent = state.order.length
        ? `rows ${(start + 1).toLocaleString("en")}–${(start + visible.length).toLocaleString("en")} of ${state.order.length.toLocaleString("en")}`
        : "no rows";
      previous.disabled = state.page === 0;
      next.disabled = state.page + 1 >= pages();
      pager.hidden = state.rows.length <= pageSize && rows.length <= pageSize;
    };
    const turn = (step) => {
      state.page = Math.min(pages() - 1, Math.max(0, state.page + step));
      show();
    };
    const previous = el("button", {type: "button", class: "quiet", onclick: () => turn(-1)}, "Previous");
    const next = el("button", {type: "button", class: "quiet", onclick: () => turn(1)}, "Next");
    const pager = el("div", {class: "pager"}, previous, next, position);

    const sortBy = (at) => {
      state.direction = state.column === at ? -state.direction : 1;
      state.column = at;
      state.order = sorted(state.rows, columns[at], state.direction);
      state.page = 0;
      heads.forEach((head, index) =>
        head.setAttribute("aria-sort", index !== at ? "none" : state.direction > 0 ? "ascending" : "descending"));
      show();
    };
    const heads = columns.map((column, at) =>
      el("th", {scope: "col", "aria-sort": "none", class: column.numeric ? "number" : null},
        el("button", {type: "button", class: "sort", onclick: () => sortBy(at)}, column.label)));

    const table = el("table", {}, el("caption", {class: hideCaption ? "unseen" : null}, caption),
      el("thead", {}, el("tr", {}, heads)), body);
    const node = el("div", {class: "datatable"},
      el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": caption}, table), pager);

    node.setRows = (fresh) => {
      state.rows = fresh;
      state.order = state.column === null ? fresh : sorted(fresh, columns[state.column], state.direction);
      state.page = 0;
      show();
    };
    node.csv = () => csv.text(columns.map((column) => column.name || column.label), state.order.map((row) => columns.map((column) => column.get(row))));
    show();
    return node;
  };
});
