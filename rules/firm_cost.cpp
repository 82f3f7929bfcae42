#include "rules/firm_cost.hpp"

#include "rules/benchmark_adjustment.hpp"
#include "rules/rule_lookup.hpp"

namespace levee {

namespace {

bool pays_nothing(ChargeStatus status) {
  return status == ChargeStatus::exempt_origin || status == ChargeStatus::de_minimis;
}

/// The pieces of one question.
class Reckoning {
 public:
  Reckoning(const FirmFile& file, const FirmYear& asked, std::vector<LookedUp>* looked_up)
      : file_(file),
        asked_(asked),
        firm_(file.firms[asked.firm]),
        reading_(file.readings[asked.reading]),
        product_(file.products[firm_.product]),
        rules_{file.book, asked.year, reading_.marked_up, file.correction_factor, looked_up} {}

  FirmCost cost(bool pays) const {
    FirmCost cost;
    cost.firm = asked_.firm;
    cost.reading = asked_.reading;
    cost.year = asked_.year;
    cost.tonnes = firm_.tonnes;
    const ScopeRule& scope = scope_of(file_.book, product_.cn, product_.where);
    note_scope(scope);
    cost.emissions = embedded_emissions(file_.products, firm_.product, rules_);
    cost.charge.emissions = charged_emissions(cost.emissions, reading_.emissions.value_or(scope.charged));
    if (reading_.free_allocation) cost.charge.adjustment = benchmark_adjustment(file_.products, firm_.product, rules_);
    cost.charge.certificate_price = certificate_price();
    const double at_origin = origin_price();
    if (reading_.origin_price_deducted) cost.charge.origin_price = at_origin / rate(file_.book.currency);
    cost.domestic = at_origin * domestic_emissions();
    cost.green = green();
    cost.status = status(cost.charge, pays);
    if (cost.status == ChargeStatus::charged) cost.per_tonne_rules = cost.charge.per_tonne();
    cost.per_tonne = cost.per_tonne_rules * rate(file_.book.currency);
    add_money(cost);
    return cost;
  }

 private:
  double rate(const std::string& currency) const { return file_.rate(currency, asked_.year); }

  void note_scope(const ScopeRule& scope) const {
    rules_.note(scope.charged == ChargedEmissions::direct ? "scope: direct emissions charged"
                                                          : "scope: direct and indirect emissions charged",
                scope.cn, no_figure, "", scope);
  }

  /// In the rules' currency.
  double certificate_price() const {
    const YearFigure price = figure_of(file_.certificate_price, asked_.year, file_.book);
    note_price("certificate price", file_.certificate_price, price, file_.book.currency);
    return in_report(price, file_.book.currency) / rate(file_.book.currency);
  }

  double in_report(const YearFigure& price, const std::string& currency) const {
    return price.value * rate(price.currency.empty() ? currency : price.currency);
  }

  void note_price(const char* what, const YearSeries& series, const YearFigure& price,
                  const std::string& currency) const {
    RuleRow row;
    row.where = series.where;
    row.source = price.source;
    row.confidence = price.confidence;
    rules_.note(what, series.market, price.value, (price.currency.empty() ? currency : price.currency) + "/tCO2e", row);
  }

  /// Effectively paid, in the report's currency a tCO2e.
  double origin_price() const {
    if (!firm_.origin_price) return 0;
    const OriginPrice& paid = *firm_.origin_price;
    const YearFigure price = figure_of(paid.price, asked_.year, file_.book);
    note_price("carbon price of the origin", paid.price, price, paid.currency);
    return paid.share_paid * in_report(price, paid.currency);
  }

  /// Emissions that the origin prices, tCO2e/t.
  double domestic_emissions() const {
    if (!firm_.origin_price) return 0;
    if (firm_.origin_price->emissions) return *firm_.origin_price->emissions;
    return charged_emissions(own_emissions(product_, rules_), reading_.domestic.value_or(firm_.origin_price->covers));
  }

  double green() const {
    if (!firm_.green || !product_.electricity) return 0;
    return rate(firm_.currency) *
           green_cost(*firm_.green, product_.electricity->mwh_per_tonne, green_share(*product_.electricity));
  }

  ChargeStatus status(const TonneCharge& charge, bool pays) const {
    if (is_exempt(file_.book, product_.origin)) return ChargeStatus::exempt_origin;
    if (!pays) return ChargeStatus::de_minimis;
    return charge.per_tonne() > 0 ? ChargeStatus::charged : ChargeStatus::nothing_due;
  }

  void add_money(FirmCost& cost) const {
    const double own = rate(firm_.currency), price = own * firm_.price;
    cost.ad_valorem = cost.per_tonne / price;
    cost.cost_at_home = own * firm_.production_cost + cost.green + cost.domestic;
    cost.profit_at_home = price - cost.cost_at_home;
    cost.cost = cost.cost_at_home + cost.per_tonne - replaced(cost);
    cost.profit = price - cost.cost;
    cost.certificates = cost.tonnes * (cost.status == ChargeStatus::charged ? cost.charge.certificates() : 0);
    cost.total = cost.tonnes * cost.per_tonne;
    if (pays_nothing(cost.status)) return;
    const double rules = rate(file_.book.currency);
    const ExportMargin margin{(price - own * firm_.production_cost - cost.green) / rules,
                              (cost.domestic - replaced(cost)) / rules};
    cost.break_even_price = break_even_price(cost.charge, margin);
    cost.break_even_emissions = break_even_emissions(cost.charge, margin);
  }

  /// The domestic cost that a reading has the charge take the place of.
  double replaced(const FirmCost& cost) const {
    return reading_.domestic_cost_paid || pays_nothing(cost.status) ? 0 : cost.domestic;
  }

  const FirmFile& file_;
  const FirmYear& asked_;
  const Firm& firm_;
  const Reading& reading_;
  const Product& product_;
  RuleYear rules_;
};

}  // namespace

FirmCost firm_cost(const FirmFile& file, const FirmYear& asked, bool pays, std::vector<LookedUp>* looked_up) {
  return Reckoning(file, asked, looked_up).cost(pays);
}

double paid_at(const FirmFile& file, const FirmCost& cost, const TonneCharge& charge) {
  if (pays_nothing(cost.status)) return 0;
  return charge.per_tonne() * file.rate(file.book.currency, cost.year);
}

}  // namespace levee
