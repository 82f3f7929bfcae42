#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "rules/embedded_emissions.hpp"
#include "rules/firm_file.hpp"
#include "rules/rule_year.hpp"
#include "rules/tonne_charge.hpp"

namespace levee {

/// Why a firm pays, or does not.
enum class ChargeStatus { charged, nothing_due, exempt_origin, de_minimis };

/// What a firm's tonne costs at the border in a year, by a reading of the rules. Money a tonne of good is in the
/// report's currency unless it says otherwise; a missing figure is no_figure.
struct FirmCost {
  std::size_t firm = 0, reading = 0;
  int year = 0;
  ChargeStatus status = ChargeStatus::charged;
  EmbeddedEmissions emissions;    ///< tCO2e/t, with any mark-up
  TonneCharge charge;             ///< as reckoned, in the rules' currency, also of who pays nothing
  double per_tonne_rules = 0;     ///< paid, in the rules' currency a tonne of good
  double per_tonne = 0;           ///< paid
  double ad_valorem = no_figure;  ///< share of the good's price
  double domestic = 0;            ///< carbon cost at the origin
  double green = 0;               ///< extra cost of direct green supply
  double cost_at_home = no_figure, profit_at_home = no_figure;  ///< without the border charge
  double cost = no_figure, profit = no_figure;                  ///< with it
  double break_even_price = no_figure;                          ///< of certificates, in the rules' currency a tCO2e
  double break_even_emissions = no_figure;                      ///< charged, tCO2e/t
  double tonnes = no_figure;
  double certificates = no_figure;  ///< a year
  double total = no_figure;         ///< charge of a year
};

/// What an importer surrenders and pays in a year for all of the file's goods. Goods are not netted against each other.
struct ImporterCost {
  std::string importer;
  std::size_t reading = 0;
  int year = 0;
  double tonnes = 0;  ///< that count for the de minimis rule
  double certificates = 0, total = 0;
};

/// A firm's tonne at a share of direct green supply.
struct GreenCost {
  std::size_t firm = 0, reading = 0;
  int year = 0;
  double share = 0;
  double emissions = 0;  ///< direct and indirect, tCO2e/t
  double green = 0, charge = 0, domestic = 0;
  bool least = false;  ///< of all shares looked at the one with the least sum of the three
};

struct CostPath {
  std::vector<FirmCost> firms;
  std::vector<ImporterCost> importers;
  std::vector<GreenCost> green;
  std::vector<LookedUp> looked_up;  ///< each figure once, in the order of first use
  std::vector<std::string> notes;
};

/// Every firm in every year by every reading. Throws InputError where the rules have no figure for what the file asks.
CostPath cost_path(const FirmFile& file);

}  // namespace levee
