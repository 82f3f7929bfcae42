#pragma once

#include <Eigen/Dense>
#include <string>
#include <vector>

#include "data/dataset.hpp"

namespace levee {

/// How the goods of a dataset's trees become those of another dataset.
struct GoodsMap {
  Eigen::MatrixXd weight;  ///< goods of one x goods of the other: how much of a good goes where
  Eigen::VectorXd value;   ///< goods of the one: what is bought of it, to tell where most of a good was
};

/// The trees of `from` with the goods of `to`, whose sectors must be known: each good goes into the nest where most of
/// what makes it stood; nests that become empty go. Selectors of resources on top stay where they still pick the same,
/// else they become codes. What was decided is added to `notes`.
void follow_trees(const Dataset& from, const GoodsMap& map, Dataset& to, std::vector<std::string>& notes);

}  // namespace levee
