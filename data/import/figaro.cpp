// FIGARO, the inter-country input-output tables of Eurostat, in CSV. Layouts as the R package exvatools
// (extract_figaro), the notes of open-risk/leontief and MARIO (tests of parse_figaro_sut) describe them:
//   matrix_eu-ic-io_ind-by-ind_24ed_2020.csv     header rowLabels, AT_A01, ..., then AT_P3_S13, AT_P3_S14, AT_P3_S15,
//   AT_P51G,
//                  AT_P5M, ...; a row a node, then W2_D21X31, W2_OP_RES, W2_OP_NRES, W2_D1, W2_D29X39, W2_B2A3G
//   flatfile_eu-ic-io_ind-by-ind_24ed_2020.csv   a row a cell: icioiRow, icioiCol, refArea, rowIi (products: rowPi),
//                  counterpartArea, colIi (colPi), obsValue; zeros may be left out
// Region FIGW1 is the rest of the world. Products have codes like CPA_A01. Million EUR at basic prices.
#include "data/import/figaro.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <optional>
#include <utility>

#include "data/import/delimited_rows.hpp"
#include "data/import/import_source.hpp"
#include "data/import/table_builder.hpp"

namespace levee {
namespace {

const std::array<PublishedCategory, 5> final_uses{
    {{"P3_S13", "final consumption expenditure of government", government},
     {"P3_S14", "final consumption expenditure of households", household},
     {"P3_S15", "final consumption expenditure of non-profit institutions serving households", npish},
     {"P51G", "gross fixed capital formation", investment},
     {"P5M", "changes in inventories and acquisitions less disposals of valuables", inventories}}};

const std::vector<PublishedRow> account_rows{{"D21X31", "taxes less subsidies on products", true},
                                             {"OP_RES", "direct purchases abroad by residents", false},
                                             {"OP_NRES", "purchases on the domestic territory by non-residents", false},
                                             {"D1", "compensation of employees", false},
                                             {"D29X39", "other net taxes on production", false},
                                             {"B2A3G", "gross operating surplus and mixed income", false}};

constexpr std::string_view accounts_area = "W2";

template <class List>
int index_of(const List& list, std::string_view code) {
  const auto found = std::ranges::find_if(list, [&](const auto& entry) { return entry.code == code; });
  return found == list.end() ? -1 : static_cast<int>(found - list.begin());
}

/// The industry, or the product without the prefix of its classification.
std::string_view item_of(std::string_view code) {
  constexpr std::string_view prefix = "CPA_";
  return code.starts_with(prefix) ? code.substr(prefix.size()) : code;
}

/// Area and code of a label: at its first _.
std::pair<std::string_view, std::string_view> parts_of(std::string_view label) {
  const std::size_t at = label.find('_');
  if (at == std::string_view::npos) return {{}, label};
  return {label.substr(0, at), item_of(label.substr(at + 1))};
}

class FigaroReader {
 public:
  FigaroReader(const std::filesystem::path& path, const ImportOptions& options)
      : source_(path), options_(options), member_(source_.only(is_table, "a CSV file of FIGARO", options.year)) {}

  ImportedTable read() {
    describe();
    DelimitedRows rows(source_.open(member_), member_.name);
    const TextRow header = rows.need("a header: rowLabels, AT_A01, ... or refArea, ...");
    if (std::ranges::find(header.cells, "obsValue") == header.cells.end()) {
      read_matrix(rows, header);
    } else {
      read_flat(rows, header);
    }
    return std::move(table_);
  }

 private:
  static bool is_table(const ImportSource::Member& member) {
    const std::string file = member.file();
    const bool text = file.ends_with(".csv") || file.ends_with(".csv.gz") || file.ends_with(".csv.xz");
    return text && file.find("supply") == std::string::npos && file.find("-use_") == std::string::npos;
  }

  void describe() {
    const bool products = member_.file().find("prod-by-prod") != std::string::npos;
    table_.year = options_.year != 0 ? options_.year : year_in(member_.file(), true);
    table_.name = fmt::format("FIGARO{}, {}", table_.year != 0 ? fmt::format(", {}", table_.year) : "",
                              products ? "product by product" : "industry by industry");
    table_.currency = "EUR";
    table_.sources.push_back(
        {"FIGARO tables" + (options_.version.empty() ? "" : ", edition " + options_.version),
         "European Commission reuse policy (Decision 2011/833/EU): free with attribution",
         "Remond-Tiedrez, I., Rueda-Cantuche, J. M. (eds.) (2019). EU inter-country supply, use and input-output "
         "tables: "
         "Full international and global accounts for research in input-output analysis (FIGARO). Eurostat."});
  }

  static std::vector<PublishedCategory> categories() { return {final_uses.begin(), final_uses.end()}; }

  /// The place of a column, or -2 for a label that is no column.
  int column_place(std::string_view area, std::string_view code) const {
    const int use = index_of(final_uses, code);
    if (use < 0) {
      const int node = labels_.node(area, code);
      return node < 0 ? -2 : node;
    }
    const int region = labels_.region(area);
    return region < 0 ? -2 : builder_->final_demand(region, use);
  }

  void read_matrix(DelimitedRows& rows, const TextRow& header) {
    LabelPlaces places("row");
    std::vector<std::pair<std::string, std::string>> columns;
    for (std::size_t k = 1; k < header.cells.size(); ++k) {
      const auto [area, code] = parts_of(header.cells[k]);
      const int cell = static_cast<int>(k);
      if (area.empty() || code.empty())
        throw rows.error(header, cell,
                         fmt::format("found '{}', expected a label like AT_A01 or AT_P3_S14", header.cells[k]));
      columns.emplace_back(area, code);
      if (index_of(final_uses, code) < 0 && labels_.add(columns.back().first, columns.back().second) < 0)
        throw rows.error(header, cell, fmt::format("duplicate column '{}'", header.cells[k]));
    }
    builder_.emplace(table_, labels_, categories(), account_rows, Location{member_.name, 1, 0});
    std::vector<int> column_places;
    std::vector<char> met(static_cast<std::size_t>(builder_->output()), 0);
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const int place = column_place(columns[k].first, columns[k].second);
      const int cell = static_cast<int>(k) + 1;
      if (place < 0) throw rows.error(header, cell, fmt::format("unknown column '{}'", header.cells[k + 1]));
      if (std::exchange(met[static_cast<std::size_t>(place)], 1) != 0)
        throw rows.error(header, cell, fmt::format("duplicate column '{}'", header.cells[k + 1]));
      column_places.push_back(place);
      if (place < builder_->nodes()) places.add(node_key(columns[k].first, columns[k].second), place);
    }
    builder_->set_columns(std::move(column_places));
    add_accounts(places);
    const long empty = builder_->read(rows, 1, [&](const TextRow& row) {
      const auto [area, code] = parts_of(row.cell(0));
      return places.meet(rows, row, 0, node_key(area, code));
    });
    places.require_all(rows);
    note_empty_cells(table_, member_.file(), empty);
  }

  void add_accounts(LabelPlaces& places) const {
    for (std::size_t k = 0; k < account_rows.size(); ++k)
      places.add(node_key(accounts_area, account_rows[k].code), builder_->value_added(static_cast<int>(k)));
  }

  /// Columns of the flat layout.
  struct FlatColumns {
    int row_area = 0, row = 0, column_area = 0, column = 0, value = 0;
  };

  static FlatColumns flat_columns(const DelimitedRows& rows, const TextRow& header) {
    const auto named = [&](auto&& matches, const char* name) {
      const auto found = std::ranges::find_if(header.cells, matches);
      if (found == header.cells.end()) throw rows.error(header, 0, fmt::format("no column '{}' in the header", name));
      return static_cast<int>(found - header.cells.begin());
    };
    const auto exactly = [&](const char* name) {
      return named([&](std::string_view cell) { return cell == name; }, name);
    };
    const auto starts = [&](const char* name) {
      return named([&](std::string_view cell) { return cell.starts_with(name); }, name);
    };
    return {exactly("refArea"), starts("row"), exactly("counterpartArea"), starts("col"), exactly("obsValue")};
  }

  /// Labels first, in a pass of their own: the table's size is known then, and its order is that of the file.
  void read_flat(DelimitedRows& rows, const TextRow& header) {
    const FlatColumns columns = flat_columns(rows, header);
    TextRow row;
    LabelPlaces met_rows("row");
    while (rows.next(row)) {
      const std::string_view area = row.cell(columns.row_area), code = item_of(row.cell(columns.row));
      if (area == accounts_area || met_rows.find(key(area, code)) >= 0) continue;
      met_rows.add(key_, 0);
      labels_.add(std::string(area), std::string(code));
      require_room(labels_.nodes(), 0, rows.where(row, columns.row_area));
    }
    builder_.emplace(table_, labels_, categories(), account_rows, Location{member_.name, 0, 0});
    for (const std::string& area : labels_.region_labels()) {
      for (const std::string& code : labels_.sector_labels()) {
        row_places_.add(key(area, code), labels_.node(area, code));
        column_places_.add(key_, labels_.node(area, code));
      }
      for (const PublishedCategory& use : final_uses)
        column_places_.add(key(area, use.code), column_place(area, use.code));
    }
    add_accounts(row_places_);
    DelimitedRows again(source_.open(member_), member_.name);
    again.need("the header");
    std::vector<char> met(static_cast<std::size_t>(builder_->value_added(static_cast<int>(account_rows.size()))) *
                          static_cast<std::size_t>(builder_->output()));
    while (again.next(row)) read_cell(again, row, columns, met);
  }

  /// The label of an area's code, in memory that is used again.
  const std::string& key(std::string_view area, std::string_view code) {
    key_.assign(area);
    key_ += '.';
    key_ += code;
    return key_;
  }

  void read_cell(const DelimitedRows& rows, const TextRow& row, const FlatColumns& columns, std::vector<char>& met) {
    const int place = row_places_.find(key(row.cell(columns.row_area), item_of(row.cell(columns.row))));
    if (place < 0) throw rows.error(row, columns.row, fmt::format("unknown row '{}'", key_));
    const int column = column_places_.find(key(row.cell(columns.column_area), item_of(row.cell(columns.column))));
    if (column < 0) throw rows.error(row, columns.column, fmt::format("unknown column '{}'", key_));
    const Figure figure = read_figure(row.cell(columns.value), rows.style());
    if (figure.fault != nullptr || figure.empty) {
      throw rows.error(row, columns.value,
                       fmt::format("found '{}', expected {}", row.cell(columns.value),
                                   figure.fault != nullptr ? figure.fault : "a number"));
    }
    char& seen = met[static_cast<std::size_t>(place) * static_cast<std::size_t>(builder_->output()) +
                     static_cast<std::size_t>(column)];
    if (std::exchange(seen, 1) != 0) throw rows.error(row, columns.value, "duplicate: this cell was given before");
    builder_->add(place, column, figure.value);
  }

  ImportSource source_;
  const ImportOptions& options_;
  const ImportSource::Member& member_;
  ImportedTable table_;
  NodeLabels labels_;
  std::optional<TableBuilder> builder_;
  LabelPlaces row_places_{"row"}, column_places_{"column"};  ///< of the flat layout
  std::string key_;
};

}  // namespace

ImportedTable read_figaro(const std::filesystem::path& source, const ImportOptions& options) {
  return FigaroReader(source, options).read();
}

}  // namespace levee
