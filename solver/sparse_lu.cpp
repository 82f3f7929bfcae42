#include "solver/sparse_lu.hpp"

#include <amd.h>
#include <klu.h>

#include <array>

namespace levee {

namespace {

/// Pivots of the factorisation before may suit a matrix no longer. New ones are chosen when entries grow by more than
/// the inverse of this, or the smallest pivot is below this share of the largest.
constexpr double poor_growth = 1e-8;
constexpr double poor_pivots = 1e-16;

/// KLU reads compressed columns and takes indices that are not const.
int* indices(const std::vector<int>& values) {
  return const_cast<int*>(values.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast): KLU only reads them
}

}  // namespace

FillEstimate estimate_fill(const SparsePattern& pattern) {
  std::vector<int> order(static_cast<std::size_t>(pattern.rows()));
  std::array<double, AMD_INFO> info{};
  amd_order(pattern.rows(), pattern.starts.data(), pattern.columns.data(), order.data(), nullptr, info.data());
  return {2 * info[AMD_LNZ] + pattern.rows(), info[AMD_NDIV] + 2 * info[AMD_NMULTSUBS_LU]};
}

struct SparseLu::Factors {
  klu_common common{};
  klu_symbolic* symbolic = nullptr;
  klu_numeric* numeric = nullptr;

  Factors() {
    klu_defaults(&common);
    common.ordering = 0;  // approximate minimum degree of the pattern and its transpose
    common.btf = 1;       // what depends on nothing or on which nothing depends fills in nothing
    common.scale = -1;    // rows are scaled by whoever made them
  }
  ~Factors() {
    if (numeric != nullptr) klu_free_numeric(&numeric, &common);
    if (symbolic != nullptr) klu_free_symbolic(&symbolic, &common);
  }
  Factors(const Factors&) = delete;
  Factors& operator=(const Factors&) = delete;

  bool make(const SparsePattern& pattern, std::vector<double>& values) {
    int* starts = indices(pattern.starts);
    int* columns = indices(pattern.columns);
    if (symbolic == nullptr) symbolic = klu_analyze(pattern.rows(), starts, columns, &common);
    if (numeric != nullptr) klu_free_numeric(&numeric, &common);
    if (symbolic == nullptr) return false;
    numeric = klu_factor(starts, columns, values.data(), symbolic, &common);
    return numeric != nullptr && common.status == KLU_OK;
  }

  /// With the pivots of the time before.
  bool make_again(const SparsePattern& pattern, std::vector<double>& values) {
    int* starts = indices(pattern.starts);
    int* columns = indices(pattern.columns);
    return klu_refactor(starts, columns, values.data(), symbolic, numeric, &common) != 0 && common.status == KLU_OK &&
           klu_rcond(symbolic, numeric, &common) != 0 && common.rcond > poor_pivots &&
           klu_rgrowth(starts, columns, values.data(), symbolic, numeric, &common) != 0 && common.rgrowth > poor_growth;
  }
};

SparseLu::SparseLu() : factors_(std::make_unique<Factors>()) {}

SparseLu::~SparseLu() = default;

bool SparseLu::factor(const SparsePattern& pattern, std::vector<double>& values) {
  return (factors_->numeric != nullptr && factors_->make_again(pattern, values)) || factors_->make(pattern, values);
}

// Rows were handed to KLU as columns, so that its matrix is the transpose.
void SparseLu::solve(double* b) const {
  klu_tsolve(factors_->symbolic, factors_->numeric, factors_->symbolic->n, 1, b, &factors_->common);
}

}  // namespace levee
