#pragma once

#include <Eigen/Dense>
#include <memory>
#include <string>
#include <vector>

#include "data/dataset.hpp"

namespace levee {

/// A change that calibration made to the source's figures, with its size, for the report.
struct Treatment {
  std::string name;
  double value = 0;
  std::string unit;
};

/// Emissions of one stressor by the activity that causes them, Mt. Users are the nodes (r, j), then the regions'
/// households.
struct EmissionAccount {
  std::string stressor;
  std::vector<int> fuels;           ///< sectors whose purchase emits
  Eigen::MatrixXd by_fuel;          ///< fuels x users
  Eigen::VectorXd process;          ///< nodes, proportional to output
  Eigen::VectorXd unallocated;      ///< users, proportional to output (households: to consumption)
  Eigen::VectorXd implied_factor;   ///< users: combustion emissions over weight x emitting purchases, before the limit
  Eigen::VectorXd regional_factor;  ///< regions: the same of the region as a whole

  double user_total(int user) const {
    return by_fuel.col(user).sum() + unallocated[user] + (user < process.size() ? process[user] : 0.0);
  }
};

/// The treated, exactly balanced accounts of one year: everything the equations are calibrated to. Money in the
/// dataset's unit. Composite quantities are values at purchasers' prices, tariffs included, so that every composite's
/// benchmark price is 1.
struct Benchmark {
  std::shared_ptr<const Dataset> dataset;
  std::vector<char> active;            ///< nodes with output
  IntermediateTable table;             ///< intermediate deliveries at basic prices: Z after treatments
  Eigen::MatrixXd flow;                ///< nodes x regions: deliveries at basic prices, inventories left out
  Eigen::MatrixXd inventory;           ///< nodes x regions
  Eigen::MatrixXd tariff;              ///< nodes x regions, ad valorem; 0 at home
  Eigen::MatrixXd intermediate;        ///< goods x nodes: composite i bought by (r, j)
  Eigen::MatrixXd intermediate_basic;  ///< the same at basic prices
  Eigen::MatrixXd consumption, government, investment;  ///< goods x regions, composites
  Eigen::MatrixXd consumption_basic;                    ///< goods x regions, at basic prices
  Eigen::VectorXd x;                                    ///< nodes, output
  Eigen::VectorXd labour, capital, resource;            ///< nodes, value added by factor
  Eigen::VectorXd foreign_saving;                       ///< regions, net receipts; they add to zero
  Eigen::MatrixXd share_outside;           ///< goods x nodes: part of an energy purchase outside the energy nest
  std::vector<EmissionAccount> emissions;  ///< CO2 first
  std::vector<Treatment> treatments;

  double composite(int region, int good) const;  ///< total of a composite's uses
  double value_added(int node) const { return labour[node] + capital[node] + resource[node]; }
};

/// Section "From the table to the benchmark" of the model's description: treatments, factors, emissions by source.
/// Throws InputError where a treatment cannot repair the figures (value added far below zero, a negative flow).
Benchmark make_benchmark(std::shared_ptr<const Dataset> dataset);

}  // namespace levee
