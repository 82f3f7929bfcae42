#include "data/distribution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/triangular.hpp>
#include <cmath>
#include <cstddef>
#include <cstdlib>

namespace levee {
namespace {

std::string figures_expected(Distribution::Kind kind) {
  if (kind == Distribution::Kind::triangular) return "[low, mode, high]";
  return kind == Distribution::Kind::log_normal ? "[median, sigma]" : "[low, high]";
}

void positive(const YamlView& figure) {
  if (figure.number() <= 0) throw figure.error(fmt::format("found {}, expected more than 0", figure.text()));
}

/// That none lies below the one before, and the last above the first.
void check_order(const std::vector<YamlView>& figures) {
  for (std::size_t k = 1; k < figures.size(); ++k) {
    if (figures[k].number() >= figures[k - 1].number()) continue;
    throw figures[k].error(
        fmt::format("found {} after {}, expected the figures in order", figures[k].text(), figures[k - 1].text()));
  }
  if (figures.back().number() == figures.front().number())
    throw figures.back().error(fmt::format("found {} twice, expected a range", figures.back().text()));
}

}  // namespace

const std::vector<std::pair<std::string, Distribution::Kind>>& distribution_words() {
  static const std::vector<std::pair<std::string, Distribution::Kind>> words{
      {"uniform", Distribution::Kind::uniform},
      {"log_uniform", Distribution::Kind::log_uniform},
      {"triangular", Distribution::Kind::triangular},
      {"log_normal", Distribution::Kind::log_normal}};
  return words;
}

Distribution Distribution::read(Kind kind, const YamlView& figures) {
  const std::size_t expected = kind == Kind::triangular ? 3 : 2;
  const std::vector<YamlView> items = figures.items();
  if (items.size() != expected) {
    throw figures.error(fmt::format("found {} figures, expected {}", items.size(), figures_expected(kind)));
  }
  std::vector<double> values;
  Diagnostics faults;
  for (const YamlView& item : items) faults.guard([&] { values.push_back(item.number()); });
  faults.throw_if_any();
  if (kind == Kind::log_normal) {
    for (const YamlView& item : items) faults.guard([&] { positive(item); });
  } else {
    faults.guard([&] { check_order(items); });
    if (kind == Kind::log_uniform) faults.guard([&] { positive(items.front()); });
  }
  faults.throw_if_any();
  return {kind, std::move(values)};
}

double Distribution::value(double probability) const {
  const double first = figures_.front(), last = figures_.back();
  switch (kind_) {
    case Kind::uniform:
      return first + (last - first) * probability;
    case Kind::log_uniform:
      return first * std::exp(std::log(last / first) * probability);
    case Kind::triangular:
      return boost::math::quantile(boost::math::triangular(first, figures_[1], last), probability);
    case Kind::log_normal:
      return boost::math::quantile(boost::math::lognormal(std::log(first), last), probability);
  }
  return first;
}

std::string Distribution::quantile(double probability) const {
  std::string text = fmt::format("{:.6g}", value(probability));
  if (!bounded()) return text;
  const double rounded = std::strtod(text.c_str(), nullptr);
  const double within = std::clamp(rounded, figures_.front(), figures_.back());
  return within == rounded ? text : fmt::format("{}", within);
}

std::vector<std::string> Distribution::extremes() const {
  if (!bounded()) return {quantile(0.5)};
  return {fmt::format("{}", figures_.front()), fmt::format("{}", figures_.back())};
}

}  // namespace levee
