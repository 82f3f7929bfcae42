#include "report/allowances_document.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <vector>

#include "report/aligned_text.hpp"
#include "rules/allowance_comparison.hpp"

namespace levee {

namespace {

using Json = nlohmann::ordered_json;

/// What a figure is counted in.
enum class Measured { output, tonnes, money, money_a_tonne, money_a_unit };

/// A figure of a method, of a year or over all of them.
template <class Of>
struct Measure {
  const char* name;
  double Of::*figure;
  Measured in;
};

using YearMeasure = Measure<AllowanceYear>;
using TotalMeasure = Measure<AllowanceResult>;

constexpr std::array year_measures{
    YearMeasure{"output", &AllowanceYear::output, Measured::output},
    YearMeasure{"emissions", &AllowanceYear::emissions, Measured::tonnes},
    YearMeasure{"allowances", &AllowanceYear::allowances, Measured::tonnes},
    YearMeasure{"shortage", &AllowanceYear::shortage, Measured::tonnes},
    YearMeasure{"price", &AllowanceYear::price, Measured::money_a_tonne},
    YearMeasure{"cost", &AllowanceYear::cost, Measured::money},
    YearMeasure{"tonne_abated", &AllowanceYear::tonne_abated, Measured::money_a_tonne},
    YearMeasure{"abatement_gain", &AllowanceYear::abatement_gain, Measured::money_a_tonne},
    YearMeasure{"unit_carbon", &AllowanceYear::unit_carbon, Measured::money_a_unit},
    YearMeasure{"unit_now", &AllowanceYear::unit_now, Measured::money_a_unit},
    YearMeasure{"unit_later", &AllowanceYear::unit_later, Measured::money_a_unit},
    YearMeasure{"unit_net", &AllowanceYear::unit_net, Measured::money_a_unit},
};

constexpr std::array total_measures{
    TotalMeasure{"emissions", &AllowanceResult::emissions, Measured::tonnes},
    TotalMeasure{"allowances", &AllowanceResult::allowances, Measured::tonnes},
    TotalMeasure{"shortage", &AllowanceResult::shortage, Measured::tonnes},
    TotalMeasure{"cost", &AllowanceResult::cost, Measured::money},
    TotalMeasure{"present_cost", &AllowanceResult::present_cost, Measured::money},
};

std::string unit_text(const PlantFile& plant, Measured in) {
  switch (in) {
    case Measured::output:
      return plant.unit;
    case Measured::tonnes:
      return "tCO2e";
    case Measured::money:
      return plant.currency;
    case Measured::money_a_tonne:
      return plant.currency + "/tCO2e";
    case Measured::money_a_unit:
      return plant.currency + "/" + plant.unit;
  }
  return "";
}

TableText year_table(const PlantFile& plant, const std::vector<AllowanceResult>& results) {
  TableText table{"allowances", {"method", "rule", "year", "measure", "value", "unit"}, {}};
  for (const AllowanceResult& result : results) {
    for (const AllowanceYear& year : result.years) {
      for (const YearMeasure& measure : year_measures) {
        if (std::isnan(year.*measure.figure)) continue;
        append_csv_row(table.rows, {result.method, result.rule, static_cast<double>(year.year), measure.name,
                                    year.*measure.figure, unit_text(plant, measure.in)});
      }
    }
  }
  return table;
}

TableText total_table(const PlantFile& plant, const std::vector<AllowanceResult>& results) {
  TableText table{"allowance_totals", {"method", "rule", "measure", "value", "unit"}, {}};
  for (const AllowanceResult& result : results) {
    for (const TotalMeasure& measure : total_measures) {
      append_csv_row(table.rows,
                     {result.method, result.rule, measure.name, result.*measure.figure, unit_text(plant, measure.in)});
    }
  }
  return table;
}

TableText benchmark_table(const PlantFile& plant) {
  TableText table{
      "allowance_benchmarks", {"method", "year", "benchmark", "share_given", "unit", "source", "confidence"}, {}};
  for (const AllowanceMethod& method : plant.study.methods) {
    for (const auto& [year, benchmark] : method.benchmarks) {
      append_csv_row(table.rows, {method.name, static_cast<double>(year), benchmark.value, method.share.at(year),
                                  "tCO2e/" + plant.unit, benchmark.source, benchmark.confidence});
    }
  }
  return table;
}

TableText price_table(const PlantFile& plant) {
  TableText table{
      "allowance_prices", {"year", "price", "unit", "quoted", "currency", "rate", "source", "confidence"}, {}};
  for (const auto& [year, price] : plant.prices) {
    append_csv_row(table.rows, {static_cast<double>(year), plant.study.price.at(year), plant.currency + "/tCO2e",
                                price.quoted, price.currency, price.rate, price.source, price.confidence});
  }
  return table;
}

Json year_json(const AllowanceYear& year) {
  Json json{{"year", year.year}};
  for (const YearMeasure& measure : year_measures) {
    const double figure = year.*measure.figure;
    json[measure.name] = std::isnan(figure) ? Json(nullptr) : Json(figure);
  }
  return json;
}

Json method_json(const AllowanceResult& result) {
  Json json{{"method", result.method}, {"rule", result.rule}};
  for (const TotalMeasure& measure : total_measures) json[measure.name] = result.*measure.figure;
  json["years"] = Json::array();
  for (const AllowanceYear& year : result.years) json["years"].push_back(year_json(year));
  return json;
}

Json summary_of(const PlantFile& plant, const std::vector<AllowanceResult>& results, const std::string& version) {
  Json summary{{"schema", 1},
               {"kind", "allowances"},
               {"version", version},
               {"plant", plant.name},
               {"units", {{"money", plant.currency}, {"output", plant.unit}, {"mass", "tCO2e"}}},
               {"rules", plant.rules.empty() ? Json(nullptr) : Json(plant.rules)},
               {"discount_rate", plant.study.discount_rate},
               {"first_year", plant.study.years.front()},
               {"last_year", plant.study.years.back()},
               {"methods", Json::array()}};
  for (const AllowanceResult& result : results) summary["methods"].push_back(method_json(result));
  return summary;
}

Json about_of(const PlantFile& plant) {
  Json about{{"title", "Free allowances of " + plant.name}};
  about["description"] =
      plant.description.empty()
          ? fmt::format("Methods of free allocation side by side, {} to {}. The plant takes the carbon price as given.",
                        plant.study.years.front(), plant.study.years.back())
          : plant.description;
  about["assumptions"] = {
      "Output, intensity and prices are the file's; no method changes them here.",
      "A shortage is bought and a surplus sold at the year's price; nothing is banked.",
      "Allowances of later years are discounted at the file's rate; what comes after the last year is not known.",
      "A first year that is a base year as well counts in later years up to the last.",
      "Rates with a cap and activity levels with a threshold have kinks: what is said holds for small changes."};
  about["glossary"] = {
      "Shortage: emissions less free allowances; below zero a surplus.",
      "A tonne abated: what a tonne less earns at unchanged output, its price less the allowances lost for it.",
      "A unit more: the price of its carbon, less the allowances it brings; below zero the method pays for output."};
  for (const RuleSource& source : plant.sources)
    about["sources"].push_back({{"key", source.key}, {"title", source.title}, {"address", source.address}});
  return about;
}

std::string whole(double figure) { return fmt::format("{:.0f}", std::round(figure) == 0 ? 0.0 : figure); }

/// A figure that rounds to zero has no sign.
std::string exact(const Json& figure) {
  if (figure.is_null()) return "-";
  const double cents = std::round(100 * figure.get<double>());
  return fmt::format("{:.2f}", cents == 0 ? 0.0 : cents / 100);
}

std::string totals_text(const Json& summary) {
  std::vector<TextRow> rows{{"method", "rule", "emissions", "allowances", "shortage", "cost", "present cost"}};
  for (const Json& one : summary["methods"]) {
    rows.push_back({one["method"].get<std::string>(), one["rule"].get<std::string>(),
                    whole(one["emissions"].get<double>()), whole(one["allowances"].get<double>()),
                    whole(one["shortage"].get<double>()), whole(one["cost"].get<double>()),
                    whole(one["present_cost"].get<double>())});
  }
  return aligned(rows, 2);
}

/// What a year's tonne and unit are worth under each method.
std::string margins_text(const Json& summary, std::size_t at) {
  const bool compares = !summary["methods"][0]["years"][at]["abatement_gain"].is_null();
  std::vector<TextRow> rows{
      {"method", "tonne abated", "of price, %", "carbon of a unit", "allowances now", "later", "unit net"}};
  if (compares) rows.front().insert(rows.front().begin() + 3, "after its cost");
  for (const Json& one : summary["methods"]) {
    const Json& year = one["years"][at];
    const double price = year["price"].get<double>();
    TextRow row{one["method"].get<std::string>(),
                exact(year["tonne_abated"]),
                price > 0 ? fmt::format("{:.1f}", 100 * year["tonne_abated"].get<double>() / price) : "-",
                exact(year["unit_carbon"]),
                exact(year["unit_now"]),
                exact(year["unit_later"]),
                exact(year["unit_net"])};
    if (compares) row.insert(row.begin() + 3, exact(year["abatement_gain"]));
    rows.push_back(row);
  }
  return aligned(rows, 1);
}

std::string costs_text(const Json& summary) {
  std::vector<TextRow> rows{{"year", "price"}};
  const std::size_t years = summary["methods"][0]["years"].size();
  for (const Json& one : summary["methods"]) rows.front().push_back(one["method"].get<std::string>());
  for (std::size_t k = 0; k < years; ++k) {
    const Json& year = summary["methods"][0]["years"][k];
    TextRow row{std::to_string(year["year"].get<int>()), exact(year["price"])};
    for (const Json& one : summary["methods"]) row.push_back(whole(one["years"][k]["cost"].get<double>()));
    rows.push_back(row);
  }
  return aligned(rows, 1);
}

}  // namespace

AnalysisDocument allowances_document(const PlantFile& plant, const std::string& version) {
  const std::vector<AllowanceResult> results = compare_allowances(plant.study);
  AnalysisDocument document;
  document.name = "allowances";
  document.summary = summary_of(plant, results, version);
  document.about = about_of(plant);
  document.tables = {total_table(plant, results), year_table(plant, results), price_table(plant)};
  const TableText benchmarks = benchmark_table(plant);
  if (!benchmarks.rows.empty()) document.tables.push_back(benchmarks);
  return document;
}

std::string allowances_text(const AnalysisDocument& document) {
  const Json& summary = document.summary;
  const int first = summary["first_year"].get<int>(), last = summary["last_year"].get<int>();
  const std::string money = summary["units"]["money"].get<std::string>();
  const std::string unit = summary["units"]["output"].get<std::string>();
  std::string text = fmt::format(
      "{}, {} to {}: free allowances by method, tCO2e and {}; a negative shortage is a surplus, - is not known\n\n",
      summary["plant"].get<std::string>(), first, last, money);
  text += totals_text(summary);
  const std::size_t years = summary["methods"][0]["years"].size();
  for (const std::size_t at : years > 1 ? std::vector<std::size_t>{0, years - 1} : std::vector<std::size_t>{0}) {
    const int year = summary["methods"][0]["years"][at]["year"].get<int>();
    text += fmt::format("\nat the margin in {}: a tonne abated, {}/tCO2e; a unit of output more, {}/{}\n\n", year,
                        money, money, unit);
    text += margins_text(summary, at);
  }
  text += fmt::format("\ncost by year, {}\n\n", money);
  return text + costs_text(summary);
}

}  // namespace levee
