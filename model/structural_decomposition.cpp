#include "model/structural_decomposition.hpp"

namespace levee {

namespace {

/// Final demand as level and mix; a region that buys nothing has no mix.
struct Demand {
  Eigen::VectorXd level;  ///< regions
  Eigen::MatrixXd mix;    ///< nodes x regions
};

Demand demand_of(const InputOutputTable& table) {
  Demand demand{table.Y.colwise().sum().transpose(), table.Y};
  for (Eigen::Index r = 0; r < demand.level.size(); ++r) {
    if (demand.level[r] != 0) demand.mix.col(r) /= demand.level[r];
  }
  return demand;
}

/// m' Y by product and region of consumption: nodes (r, i).
Eigen::VectorXd footprint(int sectors, const Eigen::VectorXd& m, const Eigen::MatrixXd& Y) {
  Eigen::VectorXd account = Eigen::VectorXd::Zero(m.size());
  for (Eigen::Index r = 0; r < Y.cols(); ++r) {
    for (Eigen::Index origin = 0; origin < m.size(); ++origin)
      account[r * sectors + origin % sectors] += m[origin] * Y(origin, r);
  }
  return account;
}

}  // namespace

StructuralDecomposition structural_decomposition(const InputOutputTable& before, const InputOutputTable& after,
                                                 std::size_t index_before, std::size_t index_after, int threads) {
  const Extension& old_stressor = before.stressors[index_before];
  const Extension& new_stressor = after.stressors[index_after];
  Eigen::MatrixXd s(before.nodes(), 2);
  s << per_output(before, old_stressor.F), per_output(after, new_stressor.F);
  // Columns: the intensities of before and after, with the input structure of before and of after.
  const Eigen::MatrixXd old_structure =
      LeontiefSystem(before.Z, before.x, LeontiefSystem::Side::prices, threads).solve(s);
  const Eigen::MatrixXd new_structure =
      LeontiefSystem(after.Z, after.x, LeontiefSystem::Side::prices, threads).solve(s);
  const Demand old_demand = demand_of(before), new_demand = demand_of(after);
  const auto of = [&](const Eigen::VectorXd& m, const Eigen::MatrixXd& Y) { return footprint(before.sectors(), m, Y); };
  const Eigen::MatrixXd mix_change = new_demand.mix - old_demand.mix;
  const auto level_change = (new_demand.level - old_demand.level).asDiagonal();

  StructuralDecomposition parts;
  parts.before = of(old_structure.col(0), before.Y);
  parts.after = of(new_structure.col(1), after.Y);
  parts.intensity = 0.5 * (of(old_structure.col(1) - old_structure.col(0), before.Y) +
                           of(new_structure.col(1) - new_structure.col(0), after.Y));
  parts.technology = 0.5 * (of(new_structure.col(1) - old_structure.col(1), before.Y) +
                            of(new_structure.col(0) - old_structure.col(0), after.Y));
  parts.mix = 0.5 * (of(new_structure.col(1), mix_change * old_demand.level.asDiagonal()) +
                     of(old_structure.col(0), mix_change * new_demand.level.asDiagonal()));
  parts.level = 0.5 * (of(new_structure.col(1), new_demand.mix * level_change) +
                       of(old_structure.col(0), old_demand.mix * level_change));
  parts.households = new_stressor.F_Y - old_stressor.F_Y;
  return parts;
}

}  // namespace levee
