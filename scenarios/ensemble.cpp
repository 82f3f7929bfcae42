#include "scenarios/ensemble.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "data/random_stream.hpp"
#include "data/schema.hpp"

namespace levee {
namespace {

constexpr int most_members = 100000;
constexpr int usual_seed = 1;

/// The figure of a member in (0, 1): a stream of its own for each, so that how many members there are, and which of
/// them are run, changes none.
double probability(std::uint64_t seed, const std::string& key, int member) {
  return std::max(RandomStream(seed, fmt::format("{} {}", key, member)).uniform(), 0x1p-54);
}

int whole_number(const YamlView& view, int least, int most) {
  const int value = view.integer();
  if (value < least || value > most)
    throw view.error(fmt::format("found {}, expected a whole number from {} to {}", value, least, most));
  return value;
}

}  // namespace

Draw Draw::read(const YamlView& block, const std::string& key, const YamlView& view) {
  view.only_keys(schema_keys("study/draw"));
  const auto entries = view.entries();
  if (entries.size() != 1) throw view.error("expected one distribution, such as uniform: [0, 1]");
  const auto& [word, figures] = entries.front();
  if (word == "choice") return {SweepAxis::read(block, key, figures), std::nullopt, figures.where()};
  if (key.find('.') == std::string::npos) {
    throw block.key_error(
        key,
        fmt::format("expected a path to draw for, such as carbon_price.ZONE, or a choice of variants under the free "
                    "name '{}'",
                    key));
  }
  const auto named = std::ranges::find(distribution_words(), word, &std::pair<std::string, Distribution::Kind>::first);
  return {SweepAxis::read_path(block, key), Distribution::read(named->second, figures), figures.where()};
}

std::string Draw::label(std::uint64_t seed, int member) const {
  const double drawn = probability(seed, axis_.key(), member);
  if (distribution_) return distribution_->quantile(drawn);
  const auto& choices = axis_.members();
  return choices[static_cast<std::size_t>(drawn * static_cast<double>(choices.size()))].label;
}

YamlView Draw::change(const YamlView& measures, const std::string& label) const {
  if (distribution_) return axis_.change(measures, label, where_);
  return axis_.change(measures, *std::ranges::find(axis_.members(), label, &SweepAxis::Member::label));
}

std::vector<std::string> Draw::extremes() const {
  if (distribution_) return distribution_->extremes();
  std::vector<std::string> labels;
  for (const SweepAxis::Member& choice : axis_.members()) labels.push_back(choice.label);
  return labels;
}

Ensemble Ensemble::read(const YamlView& view) {
  view.only_keys(schema_keys("study/ensemble"));
  Ensemble ensemble;
  Diagnostics faults;
  faults.guard([&] { ensemble.members = whole_number(view.at("members"), 1, most_members); });
  faults.guard([&] {
    const auto given = view.find("seed");
    ensemble.seed = static_cast<std::uint64_t>(given ? whole_number(*given, 0, 2147483647) : usual_seed);
  });
  faults.guard([&] {
    const YamlView draw = view.at("draw");
    for (const auto& [key, given] : draw.entries()) {
      faults.guard(
          [&, &name = key, &distribution = given] { ensemble.draws.push_back(Draw::read(draw, name, distribution)); });
    }
    if (draw.entries().empty()) throw draw.error("found nothing to draw, expected at least one key");
  });
  faults.throw_if_any();
  return ensemble;
}

std::string Ensemble::member_name(int member) { return fmt::format("{:04}", member); }

}  // namespace levee
