#include "report/comparison_document.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "report/csv_writer.hpp"
#include "report/html_report.hpp"

namespace levee {

namespace {

using Json = nlohmann::ordered_json;

constexpr int comparison_schema = 1;

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json best_json(Indicator::Best best) {
  if (best == Indicator::Best::none) return nullptr;
  return best == Indicator::Best::lowest ? "lowest" : "highest";
}

Json base_json(const RunComparison& comparison) {
  return comparison.base == RunComparison::none ? Json(nullptr) : Json(comparison.scenarios[comparison.base].name);
}

Json holds_json(const std::vector<HeldQuantity>& holds) {
  Json list = Json::array();
  for (const HeldQuantity& held : holds)
    list.push_back({{"zone", held.zone}, {"what", held.what}, {"value", held.value}, {"unit", held.unit}});
  return list;
}

Json runs_json(const std::vector<NamedRun>& runs) {
  Json list = Json::array();
  for (const NamedRun& run : runs) list.push_back(run_entry(run));
  return list;
}

Json scenarios_json(const RunComparison& comparison, const std::vector<NamedRun>& runs,
                    const std::vector<ChosenScenario>& chosen) {
  Json list = Json::array();
  for (std::size_t k = 0; k < comparison.scenarios.size(); ++k) {
    const ComparedScenario& scenario = comparison.scenarios[k];
    list.push_back({{"name", scenario.name},
                    {"run", runs[scenario.run].name},
                    {"scenario", chosen[k].local},
                    {"status", scenario.status},
                    {"reference", text_or_null(scenario.reference)},
                    {"world", scenario.world},
                    {"holds", holds_json(scenario.holds)}});
  }
  return list;
}

Json indicators_json() {
  Json list = Json::array();
  for (const Indicator& indicator : indicators()) {
    list.push_back({{"name", indicator.name},
                    {"label", indicator.label},
                    {"level", indicator.by_zone ? "zone" : "region"},
                    {"best", best_json(indicator.best)}});
  }
  return list;
}

Json figures_json(const RunComparison& comparison) {
  Json list = Json::array();
  for (const ComparedFigure& figure : comparison.figures) {
    list.push_back({{"indicator", indicators()[figure.indicator].name},
                    {"zone", text_or_null(figure.zone)},
                    {"region", text_or_null(figure.region)},
                    {"scenario", comparison.scenarios[figure.scenario].name},
                    {"value", figure.value},
                    {"unit", figure.unit},
                    {"difference", figure.difference},
                    {"difference_percent", figure.difference_percent}});
  }
  return list;
}

Json groups_json(const RunComparison& comparison) {
  Json list = Json::array();
  for (const EffortGroup& group : comparison.groups) {
    Json members = Json::array();
    for (const std::size_t member : group.members) members.push_back(comparison.scenarios[member].name);
    list.push_back({{"name", group.name},
                    {"holds", holds_json(group.holds)},
                    {"same_world_emissions", group.same_world_emissions},
                    {"scenarios", members}});
  }
  return list;
}

Json rankings_json(const RunComparison& comparison) {
  Json list = Json::array();
  for (const Ranking& ranking : comparison.rankings) {
    Json order = Json::array();
    for (const Ranking::Place& place : ranking.places) {
      order.push_back(
          {{"rank", place.rank}, {"scenario", comparison.scenarios[place.scenario].name}, {"value", place.value}});
    }
    list.push_back({{"group", comparison.groups[ranking.group].name},
                    {"indicator", indicators()[ranking.indicator].name},
                    {"zone", text_or_null(ranking.zone)},
                    {"region", text_or_null(ranking.region)},
                    {"best", best_json(indicators()[ranking.indicator].best)},
                    {"order", order}});
  }
  return list;
}

/// Group, indicator, zone, region, scenario: where a figure is ranked.
using RankKey = std::tuple<std::size_t, std::size_t, std::string, std::string, std::size_t>;

std::map<RankKey, int> ranks_of(const RunComparison& comparison) {
  std::map<RankKey, int> ranks;
  for (const Ranking& ranking : comparison.rankings) {
    for (const Ranking::Place& place : ranking.places)
      ranks[{ranking.group, ranking.indicator, ranking.zone, ranking.region, place.scenario}] = place.rank;
  }
  return ranks;
}

}  // namespace

Json comparison_json(const RunComparison& comparison, const std::vector<NamedRun>& runs,
                     const std::vector<ChosenScenario>& chosen, const std::string& version) {
  return {{"schema", comparison_schema},
          {"kind", "comparison"},
          {"version", version},
          {"base", base_json(comparison)},
          {"runs", runs_json(runs)},
          {"warnings", comparison.warnings},
          {"scenarios", scenarios_json(comparison, runs, chosen)},
          {"indicators", indicators_json()},
          {"figures", figures_json(comparison)},
          {"groups", groups_json(comparison)},
          {"rankings", rankings_json(comparison)}};
}

Table comparison_table(const RunComparison& comparison) {
  Table table{"comparison",
              {"group", "indicator", "zone", "region", "scenario", "value", "unit", "base", "difference",
               "difference_percent", "rank"},
              {}};
  const std::map<RankKey, int> ranks = ranks_of(comparison);
  const std::string base = comparison.base == RunComparison::none ? "" : comparison.scenarios[comparison.base].name;
  const auto add = [&](const ComparedFigure& figure, const std::string& group, double rank) {
    table.add({group, std::string(indicators()[figure.indicator].name), figure.zone, figure.region,
               comparison.scenarios[figure.scenario].name, figure.value, figure.unit, base, figure.difference,
               figure.difference_percent, rank});
  };
  constexpr double not_ranked = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t g = 0; g < comparison.groups.size(); ++g) {
    const EffortGroup& group = comparison.groups[g];
    for (const ComparedFigure& figure : comparison.figures) {
      if (std::find(group.members.begin(), group.members.end(), figure.scenario) == group.members.end()) continue;
      const auto rank = ranks.find({g, figure.indicator, figure.zone, figure.region, figure.scenario});
      add(figure, group.name, rank == ranks.end() ? not_ranked : rank->second);
    }
  }
  for (const ComparedFigure& figure : comparison.figures) {
    const bool grouped = std::any_of(comparison.groups.begin(), comparison.groups.end(), [&](const EffortGroup& group) {
      return std::find(group.members.begin(), group.members.end(), figure.scenario) != group.members.end();
    });
    if (!grouped) add(figure, "", not_ranked);
  }
  return table;
}

RunDocument comparison_document(const RunComparison& comparison, const std::vector<NamedRun>& runs,
                                const std::vector<ChosenScenario>& chosen, const std::string& version) {
  RunDocument document = merge_runs(runs, chosen);
  document.summary["base"] = base_json(comparison);
  document.run["version"] = version;
  if (runs.size() == 1) document.about["title"] = "Comparison: " + document.summary.value("study", runs.front().name);
  Json notes = comparison.warnings;
  if (const auto known = document.about.find("warnings"); known != document.about.end() && known->is_array())
    notes.insert(notes.end(), known->begin(), known->end());
  document.about["warnings"] = notes;
  document.tables.insert(document.tables.begin(), comparison_table(comparison));
  return document;
}

std::string comparison_json_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::unique_ptr<StagedFolder> stage_comparison_folder(const std::filesystem::path& out, bool force) {
  return std::make_unique<StagedFolder>(out, force, std::set<std::string>{"comparison.json", "report.html", "tables"});
}

void write_comparison_folder(const Json& json, const RunDocument& document, StagedFolder& folder) {
  folder.write("comparison.json", comparison_json_text(json));
  for (const Table& table : document.tables)
    folder.write(std::filesystem::path("tables") / (table.name + ".csv"), to_csv(table));
  folder.write("report.html", html_report(document));
  folder.publish();
}

}  // namespace levee
