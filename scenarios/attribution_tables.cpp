#include "scenarios/attribution_tables.hpp"

#include <cmath>

#include "scenarios/emission_decomposition.hpp"
#include "scenarios/incidence.hpp"
#include "scenarios/leakage_route.hpp"
#include "scenarios/pass_through.hpp"
#include "scenarios/scenario_table.hpp"

namespace levee {

TableText leakage_by_route_table(const std::vector<Comparison>& pairs) {
  ScenarioTable table("leakage_by_route",
                      {"zone", "good", "origin", "market", "value", "rate", "volume_change", "zone_volume_change"});
  for (const Comparison& pair : pairs) {
    const Dataset& data = *pair.data;
    const std::string unit = "Mt; volumes in " + pair.money;
    for (const CarbonZone& zone : pair.scenario->zones) {
      const Leakage leakage = measure_leakage(*pair.benchmark, zone, *pair.now, *pair.base);
      const LeakageRoutes routes = leakage_routes(*pair.benchmark, zone, *pair.now, *pair.base);
      const auto add = [&](const std::string& good, int region, const char* market, double value, double volume,
                           double zone_volume) {
        const double rate = leakage.rate ? -value / leakage.inside_change : missing;
        table.add(pair, {zone.name, good, data.regions[region].code, market, value, rate, volume, zone_volume}, unit);
      };
      for (const LeakageRoute& route : routes.makers) {
        const std::string& good = data.sectors[route.node % data.sector_count()].code;
        const int region = route.node / data.sector_count();
        for (std::size_t m = 0; m < markets.size(); ++m) {
          add(good, region, market_name(markets[m]), route.through_market[m], route.volume_change[m],
              route.zone_volume_change[m]);
        }
        add(good, region, "technique", route.technique, missing, missing);
      }
      std::vector<char> member(data.regions.size(), 0);
      for (const int r : zone.regions) member[r] = 1;
      for (int r = 0; r < data.region_count(); ++r) {
        if (!member[r]) add("households", r, "households", routes.households[r], missing, missing);
      }
    }
  }
  return table.take();
}

TableText decomposition_table(const std::vector<Comparison>& pairs) {
  ScenarioTable table("decomposition", {"region", "stressor", "scale", "composition", "technique", "change"});
  for (const Comparison& pair : pairs) {
    const Dataset& data = *pair.data;
    for (int account = 0; account < static_cast<int>(pair.benchmark->emissions.size()); ++account) {
      const auto parts = decompose_regions(*pair.benchmark, account, *pair.now, *pair.base);
      for (int r = 0; r <= data.region_count(); ++r) {
        const EmissionDecomposition& part = parts[r];
        table.add(
            pair,
            {r < data.region_count() ? data.regions[r].code : "world", pair.benchmark->emissions[account].stressor,
             part.scale, part.composition, part.technique, part.change},
            "Mt");
      }
    }
  }
  return table.take();
}

TableText incidence_table(const std::vector<Comparison>& pairs) {
  ScenarioTable table("incidence", {"zone", "level", "name", "component", "value", "percent_of_gdp", "share"});
  for (const Comparison& pair : pairs) {
    const std::vector<CarbonZone>& zones = pair.scenario->zones;
    const std::string unit = pair.money + "; % of the reference's GDP; share";
    for (std::size_t z = 0; z < zones.size(); ++z) {
      for (const IncidenceRow& row :
           measure_incidence(*pair.data, zones[z], static_cast<int>(z), *pair.now, *pair.base)) {
        table.add(pair, {zones[z].name, row.level, row.name, row.component, row.value, row.percent_of_gdp, row.share},
                  unit);
      }
    }
  }
  return table.take();
}

TableText pass_through_table(const std::vector<Comparison>& pairs) {
  // A change below this many percent is rounding and has no ratio.
  constexpr double smallest_change = 1e-9;
  ScenarioTable table("pass_through", {"zone", "region", "good", "cge_percent", "leontief_percent", "ratio"});
  for (const Comparison& pair : pairs) {
    const Dataset& data = *pair.data;
    const PassThrough changes =
        measure_pass_through(*pair.benchmark, pair.result->calibration->prices(), pair.scenario->zones, *pair.now,
                             pair.reference->zones, *pair.base);
    for (const CarbonZone& zone : pair.scenario->zones) {
      for (const int r : zone.regions) {
        for (int i = 0; i < data.sector_count(); ++i) {
          const int n = data.node(r, i);
          if (pair.base->composite_price[n] == 0) continue;
          const double cge = changes.equilibrium[n], leontief = changes.leontief[n];
          table.add(pair,
                    {zone.name, data.regions[r].code, data.sectors[i].code, cge, leontief,
                     std::abs(leontief) > smallest_change ? cge / leontief : missing},
                    "% of the reference's price");
        }
      }
    }
  }
  return table.take();
}

}  // namespace levee
