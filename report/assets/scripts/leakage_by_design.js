"use strict";
// The headline chart: leakage by design, grouped by what the designs hold, each rate split into the channels it comes through, beside
// published ranges; and the one ranking by world welfare that is a ranking.
levee.part(() => {
  const {format, scenarios, marks, charts, about} = levee;
  const {number, state} = scenarios;
  const unsplit = "total";

  const bands = () => (Array.isArray(about.bands) ? about.bands : []).filter((band) => Number.isFinite(band.low) && Number.isFinite(band.high));
  const channelsOf = (scenario) => Object.entries(((scenario.leakage_channels || {})[state.zone]) || {}).filter(([, value]) => typeof value === "number");
  const preferred = ["competitiveness", "energy", "income"];
  const parts = () => {
    const found = [...new Set(scenarios.designs.flatMap((s) => channelsOf(s).map(([channel]) => channel)))];
    return [...preferred.filter((name) => found.includes(name)), ...found.filter((name) => !preferred.includes(name)), unsplit];
  };

  // The same scenario may stand in two groups: in its own, and as the measure of another.
  const rowsOf = () => scenarios.groups().flatMap((group) => group.all.flatMap((scenario) => {
    const row = {key: `${group.key}\n${scenario.name}`, held: group.key, design: scenario.name, status: scenario.status, rate: number(scenario, "leakage_rate", state.zone)};
    const split = channelsOf(scenario);
    return split.length ? split.map(([part, value]) => ({...row, part, value})) : [{...row, part: unsplit, value: row.rate}];
  }));

  const fill = (part) => (part === unsplit ? "var(--accent)" : marks.fill(parts().indexOf(part)));
  const percent = (row) => ({...row, value: 100 * row.value});

  // A published mean is a range without width: a tick rather than a bar.
  const bandText = (band) => (band.low === band.high ? format.share(band.low, 0) : `${format.fixed(100 * band.low, 0)} to ${format.share(band.high, 0)}`);
  const bandMarks = (lift) => [
    Plot.barX(bands().filter((b) => b.low < b.high), {x1: (b) => 100 * b.low, x2: (b) => 100 * b.high, y: "label", fill: "var(--band)", stroke: "var(--muted)", strokeDasharray: "3 2", rx: 2, insetTop: 4 + lift, insetBottom: 4, className: "mark-band"}),
    Plot.tickX(bands().filter((b) => b.low === b.high), {x: (b) => 100 * b.low, y: "label", stroke: "var(--muted)", strokeWidth: 3, insetTop: 3 + lift, insetBottom: 3, className: "mark-band"}),
    Plot.text(bands(), {x: (b) => 100 * b.high, y: "label", dx: 7, dy: lift / 2, textAnchor: "start", text: bandText, fill: "var(--muted)", fontSize: 12}),
  ];

  const groupText = {price: "Carbon price held", cap: "Zone's emissions held (cap)", world: "World emissions held", none: "No carbon policy in the zone"};
  const draw = (rows, width) => {
    const keys = [];
    const texts = new Map();
    const heading = (key, text) => {
      keys.push(key);
      texts.set(key, text);
    };
    const groups = scenarios.groups();
    for (const group of groups) {
      if (groups.length > 1 || bands().length) heading(`heading\n${group.key}`, groupText[group.key]);
      for (const scenario of group.all) keys.push(`${group.key}\n${scenario.name}`);
    }
    if (bands().length) {
      heading("heading\nbands", "Published");
      keys.push(...bands().map((band) => band.label));
    }
    const unsolved = rows.filter((row) => row.status !== "solved");
    const shares = rows.map(percent);
    return charts.stacks({
      rows: shares, width, keys, height: 28, marks: "mark-leakage", parts: parts(), fill,
      unit: `emissions outside, % of the fall in ${state.zone}`, heading: (key) => texts.has(key),
      label: (key) => texts.get(key) || (key.includes("\n") ? scenarios.label(key.split("\n")[1]) : key),
      reach: [...charts.stackReach(shares, parts()), ...bands().flatMap((band) => [100 * band.low, 100 * band.high])],
      text: (value) => `${format.fixed(value, 1)} %`,
      title: (row) => `${scenarios.label(row.design)}\n${row.part === unsplit ? "leakage rate" : format.spaced(row.part)}: ${format.signed(row.value, 2)} points` +
        (row.part === unsplit ? "" : `\nleakage rate: ${format.share(row.rate, 2)}`),
      extra: (lift) => [...bandMarks(lift), Plot.text(unsolved, {x: 0, y: "key", text: (row) => `not solved (${row.status})`, dx: 6, dy: lift / 2, textAnchor: "start", fill: "var(--muted)", fontStyle: "italic", fontSize: 12})],
    });
  };

  const sources = () => [...new Set(bands().map((band) => band.source).filter(Boolean))];
  const caption = () => {
    const split = rowsOf().some((row) => row.part !== unsplit);
    return `Rise of emissions outside ${state.zone} as a share of their fall inside${split ? ", by the channel it comes through: competitiveness (production moves), " +
      "energy (fuel that the zone saves gets cheaper elsewhere) and income. Parts below zero lower the rate; the line marks the total" : ""}. ` +
      (scenarios.groups().length > 1 ? "Compare designs within a group: there they hold the same thing. A design repeated at the head of a group sets what the group holds. " : "") +
      (bands().length ? `Dashed: published figures${sources().length ? ` (${sources().join("; ")})` : ""}.` : "");
  };

  levee.leakageByDesign = () => rowsOf().some((row) => Number.isFinite(row.value)) && levee.figuresOf(levee.figure({
    id: "leakage-rate", title: "Leakage by design", wide: true, marks: "mark-leakage", caption, rows: rowsOf, draw,
    legend: (rows) => {
      const present = parts().filter((part) => rows.some((row) => row.part === part && Number.isFinite(row.value)));
      return present.length > 1 || present[0] !== unsplit ? charts.legendOf(present, fill, (part) => (part === unsplit ? "not split" : format.spaced(part))) : [];
    },
    summary: (rows) => marks.extremes(rows.map((row) => ({...row, value: row.rate})), (row) => scenarios.label(row.design), format.share),
    columns: [{label: "Design", name: "design", get: (r) => r.design, show: scenarios.label}, {label: "Held", name: "held", get: (r) => scenarios.groupNames[r.held]}, {label: "Status", name: "status", get: (r) => r.status},
      {label: "Channel", name: "channel", get: (r) => format.spaced(r.part)},
      {label: "Points", name: "share", numeric: true, get: (r) => r.value, show: (v) => format.signed(100 * v, 2)},
      {label: "Leakage rate", name: "leakage_rate", numeric: true, get: (r) => r.rate, show: (v) => format.share(v, 2)}],
  }));

  const welfareRows = () => d3.sort(scenarios.rankable().map((s) => ({key: s.name, value: number(s, "welfare_ev_percent", "world")})), (row) => -row.value);
  levee.worldWelfare = () => welfareRows().length > 0 && levee.figuresOf(levee.figure({
    id: "world-welfare", title: "World welfare at equal world emissions", wide: true, marks: "mark-world", rows: welfareRows,
    caption: () => `Equivalent variation, % of the world's consumption, best first. All of these reach the same world emissions (${format.fixed(d3.mean(scenarios.rankable(), (s) => number(s, "emissions_mt", "world")), 0)} ${format.mass}); ` +
      "no other designs of this run may be ranked so. The climate's benefit is the same in all and left out.",
    draw: (rows, width) => charts.bars({rows, width, keys: rows.map((row) => row.key), label: scenarios.label, marks: "mark-world", unit: "equivalent variation, % of consumption",
      reach: rows.map((row) => row.value), text: (row) => format.percent(row.value, 4), title: (row) => `${scenarios.label(row.key)}\n${format.percent(row.value, 4)}`}),
    summary: (rows) => marks.extremes(rows, (row) => scenarios.label(row.key), (v) => format.percent(v, 3)),
    columns: [{label: "Design", name: "design", get: (r) => r.key, show: scenarios.label}, {label: "World welfare, EV %", name: "welfare_world_percent", numeric: true, get: (r) => r.value, show: (v) => format.signed(v, 4)}],
  }));
});
