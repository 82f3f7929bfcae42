#include "report/cost_quantities.hpp"

#include "rules/rule_lookup.hpp"

namespace levee {

std::string unit_of_good(const FirmFile& file, const Firm& firm) {
  const Product& product = file.products[firm.product];
  return scope_of(file.book, product.cn, product.where).sector == electricity_sector ? "MWh" : "t";
}

std::vector<CostQuantity> cost_quantities(const FirmFile& file, const FirmCost& cost) {
  const std::string good = unit_of_good(file, file.firms[cost.firm]);
  const std::string emissions = "tCO2e/" + good, money = file.currency() + "/" + good;
  const std::string price = file.book.currency + "/tCO2e";
  const TonneCharge& charge = cost.charge;
  return {{"embedded_direct", emissions, cost.emissions.direct},
          {"embedded_indirect", emissions, cost.emissions.indirect},
          {"embedded_total", emissions, cost.emissions.total},
          {"charged_emissions", emissions, charge.emissions},
          {"free_allocation_adjustment", emissions, charge.adjustment},
          {"net_emissions", emissions, charge.net()},
          {"certificate_price", price, charge.certificate_price},
          {"origin_price_deducted", price, charge.origin_price},
          {"charge_in_rules_currency", file.book.currency + "/" + good, cost.per_tonne_rules},
          {"exchange_rate", file.currency() + "/" + file.book.currency, file.rate(file.book.currency, cost.year)},
          {"charge", money, cost.per_tonne},
          {"ad_valorem", "share", cost.ad_valorem},
          {"domestic_carbon_cost", money, cost.domestic},
          {"green_supply_cost", money, cost.green},
          {"cost_without_charge", money, cost.cost_at_home},
          {"profit_without_charge", money, cost.profit_at_home},
          {"cost", money, cost.cost},
          {"profit", money, cost.profit},
          {"break_even_certificate_price", price, cost.break_even_price},
          {"break_even_emissions", emissions, cost.break_even_emissions},
          {"quantity", good + " a year", cost.tonnes},
          {"certificates", "tCO2e a year", cost.certificates},
          {"total_charge", file.currency() + " a year", cost.total}};
}

}  // namespace levee
