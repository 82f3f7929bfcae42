// levee check for studies and datasets: read with every check, calibrated, and described.
#include <fmt/format.h>

#include <memory>

#include "app/file_kind.hpp"
#include "calibration/benchmark.hpp"
#include "data/dataset_reader.hpp"
#include "scenarios/study.hpp"

namespace levee {

namespace {

std::string describe(const std::shared_ptr<const Dataset>& data) {
  std::string text =
      fmt::format("dataset '{}', {}: {} regions x {} sectors, {} stressors, {}\n", data->name, data->year,
                  data->region_count(), data->sector_count(), data->stressors.size(), money_unit(*data));
  text += fmt::format("output {:.6g}, emissions of industry and households:", data->table.x.sum());
  for (const Stressor& stressor : data->stressors) {
    text += fmt::format(" {} {:.6g} Mt", stressor.name,
                        (stressor.industry.sum() + stressor.household.sum()) * stressor.mt_per_unit);
  }
  text += fmt::format("\nbalance: rows off by {:.2g}, columns by {:.2g} of output at most\n", data->balance.rows,
                      data->balance.columns);
  for (const Diagnostic& warning : data->warnings)
    text += fmt::format("note: {}:{}: {}\n", warning.where.file, warning.where.line, warning.message);
  text += "what calibration does:\n";
  for (const Treatment& treatment : make_benchmark(data).treatments) {
    text += fmt::format("  {}: {:.6g} {}\n", treatment.name, treatment.value, treatment.unit);
  }
  return text;
}

}  // namespace

std::string check_dataset(const YamlView& document) {
  return describe(std::make_shared<const Dataset>(read_dataset(document.where().file)));
}

std::string check_study(const YamlView& document) {
  const Study study = read_study(document.where().file);
  std::string text = fmt::format("study '{}', reference '{}'\n", study.name, study.reference);
  for (const CarbonZone& zone : study.zones) {
    text += fmt::format("zone {}: {} regions\n", zone.name, zone.regions.size());
  }
  for (const Scenario& scenario : study.scenarios) text += fmt::format("scenario {}\n", scenario.name);
  return text + describe(study.dataset);
}

}  // namespace levee
