#include "data/import/gtap_identities.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <utility>

namespace levee {
namespace {

constexpr double tolerance = 1e-4;
constexpr double floor_of_totals = 1e-3;  // of their mean
constexpr double not_worth_a_word = 1e-12;

/// One identity: what is on the left, by place, and the totals on the right.
struct Identity {
  std::string what;
  std::string header;  ///< of the totals
  Eigen::MatrixXd left, right;
  const std::vector<std::string>& rows;
  const std::vector<std::string>& columns;
};

class IdentityChecker {
 public:
  explicit IdentityChecker(const GtapDatabase& data) : data_(data) {}

  std::vector<std::string> check() {
    if (data_.version == 7) check_costs();
    if (data_.published_output.size() > 0) check_published_output();
    check_sales();
    check_imports();
    check_trade();
    check_margins();
    faults_.throw_if_any();
    return std::move(notes_);
  }

 private:
  const char* header(const char* seven, const char* six) const { return data_.version == 7 ? seven : six; }

  Eigen::MatrixXd by_region(int rows, const auto& column) const {
    Eigen::MatrixXd result(rows, data_.region_count());
    for (int r = 0; r < data_.region_count(); ++r) result.col(r) = column(r);
    return result;
  }

  void check_costs() {
    const int activities = data_.activity_count();
    judge({"what an activity pays for goods and factors is what it makes before tax", "MAKS",
           by_region(activities,
                     [&](int r) -> Eigen::VectorXd {
                       return (data_.domestic.purchaser[index(r)].leftCols(activities).colwise().sum() +
                               data_.imported.purchaser[index(r)].leftCols(activities).colwise().sum() +
                               data_.factors.purchaser[index(r)].colwise().sum())
                           .transpose();
                     }),
           by_region(activities, [&](int r) -> Eigen::VectorXd { return data_.make_supply[index(r)].colwise().sum(); }),
           data_.sets.activities, data_.sets.regions});
  }

  Eigen::MatrixXd made() const {
    return by_region(data_.commodity_count(),
                     [&](int r) -> Eigen::VectorXd { return data_.make_basic[index(r)].rowwise().sum(); });
  }

  void check_published_output() {
    judge({"what activities make of a commodity is its output", "VOSB", made(), data_.published_output,
           data_.sets.commodities, data_.sets.regions});
  }

  void check_sales() {
    const auto sold = [&](int r) -> Eigen::VectorXd {
      Eigen::VectorXd sales = data_.domestic.basic[index(r)].rowwise().sum();
      for (int i = 0; i < data_.commodity_count(); ++i) sales[i] += data_.export_basic[index(i)].row(r).sum();
      for (std::size_t m = 0; m < data_.margins.size(); ++m)
        sales[data_.margins[m]] += data_.margin_supply(static_cast<Eigen::Index>(m), r);
      return sales;
    };
    judge({"what is sold of a commodity at home, abroad and as margin is what is made of it", header("MAKB", "VDFM"),
           by_region(data_.commodity_count(), sold), made(), data_.sets.commodities, data_.sets.regions});
  }

  void check_imports() {
    const auto arriving = [&](int s) -> Eigen::VectorXd {
      Eigen::VectorXd sum(data_.commodity_count());
      for (int i = 0; i < data_.commodity_count(); ++i) sum[i] = data_.import_basic[index(i)].col(s).sum();
      return sum;
    };
    judge({"what is used of imports is what arrives from all origins", header("VMSB", "VIMS"),
           by_region(data_.commodity_count(),
                     [&](int s) -> Eigen::VectorXd { return data_.imported.basic[index(s)].rowwise().sum(); }),
           by_region(data_.commodity_count(), arriving), data_.sets.commodities, data_.sets.regions});
  }

  void check_trade() {
    Eigen::MatrixXd left(data_.commodity_count() * data_.region_count(), data_.region_count()), right = left;
    std::vector<std::string> routes;
    for (int i = 0; i < data_.commodity_count(); ++i) {
      Eigen::MatrixXd carried = data_.fob[index(i)];
      for (std::size_t m = 0; m < data_.margins.size(); ++m) carried += data_.margin_use[m][index(i)];
      left.middleRows(i * data_.region_count(), data_.region_count()) = carried;
      right.middleRows(i * data_.region_count(), data_.region_count()) = data_.cif[index(i)];
      for (const std::string& origin : data_.sets.regions)
        routes.push_back(data_.sets.commodities[index(i)] + ", " + origin);
    }
    judge({"exports fob and the margins on them are imports cif", header("VCIF", "VIWS"), std::move(left),
           std::move(right), routes, data_.sets.regions});
  }

  void check_margins() {
    if (data_.margins.empty()) return;
    const auto margins = static_cast<Eigen::Index>(data_.margins.size());
    Eigen::MatrixXd used = Eigen::MatrixXd::Zero(margins, 1);
    for (Eigen::Index m = 0; m < margins; ++m) {
      for (const Eigen::MatrixXd& trade : data_.margin_use[static_cast<std::size_t>(m)]) used(m, 0) += trade.sum();
    }
    static const std::vector<std::string> world{"world"};
    judge({"margins used by trade are margins supplied", "VST", used, data_.margin_supply.rowwise().sum(),
           data_.sets.margins, world});
  }

  void judge(const Identity& identity) {
    const Eigen::ArrayXXd gap = (identity.left - identity.right).array();
    const double least = std::max(1e-300, floor_of_totals * identity.right.cwiseAbs().mean());
    Eigen::Index row = 0, column = 0;
    const double worst = (gap.abs() / identity.right.array().abs().max(least)).maxCoeff(&row, &column);
    if (worst <= not_worth_a_word) return;
    const std::string place =
        fmt::format("{}, {}: {:.10g} and {:.10g} ({:+.3g}, {:.2g} relative)",
                    identity.rows[static_cast<std::size_t>(row)], identity.columns[static_cast<std::size_t>(column)],
                    identity.left(row, column), identity.right(row, column), gap(row, column), worst);
    if (worst > tolerance) {
      faults_.add(
          gtap_error(data_.file, identity.header,
                     fmt::format("{}; furthest from it: {}; expected at most {:g}", identity.what, place, tolerance)));
    } else {
      notes_.push_back(fmt::format("{}, but for rounding: {}", identity.what, place));
    }
  }

  const GtapDatabase& data_;
  std::vector<std::string> notes_;
  Diagnostics faults_;
};

}  // namespace

std::vector<std::string> check_gtap_identities(const GtapDatabase& data) { return IdentityChecker(data).check(); }

}  // namespace levee
