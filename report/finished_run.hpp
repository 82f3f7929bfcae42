#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>

#include "report/entry_file.hpp"
#include "scenarios/run_head.hpp"

namespace levee {

/// A run whose scenarios are finished, wherever their records lie: what a run's folder is written from, a piece at a
/// time, since all of it may not fit into memory.
class FinishedRun {
 public:
  virtual ~FinishedRun() = default;
  virtual const RunHead& head() const = 0;
  /// Number of scenarios.
  virtual std::size_t size() const = 0;
  /// A scenario's entry in summary.json, and in run.json.
  virtual nlohmann::ordered_json summary_entry(std::size_t scenario) const = 0;
  virtual nlohmann::ordered_json run_entry(std::size_t scenario) const = 0;
  /// Hands on a scenario's rows of a table of head().tables, in pieces.
  virtual void rows(std::size_t scenario, std::size_t table, const TextSink& sink) const = 0;
};

}  // namespace levee
