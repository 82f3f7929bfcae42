#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

namespace levee {

enum class SolveStatus { solved, infeasible, failed, interrupted };

/// "solved", "infeasible", "failed" or "interrupted".
std::string to_string(SolveStatus status);

struct WorstRow {
  std::string name;  ///< "market clearing STEEL in CHN"
  double residual = 0;
};

/// Where the time of Newton's method went.
struct PhaseSeconds {
  double residual = 0;
  double jacobian = 0;
  double factors = 0;  ///< of the matrix, or of the preconditioner
  double krylov = 0;   ///< solves with them, iterations included

  PhaseSeconds& operator+=(const PhaseSeconds& other);
};

/// What another solver says of an answer.
struct Verification {
  bool agreed = false;
  double residual = 0;  ///< as that solver evaluated it
  double seconds = 0;
  std::string message;  ///< its own words
};

/// What a solver returns. The residual is recomputed on the original problem, never taken from the back end:
/// |F_i| for an equation, |min(x_i - lower_i, F_i)| for a complementarity pair.
struct Solution {
  SolveStatus status = SolveStatus::failed;
  std::vector<double> x;
  double residual = 0;          ///< largest over the rows
  std::vector<WorstRow> worst;  ///< the five largest, largest first; filled when not solved
  std::string backend;          ///< "ipopt" or "newton"
  std::string linear;           ///< how Newton's method solved its linear systems, see LinearSolver::name; else empty
  std::string message;          ///< the back end's own words, and what to try
  int iterations = 0;           ///< over all inner solves
  int krylov = 0;               ///< Krylov iterations over all of them
  int homotopy_steps = 0;       ///< 0 when one solve was enough
  double seconds = 0;
  PhaseSeconds phases;
  std::optional<Verification> verification;  ///< by Ipopt, where asked for
  std::vector<std::string> log;              ///< a line an iteration or step

  /// Adds what an earlier attempt at the same problem cost, and its log in front.
  void add_effort(const Solution& earlier);
};

enum class Backend { ipopt, newton };

/// How Newton's method solves its linear systems; see make_linear_solver.
enum class LinearMethod { automatic, direct, krylov };

struct SolverOptions {
  Backend backend = Backend::ipopt;
  LinearMethod linear = LinearMethod::automatic;
  int threads = 1;           ///< of one solve; the answer does not depend on it
  double tolerance = 1e-10;  ///< on the largest residual
  int max_iterations = 200;
  double complementarity = 1e-10;  ///< where e of x s = e ends
  /// Whether a run whose Newton steps fail may go on by other means, which takes long but finds hard solutions and
  /// tells "infeasible" from "failed". Along a path failing early is better: the next start is nearer.
  bool explore = true;
  /// Whether complementarity pairs may be rounded off when the active set of the start leads nowhere: sure, and many
  /// times slower. Not worth it where another start can be tried.
  bool relax = true;
  /// Whether Ipopt is asked if a solution of another back end is one; it is failed when Ipopt disagrees.
  bool verify = false;
  bool log = false;
  const std::atomic<bool>* interrupt = nullptr;  ///< looked at once an iteration; true ends the solve as interrupted
};

}  // namespace levee
