#pragma once

#include "tests/unit/calibration_equilibrium.hpp"

namespace levee::testing {

/// Three regions A, B, C that are alike but for their emissions, with sectors ELEC, STEEL and SER. A region makes 30
/// ELEC, 42 STEEL and 115 SER and sells 0.7 of everything at home, 0.15 to each of the others. Nothing is a fuel, so
/// that emissions go with output and every intensity is known whatever happens:
///
///     t per thousand of money     A      B      C
///     ELEC                        1      2      0.5
///     STEEL                       0.5    2      1
class ThreeRegions {
 public:
  ThreeRegions() : data(blank_world({"A", "B", "C"}, {"ELEC", "STEEL", "SER"})) {
    const Eigen::Matrix3d inputs{{5, 10, 10}, {0, 8, 12}, {5, 10, 0}};
    const Eigen::Vector3d consumed(5, 2, 80), governed(0, 0, 20), invested(0, 20, 0);
    for (int s = 0; s < 3; ++s) {
      for (int r = 0; r < 3; ++r) {
        const double part = s == r ? 0.7 : 0.15;
        data.table.Z.dense().block(3 * s, 3 * r, 3, 3) = part * inputs;
        data.table.Y.block(3 * s, r * final_demand_count + household, 3, 1) = part * consumed;
        data.table.Y.block(3 * s, r * final_demand_count + government, 3, 1) = part * governed;
        data.table.Y.block(3 * s, r * final_demand_count + investment, 3, 1) = part * invested;
      }
    }
    balance(data);
    data.stressors[0].industry << 30, 21, 0, 60, 84, 0, 15, 42, 0;
    data.stressors[0].household << 10, 10, 10;
    data.parameters.elasticities.by_node.at("armington_domestic_import").setConstant(2);
    data.parameters.elasticities.by_node.at("armington_origins").setConstant(4);
  }

  Dataset data;
  static constexpr int A = 0, B = 1, C = 2;
  static constexpr int ELEC = 0, STEEL = 1, SER = 2;
  static constexpr int node(int region, int sector) { return 3 * region + sector; }

  /// A zone in A at this price that charges imports of steel.
  Measures charging(double price, IntensityScope scope = IntensityScope::direct) const {
    Measures measures{{zone_of(data, "ZA", {A}, {"ELEC", "STEEL"})}, {{price_only(data, price)}}};
    charge(data, measures.policy.zones[0], {{"STEEL", scope}});
    return measures;
  }
  /// The same with a second zone in B at another price.
  Measures charging(double price, double price_in_b, IntensityScope scope = IntensityScope::direct) const {
    Measures measures = charging(price, scope);
    measures.zones.push_back(zone_of(data, "ZB", {B}, {"STEEL"}));
    measures.policy.zones.push_back(price_only(data, price_in_b));
    return measures;
  }
};

/// The charge on a flow, nullptr where there is none.
inline const Outcome::Charge* find_charge(const Outcome& outcome, Instrument instrument, int origin, int region) {
  for (const Outcome::Charge& charge : outcome.charges) {
    if (charge.booked.instrument == instrument && charge.booked.origin == origin && charge.booked.region == region)
      return &charge;
  }
  return nullptr;
}

/// Charge per unit, in the world's price index.
inline double per_unit(const Outcome& outcome, Instrument instrument, int origin, int region) {
  const Outcome::Charge* charge = find_charge(outcome, instrument, origin, region);
  return charge == nullptr ? 0 : charge->revenue / charge->quantity;
}

}  // namespace levee::testing
