#include "scenarios/run_head.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>
#include <vector>

#include "calibration/equation_families.hpp"
#include "scenarios/dataset_about.hpp"
#include "scenarios/policy_words.hpp"

namespace levee {

namespace {

using Json = nlohmann::ordered_json;

/// What every study assumes, whatever model it chooses.
constexpr std::array common_assumptions = {
    "Labour and capital are fully employed and move freely between sectors of a region; resources do not move.",
    "Government and investment are fixed in real terms, foreign saving in the world's consumer price index.",
    "A carbon price and every charge is fixed in its zone's consumer price index; money here is deflated with the "
    "world's.",
    "Import charges use the exporter's sector-average intensity of the benchmark, frozen, less the price paid at "
    "origin.",
    "Designs are at equal effort only where they hold the same thing: the carbon price, the zone's covered emissions "
    "(a "
    "cap) or the world's emissions. Only the last ranks the world's welfare.",
    "Inventories are fixed quantities at the maker's price: no tariff, no border charge, no Armington choice."};

/// Every kind of equation with an example.
Json equations_json(const RegionalModel& model) {
  // As they are solved: made at the benchmark, then moved to the policy, which spares a start at the policy.
  const std::vector<double> policy = model.economy->parameter_values();
  EconomySystem system(*model.economy, std::vector<double>(policy.size(), 0.0), model.numeraire);
  system.set_parameters(policy);
  Json list = Json::array();
  for (const EquationFamily& family : equation_families(system)) {
    list.push_back({{"family", family.family},
                    {"pairing", family.pairing},
                    {"formula", family.formula},
                    {"statement", family.statement},
                    {"example", family.example},
                    {"rows", family.rows}});
  }
  return list;
}

std::shared_ptr<const Benchmark> benchmark_of(const Study& study, int scenario) {
  return std::make_shared<const Benchmark>(
      make_benchmark(apply_parameters(study.dataset, study.scenarios[scenario].parameters)));
}

RegionalModel model_of(const Study& study, const SolvedPolicy& solved) {
  const Scenario& scenario = study.scenarios[solved.scenario];
  Policy policy = scenario.policy;
  for (std::size_t z = 0; z < policy.zones.size(); ++z) policy.zones[z].cap = solved.caps[z];
  return make_regional_model(benchmark_of(study, solved.scenario), study.model, scenario.zones, policy);
}

Json about_json(const Study& study, const std::vector<int>& scenarios, const Benchmark& benchmark,
                const std::optional<SolvedPolicy>& richest) {
  const Dataset& data = *study.dataset;
  Json json = dataset_about(data);
  json["description"] = study.description;
  for (const int s : scenarios) json["scenarios"][study.scenarios[s].name] = policy_words(study.scenarios[s], data);
  json["assumptions"] =
      Json::array({fmt::format("Production: {}; one Armington composite a good and region; household: {}; closure: {}.",
                               study.model.technology, study.model.household, study.model.closure)});
  for (const char* assumption : common_assumptions) json["assumptions"].push_back(assumption);
  for (const std::string& assumption : data.assumptions) json["assumptions"].push_back(assumption);
  json["treatments"] = Json::array();
  for (const Treatment& treatment : benchmark.treatments)
    json["treatments"].push_back({{"name", treatment.name}, {"value", treatment.value}, {"unit", treatment.unit}});
  json["equations"] = richest ? equations_json(model_of(study, *richest)) : Json::array();
  json["bands"] = {{{"label", "EMF-29 mean without border adjustment"},
                    {"low", 0.12},
                    {"high", 0.12},
                    {"source", "emf.stanford.edu, EMF-29 summary"}},
                   {{"label", "EMF-29 mean with border adjustment"},
                    {"low", 0.08},
                    {"high", 0.08},
                    {"source", "emf.stanford.edu, EMF-29 summary"}},
                   {{"label", "Meta-analysis range without border adjustment"},
                    {"low", 0.05},
                    {"high", 0.25},
                    {"source", "Branger and Quirion 2014, abstract"}},
                   {{"label", "Meta-analysis range with border adjustment"},
                    {"low", -0.05},
                    {"high", 0.15},
                    {"source", "Branger and Quirion 2014, abstract"}}};
  return json;
}

}  // namespace

RunHead make_run_head(const Study& study, const RunIdentity& identity, const std::vector<int>& selected,
                      const std::vector<int>& scenarios, const std::optional<SolvedPolicy>& richest) {
  const std::shared_ptr<const Benchmark> benchmark = benchmark_of(study, selected.front());
  RunHead head;
  head.summary = {
      {"schema", 1}, {"study", study.name}, {"dataset", study.dataset->name}, {"reference", study.reference}};
  head.summary["units"] = {{"money", money_unit(*study.dataset)}, {"price_year", study.dataset->year}, {"mass", "Mt"}};
  head.run = {{"version", identity.version}, {"study", study.name}, {"options", identity.options}};
  head.run["seconds"] = nullptr;
  head.run["inputs"] = identity.inputs;
  head.about = about_json(study, scenarios, *benchmark, richest);
  head.tables = scenario_tables({});
  head.whole_tables.push_back(benchmark_emissions_table(*benchmark));
  return head;
}

}  // namespace levee
