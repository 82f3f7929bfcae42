// A rule book and its tables, one after the other. Whatever they hold, reading and asking ends in an answer or an
// InputError.
#include <cstddef>
#include <cstdint>

#include "fuzz/fuzzed_files.hpp"
#include "rules/rule_lookup.hpp"

namespace {

/// Asks what the first rows are about, so that answers are found, and what is a little off.
void ask(const levee::RuleBook& book) {
  const levee::Location asked{"question", 1, 1};
  const auto guarded = [](auto&& question) {
    try {
      question();
    } catch (const levee::InputError&) {
    }
  };
  for (const levee::ScopeRule& row : book.scope) guarded([&] { levee::scope_of(book, row.cn + "0", asked); });
  for (const levee::BorderBenchmark& row : book.benchmarks) {
    guarded([&] { levee::border_benchmark(book, row.cn, "", row.column, row.first_year, asked); });
    guarded([&] { levee::border_benchmark(book, row.cn.substr(0, 2), row.route, row.column, 2026, asked); });
  }
  for (const levee::DefaultValue& row : book.default_values) {
    guarded([&] { levee::default_value(book, row.country, row.cn, row.route, asked); });
    guarded([&] { levee::default_value(book, row.country + "x", row.cn, "", asked); });
  }
  guarded([&] { levee::phase_in(book, 2026, asked); });
  guarded([&] { levee::mark_up(book, "cement", 2026, asked); });
  levee::carbon_price(book, "cbam", 2026);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const auto folder = levee::fuzz::own_folder("rules");
  levee::fuzz::write_files(
      folder,
      {"rules.yaml", "scope.csv", "phase_in.csv", "benchmarks.csv", "default_values.csv", "mark_ups.csv", "prices.csv"},
      levee::fuzz::text_of(bytes, size));
  try {
    ask(levee::read_rule_book((folder / "rules.yaml").string()));
  } catch (const levee::InputError&) {
  }
  return 0;
}
