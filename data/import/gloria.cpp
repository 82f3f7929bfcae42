// GLORIA (ielab.info), supply and use tables. Layout as pymrio's parse_gloria_sut reads it (pymrio/tools/ioparser.py)
// and its mock shows (tests/mock_mrios/gloria_mock), order of rows also as in Hanspeter85/GLORIA-MRIO_Parser:
//   *_T-Results_YYYY_0VV_Markup001(full).csv   figures alone, comma separated: for each region its 120 industries and
//   then its
//                120 products, as rows and as columns. Industry rows hold supply (of own products), product rows use.
//                Markup001: basic prices.
//   *_Y-Results_* rows as above x (regions x categories of final demand); *_V-Results_* (regions x value added) x
//   columns as
//                above; *_TQ-Results_*, *_YQ-Results_* satellites x columns as above, or as in Y
//   GLORIA_ReadMe_0VV.xlsx   sheets Regions (Region_acronyms, Region_names), Sectors (Sector_names), Value added and
//   final
//                demand (Value_added_names, Final_demand_names), Satellites (Sat_head_indicator, Sat_indicator,
//                Sat_unit)
// Thousand USD. The table made of it is industry by industry under the fixed product sales structure (model D of
// Eurostat's manual): each industry has the share of a product's sales to any buyer that it has in the product's
// supply.
#include "data/import/gloria.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

#include "data/import/delimited_rows.hpp"
#include "data/import/import_source.hpp"
#include "data/import/label_codes.hpp"
#include "data/import/satellite_rows.hpp"
#include "data/import/table_builder.hpp"
#include "data/import/xlsx_file.hpp"

namespace levee {
namespace {

using Member = ImportSource::Member;

/// An industry that makes a product, and its share of the product's supply.
struct Maker {
  int node = 0;
  double share = 0;
};

class GloriaReader {
 public:
  GloriaReader(const std::filesystem::path& path, const ImportOptions& options) : source_(path), options_(options) {}

  ImportedTable read() {
    const Member& transactions = results("T");
    describe(transactions);
    read_labels();
    builder_.emplace(table_, labels_, categories_, value_added_, Location{readme_, 0, 0});
    for (std::size_t r = 0; r < region_names_.size(); ++r) table_.regions[r].name = region_names_[r];
    makers_.resize(static_cast<std::size_t>(labels_.nodes()));
    supply_ = Eigen::MatrixXd::Zero(labels_.sectors(), labels_.nodes());
    read_transactions(transactions);
    read_final_demand();
    read_value_added();
    read_satellites();
    return std::move(table_);
  }

 private:
  const Member& results(const std::string& kind) const {
    const auto matches = [&](const Member& m) { return is_result(m, kind); };
    return source_.only(matches, fmt::format("a file *_{}-Results_YYYY_0VV_Markup001(full).csv", kind), options_.year);
  }

  static bool is_result(const Member& m, const std::string& kind) {
    const std::string file = m.file();
    return file.find("_" + kind + "-Results_") != std::string::npos && file.ends_with("Markup001(full).csv");
  }

  void describe(const Member& transactions) {
    table_.year = options_.year != 0 ? options_.year : year_in(transactions.file(), true);
    table_.name =
        fmt::format("GLORIA{}, industry by industry", table_.year != 0 ? fmt::format(", {}", table_.year) : "");
    table_.money_unit = 1e3;
    table_.sources.push_back({"GLORIA" + (options_.version.empty() ? "" : ", version " + options_.version),
                              "GLORIA terms of use: free for academic use, otherwise licensed",
                              "Lenzen, M., Geschke, A., West, J., et al. (2022). Implementing the material footprint "
                              "to measure progress towards "
                              "Sustainable Development Goals 8 and 12. Nature Sustainability 5, 157-166."});
    table_.assumptions.emplace_back(
        "industry by industry under the fixed product sales structure (model D): an industry's share of a product's "
        "supply is "
        "its share of the product's sales to every buyer");
  }

  /// The cells below a header of a sheet that are not empty.
  static std::vector<std::string> column(const XlsxFile& workbook, const std::string& sheet,
                                         const std::string& header) {
    const std::unique_ptr<TextRows> rows = workbook.rows(sheet);
    const TextRow first = rows->need(fmt::format("a header with {}", header));
    const auto found = std::ranges::find(first.cells, header);
    if (found == first.cells.end()) throw rows->error(first, 0, fmt::format("no column '{}' in the header", header));
    const auto at = static_cast<int>(found - first.cells.begin());
    std::vector<std::string> result;
    TextRow row;
    while (rows->next(row)) {
      if (!row.cell(at).empty()) result.emplace_back(row.cell(at));
    }
    if (result.empty()) throw rows->error(first, at, fmt::format("found nothing below '{}'", header));
    return result;
  }

  void read_labels() {
    const auto is_readme = [](const Member& m) {
      return m.file().starts_with("GLORIA_ReadMe") && m.file().ends_with(".xlsx");
    };
    const Member& member = source_.only(is_readme, "GLORIA_ReadMe_0VV.xlsx with the labels", 0);
    readme_ = member.name;
    workbook_.emplace(source_.open_archive(member));
    const std::vector<std::string> regions = column(*workbook_, "Regions", "Region_acronyms"),
                                   sectors = column(*workbook_, "Sectors", "Sector_names");
    region_names_ = column(*workbook_, "Regions", "Region_names");
    if (region_names_.size() != regions.size())
      throw InputError({readme_, 0, 0}, "sheet 'Regions' has not as many Region_names as Region_acronyms");
    require_room(static_cast<double>(regions.size()) * static_cast<double>(sectors.size()), 0, Location{readme_, 0, 0});
    for (const std::string& region : regions) {
      for (const std::string& sector : sectors) {
        if (labels_.add(region, sector) < 0)
          throw InputError({readme_, 0, 0}, fmt::format("duplicate region '{}' or sector '{}'", region, sector));
      }
    }
    const std::string accounts = "Value added and final demand";
    for (const std::string& name : column(*workbook_, accounts, "Final_demand_names"))
      categories_.push_back({make_codes({name}).front(), name, kind(name)});
    for (const std::string& name : column(*workbook_, accounts, "Value_added_names"))
      value_added_.push_back({make_codes({name}).front(), name, false});
  }

  FinalDemand kind(const std::string& name) const {
    const std::array<std::pair<const char*, FinalDemand>, 6> kinds{{{"Household", household},
                                                                    {"Non-profit", npish},
                                                                    {"Government", government},
                                                                    {"Gross fixed capital", investment},
                                                                    {"Changes in inventories", inventories},
                                                                    {"Acquisitions less disposals", inventories}}};
    for (const auto& [begin, of] : kinds) {
      if (name.starts_with(begin)) return of;
    }
    throw InputError({readme_, 0, 0}, fmt::format("unknown final demand '{}'", name));
  }

  int sectors() const { return labels_.sectors(); }
  bool is_product(int row) const { return row % (2 * sectors()) >= sectors(); }
  int node_of(int row) const { return row / (2 * sectors()) * sectors() + row % sectors(); }
  /// The column of an industry, and of a product.
  std::size_t industry_column(int node) const {
    const int column = node / sectors() * 2 * sectors() + node % sectors();
    return static_cast<std::size_t>(column);
  }
  std::size_t product_column(int node) const { return industry_column(node) + static_cast<std::size_t>(sectors()); }

  std::unique_ptr<DelimitedRows> open(const Member& m) const {
    return std::make_unique<DelimitedRows>(source_.open(m), m.name, ',');
  }

  /// Rows of industries and products, in the order of the labels.
  template <class Take>
  void read_rows(const Member& member, int row_count, int columns, Take&& take) {
    const auto rows = open(member);
    std::vector<int> places(static_cast<std::size_t>(row_count));
    for (int k = 0; k < row_count; ++k) places[static_cast<std::size_t>(k)] = k;
    OrderedPlaces order(*rows, std::move(places));
    const long empty =
        rows->figures({.labels = 0,
                       .columns = columns,
                       .place = [&](const TextRow& row) { return order.next(row); },
                       .take = [&](std::span<const int> met, std::span<const double> figures) { take(met, figures); }});
    order.require_all();
    note_empty_cells(table_, member.file(), empty);
  }

  void read_transactions(const Member& member) {
    table_.x = Eigen::VectorXd::Zero(labels_.nodes());
    const int size = 2 * labels_.nodes();
    read_rows(member, size, size, [&](std::span<const int> rows, std::span<const double> figures) {
      for (std::size_t k = 0; k < rows.size(); ++k) {
        const int row = rows[k];
        if (!is_product(row))
          read_supply(member, row, figures.subspan(k * static_cast<std::size_t>(size), static_cast<std::size_t>(size)));
        if (row % (2 * sectors()) == sectors() - 1) find_makers(row / (2 * sectors()));
      }
      add_uses(rows, figures, size);
    });
  }

  void read_supply(const Member& member, int row, std::span<const double> figures) {
    const int node = node_of(row), region = node / sectors();
    double elsewhere = 0;
    for (int product = 0; product < labels_.nodes(); ++product) {
      const double supply = figures[product_column(product)];
      elsewhere += std::abs(figures[industry_column(product)]);
      if (product / sectors() == region) {
        supply_(node % sectors(), product) = supply;
        table_.x[node] += supply;
      } else {
        elsewhere += std::abs(supply);
      }
    }
    if (elsewhere == 0) return;
    throw InputError({member.name, row + 1, 0},
                     fmt::format("'{}' of '{}' supplies {} of what are not its own region's products, expected none",
                                 labels_.sector_labels()[static_cast<std::size_t>(node % sectors())],
                                 labels_.region_labels()[static_cast<std::size_t>(region)], elsewhere));
  }

  /// Who makes the products of a region, once its industries are read.
  void find_makers(int region) {
    for (int product = region * sectors(); product < (region + 1) * sectors(); ++product) {
      std::vector<Maker>& makers = makers_[static_cast<std::size_t>(product)];
      const double total = supply_.col(product).sum();
      if (total == 0) {
        // Used, if at all, without being made: its sales are those of the industry of its name.
        makers.push_back({product, 1});
        continue;
      }
      for (int i = 0; i < sectors(); ++i) {
        if (supply_(i, product) != 0) makers.push_back({region * sectors() + i, supply_(i, product) / total});
      }
    }
  }

  void add_uses(std::span<const int> rows, std::span<const double> figures, int size) {
    const int nodes = labels_.nodes();
#pragma omp parallel for schedule(static)
    for (int user = 0; user < nodes; ++user) {
      const std::size_t column_of = industry_column(user);
      for (std::size_t k = 0; k < rows.size(); ++k) {
        if (!is_product(rows[k])) continue;
        const double use = figures[k * static_cast<std::size_t>(size) + column_of];
        if (use == 0) continue;
        for (const Maker& maker : makers_[static_cast<std::size_t>(node_of(rows[k]))])
          table_.Z(maker.node, user) += maker.share * use;
      }
    }
  }

  void read_final_demand() {
    const auto columns = static_cast<int>(table_.Y.cols());
    read_rows(results("Y"), 2 * labels_.nodes(), columns,
              [&](std::span<const int> rows, std::span<const double> figures) {
                for (std::size_t k = 0; k < rows.size(); ++k) {
                  if (!is_product(rows[k])) continue;
                  for (const Maker& maker : makers_[static_cast<std::size_t>(node_of(rows[k]))]) {
                    for (int j = 0; j < columns; ++j)
                      table_.Y(maker.node, j) +=
                          maker.share * figures[k * static_cast<std::size_t>(columns) + static_cast<std::size_t>(j)];
                  }
                }
              });
  }

  /// Value added is paid in a region to a category: summed over regions.
  void read_value_added() {
    const auto categories = static_cast<int>(value_added_.size());
    const int size = 2 * labels_.nodes();
    const auto columns = static_cast<std::size_t>(size);
    read_rows(results("V"), labels_.regions() * categories, size,
              [&](std::span<const int> rows, std::span<const double> figures) {
                for (std::size_t k = 0; k < rows.size(); ++k) {
                  Eigen::VectorXd& by_node = table_.value_added[static_cast<std::size_t>(rows[k] % categories)].by_node;
                  for (int node = 0; node < labels_.nodes(); ++node)
                    by_node[node] += figures[k * columns + industry_column(node)];
                }
              });
  }

  void read_satellites() {
    const Member* industry = source_.find([&](const Member& m) { return is_result(m, "TQ") && of_year(m); });
    const Member* final_use = source_.find([&](const Member& m) { return is_result(m, "YQ") && of_year(m); });
    if (industry == nullptr) {
      table_.artefacts.emplace_back("the source has no satellite accounts (TQ-Results): there are no emissions");
      return;
    }
    const std::vector<std::string> heads = column(*workbook_, "Satellites", "Sat_head_indicator"),
                                   names = column(*workbook_, "Satellites", "Sat_indicator"),
                                   units = column(*workbook_, "Satellites", "Sat_unit");
    if (heads.size() != names.size() || units.size() != names.size())
      throw InputError({readme_, 0, 0}, "sheet 'Satellites' has columns of different length");
    SatelliteRows satellites(labels_.nodes(), labels_.regions());
    for (std::size_t k = 0; k < names.size(); ++k) satellites.add(heads[k] + " " + names[k], units[k]);
    const int size = 2 * labels_.nodes();
    std::vector<int> columns(static_cast<std::size_t>(size), -1);
    for (int node = 0; node < labels_.nodes(); ++node) columns[industry_column(node)] = node;
    const auto rows = open(*industry);
    satellites.read_industry(*rows, columns);
    if (final_use != nullptr) {
      std::vector<int> regions;
      for (Eigen::Index j = 0; j < table_.Y.cols(); ++j)
        regions.push_back(static_cast<int>(j) / static_cast<int>(categories_.size()));
      const auto more = open(*final_use);
      satellites.read_households(*more, regions);
    }
    satellites.finish(table_);
  }

  bool of_year(const Member& m) const { return table_.year == 0 || year_in(m.file(), true) == table_.year; }

  ImportSource source_;
  const ImportOptions& options_;
  ImportedTable table_;
  std::string readme_;
  std::optional<XlsxFile> workbook_;
  NodeLabels labels_;
  std::vector<std::string> region_names_;
  std::vector<PublishedCategory> categories_;
  std::vector<PublishedRow> value_added_;
  std::optional<TableBuilder> builder_;
  Eigen::MatrixXd supply_;                  ///< industries of a region x products of all, each by those of its region
  std::vector<std::vector<Maker>> makers_;  ///< by product
};

}  // namespace

ImportedTable read_gloria(const std::filesystem::path& source, const ImportOptions& options) {
  return GloriaReader(source, options).read();
}

}  // namespace levee
