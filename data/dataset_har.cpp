#include "data/dataset_har.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>
#include <vector>

#include "data/final_demand_words.hpp"
#include "data/har_book.hpp"
#include "data/text_file.hpp"

namespace levee {
namespace {

using Figures = std::vector<double>;

/// Makes the arrays of a dataset, one kind after the other.
class DatasetArrays {
 public:
  explicit DatasetArrays(const Dataset& dataset) : data_(dataset) {
    std::vector<std::string> regions, sectors, stressors;
    for (const Region& region : data_.regions) regions.push_back(region.code);
    for (const Sector& sector : data_.sectors) sectors.push_back(sector.code);
    for (const Stressor& stressor : data_.stressors) stressors.push_back(stressor.name);
    sect_ = book_.set("SECT", "Sectors, and the goods they make", sectors);
    reg_ = book_.set("REG", "Regions", regions);
    fd_ = book_.set("FD", "Final demand", {final_demand_words.begin(), final_demand_words.end()});
    strs_ = book_.set("STRS", "Stressors", stressors);
  }

  HarFile file(const std::string& version, const std::string& path) {
    describe(version);
    add_names();
    add_table();
    add_accounts();
    if (data_.tariff.size() > 0) add_tariffs();
    if (data_.has_parameters()) add_parameters();
    return book_.file(path);
  }

 private:
  void describe(const std::string& version) {
    book_.say(fmt::format("Dataset {} of {}, written by levee {}. Figures have single precision.", data_.name,
                          data_.year, version));
    for (const Source& source : data_.sources)
      book_.say(fmt::format("Source: {}. Licence: {}. {}", source.title, source.licence, source.citation));
  }

  void add_names() {
    std::vector<std::string> regions, sectors, units;
    for (const Region& region : data_.regions) regions.push_back(fmt::format("{}: {}", region.code, region.name));
    for (const Sector& sector : data_.sectors) sectors.push_back(fmt::format("{}: {}", sector.code, sector.name));
    for (const Stressor& stressor : data_.stressors)
      units.push_back(fmt::format("{}: {}", stressor.name, stressor.unit));
    book_.text("REGN", "Names of regions", regions);
    book_.text("SECN", "Names of sectors", sectors);
    book_.text("STRU", "Units of stressors", units);
  }

  /// A figure for each sector and region; `figure` takes the node.
  template <class Figure>
  Figures by_node(Figure figure) const {
    Figures figures;
    for (int node = 0; node < data_.node_count(); ++node) figures.push_back(figure(node));
    return figures;
  }

  void add_node_array(const std::string& header, const std::string& coefficient, const std::string& what,
                      const std::string& unit, const Eigen::VectorXd& values) {
    book_.add({header, coefficient, what, unit, {sect_, reg_}, by_node([&](int node) { return values(node); })});
  }

  void add_table() {
    const std::string money = money_unit(data_);
    book_.add({"Z",
               "Z",
               "intermediate deliveries by good, user, origin and destination, at basic prices",
               money,
               {sect_, sect_, reg_, reg_},
               deliveries()});
    Figures final_demand;
    for (int to = 0; to < data_.region_count(); ++to)
      for (int from = 0; from < data_.region_count(); ++from)
        for (int category = 0; category < final_demand_count; ++category)
          for (int good = 0; good < data_.sector_count(); ++good)
            final_demand.push_back(data_.table.Y(data_.node(from, good), to * final_demand_count + category));
    book_.add({"Y",
               "Y",
               "deliveries to final demand by good, category, origin and destination, at basic prices",
               money,
               {sect_, fd_, reg_, reg_},
               std::move(final_demand)});
    add_node_array("VA", "VA", "value added by sector and region", money, data_.table.value_added);
    add_node_array("X", "X", "output by sector and region, as published", money, data_.table.x);
  }

  Figures deliveries() const {
    Figures figures;
    figures.reserve(static_cast<std::size_t>(data_.node_count()) * static_cast<std::size_t>(data_.node_count()));
    for (int to = 0; to < data_.region_count(); ++to)
      for (int from = 0; from < data_.region_count(); ++from)
        for (int user = 0; user < data_.sector_count(); ++user)
          for (int good = 0; good < data_.sector_count(); ++good)
            figures.push_back(data_.table.Z(data_.node(from, good), data_.node(to, user)));
    return figures;
  }

  /// Accounts by stressor and node or region; `figures` gives a stressor's.
  template <class Values>
  Figures by_stressor(int count, Values values) const {
    Figures figures;
    for (int k = 0; k < count; ++k)
      for (const Stressor& stressor : data_.stressors) figures.push_back(values(stressor)(k));
    return figures;
  }

  void add_accounts() {
    if (data_.stressors.empty()) return;
    const std::string unit = "see STRU";
    book_.add({"EIND",
               "EINDUSTRY",
               "accounts of industries by stressor, sector and region, process included",
               unit,
               {strs_, sect_, reg_},
               by_stressor(
                   data_.node_count(), [](const Stressor& s) -> const auto& { return s.industry; })});
    book_.add({"EPRO",
               "EPROCESS",
               "the part of EIND that is process",
               unit,
               {strs_, sect_, reg_},
               by_stressor(
                   data_.node_count(), [](const Stressor& s) -> const auto& { return s.process; })});
    book_.add({"EHOU",
               "EHOUSEHOLD",
               "accounts of households by stressor and region",
               unit,
               {strs_, reg_},
               by_stressor(
                   data_.region_count(), [](const Stressor& s) -> const auto& { return s.household; })});
  }

  void add_tariffs() {
    Figures tariffs;
    for (int to = 0; to < data_.region_count(); ++to)
      for (int node = 0; node < data_.node_count(); ++node) tariffs.push_back(data_.tariff(node, to));
    book_.add({"TARF",
               "TARIFF",
               "tariffs by good, origin and destination, ad valorem",
               "share of the value at basic prices",
               {sect_, reg_, reg_},
               std::move(tariffs)});
  }

  void add_parameters() {
    const Parameters& parameters = data_.parameters;
    int number = 0;
    for (const auto& [name, values] : parameters.elasticities.by_node)
      add_node_array(fmt::format("EL{:02}", ++number), name, "elasticity " + name, "1", values);
    add_node_array("LABS", "LABSHARE", "share of labour in value added", "share", parameters.labour_share);
    add_node_array("RESS", "RESSHARE", "share of the resource in value added", "share", parameters.resource_share);
    book_.add({"FSUP",
               "FOSSILSUPPLY",
               "supply elasticity of fossil fuels; 0 where none is given",
               "1",
               {sect_, reg_},
               by_node([&](int node) {
                 const double value = parameters.supply_elasticity(node);
                 return std::isnan(value) ? 0.0 : value;
               })});
    book_.add({"FWGT",
               "FUELWEIGHT",
               "relative weight of fuels in emissions; 0 for what does not burn",
               "t per unit of money, relative",
               {sect_},
               {parameters.fuel_weight.begin(), parameters.fuel_weight.end()}});
  }

  const Dataset& data_;
  HarBook book_;
  int sect_ = 0, reg_ = 0, fd_ = 0, strs_ = 0;
};

}  // namespace

HarFile dataset_har(const Dataset& dataset, const std::string& version, const std::string& path) {
  // A cell is held as a double and, while the file is put together, in single precision.
  const auto nodes = static_cast<std::uint64_t>(dataset.node_count());
  if (const std::uint64_t bytes = nodes * nodes * 12; bytes > largest_text())
    throw InputError({dataset.path, 0, 0},
                     fmt::format("a table of {} nodes takes {} MiB in full, expected at most {}: aggregate it first",
                                 nodes, bytes >> 20U, largest_text() >> 20U));
  return DatasetArrays(dataset).file(version, path);
}

}  // namespace levee
