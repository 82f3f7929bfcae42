#include "data/import/imported_dataset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "data/table_balance.hpp"

namespace levee {

namespace {

class DatasetMaker {
 public:
  explicit DatasetMaker(ImportedTable table) : from_(std::move(table)) {}

  Dataset make() {
    to_.name = from_.name;
    to_.year = from_.year;
    to_.currency = from_.currency;
    to_.money_unit = from_.money_unit;
    to_.sources = std::move(from_.sources);
    to_.artefacts = std::move(from_.artefacts);
    to_.assumptions = std::move(from_.assumptions);
    to_.regions = std::move(from_.regions);
    to_.sectors = std::move(from_.sectors);
    add_final_demand();
    add_value_added();
    move_negative_deliveries();
    to_.table.x = from_.x.size() > 0 ? std::move(from_.x)
                                     : Eigen::VectorXd(from_.Z.rowwise().sum() + to_.table.Y.rowwise().sum());
    to_.table.Z = IntermediateTable(std::move(from_.Z), to_.sector_count());
    to_.balance = table_balance(to_.table).largest();
    add_stressors();
    to_.tariff = std::move(from_.tariff);
    to_.electricity = from_.electricity;
    if (from_.model) add_model(std::move(*from_.model));
    return std::move(to_);
  }

 private:
  void add_final_demand() {
    const auto categories = static_cast<int>(from_.final_demand_kind.size());
    to_.table.Y = Eigen::MatrixXd::Zero(to_.node_count(), to_.region_count() * final_demand_count);
    double moved = 0;
    for (int r = 0; r < to_.region_count(); ++r) {
      for (int k = 0; k < categories; ++k) {
        const int to = r * final_demand_count + from_.final_demand_kind[static_cast<std::size_t>(k)];
        to_.table.Y.col(to) += from_.Y.col(r * categories + k);
      }
      auto inventory = to_.table.Y.col(r * final_demand_count + inventories);
      for (int k = 0; k < inventories; ++k) {
        auto category = to_.table.Y.col(r * final_demand_count + k);
        const Eigen::VectorXd negative = category.cwiseMin(0);
        moved -= negative.sum();
        inventory += negative;
        category -= negative;
      }
    }
    if (moved > 0) assume("negative final demand is taken for sales out of the buying region's inventories", moved);
  }

  void add_value_added() {
    to_.table.value_added = Eigen::VectorXd::Zero(to_.node_count());
    double taxes = 0, on_final_demand = 0;
    for (const ImportedTable::ValueAddedRow& row : from_.value_added) {
      to_.table.value_added += row.by_node;
      if (row.product_tax) taxes += row.by_node.sum();
      on_final_demand += row.by_final_demand.sum();
    }
    if (taxes != 0) assume("value added includes taxes less subsidies on products", taxes);
    if (on_final_demand != 0) assume("taxes, margins and adjustments on final demand are left out", on_final_demand);
  }

  void move_negative_deliveries() {
    double moved = 0;
    for (Eigen::Index user = 0; user < from_.Z.cols(); ++user) {
      auto deliveries = from_.Z.col(user);
      if (!(deliveries.minCoeff() < 0)) continue;
      const Eigen::VectorXd negative = deliveries.cwiseMin(0);
      to_.table.Y.col(user / to_.sector_count() * final_demand_count + inventories) += negative;
      to_.table.value_added[user] += negative.sum();
      moved -= negative.sum();
      deliveries -= negative;
    }
    if (moved > 0) {
      assume(
          "negative deliveries are taken for sales out of the buying region's inventories, the buyer's value added "
          "falls by them",
          moved);
    }
  }

  void add_stressors() {
    if (from_.value_added.size() > 1) {
      for (ImportedTable::ValueAddedRow& row : from_.value_added) {
        Stressor component;
        component.name = "value added: " + (row.name.empty() ? row.code : row.name);
        component.unit = levee::money_unit(to_);
        component.mt_per_unit = 0;
        component.industry = std::move(row.by_node);
        add_stressor(std::move(component));
      }
    }
    for (Stressor& stressor : from_.stressors) add_stressor(std::move(stressor));
    // Not of std::ranges, whose subranges Clang 14 cannot read.
    std::stable_partition(to_.stressors.begin(), to_.stressors.end(),
                          [](const Stressor& stressor) { return stressor.name == "CO2"; });
  }

  void add_stressor(Stressor stressor) {
    const std::string name = stressor.name;
    for (int copy = 2; !names_.insert(stressor.name).second; ++copy) stressor.name = fmt::format("{} ({})", name, copy);
    if (stressor.industry.size() == 0) stressor.industry = Eigen::VectorXd::Zero(to_.node_count());
    if (stressor.process.size() == 0) stressor.process = Eigen::VectorXd::Zero(to_.node_count());
    if (stressor.household.size() == 0) stressor.household = Eigen::VectorXd::Zero(to_.region_count());
    // An account of a mass with sinks in it is carried as what it is, and cannot be priced.
    if (stressor.industry.minCoeff() < 0 || stressor.household.minCoeff() < 0) stressor.mt_per_unit = 0;
    to_.stressors.push_back(std::move(stressor));
  }

  void add_model(ImportedModel model) {
    to_.parameters = std::move(model.parameters);
    to_.technologies = std::move(model.technologies);
    to_.households = std::move(model.households);
  }

  void assume(const char* what, double size) {
    to_.assumptions.push_back(fmt::format("{} ({:.6g} {})", what, size, levee::money_unit(to_)));
  }

  ImportedTable from_;
  Dataset to_;
  std::set<std::string> names_;
};

}  // namespace

Dataset make_dataset(ImportedTable table) { return DatasetMaker(std::move(table)).make(); }

}  // namespace levee
