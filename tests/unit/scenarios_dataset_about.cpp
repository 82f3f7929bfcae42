// What reports say of a dataset in words.
#include <gtest/gtest.h>

#include "scenarios/dataset_about.hpp"

namespace levee {
namespace {

TEST(DatasetAbout, TellsTheQualityOfEveryStressor) {
  Dataset dataset;
  dataset.year = 2011;
  dataset.stressors.resize(2);
  dataset.stressors[0].name = "CO2";
  dataset.stressors[0].unit = "kt";
  dataset.stressors[1].name = "CF4";
  dataset.stressors[1].unit = "t";
  dataset.stressors[1].year = 2008;
  dataset.stressors[1].quality = "country data";
  dataset.stressors[1].source = "EDGAR v4.2";
  using Json = nlohmann::ordered_json;
  const Json expected = Json::parse(R"([
      {"name": "CO2", "unit": "kt", "year": 2011, "quality": "", "source": ""},
      {"name": "CF4", "unit": "t", "year": 2008, "quality": "country data", "source": "EDGAR v4.2"}])");
  EXPECT_EQ(dataset_about(dataset).at("stressors"), expected);
}

}  // namespace
}  // namespace levee
