#pragma once

#include <Eigen/Dense>
#include <vector>

namespace levee {

/// What exposure to a border charge is worked out from, at benchmark prices.
struct ExposureInputs {
  Eigen::VectorXd cost;         ///< nodes: price times intensity, money per unit of output (tau e)
  Eigen::MatrixXd deliveries;   ///< nodes x regions: everything sold to a region
  Eigen::VectorXd output;       ///< nodes
  Eigen::VectorXd value_added;  ///< nodes; its sum over a region is GDP
  std::vector<char> zone;       ///< regions that charge
  std::vector<char> covered;    ///< sectors charged
};

/// What aggregate trade exposure is a share of.
enum class ExposureDenominator { covered_exports, total_exports };

/// An absolute index and one relative to the zone's producers: what is paid, and what is paid in excess of them, over
/// the same denominator. NaN where that is zero.
struct ExposureIndex {
  double absolute = 0, relative = 0;
};

/// A covered good of a region outside the zone.
struct ProductExposure {
  int region = 0, sector = 0;
  double cost = 0, zone_cost = 0;           ///< tau e of this origin, and of the zone's producers
  double exports_to_zone = 0, exports = 0;  ///< X^Z, X^W
  double output = 0;                        ///< Y
  double payment = 0, excess_payment = 0;   ///< tau e X^Z; XP = tau (e - e_Z) X^Z
  ExposureIndex trade;                      ///< over X^W
  ExposureIndex output_exposure;            ///< over Y
};

/// All covered goods of a region outside the zone.
struct RegionExposure {
  int region = 0;
  double exports_to_zone = 0, covered_exports = 0, total_exports = 0, gdp = 0;
  double payment = 0, excess_payment = 0;
  ExposureIndex payment_rate;     ///< per money of covered exports to the zone
  ExposureIndex aggregate_trade;  ///< over covered or total exports
  ExposureIndex economic;         ///< over GDP
};

struct TradeExposure {
  Eigen::VectorXd zone_cost;  ///< sectors: mean of the zone's producers by output
  std::vector<ProductExposure> products;
  std::vector<RegionExposure> regions;
};

/// The CBAM exposure indices of the World Bank. X^Z are deliveries to the zone's regions, X^W those to all other
/// regions. Goods that a region does not make are left out. Nothing is deducted for a carbon price paid at the origin.
TradeExposure trade_exposure(const ExposureInputs& inputs, ExposureDenominator denominator);

}  // namespace levee
