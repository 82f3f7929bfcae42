"use strict";
// The reader's choices for the whole page: what is held, the parameters of a sweep, the zone and the design that charts of one design show.
levee.part(() => {
  const {el, scenarios} = levee;
  const {state} = scenarios;

  const groupOptions = () => scenarios.groups().map((group) => [group.key, `${group.name} (${group.all.length} ${group.all.length === 1 ? "design" : "designs"})`]);
  const designOptions = () => scenarios.shown().map((s) => [s.name, scenarios.solved(s) ? scenarios.label(s.name) : `${scenarios.label(s.name)} (${s.status})`]);

  const choice = (label, key, options) => {
    const control = levee.select(label, options(), state[key], (value) => scenarios.choose(key, value));
    scenarios.onChange(() => control.offer(options(), state[key]));
    return control;
  };

  // One list of all settings, or of many a list a key.
  const parameters = () => {
    if (scenarios.settings.length <= 1) return [];
    if (!scenarios.settingKeys.length) return [choice("Parameters", "setting", () => scenarios.settings.map((text, at) => [String(at), text]))];
    return scenarios.settingKeys.map((key) => {
      const options = () => scenarios.valuesOf(key).map((value) => [String(value), String(value)]);
      const now = () => String(scenarios.setting()[key]);
      const control = levee.select(key.replace(/^parameters\./, ""), options(), now(), (value) => scenarios.choose("setting", scenarios.nearest(key, value)));
      scenarios.onChange(() => control.set(now()));
      return control;
    });
  };

  levee.choices = () => {
    if (!scenarios.designs.length) return null;
    const controls = [
      groupOptions().length > 1 ? choice("Designs that hold the", "held", groupOptions) : null,
      ...parameters(),
      scenarios.zones.length > 1 ? choice("Zone", "zone", () => scenarios.zones.map((zone) => [zone, zone])) : null,
      scenarios.designs.length > 1 ? choice("Design in focus", "design", designOptions) : null,
    ].filter(Boolean);
    return controls.length ? el("form", {class: "choices", "aria-label": "Choices for the whole page", onsubmit: (event) => event.preventDefault()}, controls) : null;
  };
});
