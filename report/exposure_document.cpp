#include "report/exposure_document.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "model/input_output_table.hpp"
#include "model/scope_intensity.hpp"
#include "report/aligned_text.hpp"
#include "scenarios/dataset_about.hpp"

namespace levee {

namespace {

using Json = nlohmann::ordered_json;

/// Mt of the stressors chosen, nodes.
Eigen::VectorXd emissions_of(const Dataset& data, const InputOutputTable& table,
                             const std::vector<std::string>& wanted) {
  Eigen::VectorXd total = Eigen::VectorXd::Zero(data.node_count());
  std::vector<std::string> names;
  for (const Stressor& stressor : data.stressors) names.push_back(stressor.name);
  for (const std::string& name : wanted) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      throw InputError({data.path, 0, 0},
                       fmt::format("--stressor: there is no stressor '{}'{}", name, suggestion(name, names)));
    }
    const auto k = static_cast<std::size_t>(found - names.begin());
    total += data.stressors[k].mt_per_unit * table.stressors[k].F;
  }
  return total;
}

ExposureInputs inputs_of(const Dataset& data, const InputOutputTable& table, const ExposureOptions& options) {
  ExposureInputs inputs;
  inputs.covered.assign(data.sectors.size(), 0);
  for (const int i : options.goods) inputs.covered[static_cast<std::size_t>(i)] = 1;
  inputs.zone.assign(data.regions.size(), 0);
  for (const int r : options.zone) inputs.zone[static_cast<std::size_t>(r)] = 1;
  const Eigen::VectorXd emissions = emissions_of(data, table, options.stressors);
  const EmittingTable emitting{table.Z, table.x, emissions, data.electricity};
  constexpr double tonnes_per_mt = 1e6;
  inputs.cost = options.carbon_price * tonnes_per_mt / data.money_unit *
                scope_intensity(emitting, options.scope, inputs.covered, options.threads);
  inputs.deliveries = table.Z.deliveries() + table.Y;
  inputs.output = table.x;
  inputs.value_added = table.v;
  return inputs;
}

/// The order of the ranked table: the most exposed first, those without exports last.
void rank(std::vector<RegionExposure>& regions) {
  std::stable_sort(regions.begin(), regions.end(), [](const RegionExposure& a, const RegionExposure& b) {
    if (std::isnan(a.aggregate_trade.relative) || std::isnan(b.aggregate_trade.relative))
      return std::isnan(b.aggregate_trade.relative) && !std::isnan(a.aggregate_trade.relative);
    return a.aggregate_trade.relative > b.aggregate_trade.relative;
  });
}

/// Three of the goods with the largest excess payment, above zero.
std::vector<std::string> most_exposed(const Dataset& data, const TradeExposure& exposure, int region) {
  std::vector<const ProductExposure*> goods;
  for (const ProductExposure& product : exposure.products) {
    if (product.region == region && product.excess_payment > 0) goods.push_back(&product);
  }
  std::stable_sort(goods.begin(), goods.end(), [](const ProductExposure* a, const ProductExposure* b) {
    return a->excess_payment > b->excess_payment;
  });
  constexpr std::size_t most = 3;
  std::vector<std::string> codes;
  for (std::size_t k = 0; k < std::min(most, goods.size()); ++k)
    codes.push_back(data.sectors[static_cast<std::size_t>(goods[k]->sector)].code);
  return codes;
}

TableText product_table(const Dataset& data, const TradeExposure& exposure) {
  const std::string money = money_unit(data);
  TableText table{"exposure_goods",
                  {"region", "good", "cost", "zone_cost", "exports_to_zone", "exports", "output", "payment",
                   "excess_payment", "trade", "trade_relative", "output_exposure", "output_relative", "unit"},
                  {}};
  for (const ProductExposure& one : exposure.products) {
    append_csv_row(table.rows,
                   {data.regions[static_cast<std::size_t>(one.region)].code,
                    data.sectors[static_cast<std::size_t>(one.sector)].code, one.cost, one.zone_cost,
                    one.exports_to_zone, one.exports, one.output, one.payment, one.excess_payment, one.trade.absolute,
                    one.trade.relative, one.output_exposure.absolute, one.output_exposure.relative, money});
  }
  return table;
}

TableText region_table(const Dataset& data, const std::vector<RegionExposure>& regions) {
  TableText table{"exposure",
                  {"rank", "region", "exports_to_zone", "covered_exports", "total_exports", "gdp", "payment",
                   "excess_payment", "payment_rate", "payment_rate_relative", "aggregate_trade",
                   "aggregate_trade_relative", "economic", "economic_relative", "unit"},
                  {}};
  const std::string money = money_unit(data);
  double place = 0;
  for (const RegionExposure& one : regions) {
    append_csv_row(table.rows, {++place, data.regions[static_cast<std::size_t>(one.region)].code, one.exports_to_zone,
                                one.covered_exports, one.total_exports, one.gdp, one.payment, one.excess_payment,
                                one.payment_rate.absolute, one.payment_rate.relative, one.aggregate_trade.absolute,
                                one.aggregate_trade.relative, one.economic.absolute, one.economic.relative, money});
  }
  return table;
}

Json region_json(const Dataset& data, const TradeExposure& exposure, const RegionExposure& one) {
  return {{"region", data.regions[static_cast<std::size_t>(one.region)].code},
          {"exports_to_zone", one.exports_to_zone},
          {"share_of_covered_exports", one.exports_to_zone / one.covered_exports},
          {"share_of_gdp", one.exports_to_zone / one.gdp},
          {"payment", one.payment},
          {"excess_payment", one.excess_payment},
          {"payment_rate", one.payment_rate.absolute},
          {"payment_rate_relative", one.payment_rate.relative},
          {"aggregate_trade", one.aggregate_trade.absolute},
          {"aggregate_trade_relative", one.aggregate_trade.relative},
          {"economic", one.economic.absolute},
          {"economic_relative", one.economic.relative},
          {"most_exposed", most_exposed(data, exposure, one.region)}};
}

template <class List>
Json codes_of(const List& list, const std::vector<int>& chosen) {
  Json codes = Json::array();
  for (const int k : chosen) codes.push_back(list[static_cast<std::size_t>(k)].code);
  return codes;
}

std::string share_text(const Json& value, double scale = 100) {
  return value.is_number() && std::isfinite(value.get<double>()) ? fmt::format("{:.3f}", scale * value.get<double>())
                                                                 : "-";
}

const char* denominator_word(ExposureDenominator denominator) {
  return denominator == ExposureDenominator::covered_exports ? "covered" : "total";
}

}  // namespace

AnalysisDocument exposure_document(const Dataset& dataset, const ExposureOptions& options) {
  if (options.goods.empty()) throw InputError({dataset.path, 0, 0}, "--goods: no sector is covered");
  if (options.zone.size() == dataset.regions.size())
    throw InputError({dataset.path, 0, 0}, "--zone: every region is in the zone, nobody is left to be charged");
  const InputOutputTable table = input_output_table(dataset);
  TradeExposure exposure = trade_exposure(inputs_of(dataset, table, options), options.denominator);
  rank(exposure.regions);
  AnalysisDocument document;
  document.name = "exposure";
  document.summary = analysis_head("exposure", options.version, dataset.name, money_unit(dataset), dataset.year);
  document.summary["zone"] = codes_of(dataset.regions, options.zone);
  document.summary["goods"] = codes_of(dataset.sectors, options.goods);
  document.summary["carbon_price"] = options.carbon_price;
  document.summary["currency"] = dataset.currency;
  document.summary["scope"] = options.scope_word;
  document.summary["stressors"] = options.stressors;
  document.summary["denominator"] = denominator_word(options.denominator);
  document.summary["regions"] = Json::array();
  for (const RegionExposure& one : exposure.regions)
    document.summary["regions"].push_back(region_json(dataset, exposure, one));
  document.tables = {region_table(dataset, exposure.regions), product_table(dataset, exposure)};
  document.about = dataset_about(dataset);
  document.about["title"] =
      fmt::format("Exposure to a border charge of {}",
                  fmt::join(codes_of(dataset.regions, options.zone).get<std::vector<std::string>>(), ", "));
  document.about["description"] = fmt::format(
      "What {:g} {} per tonne on the emissions of exports ({}) would cost, before anybody adapts: per money "
      "exported, produced and earned, absolute and relative to the zone's own producers. Prices paid at "
      "the origin are not deducted.",
      options.carbon_price, dataset.currency, options.scope_word);
  document.about["glossary"] = Json::array(
      {"Trade exposure of a good: payment over all its exports (formula published by the World Bank in 2023).",
       "Aggregate trade exposure: payments over exports of covered goods, or of everything; the subscripts of the 2025 "
       "note are reconstructed, so the denominator is an option.",
       "Output exposure: payment over gross output; economic exposure: payments over GDP (reconstructed from the 2025 "
       "note's words).",
       "Relative indices count the cost in excess of the zone's producers; below zero the exporter gains."});
  return document;
}

std::string exposure_text(const AnalysisDocument& document) {
  const Json& summary = document.summary;
  std::string text =
      fmt::format("{}: {:g} {}/t on {} ({}), charged by {}\n", summary["dataset"].get<std::string>(),
                  summary["carbon_price"].get<double>(), summary["currency"].get<std::string>(),
                  fmt::join(summary["goods"].get<std::vector<std::string>>(), " "), summary["scope"].get<std::string>(),
                  fmt::join(summary["zone"].get<std::vector<std::string>>(), " "));
  text += fmt::format("in %; relative: to the zone's producers; aggregate trade: of {} exports\n\n",
                      summary["denominator"].get<std::string>());
  std::vector<TextRow> rows{{"region", "most exposed", "rank", "relative trade", "trade", "relative cost", "cost",
                             "exports to zone", "relative of GDP", "of GDP"}};
  int place = 0;
  for (const Json& one : summary["regions"]) {
    const auto goods = one["most_exposed"].get<std::vector<std::string>>();
    rows.push_back({one["region"].get<std::string>(), goods.empty() ? "-" : fmt::format("{}", fmt::join(goods, " ")),
                    std::to_string(++place), share_text(one["aggregate_trade_relative"]),
                    share_text(one["aggregate_trade"]), share_text(one["payment_rate_relative"]),
                    share_text(one["payment_rate"]), share_text(one["share_of_covered_exports"]),
                    share_text(one["economic_relative"]), share_text(one["economic"])});
  }
  return text + aligned(rows, 2);
}

}  // namespace levee
