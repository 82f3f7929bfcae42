#include "report/derived_column.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <unordered_map>

namespace levee {

namespace {

std::optional<std::size_t> column_named(const Table& table, std::string_view name) {
  const auto found = std::find(table.columns.begin(), table.columns.end(), name);
  if (found == table.columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - table.columns.begin());
}

double number_or_nan(const Cell& cell) {
  const auto* value = std::get_if<double>(&cell);
  return value && std::isfinite(*value) ? *value : std::nan("");
}

/// The number as the page reads it.
double read_back(const Cell& cell, int digits) {
  const double value = number_or_nan(cell);
  return std::isnan(value) ? value : std::stod(printed(value, digits));
}

bool agrees(double derived, const Cell& cell, int digits) {
  const double given = number_or_nan(cell);
  if (std::isnan(given)) return !std::isfinite(derived);
  return std::abs(derived - given) <= 5 * std::pow(10.0, 1 - digits) * std::abs(given);
}

bool all_text(const Table& table, std::size_t column) {
  return std::all_of(table.rows.begin(), table.rows.end(),
                     [&](const std::vector<Cell>& row) { return std::holds_alternative<std::string>(row[column]); });
}

std::optional<DerivedColumn> as_percent(const Table& table, std::size_t column, std::size_t change, int digits) {
  for (const char* name : {"volume", "value"}) {
    const auto level = column_named(table, name);
    if (!level) continue;
    const bool follows = std::all_of(table.rows.begin(), table.rows.end(), [&](const std::vector<Cell>& row) {
      const double moved = read_back(row[change], digits);
      return agrees(100 * moved / (read_back(row[*level], digits) - moved), row[column], digits);
    });
    if (follows) return DerivedColumn{DerivedColumn::Rule::percent, table.columns[change], name, {}};
  }
  return std::nullopt;
}

/// The reference row of each row, the row itself where there is no other.
std::vector<std::size_t> reference_rows(const Table& table, std::size_t scenario, std::size_t reference) {
  std::vector<std::size_t> keys;
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    if (c != scenario && c != reference && all_text(table, c)) keys.push_back(c);
  const auto name = [&](std::size_t row, std::size_t first) {
    std::string text = std::get<std::string>(table.rows[row][first]);
    for (const std::size_t key : keys) text += '\n' + std::get<std::string>(table.rows[row][key]);
    return text;
  };
  std::unordered_map<std::string, std::size_t> index;
  for (std::size_t row = 0; row < table.rows.size(); ++row) index.insert_or_assign(name(row, scenario), row);
  std::vector<std::size_t> result;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const auto found = index.find(name(row, reference));
    result.push_back(found == index.end() ? row : found->second);
  }
  return result;
}

std::optional<DerivedColumn> as_level(const Table& table, std::size_t column, std::size_t change, int digits) {
  const auto scenario = column_named(table, "scenario");
  const auto reference = column_named(table, "reference");
  if (!scenario || !reference || !all_text(table, *scenario) || !all_text(table, *reference)) return std::nullopt;
  DerivedColumn result{DerivedColumn::Rule::from_reference, table.columns[change], "", {}};
  const std::vector<std::size_t> before = reference_rows(table, *scenario, *reference);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    if (before[row] == row) {
      result.given_rows.push_back(row);
      continue;
    }
    // A reference row's own figure must be one that is given.
    if (before[before[row]] != before[row]) return std::nullopt;
    const double derived =
        read_back(table.rows[before[row]][column], digits) + read_back(table.rows[row][change], digits);
    if (!agrees(derived, table.rows[row][column], digits)) return std::nullopt;
  }
  return result;
}

}  // namespace

std::string printed(double value, int digits) { return value == 0 ? "0" : fmt::format("{:.{}g}", value, digits); }

std::optional<DerivedColumn> derived_column(const Table& table, std::size_t column, int digits) {
  const auto change = column_named(table, "change");
  if (!change) return std::nullopt;
  if (table.columns[column] == "change_percent") return as_percent(table, column, *change, digits);
  constexpr std::array levels = {"volume", "value"};
  const bool is_level = std::find(levels.begin(), levels.end(), table.columns[column]) != levels.end();
  return is_level ? as_level(table, column, *change, digits) : std::nullopt;
}

}  // namespace levee
