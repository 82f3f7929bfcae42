#include "calibration/table_balancing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "data/final_demand_words.hpp"
#include "data/schema.hpp"
#include "data/table_balance.hpp"

namespace levee {
namespace {

/// What a name in the file stands for: nodes, a region's nodes, a column of final demand, value added.
class Names {
 public:
  explicit Names(const Dataset& dataset) : data_(dataset) {
    for (int n = 0; n < dataset.node_count(); ++n) known_rows_.push_back(dataset.node_label(n));
    for (const Region& region : dataset.regions) known_rows_.push_back(region.code);
    known_columns_ = known_rows_;
    known_rows_.emplace_back("value_added");
    for (const Region& region : dataset.regions) {
      for (const char* word : final_demand_words) known_columns_.push_back(region.code + "." + word);
    }
  }

  std::vector<int> rows(const YamlView& view) const {
    if (view.text() == "value_added") return {TableTargets::value_added_row};
    std::vector<int> result = nodes(view.text());
    if (!result.empty()) return result;
    throw view.error(fmt::format("unknown row '{}'{}", view.text(), suggestion(view.text(), known_rows_)));
  }

  std::vector<int> columns(const YamlView& view) const {
    const std::string text = view.text();
    std::vector<int> result = nodes(text);
    if (!result.empty()) return result;
    const auto found = std::ranges::find(known_columns_, text);
    if (found == known_columns_.end())
      throw view.error(fmt::format("unknown column '{}'{}", text, suggestion(text, known_columns_)));
    const int first = data_.node_count() + data_.region_count();
    return {data_.node_count() + static_cast<int>(found - known_columns_.begin()) - first};
  }

 private:
  std::vector<int> nodes(const std::string& text) const {
    const auto found = std::ranges::find(known_rows_, text) - known_rows_.begin();
    const int position = static_cast<int>(found), count = data_.node_count();
    if (position < count) return {position};
    std::vector<int> result;
    if (position >= count + data_.region_count()) return result;
    for (int i = 0; i < data_.sector_count(); ++i) result.push_back(data_.node(position - count, i));
    return result;
  }

  const Dataset& data_;
  std::vector<std::string> known_rows_, known_columns_;
};

TableTargets::Part read_part(const YamlView& view, const std::string& map, const char* key, const Names& names) {
  view.only_keys(schema_keys(map));
  TableTargets::Part part;
  part.rows = names.rows(view.at("from"));
  part.columns = names.columns(view.at("to"));
  part.name = fmt::format("{} to {}", view.at("from").text(), view.at("to").text());
  if (const auto value = view.find(key)) {
    part.value = value->number();
    part.given = true;
  }
  return part;
}

class TableBalancer {
 public:
  TableBalancer(const Dataset& dataset, const TableTargets& targets) : data_(dataset), targets_(targets) {
    const int nodes = data_.node_count();
    columns_ = nodes + static_cast<int>(data_.table.Y.cols());
    fixed_.assign(static_cast<std::size_t>(nodes + 1) * static_cast<std::size_t>(columns_), 0);
    amount_ = Eigen::MatrixXd::Zero(nodes + 1, columns_);
    amount_.topLeftCorner(nodes, nodes) = data_.table.Z.dense();
    amount_.topRightCorner(nodes, data_.table.Y.cols()) = data_.table.Y;
    amount_.row(nodes).head(nodes) = data_.table.value_added.transpose();
  }

  BalancedTable run(BalancingMethod method, const SolveSeparable& solve) {
    fix_cells();
    number_cells();
    add_totals();
    BalancedTable balanced;
    const Eigen::MatrixXd before = amount_;
    balanced.result = balance_cells(problem_, method, solve);
    if (!balanced.result.solved) return balanced;
    for (std::size_t cell = 0; cell < cells_.size(); ++cell)
      amount_(cells_[cell].first, cells_[cell].second) = balanced.result.value[cell];
    balanced.dataset = with_amounts();
    balanced.changes = changes(before);
    return balanced;
  }

 private:
  int row_index(int row) const { return row == TableTargets::value_added_row ? data_.node_count() : row; }
  char& fixed(int row, int column) {
    return fixed_[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
                  static_cast<std::size_t>(column)];
  }

  void fix_cells() {
    const int nodes = data_.node_count();
    for (int row = 0; row <= nodes; ++row) {
      for (int column = 0; column < columns_; ++column) {
        const bool value_added = row == nodes, final_demand = column >= nodes;
        fixed(row, column) = value_added    ? targets_.fixed_value_added
                             : final_demand ? targets_.fixed_Y
                                            : targets_.fixed_Z;
      }
    }
    for (const TableTargets::Part& part : targets_.cells) {
      for (const int row : part.rows) {
        for (const int column : part.columns) {
          fixed(row_index(row), column) = 1;
          if (part.given) amount_(row_index(row), column) = part.value;
        }
      }
    }
  }

  void number_cells() {
    number_ = Eigen::MatrixXi::Constant(amount_.rows(), amount_.cols(), -1);
    for (int row = 0; row < amount_.rows(); ++row) {
      for (int column = 0; column < columns_; ++column) {
        if (amount_(row, column) == 0 || fixed(row, column) != 0) continue;
        number_(row, column) = static_cast<int>(cells_.size());
        cells_.emplace_back(row, column);
        problem_.value.push_back(amount_(row, column));
      }
    }
  }

  /// A cell of a total; what is fixed goes to the other side.
  void add(CellTotal& total, int row, int column, int sign) {
    if (number_(row, column) >= 0) {
      total.terms.push_back({number_(row, column), sign});
    } else {
      total.target -= sign * amount_(row, column);
    }
  }

  void add_row(CellTotal& total, int node, int sign) {
    for (int column = 0; column < columns_; ++column) add(total, node, column, sign);
  }
  void add_column(CellTotal& total, int node, int sign) {
    for (int row = 0; row <= data_.node_count(); ++row) add(total, row, node, sign);
  }

  void add_totals() {
    for (int node = 0; node < data_.node_count(); ++node) {
      const std::string label = data_.node_label(node);
      if (targets_.output_fixed) {
        CellTotal row{"sales of " + label, data_.table.x[node], {}};
        add_row(row, node, 1);
        CellTotal column{"costs of " + label, data_.table.x[node], {}};
        add_column(column, node, 1);
        problem_.totals.push_back(std::move(row));
        problem_.totals.push_back(std::move(column));
        continue;
      }
      CellTotal both{"sales less costs of " + label, 0, {}};
      for (int column = 0; column < columns_; ++column) {
        if (column != node) add(both, node, column, 1);
      }
      for (int row = 0; row <= data_.node_count(); ++row) {
        if (row != node) add(both, row, node, -1);
      }
      problem_.totals.push_back(std::move(both));
    }
    for (const TableTargets::Part& part : targets_.totals) {
      CellTotal total{"total of " + part.name, part.value, {}};
      for (const int row : part.rows) {
        for (const int column : part.columns) add(total, row_index(row), column, 1);
      }
      problem_.totals.push_back(std::move(total));
    }
  }

  Dataset with_amounts() const {
    Dataset result = data_;
    const int nodes = data_.node_count();
    result.table.Z = IntermediateTable(amount_.topLeftCorner(nodes, nodes), data_.sector_count());
    result.table.Y = amount_.topRightCorner(nodes, data_.table.Y.cols());
    result.table.value_added = amount_.row(nodes).head(nodes).transpose();
    if (!targets_.output_fixed) result.table.x = amount_.topRows(nodes).rowwise().sum();
    result.balance = table_balance(result.table).largest();
    return result;
  }

  std::vector<BlockChange> changes(const Eigen::MatrixXd& before) const {
    std::vector<BlockChange> result{{"intermediate"}};
    for (const char* word : final_demand_words) result.push_back({word});
    result.push_back({"value added"});
    const int nodes = data_.node_count();
    for (int row = 0; row <= nodes; ++row) {
      for (int column = 0; column < columns_; ++column) {
        const std::size_t block = row == nodes ? result.size() - 1
                                  : column < nodes
                                      ? 0
                                      : static_cast<std::size_t>(1 + (column - nodes) % final_demand_count);
        if (before(row, column) == 0 && amount_(row, column) == 0) continue;
        BlockChange& change = result[block];
        change.sum_before += before(row, column);
        change.sum_after += amount_(row, column);
        change.moved += std::abs(amount_(row, column) - before(row, column));
        ++change.cells;
      }
    }
    return result;
  }

  const Dataset& data_;
  const TableTargets& targets_;
  int columns_ = 0;
  Eigen::MatrixXd amount_;   ///< nodes and value added x nodes and final demand
  std::vector<char> fixed_;  ///< by cell of amount_
  Eigen::MatrixXi number_;   ///< of the cell in the problem, -1 where it is 0 or fixed
  std::vector<std::pair<int, int>> cells_;
  BalancingProblem problem_;
};

void read_fixed_blocks(const YamlView& view, TableTargets& targets) {
  static const std::vector<std::string> blocks{"Z", "Y", "value_added"};
  for (const std::string& block : view.texts()) {
    if (block == "Z") {
      targets.fixed_Z = true;
    } else if (block == "Y") {
      targets.fixed_Y = true;
    } else if (block == "value_added") {
      targets.fixed_value_added = true;
    } else {
      throw view.error(fmt::format("unknown block '{}'{}", block, suggestion(block, blocks)));
    }
  }
}

}  // namespace

TableTargets read_table_targets(const YamlView& document, const Dataset& dataset) {
  TableTargets targets;
  const Names names(dataset);
  Diagnostics faults;
  faults.guard([&] { document.only_keys(schema_keys("balance")); });
  faults.guard([&] { document.at("balance").text(); });
  faults.guard([&] {
    const auto output = document.find("output");
    if (!output) return;
    const std::vector<std::string> words{"fixed", "free"};
    if (std::ranges::find(words, output->text()) == words.end())
      throw output->error(fmt::format("unknown word '{}'{}", output->text(), suggestion(output->text(), words)));
    targets.output_fixed = output->text() == "fixed";
  });
  faults.guard([&] {
    if (const auto blocks = document.find("fixed")) read_fixed_blocks(*blocks, targets);
  });
  faults.guard([&] {
    const auto cells = document.find("cells");
    for (const YamlView& item : cells ? cells->items() : std::vector<YamlView>{})
      faults.guard([&] { targets.cells.push_back(read_part(item, "balance/cell", "value", names)); });
  });
  faults.guard([&] {
    const auto totals = document.find("totals");
    for (const YamlView& item : totals ? totals->items() : std::vector<YamlView>{}) {
      faults.guard([&] {
        item.at("total");
        targets.totals.push_back(read_part(item, "balance/total", "total", names));
      });
    }
  });
  faults.throw_if_any();
  return targets;
}

BalancedTable balance_table(const Dataset& dataset, const TableTargets& targets, BalancingMethod method,
                            const SolveSeparable& solve) {
  if (dataset.table.Z.factored())
    throw InputError({dataset.path, 0, 0}, "a table given as use and trade cannot be balanced: give it as Z and Y");
  return TableBalancer(dataset, targets).run(method, solve);
}

}  // namespace levee
