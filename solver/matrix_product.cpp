#include "solver/matrix_product.hpp"

#include <cblas.h>

#include <algorithm>
#include <stdexcept>

#include "solver/parallel.hpp"

namespace levee {

namespace {

/// Rows of the result that a thread takes at a time, at most: each piece costs a pass over b.
constexpr Eigen::Index largest_piece = 128;
/// Multiplications below which a second thread costs more than it saves.
constexpr double worth_sharing = 1e6;

int blas_int(Eigen::Index size) { return static_cast<int>(size); }

/// Rows `first` to `first + rows` of a b or a' b into `result`.
void multiply(const MatrixView& a, bool transposed, const Eigen::MatrixXd& b, Eigen::Index first, Eigen::Index rows,
              Eigen::MatrixXd& result) {
  const int stride = blas_int(a.outerStride());
  const double* from = transposed ? a.data() + first * a.outerStride() : a.data() + first;
  const CBLAS_TRANSPOSE layout = transposed ? CblasTrans : CblasNoTrans;
  double* to = result.data() + first;
  if (b.cols() == 1) {
    const Eigen::Index m = transposed ? a.rows() : rows, n = transposed ? rows : a.cols();
    cblas_dgemv(CblasColMajor, layout, blas_int(m), blas_int(n), 1, from, stride, b.data(), 1, 0, to, 1);
    return;
  }
  cblas_dgemm(CblasColMajor, layout, CblasNoTrans, blas_int(rows), blas_int(b.cols()), blas_int(b.rows()), 1, from,
              stride, b.data(), blas_int(b.rows()), 0, to, blas_int(result.rows()));
}

}  // namespace

Eigen::MatrixXd matrix_product(const MatrixView& a, bool transposed, const Eigen::MatrixXd& b, int threads) {
  if ((transposed ? a.rows() : a.cols()) != b.rows()) throw std::logic_error("the factors of a product do not fit");
  const Eigen::Index rows = transposed ? a.cols() : a.rows();
  Eigen::MatrixXd result = Eigen::MatrixXd::Zero(rows, b.cols());
  if (a.size() == 0 || b.cols() == 0) return result;
  const Eigen::Index pieces = (rows + largest_piece - 1) / largest_piece, piece = (rows + pieces - 1) / pieces;
  const bool shared = static_cast<double>(a.size()) * static_cast<double>(b.cols()) >= worth_sharing;
  parallel_for(static_cast<int>(pieces), shared ? threads : 1, [&](int k) {
    const Eigen::Index first = k * piece;
    multiply(a, transposed, b, first, std::min(piece, rows - first), result);
  });
  return result;
}

Eigen::MatrixXd lu_solution(const Eigen::PartialPivLU<Eigen::MatrixXd>& lu, const Eigen::MatrixXd& b) {
  Eigen::MatrixXd x = lu.permutationP() * b;
  const int rows = blas_int(x.rows()), columns = blas_int(x.cols());
  if (x.size() == 0) return x;
  const double* factors = lu.matrixLU().data();
  cblas_dtrsm(CblasColMajor, CblasLeft, CblasLower, CblasNoTrans, CblasUnit, rows, columns, 1, factors, rows, x.data(),
              rows);
  cblas_dtrsm(CblasColMajor, CblasLeft, CblasUpper, CblasNoTrans, CblasNonUnit, rows, columns, 1, factors, rows,
              x.data(), rows);
  return x;
}

}  // namespace levee
