"use strict";
// A figure: title, caption, controls of its own, the drawing, a sentence for screen readers, and the figures behind it as a sortable
// table and as CSV.
//
// levee.figure({id, title, caption, controls, wide, minWidth, rows(), columns, draw(rows, width), legend(rows), summary(rows), empty(), marks})
//   rows     the data, one mark a row; rows without a figure have value NaN and are not drawn
//   empty    what to say instead of a chart when no row has a figure
//   marks    class of the svg group holding one mark a row: checked by the tests against what is on the page
levee.part(() => {
  const {el, csv, marks} = levee;
  levee.figures = [];
  const said = (text, rows) => (typeof text === "function" ? text(rows) : text);

  const drawing = (spec, rows, width) => {
    const svg = spec.draw(rows, Math.max(width, spec.minWidth || 0));
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", `${said(spec.title, rows)}. ${spec.summary ? spec.summary(rows) : ""} The figures are in the table below the chart.`);
    return svg;
  };

  levee.figure = (spec) => {
    const title = said(spec.title);
    const canvas = el("div", {class: "canvas scroll", tabindex: spec.minWidth ? "0" : null,
      role: spec.minWidth ? "region" : null, "aria-label": spec.minWidth ? `${title}, chart` : null});
    const legend = el("div", {class: "legend"});
    const caption = el("p", {class: "caption"});
    let rows = spec.rows();
    const table = levee.dataTable({caption: title, hideCaption: true, columns: spec.columns, rows});
    const behind = el("details", {class: "behind"}, el("summary", {}, "Figures behind this chart", el("span", {class: "unseen"}, `: ${title}`)),
      el("div", {class: "actions"}, csv.button("Download CSV", `${spec.id}.csv`, () => table.csv())), table);
    const controls = (spec.controls || []).filter(Boolean);
    const node = el("figure", {id: spec.id, class: spec.wide ? "card wide" : "card"}, el("figcaption", {}, el("h3", {}, title), caption),
      controls.length ? el("div", {class: "controls"}, controls) : null, legend, canvas, behind);

    let drawnWidth = 0;
    const draw = () => {
      const width = Math.floor(canvas.clientWidth);
      if (width < 50) return;
      drawnWidth = width;
      const any = marks.finite(rows).length > 0;
      canvas.replaceChildren(any ? drawing(spec, rows, width) : el("p", {class: "empty"}, said(spec.empty) || "Nothing to show for this choice."));
      legend.replaceChildren(...(any && spec.legend ? spec.legend(rows) : []));
      caption.textContent = said(spec.caption, rows);
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
      id: spec.id, node, draw, update, table,
      rows: () => rows,
      expected: () => marks.finite(rows).length,
      drawn: () => canvas.querySelectorAll(`svg .${spec.marks} > *`).length,
    });
    node.update = update;
    return node;
  };

  // A select of one figure alone, left out where there is nothing to choose; `node` is the figure, known once it is made.
  levee.localControl = (label, options, value, changed) => (options.length > 1 ? levee.select(label, options, value, changed) : null);

  levee.figuresOf = (...nodes) => {
    const shown = nodes.filter(Boolean);
    return shown.length ? el("div", {class: "figures"}, shown) : null;
  };
});
