// Checks of a table that was read without faults: it balances, every region produces.
#include <fmt/format.h>

#include <algorithm>

#include "data/dataset_context.hpp"
#include "data/table_balance.hpp"

namespace levee {
namespace {

constexpr std::size_t worst_shown = 5;

/// The words of one side of the accounts.
struct Side {
  const char* verb;
  const char* first;
  const char* second;
};

void report_worst(DatasetContext& context, const Side& side, const SideBalance& sums, double tolerance,
                  const LabelledColumn& output) {
  const std::vector<int> nodes = sums.worst(tolerance);
  for (std::size_t k = 0; k < std::min(nodes.size(), worst_shown); ++k) {
    const int node = nodes[k];
    context.faults.add(output.error(
        node,
        fmt::format(
            "{} {} {:.10g} {} and {:.10g} {}, {:.10g} in all, but its output is {:.10g} ({:+.6g}, {:.3g} relative)",
            context.nodes.name(node), side.verb, sums.first[node], side.first, sums.second[node], side.second,
            sums.sum(node), output.values[node], sums.sum(node) - output.values[node], sums.relative[node])));
  }
}

void check_balance(DatasetContext& context, const YamlView& table, const LabelledColumn& output) {
  const auto given = table.find("tolerance");
  const double tolerance = given ? given->number() : default_balance_tolerance;
  const TableBalance balance = table_balance(context.dataset.table);
  context.dataset.balance = balance.largest();
  const std::size_t rows = balance.rows.worst(tolerance).size(), columns = balance.columns.worst(tolerance).size();
  if (rows + columns == 0) return;
  const YamlView place = given ? *given : table;
  if (context.accept_unbalanced) {
    context.warn(place.where(), fmt::format("the table does not balance: {} rows and {} columns of {} are off by more "
                                            "than {:g} of output",
                                            rows, columns, context.nodes.size(), tolerance));
    return;
  }
  context.faults.add(
      place.error(fmt::format("the table does not balance: {} rows and {} columns of {} are off "
                              "by more than {:g} of output; the worst follow",
                              rows, columns, context.nodes.size(), tolerance)));
  report_worst(context, {"sells", "to sectors", "to final demand"}, balance.rows, tolerance, output);
  report_worst(context, {"buys", "from sectors", "of value added"}, balance.columns, tolerance, output);
}

void check_output(DatasetContext& context, const LabelledColumn& output) {
  const Dataset& dataset = context.dataset;
  for (int region = 0; region < dataset.region_count(); ++region) {
    if (output.values.segment(dataset.node(region, 0), dataset.sector_count()).maxCoeff() > 0) continue;
    const InputError none = output.error(
        dataset.node(region, 0), fmt::format("region '{}' has no output in any sector", context.regions.name(region)));
    if (context.for_models) {
      context.faults.add(none);
    } else {  // what a national table sells to the rest of the world
      context.warn(none.diagnostics().front().where, none.diagnostics().front().message);
    }
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
