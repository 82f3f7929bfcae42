// levee check for datasets: sizes, sums, balance, what is odd and what calibration does with it; as text and as JSON.
#include "app/check_dataset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>

#include "app/file_kind.hpp"
#include "calibration/benchmark.hpp"
#include "data/dataset_reader.hpp"
#include "data/dataset_review.hpp"
#include "data/final_demand_words.hpp"

namespace levee {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t worst_in_text = 3;
constexpr std::size_t worst_in_json = 10;
constexpr std::size_t odd_in_text = 5;
constexpr double rounding = 1e-12;  // of output: an imbalance below it is not worth a name
std::string worst_line(const Dataset& data, const SideBalance& side, const char* what) {
  std::string text;
  const std::vector<int> worst = side.worst(rounding);
  for (std::size_t k = 0; k < std::min(worst.size(), worst_in_text); ++k) {
    const int node = worst[k];
    text += fmt::format("{} {} ({:+.3g}, {:.1e})", k == 0 ? "" : ",", data.node_label(node),
                        side.sum(node) - data.table.x[node], side.relative[node]);
  }
  return text.empty() ? "" : fmt::format("  worst {}:{}\n", what, text);
}

std::string sums_line(const Dataset& data, const DatasetReview& review) {
  std::string text =
      fmt::format("sums: intermediate {:.6g}, value added {:.6g}", review.intermediate, data.table.value_added.sum());
  for (std::size_t k = 0; k < review.final_demand.size(); ++k)
    text += fmt::format(", {} {:.6g}", final_demand_words[k], review.final_demand[k]);
  return text + "\n";
}

std::string odd_lines(const Dataset& data, const DatasetReview& review) {
  std::string text;
  const std::vector<OddIntensity>& odd = review.odd_intensities;
  for (std::size_t k = 0; k < std::min(odd.size(), odd_in_text); ++k) {
    const Stressor& stressor = data.stressors[static_cast<std::size_t>(odd[k].stressor)];
    text += fmt::format("odd: {} emits {:.3g} {} of {} per {}, {:.3g} times its sector in the world\n",
                        data.node_label(odd[k].node), odd[k].intensity, stressor.unit, stressor.name, money_unit(data),
                        odd[k].ratio);
  }
  if (odd.size() > odd_in_text)
    text += fmt::format("odd: {} more intensities (--json lists all)\n", odd.size() - odd_in_text);
  for (const NodeFigure& node : review.emitting_without_output)
    text += fmt::format("odd: {} emits without output\n", data.node_label(node.node));
  return text;
}

Json side_json(const Dataset& data, const SideBalance& side) {
  Json worst = Json::array();
  const std::vector<int> nodes = side.worst(rounding);
  for (std::size_t k = 0; k < std::min(nodes.size(), worst_in_json); ++k) {
    const int node = nodes[k];
    worst.push_back({{"node", data.node_label(node)},
                     {"sum", side.sum(node)},
                     {"output", data.table.x[node]},
                     {"difference", side.sum(node) - data.table.x[node]},
                     {"relative", side.relative[node]}});
  }
  return {{"largest", side.largest()}, {"worst", worst}};
}

Json nodes_json(const Dataset& data, const std::vector<NodeFigure>& figures) {
  Json result = Json::array();
  for (const NodeFigure& figure : figures)
    result.push_back({{"node", data.node_label(figure.node)}, {"value", figure.value}});
  return result;
}

Json sums_json(const Dataset& data, const DatasetReview& review) {
  Json final_demand;
  for (std::size_t k = 0; k < review.final_demand.size(); ++k)
    final_demand[final_demand_words[k]] = review.final_demand[k];
  return {{"output", data.table.x.sum()},
          {"intermediate", review.intermediate},
          {"value_added", data.table.value_added.sum()},
          {"final_demand", final_demand}};
}

double total(const Stressor& stressor) { return stressor.industry.sum() + stressor.household.sum(); }

bool tells_its_origin(const Stressor& stressor) {
  return !stressor.quality.empty() || !stressor.source.empty() || !stressor.part_of.empty() || stressor.year != 0;
}

std::string emissions_text(const Dataset& data) {
  std::string text;
  bool priced = false;
  for (const Stressor& stressor : data.stressors) {
    priced |= stressor.mt_per_unit != 0;
    if (stressor.mt_per_unit == 0 || tells_its_origin(stressor)) continue;
    text += fmt::format(" {} {:.6g} Mt", stressor.name, total(stressor) * stressor.mt_per_unit);
  }
  return !priced ? " none, a carbon price has nothing to price" : text;
}

/// "  CF4 11164.9 t of 2008: country data of 2008 (EDGAR v4.2)".
std::string stressor_line(const Dataset& data, const Stressor& stressor) {
  std::string text = fmt::format("  {} {:.6g} {}", stressor.name, total(stressor), stressor.unit);
  if (stressor.year != 0 && stressor.year != data.year) text += fmt::format(" of {}", stressor.year);
  if (!stressor.part_of.empty()) text += fmt::format(", part of {}", stressor.part_of);
  text += fmt::format(": {}", stressor.quality.empty() ? "quality not told" : stressor.quality);
  if (!stressor.source.empty()) text += fmt::format(" ({})", stressor.source);
  return text + "\n";
}

Json stressors_json(const Dataset& data) {
  Json result = Json::array();
  for (const Stressor& stressor : data.stressors) {
    result.push_back({{"name", stressor.name},
                      {"unit", stressor.unit},
                      {"year", stressor.year == 0 ? data.year : stressor.year},
                      {"quality", stressor.quality},
                      {"source", stressor.source},
                      {"part_of", stressor.part_of},
                      {"industry", stressor.industry.sum()},
                      {"process", stressor.process.sum()},
                      {"households", stressor.household.sum()}});
  }
  return result;
}

Json oddities_json(const Dataset& data, const DatasetReview& review) {
  Json empty = Json::array(), intensities = Json::array();
  for (const int node : review.empty) empty.push_back(data.node_label(node));
  for (const OddIntensity& odd : review.odd_intensities) {
    intensities.push_back({{"stressor", data.stressors[static_cast<std::size_t>(odd.stressor)].name},
                           {"node", data.node_label(odd.node)},
                           {"intensity", odd.intensity},
                           {"ratio_to_sector", odd.ratio},
                           {"share_of_total", odd.share}});
  }
  return {{"nodes_without_output", empty},
          {"negative_value_added", nodes_json(data, review.negative_value_added)},
          {"negative_inventories", {{"cells", review.negative_inventories}, {"sum", review.negative_inventories_sum}}},
          {"emissions_without_output", nodes_json(data, review.emitting_without_output)},
          {"intensities", intensities}};
}

}  // namespace

std::string describe_dataset(const std::shared_ptr<const Dataset>& data) {
  const DatasetReview review = review_dataset(*data);
  std::string text =
      fmt::format("dataset '{}', {}: {} regions x {} sectors, {} stressors, {}\n", data->name, data->year,
                  data->region_count(), data->sector_count(), data->stressors.size(), money_unit(*data));
  text += fmt::format("output {:.6g}, emissions of industry and households:{}\n", data->table.x.sum(),
                      emissions_text(*data));
  for (const Stressor& stressor : data->stressors) {
    if (tells_its_origin(stressor)) text += stressor_line(*data, stressor);
  }
  text += sums_line(*data, review);
  text += fmt::format("balance: rows off by {:.2g}, columns by {:.2g} of output at most\n", data->balance.rows,
                      data->balance.columns);
  text += worst_line(*data, review.balance.rows, "rows");
  text += worst_line(*data, review.balance.columns, "columns");
  for (const Diagnostic& warning : data->warnings)
    text += fmt::format("note: {}:{}: {}\n", warning.where.file, warning.where.line, warning.message);
  text += odd_lines(*data, review);
  if (!data->has_parameters()) return text + "no parameters: a dataset for input-output accounts, not for a model\n";
  text += "what calibration does:\n";
  for (const Treatment& treatment : make_benchmark(data).treatments)
    text += fmt::format("  {}: {:.6g} {}\n", treatment.name, treatment.value, treatment.unit);
  return text;
}

Json dataset_json(const std::shared_ptr<const Dataset>& data) {
  const DatasetReview review = review_dataset(*data);
  Json sources = Json::array(), notes = Json::array(), treatments = Json::array();
  for (const Source& source : data->sources)
    sources.push_back({{"title", source.title}, {"licence", source.licence}, {"citation", source.citation}});
  for (const Diagnostic& warning : data->warnings) {
    notes.push_back({{"file", warning.where.file}, {"line", warning.where.line}, {"message", warning.message}});
  }
  for (const Treatment& treatment : data->has_parameters() ? make_benchmark(data).treatments : std::vector<Treatment>{})
    treatments.push_back({{"name", treatment.name}, {"value", treatment.value}, {"unit", treatment.unit}});
  return {{"name", data->name},
          {"year", data->year},
          {"money_unit", money_unit(*data)},
          {"regions", data->region_count()},
          {"sectors", data->sector_count()},
          {"sums", sums_json(*data, review)},
          {"balance",
           {{"rows", side_json(*data, review.balance.rows)}, {"columns", side_json(*data, review.balance.columns)}}},
          {"stressors", stressors_json(*data)},
          {"oddities", oddities_json(*data, review)},
          {"notes", notes},
          {"treatments", treatments},
          {"sources", sources}};
}

std::string check_dataset(const YamlView& document) {
  return describe_dataset(std::make_shared<const Dataset>(read_dataset(document.where().file)));
}

Json check_dataset_json(const YamlView& document) {
  return dataset_json(std::make_shared<const Dataset>(read_dataset(document.where().file)));
}

}  // namespace levee
