#include "report/comparison_effort.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "report/comparison_figures.hpp"

namespace levee {

namespace {

bool equal(double a, double b) { return a == b || std::abs(a - b) <= same_effort * std::max(std::abs(a), std::abs(b)); }

/// What groups look at in a scenario, by zone.
struct Effort {
  std::map<std::string, std::string> held;  ///< zones with a policy, and what it holds
  std::map<std::string, double> price, capped, covered_reference;
  double world = 0;

  double value(const std::string& zone, const std::string& what) const {
    if (what == "world") return world;
    return what == "cap" ? capped.at(zone) : price.at(zone);
  }
};

double figure(const std::vector<ComparedFigure>& figures, std::size_t scenario, const std::string& indicator,
              const std::string& zone, const std::string& region) {
  const std::size_t wanted = indicator_named(indicator);
  for (const ComparedFigure& entry : figures)
    if (entry.scenario == scenario && entry.indicator == wanted && entry.zone == zone && entry.region == region)
      return entry.value;
  return std::numeric_limits<double>::quiet_NaN();
}

Effort effort_of(std::size_t index, const ComparedScenario& scenario, const std::vector<ComparedFigure>& figures,
                 const RunDocument& document, const std::string& local) {
  Effort effort;
  effort.world = figure(figures, index, "emissions", "", "world");
  for (const HeldQuantity& quantity : scenario.holds) {
    const std::string& zone = quantity.zone;
    effort.held[zone] = quantity.what;
    effort.price[zone] = figure(figures, index, "carbon_price", zone, "");
    const double covered = figure(figures, index, "covered_emissions", zone, "");
    effort.capped[zone] = quantity.what == "cap" ? quantity.value : covered;
    effort.covered_reference[zone] =
        covered - table_figure(document, "leakage",
                               {{"scenario", local}, {"zone", zone}, {"channel", "covered_change"}}, "value");
  }
  return effort;
}

/// Whether `other` makes the same effort as `leader`, by what the leader holds.
bool same_effort_as(const Effort& leader, const Effort& other) {
  if (leader.held.size() != other.held.size()) return false;
  return std::all_of(leader.held.begin(), leader.held.end(), [&](const auto& entry) {
    const auto& [zone, what] = entry;
    if (!other.held.contains(zone)) return false;
    if (!equal(leader.value(zone, what), other.value(zone, what))) return false;
    return what == "world" || equal(leader.covered_reference.at(zone), other.covered_reference.at(zone));
  });
}

std::string words(const HeldQuantity& quantity) {
  const char* what = quantity.what == "cap"     ? "covered emissions"
                     : quantity.what == "world" ? "world emissions"
                                                : "price";
  return fmt::format("{}: {} {:.6g} {}", quantity.zone, what, quantity.value, quantity.unit);
}

/// Names of groups that only differ in what they cover or are measured against say that as well.
void make_names_unique(std::vector<EffortGroup>& groups, const std::vector<ComparedScenario>& scenarios) {
  std::map<std::string, std::set<std::string>> references;
  for (const EffortGroup& group : groups) references[group.name].insert(scenarios[group.members.front()].reference);
  std::map<std::string, int> count;
  for (EffortGroup& group : groups) {
    if (references[group.name].size() > 1)
      group.name += fmt::format(", against {}", scenarios[group.members.front()].reference);
    if (const int number = ++count[group.name]; number > 1) group.name += fmt::format(" (#{})", number);
  }
}

bool better(double a, double b, Indicator::Best best) { return best == Indicator::Best::lowest ? a < b : a > b; }

std::vector<Ranking::Place> ranked(std::vector<Ranking::Place> places, Indicator::Best best) {
  std::stable_sort(places.begin(), places.end(),
                   [&](const auto& a, const auto& b) { return better(a.value, b.value, best); });
  std::size_t first = 0;  // of those that share a rank
  for (std::size_t k = 0; k < places.size(); ++k) {
    if (!equal(places[k].value, places[first].value)) first = k;
    places[k].rank = static_cast<int>(first) + 1;
  }
  return places;
}

}  // namespace

std::vector<EffortGroup> effort_groups(const std::vector<ComparedScenario>& scenarios,
                                       const std::vector<ComparedFigure>& figures, const std::vector<NamedRun>& runs,
                                       const std::vector<ChosenScenario>& chosen) {
  std::vector<Effort> efforts;
  for (std::size_t k = 0; k < scenarios.size(); ++k)
    efforts.push_back(effort_of(k, scenarios[k], figures, runs[chosen[k].run].document, chosen[k].local));
  std::vector<EffortGroup> groups;
  std::vector<std::size_t> leaders;
  for (std::size_t k = 0; k < scenarios.size(); ++k) {
    const ComparedScenario& leader = scenarios[k];
    if (!leader.solved() || leader.holds.empty()) continue;
    const bool known = std::any_of(leaders.begin(), leaders.end(), [&](std::size_t other) {
      return scenarios[other].world == leader.world && efforts[other].held == efforts[k].held &&
             same_effort_as(efforts[other], efforts[k]);
    });
    if (known) continue;
    EffortGroup group;
    group.holds = leader.holds;
    for (const HeldQuantity& quantity : leader.holds) {
      group.name += (group.name.empty() ? "" : "; ") + words(quantity);
      group.same_world_emissions = group.same_world_emissions || quantity.what == "world";
    }
    for (std::size_t other = 0; other < scenarios.size(); ++other) {
      if (scenarios[other].solved() && scenarios[other].world == leader.world &&
          same_effort_as(efforts[k], efforts[other]))
        group.members.push_back(other);
    }
    if (group.members.size() < 2) continue;
    leaders.push_back(k);
    groups.push_back(std::move(group));
  }
  make_names_unique(groups, scenarios);
  return groups;
}

std::vector<Ranking> rank_groups(const std::vector<EffortGroup>& groups, const std::vector<ComparedFigure>& figures) {
  std::vector<Ranking> rankings;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    std::map<std::pair<std::size_t, std::string>, Ranking> found;  // by indicator and zone, in the order of indicators
    for (const ComparedFigure& entry : figures) {
      const Indicator& indicator = indicators()[entry.indicator];
      const std::vector<std::size_t>& members = groups[g].members;
      if (indicator.best == Indicator::Best::none || std::isnan(entry.value)) continue;
      if (std::find(members.begin(), members.end(), entry.scenario) == members.end()) continue;
      const bool held = std::any_of(groups[g].holds.begin(), groups[g].holds.end(),
                                    [&](const HeldQuantity& quantity) { return quantity.zone == entry.zone; });
      if (indicator.by_zone ? !held : entry.region != "world" || !groups[g].same_world_emissions) continue;
      Ranking& ranking = found[{entry.indicator, entry.zone}];
      ranking.group = g;
      ranking.indicator = entry.indicator;
      ranking.zone = entry.zone;
      ranking.region = entry.region;
      ranking.places.push_back({0, entry.scenario, entry.value});
    }
    for (auto& [key, ranking] : found) {
      ranking.places = ranked(std::move(ranking.places), indicators()[ranking.indicator].best);
      rankings.push_back(std::move(ranking));
    }
  }
  return rankings;
}

}  // namespace levee
