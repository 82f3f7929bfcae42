#include "solver/square_ipopt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <mutex>

#include "solver/ipopt_index.hpp"
#include "solver/ipopt_lock.hpp"

// Debian's ipopt.pc spells the switch as Ipopt's headers do; without pkg-config they stop on an #error.
#ifndef HAVE_CSTDDEF
#define HAVE_CSTDDEF
#endif
#include <IpIpoptApplication.hpp>
#include <IpTNLP.hpp>

namespace levee {
namespace {

using Ipopt::Index;
using Ipopt::Number;

bool all_finite(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

double largest_magnitude(std::span<const double> values) {
  double largest = 0;
  for (double v : values) largest = std::max(largest, std::abs(v));
  return largest;
}

// Ipopt's view of the system. Remembers the best evaluated point and ends the run once that is good enough: Ipopt's own
// test also wants its dual unknowns to converge, which a square system has no use for.
class SquareNlp final : public Ipopt::TNLP {
 public:
  SquareNlp(const NonlinearProblem& problem, std::span<const double> interior, std::span<const double> start,
            const SquareSettings& settings)
      : problem_(problem), interior_(interior), start_(start), settings_(settings) {
    run_.x.assign(start.begin(), start.end());
    run_.residual = std::numeric_limits<double>::infinity();
  }

  SquareRun take(Ipopt::ApplicationReturnStatus status);

  bool get_nlp_info(Index& n, Index& m, Index& nnz_jac_g, Index& nnz_h_lag, IndexStyleEnum& index_style) override {
    n = m = problem_.size();
    nnz_jac_g = problem_.pattern().nonzeros();
    nnz_h_lag = 0;  // F = 0 with a square Jacobian fixes the step whatever the curvature
    index_style = C_STYLE;
    return true;
  }

  bool get_bounds_info(Index n, Number* x_l, Number* x_u, Index m, Number* g_l, Number* g_u) override {
    std::fill_n(x_l, n, free_unknown);
    std::copy(interior_.begin(), interior_.end(), x_l);
    std::fill_n(x_u, n, std::numeric_limits<double>::infinity());
    std::fill_n(g_l, m, 0.0);
    std::fill_n(g_u, m, 0.0);
    return true;
  }

  bool get_starting_point(Index, bool, Number* x, bool, Number*, Number*, Index, bool, Number*) override {
    std::copy(start_.begin(), start_.end(), x);
    return true;
  }

  bool eval_f(Index, const Number*, bool, Number& value) override {
    value = 0;
    return true;
  }

  bool eval_grad_f(Index n, const Number*, bool, Number* gradient) override {
    std::fill_n(gradient, n, 0.0);
    return true;
  }

  bool eval_g(Index n, const Number* x, bool, Index m, Number* g) override;
  bool eval_jac_g(Index n, const Number* x, bool, Index m, Index nonzeros, Index* rows, Index* columns,
                  Number* values) override;

  bool eval_h(Index, const Number*, bool, Number, Index, const Number*, bool, Index, Index*, Index*, Number*) override {
    return true;
  }

  bool intermediate_callback(Ipopt::AlgorithmMode mode, Index iteration, Number objective, Number primal, Number dual,
                             Number mu, Number step_norm, Number regularization, Number alpha_dual, Number alpha_primal,
                             Index trials, const Ipopt::IpoptData* data,
                             Ipopt::IpoptCalculatedQuantities* quantities) override;

  void finalize_solution(Ipopt::SolverReturn, Index, const Number*, const Number*, const Number*, Index, const Number*,
                         const Number*, Number, const Ipopt::IpoptData*, Ipopt::IpoptCalculatedQuantities*) override {}

 private:
  const NonlinearProblem& problem_;
  std::span<const double> interior_, start_;
  const SquareSettings& settings_;
  bool interrupted_ = false;
  bool gave_up_ = false;  ///< stopped where the restoration phase would begin
  SquareRun run_;
};

bool SquareNlp::eval_g(Index n, const Number* x, bool, Index m, Number* g) {
  const std::span point(x, at(n));
  const std::span values(g, at(m));
  problem_.residual(point, values);
  if (!all_finite(values)) return false;
  const double residual = largest_magnitude(values);
  if (residual < run_.residual) {
    run_.residual = residual;
    run_.x.assign(point.begin(), point.end());
  }
  return true;
}

bool SquareNlp::eval_jac_g(Index n, const Number* x, bool, Index, Index nonzeros, Index* rows, Index* columns,
                           Number* values) {
  if (values != nullptr) {
    problem_.jacobian({x, at(n)}, {values, at(nonzeros)});
    return all_finite({values, at(nonzeros)});
  }
  const SparsePattern& pattern = problem_.pattern();
  std::copy(pattern.columns.begin(), pattern.columns.end(), columns);
  for (Index row = 0; row < pattern.rows(); ++row) {
    std::fill(rows + pattern.starts[at(row)], rows + pattern.starts[at(row) + 1], row);
  }
  return true;
}

bool SquareNlp::intermediate_callback(Ipopt::AlgorithmMode mode, Index iteration, Number, Number primal, Number, Number,
                                      Number step_norm, Number, Number, Number alpha_primal, Index,
                                      const Ipopt::IpoptData*, Ipopt::IpoptCalculatedQuantities*) {
  run_.iterations = iteration;
  if (settings_.log != nullptr) {
    settings_.log->push_back(fmt::format("{:4d}{} max residual {:.3e}  step {:.2e} of {:.2e}", iteration,
                                         mode == Ipopt::RestorationPhaseMode ? 'r' : ' ', primal, alpha_primal,
                                         step_norm));
  }
  interrupted_ = settings_.interrupt != nullptr && settings_.interrupt->load();
  gave_up_ = mode == Ipopt::RestorationPhaseMode && !settings_.restore;
  if (settings_.only_judge) return true;
  return !interrupted_ && !gave_up_ && !(run_.residual <= settings_.tolerance);
}

std::string words(Ipopt::ApplicationReturnStatus status) {
  switch (status) {
    case Ipopt::Solve_Succeeded:
      return "optimal solution found";
    case Ipopt::Solved_To_Acceptable_Level:
      return "solved to acceptable level";
    case Ipopt::Infeasible_Problem_Detected:
      return "converged to a point of local infeasibility";
    case Ipopt::Search_Direction_Becomes_Too_Small:
      return "search direction is becoming too small";
    case Ipopt::Diverging_Iterates:
      return "iterates diverge";
    case Ipopt::User_Requested_Stop:
      return "stopped as requested";
    case Ipopt::Feasible_Point_Found:
      return "feasible point for square problem found";
    case Ipopt::Maximum_Iterations_Exceeded:
      return "maximum number of iterations exceeded";
    case Ipopt::Restoration_Failed:
      return "restoration failed";
    case Ipopt::Error_In_Step_Computation:
      return "error in step computation (singular Jacobian?)";
    case Ipopt::Invalid_Number_Detected:
      return "invalid number in function or derivative detected";
    case Ipopt::Insufficient_Memory:
      return "insufficient memory";
    default:
      return fmt::format("return code {}", static_cast<int>(status));
  }
}

SquareStatus classify(Ipopt::ApplicationReturnStatus status) {
  switch (status) {
    case Ipopt::Infeasible_Problem_Detected:
      return SquareStatus::infeasible;
    case Ipopt::Maximum_Iterations_Exceeded:
      return SquareStatus::iteration_limit;
    case Ipopt::Invalid_Number_Detected:
      return SquareStatus::not_finite;
    default:
      return SquareStatus::stalled;
  }
}

SquareRun SquareNlp::take(Ipopt::ApplicationReturnStatus status) {
  run_.message = gave_up_ ? "Newton's steps no longer reduce the residual" : words(status);
  run_.status = classify(status);
  if (interrupted_) {
    run_.status = SquareStatus::interrupted;
    run_.message = "interrupted";
  }
  if (settings_.only_judge) {
    if (status == Ipopt::Solve_Succeeded && run_.iterations == 0) run_.status = SquareStatus::solved;
  } else if (run_.residual <= settings_.tolerance) {
    run_.status = SquareStatus::solved;
    run_.message = "residual within tolerance";
  }
  return std::move(run_);
}

void set_options(Ipopt::OptionsList& options, const SquareSettings& settings) {
  options.SetStringValue("sb", "yes");
  options.SetIntegerValue("print_level", 0);
  options.SetStringValue("linear_solver", "mumps");
  // Approximate minimum degree. On blocks of dense rows coupled across blocks, MUMPS's own choice took 5.7 s where this
  // took 1.1 s (4,000 unknowns) and 5.9 s where this took 2.2 s. Switching its permutation off was worse by a factor
  // of 8.
  options.SetIntegerValue("mumps_pivot_order", 0);
  // Rows come scaled by their benchmark values; Ipopt's own scaling is known to steer to wrong solutions.
  options.SetStringValue("nlp_scaling_method", "none");
  options.SetIntegerValue("max_iter", settings.only_judge ? 0 : settings.max_iterations);
  // Our own test ends the run (intermediate_callback); these keep Ipopt from ending it earlier.
  options.SetNumericValue("tol", settings.tolerance);
  options.SetNumericValue("constr_viol_tol", settings.tolerance);
  options.SetIntegerValue("acceptable_iter", 0);
  // The start is strictly inside the bounds already and is not to be moved; bounds are not to be widened.
  options.SetNumericValue("bound_push", 1e-16);
  options.SetNumericValue("bound_frac", 1e-16);
  options.SetNumericValue("bound_relax_factor", 0.0);
  options.SetStringValue("bound_mult_init_method", "mu-based");
  options.SetNumericValue("mu_init", settings.barrier);
  // Multipliers of F = 0 are zero at a solution; estimating them would cost one more factorisation.
  options.SetNumericValue("constr_mult_init_max", 0.0);
  if (!settings.second_order) options.SetStringValue("hessian_approximation", "limited-memory");
}

}  // namespace

std::mutex& ipopt_lock() {
  static std::mutex lock;
  return lock;
}

SquareSettings settings_from(const SolverOptions& options, std::vector<std::string>& log) {
  SquareSettings how;
  how.tolerance = options.tolerance;
  how.max_iterations = options.max_iterations;
  how.restore = options.explore;
  how.interrupt = options.interrupt;
  how.log = options.log ? &log : nullptr;
  return how;
}

SquareRun run_ipopt(const NonlinearProblem& problem, std::span<const double> interior, std::span<const double> start,
                    const SquareSettings& settings) {
  const std::scoped_lock lock(ipopt_lock());
  Ipopt::SmartPtr<SquareNlp> nlp = new SquareNlp(problem, interior, start, settings);
  Ipopt::SmartPtr<Ipopt::IpoptApplication> application = new Ipopt::IpoptApplication(false);
  set_options(*application->Options(), settings);
  // An empty name: an ipopt.opt that happens to lie in the working directory must not change answers.
  const auto ready = application->Initialize(std::string());
  if (ready != Ipopt::Solve_Succeeded) return nlp->take(ready);
  return nlp->take(application->OptimizeTNLP(Ipopt::GetRawPtr(nlp)));
}

}  // namespace levee
