#include "rules/product_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "data/schema.hpp"
#include "rules/rule_lookup.hpp"

namespace levee {

namespace {

constexpr double mix_rounding = 1e-9;

ElectricitySource read_source(const YamlView& view) {
  view.only_keys(schema_keys("firm/source"));
  ElectricitySource source;
  source.where = view.where();
  source.share = view.has("share") ? read_share(view.at("share")) : 1;
  int kinds = 0;
  if (const auto grid = view.find("grid")) {
    source.grid = grid->text();
    source.where = grid->where();
    ++kinds;
  }
  if (const auto technology = view.find("technology")) {
    source.technology = technology->text();
    source.where = technology->where();
    ++kinds;
  }
  if (const auto factor = view.find("factor")) {
    source.factor = read_amount(*factor);
    ++kinds;
  }
  if (kinds != 1) throw view.error("expected one of `grid`, `technology` and `factor`");
  source.direct_green = view.has("direct_green") && view.at("direct_green").boolean();
  source.name = view.has("name") ? view.at("name").text() : source.grid + source.technology;
  return source;
}

Electricity read_electricity(const YamlView& view) {
  view.only_keys(schema_keys("firm/electricity"));
  Electricity electricity;
  electricity.mwh_per_tonne = read_amount(view.at("mwh_per_tonne"));
  const YamlView sources = view.at("sources");
  double sum = 0;
  for (const YamlView& item : sources.items()) {
    electricity.sources.push_back(read_source(item));
    sum += electricity.sources.back().share;
  }
  if (std::abs(sum - 1) > mix_rounding)
    throw sources.error(fmt::format("found shares that add up to {:g}, expected 1", sum));
  return electricity;
}

/// Attributed emissions over activity level, or what was already divided.
double read_direct(const YamlView& view) {
  if (view.has("direct")) {
    if (view.has("attributed")) throw view.key_error("attributed", "expected `direct` or `attributed`, not both");
    return read_amount(view.at("direct"));
  }
  if (!view.has("attributed"))
    throw view.error(
        "expected `direct`, or `attributed` and `activity_level`, or `default_value`, or the word default");
  const YamlView level = view.at("activity_level");
  if (level.number() <= 0) throw level.error(fmt::format("found {}, expected an activity level > 0", level.text()));
  return read_amount(view.at("attributed")) / level.number();
}

void read_emissions(const YamlView& view, Product& product) {
  if (view.is_scalar()) {
    product.by_default = read_word<bool>(view, {{"default", true}});
    return;
  }
  view.only_keys(schema_keys("firm/emissions"));
  if (const auto value = view.find("default_value")) {
    for (const auto& [key, other] : view.entries()) {
      if (key != "default_value" && !other.is_null())
        throw view.key_error(key, fmt::format("expected `default_value` or `{}`, not both", key));
    }
    product.by_default = true;
    product.stated_default = read_amount(*value);
    return;
  }
  product.direct = read_direct(view);
  if (const auto indirect = view.find("indirect")) product.indirect = read_amount(*indirect);
  if (const auto electricity = view.find("electricity")) {
    if (product.indirect) throw view.key_error("indirect", "expected `indirect` or `electricity`, not both");
    product.electricity = read_electricity(*electricity);
  }
}

std::string digits(std::string code) {
  std::erase(code, ' ');
  return code;
}

/// Every country that the rules say something of; none where they have no default values.
std::set<std::string> countries_of(const RuleBook& book) {
  std::set<std::string> countries;
  for (const DefaultValue& row : book.default_values) countries.insert(row.country);
  if (countries.empty()) return countries;
  for (const ExemptOrigin& row : book.exempt_origins) countries.insert(row.country);
  for (const GridFactor& row : book.grid_factors) countries.insert(row.country);
  if (!book.fallback_country.empty()) countries.insert(book.fallback_country);
  return countries;
}

class ProductsReader {
 public:
  ProductsReader(const std::vector<std::pair<std::string, YamlView>>& firms, const RuleBook& book, Diagnostics& faults)
      : firms_(firms), book_(book), countries_(countries_of(book)), faults_(faults), products_(firms.size()) {}

  std::vector<Product> read() {
    for (std::size_t k = 0; k < firms_.size(); ++k) {
      const auto& [name, view] = firms_[k];
      read_product(k, name, view);
    }
    check_no_circles(products_, faults_);
    return std::move(products_);
  }

 private:
  void read_product(std::size_t at, const std::string& name, const YamlView& view) {
    Product product;
    product.name = name;
    product.where = view.where();
    faults_.guard([&] { read_good(view, product); });
    faults_.guard([&] { read_emissions(view.at("emissions"), product); });
    faults_.guard([&] {
      if (const auto benchmark = view.find("benchmark")) product.benchmark = read_amount(*benchmark);
    });
    faults_.guard([&] {
      if (const auto column = view.find("benchmark_column")) {
        product.column = read_word<BenchmarkColumn>(
            *column, {{"actual", BenchmarkColumn::actual}, {"default", BenchmarkColumn::default_value}});
      }
    });
    faults_.guard([&] { read_precursors(view, product); });
    products_[at] = std::move(product);
  }

  /// Later questions to the rules are asked from the CN code.
  void read_good(const YamlView& view, Product& product) {
    const YamlView cn = view.at("cn"), origin = view.at("origin");
    product.cn = digits(cn.text());
    product.origin = origin.text();
    product.where = cn.where();
    if (const auto route = view.find("route")) product.route = route->text();
    scope_of(book_, product.cn, cn.where());
    expect_country(origin);
  }

  /// A misspelt origin would be charged by the default values of all others.
  void expect_country(const YamlView& origin) const {
    if (countries_.empty() || countries_.contains(origin.text())) return;
    const std::vector<std::string> names(countries_.begin(), countries_.end());
    const std::string near = nearest_name(origin.text(), names);
    throw origin.error(
        fmt::format("the rules know no country '{}'{}{}", origin.text(),
                    near.empty() ? "" : fmt::format(", did you mean '{}'?", near),
                    book_.fallback_country.empty()
                        ? ""
                        : fmt::format("; one without default values of its own is '{}'", book_.fallback_country)));
  }

  void read_precursors(const YamlView& view, Product& product) {
    const auto list = view.find("precursors");
    if (!list) return;
    if (product.by_default) {
      throw view.key_error("precursors",
                           "default values count the precursors already; expected actual `emissions`, or "
                           "no `precursors`");
    }
    for (const YamlView& item : list->items())
      faults_.guard([&] { product.precursors.push_back(read_use(item, product.name)); });
  }

  PrecursorUse read_use(const YamlView& view, const std::string& user) {
    view.only_keys(schema_keys("firm/precursor"));
    PrecursorUse use;
    use.where = view.where();
    use.tonnes = read_amount(view.at("tonnes"));
    if (const auto firm = view.find("firm")) {
      if (view.has("cn")) throw view.key_error("cn", "expected `firm` or a good of its own, not both");
      use.product = firm_named(*firm);
      use.where = firm->where();
      return use;
    }
    use.product = products_.size();
    products_.emplace_back();
    const std::string name = view.has("name") ? view.at("name").text() : "CN " + view.at("cn").text();
    read_product(use.product, fmt::format("{} of {}", name, user), view);
    return use;
  }

  std::size_t firm_named(const YamlView& view) const {
    std::vector<std::string> names;
    for (std::size_t k = 0; k < firms_.size(); ++k) {
      if (firms_[k].first == view.text()) return k;
      names.push_back(firms_[k].first);
    }
    throw view.error(
        fmt::format("missing precursor: there is no firm '{}'{}", view.text(), suggestion(view.text(), names)));
  }

  const std::vector<std::pair<std::string, YamlView>>& firms_;
  const RuleBook& book_;
  std::set<std::string> countries_;
  Diagnostics& faults_;
  std::vector<Product> products_;  ///< grows while one of them is read
};

}  // namespace

double read_amount(const YamlView& view) {
  const double value = view.number();
  if (value < 0) throw view.error(fmt::format("found {}, expected a figure that is not negative", view.text()));
  return value;
}

double read_share(const YamlView& view) {
  const double value = view.number();
  if (value < 0 || value > 1) throw view.error(fmt::format("found {}, expected a share from 0 to 1", view.text()));
  return value;
}

ChargedEmissions read_emissions_word(const YamlView& view) {
  return read_word<ChargedEmissions>(
      view, {{"direct", ChargedEmissions::direct}, {"direct+indirect", ChargedEmissions::direct_and_indirect}});
}

std::vector<Product> read_products(const std::vector<std::pair<std::string, YamlView>>& firms, const RuleBook& book,
                                   Diagnostics& faults) {
  return ProductsReader(firms, book, faults).read();
}

}  // namespace levee
