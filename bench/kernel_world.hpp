#pragma once

#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

#include "model/economy_system.hpp"
#include "scenarios/scenario_solver.hpp"

namespace levee {

/// A world that kernels are measured on, read once; its benchmark and its scenario `cbam_indirect` are made once too.
class KernelWorld {
 public:
  /// "cbam-2011", the default study, or "20x41", a generated world with a wide table, written to a temporary folder
  /// that lives as long as the process; Z.csv is there compressed too.
  static const KernelWorld& named(const std::string& name);

  const std::string& folder() const { return folder_; }  ///< of the dataset
  const Study& study() const { return study_; }
  int scenario() const { return scenario_; }
  const std::shared_ptr<const Calibration>& calibration() const { return calibration_; }
  const std::shared_ptr<const Benchmark>& benchmark() const { return calibration_->benchmark(); }
  const std::shared_ptr<const RegionalModel>& model() const { return model_; }

  RegionalModel make_model() const;
  /// At the policy, starting at the benchmark.
  EconomySystem make_system(int threads) const;
  /// The scenario, or its reference, solved with Newton's method.
  ScenarioResult solve(int scenario) const;

 private:
  explicit KernelWorld(const std::string& study_path);

  Study study_;
  std::string folder_;
  int scenario_;
  std::shared_ptr<const Calibration> calibration_;
  std::shared_ptr<const RegionalModel> model_;
};

/// Registers a benchmark on both worlds, as `kernel/world` or, where it takes numbers of threads, once for each of
/// them.
void on_both_worlds(const std::string& kernel, void (*run)(benchmark::State&, const KernelWorld&),
                    const std::vector<int>& threads = {});

// The kernels, registered in the order of the data's way through the program.
void add_data_kernels();
void add_import_kernels();
void add_model_kernels();
void add_solver_kernels();
void add_table_kernels();

}  // namespace levee
