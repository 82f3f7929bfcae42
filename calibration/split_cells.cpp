#include "calibration/split_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "data/csv.hpp"

namespace levee {
namespace {

constexpr std::array<const char*, final_demand_count> uses{"household", "npish", "government", "investment",
                                                           "inventories"};

/// A row or column of the parent's table, and the part of it; -1: it is no part.
struct Place {
  int index = 0;
  int part = -1;
};

/// What labels of the result's rows and columns stand for in the dataset.
class Places {
 public:
  Places(const Dataset& dataset, const Split& split) : data_(dataset), split_(split) {
    const auto codes = [&](bool regions) {
      std::vector<std::pair<std::string, Place>> result;
      const int count = regions ? data_.region_count() : data_.sector_count();
      for (int k = 0; k < count; ++k) {
        const auto index = static_cast<std::size_t>(k);
        const bool parent = split_.of_region == regions && k == split_.parent;
        if (!parent) {
          result.emplace_back(regions ? data_.regions[index].code : data_.sectors[index].code, Place{k, -1});
          continue;
        }
        for (std::size_t p = 0; p < split_.parts.size(); ++p)
          result.emplace_back(split_.parts[p].code, Place{k, static_cast<int>(p)});
      }
      return result;
    };
    for (const auto& [region, r] : codes(true)) {
      for (const auto& [sector, i] : codes(false)) {
        const Place place{data_.node(r.index, i.index), std::max(r.part, i.part)};
        const std::string node = fmt::format("{}.{}", region, sector);
        add(rows_, node, place);
        add(columns_, node, place);
      }
      for (int use = 0; use < final_demand_count; ++use) {
        add(columns_, fmt::format("{}.{}", region, uses.at(static_cast<std::size_t>(use))),
            {data_.node_count() + r.index * final_demand_count + use, r.part});
      }
    }
    add(rows_, "value_added", {data_.node_count(), -1});
  }

  Place row(const CsvFile& file, int line, int column) const { return find(rows_, file, line, column); }
  Place column(const CsvFile& file, int line, int column) const { return find(columns_, file, line, column); }

 private:
  struct Labels {
    std::map<std::string, Place, std::less<>> places;
    std::vector<std::string> names;
  };

  static void add(Labels& labels, const std::string& name, Place place) {
    labels.places.emplace(name, place);
    labels.names.push_back(name);
  }

  static Place find(const Labels& labels, const CsvFile& file, int line, int column) {
    const std::string name(file.cell(line, column));
    const auto found = labels.places.find(name);
    if (found != labels.places.end()) return found->second;
    throw file.error(line, column, fmt::format("unknown '{}' of the result{}", name, suggestion(name, labels.names)));
  }

  const Dataset& data_;
  const Split& split_;
  Labels rows_, columns_;
};

}  // namespace

void read_cell_shares(const YamlView& name, const Dataset& dataset, Split& split) {
  const auto path = std::filesystem::path(name.where().file).parent_path() / name.text();
  if (!std::filesystem::is_regular_file(path))
    throw name.error(fmt::format("cannot read '{}': no such file{}", name.text(), suggest_file(path)));
  const CsvFile file = CsvFile::load(path.lexically_normal().string());
  const int from = file.column_named("from"), to = file.column_named("to"), share = file.column_named("share");
  const Places places(dataset, split);
  Diagnostics faults;
  std::map<std::pair<int, int>, double> sums;
  std::set<std::tuple<int, int, int, int>> once;
  for (int line = 1; line < file.rows(); ++line) {
    faults.guard([&] {
      const Place row = places.row(file, line, from), column = places.column(file, line, to);
      const double value = file.number(line, share);
      if (row.part < 0 && column.part < 0)
        throw file.error(line, from, "neither seller nor buyer is a part: the cell is not divided");
      if (value < 0 || value > 1)
        throw file.error(line, share, fmt::format("found {}, expected a share between 0 and 1", value));
      if (!once.emplace(row.index, row.part, column.index, column.part).second)
        throw file.error(line, from, "duplicate: the share of this cell was given before");
      double& sum = sums[{row.index, column.index}];
      sum += value;
      if (sum > 1 + share_rounding) {
        throw file.error(line, share,
                         fmt::format("shares of the parent's cell add up to {:.10g} here, expected at most 1", sum));
      }
      split.cells.push_back({row.index, row.part, column.index, column.part, value});
    });
  }
  faults.throw_if_any();
}

}  // namespace levee
