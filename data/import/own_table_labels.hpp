#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "data/import/own_table_map.hpp"
#include "data/import/table_builder.hpp"

namespace levee {

/// What a label of a user's table says.
struct OwnLabel {
  std::string region;  ///< empty: it names none
  std::string code;    ///< empty: there is no label
};

/// What a map says that codes stand for, as rows and as columns. What it does not list is a sector.
class OwnCodes {
 public:
  enum class Kind { sector, category, value_added, stressor, output, ignored };
  struct Meaning {
    Kind kind = Kind::sector;
    int index = 0;  ///< of the category, the row of value added, the stressor of the map
  };
  explicit OwnCodes(const OwnTableMap& map);
  Meaning of_row(std::string_view code) const { return find(rows_, code); }
  Meaning of_column(std::string_view code) const { return find(columns_, code); }
  bool lists(std::string_view code) const;
  /// Codes that the map lists for rows, or columns; for messages.
  std::vector<std::string> of_rows() const { return names(rows_); }
  std::vector<std::string> of_columns() const { return names(columns_); }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Index = std::unordered_map<std::string, Meaning, Hash, std::equal_to<>>;
  static Meaning find(const Index& index, std::string_view code);
  static std::vector<std::string> names(const Index& index);
  Index rows_, columns_;
};

/// The cells of a file where labels stand, counted from 0; -1 where there are none.
struct LabelCells {
  int region = -1, sector = -1, label = -1, stressor = -1, unit = -1;
  /// Finds columns that are named in the header. Throws InputError at the map.
  static LabelCells of(const LabelSource& source, const std::function<int(const FilePlace&)>& find);
  int named() const { return label >= 0 ? label : sector >= 0 ? sector : stressor; }  ///< for messages
};

/// Reads the label whose cells `cell` gives.
OwnLabel read_own_label(const LabelSource& source, const LabelCells& cells, const OwnCodes& codes,
                        const std::function<std::string_view(int)>& cell);

/// Regions and sectors that a map lists or, where it does not, in the order in which files have them.
class OwnNodes {
 public:
  explicit OwnNodes(const OwnTableMap& map);

  enum class Side { seller, buyer, both };
  using Error = std::function<InputError(const std::string& message)>;
  /// Takes a sector, its region and how it was met. Throws what `error` makes when the map lists others.
  void meet(const OwnLabel& label, Side side, const Error& error);
  void meet_region(const std::string& region, const Error& error);
  /// The nodes in their order: those met or, with `all`, every sector in every region; a region without production has
  /// all. Throws InputError where a sector that the map does not list was met on one side only.
  NodeLabels settle(bool all);

  /// How many nodes there can be by what was met so far.
  double largest() const { return static_cast<double>(regions_.size()) * static_cast<double>(sectors_.size()); }
  /// Throws what `error` makes of a region, or sector, that is not known.
  void require_region(const std::string& region, const Error& error) const;
  void require_sector(const std::string& sector, const Error& error) const;
  /// Regions that have final demand and no production; after settle().
  const std::vector<std::string>& without_production() const { return without_production_; }

 private:
  struct Met {
    bool sold = false, bought = false;
    Diagnostic first;
  };
  static std::vector<std::string> labels_of(const std::vector<OwnTableMap::Named>& named);
  [[noreturn]] static void refuse(const char* kind, const std::string& label, const std::vector<std::string>& known,
                                  const Error& error);

  bool regions_listed_, sectors_listed_;
  std::vector<std::string> regions_, sectors_;
  std::map<std::string, int> region_index_;
  std::map<std::string, Met> sector_met_;
  std::set<std::pair<std::string, std::string>> pairs_;
  std::vector<std::string> without_production_;
};

}  // namespace levee
