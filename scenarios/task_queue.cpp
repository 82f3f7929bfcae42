#include "scenarios/task_queue.hpp"

#include <algorithm>

namespace levee {

TaskQueue::TaskQueue(const RunPlan& plan) : plan_(plan), states_(plan.work.size()) {
  for (int k = 0; k < static_cast<int>(plan.work.size()); ++k) {
    const PlannedScenario& planned = plan.work[k];
    State& state = states_[k];
    state.waits_to_solve = static_cast<int>(planned.followed.size());
    for (const int other : planned.followed) {
      states_[other].follows.push_back(k);
      ++states_[other].readers;
    }
    ++state.readers;  // its own solve, so that it is there until then
    ++left_;
    if (state.waits_to_solve == 0) ready_.insert({Kind::solve, k});
    if (!planned.wanted) continue;
    ++left_;
    ++state.readers;
    ++state.waits_to_finish;
    if (planned.reference >= 0 && planned.reference != k) {
      ++state.waits_to_finish;
      states_[planned.reference].measured.push_back(k);
      ++states_[planned.reference].readers;
    }
  }
}

std::optional<TaskQueue::Task> TaskQueue::take() {
  std::unique_lock lock(lock_);
  changed_.wait(lock, [&] { return stopped_ || left_ == 0 || !ready_.empty(); });
  if (stopped_ || ready_.empty()) return std::nullopt;
  const auto [kind, place] = *ready_.begin();
  const int at_once = running_ + static_cast<int>(ready_.size());
  ready_.erase(ready_.begin());
  ++running_;
  return Task{place, kind, at_once};
}

std::vector<int> TaskQueue::done(const Task& task) {
  const std::lock_guard lock(lock_);
  std::vector<int> unneeded;
  const PlannedScenario& planned = plan_.work[task.place];
  if (task.kind == Kind::solve) {
    solved(task.place);
    for (const int other : planned.followed) read(other, unneeded);
  } else if (planned.reference >= 0 && planned.reference != task.place) {
    read(planned.reference, unneeded);
  }
  read(task.place, unneeded);
  --running_;
  --left_;
  changed_.notify_all();
  return unneeded;
}

void TaskQueue::stop() {
  const std::lock_guard lock(lock_);
  stopped_ = true;
  changed_.notify_all();
}

void TaskQueue::solved(int place) {
  const auto one_less = [&](int waiting) {
    if (--states_[waiting].waits_to_finish == 0) ready_.insert({Kind::finish, waiting});
  };
  if (plan_.work[place].wanted) one_less(place);
  for (const int other : states_[place].measured) one_less(other);
  for (const int other : states_[place].follows) {
    if (--states_[other].waits_to_solve == 0) ready_.insert({Kind::solve, other});
  }
}

void TaskQueue::read(int place, std::vector<int>& unneeded) {
  if (--states_[place].readers == 0) unneeded.push_back(place);
}

}  // namespace levee
