// The factored layout of the transaction table: use by good and user, trade by origin and destination.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "data/dataset_matrix.hpp"

namespace levee {
namespace {

constexpr std::size_t worst_listed = 5;
constexpr double small_composite = 1e-3;  // of the mean: below it a gap is judged against this

/// The blocks of the layout as they are read.
struct UseAndTrade {
  Eigen::MatrixXd use;        ///< goods x nodes
  Eigen::MatrixXd final_use;  ///< goods x (regions * final_demand_count)
  Eigen::MatrixXd trade;      ///< nodes x regions
  Eigen::MatrixXi trade_row;  ///< goods x regions: a row of the trade file with a figure of the composite; 0: none
  Eigen::MatrixXi trade_column;
};

/// Figures >= 0. Those below 0 by less than `allowed(cell)` are rounding.
template <class Allowed, class Add>
void read_positive(DatasetContext& context, const YamlView& block, const LabelSet& rows, const LabelSet& columns,
                   const std::string& what, const Allowed& allowed, const Add& add) {
  const CsvFile& file = matrix_file(context, block);
  int count = 0;
  read_matrix(context, block, rows, columns, [&](const MatrixCell& cell) {
    if (cell.value >= 0) {
      add(cell);
      return;
    }
    if (-cell.value > allowed(cell)) {
      throw file.error(cell.file_row, cell.file_column, fmt::format("found {}, expected {} >= 0", cell.value, what));
    }
    ++count;
  });
  if (count > 0) context.warn(block.where(), fmt::format("{} figures are negative by rounding: set to 0", count));
}

void read_uses(DatasetContext& context, const YamlView& table, double tolerance, UseAndTrade& read) {
  const Eigen::VectorXd& x = context.dataset.table.x;
  const int sectors = context.sectors.size(), regions = context.regions.size();
  context.faults.guard([&] {
    read.use = Eigen::MatrixXd::Zero(sectors, context.nodes.size());
    read_positive(
        context, table.at("use"), context.sectors, context.nodes, "a purchase",
        [&](const MatrixCell& cell) { return tolerance * x[cell.column]; },
        [&](const MatrixCell& cell) { read.use(cell.row, cell.column) = cell.value; });
  });
  const FinalDemandColumns columns = final_demand_columns(context, table);
  for (const auto& [code, meaning] : table.at("final_demand").entries()) {
    if (meaning.text() == "inventories") {
      throw meaning.error(
          "found inventories among the purchases of mixed origin; expected them by origin, in the "
          "block 'inventories'");
    }
  }
  read.final_use = Eigen::MatrixXd::Zero(sectors, regions * final_demand_count);
  read_positive(
      context, table.at("final_use"), context.sectors, columns.labels, "a purchase",
      [&](const MatrixCell& cell) {
        const int region = columns.column[static_cast<std::size_t>(cell.column)] / final_demand_count;
        return tolerance * x[region * sectors + cell.row];
      },
      [&](const MatrixCell& cell) {
        read.final_use(cell.row, columns.column[static_cast<std::size_t>(cell.column)]) += cell.value;
      });
}

void read_trade(DatasetContext& context, const YamlView& table, double tolerance, UseAndTrade& read) {
  const int sectors = context.sectors.size(), regions = context.regions.size();
  read.trade = Eigen::MatrixXd::Zero(context.nodes.size(), regions);
  read.trade_row = read.trade_column = Eigen::MatrixXi::Zero(sectors, regions);
  read_positive(
      context, table.at("trade"), context.nodes, context.regions, "a delivery",
      [&](const MatrixCell& cell) { return tolerance * context.dataset.table.x[cell.row]; },
      [&](const MatrixCell& cell) {
        read.trade(cell.row, cell.column) = cell.value;
        const int good = cell.row % sectors;
        const bool home = cell.row / sectors == cell.column;
        if (!home && read.trade_row(good, cell.column) > 0) return;
        read.trade_row(good, cell.column) = cell.file_row;
        read.trade_column(good, cell.column) = cell.file_column;
      });
}

void read_inventories(DatasetContext& context, const YamlView& block) {
  int count = 0;
  double sum = 0;
  read_matrix(context, block, context.nodes, context.regions, [&](const MatrixCell& cell) {
    context.dataset.table.Y(cell.row, cell.column * final_demand_count + inventories) = cell.value;
    if (cell.value >= 0) return;
    ++count;
    sum += cell.value;
  });
  if (count > 0)
    context.warn(block.where(),
                 fmt::format("{} inventory cells are negative, {:.6g} in all: kept as fixed quantities", count, sum));
}

/// What comes into a region of a good, from all origins, must be what its users buy of it.
void check_composites(DatasetContext& context, const YamlView& table, double tolerance, const UseAndTrade& read,
                      const Eigen::MatrixXd& bought, const Eigen::MatrixXd& brought) {
  struct Gap {
    int good, region;
    double relative;
  };
  std::vector<Gap> gaps;
  const double floor = small_composite * bought.mean();
  for (int region = 0; region < bought.cols(); ++region) {
    for (int good = 0; good < bought.rows(); ++good) {
      const double gap = std::abs(brought(good, region) - bought(good, region));
      // a composite that nothing is brought of has no origins to be bought from, however little it is
      const bool no_origin = brought(good, region) <= 0 && bought(good, region) > 0;
      const double relative = gap == 0 ? 0 : gap / std::max(bought(good, region), floor);
      if (relative > tolerance || no_origin) gaps.push_back({good, region, relative});
    }
  }
  if (gaps.empty()) return;
  const YamlView block = table.at("trade");
  context.faults.add(
      block.error(fmt::format("use and trade differ: {} of {} goods by region are off by more than {:g} "
                              "of what is used; the worst follow",
                              gaps.size(), bought.size(), tolerance)));
  std::ranges::stable_sort(gaps, [](const Gap& p, const Gap& q) { return p.relative > q.relative; });
  const CsvFile& file = matrix_file(context, block);
  for (std::size_t k = 0; k < std::min(gaps.size(), worst_listed); ++k) {
    const auto& [good, region, relative] = gaps[k];
    const double difference = brought(good, region) - bought(good, region);
    const std::string message = fmt::format(
        "{} of {} is used in {}, but {} comes from all origins ({:+.6g}, {:.3g} relative)", bought(good, region),
        context.sectors.name(good), context.regions.name(region), brought(good, region), difference, relative);
    const int row = read.trade_row(good, region);
    context.faults.add(row > 0 ? file.error(row, read.trade_column(good, region), message) : block.error(message));
  }
}

/// Trade by origin over what comes in from all.
Eigen::MatrixXd shares(const Eigen::MatrixXd& trade, const Eigen::MatrixXd& brought) {
  const Eigen::Index sectors = brought.rows();
  Eigen::MatrixXd result = trade;
  for (Eigen::Index region = 0; region < trade.cols(); ++region) {
    for (Eigen::Index origin = 0; origin < trade.rows(); ++origin) {
      if (trade(origin, region) > 0) result(origin, region) /= brought(origin % sectors, region);
    }
  }
  return result;
}

}  // namespace

void read_use_and_trade(DatasetContext& context, const YamlView& table, double tolerance) {
  const std::size_t before = context.faults.list().size();
  const int sectors = context.sectors.size(), regions = context.regions.size();
  UseAndTrade read;
  context.faults.guard([&] { read_uses(context, table, tolerance, read); });
  context.faults.guard([&] { read_trade(context, table, tolerance, read); });
  MrioTable& mrio = context.dataset.table;
  mrio.Y = Eigen::MatrixXd::Zero(context.nodes.size(), regions * final_demand_count);
  if (const auto block = table.find("inventories")) context.faults.guard([&] { read_inventories(context, *block); });
  if (context.faults.list().size() > before) return;

  Eigen::MatrixXd bought(sectors, regions), brought = Eigen::MatrixXd::Zero(sectors, regions);
  for (int region = 0; region < regions; ++region) {
    bought.col(region) = read.use.middleCols(region * sectors, sectors).rowwise().sum() +
                         read.final_use.middleCols(region * final_demand_count, final_demand_count).rowwise().sum();
    for (int origin = 0; origin < regions; ++origin)
      brought.col(region) += read.trade.col(region).segment(origin * sectors, sectors);
  }
  check_composites(context, table, tolerance, read, bought, brought);
  if (context.faults.list().size() > before) return;
  Eigen::MatrixXd share = shares(read.trade, brought);
  for (int region = 0; region < regions; ++region) {
    for (int category = 0; category < inventories; ++category) {
      const int column = region * final_demand_count + category;
      for (int origin = 0; origin < context.nodes.size(); ++origin)
        mrio.Y(origin, column) = share(origin, region) * read.final_use(origin % sectors, column);
    }
  }
  mrio.Z = IntermediateTable(std::move(share), std::move(read.use));
}

}  // namespace levee
