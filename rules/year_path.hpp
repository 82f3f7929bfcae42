#pragma once

#include <limits>
#include <map>
#include <string>
#include <vector>

#include "data/yaml_view.hpp"

namespace levee {

/// What the figures of a path may be.
struct FigureRange {
  double least = 0;
  double most = std::numeric_limits<double>::infinity();  ///< itself included
  bool above_least = false;                               ///< `least` itself is left out

  /// What is wrong with a figure, as in "is below 0"; empty where nothing is.
  std::string breach(double figure) const;
};

/// A figure by year, as a user gives it in one of three ways:
///
///     price: 80                                     the same every year
///     price: {2026: 80, 2030: 120}                  by year, on a straight line between the years named
///     price: {start: 80, growth: 0.03, from: 2026}  80 in 2026 and 3 % more every year after
///
/// without `from` a growth starts in the file's first year. A year before or after those named has no figure.
class YearPath {
 public:
  /// The same figure every year.
  static YearPath constant(double value, Location where);
  /// Figures by year, at least one.
  static YearPath by_year(std::map<int, double> figures, Location where);
  /// `start` in the year `from`, then `growth` more (a share) every year.
  static YearPath growing(double start, double growth, int from, Location where);

  bool has(int year) const;
  /// Throws InputError at the path's place in the user's file for a year without a figure, naming the years that have,
  /// and for growth out of the range of numbers.
  double at(int year) const;
  const Location& where() const { return where_; }

 private:
  explicit YearPath(Location where) : where_(std::move(where)) {}

  Location where_;
  std::map<int, double> knots_;  ///< empty: the same every year
  double start_ = 0;
  double growth_ = 0;
  int from_ = std::numeric_limits<int>::min();
};

/// Reads a path. `first_year` is where a growth without `from` starts. Throws InputError for what is no path, no year
/// or no figure within `range`.
YearPath read_year_path(const YamlView& value, int first_year, const FigureRange& range = {});

/// Every year of `{from: 2026, to: 2034}`. Throws InputError for years that are none, out of order, or too many.
std::vector<int> read_year_range(const YamlView& value);

/// The year that a key of a map stands for. Throws InputError at the key.
int year_of_key(const std::string& key, const Location& where);

}  // namespace levee
