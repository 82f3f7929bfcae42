#include "solver/newton_solver.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <chrono>
#include <cmath>
#include <deque>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "solver/linear_solver.hpp"
#include "solver/residual.hpp"

namespace levee {

namespace {

constexpr std::size_t remembered_steps = 4;
constexpr double shortest_step = 1.0 / 256;

class Newton {
 public:
  Newton(const NonlinearProblem& problem, const SolverOptions& options, Solution& account)
      : problem_(problem),
        options_(options),
        account_(account),
        lower_(problem.lower()),
        linear_(make_linear_solver(problem.blocks(), problem.size())),
        f_(static_cast<std::size_t>(problem.size())),
        trial_f_(f_.size()),
        trial_(f_.size()) {
    const SparsePattern& pattern = problem.pattern();
    matrix_ = Eigen::Map<const RowMatrix>(problem.size(), problem.size(), pattern.nonzeros(), pattern.starts.data(),
                                          pattern.columns.data(), std::vector<double>(pattern.columns.size()).data());
    complete_diagonal();
  }

  SolveStatus run(std::vector<double>& x) {
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = std::max(x[i], lower_[i]);
    double norm = evaluate(x, f_);
    if (!std::isfinite(norm)) return fail("the residual at the start is not finite");
    std::deque<double> recent{norm};
    for (;; ++account_.iterations) {
      note(norm);
      if (norm <= options_.tolerance) return SolveStatus::solved;
      if (account_.iterations >= options_.max_iterations) return fail("the limit of iterations is reached");
      if (options_.interrupt != nullptr && *options_.interrupt) return SolveStatus::interrupted;
      if (!find_direction(x, norm)) return fail(fmt::format("{} found no step", linear_->name()));
      const double limit = *std::max_element(recent.begin(), recent.end());
      step_ = 1;
      for (;; step_ /= 2) {
        if (step_ < shortest_step) return fail("no step reduces the residual");
        for (std::size_t i = 0; i < x.size(); ++i)
          trial_[i] = std::max(x[i] + step_ * direction_[static_cast<Eigen::Index>(i)], lower_[i]);
        const double reached = evaluate(trial_, trial_f_);
        if (reached < limit * (1 - 1e-4 * step_) || reached <= options_.tolerance) {
          norm = reached;
          break;
        }
      }
      x.swap(trial_);
      f_.swap(trial_f_);
      recent.push_back(norm);
      if (recent.size() > remembered_steps) recent.pop_front();
    }
  }

 private:
  SolveStatus fail(std::string message) {
    account_.message = std::move(message);
    return SolveStatus::failed;
  }

  void note(double norm) {
    if (!options_.log) return;
    account_.log.push_back(fmt::format("{:4d}  max residual {:.3e}  step {:.3g}  Krylov {}  {}", account_.iterations,
                                       norm, step_, krylov_, linear_->name()));
  }

  /// Writes the equations and the smaller members of the pairs; returns the largest.
  double evaluate(const std::vector<double>& x, std::vector<double>& f) const {
    problem_.residual(x, f);
    double largest = 0;
    for (std::size_t i = 0; i < f.size(); ++i) {
      if (!is_equation(lower_[i])) f[i] = std::min(x[i] - lower_[i], f[i]);
      if (!std::isfinite(f[i])) return std::numeric_limits<double>::infinity();
      largest = std::max(largest, std::abs(f[i]));
    }
    return largest;
  }

  /// A pair at its bound needs the diagonal, which its row may not have.
  void complete_diagonal() {
    slot_.clear();
    std::vector<Eigen::Triplet<double>> missing;
    for (int i = 0; i < problem_.size(); ++i) {
      if (is_equation(lower_[static_cast<std::size_t>(i)])) continue;
      const int* begin = matrix_.innerIndexPtr() + matrix_.outerIndexPtr()[i];
      const int* end = matrix_.innerIndexPtr() + matrix_.outerIndexPtr()[i + 1];
      if (!std::binary_search(begin, end, i)) missing.emplace_back(i, i, 0.0);
    }
    if (!missing.empty()) {
      for (int i = 0; i < matrix_.outerSize(); ++i) {
        for (RowMatrix::InnerIterator entry(matrix_, i); entry; ++entry)
          missing.emplace_back(i, static_cast<int>(entry.col()), 0.0);
      }
      matrix_.setFromTriplets(missing.begin(), missing.end());
    }
    const SparsePattern& pattern = problem_.pattern();
    for (int i = 0; i < problem_.size(); ++i) {
      int slot = matrix_.outerIndexPtr()[i];
      for (int k = pattern.starts[static_cast<std::size_t>(i)]; k < pattern.starts[static_cast<std::size_t>(i) + 1];
           ++k) {
        while (matrix_.innerIndexPtr()[slot] != pattern.columns[static_cast<std::size_t>(k)]) ++slot;
        slot_.push_back(slot);
      }
    }
    values_.resize(slot_.size());
  }

  bool find_direction(const std::vector<double>& x, double norm) {
    problem_.jacobian(x, values_);
    std::fill(matrix_.valuePtr(), matrix_.valuePtr() + matrix_.nonZeros(), 0.0);
    for (std::size_t k = 0; k < slot_.size(); ++k) matrix_.valuePtr()[slot_[k]] = values_[k];
    for (std::size_t i = 0; i < x.size(); ++i) {
      // f holds the smaller member; where that is the bound's, the row is the unknown's own
      if (is_equation(lower_[i]) || f_[i] != x[i] - lower_[i]) continue;
      for (RowMatrix::InnerIterator entry(matrix_, static_cast<Eigen::Index>(i)); entry; ++entry)
        entry.valueRef() = entry.col() == static_cast<Eigen::Index>(i) ? 1.0 : 0.0;
    }
    const Eigen::VectorXd right = -Eigen::Map<const Eigen::VectorXd>(f_.data(), problem_.size());
    if (!linear_->factor(matrix_)) return false;
    const LinearSolver::Outcome outcome = linear_->solve(right, std::clamp(0.01 * norm, 1e-10, 1e-4), direction_);
    krylov_ = outcome.iterations;
    return outcome.solved;
  }

  const NonlinearProblem& problem_;
  const SolverOptions& options_;
  Solution& account_;
  std::span<const double> lower_;
  std::unique_ptr<LinearSolver> linear_;
  RowMatrix matrix_;
  std::vector<int> slot_;  ///< of each of the pattern's entries in the matrix
  std::vector<double> values_, f_, trial_f_, trial_;
  Eigen::VectorXd direction_;
  double step_ = 0;
  int krylov_ = 0;
};

}  // namespace

Solution solve_with_newton(const NonlinearProblem& problem, std::span<const double> start,
                           const SolverOptions& options) {
  assert(start.size() == static_cast<std::size_t>(problem.size()));
  const auto begin = std::chrono::steady_clock::now();
  Solution solution;
  solution.backend = "newton";
  solution.x.assign(start.begin(), start.end());
  if (problem.size() > 0) solution.status = Newton(problem, options, solution).run(solution.x);
  judge(problem, options.tolerance, solution);
  solution.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return solution;
}

}  // namespace levee
