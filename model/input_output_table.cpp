#include "model/input_output_table.hpp"

namespace levee {

namespace {

/// Takes nodes that sell nothing out of the table; dropping one can empty another.
std::vector<char> drop_empty_nodes(InputOutputTable& table) {
  std::vector<char> kept(static_cast<std::size_t>(table.nodes()), 1);
  for (bool again = true; again;) {
    again = false;
    table.x = table.Z.row_sums() + table.Y.rowwise().sum();
    for (int node = 0; node < table.nodes(); ++node) {
      char& keep = kept[static_cast<std::size_t>(node)];
      if (keep == 0 || table.x[node] > 0) continue;
      keep = 0;
      const double money = table.Z.drop(node) + table.Y.row(node).cwiseAbs().sum();
      table.Y.row(node).setZero();
      table.dropped_money += money;
      ++table.dropped;
      again = again || money > 0;
    }
  }
  return kept;
}

Extension extension(const Stressor& stressor, const std::vector<char>& kept) {
  Extension result{stressor.name, stressor.unit, stressor.industry, stressor.household, 0};
  for (Eigen::Index node = 0; node < result.F.size(); ++node) {
    if (kept[static_cast<std::size_t>(node)] != 0) continue;
    result.dropped += result.F[node];
    result.F[node] = 0;
  }
  return result;
}

}  // namespace

InputOutputTable input_output_table(const Dataset& dataset) {
  InputOutputTable table;
  table.Z = dataset.table.Z;
  table.Y.setZero(dataset.node_count(), dataset.region_count());
  for (int r = 0; r < dataset.region_count(); ++r)
    table.Y.col(r) = dataset.table.Y.middleCols(r * final_demand_count, final_demand_count).rowwise().sum();
  const std::vector<char> kept = drop_empty_nodes(table);
  table.v = table.x - table.Z.column_sums();
  for (const Stressor& stressor : dataset.stressors) table.stressors.push_back(extension(stressor, kept));
  return table;
}

Eigen::VectorXd per_output(const InputOutputTable& table, const Eigen::VectorXd& F) {
  return F.cwiseProduct(inverse_output(table.x));
}

LeontiefSolution multipliers_by_origin(const LeontiefSystem& prices, const Eigen::VectorXd& s, int regions) {
  const Eigen::Index sectors = s.size() / regions;
  Eigen::MatrixXd by_origin = Eigen::MatrixXd::Zero(s.size(), regions);
  for (int q = 0; q < regions; ++q) by_origin.col(q).segment(q * sectors, sectors) = s.segment(q * sectors, sectors);
  return prices.solve_with_bound(by_origin);
}

Eigen::MatrixXd embodied_by_product(const InputOutputTable& table, const Eigen::MatrixXd& by_origin) {
  const int sectors = table.sectors(), regions = table.regions();
  Eigen::MatrixXd embodied = Eigen::MatrixXd::Zero(regions, table.nodes());
  for (int r = 0; r < regions; ++r) {
    for (int s = 0; s < regions; ++s) {
      const auto bought = table.Y.col(r).segment(s * sectors, sectors);
      embodied.middleCols(r * sectors, sectors) +=
          by_origin.middleRows(s * sectors, sectors).transpose() * bought.asDiagonal();
    }
  }
  return embodied;
}

Eigen::MatrixXd embodied_by_maker(const Eigen::VectorXd& s, const Eigen::MatrixXd& output_by_destination) {
  return s.asDiagonal() * output_by_destination;
}

Eigen::VectorXd consumption_account(const InputOutputTable& table, const Eigen::VectorXd& M) {
  const int sectors = table.sectors();
  Eigen::VectorXd account = Eigen::VectorXd::Zero(table.nodes());
  for (int r = 0; r < table.regions(); ++r) {
    for (int origin = 0; origin < table.nodes(); ++origin)
      account[r * sectors + origin % sectors] += M[origin] * table.Y(origin, r);
  }
  return account;
}

Eigen::VectorXd downstream_multipliers(const InputOutputTable& table, const LeontiefSystem& quantities,
                                       const Eigen::VectorXd& F) {
  return per_output(table, quantities.solve(F) - F);
}

}  // namespace levee
