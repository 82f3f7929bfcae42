#include "data/import/gtap_parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>

#include "data/import/gtap_accounts.hpp"

namespace levee {
namespace {

enum class Factor { labour, capital, resource };

const std::vector<std::string> known_headers{"ESBD", "ESBM", "ESBV", "ESBT", "ESBC", "ESBG", "ESBI", "ESBS",
                                             "ESBQ", "ETRE", "ETRQ", "SUBP", "INCP", "EFLG", "SLUG", "RFLX",
                                             "RDLT", "DVER", "DREL", "XXCR", "XXCD", "XXCP", "XXHS"};

bool has_word(const std::string& name, const auto& words) {
  std::string lower = name;
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::any_of(words, [&](const char* word) { return lower.find(word) != std::string::npos; });
}

/// What an endowment is: by its name (the labels of GTAP's releases and their usual aggregates), else by whether it
/// moves between activities.
Factor factor_of(const std::string& name, const GtapSets& sets) {
  static constexpr std::array labour{"lab", "tech_aspros", "clerks", "service_shop", "off_mgr_pros", "ag_othlowsk"};
  static constexpr std::array capital{"cap"};
  static constexpr std::array resource{"land", "nat", "res", "aez", "forest", "fish", "water"};
  if (has_word(name, labour)) return Factor::labour;
  if (has_word(name, capital)) return Factor::capital;
  if (has_word(name, resource)) return Factor::resource;
  const bool moves = sets.mobile.empty() || std::ranges::find(sets.mobile, name) != sets.mobile.end();
  return moves ? Factor::labour : Factor::resource;
}

class ParameterMaker {
 public:
  ParameterMaker(const GtapDatabase& data, const HarFile& file, ImportedTable& table)
      : data_(data),
        file_(file),
        table_(table),
        regions_(data.region_count()),
        goods_(data.commodity_count()),
        split_(gtap_cost_shares(data)) {}

  ImportedModel make() {
    require_headers();
    add("armington_domestic_import", by_commodity("ESBD"));
    add("armington_origins", by_commodity("ESBM"));
    add("value_added", by_maker("ESBV"));
    add_factor_shares();
    model_.parameters.supply_elasticity = Eigen::VectorXd::Constant(nodes(), std::numeric_limits<double>::quiet_NaN());
    model_.parameters.fuel_weight = Eigen::VectorXd::Zero(goods_);
    add_technology();
    add_households();
    report_left_out();
    return std::move(model_);
  }

 private:
  int nodes() const { return regions_ * goods_; }
  int node(int region, int good) const { return region * goods_ + good; }

  void require_headers() const {
    Diagnostics faults;
    for (const auto& [name, what] : {std::pair("ESBD", "elasticity between domestic and imported"),
                                     std::pair("ESBM", "elasticity between origins of imports"),
                                     std::pair("ESBV", "elasticity between factors")}) {
      if (file_.find(name) == nullptr) faults.add({file_.path, 0, 0}, missing_header(file_, name, what, known_headers));
    }
    faults.throw_if_any();
  }

  void add(const std::string& column, Eigen::VectorXd values) {
    model_.parameters.elasticities.by_node[column] = std::move(values);
  }

  /// Items x regions; an array without regions holds for all of them.
  std::optional<Eigen::MatrixXd> read(const std::string& name, GtapSet set, bool negative = false) const {
    const HarHeader* header = file_.find(name);
    if (header == nullptr) return std::nullopt;
    const bool regional = header->dimensions.size() > 1 && header->dimensions[1].size == regions_ &&
                          (regions_ > 1 || !header->dimensions[1].labels.empty());
    const int rows = set == GtapSet::user ? data_.sets.user_count() : static_cast<int>(data_.sets.labels(set).size());
    Eigen::MatrixXd result = Eigen::MatrixXd::Zero(rows, regions_);
    const auto put = [&](const GtapCell& at, double value) {
      if (value < 0 && !negative)
        throw gtap_error(file_.path, name, fmt::format("found {}, expected elasticities >= 0", value));
      if (regional) {
        result(at[0], at[1]) = value;
      } else {
        result.row(at[0]).setConstant(value);
      }
    };
    place_array(data_.sets, file_.path, *header, regional ? std::vector{set, GtapSet::region} : std::vector{set}, put);
    return result;
  }

  Eigen::VectorXd by_commodity(const std::string& name) const {
    const Eigen::MatrixXd values = *read(name, GtapSet::commodity);
    return values.reshaped();
  }

  /// Of what activities have to the commodities that they make, by value where several make one. A commodity that a
  /// region does not make has the mean of its activities.
  Eigen::VectorXd by_maker(const std::string& name) const {
    const Eigen::MatrixXd values = read(name, GtapSet::user)->topRows(data_.activity_count());
    Eigen::VectorXd result(nodes());
    for (int r = 0; r < regions_; ++r) {
      for (int i = 0; i < goods_; ++i) {
        const Eigen::VectorXd made = data_.make_basic[index(r)].row(i).transpose();
        result[node(r, i)] = made.sum() > 0 ? made.dot(values.col(r)) / made.sum() : values.col(r).mean();
      }
    }
    return result;
  }

  void add_factor_shares() {
    Parameters& parameters = model_.parameters;
    parameters.labour_share = parameters.resource_share = Eigen::VectorXd::Zero(nodes());
    std::array<std::vector<std::string>, 3> names;
    std::vector<Factor> kinds;
    for (const std::string& name : data_.sets.endowments) {
      kinds.push_back(factor_of(name, data_.sets));
      names[static_cast<std::size_t>(kinds.back())].push_back(name);
    }
    for (int r = 0; r < regions_; ++r) {
      const Eigen::MatrixXd paid = split_[index(r)] * data_.factors.purchaser[index(r)].transpose();
      for (int i = 0; i < goods_; ++i) {
        const double all = paid.row(i).sum();
        if (all <= 0) continue;
        for (std::size_t f = 0; f < kinds.size(); ++f) {
          const double share = paid(i, static_cast<Eigen::Index>(f)) / all;
          if (kinds[f] == Factor::labour) parameters.labour_share[node(r, i)] += share;
          if (kinds[f] == Factor::resource) parameters.resource_share[node(r, i)] += share;
        }
      }
    }
    // A sum of shares may pass 1 by its last bit.
    parameters.labour_share = parameters.labour_share.cwiseMin(1);
    parameters.resource_share = parameters.resource_share.cwiseMin(1);
    const auto list = [&](Factor factor) {
      const std::vector<std::string>& of = names[static_cast<std::size_t>(factor)];
      return of.empty() ? std::string("none") : fmt::format("{}", fmt::join(of, ", "));
    };
    table_.assumptions.push_back(
        fmt::format("labour is {}; capital {}; natural resources, each of its sector, {}; taxes in value added are "
                    "divided over them "
                    "as what they are paid",
                    list(Factor::labour), list(Factor::capital), list(Factor::resource)));
  }

  static NestTemplate nest(std::string name, std::string column) {
    NestTemplate result;
    result.name = std::move(name);
    result.elasticity_column = std::move(column);
    return result;
  }

  /// Adds a column of the elasticities where the file has any other than 0, and returns its name.
  std::string column_if_used(const std::string& header, const std::string& column) {
    if (file_.find(header) == nullptr) return "";
    Eigen::VectorXd values = by_maker(header);
    if (values.isZero(0)) return "";
    add(column, std::move(values));
    return column;
  }

  std::vector<int> all_goods() const {
    std::vector<int> goods;
    for (int i = 0; i < goods_; ++i) goods.push_back(i);
    return goods;
  }

  void add_technology() {
    Technology technology;
    technology.name = "gtap";
    technology.output = nest("output", column_if_used("ESBT", "inputs_and_value_added"));
    const std::string between_inputs = column_if_used("ESBC", "inputs");
    // In version 7 inputs have a nest of their own; without an elasticity of theirs it shows only where the top has
    // one.
    const bool own_nest =
        !between_inputs.empty() || (data_.version == 7 && !technology.output.elasticity_column.empty());
    if (own_nest) {
      technology.output.nests.push_back(nest("inputs", between_inputs));
      technology.output.nests.back().goods = all_goods();
    } else {
      technology.output.goods = all_goods();
    }
    technology.output.nests.push_back(nest("value_added", "value_added"));
    technology.output.nests.back().factors = {"labour", "capital", "resource"};
    model_.technologies["gtap"] = std::move(technology);
  }

  HouseholdTemplate household_of(const std::string& name, double elasticity) const {
    HouseholdTemplate result;
    result.name = name;
    result.utility.name = "utility";
    result.utility.elasticity = elasticity;
    result.utility.goods = all_goods();
    return result;
  }

  void add_households() {
    model_.households["cobb-douglas"] = household_of("cobb-douglas", 1);
    const std::optional<Eigen::MatrixXd> substitution = read("SUBP", GtapSet::commodity, true);
    if (!substitution) {
      table_.assumptions.emplace_back("households spend constant shares of income (cobb-douglas)");
      return;
    }
    const double mean = mean_substitution(*substitution);
    table_.assumptions.push_back(fmt::format(
        "GTAP's households have a CDE, levee's a CES: `ces` has the mean elasticity of substitution of the CDE, {:.4g} "
        "(by budget shares, pairs of goods), and `cobb-douglas` 1; income elasticities (INCP) are left out",
        mean));
    if (mean > 0) model_.households["ces"] = household_of("ces", mean);
  }

  /// Of the CDE: between goods i and j it is a_i + a_j - sum_k s_k a_k with a = 1 - SUBP and budget shares s. Pairs are
  /// weighed by s_i s_j, regions by their spending.
  double mean_substitution(const Eigen::MatrixXd& parameter) const {
    double sum = 0, weight = 0;
    for (int r = 0; r < regions_; ++r) {
      const int household = data_.sets.household();
      const Eigen::VectorXd spent =
          data_.domestic.purchaser[index(r)].col(household) + data_.imported.purchaser[index(r)].col(household);
      if (!(spent.sum() > 0)) continue;
      const Eigen::VectorXd share = spent / spent.sum();
      const Eigen::VectorXd a = 1 - parameter.col(r).array();
      const double mean = share.dot(a), pairs = 1 - share.squaredNorm();
      // sum over i != j of s_i s_j (a_i + a_j - mean)
      const double substitution = 2 * (mean - share.cwiseAbs2().dot(a)) - mean * pairs;
      sum += spent.sum() * substitution;
      weight += spent.sum() * pairs;
    }
    return weight > 0 ? sum / weight : 0;
  }

  void report_left_out() {
    table_.assumptions.emplace_back(
        "levee's government and investment buy fixed bundles, labour and capital move freely between sectors, land and "
        "resources not at all: elasticities of government, investment, margins, sluggish endowments and joint products "
        "(ESBG, ESBI, ESBS, ETRE, ETRQ, ESBQ, RFLX) are not used, nor are saving and depreciation (SAVE, VDEP)");
  }

  const GtapDatabase& data_;
  const HarFile& file_;
  ImportedTable& table_;
  int regions_, goods_;
  std::vector<Eigen::MatrixXd> split_;
  ImportedModel model_;
};

}  // namespace

ImportedModel read_gtap_parameters(const GtapDatabase& data, const HarFile& file, ImportedTable& table) {
  return ParameterMaker(data, file, table).make();
}

}  // namespace levee
