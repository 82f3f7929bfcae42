"use strict";
// Leakage by design (beside published bands when given), by channel, by origin and by good.
(() => {
  const {format, scenarios, marks, about} = levee;
  const {number, state} = scenarios;

  const bands = () => (Array.isArray(about.bands) ? about.bands : []).filter((band) => Number.isFinite(band.low) && Number.isFinite(band.high));

  const rateRows = () => scenarios.designs.map((s) => ({design: s.name, status: s.status, value: number(s, "leakage_rate", state.zone)}));

  // A published mean is a range without width: a tick rather than a bar.
  const bandText = (band) => (band.low === band.high ? format.share(band.low, 0) : `${format.fixed(100 * band.low, 0)} to ${format.share(band.high, 0)}`);
  const bandMarks = () => [
    Plot.barX(bands().filter((b) => b.low < b.high), {x1: (b) => 100 * b.low, x2: (b) => 100 * b.high, y: "label", fill: "var(--band)", stroke: "var(--muted)", strokeDasharray: "3 2", rx: 2, insetTop: 5, insetBottom: 5, className: "mark-band"}),
    Plot.tickX(bands().filter((b) => b.low === b.high), {x: (b) => 100 * b.low, y: "label", stroke: "var(--muted)", strokeWidth: 3, insetTop: 4, insetBottom: 4, className: "mark-band"}),
    Plot.text(bands(), {x: (b) => 100 * b.high, y: "label", dx: 6, textAnchor: "start", text: bandText, fill: "var(--muted)", fontSize: 12}),
  ];

  const drawRates = (rows, width) => {
    const shown = rows.map((row) => ({...row, percent: 100 * row.value}));
    const labels = [...rows.map((row) => row.design), ...bands().map((band) => band.label)];
    const reach = [...shown.map((row) => row.percent), ...bands().flatMap((band) => [100 * band.low, 100 * band.high])];
    const narrow = width < 500;
    return marks.plot({
      width, height: labels.length * (narrow && bands().length ? 44 : 34) + 52, marginLeft: marks.margin(labels, width), marginRight: 24,
      x: {domain: marks.padded(reach, narrow ? 0.36 : 0.2)}, y: {domain: labels, padding: 0.22, label: null},
      marks: [
        marks.grid(), marks.ticks("% of the zone's reduction", width), marks.labelAxis(labels, width),
        ...bandMarks(),
        Plot.barX(marks.finite(shown), {x: "percent", y: "design", fill: "var(--accent)", rx: 1, className: "mark-leakage"}),
        ...marks.barLabels(shown, {x: "percent", y: "design", text: (row) => format.share(row.value)}),
        marks.notSolved(shown, {y: "design"}), marks.zero(),
      ],
    });
  };

  const sources = () => [...new Set(bands().map((band) => band.source).filter(Boolean))];
  const rates = () => scenarios.zones.length && rateRows().some((row) => Number.isFinite(row.value)) && levee.figure({
    id: "leakage-rate", title: "Leakage rate by design", wide: !channelRows().length, marks: "mark-leakage", controls: [levee.zoneControl()],
    caption: () => `Rise of emissions outside ${state.zone} as a share of their fall inside.` +
      (bands().length ? ` Grey: published figures${sources().length ? ` (${sources().join("; ")})` : ""}.` : ""),
    rows: rateRows, draw: drawRates,
    summary: (rows) => marks.extremes(rows, (row) => row.design, format.share),
    columns: [{label: "Design", name: "design", get: (r) => r.design}, {label: "Status", name: "status", get: (r) => r.status},
      {label: "Leakage rate", name: "leakage_rate", numeric: true, get: (r) => r.value, show: (v) => format.share(v, 2)}],
  });

  const channelRows = () => scenarios.designs.flatMap((s) =>
    Object.entries((s.leakage_channels || {})[state.zone] || {}).map(([channel, value]) => ({design: s.name, channel, value: typeof value === "number" ? value : NaN})));
  const channelNames = (rows) => [...new Set(rows.map((row) => row.channel))];

  const drawChannels = (rows, width) => {
    const labels = [...new Set(rows.map((row) => row.design))];
    return marks.plot({
      width, height: labels.length * 34 + 52, marginLeft: marks.margin(labels, width),
      y: {domain: labels, padding: 0.22, label: null}, color: {domain: channelNames(rows), range: marks.palette},
      marks: [
        marks.grid(), marks.ticks("percentage points", width), marks.labelAxis(labels, width),
        Plot.barX(marks.finite(rows),
          {x: (r) => 100 * r.value, y: "design", fill: "channel", stroke: "var(--surface)", strokeWidth: 1, order: channelNames(rows), className: "mark-channel",
            channels: {Channel: "channel"}, tip: {format: {fill: false, x: (v) => `${format.signed(v, 2)} points`}}}),
        marks.zero(),
      ],
    });
  };

  const channels = () => channelRows().length > 0 && levee.figure({
    id: "leakage-channels", title: "Where leakage comes from", marks: "mark-channel", caption: "The leakage rate by channel; the parts add to the rate.",
    rows: channelRows, draw: drawChannels,
    legend: (rows) => marks.legend(channelNames(rows).map((channel, at) => ({label: format.spaced(channel), colour: marks.palette[at % 8]}))),
    columns: [{label: "Design", name: "design", get: (r) => r.design}, {label: "Channel", name: "channel", get: (r) => format.spaced(r.channel)},
      {label: "Points", name: "share", numeric: true, get: (r) => r.value, show: (v) => format.signed(100 * v, 2)}],
  });

  // Shares of the rate by one dimension of a table, for the selected design.
  const parts = (spec) => {
    const table = levee.table(spec.table, "scenario", "zone", spec.key, "value");
    if (!table) return null;
    const figure = table.has("rate") ? "rate" : "value";
    const all = table.select(["scenario", "zone", spec.key, figure], (row) =>
      scenarios.names.includes(row.scenario) && !(spec.outside && scenarios.members(row.zone).includes(row[spec.key])))
      .map((row) => ({...row, value: row[figure] === null ? NaN : row[figure]}));
    const rows = () => all.filter((row) => row.scenario === state.design && row.zone === state.zone).map((row) => ({label: row[spec.key], value: row.value}));
    // One scale for all designs, so that switching compares them.
    const domain = () => marks.padded(all.filter((row) => row.zone === state.zone).map((row) => 100 * row.value), 0.24);
    const draw = (data, width) => {
      const shown = data.map((row) => ({...row, points: 100 * row.value}));
      const labels = shown.map((row) => row.label);
      return marks.plot({
        width, height: labels.length * 22 + 52, marginLeft: marks.margin(labels, width), x: {domain: domain()}, y: {domain: labels, padding: 0.2, label: null},
        marks: [marks.grid(), marks.ticks("percentage points of the leakage rate", width), marks.labelAxis(labels, width),
          Plot.barX(marks.finite(shown), {x: "points", y: "label", fill: "var(--accent)", className: spec.marks, channels: {name: {value: (r) => spec.show(r.label), label: ""}},
            tip: {format: {y: false, name: true, x: (v) => `${format.signed(v, 2)} points`}}}),
          ...marks.barLabels(shown, {x: "points", y: "label", text: (row) => format.signed(row.points, 2)}), marks.zero()],
      });
    };
    return levee.figure({
      id: spec.id, title: spec.title, marks: spec.marks, caption: () => `${state.design}: contributions to the leakage rate of ${state.zone}.`,
      controls: [levee.designControl()], rows, draw, summary: (data) => marks.extremes(data, (row) => row.label, (v) => `${format.signed(100 * v, 2)} points`),
      columns: [{label: spec.label, name: spec.key, get: (r) => r.label, show: spec.show},
        {label: "Points", name: "share", numeric: true, get: (r) => r.value, show: (v) => format.signed(100 * v, 3)}],
    });
  };

  levee.leakage = () => levee.figuresOf(rates(), channels(),
    parts({table: "leakage_by_origin", key: "region", id: "leakage-origin", title: "Leakage by region", label: "Region", marks: "mark-origin", outside: true, show: format.region}),
    parts({table: "leakage_by_good", key: "sector", id: "leakage-good", title: "Leakage by sector", label: "Sector", marks: "mark-good", show: format.sector}));
})();
