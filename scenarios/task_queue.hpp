#pragma once

#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "scenarios/run_plan.hpp"

namespace levee {

/// Deals out the tasks of a plan to threads: each scenario is solved once those that its caps follow are, and finished
/// (decomposed, compared with its reference, handed on) once both it and its reference are solved. Tasks that can run
/// are dealt in the plan's order, finishing before solving, since that lets results go.
class TaskQueue {
 public:
  enum class Kind { finish, solve };
  struct Task {
    int place = -1;  ///< index into RunPlan::work
    Kind kind = Kind::solve;
    int at_once = 1;  ///< tasks that can run now, this one and those that run already counted
  };

  explicit TaskQueue(const RunPlan& plan);

  /// Waits for a task that can run; nothing when all are dealt or the queue was stopped.
  std::optional<Task> take();
  /// Tells that a task is done. Returns the places whose results no task needs any more.
  std::vector<int> done(const Task& task);
  /// No more tasks are dealt.
  void stop();

 private:
  using Key = std::pair<Kind, int>;
  struct State {
    int waits_to_solve = 0;     ///< scenarios not yet solved that its caps follow
    int waits_to_finish = 0;    ///< of itself and its reference, those not yet solved
    int readers = 0;            ///< tasks not yet done that need its result
    std::vector<int> follows;   ///< those whose caps follow it
    std::vector<int> measured;  ///< those that are finished against it
  };
  void solved(int place);
  void read(int place, std::vector<int>& unneeded);

  const RunPlan& plan_;
  std::vector<State> states_;
  std::set<Key> ready_;
  int running_ = 0;
  int left_ = 0;
  bool stopped_ = false;
  std::mutex lock_;
  std::condition_variable changed_;
};

}  // namespace levee
