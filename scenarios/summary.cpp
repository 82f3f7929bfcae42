#include "scenarios/summary.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <cmath>
#include <fstream>
#include <memory>
#include <utility>

#include "calibration/equation_families.hpp"
#include "scenarios/leakage.hpp"
#include "scenarios/policy_words.hpp"
#include "scenarios/result_tables.hpp"

namespace levee {

namespace {

using Json = nlohmann::ordered_json;

/// Keys of a scenario that only a solution can fill.
constexpr std::array<const char*, 10> result_keys = {
    "walras",       "carbon_price",     "emissions_mt",       "held",
    "leakage_rate", "leakage_channels", "welfare_ev_percent", "exports_to_zone_percent",
    "cbam_revenue", "real_gdp_percent"};

Json solver_json(const ScenarioResult& result) {
  const Solution& solution = result.solution;
  Json json = {{"backend", solution.backend},
               {"iterations", solution.iterations},
               {"residual", solution.residual},
               {"seconds", solution.seconds},
               {"homotopy_steps", solution.homotopy_steps}};
  if (!result.solved()) {
    json["message"] = solution.message;
    json["worst"] = Json::array();
    for (const WorstRow& row : solution.worst)
      json["worst"].push_back({{"equation", row.name}, {"residual", row.residual}});
  }
  return json;
}

Json emissions_json(const Comparison& pair) {
  Json json = Json::object();
  double world = 0;
  for (int r = 0; r < pair.data->region_count(); ++r) {
    const double mt = pair.now->region_emissions(0, r, *pair.data);
    json[pair.data->regions[r].code] = mt;
    world += mt;
  }
  json["world"] = world;
  return json;
}

Json welfare_json(const Comparison& pair) {
  Json json = Json::object();
  double world = 0, total = 0;
  for (int r = 0; r < pair.data->region_count(); ++r) {
    const double change = pair.now->utility[r] / pair.base->utility[r] - 1;
    json[pair.data->regions[r].code] = 100 * change;
    world += change * pair.base->expenditure[r];
    total += pair.base->expenditure[r];
  }
  json["world"] = 100 * world / total;
  return json;
}

Json gdp_json(const Table& macro, const std::string& scenario) {
  Json json = Json::object();
  for (const std::vector<Cell>& row : macro.rows) {
    if (std::get<std::string>(row[0]) == scenario && std::get<std::string>(row[2]) == "real GDP") {
      json[std::get<std::string>(row[1])] = std::get<double>(row[5]);
    }
  }
  return json;
}

/// Volume of each origin's exports to the zone, by good, against the reference.
Json exports_json(const Comparison& pair, const CarbonZone& zone) {
  const Dataset& data = *pair.data;
  std::vector<char> member(data.regions.size(), 0);
  for (const int r : zone.regions) member[r] = 1;
  Json json = Json::object();
  for (int s = 0; s < data.region_count(); ++s) {
    if (member[s]) continue;
    Json goods = Json::object();
    for (int i = 0; i < data.sector_count(); ++i) {
      double now = 0, base = 0;
      for (const int r : zone.regions) {
        now += pair.now->trade(data.node(s, i), r);
        base += pair.base->trade(data.node(s, i), r);
      }
      if (base > 0) goods[data.sectors[i].code] = 100 * (now / base - 1);
    }
    json[data.regions[s].code] = goods;
  }
  return json;
}

/// What a design keeps at a given value in a zone; what may be compared with what depends on it.
Json held_json(const ZonePolicy& measures) {
  if (measures.cap) return measures.cap->world ? "world" : "cap";
  return measures.carbon_price != 0 ? Json("price") : Json(nullptr);
}

Json channels_json(const ScenarioResult& result, std::size_t z) {
  if (z >= result.channels.size() || !result.channels[z] || !result.channels[z]->solved()) return nullptr;
  const LeakageChannels& channels = *result.channels[z];
  return {{"competitiveness", channels.competitiveness}, {"energy", channels.energy}, {"income", channels.income}};
}

void add_zone_results(Json& json, const Comparison& pair) {
  for (const char* key :
       {"carbon_price", "held", "leakage_rate", "leakage_channels", "exports_to_zone_percent", "cbam_revenue"})
    json[key] = Json::object();
  for (std::size_t z = 0; z < pair.scenario->zones.size(); ++z) {
    const CarbonZone& zone = pair.scenario->zones[z];
    json["carbon_price"][zone.name] = pair.now->carbon_price[z];
    const Leakage leakage = measure_leakage(*pair.benchmark, zone, *pair.now, *pair.base);
    json["leakage_rate"][zone.name] = leakage.rate ? Json(*leakage.rate) : Json(nullptr);
    json["leakage_channels"][zone.name] = channels_json(*pair.result, z);
    json["held"][zone.name] = held_json(pair.result->policy.zones[z]);
    json["exports_to_zone_percent"][zone.name] = exports_json(pair, zone);
    double revenue = 0;
    for (const Outcome::Charge& charge : pair.now->charges) {
      if (charge.booked.zone == static_cast<int>(z) && charge.booked.instrument == Instrument::border_charge)
        revenue += charge.revenue;
    }
    json["cbam_revenue"][zone.name] = revenue;
  }
}

std::string sha256(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  std::array<char, 65536> buffer{};
  while (file.read(buffer.data(), buffer.size()) || file.gcount() > 0) {
    EVP_DigestUpdate(context.get(), buffer.data(), static_cast<std::size_t>(file.gcount()));
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  EVP_DigestFinal_ex(context.get(), digest.data(), &length);
  std::string text;
  for (unsigned int k = 0; k < length; ++k) text += fmt::format("{:02x}", digest[k]);
  return text;
}

Json record_json(const StudyResult& run, const RunRecord& record) {
  Json json = {
      {"version", record.version}, {"study", run.study->name}, {"options", record.options}, {"seconds", run.seconds}};
  json["inputs"] = Json::array();
  for (const std::string& file : run.study->files) json["inputs"].push_back({{"file", file}, {"sha256", sha256(file)}});
  json["scenarios"] = Json::array();
  for (const ScenarioResult& result : run.results) {
    const Scenario& scenario = run.study->scenarios[result.scenario];
    json["scenarios"].push_back({{"name", scenario.name},
                                 {"resolved", scenario.resolved_yaml},
                                 {"status", to_string(result.solution.status)},
                                 {"unknowns", result.unknowns},
                                 {"nonzeros", result.nonzeros},
                                 {"replication", result.replication},
                                 {"solver_message", result.solution.message},
                                 {"solver_log", result.solution.log},
                                 {"seconds", result.seconds},
                                 {"channel_seconds", result.channel_seconds},
                                 {"peak_memory_mib", result.peak_memory_mib}});
  }
  return json;
}

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

/// Every kind of equation with an example, of the run's richest model.
Json equations_json(const StudyResult& run) {
  const RegionalModel* richest = nullptr;
  for (const ScenarioResult& result : run.results) {
    const auto size = [](const RegionalModel& model) {
      return std::pair(model.economy->auxiliaries.size(), model.wedges.size());
    };
    if (result.model && (richest == nullptr || size(*result.model) > size(*richest))) richest = result.model.get();
  }
  Json list = Json::array();
  if (richest == nullptr) return list;
  const EconomySystem system(*richest->economy, richest->economy->parameter_values(), richest->numeraire);
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

Json about_json(const StudyResult& run) {
  const Study& study = *run.study;
  const Dataset& data = *study.dataset;
  Json json;
  json["description"] = study.description;
  for (const Region& region : data.regions) json["regions"][region.code] = region.name;
  for (const Sector& sector : data.sectors) json["sectors"][sector.code] = sector.name;
  for (const ScenarioResult& result : run.results) {
    const Scenario& scenario = study.scenarios[result.scenario];
    json["scenarios"][scenario.name] = policy_words(scenario, data);
  }
  json["assumptions"] =
      Json::array({fmt::format("Production: {}; one Armington composite a good and region; household: {}; closure: {}.",
                               study.model.technology, study.model.household, study.model.closure)});
  for (const char* assumption : common_assumptions) json["assumptions"].push_back(assumption);
  for (const std::string& assumption : data.assumptions) json["assumptions"].push_back(assumption);
  json["artefacts"] = data.artefacts;
  json["sources"] = Json::array();
  for (const Source& source : data.sources) {
    json["sources"].push_back({{"title", source.title}, {"licence", source.licence}, {"citation", source.citation}});
  }
  json["treatments"] = Json::array();
  if (!run.results.empty() && run.results.front().model) {
    for (const Treatment& treatment : run.results.front().model->benchmark->treatments) {
      json["treatments"].push_back({{"name", treatment.name}, {"value", treatment.value}, {"unit", treatment.unit}});
    }
  }
  json["equations"] = equations_json(run);
  json["warnings"] = Json::array();
  for (const Diagnostic& warning : data.warnings) json["warnings"].push_back(warning.message);
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

Json summarise_with(const StudyResult& run, const Table& macro) {
  const Study& study = *run.study;
  Json json = {{"schema", 1}, {"study", study.name}, {"dataset", study.dataset->name}, {"reference", study.reference}};
  json["units"] = {{"money", money_unit(*study.dataset)}, {"price_year", study.dataset->year}, {"mass", "Mt"}};
  json["scenarios"] = Json::array();
  const std::vector<Comparison> pairs = comparisons(run);
  for (const ScenarioResult& result : run.results) {
    const Scenario& scenario = study.scenarios[result.scenario];
    Json entry = {{"name", scenario.name}, {"status", to_string(result.solution.status)}};
    if (!scenario.sweep_values.empty()) {
      entry["base"] = scenario.base_name;
      for (const auto& [key, value] : scenario.sweep_values) entry["sweep"][key] = value;
    }
    entry["reference"] = nullptr;
    entry["solver"] = solver_json(result);
    for (const char* key : result_keys) entry[key] = nullptr;
    for (const Comparison& pair : pairs) {
      if (pair.result != &result) continue;
      entry["reference"] = pair.reference->name;
      entry["walras"] = result.walras;
      entry["emissions_mt"] = emissions_json(pair);
      entry["welfare_ev_percent"] = welfare_json(pair);
      entry["real_gdp_percent"] = gdp_json(macro, scenario.name);
      add_zone_results(entry, pair);
    }
    json["scenarios"].push_back(std::move(entry));
  }
  return json;
}

const Table& table_named(const std::vector<Table>& tables, const std::string& name) {
  for (const Table& table : tables) {
    if (table.name == name) return table;
  }
  throw std::logic_error("no table " + name);
}

}  // namespace

nlohmann::ordered_json summarise(const StudyResult& run) {
  return summarise_with(run, table_named(result_tables(run), "macro"));
}

RunDocument make_run_document(const StudyResult& run, const RunRecord& record) {
  std::vector<Table> tables = result_tables(run);
  Json summary = summarise_with(run, table_named(tables, "macro"));
  return {.summary = std::move(summary),
          .run = record_json(run, record),
          .about = about_json(run),
          .tables = std::move(tables)};
}

}  // namespace levee
