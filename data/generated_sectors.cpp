#include "data/generated_sectors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "data/csv.hpp"

namespace levee {
namespace {

/// In what order sectors are merged into others when there are to be fewer, each into the one named second. Fuels join
/// fuels, goods of the border adjustment those most like them; electricity stays.
constexpr std::array<std::pair<const char*, const char*>, 17> merges{{{"MIN", "OMF"},
                                                                      {"ONFM", "ALU"},
                                                                      {"ONMM", "CEM"},
                                                                      {"FERT", "CHM"},
                                                                      {"PAP", "OMF"},
                                                                      {"CNS", "SER"},
                                                                      {"MAC", "OMF"},
                                                                      {"GAS", "OIL"},
                                                                      {"TRN", "SER"},
                                                                      {"ALU", "STEEL"},
                                                                      {"CHM", "OMF"},
                                                                      {"AGR", "OMF"},
                                                                      {"REF", "OIL"},
                                                                      {"CEM", "STEEL"},
                                                                      {"OMF", "SER"},
                                                                      {"COAL", "OIL"},
                                                                      {"SER", "STEEL"}}};

const std::vector<std::string> traded_emissions{"ELEC", "REF",  "STEEL", "ALU", "ONFM",
                                                "CEM",  "ONMM", "FERT",  "CHM", "PAP"};

CsvFile embedded(std::string_view name) {
  const auto all = embedded_tables();
  const auto found = std::ranges::find(all, name, &EmbeddedTable::name);
  if (found == all.end()) throw std::logic_error("no embedded table " + std::string(name));
  return CsvFile::parse(std::string(found->text), std::string(name));
}

/// Rows of a file by the text of one column.
std::map<std::string, int> rows_by(const CsvFile& file, const char* column) {
  std::map<std::string, int> result;
  const int key = file.column_named(column);
  for (int row = 1; row < file.rows(); ++row) result.emplace(file.cell(row, key), row);
  return result;
}

/// The default dataset's own sectors.
class BaseSectors {
 public:
  GeneratedSectors read() {
    read_list();
    read_structure();
    read_parameters();
    read_fuels();
    return std::move(result_);
  }

 private:
  Eigen::VectorXd column(const CsvFile& file, const char* key, const std::string& name) const {
    const auto rows = rows_by(file, key);
    const int values = file.column_named(name);
    Eigen::VectorXd figures = Eigen::VectorXd::Zero(result_.count());
    for (int i = 0; i < result_.count(); ++i) {
      const auto row = rows.find(result_.base[static_cast<std::size_t>(i)]);
      if (row != rows.end()) figures[i] = file.number(row->second, values);
    }
    return figures;
  }

  void read_list() {
    const CsvFile file = embedded("cbam-2011/sectors.csv");
    const int code = file.column_named("code"), name = file.column_named("name"), groups = file.column_named("groups");
    for (int row = 1; row < file.rows(); ++row) {
      Sector sector{std::string(file.cell(row, code)), std::string(file.cell(row, name)), {}};
      std::istringstream words{std::string(file.cell(row, groups))};
      for (std::string group; words >> group;) sector.groups.push_back(group);
      if (std::ranges::find(traded_emissions, sector.code) != traded_emissions.end()) sector.groups.emplace_back("ets");
      result_.base.push_back(sector.code);
      result_.sectors.push_back(std::move(sector));
    }
  }

  void read_structure() {
    const CsvFile file = embedded("synthetic/structure.csv");
    auto figures = [&](const std::string& name) { return column(file, "sector", name); };
    result_.output = figures("output");
    result_.value_added = figures("value_added");
    result_.household = figures("household");
    result_.government = figures("government");
    result_.investment = figures("investment");
    result_.traded = figures("traded");
    result_.tariff_paid = figures("tariff_paid");
    result_.combustion = figures("co2_combustion");
    result_.process = figures("co2_process");
    result_.household_combustion =
        file.number(rows_by(file, "sector").at("HOUSEHOLDS"), file.column_named("co2_combustion"));
    result_.use.resize(result_.count(), result_.count());
    for (int user = 0; user < result_.count(); ++user)
      result_.use.col(user) = figures(result_.base[static_cast<std::size_t>(user)]);
  }

  void read_parameters() {
    const CsvFile elasticities = embedded("cbam-2011/elasticities.csv");
    for (int k = 0; k < elasticities.columns(); ++k) {
      const std::string name(elasticities.cell(0, k));
      if (name != "sector") result_.elasticities[name] = column(elasticities, "sector", name);
    }
    const CsvFile factors = embedded("cbam-2011/factor_shares.csv");
    result_.labour_share = column(factors, "sector", "labour");
    result_.resource_share = column(factors, "sector", "land_or_natural_resource");
    const CsvFile supply = embedded("cbam-2011/fossil_supply.csv");
    const auto rows = rows_by(supply, "sector");  // the first row of a sector is that of every region
    result_.supply_elasticity = Eigen::VectorXd::Constant(result_.count(), std::numeric_limits<double>::quiet_NaN());
    for (const auto& [code, row] : rows)
      result_.supply_elasticity[index(code)] = supply.number(row, supply.column_named("supply_elasticity"));
  }

  void read_fuels() {
    result_.fuel_weight = column(embedded("cbam-2011/fuel_weights.csv"), "fuel", "kg_co2_per_usd_2011");
    const CsvFile file = embedded("cbam-2011/fuel_use.csv");
    for (int row = 1; row < file.rows(); ++row) {
      result_.fuel_use.push_back({index(std::string(file.cell(row, file.column_named("fuel")))),
                                  index(std::string(file.cell(row, file.column_named("user")))),
                                  file.number(row, file.column_named("share_outside_energy_nest")),
                                  file.cell(row, file.column_named("that_part_emits")) == "1"});
    }
  }

  int index(const std::string& code) const {
    return static_cast<int>(std::ranges::find(result_.base, code) - result_.base.begin());
  }

  GeneratedSectors result_;
};

/// Regroups sectors: part p of the old sector o(p) goes into the new sector n(p) with weight w(p); the weights of an
/// old sector add up to 1.
struct Part {
  int from = 0, into = 0;
  double weight = 1;
};

Eigen::MatrixXd regrouping(const std::vector<Part>& parts, int from, int into) {
  Eigen::MatrixXd result = Eigen::MatrixXd::Zero(into, from);
  for (const Part& part : parts) result(part.into, part.from) = part.weight;
  return result;
}

/// Averages by new sector, weighted; NaN counts as absent.
Eigen::VectorXd average(const Eigen::MatrixXd& map, const Eigen::VectorXd& values, const Eigen::VectorXd& weight) {
  Eigen::VectorXd result(map.rows());
  for (Eigen::Index into = 0; into < map.rows(); ++into) {
    double sum = 0, total = 0;
    for (Eigen::Index from = 0; from < map.cols(); ++from) {
      if (std::isnan(values[from])) continue;
      sum += map(into, from) * weight[from] * values[from];
      total += map(into, from) * weight[from];
    }
    result[into] = total > 0 ? sum / total : std::numeric_limits<double>::quiet_NaN();
  }
  return result;
}

/// How much of a fuel's purchases sits outside the energy nest and whether it emits, by value.
std::vector<FuelUse> regroup_fuel_use(const GeneratedSectors& old, const Eigen::MatrixXd& map,
                                      const Eigen::MatrixXd& use) {
  Eigen::MatrixXd outside = Eigen::MatrixXd::Zero(old.count(), old.count()), emitting = outside;
  for (const FuelUse& entry : old.fuel_use) {
    outside(entry.fuel, entry.user) = entry.share_outside_nest * old.use(entry.fuel, entry.user);
    if (entry.emits) emitting(entry.fuel, entry.user) = outside(entry.fuel, entry.user);
  }
  outside = map * outside * map.transpose();
  emitting = map * emitting * map.transpose();
  std::vector<FuelUse> result;
  for (int fuel = 0; fuel < use.rows(); ++fuel) {
    for (int user = 0; user < use.cols(); ++user) {
      if (outside(fuel, user) <= 0) continue;
      const double share = std::min(1.0, std::round(1e3 * outside(fuel, user) / use(fuel, user)) / 1e3);
      if (share > 0) result.push_back({fuel, user, share, emitting(fuel, user) > 0.5 * outside(fuel, user)});
    }
  }
  return result;
}

GeneratedSectors regroup(const GeneratedSectors& old, const std::vector<Part>& parts, std::vector<Sector> sectors,
                         std::vector<std::string> base) {
  GeneratedSectors result;
  result.sectors = std::move(sectors);
  result.base = std::move(base);
  const Eigen::MatrixXd map = regrouping(parts, old.count(), result.count());
  result.use = map * old.use * map.transpose();
  for (const auto total : {&GeneratedSectors::output, &GeneratedSectors::value_added, &GeneratedSectors::household,
                           &GeneratedSectors::government, &GeneratedSectors::investment, &GeneratedSectors::traded,
                           &GeneratedSectors::tariff_paid, &GeneratedSectors::combustion, &GeneratedSectors::process})
    result.*total = map * (old.*total);
  result.household_combustion = old.household_combustion;
  for (const auto& [name, values] : old.elasticities) result.elasticities[name] = average(map, values, old.output);
  result.labour_share = average(map, old.labour_share, old.value_added);
  result.resource_share = average(map, old.resource_share, old.value_added);
  result.supply_elasticity = average(map, old.supply_elasticity, old.output);
  result.fuel_weight = average(map, old.fuel_weight, old.use.rowwise().sum() + old.household);
  result.fuel_use = regroup_fuel_use(old, map, result.use);
  return result;
}

GeneratedSectors merged(const GeneratedSectors& old, int count) {
  std::vector<std::string> goes_to = old.base;
  for (int k = 0; k < old.count() - count; ++k) {
    const auto& [from, into] = merges[static_cast<std::size_t>(k)];
    for (std::string& code : goes_to) code = code == from ? into : code;
  }
  std::vector<Sector> sectors;
  std::vector<std::string> base;
  std::vector<Part> parts(old.base.size());
  for (std::size_t i = 0; i < old.base.size(); ++i) {
    if (goes_to[i] != old.base[i]) continue;
    sectors.push_back(old.sectors[i]);
    base.push_back(old.base[i]);
  }
  for (std::size_t i = 0; i < old.base.size(); ++i) {
    const auto into = std::ranges::find(base, goes_to[i]) - base.begin();
    parts[i] = {static_cast<int>(i), static_cast<int>(into), 1};
    if (goes_to[i] != old.base[i]) sectors[static_cast<std::size_t>(into)].name += "; " + old.sectors[i].name;
  }
  return regroup(old, parts, std::move(sectors), std::move(base));
}

/// How many parts each sector has: the next part always goes to the sector whose parts are largest, by the square root
/// of output so that services do not take them all. Energy stays whole.
std::vector<int> part_counts(const GeneratedSectors& old, int count) {
  std::vector<int> result(old.sectors.size(), 1);
  for (int more = count - old.count(); more > 0; --more) {
    int next = -1;
    double largest = 0;
    for (int i = 0; i < old.count(); ++i) {
      if (old.in_group(i, "energy")) continue;
      const double size = std::sqrt(old.output[i]) / result[static_cast<std::size_t>(i)];
      if (size <= largest) continue;
      largest = size;
      next = i;
    }
    ++result[static_cast<std::size_t>(next)];
  }
  return result;
}

GeneratedSectors split(const GeneratedSectors& old, int count) {
  const std::vector<int> counts = part_counts(old, count);
  std::vector<Sector> sectors;
  std::vector<std::string> base;
  std::vector<Part> parts;
  for (int i = 0; i < old.count(); ++i) {
    const Sector& whole = old.sectors[static_cast<std::size_t>(i)];
    const int n = counts[static_cast<std::size_t>(i)];
    for (int k = 1; k <= n; ++k) {
      // parts of falling size, the first twice the last
      const double weight = (2.0 - static_cast<double>(k - 1) / std::max(1, n - 1)) / (1.5 * n);
      parts.push_back({i, static_cast<int>(sectors.size()), n == 1 ? 1 : weight});
      sectors.push_back(n == 1 ? whole
                               : Sector{fmt::format("{}_{:02}", whole.code, k),
                                        fmt::format("{}, part {} of {}", whole.name, k, n), whole.groups});
      base.push_back(whole.code);
    }
  }
  return regroup(old, parts, std::move(sectors), std::move(base));
}

}  // namespace

bool GeneratedSectors::in_group(int sector, const std::string& group) const {
  const auto& groups = sectors[static_cast<std::size_t>(sector)].groups;
  return std::ranges::find(groups, group) != groups.end();
}

double GeneratedSectors::emitting_part(int fuel, int user) const {
  const auto entry = std::ranges::find_if(
      fuel_use, [&](const FuelUse& item) { return item.fuel == fuel && item.user == user && !item.emits; });
  return fuel_weight[fuel] * (entry == fuel_use.end() ? 1 : 1 - entry->share_outside_nest);
}

GeneratedSectors generated_sectors(int count) {
  if (count < fewest_generated_sectors) throw std::logic_error("too few sectors");
  GeneratedSectors base = BaseSectors().read();
  if (count == base.count()) return base;
  return count < base.count() ? merged(base, count) : split(base, count);
}

}  // namespace levee
