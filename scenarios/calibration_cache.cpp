#include "scenarios/calibration_cache.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace levee {

namespace {

std::string key_of(const std::vector<ParameterChange>& changes) {
  std::string key;
  for (const ParameterChange& change : changes) {
    key += fmt::format("{}|{}|{}|{}|{};", change.parameter, change.region.value_or(-1), change.sector.value_or(-1),
                       change.value, change.scale);
  }
  return key;
}

}  // namespace

const PriceModel& Calibration::prices() const {
  std::call_once(once_, [this] { prices_ = std::make_unique<const PriceModel>(*benchmark_); });
  return *prices_;
}

std::shared_ptr<const Calibration> CalibrationCache::get(const Scenario& scenario) {
  const std::shared_ptr<Entry> entry = entry_for(scenario);
  const std::lock_guard making(entry->making);  // others who want the same wait for it
  if (!entry->calibration) {
    entry->calibration =
        std::make_shared<const Calibration>(make_benchmark(apply_parameters(study_.dataset, scenario.parameters)));
  }
  return entry->calibration;
}

std::shared_ptr<CalibrationCache::Entry> CalibrationCache::entry_for(const Scenario& scenario) {
  std::string key = key_of(scenario.parameters);
  const std::lock_guard lock(lock_);
  const auto found =
      std::find_if(entries_.begin(), entries_.end(), [&](const auto& entry) { return entry->key == key; });
  std::shared_ptr<Entry> entry;
  if (found == entries_.end()) {
    entry = std::make_shared<Entry>();
    entry->key = std::move(key);
  } else {
    entry = *found;
    entries_.erase(found);
  }
  entries_.push_back(entry);
  while (entries_.size() > kept_) entries_.pop_front();
  return entry;
}

}  // namespace levee
