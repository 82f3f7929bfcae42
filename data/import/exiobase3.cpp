// EXIOBASE 3, monetary tables, versions 3.3 to 3.9 as distributed in text (Zenodo, IOT_2011_ixi.zip). Layout as
// pymrio's parse_exiobase3 and load_all read it (pymrio/tools/ioparser.py, core/fileio.py) and as its mock shows
// (tests/mock_mrios/exio3_mock):
//   Z.txt or A.txt   tab separated. Two rows of header, "region<TAB><TAB>AT..." and "sector<TAB><TAB>Wheat...", then
//                    a row of index names "region<TAB>sector<TAB><TAB>..." that older files lack, then a row a node:
//                    region, sector, figures. A = Z / x.
//   Y.txt            the same with "category" in the second row: seven a region.
//   x.txt            region, sector, indout.     unit.txt  region, sector, unit ("M.EUR").
//   satellite/       F.txt: header rows "region", "sector", index name "stressor", a row a stressor; F_Y.txt (F_hh.txt
//   up to
//                    3.4) by category of final demand; unit.txt: stressor, unit. Its first rows, in M.EUR, are value
//                    added. From 3.9 on it is split into air_emissions/, factor_inputs/ and more.
//   impacts/         sums of the satellites: not read.
#include "data/import/exiobase3.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "data/import/delimited_rows.hpp"
#include "data/import/import_source.hpp"
#include "data/import/label_codes.hpp"
#include "data/import/table_builder.hpp"
#include "data/mass_unit.hpp"

namespace levee {
namespace {

using Member = ImportSource::Member;

/// The two rows above the figures.
struct MatrixHeader {
  std::vector<std::string> regions, items;
};

class ExiobaseReader {
 public:
  ExiobaseReader(const std::filesystem::path& path, const ImportOptions& options) : source_(path), options_(options) {}

  ImportedTable read() {
    find_folder();
    describe();
    read_satellite_labels();
    read_transactions();
    read_final_demand();
    read_output();
    finish_coefficients();
    for (const Extension& extension : extensions_) read_extension(extension);
    name_stressors();
    add_carbon_dioxide();
    return std::move(table_);
  }

 private:
  struct Extension {
    std::string folder;
    std::vector<std::pair<std::string, std::string>> units;  ///< stressor and unit, in the order of the file
  };

  const Member* member(const std::string& path) const {
    return source_.find([&](const Member& m) { return m.path == path; });
  }
  std::unique_ptr<DelimitedRows> rows(const Member& m) const {
    return std::make_unique<DelimitedRows>(source_.open(m), m.name, '\t');
  }
  const Member& needed(const std::string& file) const {
    if (const Member* found = member(folder_ + file)) return *found;
    throw InputError({source_.name(), 0, 0}, fmt::format("has no {}{}", folder_, file));
  }

  void find_folder() {
    const auto matches = [](const Member& m) {
      const bool extension = m.path.find("satellite/") != std::string::npos;
      return !extension && (m.file() == "Z.txt" || m.file() == "A.txt");
    };
    std::vector<std::string> folders;
    for (const Member& m : source_.members()) {
      if (matches(m) && std::ranges::find(folders, m.folder()) == folders.end()) folders.push_back(m.folder());
    }
    if (folders.size() > 1 && options_.year != 0)
      std::erase_if(folders, [&](const std::string& folder) { return year_in(folder, true) != options_.year; });
    if (folders.size() > 1)
      throw InputError({source_.name(), 0, 0}, "holds several tables; name one of them as the source or give --year");
    if (folders.empty()) throw source_.missing("Z.txt or A.txt of EXIOBASE 3");
    folder_ = folders.front();
    coefficients_ = member(folder_ + "Z.txt") == nullptr;
  }

  void describe() {
    const std::string path = source_.name() + "/" + folder_;
    const std::string name = std::filesystem::path(source_.name()).filename().string() + "/" + folder_;
    const bool products = path.find("pxp") != std::string::npos, industries = path.find("ixi") != std::string::npos;
    table_.year = options_.year != 0 ? options_.year : year_in(name);
    table_.name = fmt::format("EXIOBASE 3{}{}", table_.year != 0 ? fmt::format(", {}", table_.year) : "",
                              products     ? ", product by product"
                              : industries ? ", industry by industry"
                                           : "");
    table_.currency = "EUR";
    table_.sources.push_back({"EXIOBASE 3" + (options_.version.empty() ? "" : ", version " + options_.version),
                              "CC BY-SA 4.0 (versions 3.8 and later; earlier ones: see their terms)",
                              "Stadler, K., et al. (2018). EXIOBASE 3: Developing a time series of detailed "
                              "environmentally extended multi-regional input-output tables. Journal of Industrial "
                              "Ecology 22(3), 502-515."});
  }

  /// Region and item of every column after `labels` cells of index.
  static MatrixHeader header(DelimitedRows& file, int labels, const std::string& item) {
    const TextRow regions = file.need("the header row 'region'");
    MatrixHeader result;
    if (regions.cell(0) != "region")
      throw file.error(regions, 0, fmt::format("found '{}', expected the header 'region'", regions.cell(0)));
    for (auto k = static_cast<std::size_t>(labels); k < regions.cells.size(); ++k)
      result.regions.emplace_back(regions.cells[k]);
    const TextRow items = file.need(fmt::format("the header row '{}'", item));
    if (items.cell(0) != item)
      throw file.error(items, 0, fmt::format("found '{}', expected the header '{}'", items.cell(0), item));
    if (items.cells.size() != regions.cells.size()) {
      throw file.error(items, 0,
                       fmt::format("this row has {} cells, expected {} as in the row above", items.cells.size(),
                                   regions.cells.size()));
    }
    for (auto k = static_cast<std::size_t>(labels); k < items.cells.size(); ++k)
      result.items.emplace_back(items.cells[k]);
    return result;
  }

  /// Units of the extensions, which say what of them is value added.
  void read_satellite_labels() {
    std::vector<std::string> passed_over;
    for (const Member& m : source_.members()) {
      if (m.file() != "F.txt" || !m.folder().starts_with(folder_) || m.folder() == folder_) continue;
      if (m.folder().ends_with("impacts/")) continue;
      Extension extension{m.folder(), {}};
      const Member* units = member(m.folder() + "unit.txt");
      if (units == nullptr) throw InputError({m.name, 0, 0}, "has no unit.txt beside it");
      const auto file = rows(*units);
      TextRow row = file->need("a header 'stressor', 'unit'");
      std::set<std::string> once;
      while (file->next(row)) {
        const std::string stressor(row.cell(0)), unit(row.cell(1));
        if (unit.empty()) throw file->error(row, 1, "found no unit");
        if (!once.insert(stressor).second) throw file->error(row, 0, fmt::format("duplicate stressor '{}'", stressor));
        extension.units.emplace_back(stressor, unit);
      }
      extensions_.push_back(std::move(extension));
    }
    if (extensions_.empty()) {
      table_.artefacts.emplace_back(
          "the source has no satellite accounts: value added is output less inputs, and there are no emissions");
    }
  }

  void read_transactions() {
    const Member& m = needed(coefficients_ ? "A.txt" : "Z.txt");
    const auto file = rows(m);
    const MatrixHeader columns = header(*file, 2, "sector");
    std::vector<int> places;
    for (std::size_t k = 0; k < columns.regions.size(); ++k) {
      if (labels_.add(columns.regions[k], columns.items[k]) < 0)
        throw InputError({m.name, 2, 0},
                         fmt::format("duplicate column '{}' of '{}'", columns.items[k], columns.regions[k]));
    }
    read_categories();
    builder_.emplace(table_, labels_, categories_, value_added_rows(), Location{m.name, 1, 0});
    for (std::size_t k = 0; k < columns.regions.size(); ++k)
      places.push_back(labels_.node(columns.regions[k], columns.items[k]));
    builder_->set_columns(places);
    read_nodes(*file);
  }

  std::vector<PublishedRow> value_added_rows() {
    std::vector<PublishedRow> result;
    for (const Extension& extension : extensions_) {
      for (const auto& [stressor, unit] : extension.units) {
        if (unit != money_) continue;
        value_added_.emplace(stressor, static_cast<int>(result.size()));
        result.push_back({stressor, stressor, stressor.starts_with("Taxes less subsidies on products")});
      }
    }
    return result;
  }

  void read_categories() {
    const Member& m = needed("Y.txt");
    const auto file = rows(m);
    final_demand_ = header(*file, 2, "category");
    for (const std::string& category : final_demand_.items) {
      const auto same = [&](const PublishedCategory& c) { return c.name == category; };
      if (std::ranges::none_of(categories_, same))
        categories_.push_back({make_codes({category}).front(), category, kind(*file, category)});
    }
  }

  static FinalDemand kind(const DelimitedRows& file, const std::string& category) {
    const auto has = [&](const char* word) { return category.find(word) != std::string::npos; };
    if (has("households") && !has("non-profit")) return household;
    if (has("non-profit")) return npish;
    if (has("government")) return government;
    if (has("fixed capital")) return investment;
    if (has("inventories") || has("valuables") || has("xport")) return inventories;
    throw InputError({file.name(), 2, 0}, fmt::format("unknown category of final demand '{}'", category));
  }

  int category_place(const DelimitedRows& file, std::size_t column) const {
    const int region = labels_.region(final_demand_.regions[column]);
    if (region < 0)
      throw InputError({file.name(), 1, 0}, fmt::format("unknown region '{}'", final_demand_.regions[column]));
    const auto found = std::ranges::find(categories_, final_demand_.items[column], &PublishedCategory::name);
    return builder_->final_demand(region, static_cast<int>(found - categories_.begin()));
  }

  std::vector<int> category_places(const DelimitedRows& file) const {
    std::vector<int> places;
    for (std::size_t k = 0; k < final_demand_.items.size(); ++k) places.push_back(category_place(file, k));
    std::vector<int> sorted = places;
    std::ranges::sort(sorted);
    const bool twice = std::ranges::adjacent_find(sorted) != sorted.end();
    if (twice || sorted.size() != static_cast<std::size_t>(table_.Y.cols())) {
      throw InputError({file.name(), 1, 0},
                       fmt::format("found {} columns, expected each of {} categories once in each of "
                                   "{} regions",
                                   sorted.size(), categories_.size(), labels_.regions()));
    }
    return places;
  }

  /// Rows of nodes: region, sector, figures.
  void read_nodes(DelimitedRows& file) {
    LabelPlaces places = node_places();
    const long empty = builder_->read(file, 2, [&](const TextRow& row) {
      if (row.cell(0) == "region") return -1;
      return places.meet(file, row, 0, node_key(row.cell(0), row.cell(1)));
    });
    places.require_all(file);
    note_empty_cells(table_, file.name(), empty);
  }

  LabelPlaces node_places() const {
    LabelPlaces places("node");
    for (const std::string& region : labels_.region_labels()) {
      for (const std::string& sector : labels_.sector_labels())
        places.add(node_key(region, sector), labels_.node(region, sector));
    }
    return places;
  }

  void read_final_demand() {
    const auto file = rows(needed("Y.txt"));
    header(*file, 2, "category");
    builder_->set_columns(category_places(*file));
    read_nodes(*file);
  }

  void read_output() {
    const Member* m = member(folder_ + "x.txt");
    if (m == nullptr) return;
    const auto file = rows(*m);
    const TextRow first = file->need("a header 'region', 'sector', 'indout'");
    if (first.cell(0) != "region")
      throw file->error(first, 0, fmt::format("found '{}', expected 'region'", first.cell(0)));
    builder_->set_columns({builder_->output()});
    read_nodes(*file);
  }

  void finish_coefficients() {
    if (!coefficients_) return;
    if (table_.x.size() == 0)
      throw InputError({source_.name(), 0, 0},
                       "has coefficients (A.txt) only: x.txt is needed to make deliveries of them");
    table_.Z *= table_.x.asDiagonal();
    table_.assumptions.emplace_back("deliveries are the published coefficients A times output x");
  }

  void read_extension(const Extension& extension) {
    const Member& industry = *member(extension.folder + "F.txt");
    const auto first_stressor = static_cast<int>(table_.stressors.size());
    const auto file = rows(industry);
    const MatrixHeader columns = header(*file, 1, "sector");
    std::vector<int> places;
    for (std::size_t k = 0; k < columns.items.size(); ++k) {
      const int node = labels_.node(columns.regions[k], columns.items[k]);
      if (node < 0)
        throw InputError({industry.name, 2, 0},
                         fmt::format("unknown column '{}' of '{}'", columns.items[k], columns.regions[k]));
      places.push_back(node);
    }
    read_stressors(*file, extension, places, false, first_stressor);
    const Member* final_use = member(extension.folder + "F_Y.txt");
    if (final_use == nullptr) final_use = member(extension.folder + "F_hh.txt");
    if (final_use == nullptr) return;
    const auto more = rows(*final_use);
    const MatrixHeader categories = header(*more, 1, "category");
    if (categories.items != final_demand_.items || categories.regions != final_demand_.regions)
      throw InputError({final_use->name, 1, 0}, "found other columns than in Y.txt");
    read_stressors(*more, extension, category_places(*more), true, first_stressor);
  }

  /// Rows of stressors: those in money are value added. Uses of all kinds of final demand are the household's.
  void read_stressors(DelimitedRows& file, const Extension& extension, const std::vector<int>& columns, bool final_use,
                      int first) {
    LabelPlaces places("stressor");
    int next = first;
    for (const auto& [stressor, unit] : extension.units) {
      if (unit == money_) {
        places.add(stressor, most_stressors + value_added_.at(stressor), final_use);
        continue;
      }
      places.add(stressor, next++, final_use);
      if (!final_use) add_stressor(stressor, unit);
    }
    const auto take = [&](std::span<const int> rows_met, std::span<const double> figures) {
      for (std::size_t k = 0; k < rows_met.size(); ++k)
        add_uses(rows_met[k], columns, figures.subspan(k * columns.size(), columns.size()));
    };
    const long empty = file.figures({.labels = 1,
                                     .columns = static_cast<int>(columns.size()),
                                     .place =
                                         [&](const TextRow& row) {
                                           if (row.cell(0) == "stressor") return -1;
                                           return places.meet(file, row, 0, row.cell(0));
                                         },
                                     .take = take});
    places.require_all(file);
    note_empty_cells(table_, file.name(), empty);
  }

  void add_stressor(const std::string& name, const std::string& unit) {
    published_.push_back(name);
    table_.stressors.push_back({"", unit, mt_per_mass_unit(unit), Eigen::VectorXd::Zero(labels_.nodes()),
                                Eigen::VectorXd::Zero(labels_.nodes()), Eigen::VectorXd::Zero(labels_.regions())});
  }

  void add_uses(int place, const std::vector<int>& columns, std::span<const double> figures) {
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const int column = columns[k];
      const bool node = column < labels_.nodes();
      if (place >= most_stressors) {
        ImportedTable::ValueAddedRow& row = table_.value_added[static_cast<std::size_t>(place - most_stressors)];
        (node ? row.by_node[column] : row.by_final_demand[column - labels_.nodes()]) += figures[k];
        continue;
      }
      Stressor& stressor = table_.stressors[static_cast<std::size_t>(place)];
      if (node) {
        stressor.industry[column] += figures[k];
      } else {
        stressor.household[(column - labels_.nodes()) / static_cast<int>(categories_.size())] += figures[k];
      }
    }
  }

  void name_stressors() {
    const std::vector<std::string> codes = make_codes(published_);
    for (std::size_t k = 0; k < codes.size(); ++k) table_.stressors[k].name = codes[k];
  }

  /// One account of fossil carbon dioxide, its process emissions apart, in front of the published ones.
  void add_carbon_dioxide() {
    Stressor sum{"CO2",
                 "",
                 0,
                 Eigen::VectorXd::Zero(labels_.nodes()),
                 Eigen::VectorXd::Zero(labels_.nodes()),
                 Eigen::VectorXd::Zero(labels_.regions())};
    std::string parts;
    for (std::size_t k = 0; k < published_.size(); ++k) {
      const std::string& name = published_[k];
      if (!name.starts_with("CO2 - ") || name.find("biogenic") != std::string::npos) continue;
      const Stressor& part = table_.stressors[k];
      if (!sum.unit.empty() && part.unit != sum.unit) continue;
      sum.unit = part.unit;
      sum.mt_per_unit = part.mt_per_unit;
      sum.industry += part.industry;
      sum.household += part.household;
      if (!name.starts_with("CO2 - combustion")) sum.process += part.industry;
      parts += (parts.empty() ? "" : ", ") + fmt::format("'{}'", name);
    }
    if (parts.empty()) return;
    std::erase_if(table_.stressors, [](const Stressor& stressor) { return stressor.name == "CO2"; });
    table_.stressors.insert(table_.stressors.begin(), std::move(sum));
    table_.assumptions.push_back(fmt::format(
        "CO2 is the sum of {}; what is not combustion is process emissions; biogenic CO2 is left out", parts));
  }

  static constexpr int most_stressors = 1 << 28;  ///< places beyond are rows of value added

  ImportSource source_;
  const ImportOptions& options_;
  ImportedTable table_;
  std::string folder_;
  std::string money_ = "M.EUR";
  bool coefficients_ = false;
  NodeLabels labels_;
  MatrixHeader final_demand_;
  std::vector<PublishedCategory> categories_;
  std::vector<Extension> extensions_;
  std::map<std::string, int> value_added_;
  std::vector<std::string> published_;  ///< names of the stressors, as published
  std::optional<TableBuilder> builder_;
};

}  // namespace

ImportedTable read_exiobase3(const std::filesystem::path& source, const ImportOptions& options) {
  return ExiobaseReader(source, options).read();
}

}  // namespace levee
