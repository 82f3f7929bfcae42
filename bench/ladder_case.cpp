// One case of the ladder: a scenario of a study, solved once in a process of its own, so that the peak of its memory is
// the case's. Prints a line of JSON; scripts/bench repeats it and collects.
#include <fmt/format.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "data/diagnostics.hpp"
#include "model/economy_system.hpp"
#include "scenarios/leakage.hpp"
#include "scenarios/scenario_record.hpp"
#include "scenarios/scenario_solver.hpp"
#include "solver/blas_threads.hpp"
#include "solver/ipopt_verification.hpp"

namespace {

using namespace levee;
using Json = nlohmann::ordered_json;

struct LadderCase {
  std::string study;
  std::string scenario;
  std::string solver = "newton";
  int threads = 1;
  std::optional<double> cap;  ///< Mt, on covered emissions, in place of the scenario's carbon price
  bool verify = false;        ///< an answer of Newton's method, by Ipopt
  bool compare = false;       ///< with the answer of Newton's method
};

/// Seconds that a call takes.
template <class Call>
double seconds_of(const Call& call) {
  const auto begin = std::chrono::steady_clock::now();
  call();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

int index_of(const Study& study, const std::string& name) {
  const auto found = std::find_if(study.scenarios.begin(), study.scenarios.end(),
                                  [&](const Scenario& scenario) { return scenario.name == name; });
  if (found == study.scenarios.end()) throw std::invalid_argument(fmt::format("no scenario '{}'", name));
  return static_cast<int>(found - study.scenarios.begin());
}

/// Deliveries from one region to another that are not zero in the benchmark.
int trade_flows(const Benchmark& benchmark) {
  int count = 0;
  for (Eigen::Index origin = 0; origin < benchmark.flow.rows(); ++origin) {
    for (Eigen::Index r = 0; r < benchmark.flow.cols(); ++r) {
      if (origin / benchmark.dataset->sector_count() != r && benchmark.flow(origin, r) > 0) ++count;
    }
  }
  return count;
}

/// The largest difference in logarithms of outputs and flows above 1e-8 of the world's output.
double largest_difference(const Outcome& a, const Outcome& b) {
  const double smallest = 1e-8 * a.output.sum();
  double largest = 0;
  const auto compare = [&](double x, double y) {
    if (x > smallest) largest = std::max(largest, std::abs(std::log(y / x)));
  };
  for (Eigen::Index n = 0; n < a.output.size(); ++n) compare(a.output[n], b.output[n]);
  for (Eigen::Index k = 0; k < a.trade.size(); ++k) compare(a.trade.data()[k], b.trade.data()[k]);
  for (Eigen::Index k = 0; k < a.consumption.size(); ++k) compare(a.consumption.data()[k], b.consumption.data()[k]);
  return largest;
}

class CaseRun {
 public:
  explicit CaseRun(const LadderCase& wanted) : case_(wanted) {
    options_.backend = wanted.solver == "ipopt" ? Backend::ipopt : Backend::newton;
    options_.threads = wanted.threads;
  }

  Json measure() {
    read();
    solve();
    seconds_["total"] = seconds_["model"].get<double>() + find_seconds_;
    const double peak = peak_mib();  // before anything that only measuring needs
    split_phases();
    make_tables();
    return report(peak);
  }

 private:
  void read() {
    seconds_["reading"] = seconds_of([&] { study_ = read_study(case_.study); });
    result_.scenario = index_of(study_, case_.scenario);
    result_.policy = scenario().policy;
    if (case_.cap) {
      ZonePolicy& zone = result_.policy.zones.at(0);
      zone.carbon_price = 0;
      zone.cap = EmissionCap{*case_.cap, false};
    }
    CalibrationCache calibrations(study_, 1);
    seconds_["calibration"] = seconds_of([&] { result_.calibration = calibrations.get(scenario()); });
  }

  /// From the benchmark to the solution.
  void solve() {
    std::shared_ptr<const RegionalModel> model;
    seconds_["model"] = seconds_of([&] { model = make_model(scenario(), result_.policy); });
    find_seconds_ =
        seconds_of([&] { static_cast<Equilibrium&>(result_) = find_equilibrium(std::move(model), options_); });
    if (!result_.solved()) throw std::runtime_error("not solved: " + result_.solution.message);
  }

  /// What find_equilibrium does besides solving, once more; Ipopt may look at the answer on the same equations.
  void split_phases() {
    const Solution& solution = result_.solution;
    std::optional<EconomySystem> system;
    const std::vector<double> policy = result_.model->economy->parameter_values();
    seconds_["equations"] = seconds_of([&] {
      system.emplace(*result_.model->economy, std::vector<double>(policy.size(), 0.0), result_.model->numeraire);
      system->set_parameters(policy);
    });
    seconds_["solve"] = solution.seconds;
    seconds_["residual"] = solution.phases.residual;
    seconds_["jacobian"] = solution.phases.jacobian;
    seconds_["factors"] = solution.phases.factors;
    seconds_["krylov"] = solution.phases.krylov;
    if (case_.verify) verification_ = verify_with_ipopt(system->equations(), solution.x, options_.tolerance);
    seconds_["outcome"] = seconds_of([&] { read_outcome(*result_.model, *system, solution.x); });
  }

  /// Everything that a run's folder says of the scenario, against its reference.
  void make_tables() {
    const int reference_index = study_.reference_of(result_.scenario);
    ScenarioResult reference;
    reference.scenario = reference_index;
    reference.policy = study_.scenarios[reference_index].policy;
    reference.calibration = result_.calibration;
    static_cast<Equilibrium&>(reference) =
        find_equilibrium(make_model(study_.scenarios[reference_index], reference.policy), options_);
    std::size_t bytes = 0;
    seconds_["tables"] = seconds_of([&] {
      const ScenarioRecord record = make_record(study_, result_, &reference, true);
      for (const std::string& rows : record.rows) bytes += rows.size();
    });
    table_mib_ = static_cast<double>(bytes) / (1 << 20);
  }

  double difference_from_newton() const {
    SolverOptions newton = options_;
    newton.backend = Backend::newton;
    const Equilibrium other = find_equilibrium(result_.model, newton);
    if (!other.solved()) throw std::runtime_error("Newton's method: not solved: " + other.solution.message);
    return largest_difference(*result_.outcome, *other.outcome);
  }

  Json verification_json() const {
    if (!verification_) return nullptr;
    return {{"agreed", verification_->agreed},
            {"residual", verification_->residual},
            {"seconds", verification_->seconds},
            {"message", verification_->message}};
  }

  Json report(double peak) const {
    const Solution& solution = result_.solution;
    const Benchmark& benchmark = *result_.calibration->benchmark();
    const CarbonZone& zone = scenario().zones.at(0);
    const bool newton = options_.backend == Backend::newton;
    return {{"regions", benchmark.dataset->region_count()},
            {"sectors", benchmark.dataset->sector_count()},
            {"trade_flows", trade_flows(benchmark)},
            {"unknowns", result_.unknowns},
            {"nonzeros", result_.nonzeros},
            {"solver", solution.backend},
            {"linear", newton ? Json(solution.linear) : Json(nullptr)},
            {"threads", options_.threads},
            {"iterations", solution.iterations},
            {"krylov", newton ? Json(solution.krylov) : Json(nullptr)},
            {"homotopy_steps", solution.homotopy_steps},
            {"residual", solution.residual},
            {"walras", result_.walras},
            {"carbon_price", result_.outcome->carbon_price.at(0)},
            {"covered_mt", emissions_under_cap(zone, false, *result_.outcome, benchmark)},
            {"verification", verification_json()},
            {"difference_from_newton", case_.compare ? Json(difference_from_newton()) : Json(nullptr)},
            {"peak_mib", peak},
            {"table_mib", table_mib_},
            {"seconds", seconds_}};
  }

  std::shared_ptr<const RegionalModel> make_model(const Scenario& of, const Policy& policy) const {
    return std::make_shared<const RegionalModel>(
        make_regional_model(result_.calibration->benchmark(), study_.model, of.zones, policy));
  }
  const Scenario& scenario() const { return study_.scenarios[result_.scenario]; }

  LadderCase case_;
  SolverOptions options_;
  Study study_;
  ScenarioResult result_;
  std::optional<Verification> verification_;
  Json seconds_;
  double find_seconds_ = 0;
  double table_mib_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  use_one_blas_thread();
  LadderCase wanted;
  CLI::App program("Solves one scenario and prints what it took as a line of JSON");
  program.add_option("STUDY", wanted.study, "The study's YAML file")->required();
  program.add_option("--scenario", wanted.scenario, "The scenario")->required();
  program.add_option("--solver", wanted.solver)->check(CLI::IsMember({"newton", "ipopt"}))->capture_default_str();
  program.add_option("--threads", wanted.threads)->check(CLI::PositiveNumber)->capture_default_str();
  program.add_option("--cap", wanted.cap, "Mt of covered emissions, in place of the carbon price of the first zone");
  program.add_flag("--verify", wanted.verify, "Ask Ipopt whether the answer of Newton's method is one");
  program.add_flag("--compare", wanted.compare, "Compare with the answer of Newton's method");
  CLI11_PARSE(program, argc, argv);
  try {
    fmt::print("{}\n", CaseRun(wanted).measure().dump());
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
  return 0;
}
