// Stressors and tariffs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "data/dataset_context.hpp"
#include "data/mass_unit.hpp"
#include "data/schema.hpp"

namespace levee {
namespace {

constexpr double emission_rounding = 1e-8;  // of the stressor's total: a negative figure this small is 0
constexpr double process_rounding = 1e-9;   // process may pass the total by this, relative

double mt_per_unit(const YamlView& unit) {
  const double mt = mt_per_mass_unit(unit.text());
  if (mt == 0) {
    throw unit.error(fmt::format("unknown unit '{}'{} (of what is no mass say `mass: false`)", unit.text(),
                                 suggestion(unit.text(), mass_units())));
  }
  return mt;
}

/// The figures with absent rows 0. Below zero they are faults, save for the rounding of an account that was split.
Eigen::VectorXd not_negative(DatasetContext& context, const LabelledColumn& column, const LabelSet& labels) {
  FaultLimit faults(context.faults, column.file->path());
  Eigen::VectorXd result = column.values.unaryExpr([](double value) { return std::isnan(value) ? 0 : value; });
  const double rounding = emission_rounding * result.cwiseAbs().sum();
  for (int label = 0; label < labels.size(); ++label) {
    if (result[label] >= 0) continue;
    if (result[label] < -rounding) {
      faults.add(column.error(label, fmt::format("found {} for {} '{}', expected emissions >= 0", result[label],
                                                 labels.kind(), labels.name(label))));
      continue;
    }
    const Location where = column.file->where(column.rows[static_cast<std::size_t>(label)], column.column);
    context.warn(where, fmt::format("{} emits {} by rounding: set to 0", labels.name(label), result[label]));
    result[label] = 0;
  }
  return result;
}

/// Money, hours and energy may be below zero and cannot be priced.
bool is_mass(const YamlView& stressor) {
  const auto mass = stressor.find("mass");
  return !mass || mass->boolean();
}

void read_origin(DatasetContext& context, const YamlView& view, Stressor& stressor) {
  context.faults.guard([&] {
    if (const auto year = view.find("year")) stressor.year = year->integer();
  });
  context.faults.guard([&] {
    if (const auto quality = view.find("quality")) stressor.quality = quality->text();
    if (const auto source = view.find("source")) stressor.source = source->text();
    if (const auto whole = view.find("part_of")) stressor.part_of = whole->text();
  });
}

Stressor read_stressor(DatasetContext& context, const std::string& name, const YamlView& view) {
  Stressor result;
  result.name = name;
  context.faults.guard([&] { view.only_keys(schema_keys("dataset/stressor")); });
  context.faults.guard([&] {
    result.unit = view.at("unit").text();
    result.mt_per_unit = is_mass(view) ? mt_per_unit(view.at("unit")) : 0;
    if (view.has("part_of")) result.mt_per_unit = 0;
  });
  read_origin(context, view, result);
  if (!view.has("households")) static_cast<void>(view.at("industry"));  // one of the two is needed
  const auto figures = [&](const char* key, const LabelSet& labels) -> Eigen::VectorXd {
    const auto block = view.find(key);
    if (!block) return Eigen::VectorXd::Zero(labels.size());
    LabelledColumn column = read_column(context, *block, labels, true);
    return is_mass(view) ? not_negative(context, column, labels) : std::move(column.values);
  };
  context.faults.guard([&] { result.household = figures("households", context.regions); });
  result.industry = figures("industry", context.nodes);
  result.process = Eigen::VectorXd::Zero(context.nodes.size());
  if (!view.has("process")) return result;
  const LabelledColumn process = read_column(context, view.at("process"), context.nodes, false);
  result.process = not_negative(context, process, context.nodes);
  for (int node = 0; node < context.nodes.size(); ++node) {
    if (result.industry[node] < 0) continue;  // said already
    if (!(result.process[node] > result.industry[node] * (1 + process_rounding))) continue;
    context.faults.add(
        process.error(node, fmt::format("found {} of process {} for node '{}', more than its total of {}",
                                        result.process[node], name, context.nodes.name(node), result.industry[node])));
  }
  return result;
}

void read_tariff_row(DatasetContext& context, const CsvFile& file, int row, const std::vector<int>& columns,
                     Eigen::MatrixXd& tariff, Eigen::MatrixXi& given_in) {
  auto index = [&](const LabelSet& labels, int column) {
    const int found = labels.find(file.cell(row, column));
    if (found < 0) throw file.error(row, column, labels.unknown(file.cell(row, column)));
    return found;
  };
  const int sector = index(context.sectors, columns[0]);
  const int exporter = index(context.regions, columns[1]);
  const int importer = index(context.regions, columns[2]);
  const double rate = file.number(row, columns[3]);
  if (rate < -1) throw file.error(row, columns[3], fmt::format("found a tariff of {}, expected one >= -1", rate));
  if (exporter == importer && rate != 0)
    throw file.error(row, columns[1], "found a tariff on a region's trade with itself");
  const int node = context.dataset.node(exporter, sector);
  if (const int first = given_in(node, importer); first != 0) {
    throw file.error(row, columns[0],
                     fmt::format("duplicate tariff, first given in line {}", file.where(first, 0).line));
  }
  given_in(node, importer) = row;
  tariff(node, importer) = rate;
}

/// What is part of another stressor must name one that is there.
void check_parts(DatasetContext& context, const YamlView& stressors) {
  std::vector<std::string> wholes;
  for (const Stressor& stressor : context.dataset.stressors) {
    if (stressor.part_of.empty()) wholes.push_back(stressor.name);
  }
  for (const Stressor& stressor : context.dataset.stressors) {
    if (stressor.part_of.empty() || std::ranges::find(wholes, stressor.part_of) != wholes.end()) continue;
    context.faults.add(stressors.at(stressor.name)
                           .at("part_of")
                           .error(fmt::format("'{}' is no stressor of this dataset that is a whole{}", stressor.part_of,
                                              suggestion(stressor.part_of, wholes))));
  }
}

}  // namespace

void read_stressors(DatasetContext& context, const YamlView& root) {
  const auto stressors = root.find("stressors");
  if (!stressors) return;
  for (const auto& entry : stressors->entries()) {
    context.faults.guard(
        [&] { context.dataset.stressors.push_back(read_stressor(context, entry.first, entry.second)); });
  }
  check_parts(context, *stressors);
  std::vector<Stressor>& read = context.dataset.stressors;
  std::stable_partition(read.begin(), read.end(), [](const Stressor& stressor) { return stressor.name == "CO2"; });
}

void read_tariffs(DatasetContext& context, const YamlView& root) {
  const auto block = root.find("tariffs");
  if (!block) return;
  const CsvFile& file = context.block_file(*block, "dataset/tariff_file");
  const std::string value = block->is_map() && block->has("column") ? block->at("column").text() : "ad_valorem_tariff";
  const std::vector<int> columns{file.column_named("sector"), file.column_named("exporter"),
                                 file.column_named("importer"), file.column_named(value)};
  Eigen::MatrixXd& tariff = context.dataset.tariff;
  tariff = Eigen::MatrixXd::Zero(context.nodes.size(), context.regions.size());
  Eigen::MatrixXi given_in = Eigen::MatrixXi::Zero(context.nodes.size(), context.regions.size());  // row; 0: none
  FaultLimit faults(context.faults, file.path());
  for (int row = 1; row < file.rows(); ++row) {
    try {
      read_tariff_row(context, file, row, columns, tariff, given_in);
    } catch (const InputError& error) {
      faults.add(error);
    }
  }
}

}  // namespace levee
