"use strict";
// Elements without a framework: el("p", {class: "note"}, "text", child). Text is always set as text, never as markup.
levee.el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "selected") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
};

levee.uid = (() => {
  let next = 0;
  return (stem) => `${stem}-${++next}`;
})();

// A labelled select. `options` are [value, label] pairs; `changed` gets the value.
levee.select = (label, options, value, changed) => {
  const id = levee.uid("select");
  const entries = (list, chosen) => list.map(([name, text]) => levee.el("option", {value: name, selected: name === chosen}, text));
  const control = levee.el("select", {id, onchange: (event) => changed(event.target.value)}, entries(options, value));
  const node = levee.el("span", {class: "control"}, levee.el("label", {for: id}, label), control);
  node.set = (name) => { control.value = name; };
  node.offer = (fresh, chosen) => control.replaceChildren(...entries(fresh, chosen));
  return node;
};
