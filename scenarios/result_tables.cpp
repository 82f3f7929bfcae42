#include "scenarios/result_tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "scenarios/attribution_tables.hpp"
#include "scenarios/scenario_table.hpp"
#include "scenarios/welfare_tables.hpp"

namespace levee {

namespace {

std::string source_name(const Outcome::Emission& emission, const Dataset& data) {
  switch (emission.kind) {
    case EmissionSource::Kind::fuel:
      return data.sectors[emission.fuel].code;
    case EmissionSource::Kind::process:
      return "process";
    default:
      return "unallocated";
  }
}

/// Emissions by user, account, kind and fuel, in this order; those with the same key added up.
class SortedEmissions {
 public:
  using Key = std::tuple<int, int, int, int>;
  struct Entry {
    Key key;
    const Outcome::Emission* emission;
    double mt;
  };

  explicit SortedEmissions(const std::vector<Outcome::Emission>& emissions) {
    std::vector<Entry> all;
    all.reserve(emissions.size());
    for (const Outcome::Emission& e : emissions)
      all.push_back({{e.user, e.account, static_cast<int>(e.kind), e.fuel}, &e, e.mt});
    const auto before = [](const Entry& a, const Entry& b) { return a.key < b.key; };
    std::stable_sort(all.begin(), all.end(), before);
    for (const Entry& entry : all) {
      if (!entries_.empty() && entries_.back().key == entry.key) {
        entries_.back().mt += entry.mt;
      } else {
        entries_.push_back(entry);
      }
    }
  }

  const std::vector<Entry>& entries() const { return entries_; }
  double mt(const Key& key) const {
    const auto found = std::lower_bound(entries_.begin(), entries_.end(), key,
                                        [](const Entry& entry, const Key& wanted) { return entry.key < wanted; });
    return found != entries_.end() && found->key == key ? found->mt : 0;
  }

 private:
  std::vector<Entry> entries_;
};

TableText emissions_table(const std::vector<Comparison>& pairs) {
  ScenarioTable table("emissions", {"region", "sector", "stressor", "source", "value", "change"});
  for (const Comparison& pair : pairs) {
    const Dataset& data = *pair.data;
    const SortedEmissions now(pair.now->emissions), base(pair.base->emissions);
    for (const SortedEmissions::Entry& entry : now.entries()) {
      const Outcome::Emission& e = *entry.emission;
      const bool household = e.user >= data.node_count();
      const int region = household ? e.user - data.node_count() : e.user / data.sector_count();
      table.add(pair,
                {data.regions[region].code, household ? "households" : data.sectors[e.user % data.sector_count()].code,
                 pair.benchmark->emissions[e.account].stressor, source_name(e, data), entry.mt,
                 entry.mt - base.mt(entry.key)},
                "Mt");
    }
  }
  return table.take();
}

const LeakageChannels* channels_of(const Comparison& pair, std::size_t zone) {
  const auto& channels = pair.result->channels;
  return zone < channels.size() && channels[zone] ? &*channels[zone] : nullptr;
}

/// The counterfactual runs behind the channels; rate over the change inside of the full run.
TableText channel_runs_table(const std::vector<Comparison>& pairs) {
  ScenarioTable table("channel_runs", {"zone", "run", "status", "rate", "inside_change", "outside_change", "price",
                                       "iterations", "residual", "free_fuels"});
  for (const Comparison& pair : pairs) {
    for (std::size_t z = 0; z < pair.scenario->zones.size(); ++z) {
      const LeakageChannels* channels = channels_of(pair, z);
      if (channels == nullptr) continue;
      for (const LeakageChannels::Run& run : channels->runs) {
        const bool solved = run.solution.status == SolveStatus::solved;
        const auto figure = [&](double value) { return solved ? value : missing; };
        table.add(pair,
                  {pair.scenario->zones[z].name, run.name, to_string(run.solution.status), figure(run.rate),
                   figure(run.inside_change), figure(run.outside_change), figure(run.carbon_price),
                   static_cast<double>(run.solution.iterations), run.solution.residual,
                   fmt::format("{}", fmt::join(run.free_fuels, "; "))},
                  fmt::format("share; Mt; {} per t", pair.data->currency));
      }
    }
  }
  return table.take();
}

std::vector<TableText> leakage_tables(const std::vector<Comparison>& pairs) {
  ScenarioTable total("leakage", {"zone", "channel", "value"});
  ScenarioTable by_origin("leakage_by_origin", {"zone", "region", "value", "rate"});
  ScenarioTable by_good("leakage_by_good", {"zone", "sector", "value", "rate"});
  for (const Comparison& pair : pairs) {
    const Dataset& data = *pair.data;
    for (std::size_t z = 0; z < pair.scenario->zones.size(); ++z) {
      const CarbonZone& zone = pair.scenario->zones[z];
      const Leakage leakage = measure_leakage(*pair.benchmark, zone, *pair.now, *pair.base);
      total.add(pair, {zone.name, "total", leakage.rate.value_or(missing)}, "share");
      if (const LeakageChannels* channels = channels_of(pair, z); channels != nullptr && channels->solved()) {
        total.add(pair, {zone.name, "energy", channels->energy}, "share");
        total.add(pair, {zone.name, "competitiveness", channels->competitiveness}, "share");
        total.add(pair, {zone.name, "income", channels->income}, "share");
      }
      total.add(pair, {zone.name, "inside_change", leakage.inside_change}, "Mt");
      total.add(pair, {zone.name, "outside_change", leakage.outside_change}, "Mt");
      total.add(pair, {zone.name, "covered_change", leakage.covered_change}, "Mt");
      total.add(pair, {zone.name, "uncovered_inside", leakage.uncovered_inside}, "Mt");
      const auto rate = [&](double change) { return leakage.rate ? -change / leakage.inside_change : missing; };
      for (int r = 0; r < data.region_count(); ++r) {
        const double change = leakage.by_origin[r];
        by_origin.add(pair, {zone.name, data.regions[r].code, change, rate(change)}, "Mt");
      }
      for (int i = 0; i <= data.sector_count(); ++i) {
        const std::string sector = i < data.sector_count() ? data.sectors[i].code : "households";
        by_good.add(pair, {zone.name, sector, leakage.by_sector[i], rate(leakage.by_sector[i])}, "Mt");
      }
    }
  }
  std::vector<TableText> tables;
  for (ScenarioTable* table : {&total, &by_origin, &by_good}) tables.push_back(table->take());
  return tables;
}

TableText trade_table(const std::vector<Comparison>& pairs) {
  ScenarioTable table("trade", {"good", "origin", "destination", "value", "volume", "change", "change_percent"});
  for (const Comparison& pair : pairs) {
    const Dataset& data = *pair.data;
    for (int i = 0; i < data.sector_count(); ++i) {
      for (int s = 0; s < data.region_count(); ++s) {
        const int origin = data.node(s, i);
        for (int r = 0; r < data.region_count(); ++r) {
          const double volume = pair.now->trade(origin, r), base = pair.base->trade(origin, r);
          if (s == r || (volume == 0 && base == 0)) continue;
          table.add(pair,
                    {data.sectors[i].code, data.regions[s].code, data.regions[r].code, volume * pair.now->price[origin],
                     volume, volume - base, percent(volume, base)},
                    pair.money);
        }
      }
    }
  }
  return table.take();
}

/// Where a good that no longer goes to a zone goes instead: volumes to the zone, to other regions and at home.
TableText diversion_table(const std::vector<Comparison>& pairs) {
  ScenarioTable table("diversion", {"zone", "good", "origin", "market", "value", "change", "change_percent"});
  for (const Comparison& pair : pairs) {
    const Dataset& data = *pair.data;
    for (const CarbonZone& zone : pair.scenario->zones) {
      std::vector<char> member(data.regions.size(), 0);
      for (const int r : zone.regions) member[r] = 1;
      for (int origin = 0; origin < data.node_count(); ++origin) {
        const int s = origin / data.sector_count();
        if (member[s] || pair.base->output[origin] == 0) continue;
        std::array<double, 3> now{}, base{};
        for (int r = 0; r < data.region_count(); ++r) {
          const std::size_t market = member[r] ? 0 : r == s ? 2 : 1;
          now[market] += pair.now->trade(origin, r);
          base[market] += pair.base->trade(origin, r);
        }
        static const std::array<const char*, 3> names = {"zone", "others", "home"};
        for (std::size_t m = 0; m < names.size(); ++m) {
          table.add(pair,
                    {zone.name, data.sectors[origin % data.sector_count()].code, data.regions[s].code, names[m], now[m],
                     now[m] - base[m], percent(now[m], base[m])},
                    pair.money);
        }
      }
    }
  }
  return table.take();
}

TableText output_table(const std::vector<Comparison>& pairs) {
  ScenarioTable table("output", {"region", "sector", "value", "volume", "change", "change_percent"});
  for (const Comparison& pair : pairs) {
    const Dataset& data = *pair.data;
    for (int n = 0; n < data.node_count(); ++n) {
      const double volume = pair.now->output[n], base = pair.base->output[n];
      if (base == 0) continue;
      table.add(pair,
                {data.regions[n / data.sector_count()].code, data.sectors[n % data.sector_count()].code,
                 volume * pair.now->price[n], volume, volume - base, percent(volume, base)},
                pair.money);
    }
  }
  return table.take();
}

TableText prices_table(const std::vector<Comparison>& pairs) {
  ScenarioTable table("prices", {"region", "sector", "kind", "value", "change", "change_percent"});
  for (const Comparison& pair : pairs) {
    const Dataset& data = *pair.data;
    const auto add = [&](int n, const char* kind, const Eigen::VectorXd& now, const Eigen::VectorXd& base) {
      if (base[n] == 0) return;
      table.add(pair,
                {data.regions[n / data.sector_count()].code, data.sectors[n % data.sector_count()].code, kind, now[n],
                 now[n] - base[n], percent(now[n], base[n])},
                "benchmark price = 1");
    };
    for (int n = 0; n < data.node_count(); ++n) {
      add(n, "producer", pair.now->price, pair.base->price);
      add(n, "composite", pair.now->composite_price, pair.base->composite_price);
    }
  }
  return table.take();
}

TableText factors_table(const std::vector<Comparison>& pairs) {
  ScenarioTable table("factors", {"region", "factor", "value", "change", "change_percent"});
  for (const Comparison& pair : pairs) {
    const Dataset& data = *pair.data;
    const auto add = [&](int region, const std::string& factor, double now, double base) {
      if (base != 0)
        table.add(pair, {data.regions[region].code, factor, now, now - base, percent(now, base)},
                  "benchmark price = 1");
    };
    for (int r = 0; r < data.region_count(); ++r) {
      add(r, "labour", pair.now->wage[r], pair.base->wage[r]);
      add(r, "capital", pair.now->rental[r], pair.base->rental[r]);
      for (int i = 0; i < data.sector_count(); ++i) {
        const int n = data.node(r, i);
        add(r, "resource " + data.sectors[i].code, pair.now->resource_price[n], pair.base->resource_price[n]);
      }
    }
  }
  return table.take();
}

TableText carbon_markets_table(const std::vector<Comparison>& pairs) {
  ScenarioTable table("carbon_markets", {"zone", "price", "cap", "emissions", "allowances", "revenue", "net_revenue",
                                         "allowance_sales", "cap_on"});
  for (const Comparison& pair : pairs) {
    const Dataset& data = *pair.data;
    for (std::size_t z = 0; z < pair.scenario->zones.size(); ++z) {
      const CarbonZone& zone = pair.scenario->zones[z];
      double emissions = 0, allowances = 0, revenue = 0, net = 0;
      for (const Outcome::Emission& e : pair.now->emissions) {
        if (is_covered(zone, e, *pair.benchmark)) emissions += e.mt;
      }
      for (const Outcome::Charge& charge : pair.now->charges) {
        if (charge.booked.zone != static_cast<int>(z)) continue;
        if (charge.booked.instrument == Instrument::carbon_price) revenue += charge.revenue;
        if (charge.booked.instrument == Instrument::free_allocation) {
          allowances += charge.booked.intensity * charge.quantity;
          net += charge.revenue;
        }
      }
      const std::optional<EmissionCap>& cap = pair.result->policy.zones[z].cap;
      const char* cap_on = !cap ? "" : cap->world ? "world emissions" : "covered emissions";
      table.add(pair,
                {zone.name, pair.now->carbon_price[z], cap ? cap->mt : missing, emissions, allowances, revenue,
                 revenue + net, pair.now->allowance_sales[z], cap_on},
                fmt::format("price {} per t in the zone's consumer prices; Mt; {}", data.currency, pair.money));
    }
  }
  return table.take();
}

TableText cbam_table(const std::vector<Comparison>& pairs) {
  ScenarioTable table(
      "cbam", {"zone", "instrument", "good", "origin", "destination", "intensity", "rate", "certificates", "revenue"});
  for (const Comparison& pair : pairs) {
    const Dataset& data = *pair.data;
    for (const Outcome::Charge& charge : pair.now->charges) {
      const BookedWedge& booked = charge.booked;
      const bool rebate = booked.instrument == Instrument::export_rebate;
      if (booked.instrument != Instrument::border_charge && !rebate) continue;
      const double value = charge.quantity * charge.market_price;
      table.add(pair,
                {pair.scenario->zones[booked.zone].name, rebate ? "export rebate" : "import charge",
                 data.sectors[booked.origin % data.sector_count()].code,
                 data.regions[booked.origin / data.sector_count()].code, data.regions[booked.region].code,
                 booked.intensity * 1e9 / data.money_unit, value > 0 ? charge.revenue / value : missing,
                 booked.intensity * charge.quantity, charge.revenue},
                fmt::format("kg per {}; share of the price; Mt; {}", data.currency, pair.money));
    }
  }
  return table.take();
}

}  // namespace

TableText benchmark_emissions_head() {
  return {"benchmark_emissions",
          {"region", "sector", "stressor", "total", "fuel", "process", "unallocated", "implied_factor",
           "regional_factor", "ratio", "unit", "reference"},
          {}};
}

TableText benchmark_emissions_table(const Benchmark& benchmark) {
  TableText table = benchmark_emissions_head();
  const Dataset& data = *benchmark.dataset;
  const int nodes = data.node_count();
  for (const EmissionAccount& account : benchmark.emissions) {
    for (int user = 0; user < nodes + data.region_count(); ++user) {
      const bool household = user >= nodes;
      const int region = household ? user - nodes : user / data.sector_count();
      const double implied = account.implied_factor[user], regional = account.regional_factor[region];
      append_csv_row(
          table.rows,
          {data.regions[region].code, household ? "households" : data.sectors[user % data.sector_count()].code,
           account.stressor, account.user_total(user), account.by_fuel.col(user).sum(),
           household ? 0.0 : account.process[user], account.unallocated[user], implied, regional,
           regional > 0 ? implied / regional : missing, "Mt; factors relative to the fuels' weights", "benchmark"});
    }
  }
  return table;
}

Comparison compare(const Study& study, const ScenarioResult& result, const ScenarioResult& reference) {
  const Benchmark& benchmark = *result.model->benchmark;
  return {&study.scenarios[result.scenario],
          &study.scenarios[reference.scenario],
          &result,
          &*result.outcome,
          &*reference.outcome,
          &benchmark,
          benchmark.dataset.get(),
          money_unit(*benchmark.dataset)};
}

std::vector<TableText> scenario_tables(const std::vector<Comparison>& pairs) {
  std::vector<TableText> tables;
  tables.push_back(emissions_table(pairs));
  for (TableText& table : leakage_tables(pairs)) tables.push_back(std::move(table));
  tables.push_back(channel_runs_table(pairs));
  tables.push_back(leakage_by_route_table(pairs));
  tables.push_back(decomposition_table(pairs));
  tables.push_back(trade_table(pairs));
  tables.push_back(diversion_table(pairs));
  tables.push_back(output_table(pairs));
  tables.push_back(prices_table(pairs));
  tables.push_back(factors_table(pairs));
  tables.push_back(welfare_table(pairs));
  tables.push_back(macro_table(pairs));
  tables.push_back(incidence_table(pairs));
  tables.push_back(pass_through_table(pairs));
  tables.push_back(carbon_markets_table(pairs));
  tables.push_back(cbam_table(pairs));
  return tables;
}

}  // namespace levee
