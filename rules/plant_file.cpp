#include "rules/plant_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "data/file_beside.hpp"
#include "data/schema.hpp"
#include "rules/exchange_rates.hpp"
#include "rules/rule_lookup.hpp"

namespace levee {

namespace {

constexpr FigureRange any_share{0, 1};
constexpr FigureRange above_zero{.above_least = true};
constexpr int longest_path = 100;

/// What the whole file says, for its methods to fall back on.
struct PlantContext {
  const YamlView& document;
  const RuleBook* book = nullptr;  ///< null without one
  std::vector<int> years;
  const PlantActivity* plant = nullptr;
  std::string unit;

  const RuleBook& rules(const YamlView& asked, const char* what) const {
    if (book != nullptr) return *book;
    throw asked.error(fmt::format("{} are asked of the rules; expected the key `rules` with a rule book", what));
  }
};

std::string text_or(const YamlView& map, const char* key, const std::string& otherwise) {
  const auto value = map.find(key);
  return value ? value->text() : otherwise;
}

/// Every year of a path, within a range too where it grew out of it.
std::map<int, double> every_year(const YearPath& path, const std::vector<int>& years, const FigureRange& range = {}) {
  std::map<int, double> figures;
  for (const int year : years) {
    const double figure = path.at(year);
    if (const std::string breach = range.breach(figure); !breach.empty())
      throw InputError(path.where(), fmt::format("{:g} in {} {}", figure, year, breach));
    figures[year] = figure;
  }
  return figures;
}

/// The market's own name for a thing: the method's, else the plant's.
std::string named(const PlantContext& context, const YamlView& method, const char* key) {
  const auto own = method.find(key);
  return own ? own->text() : text_or(context.document, key, "");
}

std::string required_name(const PlantContext& context, const YamlView& method, const char* key) {
  std::string name = named(context, method, key);
  if (!name.empty()) return name;
  throw method.error(fmt::format("a benchmark is asked of the rules; expected the key `{}` here or of the plant", key));
}

std::map<int, BenchmarkOfYear> benchmarks_of_rules(const PlantContext& context, const YamlView& method) {
  const RuleBook& book = context.rules(method, "benchmarks");
  const std::string market = required_name(context, method, "market");
  const std::string product = required_name(context, method, "product");
  const std::string technology = named(context, method, "technology");
  std::map<int, BenchmarkOfYear> result;
  for (const int year : context.years) {
    const AllowanceBenchmark& row = allowance_benchmark(book, market, product, technology, year, method.where());
    if (row.unit != "tCO2/" + context.unit && row.unit != "tCO2e/" + context.unit)
      throw method.error(fmt::format("the benchmark of {} is in {}, output in {}; expected the same unit of output",
                                     product, row.unit, context.unit));
    result[year] = {row.value, row.source, row.confidence};
  }
  return result;
}

std::map<int, BenchmarkOfYear> read_benchmarks(const PlantContext& context, const YamlView& method) {
  const auto given = method.find("benchmark");
  if (!given) return benchmarks_of_rules(context, method);
  std::map<int, BenchmarkOfYear> result;
  for (const auto& [year, value] : every_year(read_year_path(*given, context.years.front()), context.years))
    result[year] = {value, "", "user"};
  return result;
}

/// Throws at `asked` when a path has no figure for a year that a rule looks back to.
void need_year(const YearPath& path, const char* key, int year, const YamlView& asked) {
  try {
    path.at(year);
  } catch (const InputError& error) {
    throw asked.error(fmt::format("`{}`: {}", key, error.diagnostics().front().message));
  }
}

std::vector<int> read_base_years(const PlantContext& context, const YamlView& value, bool of_emissions) {
  std::set<int> years;
  for (const YamlView& item : value.items()) {
    const int year = item.integer();
    if (year > context.years.front())
      throw item.error(
          fmt::format("the base year {} comes after {}, the first year asked", year, context.years.front()));
    need_year(context.plant->output, "output", year, item);
    if (of_emissions) need_year(context.plant->intensity, "intensity", year, item);
    if (!years.insert(year).second) throw item.error(fmt::format("the base year {} is given twice", year));
  }
  if (years.empty()) throw value.error("expected at least one base year");
  return {years.begin(), years.end()};
}

Grandfathering read_grandfathering(const PlantContext& context, const YamlView& method) {
  return {read_base_years(context, method.at("base_years"), true)};
}

ActivityBenchmark read_activity_benchmark(const PlantContext& context, const YamlView& method) {
  ActivityBenchmark rule{read_base_years(context, method.at("base_years"), false), {}};
  const auto threshold = method.find("adjust_above");
  if (!threshold) return rule;
  rule.adjust_above = threshold->number();
  if (*rule.adjust_above < 0) throw threshold->error(fmt::format("{:g} is below 0", *rule.adjust_above));
  need_year(context.plant->output, "output", context.years.front() - 2, *threshold);
  return rule;
}

OutputBased read_output_based(const PlantContext& context, const YamlView& method) {
  OutputBased rule;
  const auto lag = method.find("lag"), average = method.find("average");
  if (lag) rule.lag = lag->integer();
  if (rule.lag < 0) throw lag->error(fmt::format("{} years ago has yet to come; expected 0 or more", rule.lag));
  if (average) rule.average = average->integer();
  if (rule.average < 1) throw average->error(fmt::format("the mean of {} years; expected 1 or more", rule.average));
  if (rule.lag > longest_path) throw lag->error(fmt::format("more than {} years", longest_path));
  if (rule.average > longest_path) throw average->error(fmt::format("more than {} years", longest_path));
  const int oldest = context.years.front() - rule.lag - rule.average + 1;
  need_year(context.plant->output, "output", oldest, lag ? *lag : average ? *average : method);
  return rule;
}

IntensityBased read_intensity_based(const PlantContext& context, const YamlView& method) {
  const int first = context.years.front();
  const YamlView balance = method.at("balance"), cap = method.at("cap");
  const auto slope = method.find("slope");
  IntensityBased rule{read_year_path(balance, first, above_zero),
                      slope ? read_year_path(*slope, first) : YearPath::constant(1, method.where()),
                      read_year_path(cap, first, any_share)};
  every_year(rule.balance, context.years, above_zero);
  every_year(rule.slope, context.years);
  every_year(rule.cap, context.years, any_share);
  return rule;
}

/// What is given of a method's allowances in each year.
std::map<int, double> read_share(const PlantContext& context, const YamlView& method) {
  const int first = context.years.front();
  const auto share = method.find("share"), correction = method.find("correction_factor"),
             border = method.find("border_phase_in");
  std::map<int, double> result;
  for (const int year : context.years) result[year] = 1;
  for (const auto& factor : {share, correction}) {
    if (!factor) continue;
    for (const auto& [year, value] : every_year(read_year_path(*factor, first, any_share), context.years, any_share))
      result[year] *= value;
  }
  if (!border || !border->boolean()) return result;
  const RuleBook& book = context.rules(*border, "shares of free allocation that are left");
  for (const int year : context.years) {
    const PhaseInYear& row = phase_in(book, year, border->where());
    result[year] *= row.remaining;
    if (!correction && !std::isnan(row.correction_factor)) result[year] *= row.correction_factor;
  }
  return result;
}

AllowanceMethod read_method(const PlantContext& context, const std::string& name, const YamlView& value) {
  static const std::vector<std::string> words{"grandfathering", "benchmark", "output_based", "intensity_based"};
  const YamlView chosen = value.at("method");
  const std::string word = chosen.text();
  if (std::ranges::find(words, word) == words.end())
    throw chosen.error(fmt::format("unknown method '{}'{}", word, suggestion(word, words)));
  value.only_keys(schema_keys("plant/" + word));
  AllowanceMethod method{name, Grandfathering{}, {}, read_share(context, value)};
  if (word == "grandfathering") {
    method.rule = read_grandfathering(context, value);
  } else if (word == "intensity_based") {
    method.rule = read_intensity_based(context, value);
  } else {
    method.benchmarks = read_benchmarks(context, value);
    if (word == "benchmark")
      method.rule = read_activity_benchmark(context, value);
    else
      method.rule = read_output_based(context, value);
  }
  return method;
}

PriceOrigin price_of_rules(const PlantContext& context, const YamlView& asked, int year) {
  const RuleBook& book = context.rules(asked, "prices");
  const auto market = context.document.find("market");
  if (!market) throw asked.error("prices are asked of the rules; expected the key `market`");
  const auto price = carbon_price(book, market->text(), year);
  if (price) return {price->value, price->currency, 1, price->source, price->confidence};
  std::set<std::string> markets;
  for (const CarbonPrice& row : book.carbon_prices) markets.insert(row.market);
  if (markets.contains(market->text())) {
    throw asked.error(
        fmt::format("the rules have no price of {} in {}; expected prices by year here", market->text(), year));
  }
  const std::vector<std::string> known(markets.begin(), markets.end());
  throw market->error(
      fmt::format("the rules have no prices of the market '{}'{}", market->text(), suggestion(market->text(), known)));
}

std::map<int, PriceOrigin> read_prices(const PlantContext& context, const ExchangeRates& rates) {
  const YamlView asked = context.document.at("price");
  const auto currency = context.document.find("price_currency");
  const bool of_rules = asked.is_scalar() && asked.text() == "market";
  if (of_rules && currency)
    throw context.document.key_error("price_currency", "prices of the rules have their own currency");
  std::optional<YearPath> given;
  if (!of_rules) given = read_year_path(asked, context.years.front());
  std::map<int, PriceOrigin> prices;
  for (const int year : context.years) {
    PriceOrigin price =
        given ? PriceOrigin{given->at(year), currency ? currency->text() : rates.currency(), 1, "", "user"}
              : price_of_rules(context, asked, year);
    price.rate = rates.rate(price.currency, year, currency ? currency->where() : asked.where());
    prices[year] = price;
  }
  return prices;
}

double read_discount_rate(const YamlView& document) {
  const auto value = document.find("discount_rate");
  const double rate = value ? value->number() : 0;
  if (rate < 0) throw value->error(fmt::format("a discount rate of {:g} is below 0", rate));
  return rate;
}

std::optional<RuleBook> read_rules(const YamlView& document) {
  const auto name = document.find("rules");
  if (!name) return {};
  return read_rule_book(file_beside(*name));
}

/// Output and intensity, with figures for every year asked.
PlantActivity read_activity(const YamlView& document, const std::vector<int>& years) {
  PlantActivity plant{read_year_path(document.at("output"), years.front()),
                      read_year_path(document.at("intensity"), years.front())};
  every_year(plant.output, years);
  every_year(plant.intensity, years);
  return plant;
}

std::vector<AllowanceMethod> read_methods(const PlantContext& context) {
  std::vector<AllowanceMethod> methods;
  Diagnostics faults;
  for (const auto& [name, value] : context.document.at("methods").entries())
    faults.guard([&, &key = name, &map = value] { methods.push_back(read_method(context, key, map)); });
  faults.throw_if_any();
  if (methods.empty()) throw context.document.at("methods").error("expected at least one method");
  return methods;
}

std::vector<RuleSource> cited_sources(const RuleBook& book, const PlantFile& file) {
  std::set<std::string> cited;
  for (const auto& [year, price] : file.prices) cited.insert(price.source);
  for (const AllowanceMethod& method : file.study.methods) {
    for (const auto& [year, benchmark] : method.benchmarks) cited.insert(benchmark.source);
  }
  std::vector<RuleSource> sources;
  for (const RuleSource& source : book.sources) {
    if (cited.contains(source.key)) sources.push_back(source);
  }
  return sources;
}

}  // namespace

PlantFile read_plant(const YamlView& document) {
  document.only_keys(schema_keys("plant"));
  const std::string name = document.at("allowances").text(), unit = document.at("unit").text();
  const std::vector<int> years = read_year_range(document.at("years"));
  const ExchangeRates rates = read_exchange_rates(document, years.front());
  const PlantActivity plant = read_activity(document, years);
  const std::optional<RuleBook> book = read_rules(document);
  const PlantContext context{document, book ? &*book : nullptr, years, &plant, unit};
  PlantFile file{name,
                 text_or(document, "description", ""),
                 unit,
                 rates.currency(),
                 book ? book->name : "",
                 {plant, years, {}, {}, 0, {}},
                 {},
                 {}};
  Diagnostics faults;
  faults.guard([&] { file.study.discount_rate = read_discount_rate(document); });
  faults.guard([&] {
    file.prices = read_prices(context, rates);
    for (const auto& [year, price] : file.prices) file.study.price[year] = price.quoted * price.rate;
  });
  faults.guard([&] {
    if (const auto cost = document.find("abatement_cost"))
      file.study.abatement_cost = every_year(read_year_path(*cost, years.front()), years);
  });
  faults.guard([&] { file.study.methods = read_methods(context); });
  faults.throw_if_any();
  if (book) file.sources = cited_sources(*book, file);
  return file;
}

}  // namespace levee
