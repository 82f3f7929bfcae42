#include "rules/rule_book.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include "data/file_beside.hpp"
#include "data/schema.hpp"
#include "data/yaml_view.hpp"
#include "rules/rule_tables.hpp"

namespace levee {
namespace {

/// Reads a book and what it extends. `open` holds the books that are being read, the outermost first.
RuleBook read_book(const YamlView& document, std::vector<std::string>& open);

RuleBook read_base(const YamlView& name, std::vector<std::string>& open) {
  const std::string path = file_beside(name);
  const std::string same = std::filesystem::canonical(path).string();
  if (std::ranges::find(open, same) != open.end())
    throw name.error(fmt::format("'{}' extends this file again: expected no circle", name.text()));
  open.push_back(same);
  RuleBook base = read_book(YamlView::load(path), open);
  open.pop_back();
  return base;
}

void add_source(const YamlView& sources, const std::string& key, const YamlView& entry, RuleBook& book) {
  entry.only_keys(schema_keys("rules/source"));
  RuleSource source{key, entry.at("title").text(), ""};
  if (const auto address = entry.find("address")) source.address = address->text();
  for (const RuleSource& known : book.sources) {
    if (known.key != key) continue;
    if (known.title == source.title && known.address == source.address) return;
    throw sources.key_error(
        key, fmt::format("the source '{}' is already one of the base's, '{}'; expected a new key", key, known.title));
  }
  book.sources.push_back(std::move(source));
}

std::vector<std::string> source_keys(const RuleBook& book) {
  std::vector<std::string> keys;
  for (const RuleSource& source : book.sources) keys.push_back(source.key);
  return keys;
}

void read_tables(const YamlView& tables, RuleBook& book, Diagnostics& faults) {
  faults.guard([&] { tables.only_keys(schema_keys("rules/tables")); });
  for (const TableKind& kind : table_kinds()) {
    const auto file = tables.find(kind.name);
    if (file) faults.guard([&] { kind.read(file_beside(*file), source_keys(book), book); });
  }
}

/// Sectors that this book's own tables name must be in scope, where there is a scope.
void check_sectors(const YamlView& tables, const RuleBook& book, Diagnostics& faults) {
  std::vector<std::string> sectors;
  for (const ScopeRule& rule : book.scope) {
    if (std::ranges::find(sectors, rule.sector) == sectors.end()) sectors.push_back(rule.sector);
  }
  if (sectors.empty()) return;
  const auto check = [&](const RuleRow& row, const std::string& sector) {
    if (std::ranges::find(sectors, sector) != sectors.end()) return;
    faults.add(row.where,
               fmt::format("unknown sector '{}': not one of scope's{}", sector, suggestion(sector, sectors)));
  };
  if (tables.has("mark_ups")) {
    for (const MarkUp& row : book.mark_ups) check(row, row.sector);
  }
  if (!tables.has("de_minimis")) return;
  for (const DeMinimis& row : book.de_minimis) {
    for (const std::string& sector : row.excepted) check(row, sector);
  }
}

void read_fallback(const YamlView& document, RuleBook& book, Diagnostics& faults) {
  const auto name = document.find("fallback_country");
  if (name) faults.guard([&] { book.fallback_country = name->text(); });
  if (book.fallback_country.empty() || !faults.empty()) return;
  std::vector<std::string> countries;
  for (const DefaultValue& row : book.default_values) {
    if (row.country == book.fallback_country) return;
    if (countries.empty() || countries.back() != row.country) countries.push_back(row.country);
  }
  faults.add((name ? *name : document)
                 .error(fmt::format("no default value of the fallback country '{}'{}", book.fallback_country,
                                    suggestion(book.fallback_country, countries))));
}

void describe_goods(RuleBook& book) {
  std::map<std::pair<std::string, std::string>, const std::string*> names;
  for (const GoodName& good : book.goods) names[{good.cn, good.route}] = &good.description;
  for (DefaultValue& row : book.default_values) {
    if (!row.description.empty()) continue;
    auto name = names.find({row.cn, row.route});
    if (name == names.end()) name = names.find({row.cn, ""});
    if (name != names.end()) row.description = *name->second;
  }
}

RuleBook read_book(const YamlView& document, std::vector<std::string>& open) {
  document.only_keys(schema_keys("rules"));
  Diagnostics faults;
  RuleBook book;
  if (const auto base = document.find("extends")) book = read_base(*base, open);
  book.path = document.where().file;
  faults.guard([&] { book.name = document.at("rules").text(); });
  faults.guard([&] {
    if (document.has("currency") || book.currency.empty()) book.currency = document.at("currency").text();
  });
  if (const auto sources = document.find("sources")) {
    faults.guard([&] {
      for (const auto& [key, entry] : sources->entries())
        faults.guard([&, &name = key, &value = entry] { add_source(*sources, name, value, book); });
    });
  }
  faults.guard([&] {
    const YamlView tables = document.at("tables");
    if (tables.entries().empty()) throw tables.error("expected a map from tables to their files, with one at least");
    read_tables(tables, book, faults);
    if (faults.empty()) check_sectors(tables, book, faults);
  });
  read_fallback(document, book, faults);
  faults.throw_if_any();
  return book;
}

}  // namespace

RuleBook read_rule_book(const std::string& path) {
  const YamlView document = YamlView::load(path);
  std::vector<std::string> open{std::filesystem::canonical(path).string()};
  RuleBook book = read_book(document, open);
  describe_goods(book);
  return book;
}

}  // namespace levee
