#include "scenarios/dealer.hpp"

#include <algorithm>

namespace levee {

Dealer::Dealer(const RunPlan& plan) {
  std::map<int, std::size_t> group_of;  // by the reference's place
  for (int place = 0; place < static_cast<int>(plan.work.size()); ++place) {
    const PlannedScenario& planned = plan.work[place];
    if (!planned.wanted) continue;
    const auto [entry, fresh] = group_of.try_emplace(planned.reference, groups_.size());
    if (fresh) groups_.emplace_back();
    groups_[entry->second].left.push_back(place);
  }
}

std::optional<int> Dealer::next(int process) {
  Group* group = choose(process);
  if (group == nullptr) return std::nullopt;
  group->begun = true;
  at_[process] = static_cast<std::size_t>(group - groups_.data());
  const int place = group->left.front();
  group->left.pop_front();
  return place;
}

Dealer::Group* Dealer::choose(int process) {
  const auto own = at_.find(process);
  if (own != at_.end() && !groups_[own->second].left.empty()) return &groups_[own->second];
  const auto fresh = std::find_if(groups_.begin(), groups_.end(),
                                  [](const Group& group) { return !group.begun && !group.left.empty(); });
  if (fresh != groups_.end()) return &*fresh;
  const auto most = std::max_element(groups_.begin(), groups_.end(),
                                     [](const Group& a, const Group& b) { return a.left.size() < b.left.size(); });
  return most == groups_.end() || most->left.empty() ? nullptr : &*most;
}

}  // namespace levee
