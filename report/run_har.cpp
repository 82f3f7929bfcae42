#include "report/run_har.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "data/diagnostics.hpp"
#include "data/har_book.hpp"
#include "data/text_file.hpp"

namespace levee {
namespace {

using Json = nlohmann::ordered_json;
using Names = std::vector<std::string>;

/// Columns of text that say something of a row and do not tell it from others.
const std::set<std::string, std::less<>> remarks{"unit", "reference", "status", "cap_on", "free_fuels"};

/// The sets whose elements several columns share; another column is a set of its own.
struct SharedSet {
  const char* column;
  const char* set;
  const char* what;
};
constexpr std::array shared_sets{
    SharedSet{"scenario", "SCEN", "Scenarios"}, SharedSet{"zone", "ZONE", "Zones"},
    SharedSet{"region", "REG", "Regions"},      SharedSet{"origin", "REG", "Regions"},
    SharedSet{"destination", "REG", "Regions"}, SharedSet{"sector", "SECT", "Sectors"},
    SharedSet{"good", "SECT", "Sectors"},       SharedSet{"stressor", "STRS", "Stressors"}};

std::string upper_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) { return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c; });
  return text;
}

/// The set of a column, and what it holds.
std::pair<std::string, std::string> set_of(const std::string& column) {
  for (const SharedSet& shared : shared_sets)
    if (column == shared.column) return {shared.set, shared.what};
  return {upper_case(column.substr(0, 4)), column};
}

/// Two letters of a name: its first two, or the first of its first and of its last word.
std::string two_letters(const std::string& name) {
  const std::size_t last = name.rfind('_');
  return upper_case(last == std::string::npos ? name.substr(0, 2) : std::string{name[0], name[last + 1]});
}

/// A table's rows as places of arrays.
struct Layout {
  Names columns;          ///< of names, one a dimension
  std::vector<int> sets;  ///< of the book
  std::size_t cells = 1;
  std::vector<std::size_t> places;  ///< by row
};

class RunArrays {
 public:
  RunArrays(const RunDocument& document, std::string path) : document_(document), path_(std::move(path)) {
    for (const Json& scenario : document.summary["scenarios"]) order_["SCEN"].push_back(scenario["name"]);
    book_.set("SCEN", "Scenarios", order_["SCEN"]);
    add_named("REG", "Regions", "regions", "REGN");
    add_named("SECT", "Sectors", "sectors", "SECN");
    for (const Table& table : document.tables)
      for (std::size_t column = 0; column < table.columns.size(); ++column)
        if (names_rows(table, column)) order(table, column);
  }

  HarFile file(const std::string& version) {
    describe(version);
    for (const Table& table : document_.tables)
      if (!table.rows.empty()) add(table);
    return book_.file(path_);
  }

 private:
  /// A set of the dataset and the names of its elements, where the run has kept them.
  void add_named(const std::string& set, const std::string& what, const char* key, const std::string& header) {
    if (!document_.about.contains(key)) return;
    Names names;
    for (const auto& [code, name] : document_.about[key].items()) {
      order_[set].push_back(code);
      names.push_back(fmt::format("{}: {}", code, name.get<std::string>()));
    }
    book_.set(set, what, order_[set]);
    book_.text(header, "Names of " + std::string(key), names);
  }

  static bool names_rows(const Table& table, std::size_t column) {
    return !table.rows.empty() && std::holds_alternative<std::string>(table.rows.front()[column]) &&
           !remarks.contains(table.columns[column]);
  }

  static const std::string& text(const Table& table, std::size_t row, std::size_t column) {
    return std::get<std::string>(table.rows[row][column]);
  }

  /// Elements stand in the order in which they occur first.
  void order(const Table& table, std::size_t column) {
    const std::string name = set_of(table.columns[column]).first;
    Names& known = order_[name];
    std::set<std::string>& seen = seen_[name];
    if (seen.empty()) seen.insert(known.begin(), known.end());
    for (std::size_t row = 0; row < table.rows.size(); ++row)
      if (const std::string& element = text(table, row, column); seen.insert(element).second) known.push_back(element);
  }

  void describe(const std::string& version) {
    const Json& summary = document_.summary;
    const auto said = [](const Json& json, const char* key) {
      return json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : std::string();
    };
    book_.say(fmt::format("Results of study {} on dataset {}, solved by levee {}, written by levee {}.",
                          said(summary, "study"), said(summary, "dataset"), said(document_.run, "version"), version));
    book_.say(
        fmt::format("Money: {} at prices of {}, deflated with the world's consumer price index. Cells without a "
                    "row in the run's tables, or without a figure, are 0. Figures have single precision.",
                    said(summary["units"], "money"), summary["units"]["price_year"].dump()));
    if (document_.about.contains("sources"))
      for (const Json& source : document_.about["sources"])
        book_.say(fmt::format("Source: {}. Licence: {}. {}", said(source, "title"), said(source, "licence"),
                              said(source, "citation")));
    for (const Json& scenario : summary["scenarios"])
      book_.say(fmt::format("Scenario {}: {}, measured against {}", said(scenario, "name"), said(scenario, "status"),
                            said(scenario, "reference")));
  }

  /// The elements of a column in the order of all tables; of scenarios all, so that they are one set in every array.
  Names elements(const Table& table, std::size_t column) const {
    const Names& all = order_.at(set_of(table.columns[column]).first);
    if (table.columns[column] == "scenario") return all;
    std::set<std::string> held;
    for (std::size_t row = 0; row < table.rows.size(); ++row) held.insert(text(table, row, column));
    Names result;
    std::ranges::copy_if(all, std::back_inserter(result), [&](const std::string& name) { return held.contains(name); });
    return result;
  }

  Layout layout(const Table& table) {
    Layout layout;
    layout.places.assign(table.rows.size(), 0);
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      if (!names_rows(table, column)) continue;
      const Names names = elements(table, column);
      std::map<std::string, std::size_t> index;
      for (const std::string& name : names) index.emplace(name, index.size());
      for (std::size_t row = 0; row < table.rows.size(); ++row)
        layout.places[row] += layout.cells * index.at(text(table, row, column));
      const auto [set, what] = set_of(table.columns[column]);
      layout.columns.push_back(table.columns[column]);
      layout.sets.push_back(book_.set(set, fmt::format("{}, as in {}", what, table.name), names));
      layout.cells *= names.size();
      if (layout.cells > (largest_text() - taken_) / sizeof(double))
        throw InputError({path_, 0, 0},
                         fmt::format("there is no memory for table {} in full: run fewer scenarios", table.name));
    }
    refuse_double_rows(table, layout.places);
    return layout;
  }

  void refuse_double_rows(const Table& table, std::vector<std::size_t> places) const {
    std::ranges::sort(places);
    if (std::ranges::adjacent_find(places) != places.end())
      throw InputError({path_, 0, 0}, fmt::format("table {} has two rows of the same names", table.name));
  }

  void add(const Table& table) {
    const Layout rows = layout(table);
    const std::string unit = unit_of(table, rows.columns);
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      if (std::holds_alternative<std::string>(table.rows.front()[column])) continue;
      std::vector<double> figures(rows.cells, 0.0);
      taken_ += rows.cells * sizeof(double);
      for (std::size_t row = 0; row < table.rows.size(); ++row)
        if (const double figure = std::get<double>(table.rows[row][column]); !std::isnan(figure))
          figures[rows.places[row]] = figure;
      const std::string& name = table.columns[column];
      const std::string header = two_letters(table.name) + two_letters(name);
      const bool percent = name.ends_with("percent") || name.starts_with("percent");
      book_.add({header, header, fmt::format("{}, {}", table.name, name), percent ? "%" : unit, rows.sets,
                 std::move(figures)});
    }
  }

  /// The unit of a table's rows; where rows differ, that of each element of the column that tells them apart.
  static std::string unit_of(const Table& table, const Names& columns) {
    const auto place = [&](const std::string& name) {
      return static_cast<std::size_t>(std::ranges::find(table.columns, name) - table.columns.begin());
    };
    const std::size_t unit = place("unit");
    if (unit == table.columns.size()) return "";
    std::set<std::string> all;
    for (std::size_t row = 0; row < table.rows.size(); ++row) all.insert(text(table, row, unit));
    if (all.size() == 1) return *all.begin();
    for (const std::string& column : columns) {
      std::map<std::string, std::string> by_element;
      const std::size_t at = place(column);
      bool tells = true;
      for (std::size_t row = 0; row < table.rows.size() && tells; ++row) {
        const auto [found, added] = by_element.emplace(text(table, row, at), text(table, row, unit));
        tells = added || found->second == text(table, row, unit);
      }
      if (!tells) continue;
      Names words;
      for (const auto& [element, of] : by_element) words.push_back(fmt::format("{}: {}", element, of));
      return fmt::format("{}", fmt::join(words, "; "));
    }
    return fmt::format("{}", fmt::join(all, "; "));
  }

  const RunDocument& document_;
  std::string path_;
  std::map<std::string, Names> order_;  ///< elements of all columns of a set
  std::map<std::string, std::set<std::string>> seen_;
  std::uint64_t taken_ = 0;  ///< bytes of figures
  HarBook book_;
};

}  // namespace

HarFile run_har(const RunDocument& document, const std::string& version, const std::string& path) {
  return RunArrays(document, path).file(version);
}

}  // namespace levee
