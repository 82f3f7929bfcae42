#include "rules/cost_path.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "rules/benchmark_adjustment.hpp"
#include "rules/firm_cost.hpp"
#include "rules/rule_lookup.hpp"

namespace levee {

namespace {

const std::string& sector_of(const FirmFile& file, const Firm& firm) {
  const Product& product = file.products[firm.product];
  return scope_of(file.book, product.cn, product.where).sector;
}

/// Tonnes of an importer in a year that count for the de minimis rule: no_figure where some are not known.
double counted_tonnes(const FirmFile& file, const std::string& importer, const DeMinimis& rule) {
  const auto given = file.importers.find(importer);
  if (given != file.importers.end()) return given->second;
  double sum = 0;
  for (const Firm& firm : file.firms) {
    const std::string& sector = sector_of(file, firm);
    const bool counts = std::find(rule.excepted.begin(), rule.excepted.end(), sector) == rule.excepted.end();
    if (firm.importer == importer && counts) sum += firm.tonnes;
  }
  return sum;
}

/// Whether an importer pays for a firm's goods. One whose mass is not known is taken to be above the threshold.
bool pays(const FirmFile& file, const Firm& firm, int year) {
  const DeMinimis* rule = de_minimis(file.book, year);
  if (rule == nullptr) return true;
  const std::string& sector = sector_of(file, firm);
  if (std::find(rule->excepted.begin(), rule->excepted.end(), sector) != rule->excepted.end()) return true;
  const double tonnes = counted_tonnes(file, firm.importer, *rule);
  return std::isnan(tonnes) || tonnes > rule->tonnes;
}

std::vector<LookedUp> each_once(const std::vector<LookedUp>& all) {
  std::vector<LookedUp> result;
  std::set<std::tuple<std::string, std::string, int, std::string, int>> seen;
  for (const LookedUp& one : all) {
    if (seen.emplace(one.what, one.key, one.year, one.where.file, one.where.line).second) result.push_back(one);
  }
  return result;
}

std::vector<ImporterCost> importers_of(const FirmFile& file, const std::vector<FirmCost>& costs) {
  std::vector<ImporterCost> result;
  for (const FirmCost& cost : costs) {
    const Firm& firm = file.firms[cost.firm];
    if (std::isnan(cost.tonnes)) continue;
    const auto same = [&](const ImporterCost& one) {
      return one.importer == firm.importer && one.reading == cost.reading && one.year == cost.year;
    };
    auto found = std::find_if(result.begin(), result.end(), same);
    if (found == result.end()) found = result.insert(result.end(), {firm.importer, cost.reading, cost.year, 0, 0, 0});
    if (const DeMinimis* rule = de_minimis(file.book, cost.year))
      found->tonnes = counted_tonnes(file, firm.importer, *rule);
    found->certificates += cost.certificates;
    found->total += cost.total;
  }
  return result;
}

/// The same firm at every share of green supply that it asks for.
void add_green_costs(const FirmFile& file, const FirmYear& asked, bool paying, std::vector<GreenCost>& result) {
  const Firm& firm = file.firms[asked.firm];
  if (!firm.green) return;
  const std::size_t first = result.size();
  for (const double share : firm.green->shares) {
    FirmFile other = file;
    Electricity& electricity = *other.products[firm.product].electricity;
    electricity = with_green_share(electricity, share);
    const FirmCost cost = firm_cost(other, asked, paying, nullptr);
    result.push_back({asked.firm, asked.reading, asked.year, green_share(electricity), cost.emissions.total, cost.green,
                      cost.per_tonne, cost.domestic, false});
  }
  const auto sum = [](const GreenCost& one) { return one.green + one.charge + one.domestic; };
  const auto begin = result.begin() + static_cast<std::ptrdiff_t>(first);
  const auto least =
      std::min_element(begin, result.end(), [&](const auto& a, const auto& b) { return sum(a) < sum(b); });
  if (least != result.end()) least->least = true;
}

std::string years_text(const std::vector<int>& years) {
  constexpr std::size_t most = 3;
  if (years.size() > most) return fmt::format("{} to {}", years.front(), years.back());
  return fmt::format("{}", fmt::join(years, ", "));
}

std::vector<std::string> notes_of(const FirmFile& file) {
  std::vector<std::string> notes;
  std::vector<int> assumed;
  for (const int year : file.years) {
    const RuleYear rules{file.book, year, true, file.correction_factor, nullptr};
    if (correction_factor_is_assumed(rules, file.certificate_price.where)) assumed.push_back(year);
  }
  const bool adjusted =
      std::any_of(file.readings.begin(), file.readings.end(), [](const Reading& one) { return one.free_allocation; });
  if (adjusted && !assumed.empty()) {
    notes.push_back(
        fmt::format("no cross-sectoral correction factor is published for {}: taken as 1 "
                    "(`correction_factor` sets another)",
                    years_text(assumed)));
  }
  std::vector<std::string> unknown;
  for (const Firm& firm : file.firms) {
    if (std::isnan(firm.tonnes)) unknown.push_back(firm.name);
  }
  if (!unknown.empty()) {
    notes.push_back(
        fmt::format("no `tonnes` of {}: no totals, and its importer is taken to be above the de minimis "
                    "threshold",
                    fmt::join(unknown, ", ")));
  }
  return notes;
}

}  // namespace

CostPath cost_path(const FirmFile& file) {
  CostPath path;
  Diagnostics faults;
  std::vector<LookedUp> all;
  for (std::size_t reading = 0; reading < file.readings.size(); ++reading) {
    for (std::size_t firm = 0; firm < file.firms.size(); ++firm) {
      for (const int year : file.years) {
        faults.guard([&] {
          const FirmYear asked{firm, reading, year};
          const bool paying = pays(file, file.firms[firm], year);
          path.firms.push_back(firm_cost(file, asked, paying, &all));
          add_green_costs(file, asked, paying, path.green);
        });
      }
    }
  }
  faults.throw_if_any();
  path.importers = importers_of(file, path.firms);
  path.looked_up = each_once(all);
  path.notes = notes_of(file);
  return path;
}

}  // namespace levee
