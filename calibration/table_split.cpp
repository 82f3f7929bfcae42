#include "calibration/table_split.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>

#include "data/table_balance.hpp"
#include "data/tree_following.hpp"

namespace levee {
namespace {

class Splitter {
 public:
  Splitter(const Dataset& dataset, const Split& split) : from_(dataset), split_(split) {
    make_sets();
    const int nodes = from_.node_count();
    parent_amount_ = Eigen::MatrixXd::Zero(nodes + 1, nodes + from_.table.Y.cols());
    parent_amount_.topLeftCorner(nodes, nodes) = from_.table.Z.dense();
    parent_amount_.topRightCorner(nodes, from_.table.Y.cols()) = from_.table.Y;
    parent_amount_.row(nodes).head(nodes) = from_.table.value_added.transpose();
  }

  SplitTable run(const SolveSeparable& solve) {
    divide_cells();
    add_totals();
    SplitTable table;
    table.result = balance_cells(problem_, BalancingMethod::gras, solve);
    if (!table.result.solved) return table;
    for (std::size_t cell = 0; cell < cells_.size(); ++cell)
      amount_(cells_[cell].first, cells_[cell].second) = table.result.value[cell];
    fill_table();
    fill_satellites();
    fill_parameters();
    table.dataset = std::move(to_);
    return table;
  }

 private:
  /// The parent of a region or sector of the result, and which part of it (-1: it is not split).
  struct Origin {
    int parent = 0;
    int part = -1;
  };

  static std::vector<Origin> origins(int count, int parent, int parts) {
    std::vector<Origin> result;
    for (int k = 0; k < count; ++k) {
      if (k != parent) result.push_back({k, -1});
      for (int part = 0; k == parent && part < parts; ++part) result.push_back({k, part});
    }
    return result;
  }

  void make_sets() {
    const int parts = static_cast<int>(split_.parts.size());
    region_ = origins(from_.region_count(), split_.of_region ? split_.parent : -1, parts);
    sector_ = origins(from_.sector_count(), split_.of_region ? -1 : split_.parent, parts);
    to_ = dataset_after(from_, split_.name);
    for (const Origin& origin : region_) {
      to_.regions.push_back(from_.regions[static_cast<std::size_t>(origin.parent)]);
      if (origin.part < 0) continue;
      const Split::Part& part = split_.parts[static_cast<std::size_t>(origin.part)];
      to_.regions.back() = {part.code, part.name, part.income_group};
    }
    for (const Origin& origin : sector_) {
      to_.sectors.push_back(from_.sectors[static_cast<std::size_t>(origin.parent)]);
      if (origin.part < 0) continue;
      const Split::Part& part = split_.parts[static_cast<std::size_t>(origin.part)];
      to_.sectors.back() = {part.code, part.name, part.groups};
    }
    if (from_.electricity >= 0) {
      to_.electricity =
          to_.sector_index(split_.electricity.empty() ? from_.sectors[static_cast<std::size_t>(from_.electricity)].code
                                                      : split_.electricity);
    }
    to_.assumptions.push_back(fmt::format("'{}' split by shares from '{}'.", parent_code(), from_.name));
  }

  const std::string& parent_code() const {
    const auto parent = static_cast<std::size_t>(split_.parent);
    return split_.of_region ? from_.regions[parent].code : from_.sectors[parent].code;
  }

  // Rows of amount_ are nodes and value added, columns nodes and columns of Y.
  int parent_node(int node) const {
    const int sectors = to_.sector_count();
    return from_.node(region_[static_cast<std::size_t>(node / sectors)].parent,
                      sector_[static_cast<std::size_t>(node % sectors)].parent);
  }
  int part_of(int node) const {
    const int sectors = to_.sector_count();
    return split_.of_region ? region_[static_cast<std::size_t>(node / sectors)].part
                            : sector_[static_cast<std::size_t>(node % sectors)].part;
  }
  int parent_row(int row) const { return row == to_.node_count() ? from_.node_count() : parent_node(row); }
  int parent_column(int column) const {
    if (column < to_.node_count()) return parent_node(column);
    const int k = column - to_.node_count();
    return from_.node_count() + region_[static_cast<std::size_t>(k / final_demand_count)].parent * final_demand_count +
           k % final_demand_count;
  }
  int part_of_column(int column) const {
    if (column < to_.node_count()) return part_of(column);
    return split_.of_region ? region_[static_cast<std::size_t>((column - to_.node_count()) / final_demand_count)].part
                            : -1;
  }

  const Split::Part& part(int index) const { return split_.parts[static_cast<std::size_t>(index)]; }
  /// The label of a parent node by which shares differ: its region or sector.
  std::size_t label(int node, bool region) const {
    return static_cast<std::size_t>(region ? node / from_.sector_count() : node % from_.sector_count());
  }

  double output_share(int node) const {
    return part(part_of(node)).output[label(parent_node(node), !split_.of_region)];
  }

  /// What a part of the seller has of a cell of its parent, before balancing.
  double row_share(int row, int column) const {
    if (row == to_.node_count() || part_of(row) < 0) return 1;
    const Split::Part& seller = part(part_of(row));
    if (column >= to_.node_count()) {
      const int k = parent_column(column) - from_.node_count();
      return seller.final_use[static_cast<std::size_t>(k / final_demand_count)];
    }
    return seller.use[label(parent_node(column), split_.of_region)];
  }

  double column_share(int row, int column) const {
    if (part_of_column(column) < 0) return 1;
    const Split::Part& buyer = part(part_of_column(column));
    if (column >= to_.node_count()) return buyer.final_demand;
    if (row == to_.node_count()) return buyer.value_added[label(parent_node(column), !split_.of_region)];
    return buyer.inputs[label(parent_node(row), split_.of_region)];
  }

  /// Shares of one cell of the parent that are given, and what the others have before balancing, by the other shares.
  struct GivenShares {
    std::map<std::pair<int, int>, double> share;  ///< by part of the seller and of the buyer
    double sum = 0;
    double others = 0;
    int open = 0;  ///< cells without a given share
  };

  int part_of_row(int row) const { return row == to_.node_count() ? -1 : part_of(row); }

  void take_given_shares() {
    for (const Split::CellShare& cell : split_.cells) {
      GivenShares& given = given_[{cell.row, cell.column}];
      given.share[{cell.row_part, cell.column_part}] = cell.share;
      given.sum += cell.share;
    }
    for (int row = 0; row < amount_.rows() && !given_.empty(); ++row) {
      for (int column = 0; column < amount_.cols(); ++column) {
        const auto found = given_.find({parent_row(row), parent_column(column)});
        if (found == given_.end()) continue;
        if (found->second.share.contains({part_of_row(row), part_of_column(column)})) continue;
        found->second.others += row_share(row, column) * column_share(row, column);
        ++found->second.open;
      }
    }
    for (auto& [cell, given] : given_) {
      if (given.open > 0) continue;
      if (std::abs(given.sum - 1) > share_rounding) {
        throw InputError({from_.path, 0, 0}, fmt::format("shares of the cell {} add up to {:.10g}, expected 1",
                                                         cell_name(cell.first, cell.second), given.sum));
      }
    }
  }

  /// What a cell of the result has of its parent's, before balancing.
  double share_of(int row, int column) const {
    const double usual = row_share(row, column) * column_share(row, column);
    const auto found = given_.find({parent_row(row), parent_column(column)});
    if (found == given_.end()) return usual;
    const GivenShares& given = found->second;
    const auto share = given.share.find({part_of_row(row), part_of_column(column)});
    if (share != given.share.end()) return share->second;
    const double left = std::max(0.0, 1 - given.sum);
    return given.others > 0 ? left * usual / given.others : left / given.open;
  }

  void divide_cells() {
    amount_ = Eigen::MatrixXd::Zero(to_.node_count() + 1, to_.node_count() + to_.region_count() * final_demand_count);
    number_ = Eigen::MatrixXi::Constant(amount_.rows(), amount_.cols(), -1);
    take_given_shares();
    for (int row = 0; row < amount_.rows(); ++row) {
      for (int column = 0; column < amount_.cols(); ++column) {
        const double parent = parent_amount_(parent_row(row), parent_column(column));
        if (parent == 0) continue;
        amount_(row, column) = parent * share_of(row, column);
        const bool whole = (row == to_.node_count() || part_of(row) < 0) && part_of_column(column) < 0;
        if (whole || amount_(row, column) == 0) continue;
        number_(row, column) = static_cast<int>(cells_.size());
        cells_.emplace_back(row, column);
        problem_.value.push_back(amount_(row, column));
      }
    }
  }

  /// A part's sales (costs) come to its share of the parent's; then every cell of the parent to what it is. The cells
  /// come last, so that they hold to the last digit.
  void add_totals() {
    const Eigen::VectorXd sales = parent_amount_.rowwise().sum();
    const Eigen::VectorXd costs = parent_amount_.leftCols(from_.node_count()).colwise().sum().transpose();
    for (int node = 0; node < to_.node_count(); ++node) {
      if (part_of(node) < 0) continue;
      CellTotal row{"sales of " + to_.node_label(node), output_share(node) * sales[parent_node(node)], {}};
      for (int column = 0; column < amount_.cols(); ++column) add(row, node, column);
      CellTotal column{"costs of " + to_.node_label(node), output_share(node) * costs[parent_node(node)], {}};
      for (int origin = 0; origin < amount_.rows(); ++origin) add(column, origin, node);
      problem_.totals.push_back(std::move(row));
      problem_.totals.push_back(std::move(column));
    }
    Eigen::MatrixXi total = Eigen::MatrixXi::Constant(parent_amount_.rows(), parent_amount_.cols(), -1);
    for (int row = 0; row < amount_.rows(); ++row) {
      for (int column = 0; column < amount_.cols(); ++column) {
        if (number_(row, column) < 0) continue;
        int& index = total(parent_row(row), parent_column(column));
        if (index < 0) {
          index = static_cast<int>(problem_.totals.size());
          problem_.totals.push_back({"cell " + cell_name(parent_row(row), parent_column(column)),
                                     parent_amount_(parent_row(row), parent_column(column)),
                                     {}});
        }
        add(problem_.totals[static_cast<std::size_t>(index)], row, column);
      }
    }
  }

  std::string cell_name(int row, int column) const {
    const int nodes = from_.node_count();
    const std::string seller = row == nodes ? "value added" : from_.node_label(row);
    if (column < nodes) return fmt::format("{} to {}", seller, from_.node_label(column));
    return fmt::format("{} to final demand of {}", seller,
                       from_.regions[static_cast<std::size_t>((column - nodes) / final_demand_count)].code);
  }

  void add(CellTotal& total, int row, int column) const {
    if (number_(row, column) >= 0) total.terms.push_back({number_(row, column), 1});
  }

  void fill_table() {
    const int nodes = to_.node_count();
    to_.table.Z = IntermediateTable(amount_.topLeftCorner(nodes, nodes), to_.sector_count());
    to_.table.Y = amount_.topRightCorner(nodes, amount_.cols() - nodes);
    to_.table.value_added = amount_.row(nodes).head(nodes).transpose();
    to_.table.x.resize(nodes);
    for (int n = 0; n < nodes; ++n)
      to_.table.x[n] = from_.table.x[parent_node(n)] * (part_of(n) < 0 ? 1.0 : output_share(n));
    to_.balance = table_balance(to_.table).largest();
  }

  void fill_satellites() {
    for (std::size_t k = 0; k < from_.stressors.size(); ++k) {
      const Stressor& old = from_.stressors[k];
      Stressor now = old;
      now.industry.resize(to_.node_count());
      now.process.resize(to_.node_count());
      now.household.resize(to_.region_count());
      for (int n = 0; n < to_.node_count(); ++n) {
        const double share = part_of(n) < 0 ? 1.0 : part(part_of(n)).emissions[k];
        now.industry[n] = share * old.industry[parent_node(n)];
        now.process[n] = share * old.process[parent_node(n)];
      }
      for (int r = 0; r < to_.region_count(); ++r) {
        const Origin& origin = region_[static_cast<std::size_t>(r)];
        now.household[r] = old.household[origin.parent] * (origin.part < 0 ? 1.0 : part(origin.part).final_demand);
      }
      to_.stressors.push_back(std::move(now));
    }
    if (from_.tariff.size() == 0) return;
    to_.tariff = Eigen::MatrixXd::Zero(to_.node_count(), to_.region_count());
    for (int n = 0; n < to_.node_count(); ++n) {
      for (int r = 0; r < to_.region_count(); ++r)
        to_.tariff(n, r) = from_.tariff(parent_node(n), region_[static_cast<std::size_t>(r)].parent);
    }
  }

  Eigen::VectorXd inherited(const Eigen::VectorXd& values) const {
    if (values.size() == 0) return values;
    Eigen::VectorXd result(to_.node_count());
    for (int n = 0; n < to_.node_count(); ++n) result[n] = values[parent_node(n)];
    return result;
  }

  void fill_parameters() {
    const Parameters& old = from_.parameters;
    Parameters& now = to_.parameters;
    for (const auto& [name, values] : old.elasticities.by_node) now.elasticities.by_node[name] = inherited(values);
    now.labour_share = inherited(old.labour_share);
    now.resource_share = inherited(old.resource_share);
    now.supply_elasticity = inherited(old.supply_elasticity);
    if (old.fuel_weight.size() > 0) {
      now.fuel_weight.resize(to_.sector_count());
      for (int i = 0; i < to_.sector_count(); ++i)
        now.fuel_weight[i] = old.fuel_weight[sector_[static_cast<std::size_t>(i)].parent];
    }
    for (const FuelUse& use : old.fuel_use) {
      for (int i = 0; i < to_.sector_count(); ++i) {
        for (int j = 0; j < to_.sector_count(); ++j) {
          if (sector_[static_cast<std::size_t>(i)].parent != use.fuel) continue;
          if (sector_[static_cast<std::size_t>(j)].parent != use.user) continue;
          now.fuel_use.push_back({i, j, use.share_outside_nest, use.emits});
        }
      }
    }
    Eigen::MatrixXd weight = Eigen::MatrixXd::Zero(from_.sector_count(), to_.sector_count());
    for (int i = 0; i < to_.sector_count(); ++i) weight(sector_[static_cast<std::size_t>(i)].parent, i) = 1;
    std::vector<std::string> notes;
    follow_trees(from_, {weight, Eigen::VectorXd::Ones(from_.sector_count())}, to_, notes);
  }

  const Dataset& from_;
  const Split& split_;
  Dataset to_;
  std::vector<Origin> region_, sector_;  ///< of the result
  Eigen::MatrixXd parent_amount_, amount_;
  Eigen::MatrixXi number_;  ///< of the cell in the problem, -1 where it is not divided
  std::vector<std::pair<int, int>> cells_;
  std::map<std::pair<int, int>, GivenShares> given_;  ///< by row and column of the parent
  BalancingProblem problem_;
};

}  // namespace

SplitTable split_table(const Dataset& dataset, const Split& split, const SolveSeparable& solve) {
  if (dataset.table.Z.factored())
    throw InputError({dataset.path, 0, 0}, "a table given as use and trade cannot be split: give it as Z and Y");
  return Splitter(dataset, split).run(solve);
}

std::string map_back(const Dataset& dataset, const Split& split) {
  std::string text = fmt::format("# Takes the parts back.\naggregation: {}\n{}:\n", dataset.name,
                                 split.of_region ? "regions" : "sectors");
  const int count = split.of_region ? dataset.region_count() : dataset.sector_count();
  for (int k = 0; k < count; ++k) {
    const auto index = static_cast<std::size_t>(k);
    const std::string& code = split.of_region ? dataset.regions[index].code : dataset.sectors[index].code;
    std::string members = k == split.parent ? "" : code;
    for (const Split::Part& part : split.parts) {
      if (k == split.parent) members += (members.empty() ? "" : ", ") + part.code;
    }
    text += fmt::format("  {}: [{}]\n", code, members);
  }
  return text;
}

}  // namespace levee
