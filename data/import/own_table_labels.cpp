#include "data/import/own_table_labels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace levee {

OwnCodes::OwnCodes(const OwnTableMap& map) {
  for (std::size_t k = 0; k < map.categories.size(); ++k)
    columns_.emplace(map.categories[k].as.code, Meaning{Kind::category, static_cast<int>(k)});
  for (std::size_t k = 0; k < map.value_added.size(); ++k)
    rows_.emplace(map.value_added[k].code, Meaning{Kind::value_added, static_cast<int>(k)});
  for (std::size_t k = 0; k < map.stressors.size(); ++k)
    rows_.emplace(map.stressors[k].label, Meaning{Kind::stressor, static_cast<int>(k)});
  for (const std::string& code : map.output_rows) rows_.emplace(code, Meaning{Kind::output, 0});
  for (const std::string& code : map.output_columns) columns_.emplace(code, Meaning{Kind::output, 0});
  for (Index* index : {&rows_, &columns_}) {
    for (const std::string& code : map.ignore) index->emplace(code, Meaning{Kind::ignored, 0});
  }
}

OwnCodes::Meaning OwnCodes::find(const Index& index, std::string_view code) {
  const auto found = index.find(code);
  return found == index.end() ? Meaning{} : found->second;
}

bool OwnCodes::lists(std::string_view code) const { return rows_.contains(code) || columns_.contains(code); }

std::vector<std::string> OwnCodes::names(const Index& index) {
  std::vector<std::string> result;
  for (const auto& [code, meaning] : index) result.push_back(code);
  std::ranges::sort(result);
  return result;
}

LabelCells LabelCells::of(const LabelSource& source, const std::function<int(const FilePlace&)>& find) {
  const auto cell = [&](const std::optional<FilePlace>& place) { return place ? find(*place) : -1; };
  return {cell(source.region), cell(source.sector), cell(source.label), cell(source.stressor), cell(source.unit)};
}

OwnLabel read_own_label(const LabelSource& source, const LabelCells& cells, const OwnCodes& codes,
                        const std::function<std::string_view(int)>& cell) {
  if (cells.stressor >= 0) return {"", std::string(cell(cells.stressor))};
  if (cells.label >= 0) {
    const std::string_view text = cell(cells.label);
    const auto parts = source.joined.parts(text);
    if (!parts || codes.lists(text)) return {"", std::string(text)};
    return {std::string(parts->first), std::string(parts->second)};
  }
  const std::string_view code = cell(cells.sector);
  const std::string_view region = cells.region >= 0 ? cell(cells.region) : std::string_view();
  // A total or a row of value added may stand in the column of regions alone.
  if (code.empty() && codes.lists(region)) return {"", std::string(region)};
  return {std::string(region), std::string(code)};
}

OwnNodes::OwnNodes(const OwnTableMap& map)
    : regions_listed_(!map.regions.empty()),
      sectors_listed_(!map.sectors.empty()),
      regions_(labels_of(map.regions)),
      sectors_(labels_of(map.sectors)) {
  for (std::size_t r = 0; r < regions_.size(); ++r) region_index_.emplace(regions_[r], static_cast<int>(r));
  for (const std::string& sector : sectors_) sector_met_.emplace(sector, Met{true, true, {}});
}

std::vector<std::string> OwnNodes::labels_of(const std::vector<OwnTableMap::Named>& named) {
  std::vector<std::string> labels;
  for (const auto& [label, name] : named) labels.push_back(label);
  return labels;
}

void OwnNodes::refuse(const char* kind, const std::string& label, const std::vector<std::string>& known,
                      const Error& error) {
  throw error(fmt::format("unknown {} '{}'{}", kind, label, suggestion(label, known)));
}

void OwnNodes::meet_region(const std::string& region, const Error& error) {
  if (region_index_.contains(region)) return;
  if (regions_listed_) refuse("region", region, regions_, error);
  region_index_.emplace(region, static_cast<int>(regions_.size()));
  regions_.push_back(region);
}

void OwnNodes::meet(const OwnLabel& label, Side side, const Error& error) {
  if (label.region.empty()) {
    throw error(fmt::format("'{}' names no region, expected one, or the map's `region`{}", label.code,
                            sectors_listed_ ? suggestion(label.code, sectors_) : ""));
  }
  meet_region(label.region, error);
  auto met = sector_met_.find(label.code);
  if (met == sector_met_.end()) {
    if (sectors_listed_) refuse("sector", label.code, sectors_, error);
    met = sector_met_.emplace(label.code, Met{}).first;
    if (side != Side::both) met->second.first = error("").diagnostics().front();
    sectors_.push_back(label.code);
  }
  met->second.sold = met->second.sold || side != Side::buyer;
  met->second.bought = met->second.bought || side != Side::seller;
  pairs_.emplace(label.region, label.code);
}

NodeLabels OwnNodes::settle(bool all) {
  Diagnostics faults;
  for (const std::string& sector : sectors_) {
    const Met& met = sector_met_.at(sector);
    if (met.sold && met.bought) continue;
    faults.add(met.first.where,
               fmt::format("'{}' {}: list it under `{}` or `ignore`, or under `sectors` with all others if it is one",
                           sector, met.sold ? "sells and never buys" : "buys and never sells",
                           met.sold ? "value_added`, `stressors`, `output" : "final_demand`, `output"),
               met.first.excerpt);
  }
  faults.throw_if_any();
  NodeLabels labels;
  for (const std::string& region : regions_) {
    const bool produces = std::ranges::any_of(
        sectors_, [&](const std::string& sector) { return pairs_.contains(std::pair(region, sector)); });
    if (!produces) without_production_.push_back(region);
    for (const std::string& sector : sectors_) {
      if (all || !produces || pairs_.contains(std::pair(region, sector))) labels.add(region, sector);
    }
  }
  return labels;
}

void OwnNodes::require_region(const std::string& region, const Error& error) const {
  if (!region_index_.contains(region)) refuse("region", region, regions_, error);
}

void OwnNodes::require_sector(const std::string& sector, const Error& error) const {
  if (!sector_met_.contains(sector)) refuse("sector", sector, sectors_, error);
}

}  // namespace levee
