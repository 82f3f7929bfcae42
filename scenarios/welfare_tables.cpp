#include "scenarios/welfare_tables.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "scenarios/scenario_table.hpp"

namespace levee {

namespace {

struct Macro {
  double consumption = 0, government = 0, investment = 0, inventories = 0, exports = 0, imports = 0;
  double gdp() const { return consumption + government + investment + inventories + exports - imports; }
};

/// Calls `exported(origin node, destination)` for every flow out of a region and `imported` for every flow into it.
template <class Exported, class Imported>
void for_each_flow(const Dataset& data, int region, Exported&& exported, Imported&& imported) {
  const int first = data.node(region, 0), last = first + data.sector_count();
  for (int origin = 0; origin < data.node_count(); ++origin) {
    if (origin < first || origin >= last) {
      imported(origin, region);
      continue;
    }
    for (int r = 0; r < data.region_count(); ++r) {
      if (r != region) exported(origin, r);
    }
  }
}

/// Expenditure side of GDP at benchmark prices (purchasers' for demand at home, basic for trade), so that its change is
/// real.
Macro real_macro(const Comparison& pair, const Outcome& outcome, int region) {
  const Dataset& data = *pair.data;
  Macro macro;
  macro.consumption = outcome.consumption.col(region).sum();
  macro.government = outcome.government.col(region).sum();
  macro.investment = outcome.investment.col(region).sum();
  macro.inventories = pair.benchmark->inventory.col(region).sum();
  const auto flow = [&](int origin, int r) { return outcome.trade(origin, r) + pair.benchmark->inventory(origin, r); };
  for_each_flow(
      data, region, [&](int origin, int r) { macro.exports += flow(origin, r); },
      [&](int origin, int r) { macro.imports += flow(origin, r); });
  return macro;
}

/// Price of exports over price of imports, each a Fisher index between reference and scenario at makers' prices.
double terms_of_trade(const Comparison& pair, int region) {
  std::array<double, 4> exports{}, imports{};  // p0 q0, p1 q0, p0 q1, p1 q1
  const auto add = [&](std::array<double, 4>& sums, int origin, int r) {
    const double p0 = pair.base->price[origin], p1 = pair.now->price[origin];
    const double q0 = pair.base->trade(origin, r), q1 = pair.now->trade(origin, r);
    sums[0] += p0 * q0;
    sums[1] += p1 * q0;
    sums[2] += p0 * q1;
    sums[3] += p1 * q1;
  };
  for_each_flow(
      *pair.data, region, [&](int origin, int r) { add(exports, origin, r); },
      [&](int origin, int r) { add(imports, origin, r); });
  const auto fisher = [](const std::array<double, 4>& s) { return std::sqrt(s[1] / s[0] * (s[3] / s[2])); };
  return fisher(exports) / fisher(imports);
}

}  // namespace

double real_gdp_percent(const Comparison& pair, int region) {
  return percent(real_macro(pair, *pair.now, region).gdp(), real_macro(pair, *pair.base, region).gdp());
}

TableText welfare_table(const std::vector<Comparison>& pairs) {
  ScenarioTable table("welfare", {"region", "component", "value"});
  using Part = double Outcome::Budget::*;
  static const std::vector<std::pair<const char*, Part>> parts = {
      {"labour income", &Outcome::Budget::labour},
      {"capital income", &Outcome::Budget::capital},
      {"resource income", &Outcome::Budget::resources},
      {"tariff revenue", &Outcome::Budget::tariffs},
      {"carbon price revenue", &Outcome::Budget::carbon_price},
      {"free allocation", &Outcome::Budget::free_allocation},
      {"border charge revenue", &Outcome::Budget::border_charge},
      {"export rebates", &Outcome::Budget::export_rebate},
      {"allowance sales", &Outcome::Budget::allowance_sales},
      {"foreign saving", &Outcome::Budget::foreign_saving},
      {"government purchases", &Outcome::Budget::government},
      {"investment purchases", &Outcome::Budget::investment},
      {"inventory purchases", &Outcome::Budget::inventories}};
  for (const Comparison& pair : pairs) {
    const Dataset& data = *pair.data;
    double world = 0, world_base = 0;
    for (int r = 0; r < data.region_count(); ++r) {
      const double base = pair.base->expenditure[r];
      const double ratio = pair.now->utility[r] / pair.base->utility[r];
      const double variation = base * (ratio - 1);
      const double living_cost = pair.now->expenditure[r] / base / ratio;
      world += variation;
      world_base += base;
      const std::string& region = data.regions[r].code;
      table.add(pair, {region, "equivalent variation", variation}, pair.money);
      table.add(pair, {region, "equivalent variation percent", 100 * (ratio - 1)}, "% of consumption");
      table.add(pair, {region, "cost of living", living_cost}, "reference = 1");
      for (const auto& [name, part] : parts) {
        table.add(pair, {region, name, pair.now->budget[r].*part / living_cost - pair.base->budget[r].*part},
                  pair.money);
      }
    }
    table.add(pair, {"world", "equivalent variation", world}, pair.money);
    table.add(pair, {"world", "equivalent variation percent", 100 * world / world_base}, "% of consumption");
  }
  return table.take();
}

TableText macro_table(const std::vector<Comparison>& pairs) {
  ScenarioTable table("macro", {"region", "component", "value", "change", "change_percent"});
  for (const Comparison& pair : pairs) {
    const Dataset& data = *pair.data;
    const std::string unit = pair.money + " at benchmark prices";
    for (int r = 0; r < data.region_count(); ++r) {
      const Macro now = real_macro(pair, *pair.now, r), base = real_macro(pair, *pair.base, r);
      const auto add = [&](const char* component, double value, double before, const std::string& measured_in) {
        table.add(pair, {data.regions[r].code, component, value, value - before, percent(value, before)}, measured_in);
      };
      add("real GDP", now.gdp(), base.gdp(), unit);
      add("consumption", now.consumption, base.consumption, unit);
      add("government", now.government, base.government, unit);
      add("investment", now.investment, base.investment, unit);
      add("inventories", now.inventories, base.inventories, unit);
      add("exports", now.exports, base.exports, unit);
      add("imports", now.imports, base.imports, unit);
      add("terms of trade", terms_of_trade(pair, r), 1, "reference = 1");
    }
  }
  return table.take();
}

}  // namespace levee
