"use strict";
// Appended to a report by report_page.cpp: uses the page as a reader would, and tells the frame around it what it saw.
(() => {
  const {levee, levee: {scenarios, figures}} = window;
  const numberOrNull = (value) => (Number.isFinite(value) ? value : null);

  const opened = scenarios.state.design;
  const charts = [];
  for (const zone of scenarios.zones.slice().reverse()) scenarios.choose("zone", zone);
  for (const design of scenarios.names) {
    scenarios.choose("design", design);
    for (const figure of figures) charts.push({design, id: figure.id, expected: figure.expected(), drawn: figure.drawn()});
  }

  const drawnRows = (id, design) => {
    scenarios.choose("design", design);
    const found = figures.find((figure) => figure.id === id);
    return !found ? [] : found.rows().map((row) => ({...row, value: numberOrNull(row.value)}));
  };
  const rows = {leakage: drawnRows("leakage-rate", scenarios.names[0]), trade: {}, emissions: {}};
  for (const design of scenarios.names) {
    rows.trade[design] = drawnRows("trade-shifts", design);
    rows.emissions[design] = drawnRows("emissions", design);
  }

  // Bars against their data: widths must be in proportion to the figures.
  const bars = [...document.querySelectorAll("#leakage-rate .mark-leakage rect")].map((rect) => Number(rect.getAttribute("width")));

  const tables = [...document.querySelectorAll("table")];
  const head = document.querySelector("#summary th:nth-child(4) button");
  const leakageColumn = () => [...document.querySelectorAll("#summary tbody td:nth-child(4)")].map((cell) => cell.textContent);
  const sorting = {};
  if (head) {
    head.focus();
    sorting.focused = document.activeElement === head;
    head.click();
    sorting.ascending = {state: head.parentElement.getAttribute("aria-sort"), cells: leakageColumn()};
    head.click();
    sorting.descending = {state: head.parentElement.getAttribute("aria-sort"), cells: leakageColumn()};
  }

  // The chooser of the table browser, then its first button: the whole table as CSV.
  const downloads = {};
  const chooser = document.querySelector("#tables select");
  for (const option of chooser ? [...chooser.options] : []) {
    chooser.value = option.value;
    chooser.dispatchEvent(new Event("change"));
    const button = document.querySelector("#tables .actions button");
    if (button) button.click();
    downloads[option.value] = button ? levee.csv.last.content : null;
  }

  const colours = () => ["backgroundColor", "color"].map((name) => getComputedStyle(document.body)[name]);
  const themed = (name) => {
    document.querySelector(`.theme input[value=${name}]`).click();
    return {theme: document.documentElement.dataset.theme, colours: colours()};
  };
  const themes = {light: themed("light"), dark: themed("dark")};
  themed(window.probeTheme || "light");

  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  const labelled = (control) => control.labels && control.labels.length > 0;
  const faults = [
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `id ${id} twice`),
    ...[...document.querySelectorAll("select, input")].filter((control) => !labelled(control)).map((control) => `no label: ${control.outerHTML}`),
    ...tables.filter((table) => !table.caption || !table.caption.textContent).map(() => "a table without caption"),
    ...[...document.querySelectorAll("figure .canvas > svg, figure .canvas > figure")].filter((svg) => svg.getAttribute("role") !== "img" || !svg.getAttribute("aria-label")).map(() => "a chart without label"),
    ...[...document.querySelectorAll("figure.card")].filter((figure) => !figure.querySelector("figcaption") || !figure.querySelector("details table")).map((figure) => `${figure.id}: no caption or no data table`),
    ...[...document.querySelectorAll("button")].filter((button) => !button.textContent.trim()).map(() => "a button without text"),
    ...[...document.querySelectorAll("nav a")].filter((link) => !document.querySelector(link.getAttribute("href"))).map((link) => `dead link ${link.hash}`),
  ];

  const {format} = levee;
  const formats = [format.signed(-0.0731, 3), format.signed(0.0004, 3), format.signed(-0.0004, 3), format.signed(12.34, 1), format.share(-0.271),
    format.money(5100), format.money(-12.3), format.plain(1.5e-11), format.plain(1234567), format.plain(NaN), format.percent(null)];

  const finish = () => {
    const report = {errors: window.probeErrors, requests: performance.getEntriesByType("resource").map((entry) => entry.name),
      charts, rows, bars, sorting, downloads, themes, faults, formats,
      text: document.getElementById("main").innerText,
      width: {inner: window.innerWidth, page: document.documentElement.scrollWidth,
        charts: figures.map(({id, node}) => ({id, canvas: node.querySelector(".canvas").clientWidth, svg: node.querySelector(".canvas svg").getBoundingClientRect().width, scrolls: node.querySelector(".canvas").hasAttribute("tabindex")}))}};
    // As found, for the picture.
    if (opened) scenarios.choose("design", opened);
    document.activeElement.blur();
    window.parent.postMessage(JSON.stringify(report), "*");
  };
  // After the page's own observers had their turn.
  setTimeout(finish, 500);
})();
