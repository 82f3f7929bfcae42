#include "scenarios/incidence.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/scenario_table.hpp"

namespace levee {

namespace {

/// A loss below this share of a region's product is rounding.
constexpr double smallest_loss = 1e-9;

/// One component by region.
struct Component {
  const char* name;
  bool is_loss;  ///< negative values are losses, and shares are those of gross losses
  std::vector<char> concerns;
  Eigen::VectorXd value;
};

/// Regions that make one row.
struct Circle {
  std::string level, name;
  std::vector<int> regions;
};

class IncidenceMeter {
 public:
  IncidenceMeter(const Dataset& data, const CarbonZone& zone, int zone_index, const Outcome& now, const Outcome& base)
      : data_(data),
        zone_index_(zone_index),
        now_(now),
        base_(base),
        everyone_(data.regions.size(), 1),
        member_(data.regions.size(), 0),
        outside_(data.regions.size(), 1) {
    for (const int r : zone.regions) {
      member_[r] = 1;
      outside_[r] = 0;
    }
    product_.resize(data.region_count());
    for (int r = 0; r < data.region_count(); ++r) product_[r] = value_of_gdp(base, r);
  }

  std::vector<IncidenceRow> rows() const {
    const std::vector<Component> components = {
        {"cbam payments", false, outside_, booked(Instrument::border_charge)},
        {"export rebates", false, member_, -booked(Instrument::export_rebate)},
        {"export losses", true, outside_, export_values(now_) - export_values(base_)},
        {"welfare", true, everyone_, equivalent_variation()}};
    std::vector<IncidenceRow> rows;
    for (const Component& component : components) {
      for (const Circle& circle : circles()) add_row(rows, component, circle);
    }
    return rows;
  }

 private:
  /// By the region that makes the good.
  Eigen::VectorXd booked(Instrument instrument) const {
    Eigen::VectorXd money = Eigen::VectorXd::Zero(data_.region_count());
    for (const Outcome::Charge& charge : now_.charges) {
      if (charge.booked.instrument == instrument && charge.booked.zone == zone_index_)
        money[charge.booked.origin / data_.sector_count()] += charge.revenue;
    }
    return money;
  }

  Eigen::VectorXd export_values(const Outcome& outcome) const {
    Eigen::VectorXd money = Eigen::VectorXd::Zero(data_.region_count());
    for (int origin = 0; origin < data_.node_count(); ++origin) {
      for (int r = 0; r < data_.region_count(); ++r) {
        if (member_[r]) money[origin / data_.sector_count()] += outcome.price[origin] * outcome.trade(origin, r);
      }
    }
    return money;
  }

  Eigen::VectorXd equivalent_variation() const {
    return base_.expenditure.array() * (now_.utility.array() / base_.utility.array() - 1);
  }

  std::vector<Circle> circles() const {
    std::vector<Circle> regions, groups;
    Circle world{"world", "world", {}};
    bool any_group = false;
    for (int r = 0; r < data_.region_count(); ++r) {
      const Region& region = data_.regions[r];
      any_group = any_group || !region.income_group.empty();
      regions.push_back({"region", region.code, {r}});
      world.regions.push_back(r);
      const std::string group = region.income_group.empty() ? "not classified" : region.income_group;
      const auto found = std::find_if(groups.begin(), groups.end(), [&](const Circle& g) { return g.name == group; });
      if (found == groups.end()) {
        groups.push_back({"group", group, {r}});
      } else {
        found->regions.push_back(r);
      }
    }
    if (any_group) regions.insert(regions.end(), groups.begin(), groups.end());
    regions.push_back(world);
    return regions;
  }

  double loss(const Component& component, int region) const {
    const double value = component.value[region];
    return value < -smallest_loss * product_[region] ? value : 0;
  }

  void add_row(std::vector<IncidenceRow>& rows, const Component& component, const Circle& circle) const {
    double value = 0, part = 0, product = 0, total = 0;
    bool concerned = false;
    const auto counted = [&](int r) { return component.is_loss ? loss(component, r) : component.value[r]; };
    for (const int r : circle.regions) {
      if (!component.concerns[r]) continue;
      concerned = true;
      value += component.value[r];
      part += counted(r);
      product += product_[r];
    }
    if (!concerned) return;
    for (int r = 0; r < data_.region_count(); ++r) {
      if (component.concerns[r]) total += counted(r);
    }
    const bool has_share = total != 0 && !(component.is_loss && part == 0);
    rows.push_back({circle.level, circle.name, component.name, value, product > 0 ? 100 * value / product : missing,
                    has_share ? part / total : missing});
  }

  const Dataset& data_;
  int zone_index_;
  const Outcome& now_;
  const Outcome& base_;
  std::vector<char> everyone_, member_, outside_;
  Eigen::VectorXd product_;  ///< regions: the reference's product in value
};

}  // namespace

double value_of_gdp(const Outcome& outcome, int region) {
  const Outcome::Budget& budget = outcome.budget[region];
  return budget.labour + budget.capital + budget.resources + budget.tariffs + budget.carbon_price +
         budget.free_allocation + budget.border_charge + budget.export_rebate;
}

std::vector<IncidenceRow> measure_incidence(const Dataset& data, const CarbonZone& zone, int zone_index,
                                            const Outcome& now, const Outcome& base) {
  return IncidenceMeter(data, zone, zone_index, now, base).rows();
}

}  // namespace levee
