#pragma once

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "data/csv.hpp"
#include "rules/rule_book.hpp"

namespace levee {

/// The columns of a table. Optional ones may be absent, and their cells blank.
struct TableColumns {
  std::vector<std::string> required, optional;
};

/// Words that confidence is told with.
const std::vector<std::string>& confidence_words();

/// A table of rules: a CSV file whose columns are known by name, in any order.
class RuleTable {
 public:
  /// `sources` are the keys that rows may cite. Throws InputError when the file cannot be read or a column is missing,
  /// unknown or there twice.
  RuleTable(const std::string& path, const TableColumns& columns, std::vector<std::string> sources);

  int rows() const { return file_.rows() - 1; }
  const CsvFile& file() const { return file_; }
  int column(const std::string& name) const;  ///< -1 when absent
  const std::vector<std::string>& sources() const { return sources_; }

 private:
  CsvFile file_;
  std::map<std::string, int> columns_;
  std::vector<std::string> sources_;
};

/// One row of a table, whose cells are read into a struct. What is wrong with any of them is collected.
class RuleCells {
 public:
  /// `row` counts from 1, after the header.
  RuleCells(const RuleTable& table, int row, Diagnostics& faults) : table_(table), row_(row), faults_(faults) {}

  void head(RuleRow& into);  ///< place, source and confidence
  void text(const char* column, std::string& into);
  void optional_text(const char* column, std::string& into);
  void texts(const char* column, std::vector<std::string>& into);  ///< words between blanks; may be none
  void code(const char* column, std::string& into);                ///< of the Combined Nomenclature
  void amount(const char* column, double& into);                   ///< a number >= 0
  void optional_amount(const char* column, double& into);          ///< blank: no_figure
  void share(const char* column, double& into);                    ///< from 0 to 1
  void year(const char* column, int& into);
  void last_year(const char* column, int first, int& into);  ///< not before `first`; blank: no_last_year
  void yes_or_no(const char* column, bool& into);            ///< blank: no
  void period(const char* column, std::string& into);        ///< 2026 or 2026-Q1
  /// One of the words given, each with what it stands for.
  template <class Meaning>
  void word(const char* column, std::span<const std::pair<const char*, Meaning>> words, Meaning& into) {
    std::vector<std::string> names;
    for (const auto& [name, meaning] : words) names.emplace_back(name);
    guard([&] { into = words[index_of(column, names)].second; });
  }

  /// Refuses the row for what its cells say together.
  void refuse(const char* column, const std::string& message);
  bool good() const { return good_; }

 private:
  template <class Work>
  void guard(Work&& work) {
    good_ = faults_.guard(std::forward<Work>(work)) && good_;
  }
  int at(const char* column) const;  ///< throws when the column is absent: a fault of the program
  std::string cell(const char* column) const;
  std::string filled(const char* column) const;
  std::size_t index_of(const char* column, const std::vector<std::string>& words) const;
  InputError error(const char* column, const std::string& message) const;

  const RuleTable& table_;
  int row_;
  Diagnostics& faults_;
  bool good_ = true;
};

}  // namespace levee
