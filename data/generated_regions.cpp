#include "data/generated_regions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <string>

#include "data/random_stream.hpp"

namespace levee {
namespace {

constexpr double population_spread = 1.4;  // of the logarithm
constexpr double income_spread = 1.0;
constexpr double saving_spread = 0.03;  // of foreign saving over gdp
constexpr int regions_per_union = 4;
// Up to so many regions, the richest is made a tenth to a fifth of the world: draws seldom leave one of that size.
constexpr int few_regions = 12;
// Shares of the regions, richest first, that are high, upper middle and lower middle income.
constexpr double down_to_high = 0.3, down_to_upper_middle = 0.55, down_to_lower_middle = 0.85;

/// Points spread evenly over a sphere, as unit vectors.
Eigen::Matrix3Xd random_places(int count, RandomStream& random) {
  Eigen::Matrix3Xd places(3, count);
  for (int r = 0; r < count; ++r) {
    const double height = random.uniform(-1, 1), angle = random.uniform(0, 2 * std::numbers::pi);
    const double radius = std::sqrt(1 - height * height);
    places.col(r) << radius * std::cos(angle), radius * std::sin(angle), height;
  }
  return places;
}

/// Great-circle distances over their mean, none below a twentieth of it.
Eigen::MatrixXd distances(const Eigen::Matrix3Xd& places) {
  const Eigen::Index count = places.cols();
  Eigen::MatrixXd result = Eigen::MatrixXd::Zero(count, count);
  for (Eigen::Index s = 0; s < count; ++s) {
    for (Eigen::Index r = 0; r < count; ++r) {
      if (s != r) result(s, r) = std::acos(std::clamp(places.col(s).dot(places.col(r)), -1.0, 1.0));
    }
  }
  const double mean = count > 1 ? result.sum() / static_cast<double>(count * (count - 1)) : 1;
  for (Eigen::Index s = 0; s < count; ++s) {
    for (Eigen::Index r = 0; r < count; ++r) {
      if (s != r) result(s, r) = std::max(result(s, r) / mean, 0.05);
    }
  }
  return result;
}

std::vector<int> richest_first(const Eigen::VectorXd& income) {
  std::vector<int> order(static_cast<std::size_t>(income.size()));
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, [&](int p, int q) { return income[p] > income[q]; });
  return order;
}

void name_regions(GeneratedRegions& world) {
  const int count = static_cast<int>(world.gdp.size());
  const int width = static_cast<int>(std::to_string(count).size());
  world.regions.resize(static_cast<std::size_t>(count));
  const std::vector<int> order = richest_first(world.income);
  for (int place = 0; place < count; ++place) {
    const int r = order[static_cast<std::size_t>(place)];
    const double rank = static_cast<double>(place) / count;
    const char* group = rank < down_to_high           ? "high"
                        : rank < down_to_upper_middle ? "upper middle"
                        : rank < down_to_lower_middle ? "lower middle"
                                                      : "low";
    world.regions[static_cast<std::size_t>(r)] = {fmt::format("R{:0{}}", r + 1, width), fmt::format("Region {}", r + 1),
                                                  group};
  }
}

/// Each region joins the nearest of a few centres.
std::vector<int> customs_unions(const Eigen::MatrixXd& distance) {
  const int count = static_cast<int>(distance.rows()), centres = std::max(2, count / regions_per_union);
  std::vector<int> result;
  for (int r = 0; r < count; ++r) {
    int nearest = 0;
    for (int centre = 1; centre < centres; ++centre) {
      if (distance(centre, r) < distance(nearest, r)) nearest = centre;
    }
    result.push_back(nearest);
  }
  return result;
}

}  // namespace

GeneratedRegions generated_regions(int count, double world_gdp, std::uint64_t seed) {
  GeneratedRegions world;
  world.gdp.resize(count);
  world.income.resize(count);
  world.spending.resize(count);
  RandomStream sizes(seed, "sizes"), places(seed, "places");
  for (int r = 0; r < count; ++r) {
    world.income[r] = sizes.factor(income_spread);
    world.gdp[r] = world.income[r] * sizes.factor(population_spread);
    world.spending[r] = world.gdp[r] * (1 + saving_spread * sizes.normal());
  }
  if (count <= few_regions) {
    const int richest = richest_first(world.income).front();
    const double share = sizes.uniform(0.11, 0.19), others = world.gdp.sum() - world.gdp[richest];
    const double size = others * share / (1 - share) / world.gdp[richest];
    world.gdp[richest] *= size;
    world.spending[richest] *= size;
  }
  world.gdp *= world_gdp / world.gdp.sum();
  world.spending *= world_gdp / world.spending.sum();
  world.distance = distances(random_places(count, places));
  world.customs_union = customs_unions(world.distance);
  name_regions(world);
  return world;
}

std::vector<int> generated_zone(const GeneratedRegions& regions, const Eigen::VectorXd& output) {
  constexpr double least = 0.10, aim = 0.15, most = 0.20;
  const double world = output.sum();
  std::vector<int> zone;
  double share = 0;
  for (const int r : richest_first(regions.income)) {
    if (regions.regions[static_cast<std::size_t>(r)].income_group != "high" || share >= least) break;
    if (share + output[r] / world > most) continue;
    zone.push_back(r);
    share += output[r] / world;
  }
  if (share < least) {  // one region whose size is nearest, if that is nearer
    int best = 0;
    auto miss = [&](double value) { return std::abs(std::log(std::max(value, 1e-9) / aim)); };
    for (int r = 1; r < output.size(); ++r) {
      if (miss(output[r] / world) < miss(output[best] / world)) best = r;
    }
    if (miss(output[best] / world) < miss(share)) zone = {best};
  }
  std::ranges::sort(zone);
  return zone;
}

}  // namespace levee
