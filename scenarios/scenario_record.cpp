#include "scenarios/scenario_record.hpp"

#include <array>
#include <utility>

#include "scenarios/leakage.hpp"
#include "scenarios/welfare_tables.hpp"

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
               {"krylov_iterations", solution.krylov},
               {"linear", solution.linear.empty() ? Json(nullptr) : Json(solution.linear)},
               {"verified", solution.verification ? Json(solution.verification->agreed) : Json(nullptr)},
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

Json gdp_json(const Comparison& pair) {
  Json json = Json::object();
  for (int r = 0; r < pair.data->region_count(); ++r) json[pair.data->regions[r].code] = real_gdp_percent(pair, r);
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

Json summary_entry(const Study& study, const ScenarioResult& result, const Comparison* pair) {
  const Scenario& scenario = study.scenarios[result.scenario];
  Json entry = {{"name", scenario.name}, {"status", to_string(result.solution.status)}};
  if (!scenario.sweep_values.empty()) {
    entry["base"] = scenario.base_name;
    for (const auto& [key, value] : scenario.sweep_values) entry["sweep"][key] = value;
  }
  entry["reference"] = nullptr;
  entry["solver"] = solver_json(result);
  for (const char* key : result_keys) entry[key] = nullptr;
  if (pair == nullptr) return entry;
  entry["reference"] = pair->reference->name;
  entry["walras"] = result.walras;
  entry["emissions_mt"] = emissions_json(*pair);
  entry["welfare_ev_percent"] = welfare_json(*pair);
  entry["real_gdp_percent"] = gdp_json(*pair);
  add_zone_results(entry, *pair);
  return entry;
}

Json run_entry(const Study& study, const ScenarioResult& result, const ModelSize& size) {
  const Scenario& scenario = study.scenarios[result.scenario];
  return {{"name", scenario.name},
          {"resolved", scenario.resolved_yaml},
          {"status", to_string(result.solution.status)},
          {"unknowns", result.unknowns},
          {"nonzeros", result.nonzeros},
          {"auxiliaries", size.auxiliaries},
          {"wedges", size.wedges},
          {"replication", result.replication},
          {"solver_message", result.solution.message},
          {"solver_log", result.solution.log},
          {"seconds", result.seconds},
          {"channel_seconds", result.channel_seconds},
          {"peak_memory_mib", result.peak_memory_mib}};
}

}  // namespace

ScenarioRecord make_record(const Study& study, const ScenarioResult& result, const ScenarioResult* reference,
                           bool whole) {
  ScenarioRecord record;
  record.name = study.scenarios[result.scenario].name;
  record.whole = whole;
  record.has_model = result.model != nullptr;
  if (record.has_model) record.size = {result.model->economy->auxiliaries.size(), result.model->wedges.size()};
  record.run = run_entry(study, result, record.size);
  for (const ZonePolicy& zone : result.policy.zones) record.caps.push_back(zone.cap);
  std::vector<Comparison> pairs;
  if (result.solved() && reference != nullptr && reference->solved())
    pairs.push_back(compare(study, result, *reference));
  record.summary = summary_entry(study, result, pairs.empty() ? nullptr : &pairs.front());
  for (TableText& table : scenario_tables(pairs)) record.rows.push_back(std::move(table.rows));
  return record;
}

}  // namespace levee
