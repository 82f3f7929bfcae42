#include "rules/year_path.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <iterator>
#include <utility>

namespace levee {

namespace {

constexpr int first_plausible_year = 1900;
constexpr int last_plausible_year = 2200;
constexpr int most_years = 100;

bool is_year(int year) { return year >= first_plausible_year && year <= last_plausible_year; }

double figure_within(const YamlView& value, const FigureRange& range) {
  const double figure = value.number();
  if (const std::string breach = range.breach(figure); !breach.empty())
    throw value.error(fmt::format("{:g} {}", figure, breach));
  return figure;
}

YearPath read_growth(const YamlView& value, int first_year, const FigureRange& range) {
  value.only_keys({"start", "growth", "from"});
  const double start = figure_within(value.at("start"), range);
  const double growth = value.at("growth").number();
  if (growth <= -1) throw value.at("growth").error(fmt::format("a growth of {:g} leaves nothing", growth));
  const auto from = value.find("from");
  const int year = from ? from->integer() : first_year;
  if (from && !is_year(year)) throw from->error(fmt::format("{} is no year", year));
  return YearPath::growing(start, growth, year, value.where());
}

}  // namespace

std::string FigureRange::breach(double figure) const {
  const bool enough = above_least ? figure > least : figure >= least;
  if (enough && figure <= most) return "";
  if (!std::isinf(most)) return fmt::format("is not from {:g} to {:g}", least, most);
  return fmt::format("is {} {:g}", above_least ? "not above" : "below", least);
}

YearPath YearPath::constant(double value, Location where) {
  YearPath path(std::move(where));
  path.start_ = value;
  return path;
}

YearPath YearPath::by_year(std::map<int, double> figures, Location where) {
  YearPath path(std::move(where));
  path.knots_ = std::move(figures);
  return path;
}

YearPath YearPath::growing(double start, double growth, int from, Location where) {
  YearPath path(std::move(where));
  path.start_ = start;
  path.growth_ = growth;
  path.from_ = from;
  return path;
}

bool YearPath::has(int year) const {
  if (knots_.empty()) return year >= from_;
  return year >= knots_.begin()->first && year <= knots_.rbegin()->first;
}

double YearPath::at(int year) const {
  if (!has(year)) {
    const std::string years = knots_.empty() ? fmt::format("{} or later", from_)
                                             : fmt::format("{} to {}", knots_.begin()->first, knots_.rbegin()->first);
    throw InputError(where_, fmt::format("there is no figure for {}; expected one of the years {}", year, years));
  }
  if (knots_.empty()) {
    const double grown = growth_ == 0 ? start_ : start_ * std::pow(1 + growth_, year - from_);
    if (!std::isfinite(grown)) throw InputError(where_, fmt::format("it grows beyond any number by {}", year));
    return grown;
  }
  const auto after = knots_.lower_bound(year);
  if (after->first == year) return after->second;
  const auto before = std::prev(after);
  const double share = static_cast<double>(year - before->first) / (after->first - before->first);
  return before->second + share * (after->second - before->second);
}

int year_of_key(const std::string& key, const Location& where) {
  int year = 0;
  const char* const end = key.data() + key.size();
  const auto read = std::from_chars(key.data(), end, year);
  if (read.ec != std::errc() || read.ptr != end || !is_year(year))
    throw InputError(where, fmt::format("'{}' is no year; expected one such as 2026", key));
  return year;
}

YearPath read_year_path(const YamlView& value, int first_year, const FigureRange& range) {
  if (!value.is_map()) return YearPath::constant(figure_within(value, range), value.where());
  if (value.has("start") || value.has("growth")) return read_growth(value, first_year, range);
  std::map<int, double> figures;
  for (const auto& [key, figure] : value.entries())
    figures[year_of_key(key, value.key_where(key))] = figure_within(figure, range);
  if (figures.empty()) throw value.error("no year is given; expected a number, figures by year, or start and growth");
  return YearPath::by_year(std::move(figures), value.where());
}

std::vector<int> read_year_range(const YamlView& value) {
  value.only_keys({"from", "to"});
  const YamlView first = value.at("from"), last = value.at("to");
  const int from = first.integer(), to = last.integer();
  year_of_key(std::to_string(from), first.where());
  year_of_key(std::to_string(to), last.where());
  if (to < from) throw last.error(fmt::format("the last year {} is before the first, {}", to, from));
  if (to - from >= most_years) throw last.error(fmt::format("more than {} years", most_years));
  std::vector<int> years;
  for (int year = from; year <= to; ++year) years.push_back(year);
  return years;
}

}  // namespace levee
