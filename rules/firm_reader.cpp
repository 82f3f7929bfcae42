// Files of firms, from YAML.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "data/file_beside.hpp"
#include "data/schema.hpp"
#include "rules/firm_file.hpp"
#include "rules/product_reader.hpp"
#include "rules/rule_lookup.hpp"

namespace levee {

namespace {

using Entries = std::vector<std::pair<std::string, YamlView>>;

std::vector<int> read_years(const YamlView& view) {
  if (view.is_map()) return read_year_range(view);
  if (view.is_scalar()) return {view.integer()};
  std::vector<int> years;
  for (const YamlView& item : view.items()) {
    if (!years.empty() && item.integer() <= years.back())
      throw item.error(fmt::format("found {} after {}, expected years in order", item.text(), years.back()));
    years.push_back(item.integer());
  }
  if (years.empty()) throw view.error("expected at least one year");
  return years;
}

Reading read_reading(const std::string& name, const YamlView& view) {
  Reading reading;
  reading.name = name;
  if (view.is_null()) return reading;
  view.only_keys(schema_keys("firm/reading"));
  const auto emissions = [&](const char* key, const char* usual, std::optional<ChargedEmissions>& into) {
    const auto found = view.find(key);
    if (found && found->text() != usual) into = read_emissions_word(*found);
  };
  const auto choice = [&](const char* key, const char* yes, const char* no, bool& into) {
    if (const auto found = view.find(key)) into = read_word<bool>(*found, {{yes, true}, {no, false}});
  };
  emissions("emissions", "charged", reading.emissions);
  emissions("domestic_emissions", "firm", reading.domestic);
  choice("free_allocation", "rules", "none", reading.free_allocation);
  choice("origin_price", "deducted", "ignored", reading.origin_price_deducted);
  choice("domestic_cost", "paid", "replaced", reading.domestic_cost_paid);
  choice("mark_up", "rules", "none", reading.marked_up);
  return reading;
}

/// What a factor is drawn from.
Distribution read_factor(const YamlView& view) {
  view.only_keys(schema_keys("firm/draw"));
  const auto entries = view.entries();
  if (entries.size() != 1) throw view.error("expected one distribution, such as uniform: [0.5, 1.5]");
  const auto& [word, figures] = entries.front();
  for (const YamlView& figure : figures.items()) read_amount(figure);
  const auto named = std::ranges::find(distribution_words(), word, &std::pair<std::string, Distribution::Kind>::first);
  return Distribution::read(named->second, figures);
}

/// A firm with those it extends merged below it.
class Variants {
 public:
  explicit Variants(YamlView firms) : firms_(std::move(firms)) {}

  YamlView whole(const std::string& name, const YamlView& view) const {
    std::vector<std::string> path{name};
    YamlView result = view;
    YamlView at = view;
    while (at.is_map() && at.has("extends")) {
      const YamlView base = at.at("extends");
      if (std::find(path.begin(), path.end(), base.text()) != path.end())
        throw base.error(fmt::format("'{}' extends itself", base.text()));
      const auto found = firms_.find(base.text());
      if (!found)
        throw base.error(fmt::format("there is no firm '{}'{}", base.text(), suggestion(base.text(), names())));
      path.push_back(base.text());
      result = YamlView::merge(*found, result);
      at = *found;
    }
    return result;
  }

 private:
  std::vector<std::string> names() const {
    std::vector<std::string> result;
    for (const auto& [name, view] : firms_.entries()) result.push_back(name);
    return result;
  }

  YamlView firms_;
};

class FirmFileReader {
 public:
  FirmFileReader(YamlView document, RuleBook book) : document_(std::move(document)) { file_.book = std::move(book); }

  FirmFile read() {
    document_.only_keys(schema_keys("firm"));
    read_head();
    read_money();
    read_firms();
    faults_.throw_if_any();
    return std::move(file_);
  }

 private:
  template <class Read>
  void optional(const YamlView& of, const char* key, Read&& read) {
    faults_.guard([&] {
      if (const auto found = of.find(key)) read(*found);
    });
  }

  void read_head() {
    faults_.guard([&] { file_.name = document_.at("cost").text(); });
    file_.path = document_.where().file;
    optional(document_, "description", [&](const YamlView& view) { file_.description = view.text(); });
    faults_.guard([&] {
      file_.years = read_years(document_.at("years"));
      for (const int year : file_.years) phase_in(file_.book, year, document_.at("years").where());
    });
    optional(document_, "correction_factor", [&](const YamlView& view) { file_.correction_factor = read_share(view); });
    optional(document_, "readings", [&](const YamlView& view) {
      for (const auto& [name, reading] : view.entries())
        faults_.guard([&, &key = name, &value = reading] { file_.readings.push_back(read_reading(key, value)); });
    });
    if (file_.readings.empty()) file_.readings.push_back(read_reading("law", YamlView::parse("~", "")));
    optional(document_, "importers", [&](const YamlView& view) {
      for (const auto& [name, tonnes] : view.entries()) file_.importers[name] = read_amount(tonnes);
    });
    optional(document_, "uncertainty", [&](const YamlView& view) { file_.uncertainty = read_uncertainty(view); });
  }

  void read_money() {
    faults_.guard([&] { read_rates(); });
    faults_.guard([&] {
      const auto currency = document_.find("currency");
      expect_rate(file_.book.currency, currency ? currency->where() : document_.where());
      if (const auto prices = document_.find("prices")) {
        prices->only_keys(schema_keys("firm/prices"));
        file_.certificate_price = read_year_series(prices->at("certificate"), first_year(), file_.book);
      } else {
        file_.certificate_price.where = document_.where();
        file_.certificate_price.market = "cbam";
      }
      for (const int year : file_.years) {
        const YearFigure price = figure_of(file_.certificate_price, year, file_.book);
        expect_rate(price.currency.empty() ? file_.book.currency : price.currency, file_.certificate_price.where);
      }
    });
  }

  /// Without a currency of its own the report is in the rules'.
  void read_rates() {
    const YamlView document =
        document_.has("currency") ? document_ : document_.with({"currency"}, file_.book.currency, document_.where());
    file_.exchange_rates = read_exchange_rates(document, first_year());
  }

  void expect_rate(const std::string& currency, const Location& asked) const {
    for (const int year : file_.years) file_.exchange_rates.rate(currency, year, asked);
  }

  int first_year() const { return file_.years.empty() ? 0 : file_.years.front(); }

  static Uncertainty read_uncertainty(const YamlView& view) {
    view.only_keys(schema_keys("firm/uncertainty"));
    Uncertainty result;
    if (const auto draws = view.find("draws")) {
      constexpr int most = 1'000'000;
      result.draws = draws->integer();
      if (result.draws < 1 || result.draws > most)
        throw draws->error(fmt::format("found {}, expected 1 to {} draws", draws->text(), most));
    }
    if (const auto seed = view.find("seed")) result.seed = seed->integer();
    if (const auto price = view.find("certificate_price")) result.certificate_price = read_factor(*price);
    if (const auto emissions = view.find("emissions")) result.emissions = read_factor(*emissions);
    return result;
  }

  void read_firms() {
    faults_.guard([&] {
      const YamlView firms = document_.at("firms");
      const Variants variants(firms);
      Entries whole;
      for (const auto& [name, view] : firms.entries()) {
        faults_.guard([&, &key = name, &value = view] {
          const YamlView one = variants.whole(key, value);
          one.only_keys(schema_keys("firm/firm"));
          whole.emplace_back(key, one);
        });
      }
      if (whole.empty() && faults_.empty()) throw firms.error("expected at least one firm");
      file_.products = read_products(whole, file_.book, faults_);
      for (std::size_t k = 0; k < whole.size(); ++k) read_firm(k, whole[k].first, whole[k].second);
      check_importers();
    });
  }

  void read_firm(std::size_t product, const std::string& name, const YamlView& view) {
    Firm firm;
    firm.name = firm.label = firm.importer = name;
    firm.where = view.where();
    firm.product = product;
    firm.currency = file_.currency();
    optional(view, "label", [&](const YamlView& text) { firm.label = text.text(); });
    optional(view, "importer", [&](const YamlView& text) { firm.importer = text.text(); });
    optional(view, "tonnes", [&](const YamlView& tonnes) { firm.tonnes = read_amount(tonnes); });
    optional(view, "currency", [&](const YamlView& currency) {
      expect_rate(currency.text(), currency.where());
      firm.currency = currency.text();
    });
    optional(view, "price", [&](const YamlView& price) {
      if (price.number() <= 0) throw price.error(fmt::format("found {}, expected a price > 0", price.text()));
      firm.price = price.number();
    });
    optional(view, "production_cost", [&](const YamlView& cost) { firm.production_cost = read_amount(cost); });
    optional(view, "carbon_price", [&](const YamlView& paid) { firm.origin_price = read_origin_price(paid, firm); });
    optional(view, "green_supply", [&](const YamlView& supply) { firm.green = read_green(supply, product); });
    file_.firms.push_back(std::move(firm));
  }

  OriginPrice read_origin_price(const YamlView& view, const Firm& firm) const {
    view.only_keys(schema_keys("firm/carbon_price"));
    OriginPrice result;
    result.price = read_year_series(view.at("price"), first_year(), file_.book);
    result.currency = firm.currency;
    if (const auto currency = view.find("currency")) {
      expect_rate(currency->text(), currency->where());
      result.currency = currency->text();
    }
    for (const int year : file_.years) {
      const YearFigure figure = figure_of(result.price, year, file_.book);
      if (!figure.currency.empty()) expect_rate(figure.currency, view.at("price").where());
    }
    if (const auto share = view.find("share_paid")) result.share_paid = read_share(*share);
    if (const auto covers = view.find("covers")) result.covers = read_emissions_word(*covers);
    if (const auto emissions = view.find("emissions")) result.emissions = read_amount(*emissions);
    return result;
  }

  GreenSupply read_green(const YamlView& view, std::size_t product) const {
    view.only_keys(schema_keys("firm/green_supply"));
    if (!file_.products[product].electricity)
      throw view.error("green supply needs the electricity it is a share of; expected `emissions: {electricity: ...}`");
    GreenSupply supply;
    supply.premium = read_amount(view.at("premium"));
    if (const auto above = view.find("above")) supply.threshold = read_share(*above);
    if (const auto extra = view.find("extra")) {
      supply.extra = read_amount(*extra);
      supply.electricity_price = read_amount(view.at("electricity_price"));
    }
    if (const auto shares = view.find("shares")) {
      for (const YamlView& share : shares->items()) supply.shares.push_back(read_share(share));
    }
    return supply;
  }

  void check_importers() {
    optional(document_, "importers", [&](const YamlView& view) {
      std::set<std::string> known;
      for (const Firm& firm : file_.firms) known.insert(firm.importer);
      const std::vector<std::string> names(known.begin(), known.end());
      for (const auto& [name, tonnes] : view.entries()) {
        if (!known.contains(name))
          throw view.key_error(name, fmt::format("no firm has the importer '{}'{}", name, suggestion(name, names)));
      }
    });
  }

  YamlView document_;
  FirmFile file_;
  Diagnostics faults_;
};

}  // namespace

FirmFile read_firm_file(const YamlView& document, RuleBook book) {
  return FirmFileReader(document, std::move(book)).read();
}

FirmFile read_firm_file(const YamlView& document) {
  return read_firm_file(document, read_rule_book(file_beside(document.at("rules"))));
}

}  // namespace levee
