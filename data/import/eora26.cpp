// Eora26 (worldmrio.com). Layout as pymrio's parse_eora26 and MARIO's settings read it and pymrio's mock shows
// (tests/mock_mrios/eora26_mock): tab separated figures without labels, and labels in files of their own (or in
// indices.zip):
//   Eora26_2015_bp_T.txt      nodes x nodes; _FD.txt nodes x final demand; _VA.txt value added x nodes; _Q.txt
//   satellites x
//                             nodes; _QY.txt satellites x final demand. bp: basic prices, pp: purchasers' prices.
//   labels_T.txt, labels_FD.txt   country, code, kind, sector or category; a tab at the end
//   labels_VA.txt             "Primary Inputs", name.     labels_Q.txt   name with the unit in brackets, detail
// 189 countries x 26 sectors and a last row and column ROW TOTAL with the statistical discrepancies. The files do not
// name the unit of money: Eora's documentation says thousands of US dollars, with which the value added of the USA in
// 2017 is 19.1e12 dollars (pymrio, issue 175).
#include "data/import/eora26.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <utility>

#include "data/import/delimited_rows.hpp"
#include "data/import/import_source.hpp"
#include "data/import/label_codes.hpp"
#include "data/import/satellite_rows.hpp"
#include "data/import/table_builder.hpp"

namespace levee {
namespace {

using Member = ImportSource::Member;

const std::array<PublishedCategory, 6> uses{{{"P3h", "Household final consumption", household},
                                             {"P3n", "Non-profit institutions serving households", npish},
                                             {"P3g", "Government final consumption", government},
                                             {"P51", "Gross fixed capital formation", investment},
                                             {"P52", "Changes in inventories", inventories},
                                             {"P53", "Acquisitions less disposals of valuables", inventories}}};

constexpr int discrepancy_category = static_cast<int>(uses.size());

/// A row or column of the file.
struct NodeLabel {
  std::string region, item;
};

/// Whether a label is that of the statistical discrepancies.
bool is_discrepancy(const NodeLabel& label) {
  return label.region == "ROW" && (label.item == "TOTAL" || label.item == "Total");
}

class EoraReader {
 public:
  EoraReader(const std::filesystem::path& path, const ImportOptions& options) : source_(path), options_(options) {}

  ImportedTable read() {
    find_table();
    read_labels();
    TableBuilder builder(table_, labels_, categories(), value_added_, Location{file("labels_T.txt").name, 0, 0});
    for (Region& region : table_.regions) region.name = names_.at(region.name);
    read_block("_T.txt", row_places(builder), column_places(builder), builder);
    read_block("_FD.txt", row_places(builder), final_places(builder), builder);
    read_block("_VA.txt", value_added_places(builder), value_added_columns(builder), builder);
    read_satellites(builder);
    if (has_discrepancy_) {
      table_.assumptions.emplace_back(
          "ROW TOTAL holds statistical discrepancies and is no region: what is sold to it is part of the inventories "
          "of the "
          "seller's region (DISC), what is bought from it is a row of value added (DISC); its own final demand from "
          "itself, "
          "value added and satellites are left out");
    }
    table_.assumptions.emplace_back("money is taken as thousand US dollars, which the files do not say");
    return std::move(table_);
  }

 private:
  const Member& file(const std::string& name) const {
    const auto matches = [&](const Member& m) { return m.file() == name; };
    return source_.only(matches, name, 0);
  }

  void find_table() {
    const auto transactions = [](const char* price) {
      return [suffix = std::string("_") + price + "_T.txt"](const Member& m) {
        return m.file().starts_with("Eora26_") && m.file().ends_with(suffix);
      };
    };
    const bool basic = source_.find(transactions("bp")) != nullptr;
    const Member& member = source_.only(transactions(basic ? "bp" : "pp"), "Eora26_YYYY_bp_T.txt", options_.year);
    stem_ = member.file().substr(0, member.file().size() - std::string("_T.txt").size());
    table_.year = options_.year != 0 ? options_.year : year_in(stem_, true);
    table_.name = fmt::format("Eora26{}", table_.year != 0 ? fmt::format(", {}", table_.year) : "");
    table_.money_unit = 1e3;
    if (!basic) table_.artefacts.emplace_back("the table is at purchasers' prices (pp)");
    table_.sources.push_back(
        {"Eora26", "Eora terms of use: free for academic use, otherwise licensed",
         "Lenzen, M., Moran, D., Kanemoto, K., Geschke, A. (2013). Building Eora: a global multi-region "
         "input-output database at high country and sector resolution. Economic Systems Research "
         "25(1), 20-49."});
  }

  std::unique_ptr<DelimitedRows> open(const Member& m) const {
    return std::make_unique<DelimitedRows>(source_.open(m), m.name, '\t');
  }

  void read_labels() {
    TextRow row;
    const auto nodes = open(file("labels_T.txt"));
    while (nodes->next(row)) {
      if (row.cell(1).empty() || row.cell(3).empty())
        throw nodes->error(row, 0, "expected country, code, kind and sector, separated by tabs");
      nodes_.push_back({std::string(row.cell(1)), std::string(row.cell(3))});
      if (is_discrepancy(nodes_.back())) {
        has_discrepancy_ = true;
        continue;
      }
      names_.emplace(row.cell(1), row.cell(0));
      if (labels_.add(nodes_.back().region, nodes_.back().item) < 0)
        throw nodes->error(row, 3, fmt::format("duplicate sector '{}' of '{}'", row.cell(3), row.cell(1)));
      require_room(labels_.nodes(), 0, nodes->where(row, 0));
    }
    const auto final_labels = open(file("labels_FD.txt"));
    while (final_labels->next(row)) {
      final_.push_back({std::string(row.cell(1)), std::string(row.cell(3))});
      if (use_of(row.cell(3)) < 0)
        throw final_labels->error(row, 3, fmt::format("unknown final demand '{}'", row.cell(3)));
    }
    const auto inputs = open(file("labels_VA.txt"));
    while (inputs->next(row)) {
      const std::string name(row.cell(1).empty() ? row.cell(0) : row.cell(1));
      value_added_.push_back({"", name, false});
    }
    if (has_discrepancy_) value_added_.push_back({"", "DISC", false});
    std::vector<std::string> row_names;
    for (const PublishedRow& r : value_added_) row_names.push_back(r.name);
    const std::vector<std::string> codes = make_codes(row_names);
    for (std::size_t k = 0; k < codes.size(); ++k) value_added_[k].code = codes[k];
  }

  static int use_of(std::string_view name) {
    const auto* const found =
        std::ranges::find_if(uses, [&](const PublishedCategory& use) { return name.starts_with(use.name); });
    return found == uses.end() ? -1 : static_cast<int>(found - uses.begin());
  }

  std::vector<PublishedCategory> categories() const {
    std::vector<PublishedCategory> result(uses.begin(), uses.end());
    if (has_discrepancy_) result.push_back({"DISC", "statistical discrepancies", inventories});
    return result;
  }

  int discrepancy_row(const TableBuilder& builder) const {
    return builder.value_added(static_cast<int>(value_added_.size()) - 1);
  }

  std::vector<int> row_places(const TableBuilder& builder) const {
    std::vector<int> places;
    for (const NodeLabel& label : nodes_)
      places.push_back(is_discrepancy(label) ? discrepancy_row(builder) : labels_.node(label.region, label.item));
    return places;
  }

  std::vector<int> column_places(const TableBuilder& builder) const {
    std::vector<int> places;
    for (const NodeLabel& label : nodes_) {
      places.push_back(is_discrepancy(label) ? builder.of_own_region(discrepancy_category)
                                             : labels_.node(label.region, label.item));
    }
    return places;
  }

  std::vector<int> final_places(const TableBuilder& builder) const {
    std::vector<int> places;
    for (const NodeLabel& label : final_) {
      const int region = labels_.region(label.region);
      if (region < 0 && !has_discrepancy_)
        throw InputError({file("labels_FD.txt").name, 0, 0}, fmt::format("unknown region '{}'", label.region));
      places.push_back(region < 0 ? builder.of_own_region(discrepancy_category)
                                  : builder.final_demand(region, use_of(label.item)));
    }
    return places;
  }

  std::vector<int> value_added_places(const TableBuilder& builder) const {
    std::vector<int> places;
    for (std::size_t k = 0; k + (has_discrepancy_ ? 1 : 0) < value_added_.size(); ++k)
      places.push_back(builder.value_added(static_cast<int>(k)));
    return places;
  }

  std::vector<int> value_added_columns(const TableBuilder& builder) const {
    std::vector<int> places = column_places(builder);
    std::ranges::replace(places, builder.of_own_region(discrepancy_category), -1);
    return places;
  }

  /// Figures whose rows have labels in another file, in its order.
  void read_block(const std::string& suffix, const std::vector<int>& rows_expected, std::vector<int> columns,
                  TableBuilder& builder) {
    const auto rows = open(file(stem_ + suffix));
    builder.set_columns(std::move(columns));
    OrderedPlaces order(*rows, rows_expected);
    const long empty = builder.read(*rows, 0, [&](const TextRow& row) { return order.next(row); });
    order.require_all();
    note_empty_cells(table_, rows->name(), empty);
  }

  void read_satellites(const TableBuilder& builder) {
    const Member* labels = source_.find([](const Member& m) { return m.file() == "labels_Q.txt"; });
    const Member* industry = source_.find([&](const Member& m) { return m.file() == stem_ + "_Q.txt"; });
    const Member* final_use = source_.find([&](const Member& m) { return m.file() == stem_ + "_QY.txt"; });
    if (labels == nullptr || industry == nullptr) {
      table_.artefacts.emplace_back("the source has no satellites (Q.txt with labels_Q.txt): there are no emissions");
      return;
    }
    SatelliteRows satellites(labels_.nodes(), labels_.regions());
    const auto names = open(*labels);
    TextRow row;
    while (names->next(row)) {
      const auto [name, unit] = name_and_unit(row.cell(0));
      satellites.add(name + " " + std::string(row.cell(1)), unit);
    }
    const auto rows = open(*industry);
    satellites.read_industry(*rows, value_added_columns(builder));
    if (final_use != nullptr) {
      std::vector<int> regions;
      for (const NodeLabel& label : final_) regions.push_back(labels_.region(label.region));
      const auto more = open(*final_use);
      satellites.read_households(*more, regions);
    }
    satellites.finish(table_);
  }

  /// "CO2 emissions (Gg) from EDGAR" without and of its unit.
  static std::pair<std::string, std::string> name_and_unit(std::string_view text) {
    const std::size_t open_at = text.find('('), close_at = text.find(')', open_at);
    if (close_at == std::string_view::npos) return {std::string(text), ""};
    return {std::string(text.substr(0, open_at)) + std::string(text.substr(close_at + 1)),
            std::string(text.substr(open_at + 1, close_at - open_at - 1))};
  }

  ImportSource source_;
  const ImportOptions& options_;
  ImportedTable table_;
  std::string stem_;  ///< Eora26_2015_bp
  std::vector<NodeLabel> nodes_, final_;
  NodeLabels labels_;
  std::map<std::string, std::string> names_;  ///< of regions, by code
  std::vector<PublishedRow> value_added_;
  bool has_discrepancy_ = false;
};

}  // namespace

ImportedTable read_eora26(const std::filesystem::path& source, const ImportOptions& options) {
  return EoraReader(source, options).read();
}

}  // namespace levee
