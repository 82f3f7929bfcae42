#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "report/finished_run.hpp"
#include "report/row_index.hpp"
#include "report/shard.hpp"
#include "scenarios/run_identity.hpp"

namespace levee {

/// The shards of a run put together: what the run would have been without `--shard`, timings aside.
class MergedRun : public FinishedRun {
 public:
  /// Reads the shards' folders. Throws InputError with every fault found: a folder that is no shard, shards of
  /// different runs, one that was interrupted, missing or given twice.
  explicit MergedRun(const std::vector<std::filesystem::path>& folders);

  const RunHead& head() const override { return head_; }
  std::size_t size() const override { return scenarios_.size(); }
  nlohmann::ordered_json summary_entry(std::size_t k) const override { return scenarios_[k].summary; }
  nlohmann::ordered_json run_entry(std::size_t k) const override { return scenarios_[k].run; }
  void rows(std::size_t k, std::size_t table, const TextSink& sink) const override;

 private:
  struct Part {
    std::filesystem::path folder;
    nlohmann::ordered_json summary, run, about;
    ShardMark mark;
    std::vector<RowIndex> tables;
  };
  struct Place {
    const Part* part = nullptr;
    nlohmann::ordered_json summary, run;
  };
  static Part read_part(const std::filesystem::path& folder);
  void check_parts() const;
  void place_scenarios();
  void make_head();

  std::vector<Part> parts_;
  std::vector<Place> scenarios_;
  RunHead head_;
};

}  // namespace levee
