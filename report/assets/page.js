"use strict";
// Puts the page together once the data is read. A section without content is left out, also from the contents.
(() => {
  const {el} = levee;

  const sections = () => {
    // Changes need something to change against: a run of the reference alone has no such charts.
    const compared = (make) => (levee.scenarios.designs.length ? make : () => null);
    return [
      ["footprints", "Footprints", levee.footprints], ["exposure", "Exposure", levee.exposure], ["border-cost", "Border cost", levee.borderCost],
      ["allowances", "Allowances", levee.allowances],
      ["summary", "Summary", levee.headline], ["comparison", "Ranking", levee.comparison], ["leakage", "Leakage", compared(levee.leakage)], ["emissions-by-region", "Emissions", compared(levee.emissions)],
      ["welfare-by-region", "Welfare", compared(levee.welfare)], ["who-pays", "Who pays", compared(levee.incidence)], ["trade", "Trade", compared(levee.trade)],
      ["sector-output", "Output", compared(levee.output)], ["revenues", "Revenue", compared(levee.revenue)], ["sensitivity", "Sensitivity", compared(levee.sensitivity)],
      ["diagnostics", "Diagnostics", levee.diagnostics], ["method", "Method and data", levee.method], ["tables", "All tables", levee.tableBrowser],
    ];
  };

  const themeControl = () => {
    const radio = (name, label) => el("label", {}, el("input", {type: "radio", name: "theme", value: name, checked: levee.theme.get() === name,
      onchange: () => levee.theme.set(name)}), el("span", {}, label));
    return el("fieldset", {class: "theme"}, el("legend", {class: "unseen"}, "Colour theme"), radio("auto", "Auto"), radio("light", "Light"), radio("dark", "Dark"));
  };

  const main = document.getElementById("main");
  const contents = document.getElementById("contents");

  const addSections = () => {
    for (const [id, title, make] of sections()) {
      const content = make();
      if (!content) continue;
      main.append(el("section", {id, "aria-labelledby": `${id}-title`}, el("h2", {id: `${id}-title`}, title), content));
      contents.append(el("li", {}, el("a", {href: `#${id}`}, title)));
    }
  };

  // The link of the section in view is marked, and kept in view where the contents scroll.
  const watchSections = () => {
    const mark = (id) => contents.querySelectorAll("a").forEach((link) => {
      const here = link.hash === `#${id}`;
      here ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
      if (here) contents.parentElement.scrollLeft = link.offsetLeft - contents.parentElement.clientWidth / 3;
    });
    const watcher = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => mark(entry.target.id)), {rootMargin: "-20% 0px -70% 0px"});
    document.querySelectorAll("main section").forEach((section) => watcher.observe(section));
  };

  const build = () => {
    document.getElementById("subtitle").textContent = levee.subtitle();
    document.getElementById("description").textContent = typeof levee.about.description === "string" ? levee.about.description : "";
    document.getElementById("colophon").textContent = levee.colophon();
    const choices = levee.choices();
    if (choices) document.getElementById("choices").append(choices);
    addSections();
    levee.figures.forEach((figure) => figure.draw());
    watchSections();
  };

  document.getElementById("tools").append(themeControl(), el("button", {type: "button", class: "quiet", onclick: () => window.print()}, "Print"));
  const loading = document.getElementById("loading");
  levee.ready = (async () => {
    if (!levee.canRead()) {
      loading.textContent = "This browser cannot unpack the page's figures (it has no DecompressionStream): please open it in one from 2023 or later. The same figures are in the tables folder beside this file.";
      return;
    }
    try {
      await levee.read();
      loading.remove();
      build();
      document.documentElement.dataset.ready = "true";
    } catch (fault) {
      main.prepend(el("p", {class: "notice", role: "alert"}, `The page could not be drawn (${fault.message}). The same figures are in the tables folder beside this file.`));
      throw fault;
    }
  })();
})();
