#pragma once

#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "scenarios/run_plan.hpp"

namespace levee {

/// Deals the wanted scenarios of a plan to processes that share nothing, one at a time. A process gets scenarios with
/// the same reference as long as there are any, since it has solved that reference itself; then those of a reference
/// that nobody has begun; then it helps where most are left.
class Dealer {
 public:
  explicit Dealer(const RunPlan& plan);

  /// Index into RunPlan::work of the next scenario for a process; nothing when all are dealt.
  std::optional<int> next(int process);

 private:
  struct Group {
    std::deque<int> left;  ///< places in the plan
    bool begun = false;
  };
  Group* choose(int process);

  std::vector<Group> groups_;
  std::map<int, std::size_t> at_;  ///< the group that a process is at
};

}  // namespace levee
