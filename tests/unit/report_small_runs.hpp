#pragma once

#include <cmath>
#include <filesystem>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "report/run_merge.hpp"

namespace levee::test {

/// A made-up run of two regions, A (the zone's) and B, with every table that a run has by contract. No figure means
/// anything.
class SmallRunFolder {
 public:
  struct Design {
    std::string name;
    std::string held;  ///< "price", "cap", "world" or nothing
    double price = 0;
    double inside = 0, outside = 0;  ///< changes of emissions
    double ev_a = 0, ev_b = 0;       ///< equivalent variation, money
    std::string status = "solved";
    double covered = 60;  ///< covered emissions of the zone in the reference
  };

  explicit SmallRunFolder(const std::vector<Design>& designs = {}, const std::string& money = "million USD")
      : money_(money) {
    document_.summary = {{"schema", 1},
                         {"study", "small"},
                         {"dataset", "two"},
                         {"reference", "reference"},
                         {"units", {{"money", money}, {"price_year", 2011}, {"mass", "Mt"}}},
                         {"scenarios", Json::array()}};
    document_.run = {{"version", "1"}, {"inputs", Json::array()}, {"scenarios", Json::array()}};
    document_.about = {{"assumptions", {"All is made up."}}, {"description", "small"}};
    make_tables();
    add({"reference", "", 0, 0, 0, 0, 0});
    for (const Design& design : designs) add(design);
  }

  RunDocument document() const { return document_; }
  NamedRun named(const std::string& name) const { return {name, name, document_}; }

 private:
  using Json = nlohmann::ordered_json;
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  static constexpr double consumption_a = 200, consumption_b = 800;

  Table& table(const std::string& name) { return document_.tables[places_.at(name)]; }

  void make_tables() {
    const std::vector<std::pair<std::string, std::vector<std::string>>> shapes = {
        {"emissions", {"region", "sector", "stressor", "source", "value", "change"}},
        {"leakage", {"zone", "channel", "value"}},
        {"trade", {"good", "origin", "destination", "value", "volume", "change"}},
        {"output", {"region", "sector", "value"}},
        {"prices", {"region", "sector", "value"}},
        {"factors", {"region", "factor", "value"}},
        {"welfare", {"region", "component", "value"}},
        {"macro", {"region", "component", "value"}},
        {"carbon_markets", {"zone", "price", "cap", "emissions", "allowances", "revenue"}},
        {"cbam", {"good", "origin", "intensity", "rate", "certificates", "revenue"}}};
    for (const auto& [name, columns] : shapes) {
      Table made{name, {"scenario"}, {}};
      made.columns.insert(made.columns.end(), columns.begin(), columns.end());
      made.columns.insert(made.columns.end(), {"unit", "reference"});
      places_[name] = document_.tables.size();
      document_.tables.push_back(made);
    }
    document_.tables.push_back({"benchmark_emissions", {"region", "total", "unit", "reference"}, {}});
    document_.tables.back().add({"A", 100.0, "Mt", "benchmark"});
  }

  void add(const Design& design) {
    const bool solved = design.status == "solved";
    Json entry = {{"name", design.name}, {"status", design.status}, {"reference", nullptr}};
    if (solved) fill(entry, design);
    document_.summary["scenarios"].push_back(entry);
    document_.run["scenarios"].push_back({{"name", design.name}, {"resolved", design.held}});
    if (solved) add_rows(design);
  }

  static void fill(Json& entry, const Design& design) {
    const double b = 900 + design.outside, a = 100 + design.inside;
    entry["reference"] = "reference";
    entry["held"]["Z"] = design.held.empty() ? Json(nullptr) : Json(design.held);
    entry["carbon_price"]["Z"] = design.price;
    entry["emissions_mt"] = {{"A", a}, {"B", b}, {"world", a + b}};
    entry["leakage_rate"]["Z"] = design.inside == 0 ? Json(nullptr) : Json(-design.outside / design.inside);
    entry["leakage_channels"]["Z"] = nullptr;
    entry["welfare_ev_percent"] = {{"A", 100 * design.ev_a / consumption_a},
                                   {"B", 100 * design.ev_b / consumption_b},
                                   {"world", 100 * (design.ev_a + design.ev_b) / (consumption_a + consumption_b)}};
    entry["exports_to_zone_percent"]["Z"]["B"] = {{"STEEL", 1.5}};
    entry["cbam_revenue"]["Z"] = 7.0;
    entry["real_gdp_percent"] = {{"A", -0.1}, {"B", 0.1}};
  }

  void add_rows(const Design& design) {
    const std::string& name = design.name;
    const auto row = [&](const std::string& to, std::vector<Cell> cells, const std::string& unit) {
      cells.insert(cells.begin(), name);
      cells.emplace_back(unit);
      cells.emplace_back("reference");
      table(to).add(std::move(cells));
    };
    row("emissions", {"A", "STEEL", "CO2", "COAL", 1.0, 0.0}, "Mt");
    row("leakage", {"Z", "inside_change", design.inside}, "Mt");
    row("leakage", {"Z", "outside_change", design.outside}, "Mt");
    row("leakage", {"Z", "covered_change", design.inside}, "Mt");
    row("trade", {"STEEL", "B", "A", 2.5, 2.5, 0.0}, money_);
    row("output", {"A", "STEEL", 1.0 / 3}, money_);
    row("prices", {"A", "STEEL", 1.0}, "benchmark price = 1");
    row("factors", {"A", "labour", 1.0}, "benchmark price = 1");
    row("welfare", {"A", "equivalent variation", design.ev_a}, money_);
    row("welfare", {"B", "equivalent variation", design.ev_b}, money_);
    row("macro", {"A", "real GDP", 1e6}, money_);
    row("carbon_markets",
        {"Z", design.price, design.held == "cap" ? design.covered + design.inside : kNone,
         design.covered + design.inside, 0.0, 1.0},
        "price USD per t in the zone's consumer prices; Mt; " + money_);
    row("cbam", {"STEEL, \"hot\"", "B", 1.0, 0.1, 0.1, 7.0}, money_);
  }

  std::string money_;
  RunDocument document_;
  std::map<std::string, std::size_t> places_;
};

/// The designs that most tests compare: a price, two that hold another's covered or the world's emissions.
inline std::vector<SmallRunFolder::Design> some_designs() {
  return {{"ets", "price", 100, -20, 5, -2, -1},
          {"free", "price", 100, -15, 2, -1.5, -0.5},
          {"free_cap", "cap", 130, -20, 3, -2.5, -0.9},
          {"border_world", "world", 80, -17, 2, -1.2, -1.9},
          {"stuck", "cap", 0, 0, 0, 0, 0, "failed"}};
}

}  // namespace levee::test
