"use strict";
// CSV files made in the page (RFC 4180, as the run's own tables).
(() => {
  const field = (value) => {
    if (value === null || value === undefined || (typeof value === "number" && !Number.isFinite(value))) return "";
    const text = String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const text = (header, rows) => [header, ...rows].map((row) => row.map(field).join(",") + "\n").join("");

  const download = (name, content, type = "text/csv;charset=utf-8") => {
    const url = URL.createObjectURL(new Blob([content], {type}));
    const link = levee.el("a", {href: url, download: name});
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
    levee.csv.last = {name, content};
  };

  const button = (label, name, make) =>
    levee.el("button", {type: "button", class: "quiet", onclick: () => download(name, make())}, label);

  levee.csv = {text, download, button, last: null};
})();
