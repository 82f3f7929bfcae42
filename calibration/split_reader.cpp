// The shares of a split, from YAML.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <utility>

#include "calibration/split_cells.hpp"
#include "calibration/table_split.hpp"
#include "data/schema.hpp"

namespace levee {
namespace {

using Shares = std::vector<std::optional<double>>;  ///< by part, as given

double share(const YamlView& view) {
  const double value = view.number();
  if (value < 0 || value > 1) throw view.error(fmt::format("found {}, expected a share between 0 and 1", view.text()));
  return value;
}

/// What is left after the given shares goes to the other parts, in proportion to `otherwise`.
std::vector<double> completed(const Shares& given, const std::vector<double>& otherwise, const YamlView& view,
                              const std::string& what) {
  double sum = 0, rest = 0;
  std::size_t open = 0;
  for (std::size_t p = 0; p < given.size(); ++p) {
    sum += given[p].value_or(0);
    if (given[p]) continue;
    ++open;
    rest += otherwise[p];
  }
  if (sum > 1 + share_rounding || (open == 0 && sum < 1 - share_rounding))
    throw view.error(
        fmt::format("shares of {} add up to {:.10g}, expected {}1", what, sum, open == 0 ? "" : "at most "));
  std::vector<double> result;
  for (std::size_t p = 0; p < given.size(); ++p) {
    const double part = rest > 0 ? otherwise[p] / rest : 1.0 / static_cast<double>(std::max<std::size_t>(open, 1));
    result.push_back(given[p] ? *given[p] / std::max(sum, open == 0 ? sum : 1.0) : std::max(0.0, 1 - sum) * part);
  }
  return result;
}

class SplitReader {
 public:
  SplitReader(YamlView document, const Dataset& dataset) : document_(std::move(document)), data_(dataset) {}

  Split read() {
    faults_.guard([&] { document_.only_keys(schema_keys("split")); });
    faults_.guard([&] { split_.name = document_.at("split").text(); });
    if (!faults_.guard([&] { read_parent(); })) faults_.throw_if_any();
    if (!faults_.guard([&] { read_parts(); })) faults_.throw_if_any();
    faults_.guard([&] { read_shares(); });
    faults_.guard([&] {
      if (const auto cells = document_.find("cells")) read_cell_shares(*cells, data_, split_);
    });
    faults_.guard([&] { read_electricity(); });
    faults_.throw_if_any();
    return std::move(split_);
  }

 private:
  std::vector<std::string> codes(bool regions) const {
    std::vector<std::string> result;
    if (regions) {
      for (const Region& region : data_.regions) result.push_back(region.code);
    } else {
      for (const Sector& sector : data_.sectors) result.push_back(sector.code);
    }
    return result;
  }

  void read_parent() {
    if (document_.has("sector") == document_.has("region"))
      throw document_.error("expected either 'sector' or 'region': what is split");
    split_.of_region = document_.has("region");
    const YamlView view = document_.at(split_.of_region ? "region" : "sector");
    const std::vector<std::string> known = codes(split_.of_region);
    const auto found = std::ranges::find(known, view.text());
    if (found == known.end()) {
      throw view.error(fmt::format("unknown {} '{}'{}", split_.of_region ? "region" : "sector", view.text(),
                                   suggestion(view.text(), known)));
    }
    split_.parent = static_cast<int>(found - known.begin());
  }

  void read_parts() {
    const YamlView into = document_.at("into");
    std::set<std::string> taken;
    for (const std::string& code : codes(split_.of_region)) taken.insert(code);
    taken.erase(codes(split_.of_region)[static_cast<std::size_t>(split_.parent)]);
    for (const auto& [code, view] : into.entries()) {
      faults_.guard([&, &key = code, &part = view] {
        if (key.empty() || key.find_first_of(". ,;\t") != std::string::npos)
          throw into.key_error(key,
                               fmt::format("found the code '{}', expected one without dots, commas or blanks", key));
        if (taken.contains(key)) throw into.key_error(key, fmt::format("the dataset has '{}' already", key));
        part.only_keys(schema_keys(split_.of_region ? "split/region_part" : "split/sector_part"));
        Split::Part result;
        result.code = key;
        result.name = part.has("name") ? part.at("name").text() : key;
        if (!split_.of_region) {
          result.groups = part.has("groups") ? part.at("groups").texts()
                                             : data_.sectors[static_cast<std::size_t>(split_.parent)].groups;
        } else {
          result.income_group = part.has("income_group")
                                    ? part.at("income_group").text()
                                    : data_.regions[static_cast<std::size_t>(split_.parent)].income_group;
        }
        split_.parts.push_back(result);
        views_.push_back(part);
      });
    }
    faults_.throw_if_any();
    if (split_.parts.size() < 2) throw into.error("expected at least two parts");
  }

  Shares given(const char* key) const {
    Shares result;
    for (const YamlView& view : views_) {
      const auto value = view.find(key);
      result.push_back(value ? std::optional(share(*value)) : std::nullopt);
    }
    return result;
  }

  /// Indices of a key of a map of shares: of a sector or group, or of a region.
  std::vector<int> indices(const YamlView& map, const std::string& key, bool regions) const {
    if (!regions) {
      std::vector<int> found = data_.sectors_in(key);
      if (!found.empty()) return found;
      throw map.key_error(key, fmt::format("unknown sector or group '{}'{}", key, suggestion(key, data_.selectors())));
    }
    const int region = data_.region_index(key);
    if (region >= 0) return {region};
    throw map.key_error(key, fmt::format("unknown region '{}'{}", key, suggestion(key, codes(true))));
  }

  /// By label, then part: shares from maps under `key` of each part, over those for all labels under `all`.
  std::vector<std::vector<double>> by_label(const char* key, const char* all, bool regions,
                                            const std::function<std::vector<double>(int)>& otherwise) {
    const int labels = regions ? data_.region_count() : data_.sector_count();
    std::vector<Shares> shares(static_cast<std::size_t>(labels), all == nullptr ? Shares(views_.size()) : given(all));
    for (std::size_t p = 0; p < views_.size(); ++p) {
      const auto map = views_[p].find(key);
      if (!map) continue;
      for (const auto& [name, value] : map->entries()) {
        faults_.guard([&, &label = name, &number = value] {
          for (const int index : indices(*map, label, regions))
            shares[static_cast<std::size_t>(index)][p] = share(number);
        });
      }
    }
    std::vector<std::vector<double>> result;
    for (int label = 0; label < labels; ++label) {
      const std::string name = codes(regions)[static_cast<std::size_t>(label)];
      result.push_back(completed(shares[static_cast<std::size_t>(label)], otherwise(label), document_.at("into"),
                                 fmt::format("{} ({})", all == nullptr ? key : all, name)));
    }
    return result;
  }

  void keep(std::vector<double> Split::Part::*field, const std::vector<std::vector<double>>& by_label) {
    for (const std::vector<double>& shares : by_label) {
      for (std::size_t p = 0; p < shares.size(); ++p) (split_.parts[p].*field).push_back(shares[p]);
    }
  }

  /// Shares of output by the value of the parent's output: what stands for the whole.
  std::vector<double> mean_output() const {
    std::vector<double> result(split_.parts.size(), 0.0);
    double total = 0;
    for (std::size_t other = 0; other < split_.parts.front().output.size(); ++other) {
      const int o = static_cast<int>(other);
      const int node = split_.of_region ? data_.node(split_.parent, o) : data_.node(o, split_.parent);
      const double x = std::max(0.0, data_.table.x[node]);
      total += x;
      for (std::size_t p = 0; p < result.size(); ++p) result[p] += x * split_.parts[p].output[other];
    }
    for (double& value : result) value = total > 0 ? value / total : 1.0 / static_cast<double>(result.size());
    return result;
  }

  void read_shares() {
    std::vector<double> even(split_.parts.size(), 1.0 / static_cast<double>(split_.parts.size()));
    const auto output = by_label("output_of", "output", !split_.of_region, [&](int) { return even; });
    keep(&Split::Part::output, output);
    keep(&Split::Part::value_added, by_label("value_added_of", "value_added", !split_.of_region,
                                             [&](int other) { return output[static_cast<std::size_t>(other)]; }));
    std::vector<double> mean = mean_output();
    const auto on_average = [&](int) { return mean; };
    keep(&Split::Part::inputs, by_label("inputs", nullptr, split_.of_region, on_average));
    keep(&Split::Part::use, by_label("use", nullptr, split_.of_region, on_average));
    keep(&Split::Part::final_use, by_label("final_use_of", "final_use", true, on_average));
    const std::vector<double> bought = completed(split_.of_region ? given("final_demand") : Shares(views_.size()), mean,
                                                 document_.at("into"), "final_demand");
    for (std::size_t p = 0; p < bought.size(); ++p) split_.parts[p].final_demand = bought[p];
    read_emissions(mean);
  }

  void read_emissions(const std::vector<double>& mean) {
    std::vector<std::string> names;
    for (const Stressor& stressor : data_.stressors) names.push_back(stressor.name);
    std::vector<Shares> shares(names.size(), Shares(views_.size()));
    for (std::size_t p = 0; p < views_.size(); ++p) {
      const auto map = views_[p].find("emissions");
      if (!map) continue;
      for (const auto& [name, value] : map->entries()) {
        const auto found = std::ranges::find(names, name);
        if (found == names.end())
          throw map->key_error(name, fmt::format("unknown stressor '{}'{}", name, suggestion(name, names)));
        shares[static_cast<std::size_t>(found - names.begin())][p] = share(value);
      }
    }
    for (std::size_t k = 0; k < names.size(); ++k) {
      const std::vector<double> all = completed(shares[k], mean, document_.at("into"), "emissions of " + names[k]);
      for (std::size_t p = 0; p < all.size(); ++p) split_.parts[p].emissions.push_back(all[p]);
    }
  }

  void read_electricity() {
    const bool needed = !split_.of_region && split_.parent == data_.electricity;
    if (!needed) {
      if (document_.has("electricity"))
        throw document_.key_error("electricity", "what is split is not electricity: this key does not apply");
      return;
    }
    std::vector<std::string> parts;
    for (const Split::Part& part : split_.parts) parts.push_back(part.code);
    const YamlView view = document_.at("electricity");
    if (std::ranges::find(parts, view.text()) == parts.end())
      throw view.error(fmt::format("unknown part '{}'{}", view.text(), suggestion(view.text(), parts)));
    split_.electricity = view.text();
  }

  YamlView document_;
  const Dataset& data_;
  Split split_;
  std::vector<YamlView> views_;  ///< by part
  Diagnostics faults_;
};

}  // namespace

Split read_split(const YamlView& document, const Dataset& dataset) { return SplitReader(document, dataset).read(); }

}  // namespace levee
