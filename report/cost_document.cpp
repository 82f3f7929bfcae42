#include "report/cost_document.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "report/cost_quantities.hpp"
#include "rules/rule_lookup.hpp"

namespace levee {

namespace {

using Json = nlohmann::ordered_json;

TableText cost_table(const FirmFile& file, const CostPath& path) {
  TableText table{"border_cost", {"reading", "firm", "year", "status", "quantity", "value", "unit"}, {}};
  for (const FirmCost& cost : path.firms) {
    for (const CostQuantity& one : cost_quantities(file, cost)) {
      append_csv_row(table.rows,
                     {file.readings[cost.reading].name, file.firms[cost.firm].name, static_cast<double>(cost.year),
                      status_word(cost.status), one.name, one.value, one.unit});
    }
  }
  return table;
}

TableText importer_table(const FirmFile& file, const CostPath& path) {
  TableText table{"importers", {"reading", "importer", "year", "quantity", "value", "unit"}, {}};
  for (const ImporterCost& one : path.importers) {
    const auto row = [&](const char* quantity, double value, const std::string& unit) {
      append_csv_row(table.rows, {file.readings[one.reading].name, one.importer, static_cast<double>(one.year),
                                  quantity, value, unit});
    };
    row("mass", one.tonnes, "t a year");
    row("certificates", one.certificates, "tCO2e a year");
    row("total_charge", one.total, file.currency() + " a year");
  }
  return table;
}

TableText green_table(const FirmFile& file, const CostPath& path) {
  TableText table{"green_supply", {"reading", "firm", "year", "share", "quantity", "value", "unit"}, {}};
  for (const GreenCost& one : path.green) {
    const Firm& firm = file.firms[one.firm];
    const std::string good = unit_of_good(file, firm), money = file.currency() + "/" + good;
    const auto row = [&](const char* quantity, double value, const std::string& unit) {
      append_csv_row(table.rows, {file.readings[one.reading].name, firm.name, static_cast<double>(one.year), one.share,
                                  quantity, value, unit});
    };
    row("embedded_total", one.emissions, "tCO2e/" + good);
    row("green_supply_cost", one.green, money);
    row("charge", one.charge, money);
    row("domestic_carbon_cost", one.domestic, money);
    row("sum", one.green + one.charge + one.domestic, money);
    row("least", one.least ? 1 : 0, "1 at the share with the least sum");
  }
  return table;
}

TableText quantile_table(const FirmFile& file, const std::vector<CostQuantile>& quantiles) {
  TableText table{"uncertainty", {"reading", "firm", "year", "probability", "quantity", "value", "unit"}, {}};
  for (const CostQuantile& one : quantiles) {
    const Firm& firm = file.firms[one.firm];
    const std::string money = file.currency() + "/" + unit_of_good(file, firm);
    const auto row = [&](const char* quantity, double value) {
      append_csv_row(table.rows, {file.readings[one.reading].name, firm.name, static_cast<double>(one.year),
                                  one.probability, quantity, value, money});
    };
    row("charge", one.per_tonne);
    row("profit", one.profit);
  }
  return table;
}

std::string place_text(const Location& where) {
  return where.file.empty() ? "" : fmt::format("{}:{}", where.file, where.line);
}

TableText looked_up_table(const CostPath& path) {
  TableText table{"looked_up", {"what", "key", "year", "value", "unit", "source", "confidence", "place"}, {}};
  for (const LookedUp& one : path.looked_up) {
    const std::string place = place_text(one.where);
    append_csv_row(table.rows, {one.what, one.key, static_cast<double>(one.year), one.value, one.unit, one.source,
                                one.confidence, place});
  }
  return table;
}

Json rows_json(const FirmFile& file, const CostPath& path) {
  Json rows = Json::array();
  for (const FirmCost& cost : path.firms) {
    Json row{{"reading", file.readings[cost.reading].name},
             {"firm", file.firms[cost.firm].name},
             {"year", cost.year},
             {"status", status_word(cost.status)}};
    for (const CostQuantity& one : cost_quantities(file, cost)) row[one.name] = one.value;
    rows.push_back(std::move(row));
  }
  return rows;
}

Json importers_json(const FirmFile& file, const CostPath& path) {
  Json rows = Json::array();
  for (const ImporterCost& one : path.importers) {
    rows.push_back({{"reading", file.readings[one.reading].name},
                    {"importer", one.importer},
                    {"year", one.year},
                    {"mass", one.tonnes},
                    {"certificates", one.certificates},
                    {"total_charge", one.total}});
  }
  return rows;
}

Json quantiles_json(const FirmFile& file, const std::vector<CostQuantile>& quantiles) {
  Json rows = Json::array();
  for (const CostQuantile& one : quantiles) {
    rows.push_back({{"reading", file.readings[one.reading].name},
                    {"firm", file.firms[one.firm].name},
                    {"year", one.year},
                    {"probability", one.probability},
                    {"charge", one.per_tonne},
                    {"profit", one.profit}});
  }
  return rows;
}

Json firms_json(const FirmFile& file) {
  Json firms = Json::array();
  for (const Firm& firm : file.firms) {
    const Product& product = file.products[firm.product];
    firms.push_back({{"name", firm.name},
                     {"label", firm.label},
                     {"cn", product.cn},
                     {"sector", scope_of(file.book, product.cn, product.where).sector},
                     {"origin", product.origin},
                     {"emissions", product.by_default ? "default" : "actual"}});
  }
  return firms;
}

Json summary_of(const FirmFile& file, const CostPath& path, const std::vector<CostQuantile>& quantiles,
                const std::string& version) {
  Json summary{{"schema", 1},
               {"kind", "cost"},
               {"version", version},
               {"cost", file.name},
               {"rules", file.book.name},
               {"currency", file.currency()},
               {"rules_currency", file.book.currency},
               {"years", file.years},
               {"readings", Json::array()},
               {"firms", firms_json(file)}};
  for (const Reading& reading : file.readings) summary["readings"].push_back(reading.name);
  summary["notes"] = path.notes;
  summary["rows"] = rows_json(file, path);
  summary["importers"] = importers_json(file, path);
  if (!quantiles.empty()) summary["uncertainty"] = quantiles_json(file, quantiles);
  return summary;
}

Json sources_json(const FirmFile& file, const CostPath& path) {
  Json sources = Json::array();
  for (const RuleSource& source : file.book.sources) {
    const auto cites = [&](const LookedUp& one) { return one.source == source.key; };
    if (std::any_of(path.looked_up.begin(), path.looked_up.end(), cites))
      sources.push_back({{"source", source.key}, {"title", source.title}, {"address", source.address}});
  }
  return sources;
}

}  // namespace

const char* status_word(ChargeStatus status) {
  switch (status) {
    case ChargeStatus::charged:
      return "charged";
    case ChargeStatus::nothing_due:
      return "nothing due";
    case ChargeStatus::exempt_origin:
      return "exempt origin";
    case ChargeStatus::de_minimis:
      return "de minimis";
  }
  return "";
}

AnalysisDocument cost_document(const FirmFile& file, const CostPath& path, const std::vector<CostQuantile>& quantiles,
                               const std::string& version) {
  AnalysisDocument document;
  document.name = "cost";
  document.summary = summary_of(file, path, quantiles, version);
  document.tables = {cost_table(file, path), importer_table(file, path)};
  if (!path.green.empty()) document.tables.push_back(green_table(file, path));
  if (!quantiles.empty()) document.tables.push_back(quantile_table(file, quantiles));
  document.tables.push_back(looked_up_table(path));
  document.about["title"] = fmt::format("What a tonne costs at the border: {}", file.name);
  document.about["description"] = file.description;
  document.about["assumptions"] = path.notes;
  document.about["sources"] = sources_json(file, path);
  document.about["glossary"] = Json::array(
      {"Embedded emissions: of the plant's own process and of its precursors, per tonne of good; default values carry "
       "their mark-up.",
       "Free allocation adjustment: what the zone's own producers still get for free, remaining share times benchmark.",
       "Charge: net emissions, never negative, times the certificate price less what is effectively paid at the "
       "origin.",
       "Break-even: the certificate price, or the charged emissions a tonne, at which the profit is zero."});
  return document;
}

}  // namespace levee
