"use strict";
// Figures for people: a true minus sign, few digits, units. NaN and null are shown as a dash.
levee.part(() => {
  const none = "–";
  const gap = "\u00a0";  // a figure and its unit stay on one line
  // A figure that rounds to zero has no sign.
  const minus = (text) => text.replaceAll("-", "−").replace(/^−(?=0(\.0*)?$)/, "");
  const missing = (value) => typeof value !== "number" || !Number.isFinite(value);
  const fixed = (value, digits) =>
    missing(value) ? none : minus(value.toLocaleString("en", {minimumFractionDigits: digits, maximumFractionDigits: digits}));
  const signed = (value, digits) => (missing(value) ? none : (value > 0 && Number(value.toFixed(digits)) > 0 ? "+" : "") + fixed(value, digits));

  // Three significant digits for anything between a thousandth and a hundred thousand, else exponent form.
  const plain = (value) => {
    if (missing(value)) return none;
    const size = Math.abs(value);
    if (size === 0) return "0";
    if (size < 1e-3) return minus(value.toExponential(1));
    if (size >= 1000) return fixed(value, 0);
    return minus(String(Number(value.toPrecision(4))));
  };

  const units = levee.summary.units || {};
  const money = units.money || "";
  const currency = money.replace(/^million\s+/, "");
  const inMillions = money.startsWith("million ");
  const moneyUnit = inMillions ? `bn ${currency}` : money;
  const moneyScale = inMillions ? 1e-3 : 1;
  const moneyDigits = (value) => (Math.abs(value * moneyScale) >= 100 ? 0 : Math.abs(value * moneyScale) >= 1 ? 1 : 2);

  const spaced = (name) => String(name).replaceAll("_", " ");
  const lookup = (table, code) => {
    const entry = (table || {})[code];
    return typeof entry === "string" ? entry : undefined;
  };
  const named = (table) => (code) => {
    const name = code === "world" ? "World" : lookup(table, code);
    return name && name !== code ? `${name} (${code})`.replace("World (world)", "World") : spaced(code);
  };

  // For labels on charts: without what is in brackets, and cut between words where it is long.
  const longest = 26;
  const short = (table) => (code) => {
    const name = code === "world" ? "World" : (lookup(table, code) || spaced(code)).replace(/\s*\(.*$/, "");
    return name.length <= longest ? name : `${name.slice(0, longest).replace(/[\s,]+\S*$/, "")}…`;
  };

  levee.format = {
    none, plain, fixed, signed, missing, spaced, currency, moneyUnit, moneyScale,
    mass: units.mass || "Mt",
    share: (value, digits = 1) => (missing(value) ? none : `${fixed(100 * value, digits)}${gap}%`),
    percent: (value, digits = Math.abs(value) < 0.1 ? 3 : 2) => (missing(value) ? none : `${signed(value, digits)}${gap}%`),
    money: (value) => (missing(value) ? none : `${fixed(value * moneyScale, moneyDigits(value))}${gap}${moneyUnit}`),
    tonnes: (value) => (missing(value) ? none : `${signed(value, Math.abs(value) < 10 ? 2 : 0)}${gap}${units.mass || "Mt"}`),
    describe: (name) => lookup(levee.about.scenarios, name),
    region: named(levee.about.regions),
    sector: named(levee.about.sectors),
    shortRegion: short(levee.about.regions),
    shortSector: short(levee.about.sectors),
  };
});
