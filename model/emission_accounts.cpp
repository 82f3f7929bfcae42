#include "model/emission_accounts.hpp"

#include <algorithm>
#include <cmath>

namespace levee {

double EmissionAccounts::imbalance() const {
  const double total = production.cwiseAbs().sum();
  if (total == 0) return 0;
  return std::max(std::abs(consumption.sum() - production.sum()), std::abs(imports.sum() - exports.sum())) / total;
}

EmissionAccounts emission_accounts(const InputOutputTable& table, const LeontiefSystem& prices,
                                   const LeontiefSystem& quantities, const Eigen::MatrixXd& output_by_destination,
                                   const Eigen::VectorXd& F) {
  const int sectors = table.sectors();
  EmissionAccounts accounts;
  accounts.S = per_output(table, F);
  LeontiefSolution multipliers = multipliers_by_origin(prices, accounts.S, table.regions());
  accounts.by_origin = std::move(multipliers.y);
  accounts.error = multipliers.error;
  accounts.sweeps = multipliers.sweeps;
  accounts.downstream = downstream_multipliers(table, quantities, F);
  accounts.production = F;
  accounts.embodied = embodied_by_product(table, accounts.by_origin);
  accounts.consumption = accounts.embodied.colwise().sum().transpose();
  const Eigen::MatrixXd made = embodied_by_maker(accounts.S, output_by_destination);
  accounts.exports = made.rowwise().sum();
  accounts.imports = accounts.consumption;
  for (int node = 0; node < table.nodes(); ++node) {
    accounts.exports[node] -= made(node, node / sectors);
    accounts.imports[node] -= accounts.embodied(node / sectors, node);
  }
  return accounts;
}

}  // namespace levee
