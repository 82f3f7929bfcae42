#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "report/table_reader.hpp"
#include "scenarios/result_tables.hpp"
#include "scenarios/scenario_record.hpp"
#include "tests/unit/calibration_three_regions.hpp"

namespace levee::testing {

/// A study over the three regions, made in memory and run: `reference`, `nothing` (a policy whose prices are zero) and
/// `everything` (two zones, free allocation, charges, rebates, a tariff and inventories in the data).
class SmallRun {
 public:
  explicit SmallRun(RunOptions options = {}) {
    ThreeRegions world;
    final_demand(world.data, world.node(ThreeRegions::B, ThreeRegions::STEEL), ThreeRegions::A, inventories) = 3;
    final_demand(world.data, world.node(ThreeRegions::C, ThreeRegions::SER), ThreeRegions::C, inventories) = -2;
    world.data.tariff(world.node(ThreeRegions::C, ThreeRegions::STEEL), ThreeRegions::A) = 0.1;
    balance(world.data);
    data = std::make_shared<const Dataset>(world.data);
    everything = world.charging(50, 30, IntensityScope::direct_electricity);
    everything.policy.zones[0].border.rebate = ExportRebate::full;
    everything.policy.zones[0].allocation_share[ThreeRegions::STEEL] = 0.2;
    Study study;
    study.name = "small";
    study.dataset = data;
    study.zones = everything.zones;
    study.reference = "reference";
    const Measures nothing = without_prices(everything);
    add(study, "reference", nothing);
    add(study, "nothing", nothing);
    add(study, "everything", everything);
    run = run_study(std::make_shared<const Study>(std::move(study)), options);
  }

  std::shared_ptr<const Dataset> data;
  Measures everything;
  StudyResult run;

 private:
  static void add(Study& study, const std::string& name, const Measures& measures) {
    Scenario scenario;
    scenario.name = scenario.base_name = name;
    scenario.zones = measures.zones;
    scenario.policy = measures.policy;
    study.add(scenario);
  }
};

/// Every table of a run, benchmark and all.
inline std::vector<Table> tables_of(const StudyResult& run) {
  std::vector<Comparison> pairs;
  for (const ScenarioResult& result : run.results)
    pairs.push_back(compare(*run.study, result, *run.find(run.study->reference_of(result.scenario))));
  std::vector<TableText> texts = scenario_tables(pairs);
  texts.push_back(benchmark_emissions_table(*run.results.front().model->benchmark));
  std::vector<Table> tables;
  for (const TableText& text : texts) tables.push_back(parse_table(text));
  return tables;
}

/// The records of a run's scenarios.
inline std::vector<ScenarioRecord> records_of(const StudyResult& run) {
  std::vector<ScenarioRecord> records;
  for (const ScenarioResult& result : run.results)
    records.push_back(make_record(*run.study, result, run.find(run.study->reference_of(result.scenario)), true));
  return records;
}

/// Rows of a table whose cells have given texts, and figures of such rows.
class Rows {
 public:
  using Match = std::map<std::string, std::string>;

  Rows(const std::vector<Table>& tables, const std::string& name) {
    for (const Table& table : tables) {
      if (table.name == name) table_ = &table;
    }
    if (table_ == nullptr) throw std::logic_error("no table " + name);
  }

  std::size_t count(const Match& match) const { return matching(match).size(); }
  double sum(const Match& match, const std::string& column) const {
    double sum = 0;
    for (const auto* row : matching(match)) sum += std::get<double>((*row)[place(column)]);
    return sum;
  }
  /// Of the one row that matches.
  double value(const Match& match, const std::string& column) const {
    EXPECT_EQ(count(match), 1u) << table_->name;
    return sum(match, column);
  }
  std::string text(const Match& match, const std::string& column) const {
    EXPECT_EQ(count(match), 1u) << table_->name;
    return std::get<std::string>((*matching(match).at(0))[place(column)]);
  }
  const Table& table() const { return *table_; }

 private:
  std::size_t place(const std::string& column) const {
    const auto found = std::find(table_->columns.begin(), table_->columns.end(), column);
    if (found == table_->columns.end()) throw std::logic_error(table_->name + " has no column " + column);
    return static_cast<std::size_t>(found - table_->columns.begin());
  }
  std::vector<const std::vector<Cell>*> matching(const Match& match) const {
    std::vector<const std::vector<Cell>*> rows;
    for (const std::vector<Cell>& row : table_->rows) {
      const bool matches = std::all_of(match.begin(), match.end(), [&](const auto& entry) {
        return std::get<std::string>(row[place(entry.first)]) == entry.second;
      });
      if (matches) rows.push_back(&row);
    }
    return rows;
  }

  const Table* table_ = nullptr;
};

}  // namespace levee::testing
