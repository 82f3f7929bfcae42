#include "report/embedded_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>
#include <unordered_map>

#include "report/derived_column.hpp"
#include "report/packed_text.hpp"

namespace levee {

namespace {

/// One more than the page promises, since it works out some columns from others.
constexpr int kDigits = 9;
constexpr int kFewDigits = 6;

std::string json_string(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string json_number(double value, int digits) { return std::isfinite(value) ? printed(value, digits) : "null"; }

std::string json_cell(const Cell& cell, int digits) {
  if (const auto* text = std::get_if<std::string>(&cell)) return json_string(*text);
  return json_number(std::get<double>(cell), digits);
}

bool same(const Cell& a, const Cell& b) {
  const auto* x = std::get_if<double>(&a);
  const auto* y = std::get_if<double>(&b);
  return x && y && std::isnan(*x) ? std::isnan(*y) : a == b;
}

template <class Item, class Print>
std::string json_array(const std::vector<Item>& items, Print&& print) {
  std::string out = "[";
  for (const Item& item : items) {
    if (out.size() > 1) out += ',';
    out += print(item);
  }
  return out + ']';
}

/// A column of text as indices into its distinct values, in order of appearance.
struct Coded {
  std::vector<std::string> dictionary;
  std::vector<std::size_t> codes;
};

std::optional<Coded> coded(const Table& table, std::size_t column) {
  Coded out;
  std::unordered_map<std::string, std::size_t> index;
  for (const auto& row : table.rows) {
    const auto* text = std::get_if<std::string>(&row[column]);
    if (!text) return std::nullopt;
    const auto [entry, fresh] = index.try_emplace(*text, out.dictionary.size());
    if (fresh) out.dictionary.push_back(*text);
    out.codes.push_back(entry->second);
  }
  return out;
}

/// The length of each entry's run when the codes are 0..0 1..1 .. k..k repeated; 0 when they are not.
std::size_t loop_run(const Coded& column) {
  const auto& codes = column.codes;
  const auto change = std::find_if(codes.begin(), codes.end(), [](std::size_t code) { return code != 0; });
  const auto run = static_cast<std::size_t>(change - codes.begin());
  if (run == 0) return 0;
  for (std::size_t row = 0; row < codes.size(); ++row)
    if (codes[row] != row / run % column.dictionary.size()) return 0;
  return run;
}

std::string coded_column(const Coded& column) {
  const std::string dictionary = fmt::format("\"dictionary\":{}", json_array(column.dictionary, json_string));
  if (const std::size_t run = loop_run(column)) return fmt::format("{},\"run\":{}", dictionary, run);
  return fmt::format("{},\"codes\":{}", dictionary,
                     json_array(column.codes, [](std::size_t code) { return fmt::format("{}", code); }));
}

std::string values_of(const Table& table, std::size_t column, int digits, const std::vector<std::size_t>& rows) {
  return json_array(rows, [&](std::size_t row) { return json_cell(table.rows[row][column], digits); });
}

/// The column as the page works it out from others, empty when it cannot.
std::string derived_content(const Table& table, std::size_t column, int digits) {
  const auto derived = derived_column(table, column, digits);
  if (!derived) return "";
  if (derived->rule == DerivedColumn::Rule::percent)
    return fmt::format("\"percent\":[{},{}]", json_string(derived->change), json_string(derived->level));
  return fmt::format("\"change\":{},\"values\":{}", json_string(derived->change),
                     values_of(table, column, digits, derived->given_rows));
}

std::string column_content(const Table& table, std::size_t column, int digits) {
  if (table.rows.empty()) return "\"values\":[]";
  const Cell& first = table.rows.front()[column];
  const bool constant = std::all_of(table.rows.begin(), table.rows.end(),
                                    [&](const std::vector<Cell>& row) { return same(row[column], first); });
  if (constant) return "\"constant\":" + json_cell(first, digits);
  if (std::string derived = derived_content(table, column, digits); !derived.empty()) return derived;
  if (const auto text = coded(table, column)) return coded_column(*text);
  return "\"values\":" +
         json_array(table.rows, [&](const std::vector<Cell>& row) { return json_cell(row[column], digits); });
}

std::string table_head(const std::string& name, std::size_t rows) {
  return fmt::format("{{\"name\":{},\"rows\":{}", json_string(name), rows);
}

std::string omitted_table(const TableOutline& table) {
  const auto name = [](const std::string& column) { return fmt::format("{{\"name\":{}}}", json_string(column)); };
  return fmt::format("{},\"omitted\":true,\"columns\":{}}}", table_head(table.name, table.rows),
                     json_array(table.columns, name));
}

std::string list_of(std::vector<std::string> parts, const std::vector<TableOutline>& left_out) {
  for (const TableOutline& table : left_out) parts.push_back(omitted_table(table));
  return json_array(parts, [](const std::string& part) { return part; });
}

}  // namespace

std::string embedded_table(const Table& table, int digits) {
  std::string out = table_head(table.name, table.rows.size()) + ",\"columns\":[";
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    out += fmt::format("{}{{\"name\":{},{}}}", c == 0 ? "" : ",", json_string(table.columns[c]),
                       column_content(table, c, digits));
  return out + "]}";
}

std::string embedded_tables(const std::vector<Table>& tables, const std::vector<TableOutline>& left_out) {
  std::vector<std::string> parts;
  for (const Table& table : tables) parts.push_back(embedded_table(table, kDigits));
  return list_of(std::move(parts), left_out);
}

std::string embedded_tables(const std::vector<Table>& tables, const std::vector<TableOutline>& left_out,
                            std::size_t budget) {
  std::vector<std::string> parts;
  std::vector<std::size_t> sizes;
  const auto put = [&](std::size_t i, std::string part) {
    sizes[i] = gzip(part).size();
    parts[i] = std::move(part);
  };
  parts.resize(tables.size());
  sizes.resize(tables.size());
  for (std::size_t i = 0; i < tables.size(); ++i) put(i, embedded_table(tables[i], 8));
  std::vector<std::size_t> order(tables.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return sizes[a] > sizes[b]; });
  const auto too_large = [&] { return std::accumulate(sizes.begin(), sizes.end(), std::size_t{0}) > budget; };
  for (const std::size_t i : order)
    if (too_large()) put(i, embedded_table(tables[i], kFewDigits));
  for (const std::size_t i : order)
    if (too_large()) put(i, omitted_table({tables[i].name, tables[i].columns, tables[i].rows.size()}));
  return list_of(std::move(parts), left_out);
}

}  // namespace levee
