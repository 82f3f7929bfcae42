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
/// Relative residual of a direction while Newton's method is far off, where a better one would bring it no nearer.
constexpr double loose = 1e-3;
/// Nearby, a direction is to lead to this share of the tolerance.
constexpr double nearby = 1e-4, share_of_tolerance = 0.1, tightest = 1e-9;
constexpr int most_rounds = 20;  // of choosing which of a pair holds

/// Adds the time of a call to a total.
template <class Call>
auto timed(double& total, const Call& call) {
  struct Stopwatch {
    explicit Stopwatch(double& sum) : sum_(sum) {}
    ~Stopwatch() { sum_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count(); }
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;
    double& sum_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  } const stopwatch(total);
  return call();
}

/// The problem's pattern, where a pair has its diagonal too: at its bound the row is the unknown's own.
class PairedJacobian {
 public:
  explicit PairedJacobian(const NonlinearProblem& problem) : problem_(problem), lower_(problem.lower()) {
    const SparsePattern& pattern = problem.pattern();
    matrix_.pattern.starts.push_back(0);
    matrix_.pattern.columns.reserve(pattern.columns.size());
    for (int i = 0; i < problem.size(); ++i) {
      const auto begin = pattern.columns.begin() + pattern.starts[static_cast<std::size_t>(i)];
      const auto end = pattern.columns.begin() + pattern.starts[static_cast<std::size_t>(i) + 1];
      auto& columns = matrix_.pattern.columns;
      const auto place = is_equation(lower_[static_cast<std::size_t>(i)]) ? end : std::lower_bound(begin, end, i);
      columns.insert(columns.end(), begin, place);
      if (!is_equation(lower_[static_cast<std::size_t>(i)]) && (place == end || *place != i)) {
        columns.push_back(i);
        added_.push_back(i);
      }
      columns.insert(columns.end(), place, end);
      matrix_.pattern.starts.push_back(matrix_.pattern.nonzeros());
    }
    matrix_.values.resize(matrix_.pattern.columns.size());
    if (!added_.empty()) values_.resize(pattern.columns.size());
  }

  const SparseMatrix& matrix() const { return matrix_; }

  /// at_bound: the rows of pairs that are the unknown's own.
  void evaluate(std::span<const double> x, std::span<const char> at_bound) {
    if (added_.empty()) {
      problem_.jacobian(x, matrix_.values);
    } else {
      problem_.jacobian(x, values_);
      spread();
    }
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (at_bound[i] == 0) continue;
      for (int k = matrix_.pattern.starts[i]; k < matrix_.pattern.starts[i + 1]; ++k)
        matrix_.values[static_cast<std::size_t>(k)] =
            matrix_.pattern.columns[static_cast<std::size_t>(k)] == static_cast<int>(i) ? 1.0 : 0.0;
    }
  }

 private:
  /// Copies the problem's values into the wider pattern.
  void spread() {
    const SparsePattern& pattern = problem_.pattern();
    auto added = added_.begin();
    for (int i = 0; i < problem_.size(); ++i) {
      int to = matrix_.pattern.starts[static_cast<std::size_t>(i)];
      const bool wider = added != added_.end() && *added == i;
      if (wider) ++added;
      for (int from = pattern.starts[static_cast<std::size_t>(i)];
           from < pattern.starts[static_cast<std::size_t>(i) + 1]; ++from) {
        if (wider && matrix_.pattern.columns[static_cast<std::size_t>(to)] == i)
          matrix_.values[static_cast<std::size_t>(to++)] = 0;
        matrix_.values[static_cast<std::size_t>(to++)] = values_[static_cast<std::size_t>(from)];
      }
      if (to < matrix_.pattern.starts[static_cast<std::size_t>(i) + 1])
        matrix_.values[static_cast<std::size_t>(to)] = 0;
    }
  }

  const NonlinearProblem& problem_;
  std::span<const double> lower_;
  SparseMatrix matrix_;
  std::vector<int> added_;      ///< rows whose diagonal the problem's pattern does not have
  std::vector<double> values_;  ///< in the problem's pattern, where that differs
};

class Newton {
 public:
  Newton(const NonlinearProblem& problem, const SolverOptions& options, Solution& account)
      : problem_(problem),
        options_(options),
        account_(account),
        lower_(problem.lower()),
        jacobian_(problem),
        linear_(make_linear_solver(jacobian_.matrix().pattern, problem.blocks(), options.linear, options.threads)),
        f_(static_cast<std::size_t>(problem.size())),
        trial_f_(f_.size()),
        trial_(f_.size()),
        right_(problem.size()) {
    for (int i = 0; i < problem.size(); ++i) {
      if (!is_equation(lower_[static_cast<std::size_t>(i)])) pairs_.push_back(i);
    }
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
      const bool found = find_direction(x, norm);
      account_.linear = linear_->name();
      if (!found) return fail(fmt::format("{} found no step", account_.linear));
      const double limit = *std::max_element(recent.begin(), recent.end());
      if (!step_below(limit, x, norm) && !(settle_pairs(x, norm) && step_below(limit, x, norm)))
        return fail("no step reduces the residual");
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
    const auto worst =
        std::max_element(f_.begin(), f_.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
    const PhaseSeconds& spent = account_.phases;
    account_.log.push_back(fmt::format(
        "{:4d}  max residual {:.3e} ({})  step {:.3g}  Krylov {:3d}  seconds: residual {:.3f}, Jacobian {:.3f}, "
        "factors {:.3f}, Krylov {:.3f}",
        account_.iterations, norm, problem_.row_name(static_cast<int>(worst - f_.begin())), step_, krylov_,
        spent.residual, spent.jacobian, spent.factors, spent.krylov));
  }

  /// Writes the equations and the smaller members of the pairs; returns the largest.
  double evaluate(const std::vector<double>& x, std::vector<double>& f) {
    timed(account_.phases.residual, [&] { problem_.residual(x, f); });
    double largest = 0;
    for (std::size_t i = 0; i < f.size(); ++i) {
      if (!is_equation(lower_[i])) f[i] = std::min(x[i] - lower_[i], f[i]);
      if (!std::isfinite(f[i])) return std::numeric_limits<double>::infinity();
      largest = std::max(largest, std::abs(f[i]));
    }
    return largest;
  }

  double accuracy(double norm) const {
    return norm > nearby ? loose : std::clamp(share_of_tolerance * options_.tolerance / norm, tightest, loose);
  }

  bool find_direction(const std::vector<double>& x, double norm) {
    at_bound_.assign(f_.size(), 0);
    for (const int i : pairs_) at_bound_[i] = f_[i] == x[i] - lower_[i] ? 1 : 0;
    right_ = -Eigen::Map<const Eigen::VectorXd>(f_.data(), problem_.size());
    return solve_linear(x, norm);
  }

  /// A direction whose end keeps the pairs of the linearised problem, by an active-set iteration on that problem
  /// (Hintermueller, Ito, Kunisch 2003): which of a pair holds at x need not be what holds a step further. False when
  /// the choices do not settle or are those of the step before.
  bool settle_pairs(const std::vector<double>& x, double norm) {
    std::vector<double> slopes(problem_.pattern().columns.size()), values(f_.size());
    timed(account_.phases.jacobian, [&] { problem_.jacobian(x, slopes); });
    timed(account_.phases.residual, [&] { problem_.residual(x, values); });
    for (int round = 0; round < most_rounds; ++round) {
      if (!choose_pairs(x, values, slopes)) return round > 0;
      if (!solve_linear(x, norm)) return false;
    }
    return false;
  }

  /// Whether a choice changed: of each pair the member that is smaller at the end of the direction.
  bool choose_pairs(const std::vector<double>& x, const std::vector<double>& values,
                    const std::vector<double>& slopes) {
    const SparsePattern& pattern = problem_.pattern();
    bool changed = false;
    for (const int i : pairs_) {
      double reached = values[i];
      for (int k = pattern.starts[i]; k < pattern.starts[i + 1]; ++k)
        reached += slopes[k] * direction_[pattern.columns[k]];
      const double above = x[i] + direction_[i] - lower_[i];
      const char now = at_bound_[i] != 0 ? reached >= 0 : above < 0;
      changed = changed || now != at_bound_[i];
      at_bound_[i] = now;
      right_[i] = now != 0 ? lower_[i] - x[i] : -values[i];
    }
    return changed;
  }

  bool solve_linear(const std::vector<double>& x, double norm) {
    timed(account_.phases.jacobian, [&] { jacobian_.evaluate(x, at_bound_); });
    const double factors_before = linear_->factor_seconds();
    double both = 0;
    const bool found = timed(both, [&] {
      if (!linear_->prepare(jacobian_.matrix())) return false;
      const LinearSolver::Outcome outcome = linear_->solve(right_, accuracy(norm), direction_);
      krylov_ = outcome.iterations;
      account_.krylov += krylov_;
      return outcome.solved;
    });
    const double factors = linear_->factor_seconds() - factors_before;
    account_.phases.factors += factors;
    account_.phases.krylov += both - factors;
    return found;
  }

  /// Moves x along the direction, by halves until the residual is below `limit`.
  bool step_below(double limit, std::vector<double>& x, double& norm) {
    for (step_ = 1; step_ >= shortest_step; step_ /= 2) {
      for (std::size_t i = 0; i < x.size(); ++i)
        trial_[i] = std::max(x[i] + step_ * direction_[static_cast<Eigen::Index>(i)], lower_[i]);
      const double reached = evaluate(trial_, trial_f_);
      if (reached >= limit * (1 - 1e-4 * step_) && reached > options_.tolerance) continue;
      norm = reached;
      x.swap(trial_);
      f_.swap(trial_f_);
      return true;
    }
    return false;
  }

  const NonlinearProblem& problem_;
  const SolverOptions& options_;
  Solution& account_;
  std::span<const double> lower_;
  PairedJacobian jacobian_;
  std::unique_ptr<LinearSolver> linear_;
  std::vector<double> f_, trial_f_, trial_;
  std::vector<int> pairs_;
  std::vector<char> at_bound_;  ///< a row: whether it is the unknown's own
  Eigen::VectorXd direction_, right_;
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
