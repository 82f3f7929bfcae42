#include "scenarios/pass_through.hpp"

#include "calibration/carbon_intensity.hpp"

namespace levee {

AddedCosts added_costs(const Benchmark& benchmark, const std::vector<CarbonZone>& zones, const Outcome& outcome) {
  const Dataset& data = *benchmark.dataset;
  AddedCosts costs(data);
  for (std::size_t z = 0; z < zones.size(); ++z) {
    // currency per t in the zone's prices; Mt per unit of money: millions of currency
    const double price = outcome.carbon_price[z] * outcome.zone_index[z] * 1e6 / data.money_unit;
    if (price == 0) continue;
    const Eigen::VectorXd direct = direct_emissions(benchmark, zones[z].stressors);
    for (const int r : zones[z].regions) {
      for (int i = 0; i < data.sector_count(); ++i) {
        const int n = data.node(r, i);
        if (zones[z].sectors[i] && benchmark.active[n]) costs.production[n] += price * direct[n] / benchmark.x[n];
      }
    }
  }
  for (const Outcome::Charge& charge : outcome.charges) {
    if (charge.quantity <= 0) continue;
    const double per_unit = charge.revenue / charge.quantity;
    const BookedWedge& booked = charge.booked;
    if (booked.instrument == Instrument::free_allocation) costs.production[booked.origin] += per_unit;
    if (booked.instrument == Instrument::border_charge || booked.instrument == Instrument::export_rebate)
      costs.delivery(booked.origin, booked.region) += per_unit;
  }
  return costs;
}

PassThrough measure_pass_through(const Benchmark& benchmark, const PriceModel& prices,
                                 const std::vector<CarbonZone>& zones, const Outcome& now,
                                 const std::vector<CarbonZone>& base_zones, const Outcome& base) {
  const Eigen::ArrayXd after = prices.real_composite_change(added_costs(benchmark, zones, now));
  const Eigen::ArrayXd before = prices.real_composite_change(added_costs(benchmark, base_zones, base));
  PassThrough changes;
  changes.equilibrium = Eigen::VectorXd::Zero(after.size());
  for (Eigen::Index n = 0; n < after.size(); ++n) {
    if (base.composite_price[n] > 0)
      changes.equilibrium[n] = 100 * (now.composite_price[n] / base.composite_price[n] - 1);
  }
  changes.leontief = 100 * (after - before) / (1 + before);
  return changes;
}

}  // namespace levee
