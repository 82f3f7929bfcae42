#include "data/import/gtap_accounts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "data/import/label_codes.hpp"
#include "data/import/table_builder.hpp"

namespace levee {
namespace {

constexpr int categories = 3;  // household, government, investment
constexpr double rounding = 1e-9;
constexpr double of_this_program = 1e-13;  // of output: less is no rounding of the source

/// A component of value added and the same taxes on final demand.
struct Component {
  std::string code, name;
  bool product_tax = false;
  Eigen::VectorXd by_node, by_final_demand;
};

class AccountsMaker {
 public:
  AccountsMaker(const GtapDatabase& data, ImportedTable& table)
      : data_(data),
        table_(table),
        regions_(data.region_count()),
        goods_(data.commodity_count()),
        nodes_(regions_ * goods_),
        split_(gtap_cost_shares(data)) {}

  void make() {
    require_room(nodes_, static_cast<double>(regions_) * categories, {data_.file, 0, 0});
    name_sets();
    table_.Z = Eigen::MatrixXd::Zero(nodes_, nodes_);
    table_.Y = Eigen::MatrixXd::Zero(nodes_, regions_ * categories);
    add_factors();
    output_tax_ = component("TAXO", "taxes less subsidies on output", false);
    input_tax_ = component("TAXU", "taxes less subsidies on purchases", true);
    tariffs_ = component("TARF", "tariffs", true);
    own_tariffs_ = component("TARO", "tariffs within regions", true);
    export_tax_ = component("TAXX", "export taxes of the origin", true);
    for (int s = 0; s < regions_; ++s) add_region(s);
    set_tariffs();
    close_columns();
    report();
  }

 private:
  int node(int region, int good) const { return region * goods_ + good; }

  void name_sets() {
    const std::vector<std::string> regions = make_codes(data_.sets.regions), goods = make_codes(data_.sets.commodities);
    for (int r = 0; r < regions_; ++r) table_.regions.push_back({regions[index(r)], data_.sets.regions[index(r)], ""});
    for (int i = 0; i < goods_; ++i) table_.sectors.push_back({goods[index(i)], data_.sets.commodities[index(i)], {}});
    table_.final_demand = {"HH", "GOV", "GFCF"};
    table_.final_demand_kind = {household, government, investment};
  }

  Component component(std::string code, std::string name, bool product_tax) const {
    return {std::move(code), std::move(name), product_tax, Eigen::VectorXd::Zero(nodes_),
            Eigen::VectorXd::Zero(regions_ * categories)};
  }

  /// Purchases by activity and final user as purchases by what the activities make: rows x (goods + categories).
  Eigen::MatrixXd by_good(const Eigen::MatrixXd& by_user, int region) const {
    Eigen::MatrixXd result(by_user.rows(), goods_ + categories);
    result.leftCols(goods_) = by_user.leftCols(data_.activity_count()) * split_[index(region)].transpose();
    result.rightCols(categories) = by_user.rightCols(categories);
    return result;
  }

  void add_factors() {
    const auto endowments = static_cast<int>(data_.sets.endowments.size());
    const std::vector<std::string> codes = make_codes(data_.sets.endowments);
    for (int f = 0; f < endowments; ++f)
      components_.push_back(component(codes[index(f)], data_.sets.endowments[index(f)], false));
    Component tax = component("TAXF", "taxes less subsidies on factors", false);
    for (int r = 0; r < regions_; ++r) {
      const Eigen::MatrixXd& share = split_[index(r)];
      const Eigen::MatrixXd paid = share * data_.factors.basic[index(r)].transpose();  // goods x endowments
      for (int f = 0; f < endowments; ++f) components_[index(f)].by_node.segment(node(r, 0), goods_) = paid.col(f);
      tax.by_node.segment(node(r, 0), goods_) =
          share * (data_.factors.purchaser[index(r)] - data_.factors.basic[index(r)]).colwise().sum().transpose();
    }
    components_.push_back(std::move(tax));
  }

  /// Books what the users of a region pay beyond basic prices: a figure a good, then a category.
  void book(Component& to, int region, const Eigen::VectorXd& paid) {
    to.by_node.segment(node(region, 0), goods_) += paid.head(goods_);
    to.by_final_demand.segment(region * categories, categories) += paid.tail(categories);
  }

  void add_region(int s) {
    const Eigen::MatrixXd domestic = by_good(data_.domestic.basic[index(s)], s);
    const Eigen::MatrixXd imported = by_good(data_.imported.basic[index(s)], s);
    const Eigen::MatrixXd at_purchasers =
        by_good(data_.domestic.purchaser[index(s)] + data_.imported.purchaser[index(s)], s);
    book(input_tax_, s, (at_purchasers - domestic - imported).colwise().sum().transpose());
    output_tax_.by_node.segment(node(s, 0), goods_) =
        (data_.make_basic[index(s)] - data_.make_supply[index(s)]).rowwise().sum();
    for (int i = 0; i < goods_; ++i) {
      deliver(node(s, i), s, domestic.row(i).transpose());
      add_imports(s, i, mix(imported.row(i).transpose()));
    }
  }

  /// Each user's share in what is imported of a good. Where nothing is said to be used, it is the household's.
  Eigen::VectorXd mix(const Eigen::VectorXd& used) const {
    const double total = used.sum();
    if (total > 0) return used / total;
    Eigen::VectorXd share = Eigen::VectorXd::Zero(goods_ + categories);
    share[goods_] = 1;
    return share;
  }

  void add_imports(int s, int good, const Eigen::VectorXd& share) {
    const Eigen::MatrixXd& exports = data_.export_basic[index(good)];
    for (int r = 0; r < regions_; ++r) {
      if (exports(r, s) != 0) deliver(node(r, good), s, exports(r, s) * share);
    }
    const Eigen::VectorXd duty = (data_.import_basic[index(good)] - data_.cif[index(good)]).col(s);
    book(tariffs_, s, (duty.sum() - duty[s]) * share);
    book(own_tariffs_, s, duty[s] * share);
    book(export_tax_, s, (data_.fob[index(good)] - exports).col(s).sum() * share);
    for (std::size_t m = 0; m < data_.margins.size(); ++m) {
      const Eigen::VectorXd supply = data_.margin_supply.row(static_cast<Eigen::Index>(m)).transpose();
      const double used = data_.margin_use[m][index(good)].col(s).sum();
      if (used == 0 || supply.sum() <= 0) continue;
      for (int q = 0; q < regions_; ++q) deliver(node(q, data_.margins[m]), s, used * supply[q] / supply.sum() * share);
    }
  }

  void deliver(int from, int region, const Eigen::VectorXd& amounts) {
    table_.Z.row(from).segment(node(region, 0), goods_) += amounts.head(goods_).transpose();
    table_.Y.row(from).segment(region * categories, categories) += amounts.tail(categories).transpose();
  }

  double delivered(int from, int region) const {
    return table_.Z.row(from).segment(node(region, 0), goods_).sum() +
           table_.Y.row(from).segment(region * categories, categories).sum();
  }

  /// Rates on deliveries at basic prices that bring in what the database says is paid.
  void set_tariffs() {
    table_.tariff = Eigen::MatrixXd::Zero(nodes_, regions_);
    double lost = 0;
    for (int i = 0; i < goods_; ++i) {
      const Eigen::MatrixXd duty = data_.import_basic[index(i)] - data_.cif[index(i)];
      for (int r = 0; r < regions_; ++r) {
        for (int s = 0; s < regions_; ++s) {
          if (r == s || duty(r, s) == 0) continue;
          const double base = delivered(node(r, i), s);
          if (base > 0 && duty(r, s) >= -base) {
            table_.tariff(node(r, i), s) = duty(r, s) / base;
          } else {
            lost += duty(r, s);
          }
        }
      }
    }
    if (lost != 0) assume("tariffs on trade without exports at basic prices are no tariffs of the dataset", lost);
  }

  /// What is made costs what it is sold for: what is missing of that by rounding is a component of its own.
  void close_columns() {
    for (Component* taxes : {&output_tax_, &input_tax_, &tariffs_, &own_tariffs_, &export_tax_})
      components_.push_back(*taxes);
    Component gap = component("ROUND", "rounding of the source", false);
    gap.by_node = table_.Z.rowwise().sum() + table_.Y.rowwise().sum() - table_.Z.colwise().sum().transpose();
    for (const Component& part : components_) gap.by_node -= part.by_node;
    rounding_ = gap.by_node.cwiseAbs().sum();
    if (rounding_ <= of_this_program * (table_.Z.sum() + table_.Y.sum())) {
      rounding_ = 0;
    } else {
      components_.push_back(std::move(gap));
    }
    // Tariffs on final demand are the dataset's tariffs: nothing of them is left out.
    std::ranges::find(components_, "TARF", &Component::code)->by_final_demand.setZero();
    for (Component& part : components_) {
      if (part.by_node.isZero(0) && part.by_final_demand.isZero(0)) continue;
      table_.value_added.push_back({std::move(part.code), std::move(part.name), part.product_tax,
                                    std::move(part.by_node), std::move(part.by_final_demand)});
    }
  }

  void assume(const std::string& what, double size) {
    table_.assumptions.push_back(fmt::format("{} ({:.6g} million USD)", what, size));
  }

  void report() {
    report_make();
    assume("a region's imports of a good have one mix of origins for all who use them, that of its trade",
           total(data_.import_basic));
    assume(
        "deliveries are at basic prices of the origin; who buys pays export tax, tariff and tax on use, producers out "
        "of "
        "their value added",
        input_tax_.by_node.sum() + tariffs_.by_node.sum() + own_tariffs_.by_node.sum() + export_tax_.by_node.sum());
    assume(
        "transport margins on a route are bought by who buys the goods, from the regions that supply them in "
        "proportion",
        data_.margin_supply.sum());
    assume("tariffs are rates on deliveries at basic prices, not on the value cif, with the same revenue",
           tariffs_.by_node.sum() + tariffs_.by_final_demand.sum());
    double own = 0;
    for (const Eigen::MatrixXd& trade : data_.export_basic) own += trade.trace();
    if (own != 0) {
      assume("trade between countries of one region is a delivery at home", own);
      assume("tariffs on it are taxes, not tariffs of the dataset",
             own_tariffs_.by_node.sum() + own_tariffs_.by_final_demand.sum());
    }
    if (rounding_ > 0) {
      table_.artefacts.push_back(fmt::format(
          "output is what is sold; costs are brought up to it by {:.3g} million USD in all, {:.2g} of output",
          rounding_, rounding_ / (table_.Z.sum() + table_.Y.sum())));
    }
    report_short_value_added();
  }

  static double total(const std::vector<Eigen::MatrixXd>& matrices) {
    double sum = 0;
    for (const Eigen::MatrixXd& matrix : matrices) sum += matrix.sum();
    return sum;
  }

  /// Activities that make several goods, and goods that several activities make.
  void report_make() {
    for (int a = 0; a < data_.activity_count(); ++a) {
      std::vector<std::string> made;
      double size = 0;
      for (int i = 0; i < goods_; ++i) {
        double of_good = 0;
        for (int r = 0; r < regions_; ++r) of_good += data_.make_basic[index(r)](i, a);
        if (of_good > 0) made.push_back(data_.sets.commodities[index(i)]);
        size += of_good;
      }
      if (made.size() < 2) continue;
      assume(fmt::format("activity {} makes {}: its costs are divided by the value of what it makes",
                         data_.sets.activities[index(a)], fmt::join(made, ", ")),
             size);
    }
    for (int i = 0; i < goods_; ++i) {
      std::vector<std::string> makers;
      double size = 0;
      for (int a = 0; a < data_.activity_count(); ++a) {
        double of_activity = 0;
        for (int r = 0; r < regions_; ++r) of_activity += data_.make_basic[index(r)](i, a);
        if (of_activity > 0) makers.push_back(data_.sets.activities[index(a)]);
        size += of_activity;
      }
      if (makers.size() < 2) continue;
      assume(fmt::format("{} is made by {}: they are one sector", data_.sets.commodities[index(i)],
                         fmt::join(makers, ", ")),
             size);
    }
  }

  /// Nodes that inputs and tariffs leave nothing: a model lowers their largest input, if that is enough.
  void report_short_value_added() {
    const Eigen::VectorXd output = table_.Z.rowwise().sum() + table_.Y.rowwise().sum();
    int count = 0, worst = 0;
    double least = -rounding;
    for (int s = 0; s < regions_; ++s) {
      const Eigen::RowVectorXd costs =
          (1 + table_.tariff.col(s).array()).matrix().transpose() * table_.Z.middleCols(node(s, 0), goods_);
      for (int j = 0; j < goods_; ++j) {
        const double output_of = output[node(s, j)];
        const double left = output_of > 0 ? 1 - costs[j] / output_of : 0;
        count += left < -rounding ? 1 : 0;
        if (left >= least) continue;
        least = left;
        worst = node(s, j);
      }
    }
    if (count == 0) return;
    table_.artefacts.push_back(fmt::format(
        "subsidies leave {} nodes less than nothing after inputs and tariffs, {}.{} most ({:.3g} of its output)", count,
        table_.regions[index(worst / goods_)].code, table_.sectors[index(worst % goods_)].code, least));
  }

  const GtapDatabase& data_;
  ImportedTable& table_;
  int regions_, goods_, nodes_;
  std::vector<Eigen::MatrixXd> split_;
  std::vector<Component> components_;
  Component output_tax_, input_tax_, tariffs_, own_tariffs_, export_tax_;
  double rounding_ = 0;
};

}  // namespace

std::vector<Eigen::MatrixXd> gtap_cost_shares(const GtapDatabase& data) {
  std::vector<Eigen::MatrixXd> shares = data.make_supply;
  for (int r = 0; r < data.region_count(); ++r) {
    for (int a = 0; a < data.activity_count(); ++a) {
      auto column = shares[index(r)].col(a);
      if (!(column.sum() > 0)) column = data.make_basic[index(r)].col(a);
      const double total = column.sum();
      if (total > 0) column /= total;
    }
  }
  return shares;
}

void fill_gtap_accounts(const GtapDatabase& data, ImportedTable& table) { AccountsMaker(data, table).make(); }

}  // namespace levee
