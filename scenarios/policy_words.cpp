#include "scenarios/policy_words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <vector>

namespace levee {

namespace {

using Texts = std::vector<std::string>;

std::string scope_words(IntensityScope scope) {
  switch (scope) {
    case IntensityScope::direct:
      return "direct emissions";
    case IntensityScope::direct_electricity:
      return "direct emissions and those of the electricity used";
    case IntensityScope::direct_precursors:
      return "direct emissions and those of precursors";
    case IntensityScope::whole_chain:
      return "the emissions of the whole supply chain";
  }
  return "";
}

std::string market_words(const ZonePolicy& policy, const std::optional<CapRule>& cap, const std::string& currency) {
  if (!cap) return policy.carbon_price == 0 ? "" : fmt::format("carbon price {:g} {}/t", policy.carbon_price, currency);
  const std::string what = cap->world ? "the world's emissions" : "covered emissions";
  if (cap->mt) return fmt::format("cap on {}, {:g} Mt", what, *cap->mt);
  const std::string share = cap->share == 1 ? "" : fmt::format("{:g} % of those ", 100 * cap->share);
  return fmt::format("cap on {}, {}{}", what, share.empty() ? "as " : share,
                     "in " + (cap->as_in.empty() ? "the reference" : cap->as_in));
}

/// Sectors by what they have in common: `words` of a sector, empty where there is nothing to say.
template <class Words>
Texts by_words(const Dataset& dataset, const Words& words) {
  Texts order;
  std::map<std::string, Texts> codes;
  for (std::size_t sector = 0; sector < dataset.sectors.size(); ++sector) {
    const std::string text = words(sector);
    if (text.empty()) continue;
    if (!codes.contains(text)) order.push_back(text);
    codes[text].push_back(dataset.sectors[sector].code);
  }
  Texts out;
  for (const std::string& text : order) out.push_back(fmt::format("{} {}", fmt::join(codes[text], ", "), text));
  return out;
}

void add_allocation(Texts& parts, const char* kind, const std::vector<double>& shares, const Dataset& dataset) {
  const auto words = [&](std::size_t sector) {
    const double share = sector < shares.size() ? shares[sector] : 0;
    return share == 0 ? std::string() : fmt::format("({:g} %)", 100 * share);
  };
  const Texts found = by_words(dataset, words);
  if (!found.empty()) parts.push_back(fmt::format("{} to {}", kind, fmt::join(found, ", ")));
}

void add_border(Texts& parts, const BorderCharge& border, const Dataset& dataset) {
  if (!border.active) return;
  const auto words = [&](std::size_t sector) {
    if (sector >= border.scope.size() || !border.scope[sector]) return std::string();
    const double coverage = sector < border.coverage.size() ? border.coverage[sector] : 1;
    return "for " + scope_words(*border.scope[sector]) +
           (coverage == 1 ? "" : fmt::format(" ({:g} % of imports)", 100 * coverage));
  };
  const bool exporter = border.basis == IntensityBasis::exporter;
  parts.push_back(fmt::format("import charge on {}, at {} intensity", fmt::join(by_words(dataset, words), " and on "),
                              exporter ? "each exporter's" : "the zone's average"));
  if (border.mark_up != 0) parts.push_back(fmt::format("mark-up of {:g} %", 100 * border.mark_up));
  Texts exempt;
  for (std::size_t region = 0; region < dataset.regions.size() && region < border.exempt.size(); ++region)
    if (border.exempt[region]) exempt.push_back(dataset.regions[region].code);
  if (!exempt.empty()) parts.push_back(fmt::format("exempt: {}", fmt::join(exempt, ", ")));
  if (border.rebate == ExportRebate::full) parts.push_back("exporters get their carbon cost back");
  if (border.rebate == ExportRebate::benchmark) parts.push_back("exporters get a benchmark of carbon cost back");
  if (border.revenue_to_origin) parts.push_back("the revenue goes to the exporters' households");
}

}  // namespace

std::string policy_words(const Scenario& scenario, const Dataset& dataset) {
  Texts zones;
  for (std::size_t zone = 0; zone < scenario.policy.zones.size(); ++zone) {
    const ZonePolicy& policy = scenario.policy.zones[zone];
    Texts parts;
    const std::optional<CapRule> cap = zone < scenario.caps.size() ? scenario.caps[zone] : std::nullopt;
    if (std::string market = market_words(policy, cap, dataset.currency); !market.empty())
      parts.push_back(std::move(market));
    add_allocation(parts, "output-based free allocation", policy.allocation_share, dataset);
    add_allocation(parts, "lump-sum free allocation", policy.grandfathered_share, dataset);
    add_border(parts, policy.border, dataset);
    if (!parts.empty()) zones.push_back(fmt::format("{}: {}.", scenario.zones[zone].name, fmt::join(parts, "; ")));
  }
  for (const std::vector<int>& link : scenario.policy.links) {
    Texts names;
    for (const int zone : link) names.push_back(scenario.zones[static_cast<std::size_t>(zone)].name);
    zones.push_back(fmt::format("One carbon market: {}.", fmt::join(names, ", ")));
  }
  return zones.empty() ? "No carbon policy." : fmt::format("{}", fmt::join(zones, " "));
}

}  // namespace levee
