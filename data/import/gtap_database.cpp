// The headers are those of the GTAP model's data file: version 7 (Corong, Hertel, McDougall, Tsigas and van der
// Mensbrugghe 2017) and version 6.2 (McDougall 2003).
#include "data/import/gtap_database.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <set>
#include <utility>

namespace levee {
namespace {

using Cell = GtapCell;
using Put = std::function<void(GtapDatabase&, const Cell&, double)>;

/// What an array holds, its header in version 7 and in version 6 (empty: it has none), and where its cells go.
struct Role {
  std::string what, version7, version6;
  std::vector<GtapSet> dimensions;
  Put put;
};

using Values = GtapValues GtapDatabase::*;
using Price = std::vector<Eigen::MatrixXd> GtapValues::*;
using Trade = std::vector<Eigen::MatrixXd> GtapDatabase::*;

Role of_firms(std::string what, std::string version7, std::string version6, Values values, Price price) {
  return {std::move(what),
          std::move(version7),
          std::move(version6),
          {GtapSet::commodity, GtapSet::user, GtapSet::region},
          [=](GtapDatabase& data, const Cell& at, double value) {
            ((data.*values).*price)[index(at[2])](at[0], at[1]) = value;
          }};
}

Role of_agent(std::string what, std::string version7, std::string version6, Values values, Price price,
              int (GtapSets::*user)() const) {
  return {std::move(what),
          std::move(version7),
          std::move(version6),
          {GtapSet::commodity, GtapSet::region},
          [=](GtapDatabase& data, const Cell& at, double value) {
            ((data.*values).*price)[index(at[1])](at[0], (data.sets.*user)()) = value;
          }};
}

Role of_factors(std::string what, std::string version7, std::string version6, Price price) {
  return {std::move(what),
          std::move(version7),
          std::move(version6),
          {GtapSet::endowment, GtapSet::user, GtapSet::region},
          [=](GtapDatabase& data, const Cell& at, double value) {
            (data.factors.*price)[index(at[2])](at[0], at[1]) = value;
          }};
}

Role of_make(std::string what, std::string version7, Trade make) {
  return {std::move(what),
          std::move(version7),
          "",
          {GtapSet::commodity, GtapSet::activity, GtapSet::region},
          [=](GtapDatabase& data, const Cell& at, double value) { (data.*make)[index(at[2])](at[0], at[1]) = value; }};
}

Role of_trade(std::string what, std::string version7, std::string version6, Trade trade) {
  return {std::move(what),
          std::move(version7),
          std::move(version6),
          {GtapSet::commodity, GtapSet::region, GtapSet::region},
          [=](GtapDatabase& data, const Cell& at, double value) { (data.*trade)[index(at[0])](at[1], at[2]) = value; }};
}

/// Of firms, household, government and investment at both prices. In version 6 capital goods are one of the firms.
void add_purchases(std::vector<Role>& roles, const std::string& origin, char letter7, char letter6, Values values) {
  for (const bool basic : {true, false}) {
    const auto what = [&](const char* agent) {
      return fmt::format("{} purchases {}, at {} prices", origin, agent, basic ? "basic" : "purchasers'");
    };
    const Price price = basic ? &GtapValues::basic : &GtapValues::purchaser;
    const auto name7 = [&](char agent) { return fmt::format("V{}{}{}", letter7, agent, basic ? 'B' : 'P'); };
    const auto name6 = [&](char agent) { return fmt::format("V{}{}{}", letter6, agent, basic ? 'M' : 'A'); };
    roles.push_back(of_firms(what("of firms"), name7('F'), name6('F'), values, price));
    roles.push_back(of_agent(what("of households"), name7('P'), name6('P'), values, price, &GtapSets::household));
    roles.push_back(of_agent(what("of government"), name7('G'), name6('G'), values, price, &GtapSets::government));
    roles.push_back(of_agent(what("for investment"), name7('I'), "", values, price, &GtapSets::investment));
  }
}

std::vector<Role> make_roles() {
  std::vector<Role> roles;
  add_purchases(roles, "domestic", 'D', 'D', &GtapDatabase::domestic);
  add_purchases(roles, "imported", 'M', 'I', &GtapDatabase::imported);
  roles.push_back(of_factors("factors, at basic prices", "EVFB", "VFM", &GtapValues::basic));
  roles.push_back(of_factors("factors, at purchasers' prices", "EVFP", "EVFA", &GtapValues::purchaser));
  roles.push_back(of_make("what activities make, with the tax on output", "MAKB", &GtapDatabase::make_basic));
  roles.push_back(of_make("what activities make, before the tax on output", "MAKS", &GtapDatabase::make_supply));
  roles.push_back(of_trade("exports at basic prices", "VXSB", "VXMD", &GtapDatabase::export_basic));
  roles.push_back(of_trade("exports, fob", "VFOB", "VXWD", &GtapDatabase::fob));
  roles.push_back(of_trade("imports, cif", "VCIF", "VIWS", &GtapDatabase::cif));
  roles.push_back(of_trade("imports at basic prices", "VMSB", "VIMS", &GtapDatabase::import_basic));
  roles.push_back({"margins supplied",
                   "VST",
                   "VST",
                   {GtapSet::margin, GtapSet::region},
                   [](GtapDatabase& data, const Cell& at, double value) { data.margin_supply(at[0], at[1]) = value; }});
  roles.push_back({"margins used by trade",
                   "VTWR",
                   "VTWR",
                   {GtapSet::margin, GtapSet::commodity, GtapSet::region, GtapSet::region},
                   [](GtapDatabase& data, const Cell& at, double value) {
                     data.margin_use[index(at[0])][index(at[1])](at[2], at[3]) = value;
                   }});
  return roles;
}

class DatabaseReader {
 public:
  DatabaseReader(const HarFile& flows, const HarFile* sets) : flows_(flows), sets_(sets), roles_(make_roles()) {
    data_.file = flows.path;
  }

  GtapDatabase read() {
    data_.version = version();
    require_arrays();
    read_sets();
    make_room();
    for (const Role& role : roles_) {
      if (name(role).empty()) continue;
      place_array(data_.sets, flows_.path, *flows_.find(name(role)), role.dimensions,
                  [&](const Cell& at, double value) { role.put(data_, at, value); });
    }
    require_no_factors_of_capital_goods();
    if (data_.version == 6) make_diagonal();
    read_output();
    if (const HarHeader* release = flows_.find("DREL"); release != nullptr && !release->lines.empty())
      data_.release = release->lines.front();
    return std::move(data_);
  }

 private:
  const std::string& name(const Role& role) const { return data_.version == 7 ? role.version7 : role.version6; }

  int version() const {
    if (flows_.find("VDFB") != nullptr) return 7;
    if (flows_.find("VDFM") != nullptr) return 6;
    std::vector<std::string> found;
    for (const HarHeader& header : flows_.headers) found.push_back(header.name);
    throw InputError({flows_.path, 0, 0},
                     fmt::format("found neither VDFB (version 7) nor VDFM (version 6), which a GTAP database has; its "
                                 "headers are {}",
                                 found.empty() ? "none" : fmt::format("{}", fmt::join(found, ", "))));
  }

  void require_arrays() const {
    std::vector<std::string> known;
    for (const Role& role : roles_) known.push_back(name(role));
    Diagnostics faults;
    for (const Role& role : roles_) {
      if (name(role).empty() || flows_.find(name(role)) != nullptr) continue;
      faults.add({flows_.path, 0, 0}, missing_header(flows_, name(role), role.what, known));
    }
    faults.throw_if_any();
  }

  void read_sets() {
    GtapSets& sets = data_.sets;
    const bool seven = data_.version == 7;
    sets.regions = set_of({"REG", "H1"}, seven ? "VXSB" : "VXMD", 1);
    sets.commodities = set_of({"COMM", "H2"}, seven ? "VXSB" : "VXMD", 0);
    sets.activities = seven ? set_of({"ACTS"}, "VDFB", 1) : sets.commodities;
    sets.endowments = set_of({"ENDW", "H6"}, seven ? "EVFB" : "VFM", 0);
    sets.margins = set_of({"MARG"}, "VST", 0);
    if (const HarHeader* mobile = set_header({"ENDM", "H8"})) sets.mobile = mobile->lines;
    for (const std::string& margin : sets.margins) {
      data_.margins.push_back(sets.find(GtapSet::commodity, margin));
      if (data_.margins.back() < 0)
        throw InputError({flows_.path, 0, 0},
                         fmt::format("margin '{}' is no commodity{}", margin, suggestion(margin, sets.commodities)));
    }
  }

  const HarHeader* set_header(const std::vector<std::string>& names) const {
    for (const std::string& name : names) {
      const HarHeader* header = sets_ == nullptr ? nullptr : sets_->find(name);
      if (header != nullptr && header->kind == HarKind::text) return header;
    }
    return nullptr;
  }

  /// The elements of a set: of the file of sets or, where that has none, those that an array is labelled with.
  std::vector<std::string> set_of(const std::vector<std::string>& names, const std::string& array,
                                  std::size_t dimension) const {
    const HarHeader* header = set_header(names);
    const HarHeader& other = *flows_.find(array);
    const bool labelled = dimension < other.dimensions.size() && !other.dimensions[dimension].labels.empty();
    if (header == nullptr && !labelled) {
      throw gtap_error(
          flows_.path, array,
          fmt::format("carries no labels, and there is no file of sets with a header '{}'", names.front()));
    }
    std::vector<std::string> labels = header != nullptr ? header->lines : other.dimensions[dimension].labels;
    const std::string file = header != nullptr ? sets_->path : flows_.path;
    const std::string where = header != nullptr ? header->name : array;
    std::set<std::string> met;
    for (const std::string& label : labels) {
      if (label.empty() || !met.insert(label).second)
        throw gtap_error(
            file, where,
            label.empty() ? "found an element without a name" : fmt::format("element '{}' is given twice", label));
    }
    if (labels.empty() && names.front() != "MARG") throw gtap_error(file, where, "found an empty set");
    return labels;
  }

  void make_room() {
    const auto regions = data_.region_count(), commodities = data_.commodity_count();
    const int users = data_.sets.user_count();
    const auto zeros = [](int count, int rows, int columns) {
      return std::vector<Eigen::MatrixXd>(index(count), Eigen::MatrixXd::Zero(rows, columns));
    };
    for (GtapValues* values : {&data_.domestic, &data_.imported})
      values->basic = values->purchaser = zeros(regions, commodities, users);
    data_.factors.basic = data_.factors.purchaser =
        zeros(regions, static_cast<int>(data_.sets.endowments.size()), users);
    data_.make_basic = data_.make_supply = zeros(regions, commodities, data_.activity_count());
    data_.export_basic = data_.fob = data_.cif = data_.import_basic = zeros(commodities, regions, regions);
    data_.margin_supply = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(data_.margins.size()), regions);
    data_.margin_use.assign(data_.margins.size(), zeros(commodities, regions, regions));
  }

  void require_no_factors_of_capital_goods() {
    for (std::vector<Eigen::MatrixXd>* factors : {&data_.factors.basic, &data_.factors.purchaser}) {
      for (Eigen::MatrixXd& of_region : *factors) {
        if (!of_region.rightCols(3).isZero(0)) {
          throw gtap_error(flows_.path, data_.version == 7 ? "EVFB" : "EVFA",
                           fmt::format("found {} of endowments in the making of capital goods, expected none",
                                       of_region.rightCols(3).sum()));
        }
        of_region.conservativeResize(Eigen::NoChange, data_.activity_count());
      }
    }
  }

  /// Version 6 has one activity a commodity: what it makes is what is sold of it, and before tax what it costs.
  void make_diagonal() {
    for (int r = 0; r < data_.region_count(); ++r) {
      const std::size_t region = index(r);
      Eigen::VectorXd sold = data_.domestic.basic[region].rowwise().sum();
      for (int i = 0; i < data_.commodity_count(); ++i) sold[i] += data_.export_basic[index(i)].row(r).sum();
      for (std::size_t m = 0; m < data_.margins.size(); ++m)
        sold[data_.margins[m]] += data_.margin_supply(static_cast<Eigen::Index>(m), r);
      const int activities = data_.activity_count();
      const Eigen::VectorXd costs = (data_.domestic.purchaser[region].leftCols(activities).colwise().sum() +
                                     data_.imported.purchaser[region].leftCols(activities).colwise().sum() +
                                     data_.factors.purchaser[region].colwise().sum())
                                        .transpose();
      data_.make_basic[region] = sold.asDiagonal();
      data_.make_supply[region] = costs.asDiagonal();
    }
  }

  void read_output() {
    const HarHeader* header = data_.version == 7 ? flows_.find("VOSB") : nullptr;
    if (header == nullptr) return;
    data_.published_output = Eigen::MatrixXd::Zero(data_.commodity_count(), data_.region_count());
    place_array(data_.sets, flows_.path, *header, {GtapSet::commodity, GtapSet::region},
                [&](const Cell& at, double value) { data_.published_output(at[0], at[1]) = value; });
  }

  const HarFile& flows_;
  const HarFile* sets_;
  std::vector<Role> roles_;
  GtapDatabase data_;
};

}  // namespace

std::string missing_header(const HarFile& file, const std::string& name, const std::string& what,
                           const std::vector<std::string>& known) {
  std::vector<std::string> others;
  for (const HarHeader& header : file.headers) {
    if (std::ranges::find(known, header.name) == known.end()) others.push_back(header.name);
  }
  const std::string nearest = nearest_name(name, others);
  return fmt::format("no header '{}' ({}){}", name, what,
                     nearest.empty() ? "" : fmt::format(", did you mean '{}'?", nearest));
}

GtapDatabase read_gtap_database(const HarFile& flows, const HarFile* sets) {
  return DatabaseReader(flows, sets).read();
}

}  // namespace levee
