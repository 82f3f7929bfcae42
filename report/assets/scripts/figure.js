"use strict";
// A figure: title, controls, the drawing, a sentence for screen readers, and the figures behind it as a sortable table and as CSV.
//
// levee.figure({id, title, caption, controls, wide, minWidth, rows(), columns, draw(rows, width), legend(rows), summary(rows), marks})
//   rows     the data, one mark a row; rows without a figure have value NaN and are not drawn
//   marks    class of the svg group holding one mark a row, and which rows are drawn: checked by the tests against what is on the page
(() => {
  const {el, csv} = levee;
  levee.figures = [];

  const behind = (spec, table) => {
    const details = el("details", {class: "behind"}, el("summary", {}, "Figures behind this chart"));
    details.append(el("div", {class: "actions"}, csv.button("Download CSV", `${spec.id}.csv`, () => table.csv())), table);
    return details;
  };

  const drawing = (spec, rows, width) => {
    const svg = spec.draw(rows, Math.max(width, spec.minWidth || 0));
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", `${spec.title}. ${spec.summary ? spec.summary(rows) : ""} The figures are in the table below the chart.`);
    return svg;
  };

  levee.figure = (spec) => {
    const canvas = el("div", {class: "canvas scroll", tabindex: spec.minWidth ? "0" : null,
      role: spec.minWidth ? "region" : null, "aria-label": spec.minWidth ? `${spec.title}, chart` : null});
    const legend = el("div", {class: "legend"});
    const caption = el("p", {class: "caption"});
    let rows = spec.rows();
    const table = levee.dataTable({caption: spec.title, hideCaption: true, columns: spec.columns, rows});
    const controls = (spec.controls || []).filter(Boolean);
    const node = el("figure", {id: spec.id, class: spec.wide ? "card wide" : "card"},
      el("figcaption", {}, el("h3", {}, spec.title), caption),
      controls.length ? el("div", {class: "controls"}, controls) : null, legend, canvas, behind(spec, table));

    let drawnWidth = 0;
    const draw = () => {
      const width = Math.floor(canvas.clientWidth);
      if (width < 50) return;
      drawnWidth = width;
      canvas.replaceChildren(drawing(spec, rows, width));
      legend.replaceChildren(...(spec.legend ? spec.legend(rows) : []));
      caption.textContent = typeof spec.caption === "function" ? spec.caption(rows) : spec.caption;
    };
    const update = () => {
      rows = spec.rows();
      table.setRows(rows);
      draw();
    };
    // Later, not at once: drawing inside the observer's callback would resize what is being observed.
    new ResizeObserver(() => setTimeout(() => {
      if (Math.floor(canvas.clientWidth) !== drawnWidth) draw();
    })).observe(canvas);
    levee.scenarios.onChange(update);
    levee.figures.push({
      id: spec.id, node, draw, update,
      rows: () => rows,
      expected: () => rows.filter((row) => Number.isFinite(row.value)).length,
      drawn: () => canvas.querySelectorAll(`svg .${spec.marks} > *`).length,
    });
    node.update = update;
    return node;
  };

  // Controls shared by figures: every selector of one kind shows and sets the same choice.
  const shared = (label, key, options) => {
    if (options.length < 2) return null;
    const control = levee.select(label, options, levee.scenarios.state[key], (value) => levee.scenarios.choose(key, value));
    levee.scenarios.onChange(() => control.set(levee.scenarios.state[key]));
    return control;
  };
  levee.designControl = () => shared("Design", "design",
    levee.scenarios.designs.map((s) => [s.name, levee.scenarios.solved(s) ? s.name : `${s.name} (${s.status})`]));
  levee.zoneControl = () => shared("Zone", "zone", levee.scenarios.zones.map((zone) => [zone, zone]));

  levee.figuresOf = (...nodes) => {
    const shown = nodes.filter(Boolean);
    return shown.length ? el("div", {class: "figures"}, shown) : null;
  };
})();
