#include "scenarios/leakage_channels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace levee {

namespace {

/// Extraction outside the zone that has no resource to hold its price with.
std::vector<std::string> free_fuels(const RegionalModel& held, const CarbonZone& zone) {
  const Dataset& data = *held.benchmark->dataset;
  std::vector<std::string> names;
  std::vector<char> fixed(static_cast<std::size_t>(data.node_count()), 0), fuel(data.sectors.size(), 0);
  for (const auto& [node, auxiliary] : held.held_resources) {
    fixed[static_cast<std::size_t>(node)] = 1;
    fuel[static_cast<std::size_t>(node % data.sector_count())] = 1;
  }
  for (int n = 0; n < data.node_count(); ++n) {
    const int region = n / data.sector_count(), sector = n % data.sector_count();
    const bool member = std::find(zone.regions.begin(), zone.regions.end(), region) != zone.regions.end();
    if (member || fixed[static_cast<std::size_t>(n)] != 0 || fuel[static_cast<std::size_t>(sector)] == 0) continue;
    if (held.good[static_cast<std::size_t>(n)] < 0) continue;
    names.push_back(fmt::format("{} in {}", data.sectors[static_cast<std::size_t>(sector)].code,
                                data.regions[static_cast<std::size_t>(region)].code));
  }
  return names;
}

}  // namespace

LeakageChannels find_channels(const Equilibrium& full, const Outcome& reference, const ModelOptions& model,
                              const std::vector<CarbonZone>& zones, const Policy& policy, int z,
                              const SolverOptions& options, const SolveFunction& solve_with) {
  LeakageChannels channels;
  const CarbonZone& zone = zones[static_cast<std::size_t>(z)];
  const std::shared_ptr<const Benchmark>& benchmark = full.model->benchmark;
  const Leakage leakage = measure_leakage(*benchmark, zone, *full.outcome, reference);
  Policy at_equal_effort = policy;
  for (std::size_t k = 0; k < zones.size(); ++k) {
    std::optional<EmissionCap>& cap = at_equal_effort.zones[k].cap;
    if (cap && cap->world) cap = EmissionCap{emissions_under_cap(zones[k], false, *full.outcome, *benchmark), false};
  }
  if (!leakage.rate) {
    channels.problem = "emissions inside the zone hardly change";
    return channels;
  }
  struct Plan {
    const char* name;
    bool hold, neutral;
  };
  constexpr std::array<Plan, 3> plans = {
      {{"fuel prices held", true, false}, {"neutral border", false, true}, {"both", true, true}}};
  for (const Plan& plan : plans) {
    ChannelExperiment experiment{.zone = z, .neutral_border = plan.neutral, .fuel_price = {}};
    if (plan.hold) experiment.fuel_price = reference.price;
    const auto changed = std::make_shared<const RegionalModel>(
        make_regional_model(benchmark, model, zones, at_equal_effort, experiment));
    Equilibrium run = find_equilibrium(changed, options, &full, solve_with);
    LeakageChannels::Run& entry = channels.runs.emplace_back();
    entry.name = plan.name;
    if (plan.hold) entry.free_fuels = free_fuels(*changed, zone);
    if (run.solved()) {
      const Leakage moved = measure_leakage(*benchmark, zone, *run.outcome, reference);
      entry.inside_change = moved.inside_change;
      entry.outside_change = moved.outside_change;
      entry.rate = -moved.outside_change / leakage.inside_change;
      entry.carbon_price = run.outcome->carbon_price[static_cast<std::size_t>(z)];
    } else if (channels.problem.empty()) {
      channels.problem =
          fmt::format("the run '{}' is {}: {}", plan.name, to_string(run.solution.status), run.solution.message);
    }
    entry.solution = std::move(run.solution);
    if (entry.solution.status == SolveStatus::interrupted) break;
  }
  if (!channels.solved()) return channels;
  const double d = *leakage.rate, f = channels.runs[0].rate, b = channels.runs[1].rate, fb = channels.runs[2].rate;
  channels.energy = 0.5 * ((d - f) + (b - fb));
  channels.competitiveness = 0.5 * ((d - b) + (f - fb));
  channels.income = fb;
  return channels;
}

}  // namespace levee
