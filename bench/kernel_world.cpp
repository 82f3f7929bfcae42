#include "bench/kernel_world.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "data/dataset_writer.hpp"
#include "data/generated_world.hpp"
#include "report/packed_text.hpp"

namespace levee {

namespace {

namespace fs = std::filesystem;

/// A folder that goes with the process.
class TemporaryFolder {
 public:
  TemporaryFolder() : path_(fs::temp_directory_path() / fmt::format("levee-bench-{}", ::getpid())) {
    fs::create_directories(path_);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  void write(const std::string& name, const std::string& text) const {
    std::ofstream file(path_ / name, std::ios::binary);
    file << text;
    if (!file.flush()) throw std::runtime_error(fmt::format("{} cannot be written", (path_ / name).string()));
  }
  std::string path_of(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

std::string generated_study_path() {
  static const TemporaryFolder folder;
  WorldOptions options;
  options.regions = 20;
  options.sectors = 41;
  const GeneratedWorld world = generate_world(options);
  write_dataset(world.dataset, TableLayout::wide, [](const std::string& name, const std::string& text) {
    folder.write(name, text);
    if (name == "Z.csv") folder.write("Z.csv.gz", gzip(text));
  });
  folder.write("study.yaml", world.study);
  return folder.path_of("study.yaml");
}

constexpr const char* default_world = "cbam-2011";
constexpr const char* generated_world = "20x41";

}  // namespace

const KernelWorld& KernelWorld::named(const std::string& name) {
  if (name == default_world) {
    static const KernelWorld shipped(std::string(LEVEE_SOURCE_DIR) + "/scenarios/eu-cbam/study.yaml");
    return shipped;
  }
  static const KernelWorld generated(generated_study_path());
  return generated;
}

KernelWorld::KernelWorld(const std::string& study_path)
    : study_(read_study(study_path)), folder_(fs::path(study_.dataset_path).parent_path().string()) {
  const auto found = std::find_if(study_.scenarios.begin(), study_.scenarios.end(),
                                  [](const Scenario& scenario) { return scenario.name == "cbam_indirect"; });
  if (found == study_.scenarios.end()) throw std::logic_error(study_path + ": no scenario cbam_indirect");
  scenario_ = static_cast<int>(found - study_.scenarios.begin());
  calibration_ = std::make_shared<const Calibration>(make_benchmark(study_.dataset));
  model_ = std::make_shared<const RegionalModel>(make_model());
}

RegionalModel KernelWorld::make_model() const {
  const Scenario& scenario = study_.scenarios[scenario_];
  return make_regional_model(benchmark(), study_.model, scenario.zones, scenario.policy);
}

EconomySystem KernelWorld::make_system(int threads) const {
  const std::vector<double> policy = model_->economy->parameter_values();
  EconomySystem system(*model_->economy, std::vector<double>(policy.size(), 0.0), model_->numeraire);
  system.set_parameters(policy);
  system.set_threads(threads);
  return system;
}

ScenarioResult KernelWorld::solve(int scenario) const {
  ScenarioSolver solver(study_, {.backend = Backend::newton}, 1);
  ScenarioResult result = solver.solve(
      scenario, [](int) { return nullptr; }, 1);
  if (!result.solved()) throw std::runtime_error("not solved: " + result.solution.message);
  return result;
}

void on_both_worlds(const std::string& kernel, void (*run)(benchmark::State&, const KernelWorld&),
                    const std::vector<int>& threads) {
  for (const char* world : {default_world, generated_world}) {
    auto* registered =
        benchmark::RegisterBenchmark(fmt::format("{}/{}", kernel, world).c_str(),
                                     [run, world](benchmark::State& state) { run(state, KernelWorld::named(world)); });
    registered->Unit(benchmark::kMicrosecond)->UseRealTime();
    if (threads.empty()) continue;
    registered->ArgName("threads");
    for (const int count : threads) registered->Arg(count);
  }
}

}  // namespace levee
