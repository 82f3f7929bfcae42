#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "data/diagnostics.hpp"
#include "rules/rule_book.hpp"

namespace levee {

/// Where the electricity of a process comes from.
struct ElectricitySource {
  std::string name;
  double share = 1;
  std::string grid;        ///< a country whose grid's factor holds; else
  std::string technology;  ///< an emission factor of the rules holds; else
  double factor = 0;       ///< tCO2 a MWh
  bool direct_green = false;
  Location where;
};

struct Electricity {
  double mwh_per_tonne = 0;
  std::vector<ElectricitySource> sources;  ///< shares add up to 1
};

/// A good that goes into another: M_i, tonnes a tonne of the good that is made of it.
struct PrecursorUse {
  std::size_t product = 0;  ///< among the products of the file
  double tonnes = 0;
  Location where;
};

/// The sector of goods that are measured in MWh and have neither benchmark nor mark-up.
inline constexpr const char* electricity_sector = "electricity";

/// A good with what is needed to reckon its embedded emissions: of the user's own installation, or by default values.
struct Product {
  std::string name;
  Location where;
  std::string cn;  ///< digits
  std::string origin, route;
  bool by_default = false;               ///< default values of the origin in place of what follows
  std::optional<double> stated_default;  ///< in place of the rules' default value, before its mark-up, tCO2e/t
  double direct = 0;                     ///< own process: attributed emissions over activity level, tCO2e/t
  std::optional<double> indirect;        ///< of the own process, where not reckoned from electricity, tCO2e/t
  std::optional<Electricity> electricity;
  std::vector<PrecursorUse> precursors;
  std::optional<double> benchmark;        ///< tCO2e/t, in place of the rules'
  std::optional<BenchmarkColumn> column;  ///< in place of A for actual data and B for default values
};

/// Which column of the benchmarks a product falls under.
BenchmarkColumn column_of(const Product& product);

/// Adds a fault, at the use that closes it, for every circle of products that are each other's precursors.
void check_no_circles(const std::vector<Product>& products, Diagnostics& faults);

}  // namespace levee
