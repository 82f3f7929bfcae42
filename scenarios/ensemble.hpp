#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "data/distribution.hpp"
#include "data/yaml_view.hpp"
#include "scenarios/sweep_axis.hpp"

namespace levee {

/// One key of an ensemble: what it varies, and what is drawn for it.
class Draw {
 public:
  /// Reads `KEY: {DISTRIBUTION: FIGURES}` or `KEY: {choice: VALUES}`. Throws InputError.
  static Draw read(const YamlView& block, const std::string& key, const YamlView& view);

  const SweepAxis& axis() const { return axis_; }
  /// The value of a member (from 1): it depends on the seed, the member and the key only.
  std::string label(std::uint64_t seed, int member) const;
  /// A scenario with the value of that label.
  YamlView change(const YamlView& measures, const std::string& label) const;
  /// Labels to try a scenario with, so that a value that cannot be is found whatever is drawn: both ends of what can be
  /// drawn, or every choice.
  std::vector<std::string> extremes() const;

 private:
  Draw(SweepAxis axis, std::optional<Distribution> distribution, Location where)
      : axis_(std::move(axis)), distribution_(std::move(distribution)), where_(std::move(where)) {}

  SweepAxis axis_;
  std::optional<Distribution> distribution_;  ///< absent: one of the axis's members, each alike
  Location where_;
};

/// `ensemble` of a study.
struct Ensemble {
  int members = 0;
  std::uint64_t seed = 0;
  std::vector<Draw> draws;

  /// Throws InputError with every fault.
  static Ensemble read(const YamlView& view);
  /// "0042"
  static std::string member_name(int member);
};

}  // namespace levee
