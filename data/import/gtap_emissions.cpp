// Emissions of GTAP's releases 8 and later: the file of emissions that comes with the flows (Lee 2008; Aguiar,
// Chepeliev, Corong, McDougall and van der Mensbrugghe 2019).
#include "data/import/gtap_emissions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <utility>

#include "data/import/gtap_accounts.hpp"
#include "data/mass_unit.hpp"

namespace levee {
namespace {

const std::string fuel_group = "fuel";

/// The unit that a description names as a word of its own, else Mt, which the releases use.
std::string unit_in(const std::string& description, bool& said) {
  std::string word;
  for (const char c : description + " ") {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      word += c;
      continue;
    }
    if (word == "Mt" || word == "Gg" || word == "kt" || word == "Tg") {
      said = true;
      return word;
    }
    word.clear();
  }
  return "Mt";
}

class EmissionReader {
 public:
  EmissionReader(const GtapDatabase& data, const HarFile& file, ImportedTable& table)
      : data_(data),
        file_(file),
        table_(table),
        regions_(data.region_count()),
        goods_(data.commodity_count()),
        split_(gtap_cost_shares(data)),
        emitted_(index(regions_), Eigen::MatrixXd::Zero(goods_, data.sets.user_count())) {}

  void read() {
    require_any();
    for (const char origin : {'D', 'I'}) {
      add(fmt::format("M{}F", origin), {GtapSet::commodity, GtapSet::user, GtapSet::region}, -1);
      add(fmt::format("M{}P", origin), {GtapSet::commodity, GtapSet::region}, data_.sets.household());
      add(fmt::format("M{}G", origin), {GtapSet::commodity, GtapSet::region}, data_.sets.government());
      add(fmt::format("M{}I", origin), {GtapSet::commodity, GtapSet::region}, data_.sets.investment());
    }
    add_stressor();
    if (table_.model) add_fuels(table_.model->parameters);
  }

 private:
  void require_any() const {
    Diagnostics faults;
    for (const char* name : {"MDF", "MIF", "MDP", "MIP"}) {
      if (file_.find(name) == nullptr) {
        faults.add({file_.path, 0, 0}, missing_header(file_, name, "CO2 from burning what is bought",
                                                      {"MDF", "MIF", "MDP", "MIP", "MDG", "MIG", "MDI", "MII"}));
      }
    }
    faults.throw_if_any();
  }

  void add(const std::string& name, const std::vector<GtapSet>& dimensions, int user) {
    const HarHeader* header = file_.find(name);
    if (header == nullptr) return;
    bool said = false;
    const std::string unit = unit_in(header->description, said);
    if (unit_.empty()) {
      unit_ = unit;
      if (!said) {
        table_.assumptions.push_back(
            fmt::format("emissions are in Mt: {} names no unit of its own ('{}')", name, header->description));
      }
    }
    const double factor = mt_per_mass_unit(unit) / mt_per_mass_unit(unit_);
    place_array(data_.sets, file_.path, *header, dimensions, [&](const GtapCell& at, double value) {
      if (value < 0) throw gtap_error(file_.path, name, fmt::format("found {}, expected emissions >= 0", value));
      const int of = user >= 0 ? user : at[1];
      const int region = user >= 0 ? at[1] : at[2];
      emitted_[index(region)](at[0], of) += factor * value;
    });
  }

  /// Emissions of activities by what they make: fuels x goods.
  Eigen::MatrixXd by_good(int region) const {
    return emitted_[index(region)].leftCols(data_.activity_count()) * split_[index(region)].transpose();
  }

  void add_stressor() {
    Stressor co2{"CO2",
                 unit_,
                 mt_per_mass_unit(unit_),
                 Eigen::VectorXd(regions_ * goods_),
                 Eigen::VectorXd::Zero(regions_ * goods_),
                 Eigen::VectorXd(regions_)};
    double other = 0;
    for (int r = 0; r < regions_; ++r) {
      co2.industry.segment(static_cast<Eigen::Index>(r) * goods_, goods_) = by_good(r).colwise().sum().transpose();
      co2.household[r] = emitted_[index(r)].rightCols(3).sum();
      other += emitted_[index(r)].rightCols(2).sum();
    }
    if (other > 0) {
      table_.assumptions.push_back(
          fmt::format("emissions of government and investment are the household's ({:.6g} {})", other, unit_));
    }
    table_.assumptions.emplace_back(
        "CO2 is that of burning fuels: process emissions and other gases are not in the file");
    table_.stressors.insert(table_.stressors.begin(), std::move(co2));
  }

  /// Purchases of a fuel at basic prices: goods it makes by sector, world.
  Eigen::MatrixXd purchases() const {
    Eigen::MatrixXd result = Eigen::MatrixXd::Zero(goods_, goods_ + 1);  // the last: final users
    for (int r = 0; r < regions_; ++r) {
      const Eigen::MatrixXd bought = data_.domestic.basic[index(r)] + data_.imported.basic[index(r)];
      result.leftCols(goods_) += bought.leftCols(data_.activity_count()) * split_[index(r)].transpose();
      result.col(goods_) += bought.rightCols(3).rowwise().sum();
    }
    return result;
  }

  void add_fuels(Parameters& parameters) const {
    Eigen::MatrixXd emitted = Eigen::MatrixXd::Zero(goods_, goods_ + 1);
    for (int r = 0; r < regions_; ++r) {
      emitted.leftCols(goods_) += by_good(r);
      emitted.col(goods_) += emitted_[index(r)].rightCols(3).rowwise().sum();
    }
    const Eigen::MatrixXd bought = purchases();
    const bool group_is_free = std::ranges::find(table_.sectors, fuel_group, &Sector::code) == table_.sectors.end();
    std::vector<std::string> fuels, feedstocks;
    for (int fuel = 0; fuel < goods_; ++fuel) {
      double burnt = bought(fuel, goods_);
      for (int j = 0; j < goods_; ++j) burnt += emitted(fuel, j) > 0 ? bought(fuel, j) : 0;
      if (!(emitted.row(fuel).sum() > 0) || !(burnt > 0)) continue;
      parameters.fuel_weight[fuel] = emitted.row(fuel).sum() / burnt;
      fuels.push_back(table_.sectors[index(fuel)].code);
      if (group_is_free) table_.sectors[index(fuel)].groups.emplace_back(fuel_group);
      for (int j = 0; j < goods_; ++j) {
        if (emitted(fuel, j) > 0 || !(bought(fuel, j) > 0)) continue;
        parameters.fuel_use.push_back({fuel, j, 1, false});
        feedstocks.push_back(fmt::format("{} by {}", fuels.back(), table_.sectors[index(j)].code));
      }
    }
    table_.assumptions.push_back(
        fmt::format("fuels are {}; a sector's CO2 is divided over them by the world's emissions per unit of money",
                    fuels.empty() ? "none" : fmt::format("{}", fmt::join(fuels, ", "))));
    if (!feedstocks.empty()) {
      table_.assumptions.push_back(
          fmt::format("purchases of fuels that emit nothing anywhere are feedstocks: {}", fmt::join(feedstocks, ", ")));
    }
  }

  const GtapDatabase& data_;
  const HarFile& file_;
  ImportedTable& table_;
  int regions_, goods_;
  std::vector<Eigen::MatrixXd> split_;
  std::vector<Eigen::MatrixXd> emitted_;  ///< by region: commodities x users
  std::string unit_;
};

}  // namespace

void add_gtap_emissions(const GtapDatabase& data, const HarFile& file, ImportedTable& table) {
  EmissionReader(data, file, table).read();
}

}  // namespace levee
