#include "calibration/equation_families.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <tuple>

#include "model/equation_listing.hpp"

namespace levee {
namespace {

constexpr std::size_t example_addends = 6;   // of a side, before the rest is only counted
constexpr std::size_t shortest_example = 4;  // unknowns and terms: a row with fewer shows nothing

struct FamilyRule {
  std::string_view begins;    ///< of a row's name
  std::string_view contains;  ///< of what follows; empty: anything
  const char* family;
  const char* pairing;
  const char* formula;
  const char* statement;
};

/// The first rule that fits a row is its family.
constexpr std::array rules{
    FamilyRule{
        "unit cost of ", "", "unit cost of a nest", "unit cost of the nest, relative to the benchmark",
        "C = [ sum_k t_k P_k^(1-s) ]^(1/(1-s))",
        "A nest costs what its cheapest combination of parts costs: t_k the benchmark shares, P_k the parts' prices "
        "relative to the benchmark, s the elasticity of substitution; a product for s = 1."},
    FamilyRule{
        "zero profit ", "", "zero profit", "level of the activity", "p_i + a_i - c_i = C_i",
        "What a unit earns, after carbon cost and free allocation, is what it costs. Where several inputs meet at the "
        "top, the right side is the unit cost of the top nest itself. A composite earns its price and costs its "
        "domestic part and its imports."},
    FamilyRule{
        "definition of the price of ", "", "user price with charges", "price that the buyer pays or the maker receives",
        "P = p (1 + t) + w - b;  P = p_composite + e P_carbon I;  P = p - c + a",
        "The market price with taxes, carbon cost, border charges, rebates and allocation, each paid to somebody."},
    FamilyRule{
        "market clearing ", " composite in ", "market clearing of a composite", "price of the composite",
        "A = sum_j x_ij + c + g + inv",
        "What the composite of domestic and imported goods makes is bought by producers, households, government and "
        "investment. A purchase is its benchmark quantity times the activity's level times (cost of nest / price)^s "
        "for "
        "each nest above it."},
    FamilyRule{"market clearing ", " bundle in ", "market clearing of a fixed bundle", "price of the bundle",
               "level = 1", "Government and investment buy their benchmark quantities, whatever they cost."},
    FamilyRule{"market clearing ", "labour in ", "market clearing of labour", "wage", "L = sum_j l_j",
               "Labour is fully employed in its region and moves freely between sectors."},
    FamilyRule{"market clearing ", "capital in ", "market clearing of capital", "rental", "K = sum_j k_j",
               "Capital is fully employed in its region and moves freely between sectors."},
    FamilyRule{"market clearing ", " resource in ", "market clearing of a natural resource", "rent of the resource",
               "R_j = r_j y_j", "Land and natural resources stay in their sector."},
    FamilyRule{
        "market clearing ", "", "market clearing of a good", "price of the good", "y = sum_r m_r + inventories",
        "Output is delivered to the composites of all regions, its own included; inventories are fixed quantities."},
    FamilyRule{"income balance foreign saving", "", "foreign saving", "the pool's income", "0 = sum_r S_r I_world",
               "What some regions receive from abroad others pay, fixed in the world's consumer prices."},
    FamilyRule{"income balance allowance trade", "", "trade in allowances", "the pool's income",
               "0 = sum_z P I (cap_z - E_z)", "Linked zones pay each other for the allowances that move between them."},
    FamilyRule{
        "income balance ", "", "income balance", "income of the agent",
        "M = w L + r K + rents + tariffs + carbon revenue - allocation + border charges - rebates + S - G - Inv - "
        "stocks",
        "What a household spends is what it owns at market prices and the revenue it receives, less what government, "
        "investment and inventories cost."},
    FamilyRule{"equation of consumer price index of ", "", "consumer price index", "the index",
               "I = sum_r,i c_ir p_ir / sum_r,i c_ir",
               "Prices of composites weighted with benchmark consumption; money amounts of policies are fixed in it."},
    FamilyRule{"equation of carbon market of ", "", "cap on emissions", "carbon price, at least 0",
               "0 <= P  perp  cap - E >= 0",
               "Emissions do not exceed the cap; where they are below it allowances are free."},
    FamilyRule{"equation of covered emissions of ", "", "covered emissions", "emissions under the cap, Mt",
               "E = sum over covered sources e_k x_k",
               "Each source is an amount of fuel or output times its coefficient."},
    FamilyRule{"equation of emissions of the world for ", "", "emissions of the world", "the world's emissions, Mt",
               "E = sum over all sources e_k x_k", "Sources everywhere, of sectors and households, covered or not."},
    FamilyRule{"equation of carbon price of ", " less the price paid for ", "price difference at the border",
               "the difference, at least 0", "0 <= d  perp  d - (P I - sum_z P_z I_z share_z) >= 0",
               "Imports pay the zone's carbon price less what was paid at the origin, and never less than nothing."},
    FamilyRule{
        "equation of rebate shortfall of ", "", "rebate shortfall", "the shortfall, at least 0",
        "0 <= h  perp  h - (1 - J / J0) >= 0",
        "The export rebate is P I J0 (1 - h): no more than the carbon cost paid at the solution, J, where that is "
        "below "
        "the benchmark's J0."},
    FamilyRule{"equation of ", "", "equation of an auxiliary", "the auxiliary",
               "f(x) = 0, or 0 <= u - lower  perp  f(x) >= 0", "An equation that the file writes itself."},
    FamilyRule{"definition of the benchmark value of ", "", "benchmark value of a nest", "the nest's value",
               "W = sum_k w_k", "Where a quantity depends on unknowns the shares of its nest do too."},
    FamilyRule{"definition of '", "", "value of an expression", "the value", "v = f(x)",
               "A rate, quantity or amount that is no product of unknowns."},
};

std::optional<std::size_t> rule_of(std::string_view name) {
  for (std::size_t k = 0; k < rules.size(); ++k) {
    const FamilyRule& rule = rules[k];
    if (name.starts_with(rule.begins) && name.find(rule.contains, rule.begins.size() - 1) != std::string_view::npos)
      return k;
  }
  return std::nullopt;
}

/// How many rows of a family are looked at for an example: large models have as many alike as nobody needs.
constexpr int offered_rows = 3000;

/// The best example shows a power where the family has powers, and is short without being trivial.
class Example {
 public:
  void offer(const EquationListing& listing, int row) {
    const std::size_t length = listing.length(row);
    const EquationText text = listing.equation(row);
    const auto rank = std::tuple(text.unknown.empty(), length < shortest_example, text.right.power == 1, length, row);
    if (row_ >= 0 && rank >= rank_) return;
    rank_ = rank;
    row_ = row;
  }
  int row() const { return row_; }

 private:
  int row_ = -1;
  std::tuple<bool, bool, bool, std::size_t, int> rank_;
};

}  // namespace

std::vector<EquationFamily> equation_families(const EconomySystem& system) {
  const EquationListing listing(system);
  std::array<Example, rules.size()> examples;
  std::array<int, rules.size()> rows{};
  for (int row = 0; row < listing.size(); ++row) {
    const auto rule = rule_of(listing.name(row));
    if (!rule) continue;
    if (rows[*rule]++ < offered_rows) examples[*rule].offer(listing, row);
  }
  std::vector<EquationFamily> families;
  for (std::size_t k = 0; k < rules.size(); ++k) {
    if (rows[k] == 0) continue;
    const FamilyRule& rule = rules[k];
    families.push_back({rule.family, rule.pairing, rule.formula, rule.statement,
                        write_equation(listing.equation(examples[k].row()), example_addends), rows[k]});
  }
  return families;
}

}  // namespace levee
