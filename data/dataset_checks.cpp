// Checks of a table that was read without faults: it balances, every region produces.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "data/dataset_context.hpp"

namespace levee {
namespace {

constexpr std::size_t worst_shown = 5;
constexpr double small_node = 1e-3;  // of the mean output: below it an imbalance is judged against this

/// One side of the accounts: what it adds up to by node, and the two parts in words.
struct Side {
  const char* verb;
  const char* first;
  const char* second;
  Eigen::VectorXd a, b;
};

struct Imbalance {
  std::vector<int> nodes;  ///< beyond the tolerance, worst first
  Eigen::VectorXd relative;
};

Imbalance imbalance_of(const Side& side, const Eigen::VectorXd& x, double tolerance) {
  Imbalance result;
  const double floor = small_node * x.cwiseAbs().mean();
  result.relative = ((side.a + side.b - x).cwiseAbs().array() / x.cwiseAbs().cwiseMax(floor).array()).matrix();
  for (int node = 0; node < x.size(); ++node) {
    if (result.relative[node] > tolerance) result.nodes.push_back(node);
  }
  std::ranges::stable_sort(result.nodes, [&](int p, int q) { return result.relative[p] > result.relative[q]; });
  return result;
}

void report_worst(DatasetContext& context, const Side& side, const Imbalance& found, const LabelledColumn& output) {
  for (std::size_t k = 0; k < std::min(found.nodes.size(), worst_shown); ++k) {
    const int node = found.nodes[k];
    const double sum = side.a[node] + side.b[node];
    context.faults.add(output.error(
        node,
        fmt::format(
            "{} {} {:.10g} {} and {:.10g} {}, {:.10g} in all, but its output is {:.10g} ({:+.6g}, {:.3g} relative)",
            context.nodes.name(node), side.verb, side.a[node], side.first, side.b[node], side.second, sum,
            output.values[node], sum - output.values[node], found.relative[node])));
  }
}

void check_balance(DatasetContext& context, const YamlView& table, const LabelledColumn& output) {
  const MrioTable& mrio = context.dataset.table;
  const auto given = table.find("tolerance");
  const double tolerance = given ? given->number() : default_balance_tolerance;
  const Side row{"sells", "to sectors", "to final demand", mrio.Z.row_sums(), mrio.Y.rowwise().sum()};
  const Side column{"buys", "from sectors", "of value added", mrio.Z.column_sums(), mrio.value_added};
  const Imbalance rows = imbalance_of(row, mrio.x, tolerance);
  const Imbalance columns = imbalance_of(column, mrio.x, tolerance);
  context.dataset.balance = {rows.relative.maxCoeff(), columns.relative.maxCoeff()};
  if (rows.nodes.empty() && columns.nodes.empty()) return;
  const InputError summary = (given ? *given : table)
                                 .error(fmt::format("the table does not balance: {} rows and {} columns of {} are off "
                                                    "by more than {:g} of output; the worst follow",
                                                    rows.nodes.size(), columns.nodes.size(), mrio.x.size(), tolerance));
  context.faults.add(summary);
  report_worst(context, row, rows, output);
  report_worst(context, column, columns, output);
}

void check_output(DatasetContext& context, const LabelledColumn& output) {
  const Dataset& dataset = context.dataset;
  for (int region = 0; region < dataset.region_count(); ++region) {
    if (output.values.segment(dataset.node(region, 0), dataset.sector_count()).maxCoeff() > 0) continue;
    context.faults.add(output.error(
        dataset.node(region, 0), fmt::format("region '{}' has no output in any sector", context.regions.name(region))));
  }
  for (int node = 0; node < dataset.node_count(); ++node) {
    if (output.values[node] > 0) continue;
    const Diagnostic place = output.error(node, "").diagnostics().front();
    context.warn(place.where, fmt::format("{} has output {:g}: the node is left out of models",
                                          context.nodes.name(node), output.values[node]));
  }
}

void check_value_added(DatasetContext& context, const YamlView& table) {
  const Eigen::VectorXd& value_added = context.dataset.table.value_added;
  for (int node = 0; node < value_added.size(); ++node) {
    if (value_added[node] >= 0) continue;
    context.warn(table.at("value_added").where(),
                 fmt::format("{} has value added {:g}: removed by lowering its largest input", context.nodes.name(node),
                             value_added[node]));
  }
}

}  // namespace

void check_table(DatasetContext& context, const YamlView& table, const LabelledColumn& output) {
  check_output(context, output);
  check_value_added(context, table);
  check_balance(context, table, output);
}

}  // namespace levee
