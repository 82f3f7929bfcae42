#include "rules/drawn_factor.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <vector>

#include "data/schema.hpp"

namespace levee {

namespace {

std::vector<double> figures(const YamlView& view, std::size_t wanted, const char* form) {
  std::vector<double> values;
  if (view.is_sequence()) {
    for (const YamlView& item : view.items()) values.push_back(item.number());
  }
  if (values.size() != wanted) throw view.error(fmt::format("expected {}", form));
  for (const double value : values) {
    if (value < 0) throw view.error(fmt::format("found {:g}, expected factors that are not negative", value));
  }
  return values;
}

void expect_order(const YamlView& view, double low, double high) {
  if (low > high) throw view.error(fmt::format("found {:g} before {:g}, expected bounds in order", low, high));
}

}  // namespace

double DrawnFactor::draw(RandomStream& stream) const {
  if (kind == Kind::uniform) return stream.uniform(first, second);
  if (kind == Kind::log_normal) return first * stream.factor(second);
  const double share = stream.uniform(), width = third - first;
  const double rising = second - first, falling = third - second;
  if (share * width < rising) return first + std::sqrt(share * width * rising);
  return third - std::sqrt((1 - share) * width * falling);
}

DrawnFactor read_drawn_factor(const YamlView& view) {
  view.only_keys(schema_keys("firm/draw"));
  if (view.entries().size() != 1) throw view.error("expected one of uniform, triangular, log_normal");
  const auto [name, value] = view.entries().front();
  if (name == "uniform") {
    const auto of = figures(value, 2, "[low, high]");
    expect_order(value, of[0], of[1]);
    return {DrawnFactor::Kind::uniform, of[0], of[1], 0};
  }
  if (name == "triangular") {
    const auto of = figures(value, 3, "[low, mode, high]");
    expect_order(value, of[0], of[1]);
    expect_order(value, of[1], of[2]);
    return {DrawnFactor::Kind::triangular, of[0], of[1], of[2]};
  }
  const auto of = figures(value, 2, "[median, sigma]");
  return {DrawnFactor::Kind::log_normal, of[0], of[1], 0};
}

}  // namespace levee
