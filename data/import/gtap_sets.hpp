#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "data/diagnostics.hpp"
#include "data/import/har_file.hpp"

namespace levee {

/// What a dimension of an array of the GTAP Data Base runs over. A user is an activity or, in version 6, the making of
/// capital goods.
enum class GtapSet { region, commodity, activity, user, endowment, margin };

/// The place of a label as the index of a vector.
inline std::size_t place_index(int place) { return static_cast<std::size_t>(place); }

/// The sets of a GTAP database. Users are counted: activities, household, government, investment.
struct GtapSets {
  std::vector<std::string> regions, commodities, activities, endowments, margins;
  std::vector<std::string> mobile;  ///< endowments that move between activities; empty when not given

  int activity_count() const { return static_cast<int>(activities.size()); }
  int household() const { return activity_count(); }
  int government() const { return activity_count() + 1; }
  int investment() const { return activity_count() + 2; }
  int user_count() const { return activity_count() + 3; }

  const std::vector<std::string>& labels(GtapSet set) const;  ///< of a user: activities
  /// The place of a label, whatever its case; -1 when unknown.
  int find(GtapSet set, const std::string& label) const;
};

/// An InputError at a header of a file.
InputError gtap_error(const std::string& file, const std::string& header, const std::string& message);

/// The places in their sets of an array's cell, a dimension each.
using GtapCell = std::array<int, 4>;

/// Calls `take` for every cell of an array of reals whose dimensions run over `dimensions`, by label or, where the file
/// gives no labels, in order. Throws InputError at the header: other dimensions, unknown or doubled labels.
void place_array(const GtapSets& sets, const std::string& file, const HarHeader& header,
                 const std::vector<GtapSet>& dimensions, const std::function<void(const GtapCell&, double)>& take);

}  // namespace levee
