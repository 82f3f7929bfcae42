#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "scenarios/run_document.hpp"

namespace levee::test {

/// A run of the default study's size with made-up but plausible figures, always the same for a seed: 17 scenarios, 12
/// regions, 20 sectors. For tests of the writers and of the page only; no figure in it means anything.
class MockRun {
 public:
  explicit MockRun(unsigned seed = 1) : random_(seed) {}

  std::vector<std::string> scenarios = {
      "reference",       "ets_only",      "free_allocation",       "cbam_direct",       "cbam_indirect",
      "cbam_full",       "cbam_law",      "free_allocation_cap",   "cbam_direct_cap",   "cbam_indirect_cap",
      "cbam_full_cap",   "cbam_law_cap",  "free_allocation_world", "cbam_direct_world", "cbam_indirect_world",
      "cbam_full_world", "cbam_law_world"};
  const std::vector<std::string> regions = {"EUR", "GBR", "TUR", "RUS", "CHN", "IND",
                                            "USA", "JKT", "CAM", "BRA", "AUI", "ROW"};
  const std::vector<std::string> sectors = {"AGR", "COAL", "OIL",  "GAS", "MIN", "REF", "ELEC", "STEEL", "ALU", "ONFM",
                                            "CEM", "ONMM", "FERT", "CHM", "PAP", "OMF", "MAC",  "CNS",   "TRN", "SER"};
  const std::vector<std::string> goods = {"STEEL", "ALU", "CEM", "FERT", "ELEC"};
  bool channels = true;  ///< fill leakage_channels
  std::string unsolved;  ///< this scenario fails

  /// What a scenario holds, as its name says: price, cap or world.
  static std::string held(const std::string& s) {
    return s.ends_with("_world") ? "world" : s.ends_with("_cap") ? "cap" : "price";
  }

  /// The scenarios that a reader sees who chooses what is held: those that hold it and, where that is emissions, the
  /// one they have them from.
  std::vector<std::string> group(const std::string& what) const {
    std::vector<std::string> out;
    for (const std::string& s : scenarios)
      if (s != "reference" && (held(s) == what || (what != "price" && s == "ets_only"))) out.push_back(s);
    return out;
  }

  RunDocument document() {
    RunDocument out;
    out.summary = {{"schema", 1},
                   {"study", "eu-cbam"},
                   {"dataset", "cbam-2011"},
                   {"reference", "reference"},
                   {"units", {{"money", "million USD"}, {"price_year", 2011}, {"mass", "Mt"}}},
                   {"scenarios", nlohmann::ordered_json::array()}};
    for (const auto& s : scenarios) out.summary["scenarios"].push_back(scenario(s));
    out.run = {
        {"version", "0.1.0"}, {"options", {{"solver", "ipopt"}, {"threads", 2}}}, {"log", std::string(5000, 'x')}};
    for (const auto& s : scenarios)
      out.run["scenarios"].push_back(
          {{"name", s}, {"resolved", "{carbon_price: {EU: 100}}"}, {"replication", 1e-14}, {"seconds", 0.5}});
    out.about = about();
    tables(out);
    return out;
  }

 private:
  using Json = nlohmann::ordered_json;
  static constexpr double kHeldWorld = 20800;  // Mt, a little below the sum of the reference
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

  double uniform(double low, double high) { return std::uniform_real_distribution<double>(low, high)(random_); }
  bool solved(const std::string& s) const { return s != unsolved; }
  bool border(const std::string& s) const { return s.rfind("cbam", 0) == 0; }

  Json number(const std::string& s, double value) const { return solved(s) ? Json(value) : Json(nullptr); }

  Json scenario(const std::string& s) {
    const bool base = s == "reference";
    Json out = {{"name", s}, {"status", solved(s) ? "solved" : "failed"}};
    out["held"] = {{"EU", base ? Json(nullptr) : Json(held(s))}};
    out["solver"] = {{"backend", "ipopt"},
                     {"iterations", base ? 0 : 7},
                     {"residual", number(s, uniform(1e-13, 1e-11))},
                     {"seconds", uniform(0.3, 0.7)}};
    out["walras"] = number(s, uniform(1e-13, 1e-11));
    out["carbon_price"] = {{"EU", number(s, base ? 0 : 100)}};
    double world = 0;
    for (std::size_t r = 0; r < regions.size(); ++r) {
      const double before = 300 + 700 * static_cast<double>(r % 5);
      const double after = before * (base ? 1 : r == 0 ? uniform(0.85, 0.9) : uniform(0.999, 1.01));
      out["emissions_mt"][regions[r]] = number(s, r == 0 ? after + 2800 * after / before : after);
      world += r == 0 ? after + 2800 * after / before : after;
    }
    out["emissions_mt"]["world"] = number(s, s == "ets_only" || held(s) == "world" ? kHeldWorld : world);
    const double rate = (border(s) ? 0.06 : 0.11) + uniform(-0.02, 0.03);
    out["leakage_rate"] = {{"EU", base ? Json(nullptr) : number(s, rate)}};
    out["leakage_channels"] = {{"EU", nullptr}};
    if (channels && !base && solved(s))
      out["leakage_channels"]["EU"] = {
          {"competitiveness", 0.6 * rate}, {"energy", 0.45 * rate}, {"income", -0.05 * rate}};
    for (const auto& r : regions) out["welfare_ev_percent"][r] = number(s, base ? 0 : uniform(-0.4, 0.12));
    out["welfare_ev_percent"]["world"] = number(s, base ? 0 : uniform(-0.12, -0.05));
    for (const auto& r : regions) {
      if (r == "EUR") continue;
      for (const auto& j : sectors) out["exports_to_zone_percent"]["EU"][r][j] = number(s, base ? 0 : uniform(-15, 6));
    }
    out["cbam_revenue"] = {{"EU", border(s) ? number(s, uniform(2000, 6000)) : number(s, 0)}};
    return out;
  }

  static Json about() {
    return {{"title", "The EU's carbon border adjustment, direct and indirect"},
            {"zones", {{"EU", {"EUR"}}}},
            {"regions", {{"EUR", "EU 27"}, {"CHN", "China"}, {"USA", "United States"}, {"ROW", "Rest of the world"}}},
            {"sectors", {{"STEEL", "Iron and steel"}, {"CEM", "Cement, lime, plaster"}}},
            {"scenarios",
             {{"ets_only", "A carbon price of 100 USD/t on covered sectors"},
              {"cbam_direct", "No free allocation; charge on direct emissions"}}},
            {"assumptions",
             {"Labour and capital move between sectors, not between regions.",
              "Investment and government demand are fixed in real terms."}},
            {"artefacts", {"Process emissions of <cement> are shared out by output & not by clinker."}},
            {"sources",
             {{{"title", "World Input-Output Database"},
               {"licence", "CC BY 4.0"},
               {"citation", "Timmer et al. (2015), doi:10.1111/roie.12178"}}}},
            {"treatments", {{{"name", "NPISH merged into households"}, {"value", 12}, {"unit", "regions"}}}},
            {"bands",
             {{{"label", "EMF-29, no border adjustment"}, {"low", 0.05}, {"high", 0.19}, {"source", "EMF-29"}},
              {{"label", "EMF-29 mean, border adjustment"}, {"low", 0.08}, {"high", 0.08}, {"source", "EMF-29"}}}},
            {"equations",
             {{{"family", "Zero profit"},
               {"statement", "Unit cost is at least the price."},
               {"example", "p[EUR.STEEL] <= c(w, p)"}}}},
            {"glossary", {{{"term", "EV"}, {"meaning", "Equivalent variation, a share of benchmark consumption."}}}}};
  }

  using Keys = std::vector<std::string>;

  /// Rows over the cross product of the keys; `figures` gives the numbers of a row.
  void cross(Table& table, const std::vector<Keys>& keys, const std::string& unit,
             const std::function<std::vector<double>(const Keys&)>& figures) const {
    std::vector<std::size_t> at(keys.size(), 0);
    for (bool more = true; more;) {
      Keys row;
      for (std::size_t k = 0; k < keys.size(); ++k) row.push_back(keys[k][at[k]]);
      std::vector<Cell> cells(row.begin(), row.end());
      for (const double f : figures(row)) cells.emplace_back(solved(row[0]) ? f : kNone);
      cells.emplace_back(unit);
      cells.emplace_back("reference");
      table.add(std::move(cells));
      more = false;
      for (std::size_t k = keys.size(); k-- > 0 && !more;) {
        more = ++at[k] < keys[k].size();
        if (!more) at[k] = 0;
      }
    }
  }

  /// A number in [0, 1) that depends on the text alone (FNV-1a, then mixed): the same on every machine.
  static double fraction(const std::string& text, std::uint64_t seed) {
    std::uint64_t h = 14695981039346656037ULL ^ seed;
    for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    h = (h ^ (h >> 31)) * 0x9E3779B97F4A7C15ULL;
    return static_cast<double>((h ^ (h >> 29)) >> 11) / 9007199254740992.0;
  }

  /// Value and change: the same base in every scenario, a shock beyond the reference.
  std::function<std::vector<double>(const Keys&)> shocked(double low, double high, double shock, int extra = 0) {
    const std::uint64_t seed = random_();
    return [=](const Keys& row) {
      std::string name;
      for (std::size_t k = 1; k < row.size(); ++k) name += row[k] + '/';
      const double value = low + (high - low) * fraction(name, seed);
      const double move = row[0] == "reference" ? 0 : shock * (1.5 * fraction(name + row[0], seed) - 1);
      std::vector<double> out = {value * (1 + move)};
      for (int k = 0; k < extra; ++k) out.push_back(value * (1 + move * 0.9));
      out.push_back(value * move);
      return out;
    };
  }

  static Table make(const char* name, Keys columns) {
    columns.insert(columns.end(), {"unit", "reference"});
    return {name, std::move(columns), {}};
  }

  void add(RunDocument& out, const char* name, const Keys& columns, const std::vector<Keys>& keys, const char* unit,
           const std::function<std::vector<double>(const Keys&)>& figures) const {
    Table table = make(name, columns);
    cross(table, keys, unit, figures);
    out.tables.push_back(std::move(table));
  }

  void tables(RunDocument& out) {
    add(out, "emissions", {"scenario", "region", "sector", "stressor", "source", "value", "change"},
        {scenarios, regions, sectors, {"CO2"}, {"COAL", "OIL", "GAS", "process"}}, "Mt", shocked(0, 30, 0.15));
    add(out, "leakage", {"scenario", "zone", "channel", "value"},
        {scenarios, {"EU"}, {"total", "inside_change", "outside_change", "uncovered_inside"}}, "share or Mt",
        [this](const Keys& k) -> std::vector<double> {
          if (k[0] == "reference") return {k[2] == "total" ? kNone : 0};
          if (k[2] == "total") return {0.1};
          return {k[2] == "inside_change" ? uniform(-600, -500) : uniform(30, 60)};
        });
    const auto leaked = [this](double low, double high) {
      return [this, low, high](const Keys& k) {
        const double rate = uniform(low, high);
        return k[0] == "reference" ? std::vector<double>{0, kNone} : std::vector<double>{550 * rate, rate};
      };
    };
    Keys emitters = sectors;
    emitters.push_back("households");
    add(out, "leakage_by_origin", {"scenario", "zone", "region", "value", "rate"}, {scenarios, {"EU"}, regions}, "Mt",
        leaked(-0.002, 0.02));
    add(out, "leakage_by_good", {"scenario", "zone", "sector", "value", "rate"}, {scenarios, {"EU"}, emitters}, "Mt",
        leaked(-0.002, 0.012));
    add(out, "trade", {"scenario", "good", "origin", "destination", "value", "volume", "change"},
        {scenarios, sectors, regions, regions}, "million USD", shocked(1, 30000, 0.2, 1));
    add(out, "output", {"scenario", "region", "sector", "value", "volume", "change"}, {scenarios, regions, sectors},
        "million USD", shocked(1000, 900000, 0.05, 1));
    add(out, "prices", {"scenario", "region", "sector", "kind", "value", "change"},
        {scenarios, regions, sectors, {"producer", "consumer"}}, "index", shocked(1, 1, 0.05));
    add(out, "factors", {"scenario", "region", "factor", "value", "change"},
        {scenarios, regions, {"labour", "capital", "resource"}}, "index", shocked(1, 1, 0.02));
    add(out, "welfare", {"scenario", "region", "component", "value"}, {scenarios, regions, {"equivalent variation"}},
        "million USD", [this](const Keys&) { return std::vector<double>{uniform(-4000, 1000)}; });
    add(out, "macro", {"scenario", "region", "component", "value", "change"},
        {scenarios, regions, {"gdp", "consumption", "investment", "government", "exports", "imports"}}, "million USD",
        shocked(1e5, 1e7, 0.01));
    add(out, "carbon_markets",
        {"scenario", "zone", "price", "cap", "emissions", "allowances", "revenue", "net_revenue"}, {scenarios, {"EU"}},
        "USD/t; Mt; million USD", [this](const Keys& k) -> std::vector<double> {
          if (k[0] == "reference") return {0, kNone, 2100, 0, 0, 0};
          const double revenue = uniform(90000, 150000);
          const double covered = k[0] == "ets_only" || held(k[0]) == "cap" ? 1500 : uniform(1400, 1600);
          return {100, held(k[0]) == "price" ? kNone : covered, covered, 500, revenue, revenue - uniform(0, 50000)};
        });
    cbam(out);
    effects(out);
  }

  /// Where leakage and burdens fall: tables of the design's effects beyond quantities and prices.
  void effects(RunDocument& out) {
    const auto zero_in_reference = [this](double low, double high, std::size_t columns) {
      return [this, low, high, columns](const Keys& k) {
        std::vector<double> figures(columns, 0);
        for (double& figure : figures) figure = k[0] == "reference" ? 0 : uniform(low, high);
        return figures;
      };
    };
    Keys outside = regions;
    outside.erase(outside.begin());
    add(out, "diversion", {"scenario", "zone", "good", "origin", "market", "value", "change", "change_percent"},
        {scenarios, {"EU"}, sectors, outside, {"zone", "others", "home"}}, "million USD", [this](const Keys& k) {
          const double change = k[0] == "reference" ? 0 : k[4] == "zone" ? uniform(-900, 90) : uniform(-90, 400);
          const double before = uniform(5000, 9000);
          return std::vector<double>{before + change, change, 100 * change / before};
        });
    add(out, "leakage_by_route",
        {"scenario", "zone", "good", "origin", "market", "value", "rate", "volume_change", "zone_volume_change"},
        {scenarios, {"EU"}, sectors, outside, {"zone", "others", "home", "technique"}}, "Mt",
        zero_in_reference(-0.05, 0.1, 4));
    add(out, "decomposition", {"scenario", "region", "stressor", "scale", "composition", "technique", "change"},
        {scenarios, regions, {"CO2"}}, "Mt", zero_in_reference(-8, 4, 4));
    add(out, "incidence", {"scenario", "zone", "level", "name", "component", "value", "percent_of_gdp", "share"},
        {scenarios, {"EU"}, {"region"}, regions, {"cbam payments", "export losses", "welfare"}}, "million USD",
        zero_in_reference(-0.3, 0.1, 3));
    Table income = make("incidence", {});
    cross(income, {scenarios, {"EU"}, {"group"}, {"high income", "low income"}, {"cbam payments", "welfare"}},
          "million USD", zero_in_reference(-0.3, 0.1, 3));
    for (auto& row : income.rows) out.tables.back().rows.push_back(std::move(row));
    add(out, "pass_through", {"scenario", "zone", "region", "good", "cge_percent", "leontief_percent", "ratio"},
        {scenarios, {"EU"}, {"EUR"}, sectors}, "percent", zero_in_reference(0, 12, 3));
  }

  /// Only what was charged or paid back has a row: the table is no cross product.
  void cbam(RunDocument& out) {
    Table table = make("cbam", {"scenario", "zone", "instrument", "good", "origin", "destination", "intensity", "rate",
                                "certificates", "revenue"});
    const auto row = [&](const std::string& s, const char* instrument, const std::string& good, const std::string& from,
                         const std::string& to, double revenue) {
      table.add({s, "EU", instrument, good, from, to, uniform(0.1, 4), uniform(0, 0.4), uniform(0, 4), revenue,
                 "kg per USD; share; Mt; million USD", "reference"});
    };
    for (const auto& s : scenarios) {
      if (!border(s) || !solved(s)) continue;
      for (const auto& good : goods) {
        for (std::size_t r = 1; r < regions.size(); ++r) {
          row(s, "import charge", good, regions[r], "EUR", uniform(1, 400));
          if (s.rfind("cbam_full", 0) == 0) row(s, "export rebate", good, "EUR", regions[r], -uniform(1, 40));
        }
      }
    }
    out.tables.push_back(std::move(table));
  }

  std::mt19937 random_;
};

}  // namespace levee::test
