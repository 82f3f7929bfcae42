#pragma once

#include <optional>
#include <string>
#include <vector>

namespace levee {

/// Which emissions a border charge counts in the intensity of a good.
enum class IntensityScope { direct, direct_electricity, direct_precursors, whole_chain };

enum class ExportRebate { none, benchmark, full };

/// How the intensity of a charge is found: of each exporter, or the average of the zone.
enum class IntensityBasis { exporter, zone };

/// A carbon market: members, covered sectors and stressors. Indices are the dataset's.
struct CarbonZone {
  std::string name;
  std::vector<int> regions;
  std::vector<char> sectors;           ///< covered, a sector
  std::vector<std::string> stressors;  ///< priced; CO2 unless given
};

struct BorderCharge {
  bool active = false;
  std::vector<std::optional<IntensityScope>> scope;  ///< a sector; empty: not charged
  IntensityBasis basis = IntensityBasis::exporter;
  double mark_up = 0;            ///< m: on the intensity
  std::vector<double> coverage;  ///< a sector: share of imports charged
  std::vector<char> exempt;      ///< a region
  ExportRebate rebate = ExportRebate::none;
  bool revenue_to_origin = false;  ///< to the exporters' households instead of the importers'
};

/// A limit on emissions, Mt of the zone's stressors; the zone's carbon price is complementary to it.
struct EmissionCap {
  double mt = 0;
  bool world = false;  ///< on the emissions of the whole world instead of those the zone covers
};

/// What one zone does in a scenario.
struct ZonePolicy {
  double carbon_price = 0;  ///< currency per t, in the zone's consumer price index; 0 under a cap
  std::optional<EmissionCap> cap;
  std::vector<double>
      allocation_share;  ///< theta, a sector: output-based free allocation as a share of the benchmark intensity
  std::vector<double> grandfathered_share;  ///< a sector: lump-sum allocation; prices untouched
  BorderCharge border;

  /// Whether emissions may cost something: a cap that does not bind still makes a market.
  bool has_market() const { return carbon_price != 0 || cap.has_value(); }
};

/// A scenario's measures over the calibrated economy, one entry a zone.
struct Policy {
  std::vector<ZonePolicy> zones;
  std::vector<std::vector<int>> links{};  ///< zones that share one market, each with a cap on its covered emissions
};

/// No measure at all, with vectors sized for `sectors` and `regions`.
ZonePolicy no_policy(int sectors, int regions);

}  // namespace levee
