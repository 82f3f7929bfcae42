#include "rules/product.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace levee {

namespace {

/// Walks down from a product; `path` is how it got there, `done` what leads into no circle any more.
void walk(const std::vector<Product>& products, std::size_t at, std::vector<std::size_t>& path, std::vector<char>& done,
          Diagnostics& faults) {
  if (done[at]) return;
  path.push_back(at);
  for (const PrecursorUse& use : products[at].precursors) {
    const auto met = std::find(path.begin(), path.end(), use.product);
    if (met == path.end()) {
      walk(products, use.product, path, done, faults);
      continue;
    }
    std::vector<std::string> names;
    for (auto one = met; one != path.end(); ++one) names.push_back(products[*one].name);
    names.push_back(products[use.product].name);
    faults.add(use.where, fmt::format("goods are made of each other: {}", fmt::join(names, " of ")));
  }
  path.pop_back();
  done[at] = 1;
}

}  // namespace

BenchmarkColumn column_of(const Product& product) {
  return product.column.value_or(product.by_default ? BenchmarkColumn::default_value : BenchmarkColumn::actual);
}

void check_no_circles(const std::vector<Product>& products, Diagnostics& faults) {
  std::vector<char> done(products.size(), 0);
  std::vector<std::size_t> path;
  for (std::size_t at = 0; at < products.size(); ++at) walk(products, at, path, done, faults);
}

}  // namespace levee
