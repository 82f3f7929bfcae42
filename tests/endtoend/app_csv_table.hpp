#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

namespace levee::testing {

/// A CSV file as texts, read by other code than the program's own.
struct CsvTable {
  std::vector<std::vector<std::string>> rows;  ///< the header first

  explicit CsvTable(const std::string& text) {
    bool quoted = false;
    std::vector<std::string> row(1);
    for (const char c : text) {
      if (c == '"') {
        quoted = !quoted;  // a doubled quote leaves the field and enters it again; no file here has one
      } else if (c == ',' && !quoted) {
        row.emplace_back();
      } else if (c == '\n' && !quoted) {
        rows.push_back(std::move(row));
        row.assign(1, "");
      } else if (c != '\r') {
        row.back() += c;
      }
    }
    if (row.size() > 1) rows.push_back(std::move(row));
  }

  std::string text() const {
    std::string result;
    for (const std::vector<std::string>& row : rows) {
      for (std::size_t k = 0; k < row.size(); ++k) {
        const bool plain = row[k].find(',') == std::string::npos;
        result += (k > 0 ? "," : "") + (plain ? row[k] : '"' + row[k] + '"');
      }
      result += '\n';
    }
    return result;
  }

  std::size_t column(const std::string& name) const {
    const auto found = std::ranges::find(rows.at(0), name);
    EXPECT_NE(found, rows.at(0).end()) << "no column " << name;
    return static_cast<std::size_t>(found - rows.at(0).begin());
  }

  /// The rows whose cells in the columns named are these texts.
  using Match = std::vector<std::pair<std::string, std::string>>;
  std::vector<std::size_t> find(const Match& match) const {
    std::vector<std::size_t> columns, result;
    for (const auto& wanted : match) columns.push_back(column(wanted.first));
    for (std::size_t row = 1; row < rows.size(); ++row) {
      bool all = true;
      for (std::size_t k = 0; k < columns.size() && all; ++k) all = rows[row][columns[k]] == match[k].second;
      if (all) result.push_back(row);
    }
    return result;
  }

  double number(std::size_t row, const std::string& name) const {
    return std::strtod(rows[row][column(name)].c_str(), nullptr);
  }

  double sum(const std::string& name, const Match& match) const {
    double total = 0;
    for (const std::size_t row : find(match)) total += number(row, name);
    return total;
  }

  /// The figure of the one row that matches.
  double value(const std::string& name, const Match& match) const {
    const std::vector<std::size_t> found = find(match);
    EXPECT_EQ(found.size(), 1u) << "rows for " << match.front().second << " ... " << match.back().second;
    return found.empty() ? 0 : number(found.front(), name);
  }
};

}  // namespace levee::testing
