#include "report/input_output_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "model/emission_accounts.hpp"
#include "model/scope_intensity.hpp"
#include "model/structural_decomposition.hpp"
#include "report/aligned_text.hpp"
#include "report/like_tables.hpp"
#include "scenarios/dataset_about.hpp"
#include "scenarios/scope_words.hpp"

namespace levee {

namespace {

using Json = nlohmann::ordered_json;
using Side = LeontiefSystem::Side;

class InputOutputReport {
 public:
  InputOutputReport(const Dataset& dataset, const InputOutputOptions& options)
      : data_(dataset),
        options_(options),
        table_(input_output_table(dataset)),
        prices_(table_.Z, table_.x, Side::prices, options.threads),
        quantities_(table_.Z, table_.x, Side::quantities, options.threads),
        money_(money_unit(dataset)) {}

  AnalysisDocument make() {
    choose_stressors();
    document_.name = "mrio";
    document_.summary = analysis_head("mrio", options_.version, data_.name, money_, data_.year);
    document_.summary["regions"] = data_.region_count();
    document_.summary["sectors"] = data_.sector_count();
    document_.summary["dropped_nodes"] = table_.dropped;
    document_.summary["dropped_money"] = table_.dropped_money;
    document_.summary["accounts"] = Json::array();
    const Eigen::MatrixXd output = quantities_.solve(table_.Y);
    output_multipliers();
    add_account({"value added", money_, table_.v, Eigen::VectorXd::Zero(data_.region_count()), 0}, output);
    for (const std::size_t k : chosen_) {
      add_account(table_.stressors[k], output);
      intensities(table_.stressors[k]);
    }
    document_.tables = {regions_, bilateral_, accounts_, embodied_, multipliers_, intensities_};
    if (options_.carbon_price != 0 || !options_.cost_shock.empty()) price_model();
    if (options_.against != nullptr) decomposition();
    document_.about = dataset_about(data_);
    document_.about["title"] = fmt::format("Input-output accounts of {}", data_.name);
    document_.about["description"] =
        "Who emits, for whose final demand, and through which trade: accounts of the table as it is, without a model "
        "of behaviour.";
    return std::move(document_);
  }

 private:
  const std::string& region(int node) const { return regions_of(node).code; }
  const Region& regions_of(int node) const {
    return data_.regions[static_cast<std::size_t>(node / data_.sector_count())];
  }
  const std::string& sector(int node) const {
    return data_.sectors[static_cast<std::size_t>(node % data_.sector_count())].code;
  }
  std::string per_money(const std::string& unit) const { return fmt::format("{} per {}", unit, money_); }

  void choose_stressors() {
    std::vector<std::string> names;
    for (const Extension& stressor : table_.stressors) names.push_back(stressor.name);
    std::vector<std::string> wanted = options_.stressors.empty() ? names : options_.stressors;
    for (const std::string& name : wanted) {
      const auto found = std::find(names.begin(), names.end(), name);
      if (found == names.end()) {
        throw InputError({data_.path, 0, 0},
                         fmt::format("--stressor: there is no stressor '{}'{}", name, suggestion(name, names)));
      }
      chosen_.push_back(static_cast<std::size_t>(found - names.begin()));
    }
    covered_.assign(data_.sectors.size(), 0);
    const std::vector<std::string> known = data_.selectors();
    // A dataset without such goods has no precursors: that scope is then the one with electricity.
    const bool default_without_goods = options_.covered == InputOutputOptions().covered;
    if (!default_without_goods && std::find(known.begin(), known.end(), options_.covered) == known.end()) {
      throw InputError({data_.path, 0, 0}, fmt::format("--covered: unknown sector or group '{}'{}", options_.covered,
                                                       suggestion(options_.covered, known)));
    }
    for (int i = 0; i < data_.sector_count(); ++i)
      covered_[static_cast<std::size_t>(i)] = data_.in_group(i, options_.covered) ? 1 : 0;
  }

  void multiplier_row(int node, const std::string& account, const char* kind, double value, const std::string& unit) {
    append_csv_row(multipliers_.rows, {region(node), sector(node), account, kind, value, unit});
  }

  void output_multipliers() {
    const Eigen::VectorXd ones = Eigen::VectorXd::Ones(data_.node_count());
    const Eigen::MatrixXd by_origin = multipliers_by_origin(prices_, ones, data_.region_count()).y;
    const std::string unit = per_money(money_);
    for (int node = 0; node < data_.node_count(); ++node) {
      if (table_.x[node] == 0) continue;
      multiplier_row(node, "output", "total", by_origin.row(node).sum(), unit);
      multiplier_row(node, "output", "domestic", by_origin(node, node / data_.sector_count()), unit);
    }
  }

  void add_account(const Extension& extension, const Eigen::MatrixXd& output) {
    const EmissionAccounts accounts = emission_accounts(table_, prices_, quantities_, output, extension.F);
    const std::string unit = per_money(extension.unit);
    for (int node = 0; node < data_.node_count(); ++node) {
      append_csv_row(accounts_.rows,
                     {region(node), sector(node), extension.name, accounts.production[node], accounts.exports[node],
                      accounts.consumption[node], accounts.imports[node], extension.unit});
      if (table_.x[node] == 0) continue;
      multiplier_row(node, extension.name, "direct", accounts.S[node], unit);
      multiplier_row(node, extension.name, "total", accounts.by_origin.row(node).sum(), unit);
      multiplier_row(node, extension.name, "domestic", accounts.by_origin(node, node / data_.sector_count()), unit);
      multiplier_row(node, extension.name, "downstream", accounts.downstream[node], unit);
    }
    embodied_rows(extension, accounts);
    by_region(extension, accounts);
  }

  void embodied_rows(const Extension& extension, const EmissionAccounts& accounts) {
    for (int q = 0; q < data_.region_count(); ++q) {
      const std::string& origin = data_.regions[static_cast<std::size_t>(q)].code;
      Eigen::VectorXd total = Eigen::VectorXd::Zero(data_.region_count());
      for (int node = 0; node < data_.node_count(); ++node) {
        const double value = accounts.embodied(q, node);
        total[node / data_.sector_count()] += value;
        if (value != 0)
          append_csv_row(embodied_.rows, {extension.name, origin, region(node), sector(node), value, extension.unit});
      }
      for (int r = 0; r < data_.region_count(); ++r) {
        append_csv_row(bilateral_.rows, {extension.name, origin, data_.regions[static_cast<std::size_t>(r)].code,
                                         total[r], extension.unit});
      }
    }
  }

  void by_region(const Extension& extension, const EmissionAccounts& accounts) {
    const int sectors = data_.sector_count();
    Json regions;
    for (int r = 0; r < data_.region_count(); ++r) {
      const std::string& code = data_.regions[static_cast<std::size_t>(r)].code;
      const auto sum = [&](const Eigen::VectorXd& nodes) { return nodes.segment(r * sectors, sectors).sum(); };
      const double own = extension.F_Y[r];
      const double production = sum(accounts.production) + own, consumption = sum(accounts.consumption) + own;
      append_csv_row(accounts_.rows, {code, "households", extension.name, own, 0.0, own, 0.0, extension.unit});
      append_csv_row(regions_.rows, {code, extension.name, production, sum(accounts.exports), consumption,
                                     sum(accounts.imports), own, extension.unit});
      regions[code] = {{"production", production},
                       {"exports", sum(accounts.exports)},
                       {"consumption", consumption},
                       {"imports", sum(accounts.imports)}};
    }
    document_.summary["accounts"].push_back({{"name", extension.name},
                                             {"unit", extension.unit},
                                             {"total", accounts.production.sum() + extension.F_Y.sum()},
                                             {"households", extension.F_Y.sum()},
                                             {"traded", accounts.exports.sum()},
                                             {"dropped", extension.dropped},
                                             {"imbalance", accounts.imbalance()},
                                             {"error_bound", accounts.error},
                                             {"sweeps", accounts.sweeps},
                                             {"regions", regions}});
  }

  void intensities(const Extension& extension) {
    const EmittingTable emitting{table_.Z, table_.x, extension.F, data_.electricity};
    for (const auto& [word, scope] : intensity_scopes()) {
      const Eigen::VectorXd intensity = scope_intensity(emitting, scope, covered_, options_.threads);
      for (int node = 0; node < data_.node_count(); ++node) {
        if (table_.x[node] > 0)
          append_csv_row(intensities_.rows, {region(node), sector(node), extension.name, word, intensity[node],
                                             per_money(extension.unit)});
      }
    }
  }

  /// p' = c' L: costs passed on in full, nothing replaced, wages and returns as they were.
  void price_model() {
    Eigen::VectorXd cost = Eigen::VectorXd::Zero(data_.node_count());
    for (std::size_t n = 0; n < options_.cost_shock.size(); ++n)
      cost[static_cast<Eigen::Index>(n)] = options_.cost_shock[n];
    if (options_.carbon_price != 0) cost += carbon_cost();
    const Eigen::VectorXd price = prices_.solve(cost);
    TableText table{"prices", {"region", "sector", "direct_percent", "total_percent", "unit"}, {}};
    TableText index{"consumer_prices", {"region", "value", "unit"}, {}};
    for (int node = 0; node < data_.node_count(); ++node) {
      if (table_.x[node] > 0)
        append_csv_row(table.rows, {region(node), sector(node), 100 * cost[node], 100 * price[node], "percent"});
    }
    Json by_region;
    for (int r = 0; r < data_.region_count(); ++r) {
      const Eigen::VectorXd bought = data_.table.Y.col(r * final_demand_count + household);
      const double change = bought.sum() > 0 ? 100 * bought.dot(price) / bought.sum() : 0;
      const std::string& code = data_.regions[static_cast<std::size_t>(r)].code;
      append_csv_row(index.rows, {code, change, "percent"});
      by_region[code] = change;
    }
    document_.summary["price_shock"] = {{"carbon_price", options_.carbon_price},
                                        {"consumer_prices_percent", by_region}};
    document_.tables.push_back(table);
    document_.tables.push_back(index);
  }

  /// The carbon price on CO2, or on the stressors asked for, money per unit of output.
  Eigen::VectorXd carbon_cost() const {
    Eigen::VectorXd tonnes = Eigen::VectorXd::Zero(data_.node_count());
    bool priced = false;
    for (const std::size_t k : chosen_) {
      if (options_.stressors.empty() && table_.stressors[k].name != "CO2") continue;
      priced = true;
      tonnes += 1e6 * data_.stressors[k].mt_per_unit * per_output(table_, table_.stressors[k].F);
    }
    if (!priced)
      throw InputError({data_.path, 0, 0}, "--carbon-price: there is no CO2; --stressor says what is priced");
    if (!options_.zone.empty()) {
      for (int node = 0; node < data_.node_count(); ++node) {
        const int r = node / data_.sector_count();
        if (std::find(options_.zone.begin(), options_.zone.end(), r) == options_.zone.end()) tonnes[node] = 0;
      }
    }
    return options_.carbon_price / data_.money_unit * tonnes;
  }

  void decomposition() {
    const Dataset later = in_the_order_of(data_, *options_.against);
    const InputOutputTable after = input_output_table(later);
    TableText table{
        "decomposition",
        {"region", "sector", "stressor", "before", "intensity", "technology", "mix", "level", "after", "unit"},
        {}};
    Json list = Json::array();
    for (const std::size_t k : chosen_) {
      const Extension& stressor = table_.stressors[k];
      const std::size_t other = like_stressor(data_, later, k);
      const StructuralDecomposition parts = structural_decomposition(table_, after, k, other, options_.threads);
      for (int node = 0; node < data_.node_count(); ++node) {
        append_csv_row(table.rows,
                       {region(node), sector(node), stressor.name, parts.before[node], parts.intensity[node],
                        parts.technology[node], parts.mix[node], parts.level[node], parts.after[node], stressor.unit});
      }
      for (int r = 0; r < data_.region_count(); ++r) {
        append_csv_row(table.rows,
                       {data_.regions[static_cast<std::size_t>(r)].code, "households", stressor.name, stressor.F_Y[r],
                        parts.households[r], 0.0, 0.0, 0.0, stressor.F_Y[r] + parts.households[r], stressor.unit});
      }
      list.push_back({{"stressor", stressor.name},
                      {"unit", stressor.unit},
                      {"before", parts.before.sum() + stressor.F_Y.sum()},
                      {"intensity", parts.intensity.sum()},
                      {"technology", parts.technology.sum()},
                      {"mix", parts.mix.sum()},
                      {"level", parts.level.sum()},
                      {"households", parts.households.sum()},
                      {"after", parts.after.sum() + stressor.F_Y.sum() + parts.households.sum()}});
    }
    document_.summary["against"] = later.name;
    document_.summary["decomposition"] = list;
    document_.tables.push_back(table);
  }

  const Dataset& data_;
  const InputOutputOptions& options_;
  InputOutputTable table_;
  LeontiefSystem prices_, quantities_;
  std::string money_;
  std::vector<std::size_t> chosen_;
  std::vector<char> covered_;
  AnalysisDocument document_;
  TableText regions_{
      "regions", {"region", "account", "production", "exports", "consumption", "imports", "households", "unit"}, {}};
  TableText accounts_{
      "accounts", {"region", "sector", "account", "production", "exports", "consumption", "imports", "unit"}, {}};
  TableText bilateral_{"bilateral", {"account", "origin", "destination", "value", "unit"}, {}};
  TableText embodied_{"embodied_trade", {"account", "origin", "destination", "product", "value", "unit"}, {}};
  TableText multipliers_{"multipliers", {"region", "sector", "account", "kind", "value", "unit"}, {}};
  TableText intensities_{"intensities", {"region", "sector", "stressor", "scope", "value", "unit"}, {}};
};

/// Five digits, large figures as whole numbers.
std::string figure(const Json& value) {
  const double number = value.get<double>();
  return std::abs(number) >= 1e4 ? fmt::format("{:.0f}", number) : fmt::format("{:.5g}", number);
}

std::string account_text(const Json& account) {
  std::string text = fmt::format("\n{}, {}: {} in all, {} of it behind final demand in other regions\n",
                                 account["name"].get<std::string>(), account["unit"].get<std::string>(),
                                 figure(account["total"]), figure(account["traded"]));
  std::vector<TextRow> rows{{"region", "production", "exports", "consumption", "imports", "net imports %"}};
  for (const auto& [code, region] : account["regions"].items()) {
    const double production = region["production"], consumption = region["consumption"];
    rows.push_back({code, figure(region["production"]), figure(region["exports"]), figure(region["consumption"]),
                    figure(region["imports"]),
                    production != 0 ? fmt::format("{:.1f}", 100 * (consumption / production - 1)) : "-"});
  }
  return text + aligned(rows, 1) +
         fmt::format("adds up to {:.0e}, multipliers within {:.0e} of the largest\n",
                     account["imbalance"].get<double>(), account["error_bound"].get<double>());
}

}  // namespace

AnalysisDocument input_output_document(const Dataset& dataset, const InputOutputOptions& options) {
  return InputOutputReport(dataset, options).make();
}

std::string input_output_text(const AnalysisDocument& document) {
  const Json& summary = document.summary;
  std::string text = fmt::format("{}: {} regions x {} sectors\n", summary["dataset"].get<std::string>(),
                                 summary["regions"].get<int>(), summary["sectors"].get<int>());
  if (summary["dropped_nodes"] != 0)
    text += fmt::format("{} nodes without output are left out\n", summary["dropped_nodes"].get<int>());
  for (const Json& account : summary["accounts"]) text += account_text(account);
  if (summary.contains("price_shock")) {
    text += "\nconsumer prices, change in % (price model)\n";
    std::vector<TextRow> rows;
    for (const auto& [code, change] : summary["price_shock"]["consumer_prices_percent"].items())
      rows.push_back({code, fmt::format("{:.3f}", change.get<double>())});
    text += aligned(rows, 1);
  }
  if (summary.contains("decomposition")) {
    text +=
        fmt::format("\nchange of the world's account to {}, by what changed\n", summary["against"].get<std::string>());
    std::vector<TextRow> rows{{"", "before", "intensity", "technology", "mix", "level", "households", "after"}};
    for (const Json& parts : summary["decomposition"]) {
      TextRow row{fmt::format("{}, {}", parts["stressor"].get<std::string>(), parts["unit"].get<std::string>())};
      for (const char* key : {"before", "intensity", "technology", "mix", "level", "households", "after"})
        row.push_back(figure(parts[key]));
      rows.push_back(row);
    }
    text += aligned(rows, 1);
  }
  return text;
}

}  // namespace levee
