#include "calibration/economy_names.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>

namespace levee {

namespace {

std::vector<std::string> keys_of(const std::map<std::string, int>& index) {
  std::vector<std::string> keys;
  for (const auto& [key, position] : index) keys.push_back(key);
  return keys;
}

template <class Entity>
std::map<std::string, int> index_of(const std::vector<Entity>& entities) {
  std::map<std::string, int> index;
  for (std::size_t k = 0; k < entities.size(); ++k) index.emplace(entities[k].name, static_cast<int>(k));
  return index;
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

LeafNames::LeafNames(const Economy& economy) : names_(economy.nodes.size()), paths_(economy.nodes.size()) {
  for (const Activity& activity : economy.activities) {
    add_tree(economy, activity.outputs, activity.name);
    add_tree(economy, activity.inputs, activity.name);
  }
  for (const Agent& agent : economy.agents) add_tree(economy, agent.demand, agent.name);
  for (std::size_t node = 0; node < names_.size(); ++node) {
    if (!names_[node].empty() && nodes_.at(names_[node]).size() > 1) names_[node] = paths_[node];
  }
}

void LeafNames::add_tree(const Economy& economy, IndexRange range, const std::string& owner) {
  for (int node = range.begin; node < range.end; ++node) {
    const auto at = static_cast<std::size_t>(node);
    const Node& entry = economy.nodes[at];
    const std::string& above = entry.parent < 0 ? owner : paths_[static_cast<std::size_t>(entry.parent)];
    paths_[at] = above + "." + economy.node_name(node);
    if (!entry.is_leaf()) continue;
    names_[at] = owner + "." + economy.node_name(node);
    nodes_[names_[at]].push_back(node);
    if (paths_[at] != names_[at]) nodes_[paths_[at]].push_back(node);
  }
}

const std::vector<int>& LeafNames::find(const std::string& text) const {
  static const std::vector<int> none;
  const auto found = nodes_.find(text);
  return found == nodes_.end() ? none : found->second;
}

std::vector<std::string> LeafNames::all() const {
  std::vector<std::string> list;
  for (const std::string& name : names_) {
    if (!name.empty()) list.push_back(name);
  }
  return list;
}

EconomyNames::EconomyNames(const Economy& economy, bool leaves_complete)
    : parameters_(index_of(economy.parameters)),
      commodities_(index_of(economy.commodities)),
      activities_(index_of(economy.activities)),
      agents_(index_of(economy.agents)),
      auxiliaries_(index_of(economy.auxiliaries)),
      leaves_(economy),
      leaves_complete_(leaves_complete) {}

int EconomyNames::lookup(const Index& index, const std::string& kind, const std::string& name) {
  const auto found = index.find(name);
  if (found != index.end()) return found->second;
  throw std::invalid_argument(fmt::format("there is no {} '{}'{}", kind, name, suggestion(name, keys_of(index))));
}

Reference EconomyNames::plain(const std::string& name) const {
  if (const auto found = parameters_.find(name); found != parameters_.end()) {
    return {ReferenceKind::parameter, found->second};
  }
  if (const auto found = auxiliaries_.find(name); found != auxiliaries_.end()) {
    return {ReferenceKind::auxiliary, found->second};
  }
  std::vector<std::string> known = keys_of(parameters_);
  for (const std::string& key : keys_of(auxiliaries_)) known.push_back(key);
  std::string hint = known.empty() ? "" : suggestion(name, known);
  if (nearest_name(name, known).empty() && commodities_.contains(name)) {
    hint = fmt::format(", did you mean price({})?", name);
  }
  throw std::invalid_argument(fmt::format("there is no parameter or auxiliary '{}'{}", name, hint));
}

Reference EconomyNames::quantity(const std::string& argument) const {
  const std::vector<int>& nodes = leaves_.find(argument);
  if (nodes.size() == 1) return {ReferenceKind::quantity, nodes.front()};
  if (nodes.empty() && !leaves_complete_) return {ReferenceKind::quantity, 0};
  if (nodes.empty()) {
    throw std::invalid_argument(fmt::format("there is no leaf '{}'{}", argument, suggestion(argument, leaves_.all())));
  }
  std::vector<std::string> paths;
  for (const int node : nodes) paths.push_back(leaves_.path(node));
  throw std::invalid_argument(
      fmt::format("'{}' may mean {}: write the whole path", argument, fmt::join(paths, " or ")));
}

Reference EconomyNames::resolve(const std::string& name, const std::string& argument) const {
  if (argument.empty()) return plain(name);
  if (name == "price") return {ReferenceKind::price, lookup(commodities_, "commodity", argument)};
  if (name == "level") return {ReferenceKind::level, lookup(activities_, "activity", argument)};
  if (name == "income") return {ReferenceKind::income, lookup(agents_, "agent", argument)};
  if (name == "auxiliary") return {ReferenceKind::auxiliary, lookup(auxiliaries_, "auxiliary", argument)};
  if (name == "quantity") return quantity(argument);
  static const std::vector<std::string> functions{"price", "level", "income", "auxiliary", "quantity",
                                                  "min",   "max",   "exp",    "log"};
  throw std::invalid_argument(fmt::format("there is no function '{}'{}", name, suggestion(name, functions)));
}

Reference EconomyNames::resolve_fixed(const std::string& key) const {
  const auto open = key.find('(');
  const std::string text = trimmed(key);
  if (open == std::string::npos || text.back() != ')') {
    throw std::invalid_argument(fmt::format("found '{}', expected price(X), level(A), income(H) or auxiliary(U)", key));
  }
  const std::string kind = trimmed(text.substr(0, text.find('(')));
  const std::string inside = text.substr(text.find('(') + 1);
  const std::string argument = trimmed(inside.substr(0, inside.size() - 1));
  static const std::vector<std::string> kinds{"price", "level", "income", "auxiliary"};
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end() || argument.empty()) {
    throw std::invalid_argument(fmt::format("'{}' cannot be fixed{}", key, suggestion(kind, kinds)));
  }
  return resolve(kind, argument);
}

std::string reference_text(const Economy& economy, const LeafNames& leaves, const Reference& reference) {
  const auto index = static_cast<std::size_t>(reference.index);
  switch (reference.kind) {
    case ReferenceKind::parameter:
      return economy.parameters[index].name;
    case ReferenceKind::auxiliary:
      return fmt::format("auxiliary({})", economy.auxiliaries[index].name);
    case ReferenceKind::price:
      return fmt::format("price({})", economy.commodities[index].name);
    case ReferenceKind::level:
      return fmt::format("level({})", economy.activities[index].name);
    case ReferenceKind::income:
      return fmt::format("income({})", economy.agents[index].name);
    case ReferenceKind::quantity:
      return fmt::format("quantity({})", leaves.name(reference.index));
    case ReferenceKind::utility:
      return fmt::format("utility({})", economy.agents[index].name);
  }
  return "";
}

}  // namespace levee
