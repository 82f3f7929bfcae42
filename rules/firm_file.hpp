#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "data/distribution.hpp"
#include "data/yaml_view.hpp"
#include "rules/exchange_rates.hpp"
#include "rules/green_supply.hpp"
#include "rules/product.hpp"
#include "rules/rule_book.hpp"
#include "rules/year_series.hpp"

namespace levee {

/// How the rules are read: as they are, or as somebody else reads them.
struct Reading {
  std::string name;
  std::optional<ChargedEmissions> emissions;  ///< charged; none: as the scope says
  bool free_allocation = true;                ///< adjusted for it
  bool origin_price_deducted = true;
  bool domestic_cost_paid = true;            ///< beside the charge; else the charge replaces it
  bool marked_up = true;                     ///< default values
  std::optional<ChargedEmissions> domestic;  ///< emissions priced at the origin; none: as the firm says
};

/// The carbon price of the origin and what of it is effectively paid.
struct OriginPrice {
  YearSeries price;
  std::string currency;
  double share_paid = 1;  ///< after free allocation and rebates
  ChargedEmissions covers = ChargedEmissions::direct;
  std::optional<double> emissions;  ///< priced, tCO2e/t; none: the own process's
};

/// A firm that exports a good. Money is in `currency` a tonne of good.
struct Firm {
  std::string name, label;
  Location where;
  std::size_t product = 0;
  double tonnes = no_figure;  ///< a year
  std::string importer;
  std::string currency;
  double price = no_figure, production_cost = no_figure;
  std::optional<OriginPrice> origin_price;
  std::optional<GreenSupply> green;
};

/// How uncertain factors are drawn.
struct Uncertainty {
  int draws = 1000;
  int seed = 1;
  std::optional<Distribution> certificate_price, emissions;  ///< factors on what the file says
};

/// A FIRM.yaml, with the rule book that it names.
struct FirmFile {
  std::string name, description, path;
  RuleBook book;
  std::vector<int> years;
  ExchangeRates exchange_rates{"", {}};
  YearSeries certificate_price;
  std::optional<double> correction_factor;
  std::vector<Reading> readings;
  std::vector<Product> products;
  std::vector<Firm> firms;
  std::map<std::string, double> importers;  ///< tonnes a year of all goods, where given
  std::optional<Uncertainty> uncertainty;

  /// Of the report.
  const std::string& currency() const { return exchange_rates.currency(); }
  /// Units of the report's currency a unit of `of`, a currency that the file was read with.
  double rate(const std::string& of, int year) const { return exchange_rates.rate(of, year, certificate_price.where); }
};

/// Reads a file of firms and the rules it names. Throws InputError with every fault.
FirmFile read_firm_file(const YamlView& document);

/// The same with a rule book at hand, whatever the file names.
FirmFile read_firm_file(const YamlView& document, RuleBook book);

}  // namespace levee
