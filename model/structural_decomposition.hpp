#pragma once

#include "model/input_output_table.hpp"

namespace levee {

/// The change of a footprint between two tables with the same regions and sectors, by what changed. The footprint of
/// region r is s' L B y: emissions per unit of output s, the input structure L = (I - A)^-1, the mix B of final demand
/// over products and origins (columns add up to 1), its level y. Each part is the mean of the two polar forms (the
/// factors changed in this order, and in the reverse order), so that the parts add up to the change exactly.
/// Money must be comparable: at constant prices, or prices are part of intensity and level.
///
/// By node (r, i): the product i that region r consumes.
struct StructuralDecomposition {
  Eigen::VectorXd before, after;  ///< footprint of final demand
  Eigen::VectorXd intensity, technology, mix, level;
  Eigen::VectorXd households;  ///< regions: change of what final users emit themselves
};

/// Of the stressor `index` of both tables. Throws InputError when a system has no solution.
StructuralDecomposition structural_decomposition(const InputOutputTable& before, const InputOutputTable& after,
                                                 std::size_t index_before, std::size_t index_after, int threads = 1);

}  // namespace levee
