"use strict";
// Runs in the head, before anything is painted. The page's own choice wins over the system's; colours are CSS variables, so charts
// need not be drawn again, and print always uses the light set.
window.levee = {};
levee.theme = (() => {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  let choice = "auto";
  try {
    choice = localStorage.getItem("levee-theme") || "auto";
  } catch {
    // A page opened from a file may have no storage: the choice then lasts as long as the page.
  }
  const apply = () => {
    const dark = choice === "dark" || (choice === "auto" && system.matches);
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  };
  const set = (name) => {
    choice = name;
    try {
      localStorage.setItem("levee-theme", name);
    } catch {
      // as above
    }
    apply();
  };
  system.addEventListener("change", apply);
  apply();
  return {get: () => choice, set};
})();
