#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <string>

#include "calibration/benchmark.hpp"
#include "calibration/price_model.hpp"
#include "scenarios/study.hpp"

namespace levee {

/// What all scenarios with the same parameters share.
class Calibration {
 public:
  explicit Calibration(Benchmark benchmark) : benchmark_(std::make_shared<const Benchmark>(std::move(benchmark))) {}

  const std::shared_ptr<const Benchmark>& benchmark() const { return benchmark_; }
  /// Made when it is first asked for.
  const PriceModel& prices() const;

 private:
  std::shared_ptr<const Benchmark> benchmark_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<const PriceModel> prices_;
};

/// Calibrations by the parameter changes that lead to them: scenarios of a sweep share what they have in common. Those
/// asked for last are kept; any other lives as long as somebody holds it. May be asked from several threads.
class CalibrationCache {
 public:
  CalibrationCache(const Study& study, int kept) : study_(study), kept_(kept) {}

  /// Throws InputError on figures that do not make a benchmark.
  std::shared_ptr<const Calibration> get(const Scenario& scenario);

 private:
  struct Entry {
    std::string key;
    std::mutex making;
    std::shared_ptr<const Calibration> calibration;
  };
  std::shared_ptr<Entry> entry_for(const Scenario& scenario);

  const Study& study_;
  std::size_t kept_;
  std::mutex lock_;
  std::deque<std::shared_ptr<Entry>> entries_;  ///< the last asked for at the end
};

}  // namespace levee
