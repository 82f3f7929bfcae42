#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "calibration/carbon_intensity.hpp"
#include "scenarios/leakage.hpp"
#include "tests/unit/calibration_equilibrium.hpp"

// What is booked against what is paid, computed here once more from quantities, prices and the measures. Residuals are
// within 1e-12 of a row's size, so sums agree to 1e-9 of theirs.
namespace levee::testing {

class Accounts {
 public:
  Accounts(const Equilibrium& equilibrium, const Measures& measures)
      : e_(equilibrium), m_(measures), data_(equilibrium.data()), o_(equilibrium.outcome) {}

  void check() const {
    exhaust_products();
    for (int r = 0; r < data_.region_count(); ++r) {
      const double total = o_.budget[r].total();
      EXPECT_NEAR(o_.expenditure[r], total, accuracy * std::abs(total)) << "budget of " << data_.regions[r].code;
      book_tariffs(r);
    }
    for (int z = 0; z < static_cast<int>(m_.zones.size()); ++z) {
      for (const int r : m_.zones[z].regions) {
        book_allowances(z, r);
        book_allocation(z, r);
      }
    }
    for (const Outcome::Charge& charge : o_.charges) check_border(charge);
    EXPECT_LE(walras(e_), 1e-8);
  }

 private:
  static constexpr double accuracy = 1e-9;

  /// Every activity's receipts are its costs, taxes included.
  void exhaust_products() const {
    const Economy& economy = *e_.equation.model->economy;
    for (const Activity& activity : economy.activities) {
      double receipts = 0, costs = 0;
      for (int node = activity.outputs.begin; node < activity.inputs.end; ++node) {
        if (!economy.nodes[node].is_leaf()) continue;
        const double value = e_.system.quantity(node, e_.solution.x) * e_.system.user_price(node, e_.solution.x);
        (node < activity.outputs.end ? receipts : costs) += value;
      }
      EXPECT_NEAR(receipts, costs, accuracy * costs) << "product exhaustion of " << activity.name;
    }
  }

  /// Sum of a region's revenue of an instrument, as booked to the region's household.
  double booked(Instrument instrument, int zone, int region) const {
    double sum = 0;
    for (const Outcome::Charge& charge : o_.charges) {
      if (charge.booked.instrument != instrument || charge.booked.zone != zone) continue;
      const int agent = e_.equation.model->economy->wedges[charge.booked.wedge].agent;
      if (agent == e_.equation.model->household[region]) sum += charge.revenue;
    }
    return sum;
  }

  double price_of(int zone) const { return o_.carbon_price[zone] * o_.zone_index[zone] * 1e6 / data_.money_unit; }

  void book_tariffs(int region) const {
    double paid = 0;
    for (int origin = 0; origin < data_.node_count(); ++origin) {
      paid += e_.benchmark().tariff(origin, region) * o_.price[origin] * o_.trade(origin, region);
    }
    EXPECT_NEAR(booked(Instrument::tariff, -1, region), paid, accuracy * (1 + std::abs(paid))) << "tariffs";
  }

  void book_allowances(int zone, int region) const {
    double mt = 0;
    for (const Outcome::Emission& emission : o_.emissions) {
      const bool here = emission.user < data_.node_count() && emission.user / data_.sector_count() == region;
      if (here && is_covered(m_.zones[zone], emission, e_.benchmark())) mt += emission.mt;
    }
    const double paid = price_of(zone) * mt;
    EXPECT_NEAR(booked(Instrument::carbon_price, zone, region), paid, accuracy * (1 + paid))
        << "allowances of zone " << zone;
  }

  /// Direct emissions of the zone's members per unit of their output, from the accounts of the dataset.
  double benchmark_intensity(int zone, int sector) const {
    double mt = 0, output = 0;
    for (const int r : m_.zones[zone].regions) {
      const int node = data_.node(r, sector);
      if (!e_.benchmark().active[node]) continue;
      output += e_.benchmark().x[node];
      for (const Stressor& stressor : data_.stressors) {
        const auto& priced = m_.zones[zone].stressors;
        if (std::find(priced.begin(), priced.end(), stressor.name) != priced.end())
          mt += stressor.industry[node] * stressor.mt_per_unit;
      }
    }
    return output > 0 ? mt / output : 0;
  }

  void book_allocation(int zone, int region) const {
    double given = 0;
    for (int i = 0; i < data_.sector_count(); ++i) {
      if (!m_.zones[zone].sectors[i]) continue;
      given +=
          m_.policy.zones[zone].allocation_share[i] * benchmark_intensity(zone, i) * o_.output[data_.node(region, i)];
    }
    given *= price_of(zone);
    EXPECT_NEAR(booked(Instrument::free_allocation, zone, region), -given, accuracy * (1 + given))
        << "free allocation of zone " << zone;
  }

  void check_border(const Outcome::Charge& charge) const {
    const BookedWedge& b = charge.booked;
    const double value = charge.market_price * charge.quantity;  // the row that limits a rebate is solved against it
    if (b.instrument == Instrument::border_charge) {
      const double most = price_of(b.zone) * b.intensity * charge.quantity;
      EXPECT_GE(charge.revenue, -accuracy) << data_.node_label(b.origin);
      if (priced_elsewhere(b)) {
        EXPECT_LE(charge.revenue, most + accuracy * (most + value)) << data_.node_label(b.origin);
      } else {
        EXPECT_NEAR(charge.revenue, most, accuracy * (1 + most)) << data_.node_label(b.origin);
      }
    } else if (b.instrument == Instrument::export_rebate) {
      const double free = free_share(b.zone, b.origin % data_.sector_count());
      const double paid = price_of(b.zone) * (1 - free) * cost_bearing_intensity(b.zone, b.origin) * charge.quantity;
      EXPECT_LE(charge.revenue, accuracy);
      EXPECT_LE(-charge.revenue, paid + accuracy * (paid + value)) << "rebate of " << data_.node_label(b.origin);
    }
  }

  double free_share(int zone, int sector) const {
    const ZonePolicy& measures = m_.policy.zones[zone];
    return std::min(1.0, measures.allocation_share[sector] + measures.grandfathered_share[sector]);
  }

  bool priced_elsewhere(const BookedWedge& b) const {
    for (int z = 0; z < static_cast<int>(m_.zones.size()); ++z) {
      const auto& members = m_.zones[z].regions;
      const bool member = std::find(members.begin(), members.end(), b.origin / data_.sector_count()) != members.end();
      if (z != b.zone && member && m_.policy.zones[z].has_market()) return true;
    }
    return false;
  }

  /// Emissions per unit of output at the solution that bear the zone's price: the node's own, and those in its
  /// electricity.
  double cost_bearing_intensity(int zone, int node) const {
    double sum = m_.zones[zone].sectors[node % data_.sector_count()] ? direct_now(zone, node) / o_.output[node] : 0;
    if (data_.electricity < 0) return sum;
    for (int o = 0; o < data_.region_count(); ++o) {
      const int power = data_.node(o, data_.electricity);
      const auto& members = m_.zones[zone].regions;
      const bool member = std::find(members.begin(), members.end(), o) != members.end();
      const BorderCharge& border = m_.policy.zones[zone].border;
      const bool pays = member ? m_.zones[zone].sectors[data_.electricity] != 0
                               : border.scope[data_.electricity] && !border.exempt[o];
      if (!pays || o_.output[power] == 0) continue;
      sum += delivery(power, node) / o_.output[node] * direct_now(zone, power) /
             (o_.output[power] - delivery(power, power));
    }
    return sum;
  }

  double direct_now(int zone, int node) const {
    double mt = 0;
    for (const Outcome::Emission& emission : o_.emissions) {
      const auto& priced = m_.zones[zone].stressors;
      const std::string& stressor = e_.benchmark().emissions[emission.account].stressor;
      if (emission.user == node && std::find(priced.begin(), priced.end(), stressor) != priced.end()) mt += emission.mt;
    }
    return mt;
  }

  /// The table's delivery of electricity, moved as the buyer's purchases and the origin's share in the region's
  /// composite moved.
  double delivery(int power, int user) const {
    const Benchmark& b = e_.benchmark();
    const int region = user / data_.sector_count();
    if (b.table(power, user) == 0) return 0;
    double bought = 0;
    for (const InputLeaf& input : e_.equation.model->input_leaves) {
      if (input.user == user && input.good == data_.electricity)
        bought += e_.system.quantity(input.leaf, e_.solution.x);
    }
    const int composite = e_.equation.model->composite_leaf[data_.node(region, data_.electricity)];
    const double all = e_.system.quantity(composite, e_.solution.x) / b.composite(region, data_.electricity);
    return b.table(power, user) * (bought / b.intermediate(data_.electricity, user)) *
           (o_.trade(power, region) / b.flow(power, region)) / all;
  }

  const Equilibrium& e_;
  const Measures& m_;
  const Dataset& data_;
  const Outcome& o_;
};

/// The world's marginal welfare is the sum of wedge times change of quantity (Harberger): each household's gain at its
/// own current cost of living, against every tax, charge, allocation and rebate booked. Exact for small changes
/// whatever the elasticities are, because government, investment, inventories and factors are fixed in real terms.
struct MarginalWelfare {
  double gains = 0, wedges = 0, size = 0;  ///< size: sum of |wedge x change|
};

/// Around the full policy, by central differences with all prices `step` up and down.
inline MarginalWelfare marginal_welfare(const Equation& equation, double step) {
  const Equilibrium centre = solve(equation);
  std::array<Outcome, 2> sides;
  for (int side = 0; side < 2; ++side) {
    const EconomySystem system = equation.system(1 + (side == 0 ? -step : step));
    const Solution solution = solve_with_ipopt(system.equations(), centre.solution.x, {.tolerance = solve_tolerance});
    EXPECT_EQ(solution.status, SolveStatus::solved) << solution.message;
    sides[side] = read_outcome(*equation.model, system, solution.x);
  }
  MarginalWelfare sum;
  for (Eigen::Index r = 0; r < centre.outcome.utility.size(); ++r) {
    const double unit_cost = centre.outcome.expenditure[r] / centre.outcome.utility[r];
    sum.gains += unit_cost * (sides[1].utility[r] - sides[0].utility[r]);
  }
  for (std::size_t w = 0; w < centre.outcome.charges.size(); ++w) {
    const Outcome::Charge& charge = centre.outcome.charges[w];
    if (charge.quantity == 0) continue;
    const double part =
        charge.revenue / charge.quantity * (sides[1].charges[w].quantity - sides[0].charges[w].quantity);
    sum.wedges += part;
    sum.size += std::abs(part);
  }
  return sum;
}

}  // namespace levee::testing
