#pragma once

#include <Eigen/Dense>

namespace levee {

/// Part of a matrix in memory, not copied.
using MatrixView = Eigen::Ref<const Eigen::MatrixXd, 0, Eigen::OuterStride<>>;

/// a b, or a' b where `transposed`, by OpenBLAS, which knows the processor's instructions. Large products are shared
/// out over threads in pieces of a fixed size, so that their number changes no digit.
Eigen::MatrixXd matrix_product(const MatrixView& a, bool transposed, const Eigen::MatrixXd& b, int threads);

/// lu^-1 b by OpenBLAS: for many columns.
Eigen::MatrixXd lu_solution(const Eigen::PartialPivLU<Eigen::MatrixXd>& lu, const Eigen::MatrixXd& b);

}  // namespace levee
