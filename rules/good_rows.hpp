#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace levee {

/// Rows about goods, of which a question leaves fewer and fewer.
template <class Row>
using GoodRows = std::vector<const Row*>;

/// The rows of a CN code: those of the longest code that it begins with; where there are none, those of the first code
/// that begins with it, if all such codes `say` the same. Empty when there is no answer.
template <class Row, class Say>
GoodRows<Row> rows_of_code(const GoodRows<Row>& rows, const std::string& cn, Say say) {
  std::size_t longest = 0;
  for (const Row* row : rows) {
    if (cn.starts_with(row->cn)) longest = std::max(longest, row->cn.size());
  }
  GoodRows<Row> found;
  if (longest > 0) {
    const std::string code = cn.substr(0, longest);
    std::ranges::copy_if(rows, std::back_inserter(found), [&](const Row* row) { return row->cn == code; });
    return found;
  }
  std::map<std::string, std::set<std::string>> said;
  for (const Row* row : rows) {
    if (row->cn.starts_with(cn)) said[row->cn].insert(say(*row));
  }
  const auto differs = [&](const auto& entry) { return entry.second != said.begin()->second; };
  if (said.empty() || std::ranges::any_of(said, differs)) return found;
  const std::string code = said.begin()->first;
  std::ranges::copy_if(rows, std::back_inserter(found), [&](const Row* row) { return row->cn == code; });
  return found;
}

/// The rows of a route, all of them for a blank one. Empty when there is no answer.
template <class Row>
GoodRows<Row> rows_of_route(const GoodRows<Row>& rows, const std::string& route) {
  if (route.empty()) return rows;
  const auto among = [&](auto&& fits) {
    GoodRows<Row> found;
    std::ranges::copy_if(rows, std::back_inserter(found), fits);
    return found;
  };
  GoodRows<Row> found = among([&](const Row* row) { return row->route == route; });
  if (found.empty()) found = among([&](const Row* row) { return row->route.starts_with(route); });
  if (found.empty()) found = among([&](const Row* row) { return row->route.empty(); });
  return found;
}

/// Names without those that come twice, in order of their first.
template <class Row, class Name>
std::vector<std::string> names_of(const GoodRows<Row>& rows, Name name) {
  std::vector<std::string> names;
  std::set<std::string> seen;
  for (const Row* row : rows) {
    if (seen.insert(name(*row)).second) names.push_back(name(*row));
  }
  return names;
}

}  // namespace levee
