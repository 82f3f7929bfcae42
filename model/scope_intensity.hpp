#pragma once

#include <Eigen/Dense>
#include <vector>

#include "data/intermediate_table.hpp"
#include "model/policy.hpp"

namespace levee {

/// A table with what its nodes emit, as far as intensities need it. What it refers to must outlive it.
struct EmittingTable {
  const IntermediateTable& Z;        ///< at basic prices, money
  const Eigen::VectorXd& x;          ///< nodes, output; 0: none
  const Eigen::VectorXd& emissions;  ///< nodes, direct
  int electricity = -1;              ///< sector, -1 when there is none
};

/// Emissions per unit of output of every node, in the emissions' unit over the money's, by scope (section 1 of the
/// model's description):
///   direct               E / x
///   + electricity        + sum_o Z[(o,ELEC),(s,i)] / x[s,i] * E[o,ELEC] / (x[o,ELEC] - Z[(o,ELEC),(o,ELEC)])
///   + precursors         (I - A_cc)^-1 over `covered` sectors only, electricity not counted twice
///   whole chain          e' (I - A)^-1
/// Nodes without output have 0.
Eigen::VectorXd scope_intensity(const EmittingTable& table, IntensityScope scope, const std::vector<char>& covered,
                                int threads = 1);

/// Emissions per unit of electricity delivered outside the power sector itself, by region. Zeros without ELEC.
Eigen::VectorXd electricity_factor(const EmittingTable& table);

/// The electricity part of `direct_electricity` for one node by origin of the electricity: regions.
Eigen::VectorXd electricity_intensity(const EmittingTable& table, const Eigen::VectorXd& factor, int node);

}  // namespace levee
