#pragma once

#include <Eigen/Dense>
#include <cstddef>
#include <string>
#include <vector>

#include "data/import/gtap_sets.hpp"
#include "data/import/har_file.hpp"

namespace levee {

/// Values at two prices, by region.
struct GtapValues {
  std::vector<Eigen::MatrixXd> basic, purchaser;
};

/// The flows of a GTAP database, version 6 or 7, in the terms of version 7. Money in million USD.
struct GtapDatabase {
  std::string file;     ///< of the flows
  int version = 7;      ///< of the layout
  std::string release;  ///< R9.0A_2011_Apr2016; empty when not given
  GtapSets sets;
  std::vector<int> margins;                              ///< commodity of each margin
  GtapValues domestic, imported;                         ///< commodities x users
  GtapValues factors;                                    ///< endowments x activities
  std::vector<Eigen::MatrixXd> make_basic, make_supply;  ///< by region: commodities x activities, with and before tax
  std::vector<Eigen::MatrixXd> export_basic, fob, cif, import_basic;  ///< by commodity: origin x destination
  Eigen::MatrixXd margin_supply;                                      ///< margins x regions
  std::vector<std::vector<Eigen::MatrixXd>> margin_use;               ///< by margin and commodity: origin x destination
  Eigen::MatrixXd published_output;                                   ///< commodities x regions; empty when not given

  int region_count() const { return static_cast<int>(sets.regions.size()); }
  int commodity_count() const { return static_cast<int>(sets.commodities.size()); }
  int activity_count() const { return sets.activity_count(); }
};

/// A place in the sets, as standard containers count.
inline std::size_t index(int place) { return static_cast<std::size_t>(place); }

/// Reads the flows. `sets` is the file of sets or nullptr: then the labels that the arrays carry are the sets. Throws
/// InputError with every missing array, or at the first array that does not fit the sets.
GtapDatabase read_gtap_database(const HarFile& flows, const HarFile* sets);

/// "no header 'VDFB' (what it holds), did you mean 'VDFP'?"
std::string missing_header(const HarFile& file, const std::string& name, const std::string& what,
                           const std::vector<std::string>& known);

}  // namespace levee
