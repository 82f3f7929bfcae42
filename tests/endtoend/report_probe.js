"use strict";
// Appended to a report by report_page.cpp: uses the page as a reader would, and tells the frame around it what it saw.
(async () => {
  const {levee} = window;
  const report = {errors: window.probeErrors};
  const send = () => window.parent.postMessage(JSON.stringify(report), "*");
  const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });
  const all = (selector) => [...document.querySelectorAll(selector)];
  await levee.ready;
  if (!levee.scenarios) {
    report.text = document.getElementById("main").innerText;
    send();
    return;
  }
  const {scenarios, figures} = levee;
  const opened = {...scenarios.state};

  // Every chart under every design of every group.
  report.charts = [];
  report.groups = {};
  report.cards = {};
  for (const zone of scenarios.zones.slice().reverse()) scenarios.choose("zone", zone);
  for (const {key} of scenarios.groups()) {
    scenarios.choose("held", key);
    report.groups[key] = scenarios.names();
    report.cards[key] = document.getElementById("summary").innerText;
    for (const design of scenarios.names()) {
      scenarios.choose("design", design);
      for (const figure of figures) report.charts.push({held: key, design, id: figure.id, expected: figure.expected(), drawn: figure.drawn()});
    }
  }

  // The data of every chart, for one design held by price and one at equal world emissions.
  const numberOrNull = (value) => (Number.isFinite(value) ? value : null);
  report.rows = {};
  for (const [held, design] of window.probeDesigns) {
    scenarios.choose("held", held);
    scenarios.choose("design", design);
    report.rows[design] = Object.fromEntries(figures.map((figure) => [figure.id, figure.rows().map((row) => ({...row, value: numberOrNull(row.value)}))]));
  }
  // Bars against their data: widths must be in proportion to the figures, and the line at their sum.
  report.bars = all("#leakage-rate .mark-leakage rect").map((rect) => ({x: Number(rect.getAttribute("x")), width: Number(rect.getAttribute("width"))}));
  report.totals = all("#leakage-rate .mark-total line").map((line) => Number(line.getAttribute("x1")) + (line.transform.baseVal.numberOfItems ? line.transform.baseVal.getItem(0).matrix.e : 0));

  // A choice on the page itself, not through the script.
  const select = document.querySelector("#choices select");
  if (select && select.options.length > 1) {
    select.value = select.options[select.options.length - 1].value;
    select.dispatchEvent(new Event("change"));
    report.chosen = {wanted: select.value, held: scenarios.state.held, design: scenarios.state.design, designs: scenarios.names()};
  }

  if (scenarios.groups().some((group) => group.key === "price")) scenarios.choose("held", "price");
  const head = document.querySelector("#summary .datatable:not(details *) th:nth-child(4) button");
  const leakageColumn = () => [...head.closest("table").querySelectorAll("tbody td:nth-child(4)")].map((cell) => cell.textContent);
  report.sorting = {};
  if (head) {
    head.focus();
    report.sorting.focused = document.activeElement === head;
    for (const direction of ["ascending", "descending"]) {
      head.click();
      report.sorting[direction] = {state: head.parentElement.getAttribute("aria-sort"), cells: leakageColumn()};
    }
  }

  // What a comparison ranks: its headings, and the rows as they stand.
  report.title = document.title;
  report.rankings = all("#comparison .card").map((card) => ({title: card.querySelector("h3").textContent, head: [...card.querySelectorAll("thead th")].map((cell) => cell.textContent),
    rows: [...card.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent))}));

  // Each chart's own figures as CSV.
  report.figureFiles = figures.map((figure) => {
    figure.node.querySelector(".behind button").click();
    return {id: figure.id, rows: figure.rows().length, name: levee.csv.last.name, lines: levee.csv.last.content.split("\n").length - 2};
  });
  // The chooser of the table browser, then its first button: the whole table as CSV.
  report.downloads = {};
  const chooser = document.querySelector("#tables select");
  for (const option of chooser ? [...chooser.options] : []) {
    chooser.value = option.value;
    chooser.dispatchEvent(new Event("change"));
    const button = document.querySelector("#tables .actions button");
    if (button) button.click();
    report.downloads[option.value] = button ? levee.csv.last.content : null;
  }

  const colours = () => ["backgroundColor", "color"].map((name) => getComputedStyle(document.body)[name]);
  const themed = (name) => {
    document.querySelector(`.theme input[value=${name}]`).click();
    return {theme: document.documentElement.dataset.theme, colours: colours()};
  };
  report.themes = {light: themed("light"), dark: themed("dark")};
  themed(window.probeTheme || "light");

  const ids = all("[id]").map((node) => node.id);
  const labelled = (control) => control.labels && control.labels.length > 0;
  report.faults = [
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `id ${id} twice`),
    ...all("select, input").filter((control) => !labelled(control)).map((control) => `no label: ${control.outerHTML}`),
    ...all("table").filter((table) => !table.caption || !table.caption.textContent).map(() => "a table without caption"),
    ...all("figure .canvas > svg, figure .canvas > figure").filter((svg) => svg.getAttribute("role") !== "img" || !svg.getAttribute("aria-label")).map(() => "a chart without label"),
    ...all("figure.card").filter((figure) => !figure.querySelector("figcaption") || !figure.querySelector("details table")).map((figure) => `${figure.id}: no caption or no data table`),
    ...all("button").filter((button) => !button.textContent.trim()).map(() => "a button without text"),
    ...all("nav a").filter((link) => !document.querySelector(link.getAttribute("href"))).map((link) => `dead link ${link.hash}`),
    ...["header", "nav", "main", "footer"].filter((name) => all(name).length !== 1).map((name) => `not one ${name}`),
    ...all("main section").filter((section) => !document.getElementById(section.getAttribute("aria-labelledby"))).map((section) => `${section.id}: no heading`),
    ...all("svg [fill^='url(#']").map((mark) => mark.getAttribute("fill").slice(5, -1)).filter((id) => !document.getElementById(id)).map((id) => `no pattern ${id}`),
  ];

  const {format} = levee;
  report.formats = [format.signed(-0.0731, 3), format.signed(0.0004, 3), format.signed(-0.0004, 3), format.signed(12.34, 1), format.share(-0.271),
    format.money(5100), format.money(-12.3), format.plain(1.5e-11), format.plain(1234567), format.plain(NaN), format.percent(null)].map((text) => text.replaceAll("\u00a0", " "));

  // After the page's own observers had their turn.
  await wait(500);
  report.requests = performance.getEntriesByType("resource").map((entry) => entry.name);
  report.text = document.getElementById("main").innerText;
  const clipped = (svg) => {
    const box = svg.getBoundingClientRect();
    return [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim() && text.getBoundingClientRect().width > 0)
      .filter((text) => text.getBoundingClientRect().left < box.left - 1 || text.getBoundingClientRect().right > box.right + 1).map((text) => text.textContent);
  };
  report.width = {inner: window.innerWidth, page: document.documentElement.scrollWidth,
    charts: figures.filter(({node}) => node.querySelector(".canvas svg")).map(({id, node}) => ({id, canvas: node.querySelector(".canvas").clientWidth,
      svg: node.querySelector(".canvas svg").getBoundingClientRect().width, scrolls: node.querySelector(".canvas").hasAttribute("tabindex"), clipped: clipped(node.querySelector(".canvas svg"))}))};
  // As found, or as the picture wants it.
  for (const key of ["zone", "held", "design"]) if (opened[key]) scenarios.choose(key, opened[key]);
  if (window.probeHeld) scenarios.choose("held", window.probeHeld);
  if (document.activeElement) document.activeElement.blur();
  window.scrollTo(0, 0);
  send();
})();
