#pragma once

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "data/import/gtap_database.hpp"
#include "data/import/har_file.hpp"

namespace levee::testing {

using Labels = std::vector<std::string>;

/// A database of two regions and three goods, small enough to work out by hand, and the header-array files that it is
/// published in. Figures are dyadic fractions that single precision
/// keeps. In version 7 activity `a_one` makes
/// two goods, `c_two` is made by two activities; the first region trades with itself; `c_tra` is the margin.
struct GtapMiniature {
  GtapDatabase data;
  std::vector<Eigen::MatrixXd> from_home, from_abroad;  ///< emissions by region: goods x users; abroad: imported fuels

  explicit GtapMiniature(int version = 7) {
    data.version = version;
    data.release = "R0_2014_Test";
    data.sets.regions = {"north", "south"};
    data.sets.commodities = {"c_one", "c_two", "c_tra"};
    data.sets.activities = version == 7 ? Labels{"a_one", "a_two", "a_tra"} : data.sets.commodities;
    data.sets.endowments = {"Land", "SkLab", "UnSkLab", "Capital"};
    data.sets.margins = {"c_tra"};
    data.margins = {2};
    trade();
    uses();
    make();
    emissions();
  }

  // ------------------------------------------------------------------ figures

  /// 16 units or more of every good on every route, save that south does not trade with itself.
  void trade() {
    for (int i = 0; i < 3; ++i) {
      Eigen::MatrixXd exports(2, 2);
      exports << 16.0 + 4 * i, 32.0 + 8 * i, 48.0 + 4 * i, 0;
      Eigen::MatrixXd tax(2, 2), margin(2, 2), duty(2, 2);
      tax << 1, 2, -1, 0;
      margin << 1, 2, 4, 0;
      duty << 2, 8, 3.0 + i, 0;
      if (i == 2) margin.setZero();  // nothing carries the carrying
      data.export_basic.push_back(exports);
      data.fob.push_back(exports + tax);
      data.cif.push_back(exports + tax + margin);
      data.import_basic.push_back(exports + tax + margin + duty);
      if (i == 0) data.margin_use.emplace_back();
      data.margin_use[0].push_back(margin);
    }
    data.margin_supply.resize(1, 2);
    data.margin_supply << 10.5, 3.5;  // of 14 in all
  }

  /// Domestic purchases are simple numbers; imports are divided over users by sixteenths.
  void uses() {
    const Eigen::RowVectorXd sixteenths = Eigen::RowVectorXd{{4, 2, 1, 5, 3, 1}} / 16;
    for (int r = 0; r < 2; ++r) {
      Eigen::MatrixXd home(3, 6), abroad(3, 6), tax(3, 6);
      home << 8, 4, 2, 200, 40, 16,  //
          4, 8, 4, 180, 60, 48,      //
          2, 2, 6, 90, 24, 8;
      home.array() += 2 * r;
      tax << 0.5, 0.25, 0, 8, 0, 1,  //
          0.5, -0.25, 0, 4, 2, 1,    //
          0, 0, 0.5, 2, 0, 0;
      for (int i = 0; i < 3; ++i)
        abroad.row(i) = data.import_basic[static_cast<std::size_t>(i)].col(r).sum() * sixteenths;
      data.domestic.basic.push_back(home);
      data.domestic.purchaser.push_back(home + tax);
      data.imported.basic.push_back(abroad);
      data.imported.purchaser.push_back(abroad + tax / 2);
    }
  }

  double sold(int region, int good) const {
    const double margins = good == 2 ? data.margin_supply(0, region) : 0;
    return data.domestic.basic[static_cast<std::size_t>(region)].row(good).sum() +
           data.export_basic[static_cast<std::size_t>(good)].row(region).sum() + margins;
  }

  /// A tax of 1/16 on everything made; what is left after inputs goes to factors, half of it to labour.
  void make() {
    for (int r = 0; r < 2; ++r) {
      const auto region = static_cast<std::size_t>(r);
      Eigen::MatrixXd made = Eigen::MatrixXd::Zero(3, 3);
      made(0, 0) = sold(r, 0);
      made(1, 1) = sold(r, 1);
      made(2, 2) = sold(r, 2);
      if (data.version == 7) {
        made(1, 0) = sold(r, 1) / 4;
        made(1, 1) -= made(1, 0);
      }
      data.make_basic.push_back(made);
      data.make_supply.push_back(made * 15 / 16);
      const Eigen::RowVectorXd inputs = data.domestic.purchaser[region].leftCols(3).colwise().sum() +
                                        data.imported.purchaser[region].leftCols(3).colwise().sum();
      const Eigen::RowVectorXd paid = data.make_supply.back().colwise().sum() - inputs;
      const Eigen::MatrixXd factors = Eigen::VectorXd{{2, 3, 1, 2}} / 8 * paid;
      data.factors.purchaser.push_back(factors);
      data.factors.basic.push_back(factors * 3 / 4);
    }
  }

  /// `c_one` is the fuel; activity 1 uses it as a feedstock.
  void emissions() {
    for (int r = 0; r < 2; ++r) {
      Eigen::MatrixXd home = Eigen::MatrixXd::Zero(3, 6), abroad = home;
      home.row(0) << 6, 0, 2, 4, 1, 0;
      abroad.row(0) << 2, 0, 1, 3, 0, 0;
      from_home.push_back(home * (r + 1));
      from_abroad.push_back(abroad);
    }
  }

  // ------------------------------------------------------------------ files

  using Value = std::function<double(const std::vector<int>&)>;

  static HarHeader array(const std::string& name, const std::vector<std::pair<std::string, Labels>>& sets,
                         const Value& value) {
    HarHeader header;
    header.name = name;
    header.coefficient = name;
    header.description = "array " + name;
    std::size_t cells = 1;
    for (const auto& [set, labels] : sets) {
      header.dimensions.push_back({set, labels, static_cast<int>(labels.size())});
      cells *= labels.size();
    }
    std::vector<int> at(sets.size(), 0);
    for (std::size_t cell = 0; cell < cells; ++cell) {
      header.reals.push_back(value(at));
      for (std::size_t k = 0; k < at.size() && ++at[k] == header.dimensions[k].size; ++k) at[k] = 0;
    }
    return header;
  }

  static HarHeader text(const std::string& name, const Labels& lines) {
    HarHeader header;
    header.name = name;
    header.description = "text " + name;
    header.kind = HarKind::text;
    header.lines = lines;
    header.dimensions = {{"", {}, static_cast<int>(lines.size())}};
    return header;
  }

  bool seven() const { return data.version == 7; }
  std::pair<std::string, Labels> goods() const { return {seven() ? "COMM" : "TRAD_COMM", data.sets.commodities}; }
  std::pair<std::string, Labels> regions() const { return {"REG", data.sets.regions}; }
  std::pair<std::string, Labels> endowments() const { return {seven() ? "ENDW" : "ENDW_COMM", data.sets.endowments}; }
  std::pair<std::string, Labels> margins() const { return {seven() ? "MARG" : "MARG_COMM", data.sets.margins}; }
  /// In version 6 with capital goods.
  std::pair<std::string, Labels> producers() const {
    Labels labels = data.sets.activities;
    if (!seven()) labels.emplace_back("CGDS");
    return {seven() ? "ACTS" : "PROD_COMM", labels};
  }
  int user_of(int producer) const { return producer == 3 ? 5 : producer; }

  void add_purchases(HarFile& file, const std::string& begin, const std::string& end,
                     const std::vector<Eigen::MatrixXd>& values) const {
    const auto agent = [&](const std::string& letter, int user) {
      file.headers.push_back(
          array(begin + letter + end, {goods(), regions()}, [&values, user](const std::vector<int>& at) {
            return values[static_cast<std::size_t>(at[1])](at[0], user);
          }));
    };
    file.headers.push_back(array(begin + "F" + end, {goods(), producers(), regions()}, [&](const std::vector<int>& at) {
      return values[static_cast<std::size_t>(at[2])](at[0], user_of(at[1]));
    }));
    agent("P", 3);
    agent("G", 4);
    if (seven()) agent("I", 5);
  }

  void add_trade(HarFile& file, const std::string& name, const std::vector<Eigen::MatrixXd>& values) const {
    file.headers.push_back(array(name, {goods(), regions(), regions()}, [&](const std::vector<int>& at) {
      return values[static_cast<std::size_t>(at[0])](at[1], at[2]);
    }));
  }

  void add_factors(HarFile& file, const std::string& name, const std::vector<Eigen::MatrixXd>& values) const {
    file.headers.push_back(array(name, {endowments(), producers(), regions()}, [&](const std::vector<int>& at) {
      return at[1] == 3 ? 0 : values[static_cast<std::size_t>(at[2])](at[0], at[1]);
    }));
  }

  HarFile flows() const {
    HarFile file;
    file.headers.push_back(text("DREL", {data.release}));
    const bool v7 = seven();
    add_purchases(file, "VD", v7 ? "B" : "M", data.domestic.basic);
    add_purchases(file, "VD", v7 ? "P" : "A", data.domestic.purchaser);
    add_purchases(file, v7 ? "VM" : "VI", v7 ? "B" : "M", data.imported.basic);
    add_purchases(file, v7 ? "VM" : "VI", v7 ? "P" : "A", data.imported.purchaser);
    add_factors(file, v7 ? "EVFB" : "VFM", data.factors.basic);
    add_factors(file, v7 ? "EVFP" : "EVFA", data.factors.purchaser);
    add_trade(file, v7 ? "VXSB" : "VXMD", data.export_basic);
    add_trade(file, v7 ? "VFOB" : "VXWD", data.fob);
    add_trade(file, v7 ? "VCIF" : "VIWS", data.cif);
    add_trade(file, v7 ? "VMSB" : "VIMS", data.import_basic);
    file.headers.push_back(array("VST", {margins(), regions()},
                                 [&](const std::vector<int>& at) { return data.margin_supply(at[0], at[1]); }));
    file.headers.push_back(array("VTWR", {margins(), goods(), regions(), regions()}, [&](const std::vector<int>& at) {
      return data.margin_use[0][static_cast<std::size_t>(at[1])](at[2], at[3]);
    }));
    if (!v7) return file;
    for (const auto& [name, make] : {std::pair("MAKB", &data.make_basic), std::pair("MAKS", &data.make_supply)}) {
      file.headers.push_back(array(name, {goods(), producers(), regions()}, [&](const std::vector<int>& at) {
        return (*make)[static_cast<std::size_t>(at[2])](at[0], at[1]);
      }));
    }
    return file;
  }

  HarFile sets() const {
    HarFile file;
    file.headers = {text(seven() ? "REG" : "H1", data.sets.regions),
                    text(seven() ? "COMM" : "H2", data.sets.commodities),
                    text(seven() ? "ENDW" : "H6", data.sets.endowments), text("MARG", data.sets.margins)};
    file.headers.push_back(seven() ? text("ACTS", data.sets.activities) : text("H9", {"CGDS"}));
    return file;
  }

  /// Elasticities: by region in version 7, for all regions alike in version 6.
  HarFile parameters() const {
    HarFile file;
    const auto add = [&](const std::string& name, const std::pair<std::string, Labels>& set, double least) {
      const auto value = [least](const std::vector<int>& at) {
        return least + 0.5 * at[0] + (at.size() > 1 ? 0.25 * at[1] : 0.0);
      };
      file.headers.push_back(seven() ? array(name, {set, regions()}, value) : array(name, {set}, value));
    };
    add("ESBD", goods(), 2);
    add("ESBM", goods(), 4);
    add("ESBV", producers(), 0.5);
    file.headers.push_back(array("SUBP", {goods(), regions()}, [](const std::vector<int>&) { return 0.25; }));
    return file;
  }

  HarFile emission_file(const std::string& unit = "Mt CO2") const {
    HarFile file;
    add_purchases(file, "MD", "", from_home);
    add_purchases(file, "MI", "", from_abroad);
    for (HarHeader& header : file.headers) header.description = "CO2 from burning, " + unit;
    return file;
  }
};

/// Writes the files under RunGTAP's names, unless they are left out.
inline void write_gtap(const GtapMiniature& miniature, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  write_har(miniature.flows(), folder / "basedata.har");
  write_har(miniature.sets(), folder / "sets.har");
  write_har(miniature.parameters(), folder / "default.prm");
  write_har(miniature.emission_file(), folder / "gsdfemiss.har");
}

inline HarHeader& header(HarFile& file, const std::string& name) {
  return *std::ranges::find(file.headers, name, &HarHeader::name);
}

}  // namespace levee::testing
