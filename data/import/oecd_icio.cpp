// OECD Inter-Country Input-Output tables, CSV (ICIO2018_2010.CSV, ICIO2021_2010.csv, 2010_SML.csv). Layout as pymrio's
// parse_oecd reads it (pymrio/tools/ioparser.py) and its mocks show (tests/mock_mrios/oecd_mock); release 2023 as the R
// package exvatools reads it (extract_icio2023):
//   header           an empty cell (2023: V1), a column a node AUS_01T03, then final demand AUS_HFCE, AUS_NPISH, ...
//   (2016:
//                    HFCE_AUS, a single DISC), then OUT or TOTAL
//   rows             a row a node; then taxes less subsidies on products (AUS_TAXSUB... in 2018, TLS since 2021), value
//   added
//                    (VALU, VA; in 2016 both in one row, VA+TAXSUB), output (OUT, OUTPUT)
//   MX1 MX2 CN1 CN2  production of Mexico and China by firms inside and outside of export processing (global
//   manufacturing),
//                    as further regions without final demand; MEX and CHN have the final demand and zeros elsewhere
// Million USD at basic prices.
#include "data/import/oecd_icio.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <utility>

#include "data/import/delimited_rows.hpp"
#include "data/import/import_source.hpp"
#include "data/import/table_builder.hpp"

namespace levee {
namespace {

struct KnownCategory {
  const char* code;
  const char* name;
  FinalDemand kind;
};

constexpr std::array<KnownCategory, 11> known_categories{
    {{"HFCE", "household final consumption", household},
     {"NPISH", "non-profit institutions serving households", npish},
     {"NPS", "non-profit institutions serving households", npish},
     {"GGFC", "government final consumption", government},
     {"GFCF", "gross fixed capital formation", investment},
     {"INVNT", "changes in inventories and valuables", inventories},
     {"INV", "changes in inventories and valuables", inventories},
     {"DPABR", "direct purchases abroad by residents", household},
     {"P33", "direct purchases abroad by residents", household},
     {"DIRP", "direct purchases abroad by residents", household},
     {"NONRES", "direct purchases by non-residents", household}}};

constexpr std::array<const char*, 2> total_columns{"OUT", "TOTAL"};
constexpr std::array<const char*, 2> total_rows{"OUT", "OUTPUT"};
constexpr const char* discrepancy = "DISC";

const KnownCategory* category_of(std::string_view code) {
  const auto* const found =
      std::ranges::find_if(known_categories, [&](const KnownCategory& known) { return code == known.code; });
  return found == known_categories.end() ? nullptr : &*found;
}

template <std::size_t N>
bool one_of(std::string_view text, const std::array<const char*, N>& words) {
  return std::ranges::any_of(words, [&](const char* word) { return text == word; });
}

/// The country that a label's region is a part of.
std::string country_of(std::string_view region) {
  if (region.size() == 3 && region[2] >= '0' && region[2] <= '9') {
    if (region.starts_with("MX")) return "MEX";
    if (region.starts_with("CN")) return "CHN";
  }
  return std::string(region);
}

struct LabelParts {
  std::string_view first, second;
};

/// AUS_01T03 in AUS and 01T03; a label without _ is its own second part.
LabelParts label_parts(std::string_view label) {
  const std::size_t at = label.find('_');
  if (at == std::string_view::npos) return {{}, label};
  return {label.substr(0, at), label.substr(at + 1)};
}

class IcioReader {
 public:
  IcioReader(const std::filesystem::path& path, const ImportOptions& options)
      : source_(path), options_(options), member_(source_.only(is_table, "a CSV file of OECD ICIO", options.year)) {}

  ImportedTable read() {
    describe();
    DelimitedRows rows(source_.open(member_), member_.name);
    const TextRow header = rows.need("a header of nodes like AUS_01T03");
    header_.assign(header.cells.begin() + std::min<std::ptrdiff_t>(1, std::ssize(header.cells)), header.cells.end());
    for (std::size_t k = 0; k < header_.size(); ++k) read_label(rows, header, k);
    TableBuilder builder(table_, labels_, categories_, value_added_, Location{member_.name, 1, 0});
    builder.set_columns(column_places(rows, header, builder));
    read_rows(rows, builder);
    if (!folded_.empty()) {
      table_.assumptions.push_back(fmt::format(
          "{} are added to the country that they are parts of (MEX, CHN), as buyers and as sellers", folded_));
    }
    return std::move(table_);
  }

 private:
  static bool is_table(const ImportSource::Member& member) {
    std::string file = member.file();
    std::ranges::transform(file, file.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return file.ends_with(".csv") || file.ends_with(".csv.gz") || file.ends_with(".csv.xz");
  }

  void describe() {
    table_.year = options_.year != 0 ? options_.year : year_in(member_.file(), true);
    table_.name = fmt::format("OECD ICIO{}", table_.year != 0 ? fmt::format(", {}", table_.year) : "");
    table_.sources.push_back(
        {"OECD Inter-Country Input-Output Tables" + (options_.version.empty() ? "" : ", release " + options_.version),
         "OECD terms and conditions: free to use with attribution",
         "OECD, Inter-Country Input-Output (ICIO) Database, http://oe.cd/icio"});
  }

  /// What a column of the header is: a node, final demand, or a total.
  void read_label(const DelimitedRows& rows, const TextRow& header, std::size_t k) {
    const std::string& label = header_[k];
    const auto fault = [&](const std::string& message) { return rows.error(header, static_cast<int>(k) + 1, message); };
    if (label == discrepancy) {
      add_category(discrepancy, "statistical discrepancy", inventories);
      return;
    }
    if (one_of(label, total_columns)) return;
    const auto [first, second] = label_parts(label);
    if (first.empty() || second.empty())
      throw fault(
          fmt::format("found '{}', expected a node like AUS_01T03, final demand like AUS_HFCE, OUT or TOTAL", label));
    const KnownCategory* category = category_of(second);
    if (category == nullptr) category = category_of(first);
    if (category != nullptr) {
      add_category(category->code, category->name, category->kind);
      return;
    }
    if (second == "FD" || first == "FD")
      throw fault("found final demand in total (FD), expected its categories (HFCE, GFCF, ...)");
    const std::string country = country_of(first);
    if (!columns_.add(label, 0)) throw fault(fmt::format("duplicate column '{}'", label));
    if (country != first && folded_.find(first) == std::string::npos)
      folded_ += (folded_.empty() ? "" : ", ") + std::string(first);
    labels_.add(country, std::string(second));
  }

  void add_category(const char* code, const char* name, FinalDemand kind) {
    if (std::ranges::find(categories_, code, &PublishedCategory::code) == categories_.end())
      categories_.push_back({code, name, kind});
  }

  int category_index(std::string_view code) const {
    const auto found = std::ranges::find(categories_, code, &PublishedCategory::code);
    return found == categories_.end() ? -1 : static_cast<int>(found - categories_.begin());
  }

  std::vector<int> column_places(const DelimitedRows& rows, const TextRow& header, const TableBuilder& builder) {
    std::vector<int> places;
    LabelPlaces once("column");
    for (std::size_t k = 0; k < header_.size(); ++k) {
      const std::string& label = header_[k];
      const int cell = static_cast<int>(k) + 1;
      if (!once.add(label, 0)) throw rows.error(header, cell, fmt::format("duplicate column '{}'", label));
      places.push_back(column_place(rows, header, cell, builder));
    }
    return places;
  }

  int column_place(const DelimitedRows& rows, const TextRow& header, int cell, const TableBuilder& builder) const {
    const std::string& label = header_[static_cast<std::size_t>(cell) - 1];
    if (one_of(label, total_columns)) return builder.output();
    if (label == discrepancy) return builder.of_own_region(category_index(discrepancy));
    const auto [first, second] = label_parts(label);
    const bool reversed = category_of(second) == nullptr;
    const int category = category_index(reversed ? first : second);
    const std::string_view region_label = reversed ? second : first;
    if (category < 0) return labels_.node(country_of(first), second);
    const int region = labels_.region(country_of(region_label));
    if (region < 0) throw rows.error(header, cell, fmt::format("unknown region '{}' of final demand", region_label));
    return builder.final_demand(region, category);
  }

  void read_rows(DelimitedRows& rows, TableBuilder& builder) {
    LabelPlaces places("row");
    for (const std::string& label : header_) {
      const auto [first, second] = label_parts(label);
      if (columns_.find(label) >= 0) places.add(label, labels_.node(country_of(first), second));
    }
    const long empty = builder.read(rows, 1, [&](const TextRow& row) {
      const std::string_view label = row.cell(0);
      if (one_of(label, total_rows)) return -1;
      const bool value_added = label == "VA" || label == "VALU" || label == "VA+TAXSUB";
      const bool tax = !value_added && (label == "TLS" || label.find("TAX") != std::string_view::npos);
      if (tax || value_added) places.add(std::string(label), builder.value_added(tax ? 1 : 0));
      return places.meet(rows, row, 0, label);
    });
    places.require_all(rows);
    note_empty_cells(table_, member_.file(), empty);
    if (category_index(discrepancy) >= 0) {
      table_.assumptions.emplace_back(
          "the statistical discrepancy (DISC) of a good is part of the inventories of its own region");
    }
  }

  ImportSource source_;
  const ImportOptions& options_;
  const ImportSource::Member& member_;
  ImportedTable table_;
  std::vector<std::string> header_;  ///< after the corner cell
  LabelPlaces columns_{"column"};    ///< of nodes, as published
  NodeLabels labels_;
  std::vector<PublishedCategory> categories_;
  std::vector<PublishedRow> value_added_{{"VA", "value added at basic prices", false},
                                         {"TLS", "taxes less subsidies on products", true}};
  std::string folded_;
};

}  // namespace

ImportedTable read_oecd_icio(const std::filesystem::path& source, const ImportOptions& options) {
  return IcioReader(source, options).read();
}

}  // namespace levee
