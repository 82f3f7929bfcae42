#include "scenarios/outcome.hpp"

namespace levee {

namespace {

class OutcomeReader {
 public:
  OutcomeReader(const RegionalModel& model, const EconomySystem& system, std::span<const double> x)
      : model_(model), data_(*model.benchmark->dataset), system_(system), x_(x), state_(system.state(x)) {
    deflator_ = state_.auxiliaries[model.world_price_index];
  }

  Outcome read() {
    read_nodes();
    read_trade();
    read_regions();
    for (const EmissionSource& source : model_.sources) {
      const int region = source.user - data_.node_count();
      const double driver = source.leaf >= 0 ? system_.quantity(source.leaf, x_) : outcome_.utility[region];
      outcome_.emissions.push_back(
          {source.account, source.user, source.kind, source.fuel, source.coefficient * driver});
    }
    read_charges();
    read_budgets();
    for (const int index : model_.price_index) outcome_.zone_index.push_back(state_.auxiliaries[index] / deflator_);
    for (std::size_t z = 0; z < model_.price_index.size(); ++z) {
      const Reference& price = model_.carbon_price[z];
      const double real = price.kind == ReferenceKind::parameter ? system_.parameter_values()[price.index]
                                                                 : state_.auxiliaries[price.index];
      const double market = state_.auxiliaries[model_.market_index[z]] / state_.auxiliaries[model_.price_index[z]];
      outcome_.carbon_price.push_back(real * market);
    }
    return std::move(outcome_);
  }

 private:
  double price(int commodity) const { return commodity < 0 ? 0.0 : state_.prices[commodity] / deflator_; }
  double quantity(int leaf) const { return leaf < 0 ? 0.0 : system_.quantity(leaf, x_); }

  void read_nodes() {
    const int nodes = data_.node_count();
    for (Eigen::VectorXd* vector :
         {&outcome_.output, &outcome_.price, &outcome_.composite_price, &outcome_.resource_price}) {
      vector->setZero(nodes);
    }
    for (int n = 0; n < nodes; ++n) {
      outcome_.output[n] = quantity(model_.output_leaf[n]);
      outcome_.price[n] = price(model_.good[n]);
      outcome_.composite_price[n] = price(model_.composite[n]);
      outcome_.resource_price[n] = price(model_.resource[n]);
    }
  }

  void read_trade() {
    const int nodes = data_.node_count(), regions = data_.region_count(), sectors = data_.sector_count();
    outcome_.trade.setZero(nodes, regions);
    for (int n = 0; n < nodes; ++n) {
      for (int r = 0; r < regions; ++r) outcome_.trade(n, r) = quantity(model_.trade(n, r));
    }
    for (Eigen::MatrixXd* matrix : {&outcome_.consumption, &outcome_.government, &outcome_.investment})
      matrix->setZero(sectors, regions);
    for (int r = 0; r < regions; ++r) {
      for (int i = 0; i < sectors; ++i) {
        outcome_.consumption(i, r) = quantity(model_.consumption_leaf[data_.node(r, i)]);
        outcome_.government(i, r) = quantity(model_.government_leaf[data_.node(r, i)]);
        outcome_.investment(i, r) = quantity(model_.investment_leaf[data_.node(r, i)]);
      }
    }
  }

  void read_regions() {
    const int regions = data_.region_count();
    for (Eigen::VectorXd* vector : {&outcome_.wage, &outcome_.rental, &outcome_.labour_income, &outcome_.capital_income,
                                    &outcome_.resource_income, &outcome_.utility, &outcome_.expenditure}) {
      vector->setZero(regions);
    }
    Eigen::VectorXd supply = Eigen::VectorXd::Ones(data_.node_count());
    for (const auto& [node, auxiliary] : model_.held_resources) supply[node] = state_.auxiliaries[auxiliary];
    for (int r = 0; r < regions; ++r) {
      outcome_.wage[r] = price(model_.labour[r]);
      outcome_.rental[r] = price(model_.capital[r]);
      outcome_.utility[r] = system_.utility(model_.household[r], x_);
      outcome_.expenditure[r] = state_.incomes[model_.household[r]] / deflator_;
      for (int i = 0; i < data_.sector_count(); ++i) {
        const int n = data_.node(r, i);
        outcome_.labour_income[r] += outcome_.wage[r] * model_.benchmark->labour[n];
        outcome_.capital_income[r] += outcome_.rental[r] * model_.benchmark->capital[n];
        outcome_.resource_income[r] += outcome_.resource_price[n] * model_.benchmark->resource[n] * supply[n];
      }
    }
  }

  void read_charges() {
    for (const BookedWedge& booked : model_.wedges) {
      const int commodity = model_.economy->nodes[booked.leaf].commodity;
      outcome_.charges.push_back(
          {booked, quantity(booked.leaf), system_.wedge_revenue(booked.wedge, x_) / deflator_, price(commodity)});
    }
  }

  void read_budgets() {
    const int regions = data_.region_count(), sectors = data_.sector_count();
    outcome_.budget.resize(regions);
    for (const Outcome::Charge& charge : outcome_.charges) {
      Outcome::Budget& budget = outcome_.budget[payee_region(charge.booked)];
      switch (charge.booked.instrument) {
        case Instrument::tariff:
          budget.tariffs += charge.revenue;
          break;
        case Instrument::carbon_price:
          budget.carbon_price += charge.revenue;
          break;
        case Instrument::free_allocation:
          budget.free_allocation += charge.revenue;
          break;
        case Instrument::border_charge:
          budget.border_charge += charge.revenue;
          break;
        case Instrument::export_rebate:
          budget.export_rebate += charge.revenue;
          break;
      }
    }
    outcome_.allowance_sales.assign(model_.price_index.size(), 0);
    for (const AllowanceSales& sales : model_.allowance_sales) {
      const double money = system_.expression_value(sales.expression, x_) / deflator_;
      outcome_.budget[sales.region].allowance_sales += money;
      outcome_.allowance_sales[sales.zone] += money;
    }
    for (int r = 0; r < regions; ++r) {
      Outcome::Budget& budget = outcome_.budget[r];
      budget.labour = outcome_.labour_income[r];
      budget.capital = outcome_.capital_income[r];
      budget.resources = outcome_.resource_income[r];
      budget.foreign_saving = model_.benchmark->foreign_saving[r];  // fixed in the world's index
      for (int i = 0; i < sectors; ++i) {
        const double composite = outcome_.composite_price[data_.node(r, i)];
        budget.government -= composite * outcome_.government(i, r);
        budget.investment -= composite * outcome_.investment(i, r);
      }
      budget.inventories -= outcome_.price.dot(model_.benchmark->inventory.col(r));
    }
  }

  int payee_region(const BookedWedge& booked) const {
    const int agent = model_.economy->wedges[booked.wedge].agent;
    for (std::size_t r = 0; r < model_.household.size(); ++r) {
      if (model_.household[r] == agent) return static_cast<int>(r);
    }
    return booked.region;
  }

  const RegionalModel& model_;
  const Dataset& data_;
  const EconomySystem& system_;
  std::span<const double> x_;
  EconomyState state_;
  double deflator_ = 1;
  Outcome outcome_;
};

}  // namespace

double Outcome::region_emissions(int account, int region, const Dataset& data) const {
  const int nodes = data.node_count(), sectors = data.sector_count();
  double sum = 0;
  for (const Emission& emission : emissions) {
    const int of = emission.user < nodes ? emission.user / sectors : emission.user - nodes;
    if (emission.account == account && of == region) sum += emission.mt;
  }
  return sum;
}

Outcome read_outcome(const RegionalModel& model, const EconomySystem& system, std::span<const double> x) {
  return OutcomeReader(model, system, x).read();
}

}  // namespace levee
