#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/economy.hpp"

namespace levee {

/// What the leaves of an economy are called in expressions and results: "activity.leaf" or "agent.leaf" where that is
/// unique, else the full path "activity.inputs.nest.leaf" (outputs, inputs and demand are the names of the roots).
class LeafNames {
 public:
  explicit LeafNames(const Economy& economy);

  /// The shortest unique name of a node's leaf; empty for nests.
  const std::string& name(int node) const { return names_[static_cast<std::size_t>(node)]; }
  /// Nodes that a short name or a full path may mean: none, one, or several when it is ambiguous.
  const std::vector<int>& find(const std::string& text) const;
  const std::string& path(int node) const { return paths_[static_cast<std::size_t>(node)]; }
  /// All valid names, for suggestions.
  std::vector<std::string> all() const;

 private:
  void add_tree(const Economy& economy, IndexRange range, const std::string& owner);

  std::vector<std::string> names_, paths_;
  std::map<std::string, std::vector<int>> nodes_;
};

/// Resolves the names of an economy's expressions: parameters and auxiliaries by name, price() level() income()
/// auxiliary() quantity() by argument. Messages name the nearest valid name. Keeps a copy of the names only.
class EconomyNames {
 public:
  /// leaves_complete: false when faults kept leaves from being read; an unknown leaf then gets any leaf's reference, so
  /// that one fault is not reported once more at every place that refers to what it hides.
  explicit EconomyNames(const Economy& economy, bool leaves_complete = true);

  /// Throws std::invalid_argument with a message for the user.
  Reference resolve(const std::string& name, const std::string& argument) const;
  /// A key of `fixed`: price(X), level(A), income(H) or auxiliary(U), not a quantity or a parameter. Throws likewise.
  Reference resolve_fixed(const std::string& key) const;
  const LeafNames& leaves() const { return leaves_; }

 private:
  using Index = std::map<std::string, int>;
  Reference plain(const std::string& name) const;
  Reference quantity(const std::string& argument) const;
  static int lookup(const Index& index, const std::string& kind, const std::string& name);

  Index parameters_, commodities_, activities_, agents_, auxiliaries_;
  LeafNames leaves_;
  bool leaves_complete_ = true;
};

/// A reference as a user writes it: "price(X)", "quantity(make_X.L)", "tk".
std::string reference_text(const Economy& economy, const LeafNames& leaves, const Reference& reference);

}  // namespace levee
