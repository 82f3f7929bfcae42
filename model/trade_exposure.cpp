#include "model/trade_exposure.hpp"

#include <limits>

namespace levee {

namespace {

ExposureIndex over(double denominator, double payment, double excess) {
  if (denominator == 0) return {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
  return {payment / denominator, excess / denominator};
}

class Exposure {
 public:
  Exposure(const ExposureInputs& inputs, ExposureDenominator denominator)
      : in_(inputs), denominator_(denominator), sectors_(static_cast<int>(inputs.covered.size())) {}

  TradeExposure find() {
    find_zone_cost();
    for (int r = 0; r < static_cast<int>(in_.zone.size()); ++r) {
      if (!in_zone(r)) add_region(r);
    }
    return found_;
  }

 private:
  bool in_zone(int region) const { return in_.zone[static_cast<std::size_t>(region)] != 0; }
  bool is_covered(int sector) const { return in_.covered[static_cast<std::size_t>(sector)] != 0; }

  void find_zone_cost() {
    found_.zone_cost = Eigen::VectorXd::Zero(sectors_);
    for (int i = 0; i < sectors_; ++i) {
      double output = 0;
      for (int r = 0; r < static_cast<int>(in_.zone.size()); ++r) {
        if (!in_zone(r)) continue;
        output += in_.output[r * sectors_ + i];
        found_.zone_cost[i] += in_.cost[r * sectors_ + i] * in_.output[r * sectors_ + i];
      }
      if (output > 0) found_.zone_cost[i] /= output;
    }
  }

  void add_region(int region) {
    RegionExposure total;
    total.region = region;
    for (int i = 0; i < sectors_; ++i) {
      const int node = region * sectors_ + i;
      const double exports = in_.deliveries.row(node).sum() - in_.deliveries(node, region);
      total.total_exports += exports;
      total.gdp += in_.value_added[node];
      if (is_covered(i) && in_.output[node] > 0) add_product(region, i, exports, total);
    }
    total.payment_rate = over(total.exports_to_zone, total.payment, total.excess_payment);
    const bool all = denominator_ == ExposureDenominator::total_exports;
    total.aggregate_trade =
        over(all ? total.total_exports : total.covered_exports, total.payment, total.excess_payment);
    total.economic = over(total.gdp, total.payment, total.excess_payment);
    found_.regions.push_back(total);
  }

  void add_product(int region, int sector, double exports, RegionExposure& total) {
    const int node = region * sectors_ + sector;
    ProductExposure product;
    product.region = region;
    product.sector = sector;
    product.cost = in_.cost[node];
    product.zone_cost = found_.zone_cost[sector];
    product.exports = exports;
    for (int r = 0; r < static_cast<int>(in_.zone.size()); ++r) {
      if (in_zone(r)) product.exports_to_zone += in_.deliveries(node, r);
    }
    product.output = in_.output[node];
    product.payment = product.cost * product.exports_to_zone;
    product.excess_payment = (product.cost - product.zone_cost) * product.exports_to_zone;
    product.trade = over(product.exports, product.payment, product.excess_payment);
    product.output_exposure = over(product.output, product.payment, product.excess_payment);
    total.exports_to_zone += product.exports_to_zone;
    total.covered_exports += product.exports;
    total.payment += product.payment;
    total.excess_payment += product.excess_payment;
    found_.products.push_back(product);
  }

  const ExposureInputs& in_;
  ExposureDenominator denominator_;
  int sectors_;
  TradeExposure found_;
};

}  // namespace

TradeExposure trade_exposure(const ExposureInputs& inputs, ExposureDenominator denominator) {
  return Exposure(inputs, denominator).find();
}

}  // namespace levee
