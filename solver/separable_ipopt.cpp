#include "solver/separable_ipopt.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <mutex>
#include <string>
#include <utility>

#include "solver/ipopt_index.hpp"
#include "solver/ipopt_lock.hpp"

#ifndef HAVE_CSTDDEF
#define HAVE_CSTDDEF
#endif
#include <IpIpoptApplication.hpp>
#include <IpTNLP.hpp>

namespace levee {
namespace {

using Ipopt::Index;
using Ipopt::Number;

constexpr double equation_room = 1e-10;

class SeparableNlp final : public Ipopt::TNLP {
 public:
  explicit SeparableNlp(const SeparableProgram& program) : program_(program) { solution_.z = program.start; }

  SeparableSolution take(Ipopt::ApplicationReturnStatus status) {
    solution_.solved = status == Ipopt::Solve_Succeeded || status == Ipopt::Solved_To_Acceptable_Level;
    solution_.message =
        solution_.solved ? "optimal" : "Ipopt ended with code " + std::to_string(static_cast<int>(status));
    std::vector<double> values(program_.b.size());
    products(solution_.z.data(), values.data());
    for (std::size_t row = 0; row < values.size(); ++row)
      solution_.violation = std::max(solution_.violation, std::abs(values[row] - program_.b[row]));
    return std::move(solution_);
  }

  bool get_nlp_info(Index& n, Index& m, Index& nnz_jac_g, Index& nnz_h_lag, IndexStyleEnum& index_style) override {
    n = program_.unknowns();
    m = program_.pattern.rows();
    nnz_jac_g = program_.pattern.nonzeros();
    nnz_h_lag = n;
    index_style = C_STYLE;
    return true;
  }

  bool get_bounds_info(Index n, Number* x_l, Number* x_u, Index m, Number* g_l, Number* g_u) override {
    std::copy_n(program_.lower.begin(), n, x_l);
    std::fill_n(x_u, n, std::numeric_limits<double>::infinity());
    // Ipopt refuses more equations than unknowns, though they may well agree with each other.
    const double room = m > n ? equation_room : 0;
    for (Index row = 0; row < m; ++row) {
      g_l[row] = program_.b[at(row)] - room;
      g_u[row] = program_.b[at(row)] + room;
    }
    return true;
  }

  bool get_starting_point(Index n, bool, Number* x, bool, Number*, Number*, Index, bool, Number*) override {
    std::copy_n(program_.start.begin(), n, x);
    return true;
  }

  bool eval_f(Index n, const Number* x, bool, Number& value) override {
    value = 0;
    for (Index k = 0; k < n; ++k) {
      if (entropy()) {
        if (x[k] <= 0) return false;
        value += program_.weight[at(k)] * (x[k] * std::log(x[k]) - x[k] + 1);
      } else {
        value += program_.weight[at(k)] * std::pow(x[k] - program_.center[at(k)], 2) / 2;
      }
    }
    return true;
  }

  bool eval_grad_f(Index n, const Number* x, bool, Number* gradient) override {
    for (Index k = 0; k < n; ++k) {
      if (entropy() && x[k] <= 0) return false;
      gradient[k] = program_.weight[at(k)] * (entropy() ? std::log(x[k]) : x[k] - program_.center[at(k)]);
    }
    return true;
  }

  bool eval_g(Index, const Number* x, bool, Index, Number* g) override {
    products(x, g);
    return true;
  }

  bool eval_jac_g(Index, const Number*, bool, Index, Index, Index* rows, Index* columns, Number* values) override {
    if (values != nullptr) {
      std::copy(program_.coefficients.begin(), program_.coefficients.end(), values);
      return true;
    }
    const SparsePattern& pattern = program_.pattern;
    std::copy(pattern.columns.begin(), pattern.columns.end(), columns);
    for (Index row = 0; row < pattern.rows(); ++row)
      std::fill(rows + pattern.starts[at(row)], rows + pattern.starts[at(row) + 1], row);
    return true;
  }

  bool eval_h(Index n, const Number* x, bool, Number factor, Index, const Number*, bool, Index, Index* rows,
              Index* columns, Number* values) override {
    for (Index k = 0; k < n; ++k) {
      if (values == nullptr) {
        rows[k] = columns[k] = k;
      } else {
        values[k] = factor * program_.weight[at(k)] / (entropy() ? x[k] : 1.0);
      }
    }
    return true;
  }

  bool intermediate_callback(Ipopt::AlgorithmMode, Index iteration, Number, Number, Number, Number, Number, Number,
                             Number, Number, Index, const Ipopt::IpoptData*,
                             Ipopt::IpoptCalculatedQuantities*) override {
    solution_.iterations = iteration;
    return true;
  }

  void finalize_solution(Ipopt::SolverReturn, Index n, const Number* x, const Number*, const Number*, Index,
                         const Number*, const Number*, Number, const Ipopt::IpoptData*,
                         Ipopt::IpoptCalculatedQuantities*) override {
    solution_.z.assign(x, x + n);
  }

 private:
  bool entropy() const { return program_.objective == SeparableProgram::Objective::entropy; }

  void products(const Number* x, Number* g) const {
    const SparsePattern& pattern = program_.pattern;
    for (Index row = 0; row < pattern.rows(); ++row) {
      g[row] = 0;
      for (int k = pattern.starts[at(row)]; k < pattern.starts[at(row) + 1]; ++k)
        g[row] += program_.coefficients[at(k)] * x[pattern.columns[at(k)]];
    }
  }

  const SeparableProgram& program_;
  SeparableSolution solution_;
};

void set_options(Ipopt::OptionsList& options) {
  options.SetStringValue("sb", "yes");
  options.SetIntegerValue("print_level", 0);
  options.SetStringValue("linear_solver", "mumps");
  options.SetStringValue("nlp_scaling_method", "none");
  options.SetStringValue("jac_c_constant", "yes");
  options.SetStringValue("mu_strategy", "adaptive");
  options.SetNumericValue("tol", 1e-10);
  options.SetNumericValue("constr_viol_tol", 1e-10);
  options.SetNumericValue("bound_relax_factor", 0.0);
  options.SetIntegerValue("max_iter", 500);
}

}  // namespace

SeparableSolution solve_separable_with_ipopt(const SeparableProgram& program) {
  const std::scoped_lock lock(ipopt_lock());
  Ipopt::SmartPtr<SeparableNlp> nlp = new SeparableNlp(program);
  Ipopt::SmartPtr<Ipopt::IpoptApplication> application = new Ipopt::IpoptApplication(false);
  set_options(*application->Options());
  const auto ready = application->Initialize(std::string());
  if (ready != Ipopt::Solve_Succeeded) return nlp->take(ready);
  return nlp->take(application->OptimizeTNLP(Ipopt::GetRawPtr(nlp)));
}

}  // namespace levee
