// Carbon markets: prices, caps, linked zones, what emissions cost and what is allocated for nothing. Every money amount
// is a coefficient times the market's carbon price times its consumer price index, so that no quantity depends on the
// numeraire.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "calibration/carbon_intensity.hpp"
#include "calibration/regional_model_builder.hpp"

namespace levee {

namespace {

const std::vector<char>& charged_goods(const BorderCharge& border, std::vector<char>& buffer) {
  buffer.assign(border.scope.size(), 0);
  for (std::size_t i = 0; i < buffer.size(); ++i) buffer[i] = border.scope[i].has_value();
  return buffer;
}

}  // namespace

/// A market of its own for every zone that is linked to none; its price a parameter, or an unknown under a cap.
/// Parameters are the zones' prices, then the zones' cuts: scaling all of them leads from the benchmark to the policy.
void RegionalModelBuilder::add_markets() {
  for (std::size_t z = 0; z < zones_.size(); ++z)
    economy_.add_parameter("carbon price " + zones_[z].name, policy_.zones[z].carbon_price, true);
  std::vector<char> placed(zones_.size(), 0);
  model_.carbon_price.resize(zones_.size());
  model_.market_index.resize(zones_.size());
  cut_.assign(zones_.size(), -1);
  for (const std::vector<int>& link : policy_.links) {
    add_market(link);
    for (const int z : link) placed[z] = 1;
  }
  for (std::size_t z = 0; z < zones_.size(); ++z) {
    if (!placed[z]) add_market({static_cast<int>(z)});
  }
}

void RegionalModelBuilder::add_market(const std::vector<int>& zones) {
  std::string name;
  std::vector<int> regions;
  bool capped = false;
  for (const int z : zones) {
    name += (name.empty() ? "" : " and ") + zones_[z].name;
    for (const int r : zones_[z].regions) {
      if (std::find(regions.begin(), regions.end(), r) == regions.end()) regions.push_back(r);
    }
    capped = capped || policy_.zones[z].cap.has_value();
  }
  const int index = zones.size() == 1 ? model_.price_index[zones.front()]
                                      : add_price_index("consumer price index of " + name, regions);
  Reference price{ReferenceKind::parameter, zones.front()};
  if (capped) {
    price = {ReferenceKind::auxiliary, static_cast<int>(economy_.auxiliaries.size())};
    economy_.auxiliaries.push_back({"carbon price " + name, "carbon market of " + name, 0, true, 0.0, -1});
    for (const int z : zones) {
      const double cut = uncapped_emissions(z) - policy_.zones[z].cap->mt;
      cut_[z] = economy_.add_parameter("cut of emissions " + zones_[z].name, cut, true);
    }
    capped_markets_.push_back({zones, price.index});
  }
  for (const int z : zones) {
    model_.carbon_price[z] = price;
    model_.market_index[z] = index;
  }
}

/// Mt in the benchmark of what the zone's cap is on.
double RegionalModelBuilder::uncapped_emissions(int zone) const {
  double sum = 0;
  for (std::size_t a = 0; a < benchmark_->emissions.size(); ++a) {
    if (!priced(zone, static_cast<int>(a))) continue;
    const EmissionAccount& account = benchmark_->emissions[a];
    const bool world = policy_.zones[zone].cap->world;
    for (int user = 0; user < data_.node_count() + data_.region_count(); ++user) {
      if (world || covered(zone, user)) sum += account.user_total(user);
    }
  }
  return sum;
}

/// The nominal carbon price of a zone: price x consumer price index of its market.
int RegionalModelBuilder::add_nominal_price(Expression& expression, int zone) const {
  const int price = expression.add_reference(model_.carbon_price[zone]);
  const int index = expression.add_reference({ReferenceKind::auxiliary, model_.market_index[zone]});
  return expression.add_operation(Operation::multiply, price, index);
}

/// emissions - sum of what the sources of a cap emit = 0, over the benchmark's emissions.
int RegionalModelBuilder::add_emissions(int zone) {
  const double scale = uncapped_emissions(zone);
  const bool world = policy_.zones[zone].cap->world;
  const int auxiliary = static_cast<int>(economy_.auxiliaries.size());
  const std::string name = (world ? "emissions of the world for " : "covered emissions of ") + zones_[zone].name;
  Expression equation;
  equation.text = name;
  const int own = equation.add_reference({ReferenceKind::auxiliary, auxiliary});
  int sum = equation.add_operation(Operation::multiply, equation.add_constant(1 / scale), own);
  for (const EmissionSource& source : model_.sources) {
    if (!priced(zone, source.account) || !(world || covered(zone, source.user))) continue;
    const Reference driver =
        source.leaf >= 0 ? Reference{ReferenceKind::quantity, source.leaf}
                         : Reference{ReferenceKind::utility, model_.household[source.user - data_.node_count()]};
    const int quantity = equation.add_reference(driver);
    const int mt =
        equation.add_operation(Operation::multiply, equation.add_constant(source.coefficient / scale), quantity);
    sum = equation.add_operation(Operation::subtract, sum, mt);
  }
  economy_.auxiliaries.push_back({name, name, scale, false, 0.0, economy_.add_expression(std::move(equation))});
  return auxiliary;
}

/// Appends cap - emissions of a zone, Mt; the cap moves from the benchmark's emissions with the zone's cut.
int RegionalModelBuilder::add_unused_allowances(Expression& expression, int zone, int emissions) const {
  const int cut = expression.add_reference({ReferenceKind::parameter, cut_[zone]});
  const int cap = expression.add_operation(Operation::subtract, expression.add_constant(uncapped_emissions(zone)), cut);
  return expression.add_operation(Operation::subtract, cap,
                                  expression.add_reference({ReferenceKind::auxiliary, emissions}));
}

/// A guess of a capped market's price, to start a solver from: emissions fall by as much as the price of carbon raises
/// what covered fuels cost, with elasticity 1. Unit costs at a guess of the right order make Newton's method converge;
/// at a price of 0 its steps are cut short, and far above the answer a rebate can exceed the price of an export.
double RegionalModelBuilder::likely_price(const std::vector<int>& zones) const {
  double fuel = 0, emissions = 0, cut = 0;
  for (const int z : zones) {
    int counted = -1;
    for (const EmissionSource& source : model_.sources) {
      if (source.kind != EmissionSource::Kind::fuel || !priced(z, source.account) || !covered(z, source.user)) continue;
      if (source.leaf != counted) fuel += economy_.nodes[source.leaf].amount.value;
      counted = source.leaf;
    }
    for (int n = 0; n < data_.node_count(); ++n) {
      if (covered(z, n)) emissions += direct_[z][n];
    }
    cut += uncapped_emissions(z) - policy_.zones[z].cap->mt;
  }
  if (cut <= 0 || emissions <= 0) return 0;
  const double left = std::max(0.02, 1 - cut / emissions);
  return fuel / (emissions * money_per_priced_mt()) * (1 / left - 1);
}

/// price >= 0 perp sum of caps - sum of emissions >= 0, over the benchmark's emissions. Linked zones pay each other for
/// the allowances that cross the border between them.
void RegionalModelBuilder::add_caps() {
  for (const CappedMarket& market : capped_markets_) {
    Expression equation;
    equation.text = economy_.auxiliaries[market.price].name;
    double scale = 0;
    int sum = -1;
    std::vector<int> emissions;
    for (const int z : market.zones) {
      scale += uncapped_emissions(z);
      emissions.push_back(add_emissions(z));
      const int unused = add_unused_allowances(equation, z, emissions.back());
      sum = sum < 0 ? unused : equation.add_operation(Operation::add, sum, unused);
    }
    equation.add_operation(Operation::multiply, equation.add_constant(1 / scale), sum);
    economy_.auxiliaries[market.price].equation = economy_.add_expression(std::move(equation));
    model_.likely_price.emplace_back(market.price, likely_price(market.zones));
    if (market.zones.size() > 1) add_allowance_trade(market.zones, emissions);
  }
}

/// A zone's unused allowances are sold at the market's price to the zones that lack them, through a pool without
/// demand. Members of a zone share by their part of its benchmark emissions.
void RegionalModelBuilder::add_allowance_trade(const std::vector<int>& zones, const std::vector<int>& emissions) {
  const int pool = static_cast<int>(economy_.agents.size());
  economy_.agents.push_back({"allowances in the market of " + economy_.auxiliaries[emissions.front()].name,
                             "allowance trade of linked zones",
                             {},
                             {}});
  for (std::size_t k = 0; k < zones.size(); ++k) {
    const int z = zones[k];
    for (const int r : zones_[z].regions) {
      double own = 0;
      for (int i = 0; i < data_.sector_count(); ++i) {
        if (covered(z, node(r, i))) own += direct_[z][node(r, i)];
      }
      if (own == 0) continue;
      Expression amount;
      amount.text = "allowances sold by " + data_.regions[r].code;
      const int nominal = add_nominal_price(amount, z);
      const int unused = add_unused_allowances(amount, z, emissions[k]);
      const int money = amount.add_operation(Operation::multiply, nominal, unused);
      const double share = own / uncapped_emissions(z) * money_per_priced_mt();
      amount.add_operation(Operation::multiply, amount.add_constant(share), money);
      const int expression = economy_.add_expression(std::move(amount));
      economy_.transfers.push_back({pool, model_.household[r], Scalar::of_expression(expression)});
      model_.allowance_sales.push_back({z, r, expression});
    }
  }
}

void RegionalModelBuilder::book(Instrument instrument, Wedge wedge, int leaf, int zone, int origin, int region,
                                double intensity) {
  economy_.add_wedge(wedge);
  model_.wedges.push_back(
      {static_cast<int>(economy_.wedges.size()) - 1, leaf, instrument, zone, origin, region, intensity});
}

bool RegionalModelBuilder::covered(int zone, int n) const {
  if (n >= data_.node_count()) return false;
  const int sectors = data_.sector_count();
  return member_[zone][n / sectors] != 0 && zones_[zone].sectors[n % sectors] != 0;
}

bool RegionalModelBuilder::priced(int zone, int account) const {
  const std::vector<std::string>& stressors = zones_[zone].stressors;
  return std::find(stressors.begin(), stressors.end(), benchmark_->emissions[account].stressor) != stressors.end();
}

double RegionalModelBuilder::priced_per_unit(int zone, int leaf) const {
  double sum = 0;
  for (auto source = model_.sources.rbegin(); source != model_.sources.rend() && source->leaf == leaf; ++source) {
    if (priced(zone, source->account)) sum += source->coefficient;
  }
  return sum;
}

/// A price in currency per t times an amount in Mt is millions of currency.
double RegionalModelBuilder::money_per_priced_mt() const { return 1e6 / data_.money_unit; }

Scalar RegionalModelBuilder::carbon_charge(int zone, double coefficient) {
  Expression amount;
  amount.text = "carbon price of " + zones_[zone].name;
  const int nominal = add_nominal_price(amount, zone);
  amount.add_operation(Operation::multiply, amount.add_constant(coefficient * money_per_priced_mt()), nominal);
  return Scalar::of_expression(economy_.add_expression(std::move(amount)));
}

void RegionalModelBuilder::charge_emissions(int leaf, int n) {
  const int region = n / data_.sector_count();
  for (int z = 0; z < static_cast<int>(zones_.size()); ++z) {
    const double coefficient = priced_per_unit(z, leaf);
    if (!policy_.zones[z].has_market() || coefficient == 0 || !covered(z, n)) continue;
    book(Instrument::carbon_price, {Wedge::Kind::specific, carbon_charge(z, coefficient), model_.household[region]},
         leaf, z, n, region, coefficient);
  }
}

/// Output-based allocation: the maker receives price x theta x the zone's benchmark per unit, out of the zone's
/// revenue.
void RegionalModelBuilder::allocate_free(int leaf, int n) {
  const int region = n / data_.sector_count(), sector = n % data_.sector_count();
  for (int z = 0; z < static_cast<int>(zones_.size()); ++z) {
    if (!policy_.zones[z].has_market() || !covered(z, n)) continue;
    const double allowance = policy_.zones[z].allocation_share[sector] * zone_benchmark(z, sector);
    if (allowance == 0) continue;
    book(Instrument::free_allocation, {Wedge::Kind::specific, carbon_charge(z, -allowance), model_.household[region]},
         leaf, z, n, region, allowance);
  }
}

double RegionalModelBuilder::zone_benchmark(int zone, int sector) const {
  double sum = 0, output = 0;
  for (const int r : zones_[zone].regions) {
    sum += direct_[zone][node(r, sector)];
    output += benchmark_->x[node(r, sector)];
  }
  return output > 0 ? sum / output : 0;
}

/// Share of the benchmark that is allocated for nothing, in whichever way.
double RegionalModelBuilder::free_share(int zone, int sector) const {
  const ZonePolicy& measures = policy_.zones[zone];
  return std::min(1.0, measures.allocation_share[sector] + measures.grandfathered_share[sector]);
}

const Eigen::VectorXd& RegionalModelBuilder::intensities(int zone, IntensityScope scope) {
  const auto key = std::make_pair(zone, scope);
  const auto found = intensity_.find(key);
  if (found != intensity_.end()) return found->second;
  std::vector<char> buffer;
  return intensity_[key] = carbon_intensity(*benchmark_, scope, zones_[zone].stressors,
                                            charged_goods(policy_.zones[zone].border, buffer));
}

}  // namespace levee
