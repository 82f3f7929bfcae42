#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "report/run_merge.hpp"

namespace levee {

/// What is compared. Names are part of the contract of comparison.json and tables/comparison.csv (docs/compare.md).
struct Indicator {
  enum class Best { none, lowest, highest };

  const char* name;   ///< "leakage_rate"
  const char* label;  ///< "leakage rate"
  bool by_zone;       ///< else by region, and `world`
  Best best;          ///< what the first rank means; none: not ranked. welfare_percent is ranked for `world` alone
};

/// Every indicator in the order of output:
///   by zone: carbon_price; covered_emissions (Mt); inside_change and outside_change (Mt against the reference);
///     leakage_rate and leakage_competitiveness, leakage_energy, leakage_income, which add up to it (fractions);
///     zone_welfare_percent and outside_welfare_percent: sum of equivalent variations over the zone's members (all
///     other regions) over the sum of their consumption in the reference, %; zone_welfare, outside_welfare (money);
///     cbam_revenue (money)
///   by region and `world`: emissions (Mt), welfare_percent (%), real_gdp_percent (%)
const std::vector<Indicator>& indicators();

/// A figure of a scenario. NaN where the run has none.
struct ComparedFigure {
  std::size_t indicator = 0;
  std::string zone;    ///< empty for an indicator by region
  std::string region;  ///< empty for an indicator by zone
  std::size_t scenario = 0;
  double value = std::numeric_limits<double>::quiet_NaN();
  std::string unit;  ///< money and prices with their year, so that equal units are comparable figures
  /// To the base scenario; NaN without one, without its figure, or with another unit.
  double difference = std::numeric_limits<double>::quiet_NaN();
  /// The difference over the size of the base's figure, so that it has the difference's sign; NaN where that is 0.
  double difference_percent = std::numeric_limits<double>::quiet_NaN();
};

/// What a policy holds in a zone, and at which value.
struct HeldQuantity {
  std::string zone;
  std::string what;  ///< "price", "cap" or "world"
  double value = 0;
  std::string unit;
};

struct ComparedScenario {
  std::string name;  ///< as in ChosenScenario
  std::size_t run = 0;
  std::string status;
  std::string reference;  ///< name; empty when there are no figures
  std::size_t world = 0;  ///< scenarios with the same number differ in policy only: same data, units, reference
  std::vector<HeldQuantity> holds;  ///< of zones with a carbon policy
  bool solved() const { return status == "solved" && !reference.empty(); }
};

/// Scenarios at equal effort: of one world, and what the policies of some of them hold is the same in all of them.
struct EffortGroup {
  std::string name;                   ///< "EU: covered emissions 1283.96 Mt"
  std::vector<HeldQuantity> holds;    ///< by zone
  std::vector<std::size_t> members;   ///< scenarios in their order
  bool same_world_emissions = false;  ///< only such a group ranks the world's welfare
};

/// A ranking within a group. Ranks count from 1; figures that are equal share one, and the next is skipped.
struct Ranking {
  struct Place {
    int rank = 0;
    std::size_t scenario = 0;
    double value = 0;
  };

  std::size_t group = 0;
  std::size_t indicator = 0;
  std::string zone;
  std::string region;
  std::vector<Place> places;
};

struct RunComparison {
  std::vector<ComparedScenario> scenarios;
  std::vector<std::string> warnings;  ///< what readers must know before they compare
  std::size_t base = none;            ///< index of the scenario that differences are to
  std::vector<ComparedFigure> figures;
  std::vector<EffortGroup> groups;
  std::vector<Ranking> rankings;

  static constexpr std::size_t none = static_cast<std::size_t>(-1);
};

/// Two values of a quantity held, or of an indicator, within this share of each other are the same.
inline constexpr double same_effort = 1e-6;

/// Compares chosen scenarios of runs. `base` is the index in `chosen` of the scenario that differences are to; with
/// `none` the first solved one with a carbon price, else the first with any carbon policy, else the first solved one.
RunComparison compare_runs(const std::vector<NamedRun>& runs, const std::vector<ChosenScenario>& chosen,
                           std::size_t base = RunComparison::none);

}  // namespace levee
