// The concordance of an aggregation, from YAML.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "data/aggregation.hpp"
#include "data/dataset_context.hpp"
#include "data/schema.hpp"

namespace levee {
namespace {

constexpr double weight_rounding = 1e-9;
constexpr std::size_t codes_named = 12;  // of those that are not mapped, in a message

/// Codes that a selector stands for; empty when it is none.
using Select = std::function<std::vector<std::string>(const std::string&)>;

/// A code of the dataset under a target of the map.
struct Mention {
  std::string code;
  int target = 0;
  std::optional<double> weight;  ///< none: all of it
  YamlView where;
};

struct Target {
  std::string code;
  YamlView view;
};

/// `regions` or `sectors` of a map: targets, and what goes into each.
struct MapSide {
  std::vector<Target> targets;
  std::vector<Mention> mentions;
};

void check_code(const Target& target, const YamlView& side) {
  if (!target.code.empty() && target.code.find_first_of(". ,;\t") == std::string::npos) return;
  throw side.key_error(target.code,
                       fmt::format("found the code '{}', expected one without dots, commas or blanks", target.code));
}

/// Members of a target: a code, or a list of codes and maps {CODE: weight}.
void read_members(const YamlView& members, int target, std::vector<Mention>& mentions, Diagnostics& faults) {
  for (const YamlView& item : members.is_sequence() ? members.items() : std::vector<YamlView>{members}) {
    if (!item.is_map()) {
      faults.guard([&] { mentions.push_back({item.text(), target, std::nullopt, item}); });
      continue;
    }
    for (const auto& [code, weight] : item.entries()) {
      faults.guard([&, &key = code, &value = weight] {
        if (value.number() <= 0) throw value.error(fmt::format("found {}, expected a weight > 0", value.text()));
        mentions.push_back({key, target, value.number(), value});
      });
    }
  }
}

MapSide read_side(const YamlView& view, const std::string& definition, Diagnostics& faults) {
  MapSide side;
  if (!view.is_map() || view.entries().empty())
    throw view.error("expected a map from codes of the result to codes of the dataset");
  for (const auto& [code, entry] : view.entries()) {
    faults.guard([&, &name = code, &value = entry] {
      const Target target{name, value};
      check_code(target, view);
      const int index = static_cast<int>(side.targets.size());
      side.targets.push_back(target);
      if (!value.is_map()) return read_members(value, index, side.mentions, faults);
      value.only_keys(schema_keys(definition));
      read_members(value.at("of"), index, side.mentions, faults);
    });
  }
  return side;
}

/// Resolves the mentions of one side to weights.
class Resolver {
 public:
  Resolver(const MapSide& side, YamlView view, const LabelSet& labels, Diagnostics& faults)
      : side_(side), view_(std::move(view)), labels_(labels), faults_(faults), first_(labels.size()) {
    weight_ = Eigen::MatrixXd::Zero(labels.size(), static_cast<Eigen::Index>(side.targets.size()));
  }

  Eigen::MatrixXd resolve(const Select& select, const std::vector<std::string>& selectors) {
    for (const Mention& mention : side_.mentions) {
      const std::vector<std::string> codes = select(mention.code);
      if (codes.empty()) {
        misspelt_.insert(labels_.nearest(mention.code));
        faults_.add(mention.where.error(
            fmt::format("unknown {} '{}'{}", labels_.kind(), mention.code, suggestion(mention.code, selectors))));
      }
      for (const std::string& code : codes) faults_.guard([&] { add(mention, labels_.find(code)); });
    }
    check_weights();
    check_gaps();
    return weight_;
  }

 private:
  const std::string& target_code(int target) const { return side_.targets[static_cast<std::size_t>(target)].code; }

  void add(const Mention& mention, int label) {
    const Mention*& first = first_[static_cast<std::size_t>(label)];
    const double weight = mention.weight.value_or(1);
    const bool twice = first != nullptr && (!mention.weight || !first->weight || first->target == mention.target);
    if (twice || weight_(label, mention.target) != 0) {
      throw mention.where.error(
          fmt::format("{} '{}' is mapped twice, first to '{}' in line {}; to divide it give "
                      "weights that add up to 1, {{{}: 0.5}}",
                      labels_.kind(), labels_.name(label), target_code(first->target), first->where.where().line,
                      labels_.name(label)));
    }
    if (first == nullptr) first = &mention;
    weight_(label, mention.target) = weight;
  }

  void check_weights() {
    for (int label = 0; label < labels_.size(); ++label) {
      const Mention* first = first_[static_cast<std::size_t>(label)];
      if (first == nullptr) continue;
      const double sum = weight_.row(label).sum();
      if (std::abs(sum - 1) > weight_rounding) {
        faults_.add(first->where.error(fmt::format("the weights of {} '{}' add up to {:.10g}, expected 1",
                                                   labels_.kind(), labels_.name(label), sum)));
      }
      weight_.row(label) /= sum;
    }
  }

  void check_gaps() {
    std::vector<std::string> missing;
    for (int label = 0; label < labels_.size(); ++label) {
      const std::string& name = labels_.name(label);
      if (first_[static_cast<std::size_t>(label)] == nullptr && !misspelt_.contains(name)) missing.push_back(name);
    }
    if (missing.empty()) return;
    const std::size_t shown = std::min(missing.size(), codes_named);
    std::string list;
    for (std::size_t k = 0; k < shown; ++k) list += (k == 0 ? "" : ", ") + missing[k];
    if (shown < missing.size()) list += fmt::format(" and {} more", missing.size() - shown);
    faults_.add(view_.error(fmt::format("{} of the dataset's {}s {} mapped nowhere: {}", missing.size(), labels_.kind(),
                                        missing.size() == 1 ? "is" : "are", list)));
  }

  const MapSide& side_;
  YamlView view_;
  const LabelSet& labels_;
  Diagnostics& faults_;
  std::vector<const Mention*> first_;  ///< by label: the first mention
  std::set<std::string> misspelt_;     ///< labels that unknown codes were meant for
  Eigen::MatrixXd weight_;
};

std::string optional_text(const Target& target, const char* key, const std::string& otherwise) {
  return target.view.is_map() && target.view.has(key) ? target.view.at(key).text() : otherwise;
}

/// The only member of a target, where it has one and takes all of it; else -1.
int only_member(const Eigen::MatrixXd& weight, int target) {
  Eigen::Index member = 0;
  const bool one = (weight.col(target).array() > 0).count() == 1 && weight.col(target).maxCoeff(&member) == 1;
  return one ? static_cast<int>(member) : -1;
}

/// What all members say alike, else empty.
std::string common_income_group(const Dataset& dataset, const Eigen::MatrixXd& weight, int target) {
  std::set<std::string> groups;
  for (int r = 0; r < dataset.region_count(); ++r) {
    if (weight(r, target) > 0) groups.insert(dataset.regions[static_cast<std::size_t>(r)].income_group);
  }
  return groups.size() == 1 ? *groups.begin() : "";
}

std::vector<std::string> common_groups(const Dataset& dataset, const Eigen::MatrixXd& weight, int target,
                                       const std::set<std::string>& codes) {
  std::optional<std::vector<std::string>> shared;
  for (int i = 0; i < dataset.sector_count(); ++i) {
    if (weight(i, target) == 0) continue;
    const std::vector<std::string>& groups = dataset.sectors[static_cast<std::size_t>(i)].groups;
    if (!shared) shared = groups;
    std::erase_if(*shared, [&](const std::string& group) { return std::ranges::find(groups, group) == groups.end(); });
  }
  // A code of the result selects its sector already.
  std::erase_if(*shared, [&](const std::string& group) { return codes.contains(group); });
  return *shared;
}

/// Groups as written for a target: a list, or one text with blanks.
std::vector<std::string> given_groups(const Target& target, const std::set<std::string>& codes) {
  std::vector<std::string> result;
  for (const std::string& text : target.view.at("groups").texts()) {
    for (std::size_t from = 0; from < text.size();) {
      const std::size_t to = std::min(text.find(' ', from), text.size());
      if (to > from) result.push_back(text.substr(from, to - from));
      from = to + 1;
    }
  }
  for (const std::string& group : result) {
    if (group != "all" && !group.starts_with("non-") && !codes.contains(group)) continue;
    throw target.view.at("groups").error(
        fmt::format("'{}' cannot name a group: sector codes, 'all' and 'non-...' select sectors already", group));
  }
  return result;
}

void map_regions(const YamlView& view, const Dataset& dataset, Aggregation& result, Diagnostics& faults) {
  std::vector<std::string> codes;
  for (const Region& region : dataset.regions) codes.push_back(region.code);
  const LabelSet labels("region", codes);
  const MapSide side = read_side(view, "aggregation/region_target", faults);
  const Select select = [&](const std::string& code) {
    return labels.find(code) < 0 ? std::vector<std::string>{} : std::vector<std::string>{code};
  };
  result.region_weight = Resolver(side, view, labels, faults).resolve(select, codes);
  for (std::size_t k = 0; k < side.targets.size(); ++k) {
    const Target& target = side.targets[k];
    faults.guard([&] {
      const int member = only_member(result.region_weight, static_cast<int>(k));
      const std::string name = member < 0 ? target.code : dataset.regions[static_cast<std::size_t>(member)].name;
      result.regions.push_back(
          {target.code, optional_text(target, "name", name),
           optional_text(target, "income_group",
                         common_income_group(dataset, result.region_weight, static_cast<int>(k)))});
    });
  }
}

void map_sectors(const YamlView& view, const Dataset& dataset, Aggregation& result, Diagnostics& faults) {
  std::vector<std::string> names;
  for (const Sector& sector : dataset.sectors) names.push_back(sector.code);
  const LabelSet labels("sector", names);
  const MapSide side = read_side(view, "aggregation/sector_target", faults);
  const Select select = [&](const std::string& code) {
    std::vector<std::string> codes;
    for (const int sector : dataset.sectors_in(code)) codes.push_back(labels.name(sector));
    return codes;
  };
  result.sector_weight = Resolver(side, view, labels, faults).resolve(select, dataset.selectors());
  std::set<std::string> codes;
  for (const Target& target : side.targets) codes.insert(target.code);
  for (std::size_t k = 0; k < side.targets.size(); ++k) {
    const Target& target = side.targets[k];
    faults.guard([&] {
      const int index = static_cast<int>(k), member = only_member(result.sector_weight, index);
      if (result.sector_weight.col(index).sum() == 0) return;  // its members are unknown: said already
      const std::string name = member < 0 ? target.code : dataset.sectors[static_cast<std::size_t>(member)].name;
      const bool given = target.view.is_map() && target.view.has("groups");
      result.sectors.push_back(
          {target.code, optional_text(target, "name", name),
           given ? given_groups(target, codes) : common_groups(dataset, result.sector_weight, index, codes)});
    });
  }
}

void read_head(const YamlView& document, Aggregation& result, Diagnostics& faults) {
  faults.guard([&] { document.only_keys(schema_keys("aggregation")); });
  faults.guard([&] { result.name = document.at("aggregation").text(); });
  if (document.has("regions") || document.has("sectors")) return;
  faults.add(document.error("expected 'regions' or 'sectors': without both there is nothing to add up"));
}

/// Targets and codes of a side whose dataset is not known.
void check_side(const YamlView& document, const std::string& key, const std::string& definition, int& codes,
                int& targets, Diagnostics& faults) {
  const auto view = document.find(key);
  if (!view) return;
  faults.guard([&] {
    const MapSide side = read_side(*view, definition, faults);
    std::set<std::string> mentioned;
    for (const Mention& mention : side.mentions) mentioned.insert(mention.code);
    const std::vector<std::string> names(mentioned.begin(), mentioned.end());
    const LabelSet labels(key.substr(0, key.size() - 1), names);
    const Select select = [](const std::string& code) { return std::vector<std::string>{code}; };
    Resolver(side, *view, labels, faults).resolve(select, names);
    codes = labels.size();
    targets = static_cast<int>(side.targets.size());
  });
}

}  // namespace

Aggregation read_aggregation(const YamlView& document, const Dataset& dataset) {
  Aggregation result;
  Diagnostics faults;
  read_head(document, result, faults);
  if (const auto view = document.find("regions")) {
    faults.guard([&] { map_regions(*view, dataset, result, faults); });
  } else {
    result.regions = dataset.regions;
    result.region_weight = Eigen::MatrixXd::Identity(dataset.region_count(), dataset.region_count());
  }
  if (const auto view = document.find("sectors")) {
    faults.guard([&] { map_sectors(*view, dataset, result, faults); });
  } else {
    result.sectors = dataset.sectors;
    result.sector_weight = Eigen::MatrixXd::Identity(dataset.sector_count(), dataset.sector_count());
  }
  faults.throw_if_any();
  return result;
}

MapSize check_aggregation_alone(const YamlView& document) {
  Aggregation head;
  Diagnostics faults;
  read_head(document, head, faults);
  MapSize size;
  check_side(document, "regions", "aggregation/region_target", size.regions, size.result_regions, faults);
  check_side(document, "sectors", "aggregation/sector_target", size.sectors, size.result_sectors, faults);
  faults.throw_if_any();
  return size;
}

}  // namespace levee
