#include "data/generated_study.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace levee {
namespace {

using Codes = std::vector<std::string>;

std::string list(const Codes& codes) { return fmt::format("[{}]", fmt::join(codes, ", ")); }

/// Codes of the sectors that are in a group and, unless empty, not in another.
Codes sectors_of(const Dataset& dataset, const std::string& group, const std::string& without) {
  Codes result;
  for (int i = 0; i < dataset.sector_count(); ++i) {
    if (!dataset.in_group(i, group) || (!without.empty() && dataset.in_group(i, without))) continue;
    result.push_back(dataset.sectors[static_cast<std::size_t>(i)].code);
  }
  return result;
}

/// The law counts electricity in cement and fertilisers only.
std::string law_scope(const Codes& goods) {
  Codes entries;
  for (const std::string& good : goods) {
    const bool indirect = good.starts_with("CEM") || good.starts_with("FERT");
    entries.push_back(good + (indirect ? ": direct+electricity" : ": direct"));
  }
  return fmt::format("{{{}}}", fmt::join(entries, ", "));
}

}  // namespace

std::string generated_study(const Dataset& dataset, const std::vector<int>& zone_regions) {
  Codes regions;
  for (const int r : zone_regions) regions.push_back(dataset.regions[static_cast<std::size_t>(r)].code);
  const Codes covered = sectors_of(dataset, "ets", "");
  const Codes border = sectors_of(dataset, "cbam", "");
  const Codes free = sectors_of(dataset, "ets", "ELEC");
  Codes outside;  // the law leaves free allocation to goods that the border adjustment does not cover
  for (const std::string& good : free) {
    if (std::ranges::find(border, good) == border.end()) outside.push_back(good);
  }
  std::string text = fmt::format(
      R"(# Written by levee generate: the scenarios of scenarios/eu-cbam at one price, on a world that does not exist.
study: {}
description: A carbon price in a zone of rich regions of a synthetic world, without protection and with border adjustments.
dataset: dataset.yaml

model: {{technology: gtap-e, armington: common, household: ces, closure: standard}}

zones:
  Z:
    regions: {}
    sectors: {}
    stressors: [CO2]

reference: reference

scenarios:
  reference: {{}}

  ets_only:
    carbon_price: {{Z: 100}}

  free_allocation:
    extends: ets_only
    free_allocation: {{Z: {{method: output-based, goods: {}, share: 1.0}}}}

  cbam_direct:
    extends: ets_only
    cbam: {{Z: {{goods: {}, scope: direct, basis: exporter, revenue: zone}}}}

  cbam_indirect:
    extends: cbam_direct
    cbam: {{Z: {{scope: direct+electricity}}}}

  cbam_full:
    extends: cbam_indirect
    cbam: {{Z: {{export_rebate: full}}}}

  cbam_law:
    extends: cbam_direct
)",
      dataset.name, list(regions), list(covered), list(free), list(border));
  if (!outside.empty()) {
    text += fmt::format("    free_allocation: {{Z: {{method: output-based, goods: {}, share: 1.0}}}}\n", list(outside));
  }
  text += fmt::format(R"(    cbam: {{Z: {{scope: {}}}}}

  # At equal effort: the zone's covered emissions are what they are in ets_only.
  cbam_indirect_cap: {{extends: cbam_indirect, carbon_price: null, cap: {{Z: {{as_in: ets_only}}}}}}
)",
                      law_scope(border));
  return text;
}

}  // namespace levee
