#pragma once

#include <Eigen/Dense>
#include <span>
#include <vector>

#include "calibration/regional_model.hpp"

namespace levee {

/// What an equilibrium of the regional economy means, read off once: plain arrays by region, sector and user. All money
/// and all prices are in units of the world's consumer price index, so that no figure depends on the numeraire.
struct Outcome {
  struct Emission {
    int account = 0;
    int user = 0;  ///< node, or node count + region for its household
    EmissionSource::Kind kind = EmissionSource::Kind::fuel;
    int fuel = -1;
    double mt = 0;
  };
  struct Charge {
    BookedWedge booked;
    double quantity = 0;      ///< units of the leaf: flow, fuel or output
    double revenue = 0;       ///< money, to the agent of the wedge
    double market_price = 0;  ///< of the leaf's commodity
  };
  /// Where a household's money comes from and what it must buy first; the parts add up to its consumption.
  struct Budget {
    double labour = 0, capital = 0, resources = 0;
    double tariffs = 0, carbon_price = 0, free_allocation = 0, border_charge = 0, export_rebate = 0;
    double allowance_sales = 0;  ///< to linked zones; purchases negative
    double foreign_saving = 0;
    double government = 0, investment = 0, inventories = 0;  ///< purchases, negative
    double total() const {
      return labour + capital + resources + tariffs + carbon_price + free_allocation + border_charge + export_rebate +
             allowance_sales + foreign_saving + government + investment + inventories;
    }
  };

  std::vector<Emission> emissions;
  Eigen::VectorXd output, price;    ///< nodes: benchmark units, price of the good
  Eigen::VectorXd composite_price;  ///< nodes (r, i)
  Eigen::MatrixXd trade;            ///< origin nodes x regions: benchmark units, home included, inventories left out
  Eigen::MatrixXd consumption, government, investment;             ///< goods x regions, benchmark units
  Eigen::VectorXd wage, rental;                                    ///< regions
  Eigen::VectorXd resource_price;                                  ///< nodes; 0 where there is none
  Eigen::VectorXd labour_income, capital_income, resource_income;  ///< regions
  Eigen::VectorXd utility;                                         ///< regions, 1 at the benchmark
  Eigen::VectorXd expenditure;                                     ///< regions, money spent on consumption
  std::vector<Budget> budget;                                      ///< regions
  std::vector<Charge> charges;                                     ///< every booked wedge
  std::vector<double> zone_index;                                  ///< zones: consumer price index over the world's
  std::vector<double> allowance_sales;                             ///< zones: to linked zones, purchases negative
  std::vector<double> carbon_price;                                ///< zones: in the zone's own index, currency per t

  double region_emissions(int account, int region, const Dataset& data) const;
};

/// Reads the outcome at `x`, a solution of `system`, which was made from the model's economy.
Outcome read_outcome(const RegionalModel& model, const EconomySystem& system, std::span<const double> x);

}  // namespace levee
