#include "report/comparison_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include "report/aligned_text.hpp"
#include "report/comparison_figures.hpp"
#include "scenarios/scenario_table.hpp"

namespace levee {

namespace {

using Row = TextRow;

/// How an indicator is shown.
struct Shown {
  const char* indicator;
  const char* header;
  const char* region;  ///< of an indicator by region
  double factor;
  int decimals;
};

constexpr std::array<Shown, 12> columns = {{{"carbon_price", "price", "", 1, 2},
                                            {"leakage_rate", "leakage %", "", 100, 2},
                                            {"leakage_competitiveness", "competit.", "", 100, 2},
                                            {"leakage_energy", "energy", "", 100, 2},
                                            {"leakage_income", "income", "", 100, 2},
                                            {"inside_change", "inside Mt", "", 1, 1},
                                            {"outside_change", "outside Mt", "", 1, 1},
                                            {"emissions", "world Mt", "world", 1, 1},
                                            {"zone_welfare_percent", "EV zone %", "", 1, 3},
                                            {"outside_welfare_percent", "EV outside %", "", 1, 3},
                                            {"welfare_percent", "EV world %", "world", 1, 3},
                                            {"cbam_revenue", "CBAM revenue", "", 1, 0}}};

std::string number(double value, const Shown& shown, bool sign) {
  if (std::isnan(value)) return "-";
  const double scaled = value * shown.factor;
  const std::string text = fmt::format("{:.{}f}", scaled, shown.decimals);
  const bool zero = text.find_first_not_of("-0.") == std::string::npos;  // no "-0.00"
  if (zero) return fmt::format("{:.{}f}", 0.0, shown.decimals);
  return sign && scaled > 0 ? "+" + text : text;
}

/// Figures by indicator, zone, region and scenario.
class Figures {
 public:
  explicit Figures(const RunComparison& comparison) {
    for (const ComparedFigure& figure : comparison.figures) {
      figures_[{figure.indicator, figure.zone, figure.region, figure.scenario}] = &figure;
      if (!figure.zone.empty()) zones_[figure.scenario].insert(figure.zone);
    }
  }
  const ComparedFigure* find(const Shown& shown, const std::string& zone, std::size_t scenario) const {
    const std::size_t indicator = indicator_named(shown.indicator);
    const bool by_zone = indicators()[indicator].by_zone;
    const auto found = figures_.find({indicator, by_zone ? zone : "", by_zone ? "" : shown.region, scenario});
    return found == figures_.end() ? nullptr : found->second;
  }
  std::set<std::string> zones(std::size_t scenario) const {
    const auto found = zones_.find(scenario);
    return found == zones_.end() ? std::set<std::string>() : found->second;
  }
  /// Whether any scenario has the figure.
  bool any(const Shown& shown) const {
    const std::size_t indicator = indicator_named(shown.indicator);
    return std::any_of(figures_.begin(), figures_.end(), [&](const auto& entry) {
      return std::get<0>(entry.first) == indicator && !std::isnan(entry.second->value);
    });
  }

 private:
  std::map<std::tuple<std::size_t, std::string, std::string, std::size_t>, const ComparedFigure*> figures_;
  std::map<std::size_t, std::set<std::string>> zones_;
};

std::string held_in(const ComparedScenario& scenario, const std::string& zone) {
  for (const HeldQuantity& held : scenario.holds)
    if (held.zone == zone) return held.what;
  return "-";
}

/// The table of figures, or of differences: a row a scenario and zone.
std::string figure_table(const RunComparison& comparison, const Figures& figures, bool differences) {
  std::vector<Shown> shown;
  for (const Shown& column : columns)
    if (figures.any(column)) shown.push_back(column);
  std::vector<Row> rows = {{"scenario", "zone", "holds"}};
  for (const Shown& column : shown) rows[0].emplace_back(column.header);
  for (std::size_t k = 0; k < comparison.scenarios.size(); ++k) {
    const ComparedScenario& scenario = comparison.scenarios[k];
    if (differences && (k == comparison.base || !scenario.solved())) continue;
    if (!scenario.solved())
      rows.push_back({scenario.name, scenario.status == "solved" ? "no reference" : scenario.status});
    for (const std::string& zone : figures.zones(k)) {
      Row row = {scenario.name, zone, held_in(scenario, zone)};
      for (const Shown& column : shown) {
        const ComparedFigure* figure = figures.find(column, zone, k);
        const double value = figure == nullptr ? missing : differences ? figure->difference : figure->value;
        row.push_back(number(value, column, differences));
      }
      rows.push_back(std::move(row));
    }
  }
  return rows.size() > 1 ? aligned(rows, 3) : "";
}

/// The units of money and prices, one for all or by scenario.
std::string units_text(const RunComparison& comparison, const Figures& figures) {
  std::string text;
  for (const auto& [indicator, label] : {std::pair{0, "Carbon price"}, std::pair{11, "CBAM revenue"}}) {
    std::vector<std::string> units;
    for (std::size_t k = 0; k < comparison.scenarios.size(); ++k) {
      for (const std::string& zone : figures.zones(k)) {
        const ComparedFigure* figure = figures.find(columns[static_cast<std::size_t>(indicator)], zone, k);
        if (figure != nullptr && std::find(units.begin(), units.end(), figure->unit) == units.end())
          units.push_back(figure->unit);
      }
    }
    if (!units.empty()) text += fmt::format("{} in {}. ", label, fmt::join(units, " or "));
  }
  return text +
         "EV: equivalent variation over consumption.\nChanges inside and outside the zone are against the reference.\n";
}

std::string rank_header(const Ranking& ranking) {
  const Indicator& indicator = indicators()[ranking.indicator];
  if (ranking.region == "world") return "welfare of the world %";
  const std::string zone = ranking.zone;
  if (std::string(indicator.name) == "leakage_rate") return fmt::format("leakage of {} %", zone);
  if (std::string(indicator.name) == "zone_welfare_percent") return fmt::format("welfare of {} %", zone);
  return fmt::format("welfare outside {} %", zone);
}

std::string group_table(const RunComparison& comparison, std::size_t group) {
  const EffortGroup& effort = comparison.groups[group];
  std::vector<Row> rows = {{"scenario"}};
  std::map<std::size_t, std::size_t> row_of;
  for (const std::size_t member : effort.members) {
    row_of[member] = rows.size();
    rows.push_back({comparison.scenarios[member].name});
  }
  for (const Ranking& ranking : comparison.rankings) {
    if (ranking.group != group) continue;
    rows[0].push_back(rank_header(ranking));
    rows[0].emplace_back("rank");
    for (std::size_t k = 1; k < rows.size(); ++k) rows[k].resize(rows[0].size(), "-");
    const bool rate = std::string(indicators()[ranking.indicator].name) == "leakage_rate";
    const Shown shown{indicators()[ranking.indicator].name, "", "", rate ? 100.0 : 1.0, 3};
    for (const Ranking::Place& place : ranking.places) {
      Row& row = rows[row_of.at(place.scenario)];
      row[row.size() - 2] = number(place.value, shown, false);
      row[row.size() - 1] = fmt::format("{}", place.rank);
    }
  }
  std::string text = fmt::format("\nRanked at {}\n{}", effort.name, aligned(rows, 1));
  const bool priced = std::any_of(effort.holds.begin(), effort.holds.end(),
                                  [](const HeldQuantity& held) { return held.what == "price"; });
  if (priced) text += "The same price need not mean the same effort: the zone may emit more in one than in another.\n";
  if (!effort.same_world_emissions) text += "World emissions may differ: the world's welfare is not ranked.\n";
  return text;
}

}  // namespace

std::string comparison_text(const RunComparison& comparison) {
  const Figures figures(comparison);
  std::string text;
  for (const std::string& warning : comparison.warnings) text += fmt::format("note: {}\n", warning);
  if (!text.empty()) text += '\n';
  text += figure_table(comparison, figures, false);
  text += units_text(comparison, figures);
  if (comparison.base != RunComparison::none) {
    const std::string table = figure_table(comparison, figures, true);
    if (!table.empty())
      text += fmt::format("\nDifference to {} (rates and % in percentage points)\n{}",
                          comparison.scenarios[comparison.base].name, table);
  }
  for (std::size_t group = 0; group < comparison.groups.size(); ++group) text += group_table(comparison, group);
  if (comparison.groups.empty()) text += "\nNo two scenarios hold the same: nothing is ranked.\n";
  return text;
}

}  // namespace levee
