"use strict";
// Exports to the zone by origin and good, as a matrix; volume or value, in per cent or in money.
levee.part(() => {
  const {format, scenarios, marks} = levee;
  const {state} = scenarios;
  const measures = [["volume%", "volume, % change"], ["value%", "value, % change"], ["volume", "volume, change in money at base prices"], ["value", "value, change in money"]];
  const total = "all";

  // Sums of the trade table into the zone: sums[scenario][good][origin], both with an "all".
  const flows = (zone, figure) => {
    const table = levee.table("trade", "scenario", "good", "origin", "destination", figure);
    const inside = new Set(scenarios.members(zone));
    if (!table || !inside.size) return null;
    const [scenario, good, origin, destination, amount] = ["scenario", "good", "origin", "destination", figure].map((name) => table.column(name));
    const sums = new Map();
    const add = (key, value) => sums.set(key, (sums.get(key) || 0) + value);
    for (let row = 0; row < table.rows; ++row) {
      if (!inside.has(destination[row]) || inside.has(origin[row]) || typeof amount[row] !== "number") continue;
      for (const j of [good[row], total])
        for (const r of [origin[row], total]) add(`${scenario[row]}\n${j}\n${r}`, amount[row]);
    }
    return {goods: table.dictionary("good"), origins: table.dictionary("origin").filter((region) => !inside.has(region)),
      of: (s, j, r) => (sums.has(`${s}\n${j}\n${r}`) ? sums.get(`${s}\n${j}\n${r}`) : NaN)};
  };

  const cache = new Map();
  const cached = (zone, figure) => {
    const key = `${zone}\n${figure}`;
    if (!cache.has(key)) cache.set(key, flows(zone, figure));
    return cache.get(key);
  };

  // Without the table (too large for the page) the summary's percentages serve.
  const fromSummary = (design) => Object.entries(((scenarios.find(design) || {}).exports_to_zone_percent || {})[state.zone] || {})
    .flatMap(([origin, goods]) => Object.entries(goods || {}).map(([good, value]) => ({good, origin, before: NaN, value: typeof value === "number" ? value : NaN})));

  const rowsOf = (design, measure) => {
    const percent = measure.endsWith("%");
    const found = cached(state.zone, measure.replace("%", ""));
    if (!found) return percent ? fromSummary(design) : [];
    return [...found.goods, total].flatMap((good) => [...found.origins, total].map((origin) => {
      const before = found.of(scenarios.referenceOf(design), good, origin);
      const change = found.of(design, good, origin) - before;
      return {good, origin, before, value: percent ? (before > 0 ? 100 * change / before : NaN) : change};
    }));
  };

  const name = (code, other) => (code === total ? other : code);
  // All designs of the group share one scale.
  const scaleOf = (measure) => marks.diverging(scenarios.shown().filter(scenarios.solved).flatMap((s) => rowsOf(s.name, measure).map((row) => row.value)));
  const goodName = (code) => (code === total ? "All goods" : format.sector(code));
  const originName = (code) => (code === total ? "All origins" : format.region(code));
  const shown = (measure) => (value) => (measure.endsWith("%") ? format.percent(value, 1) : format.money(value));
  const cellText = (measure) => (row) =>
    measure.endsWith("%") ? format.signed(row.value, Math.abs(row.value) >= 100 ? 0 : 1) : format.signed(row.value * format.moneyScale, 2);

  const draw = (rows, width, measure) => {
    const goods = [...new Set(rows.map((row) => row.good))];
    const origins = [...new Set(rows.map((row) => row.origin))];
    const scale = scaleOf(measure);
    const finite = marks.finite(rows);
    const labelOf = new Map(goods.map((good) => [good, name(good, "All goods") === good && width >= 900 ? format.shortSector(good) : name(good, "All goods")]));
    const left = marks.margin([...labelOf.values()], width);
    return marks.plot({
      width, height: goods.length * 27 + 40, marginTop: 30, marginBottom: 6, marginLeft: left, marginRight: 4,
      x: {domain: origins, label: null, padding: 0.04}, y: {domain: goods, label: null, padding: 0.06},
      marks: [
        Plot.axisX({anchor: "top", label: null, tickSize: 0, fontSize: 12, tickFormat: (code) => name(code, "All")}),
        Plot.axisY({label: null, tickSize: 0, fontSize: 12, tickFormat: (code) => labelOf.get(code)}),
        Plot.cell(finite, {x: "origin", y: "good", fill: (row) => scale.colour(row.value), rx: 2, className: "mark-trade",
          stroke: (row) => (row.good === total || row.origin === total ? "var(--muted)" : "none"), strokeWidth: 0.6}),
        Plot.text(finite, {x: "origin", y: "good", text: cellText(measure), fill: (row) => scale.ink(row.value), fontSize: 11, fontVariant: "tabular-nums"}),
        Plot.tip(finite, Plot.pointer({x: "origin", y: "good", fontSize: 12, title: (row) => `${goodName(row.good)}\n${originName(row.origin)}\n${shown(measure)(row.value)}` +
          (Number.isFinite(row.before) ? `\nreference: ${format.money(row.before)}` : "")})),
      ],
      color: {type: "identity"},
    });
  };

  // The columns' codes in full: their names do not fit above them.
  const columnNames = () => {
    const names = rowsOf(state.design, "volume%").map((row) => row.origin).filter((code, at, all) => code !== total && all.indexOf(code) === at)
      .filter((code) => format.region(code) !== code).map((code) => `${code}: ${format.shortRegion(code)}`);
    return names.length ? `${names.join("; ")}.` : "";
  };

  const figure = () => {
    let measure = cached(state.zone, "volume") ? "volume%" : "value%";
    const offered = measures.filter(([key]) => cached(state.zone, key.replace("%", "")) || (key === measure));
    const control = offered.length > 1 ? levee.select("Measure", offered, measure, (value) => {
      measure = value;
      node.update();
    }) : null;
    const unit = () => (measure.endsWith("%") ? "%" : format.currency);
    const node = levee.figure({
      id: "trade-shifts", title: "Trade shifts: exports to the zone", wide: true, minWidth: 620, marks: "mark-trade",
      caption: () => `${scenarios.label(state.design)}: change of exports to ${state.zone} against ${scenarios.label(scenarios.referenceOf(state.design))}, by good and origin. One colour scale for all designs shown; empty where there is no trade. ${columnNames()}`,
      controls: [control],
      rows: () => rowsOf(state.design, measure), draw: (rows, width) => draw(rows, width, measure), legend: () => scaleOf(measure).legend(unit()),
      summary: (rows) => marks.extremes(rows, (row) => `${goodName(row.good)}, ${originName(row.origin)}`, shown(measure)),
      columns: [{label: "Good", name: "good", get: (r) => r.good, show: goodName},
        {label: "Origin", name: "origin", get: (r) => r.origin, show: originName},
        {label: "Reference", name: "reference", numeric: true, get: (r) => r.before, show: format.money},
        {label: "Change", name: "change", numeric: true, get: (r) => r.value, show: (v) => shown(measure)(v)}],
    });
    return node;
  };

  levee.trade = () => {
    const any = scenarios.zones.length && (cached(state.zone, "volume") || cached(state.zone, "value") || fromSummary(state.design).length);
    return levee.figuresOf(any ? figure() : null, levee.diversion());
  };
});
