#include "scenarios/dataset_about.hpp"

namespace levee {

nlohmann::ordered_json dataset_about(const Dataset& dataset) {
  using Json = nlohmann::ordered_json;
  Json about;
  for (const Region& region : dataset.regions) about["regions"][region.code] = region.name;
  for (const Sector& sector : dataset.sectors) about["sectors"][sector.code] = sector.name;
  about["assumptions"] = dataset.assumptions;
  about["artefacts"] = dataset.artefacts;
  about["sources"] = Json::array();
  for (const Source& source : dataset.sources)
    about["sources"].push_back({{"title", source.title}, {"licence", source.licence}, {"citation", source.citation}});
  about["stressors"] = Json::array();
  for (const Stressor& stressor : dataset.stressors) {
    about["stressors"].push_back({{"name", stressor.name},
                                  {"unit", stressor.unit},
                                  {"year", stressor.year == 0 ? dataset.year : stressor.year},
                                  {"quality", stressor.quality},
                                  {"source", stressor.source}});
  }
  about["warnings"] = Json::array();
  for (const Diagnostic& warning : dataset.warnings) about["warnings"].push_back(warning.message);
  return about;
}

}  // namespace levee
