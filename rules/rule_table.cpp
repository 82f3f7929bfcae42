#include "rules/rule_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <stdexcept>

#include "rules/cn_code.hpp"

namespace levee {
namespace {

constexpr int earliest_year = 1900, latest_year = 2200;

bool has_form_of_year(const std::string& text) {
  return text.size() == 4 && std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

}  // namespace

const std::vector<std::string>& confidence_words() {
  static const std::vector<std::string> words{"primary", "secondary", "computed", "stated", "indicative", "user"};
  return words;
}

RuleTable::RuleTable(const std::string& path, const TableColumns& columns, std::vector<std::string> sources)
    : file_(CsvFile::load(path)), sources_(std::move(sources)) {
  std::vector<std::string> known = columns.required;
  known.insert(known.end(), columns.optional.begin(), columns.optional.end());
  known.insert(known.end(), {"source", "confidence"});
  Diagnostics faults;
  for (int column = 0; column < file_.columns(); ++column) {
    const std::string name(file_.cell(0, column));
    if (std::ranges::find(known, name) == known.end()) {
      faults.add(file_.error(0, column, fmt::format("unknown column '{}'{}", name, suggestion(name, known))));
    } else if (!columns_.emplace(name, column).second) {
      faults.add(file_.error(0, column, fmt::format("the column '{}' is there twice", name)));
    }
  }
  for (const std::string& name : known) {
    if (columns_.contains(name) || std::ranges::find(columns.optional, name) != columns.optional.end()) continue;
    faults.guard([&] { file_.column_named(name); });
  }
  faults.throw_if_any();
}

int RuleTable::column(const std::string& name) const {
  const auto found = columns_.find(name);
  return found == columns_.end() ? -1 : found->second;
}

int RuleCells::at(const char* column) const {
  const int index = table_.column(column);
  if (index < 0) throw std::logic_error(fmt::format("no column '{}' was asked of {}", column, table_.file().path()));
  return index;
}

std::string RuleCells::cell(const char* column) const {
  const int index = table_.column(column);
  return index < 0 ? "" : std::string(table_.file().cell(row_, index));
}

std::string RuleCells::filled(const char* column) const {
  std::string found = cell(column);
  if (found.empty()) throw error(column, fmt::format("found an empty cell, expected the {} of the row", column));
  return found;
}

InputError RuleCells::error(const char* column, const std::string& message) const {
  return table_.file().error(row_, at(column), message);
}

std::size_t RuleCells::index_of(const char* column, const std::vector<std::string>& words) const {
  const std::string found = filled(column);
  const auto word = std::ranges::find(words, found);
  if (word == words.end())
    throw error(column, fmt::format("unknown {} '{}'{}", column, found, suggestion(found, words)));
  return static_cast<std::size_t>(word - words.begin());
}

void RuleCells::head(RuleRow& into) {
  into.where = table_.file().where(row_, 0);
  guard([&] {
    if (table_.sources().empty())
      throw error("source", "the rule book has no sources; expected a key of its 'sources'");
    into.source = table_.sources()[index_of("source", table_.sources())];
  });
  guard([&] { into.confidence = confidence_words()[index_of("confidence", confidence_words())]; });
}

void RuleCells::text(const char* column, std::string& into) {
  guard([&] { into = filled(column); });
}

void RuleCells::optional_text(const char* column, std::string& into) { into = cell(column); }

void RuleCells::texts(const char* column, std::vector<std::string>& into) {
  const std::string found = cell(column);
  for (std::size_t from = 0; from < found.size();) {
    const std::size_t to = std::min(found.find(' ', from), found.size());
    if (to > from) into.push_back(found.substr(from, to - from));
    from = to + 1;
  }
}

void RuleCells::code(const char* column, std::string& into) {
  guard([&] {
    const std::string found = filled(column);
    try {
      into = cn_digits(found, {});
    } catch (const InputError& fault) {
      throw error(column, fault.diagnostics().front().message);
    }
  });
}

void RuleCells::amount(const char* column, double& into) {
  guard([&] {
    into = table_.file().number(row_, at(column));
    if (into < 0) throw error(column, fmt::format("found {}, expected a figure of at least 0", into));
  });
}

void RuleCells::optional_amount(const char* column, double& into) {
  into = no_figure;
  if (!cell(column).empty()) amount(column, into);
}

void RuleCells::share(const char* column, double& into) {
  guard([&] {
    into = table_.file().number(row_, at(column));
    if (into < 0 || into > 1) throw error(column, fmt::format("found {}, expected a share from 0 to 1", into));
  });
}

void RuleCells::year(const char* column, int& into) {
  guard([&] {
    const std::string found = filled(column);
    into = has_form_of_year(found) ? std::stoi(found) : 0;
    if (into < earliest_year || into > latest_year)
      throw error(column, fmt::format("found '{}', expected a year from {} to {}", found, earliest_year, latest_year));
  });
}

void RuleCells::last_year(const char* column, int first, int& into) {
  into = no_last_year;
  if (cell(column).empty()) return;
  year(column, into);
  if (good_ && into < first)
    refuse(column, fmt::format("found {}, expected no year before the first, {}", into, first));
}

void RuleCells::yes_or_no(const char* column, bool& into) {
  if (cell(column).empty()) return;
  guard([&] { into = index_of(column, {"no", "yes"}) == 1; });
}

void RuleCells::period(const char* column, std::string& into) {
  guard([&] {
    into = filled(column);
    const bool quarter = into.size() == 7 && into.compare(4, 2, "-Q") == 0 && into[6] >= '1' && into[6] <= '4';
    if (has_form_of_year(into.substr(0, 4)) && (into.size() == 4 || quarter)) return;
    throw error(column, fmt::format("found '{}', expected a year, as in 2026, or a quarter, as in 2026-Q1", into));
  });
}

void RuleCells::refuse(const char* column, const std::string& message) {
  guard([&] { throw error(column, message); });
}

}  // namespace levee
