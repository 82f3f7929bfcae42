#include "report/comparison_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

#include "scenarios/scenario_table.hpp"

namespace levee {

namespace {

using Json = nlohmann::ordered_json;
using Match = std::vector<std::pair<std::string, std::string>>;

const Json& entry_of(const NamedRun& run, const ChosenScenario& scenario) {
  return run.document.summary["scenarios"][scenario.index];
}

const Json* member(const Json& json, const std::string& key) {
  const auto found = json.find(key);
  return found == json.end() || found->is_null() ? nullptr : &*found;
}

const Table* table_named(const RunDocument& document, const std::string& name) {
  for (const Table& table : document.tables)
    if (table.name == name) return &table;
  return nullptr;
}

std::size_t column_of(const Table& table, const std::string& name) {
  return static_cast<std::size_t>(std::find(table.columns.begin(), table.columns.end(), name) - table.columns.begin());
}

/// The first row that matches; null when there is none.
const std::vector<Cell>* row_of(const Table& table, const Match& match) {
  std::vector<std::pair<std::size_t, const std::string*>> wanted;
  for (const auto& [column, text] : match) wanted.emplace_back(column_of(table, column), &text);
  for (const std::vector<Cell>& row : table.rows) {
    const bool matches = std::all_of(wanted.begin(), wanted.end(), [&](const auto& want) {
      const auto* text = want.first < row.size() ? std::get_if<std::string>(&row[want.first]) : nullptr;
      return text != nullptr && *text == *want.second;
    });
    if (matches) return &row;
  }
  return nullptr;
}

/// "million USD of 2011": figures of the same unit can be subtracted.
std::string money_unit(const NamedRun& run) {
  const Json& units = run.document.summary["units"];
  return fmt::format("{} of {}", units["money"].get<std::string>(), units["price_year"].dump());
}

/// "USD per t of 2011", from the unit of the carbon markets' rows ("price USD per t in ...; ...").
std::string price_unit(const NamedRun& run, const std::string& zone) {
  const Table* table = table_named(run.document, "carbon_markets");
  const std::vector<Cell>* row = table == nullptr ? nullptr : row_of(*table, {{"zone", zone}});
  const std::size_t column = table == nullptr ? 0 : column_of(*table, "unit");
  const auto* unit = row == nullptr || column >= row->size() ? nullptr : std::get_if<std::string>(&(*row)[column]);
  const std::string start = "price ", end = " per t";
  const std::size_t stop = unit == nullptr ? std::string::npos : unit->find(end);
  const std::string year = run.document.summary["units"]["price_year"].dump();
  if (stop == std::string::npos || !unit->starts_with(start)) return fmt::format("money per t of {}", year);
  return fmt::format("{}{} of {}", unit->substr(start.size(), stop - start.size()), end, year);
}

/// Equivalent variation and consumption in the reference, summed over regions.
struct Welfare {
  double variation = 0;
  double consumption = 0;

  double percent() const { return variation == 0 ? 0 : 100 * variation / consumption; }
};

/// The consumption that percentages of the equivalent variation are of. A scenario that leaves the region as it was
/// does not show it, so another with the same reference is asked.
double consumption(const NamedRun& run, const Json& scenario, const std::string& region) {
  const auto implied = [&](const Json& entry) {
    const double percent = summary_figure(entry, "welfare_ev_percent", region);
    const std::string name = entry["name"].get<std::string>();
    const double variation =
        table_figure(run.document, "welfare",
                     {{"scenario", name}, {"region", region}, {"component", "equivalent variation"}}, "value");
    return percent != 0 ? 100 * variation / percent : missing;
  };
  double result = implied(scenario);
  for (const Json& other : run.document.summary["scenarios"]) {
    if (!std::isnan(result)) break;
    if (other.contains("reference") && other["reference"] == scenario["reference"]) result = implied(other);
  }
  return result;
}

/// Regions of a summary's map, `world` left out.
std::vector<std::string> regions_of(const Json& scenario) {
  std::vector<std::string> regions;
  if (const Json* map = member(scenario, "emissions_mt")) {
    for (const auto& entry : map->items())
      if (entry.key() != "world") regions.push_back(entry.key());
  }
  return regions;
}

/// The regions that export to the zone from outside it; all others are its members.
std::set<std::string> outsiders(const Json& scenario, const std::string& zone) {
  std::set<std::string> regions;
  const Json* zones = member(scenario, "exports_to_zone_percent");
  if (const Json* origins = zones == nullptr ? nullptr : member(*zones, zone))
    for (const auto& entry : origins->items()) regions.insert(entry.key());
  return regions;
}

class FigureWriter {
 public:
  FigureWriter(const NamedRun& run, const ChosenScenario& scenario)
      : run_(run), scenario_(scenario), entry_(entry_of(run, scenario)) {}

  std::vector<ComparedFigure> take() {
    if (entry_["status"] != "solved" || member(entry_, "reference") == nullptr) return {};
    if (const Json* zones = member(entry_, "carbon_price"))
      for (const auto& zone : zones->items()) add_zone(zone.key());
    add_regions("emissions", "emissions_mt", "Mt");
    add_regions("welfare_percent", "welfare_ev_percent", "%");
    add_regions("real_gdp_percent", "real_gdp_percent", "%");
    return std::move(figures_);
  }

 private:
  void add(const std::string& indicator, const std::string& zone, const std::string& region, double value,
           const std::string& unit) {
    ComparedFigure figure;
    figure.indicator = indicator_named(indicator);
    figure.zone = zone;
    figure.region = region;
    figure.value = value;
    figure.unit = unit;
    figures_.push_back(std::move(figure));
  }

  void add_zone(const std::string& zone) {
    add("carbon_price", zone, "", summary_figure(entry_, "carbon_price", zone), price_unit(run_, zone));
    add("covered_emissions", zone, "",
        table_figure(run_.document, "carbon_markets", {{"scenario", scenario_.local}, {"zone", zone}}, "emissions"),
        "Mt");
    for (const char* channel : {"inside_change", "outside_change"}) {
      add(channel, zone, "",
          table_figure(run_.document, "leakage", {{"scenario", scenario_.local}, {"zone", zone}, {"channel", channel}},
                       "value"),
          "Mt");
    }
    add("leakage_rate", zone, "", summary_figure(entry_, "leakage_rate", zone), "share");
    const Json* channels = member(entry_, "leakage_channels");
    for (const char* channel : {"competitiveness", "energy", "income"}) {
      add(fmt::format("leakage_{}", channel), zone, "",
          channels == nullptr ? missing : summary_figure(*channels, zone, channel), "share");
    }
    add_zone_welfare(zone);
    add("cbam_revenue", zone, "", summary_figure(entry_, "cbam_revenue", zone), money_unit(run_));
  }

  void add_zone_welfare(const std::string& zone) {
    const std::set<std::string> others = outsiders(entry_, zone);
    Welfare inside, outside;
    for (const std::string& region : regions_of(entry_)) {
      Welfare& side = others.contains(region) ? outside : inside;
      side.variation += table_figure(
          run_.document, "welfare",
          {{"scenario", scenario_.local}, {"region", region}, {"component", "equivalent variation"}}, "value");
      side.consumption += consumption(run_, entry_, region);
    }
    add("zone_welfare_percent", zone, "", inside.percent(), "%");
    add("outside_welfare_percent", zone, "", outside.percent(), "%");
    add("zone_welfare", zone, "", inside.variation, money_unit(run_));
    add("outside_welfare", zone, "", outside.variation, money_unit(run_));
  }

  void add_regions(const std::string& indicator, const std::string& key, const std::string& unit) {
    const Json* map = member(entry_, key);
    if (map == nullptr) return;
    for (const auto& region : map->items())
      add(indicator, "", region.key(), summary_figure(entry_, key, region.key()), unit);
  }

  const NamedRun& run_;
  const ChosenScenario& scenario_;
  const Json& entry_;
  std::vector<ComparedFigure> figures_;
};

}  // namespace

const std::vector<Indicator>& indicators() {
  using Best = Indicator::Best;
  static const std::vector<Indicator> list = {
      {"carbon_price", "carbon price", true, Best::none},
      {"covered_emissions", "covered emissions", true, Best::none},
      {"inside_change", "change of emissions inside the zone", true, Best::none},
      {"outside_change", "change of emissions outside the zone", true, Best::none},
      {"leakage_rate", "leakage rate", true, Best::lowest},
      {"leakage_competitiveness", "leakage through competitiveness", true, Best::none},
      {"leakage_energy", "leakage through energy prices", true, Best::none},
      {"leakage_income", "leakage through incomes", true, Best::none},
      {"zone_welfare_percent", "welfare of the zone", true, Best::highest},
      {"outside_welfare_percent", "welfare outside the zone", true, Best::highest},
      {"zone_welfare", "equivalent variation in the zone", true, Best::none},
      {"outside_welfare", "equivalent variation outside the zone", true, Best::none},
      {"cbam_revenue", "CBAM revenue", true, Best::none},
      {"emissions", "emissions", false, Best::none},
      {"welfare_percent", "welfare", false, Best::highest},
      {"real_gdp_percent", "real GDP", false, Best::none}};
  return list;
}

std::size_t indicator_named(const std::string& name) {
  const std::vector<Indicator>& list = indicators();
  for (std::size_t k = 0; k < list.size(); ++k)
    if (list[k].name == name) return k;
  throw std::logic_error("no indicator " + name);
}

double summary_figure(const Json& scenario, const std::string& key, const std::string& name) {
  const Json* map = member(scenario, key);
  const Json* value = map == nullptr ? nullptr : member(*map, name);
  return value == nullptr ? missing : value->get<double>();
}

double table_figure(const RunDocument& document, const std::string& table, const Match& match,
                    const std::string& column) {
  const Table* found = table_named(document, table);
  const std::vector<Cell>* row = found == nullptr ? nullptr : row_of(*found, match);
  const std::size_t place = found == nullptr ? 0 : column_of(*found, column);
  if (row == nullptr || place >= row->size()) return missing;
  const auto* value = std::get_if<double>(&(*row)[place]);
  return value == nullptr ? missing : *value;
}

std::vector<HeldQuantity> scenario_holds(const NamedRun& run, const ChosenScenario& scenario) {
  const Json& entry = entry_of(run, scenario);
  const Json* prices = member(entry, "carbon_price");
  if (prices == nullptr) return {};
  const Json* held = member(entry, "held");
  std::vector<HeldQuantity> result;
  for (const auto& zone : prices->items()) {
    const double price = summary_figure(entry, "carbon_price", zone.key());
    const Json* word = held == nullptr ? nullptr : member(*held, zone.key());
    if (held != nullptr && word == nullptr) continue;
    const std::string what = word == nullptr ? "price" : word->get<std::string>();
    HeldQuantity quantity{zone.key(), what, price, price_unit(run, zone.key())};
    if (what == "price" && !(price > 0)) continue;
    if (what == "cap") {
      const Match row = {{"scenario", scenario.local}, {"zone", zone.key()}};
      const double cap = table_figure(run.document, "carbon_markets", row, "cap");
      const double emissions = table_figure(run.document, "carbon_markets", row, "emissions");
      quantity.value = price > 0 && !std::isnan(cap) ? cap : emissions;
      quantity.unit = "Mt";
    } else if (what == "world") {
      quantity.value = summary_figure(entry, "emissions_mt", "world");
      quantity.unit = "Mt";
    }
    result.push_back(std::move(quantity));
  }
  return result;
}

std::vector<ComparedFigure> scenario_figures(const NamedRun& run, const ChosenScenario& scenario) {
  return FigureWriter(run, scenario).take();
}

}  // namespace levee
