"use strict";
// Puts the page together. A section without content is left out, also from the contents.
(() => {
  const {el} = levee;
  // Changes need something to change against: a run of the reference alone has no such charts.
  const compared = (make) => (levee.scenarios.designs.length ? make : () => null);
  const sections = [
    ["summary", "Summary", levee.headline], ["leakage", "Leakage", compared(levee.leakage)], ["emissions-by-region", "Emissions", compared(levee.emissions)],
    ["welfare-by-region", "Welfare", compared(levee.welfare)], ["trade", "Trade", compared(levee.trade)], ["sector-output", "Output", compared(levee.output)],
    ["revenues", "Revenue", compared(levee.revenue)], ["diagnostics", "Diagnostics", levee.diagnostics], ["method", "Method and data", levee.method],
    ["tables", "All tables", levee.tableBrowser],
  ];

  const themeControl = () => {
    const radio = (name, label) => el("label", {}, el("input", {type: "radio", name: "theme", value: name, checked: levee.theme.get() === name,
      onchange: () => levee.theme.set(name)}), el("span", {}, label));
    return el("fieldset", {class: "theme"}, el("legend", {class: "unseen"}, "Colour theme"), radio("auto", "Auto"), radio("light", "Light"), radio("dark", "Dark"));
  };

  const main = document.getElementById("main");
  const contents = document.getElementById("contents");
  document.getElementById("subtitle").textContent = levee.subtitle();
  document.getElementById("description").textContent = typeof levee.about.description === "string" ? levee.about.description : "";
  document.getElementById("colophon").textContent = levee.colophon();
  document.getElementById("tools").append(themeControl(), el("button", {type: "button", class: "quiet", onclick: () => window.print()}, "Print"));

  for (const [id, title, make] of sections) {
    const content = make();
    if (!content) continue;
    main.append(el("section", {id, "aria-labelledby": `${id}-title`}, el("h2", {id: `${id}-title`}, title), content));
    contents.append(el("li", {}, el("a", {href: `#${id}`}, title)));
  }

  levee.figures.forEach((figure) => figure.draw());

  const mark = (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) =>
    contents.querySelectorAll("a").forEach((link) =>
      link.hash === `#${entry.target.id}` ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
  const watcher = new IntersectionObserver(mark, {rootMargin: "-10% 0px -80% 0px"});
  document.querySelectorAll("main section").forEach((section) => watcher.observe(section));
  document.documentElement.dataset.ready = "true";
})();
