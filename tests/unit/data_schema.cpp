#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "data/schema.hpp"

namespace levee {
namespace {

using testing::ElementsAre;

TEST(Schema, EveryKindIsEmbeddedAsItIsShipped) {
  std::vector<std::string> kinds;
  for (const Schema& schema : schemas()) {
    kinds.emplace_back(schema.kind);
    const std::filesystem::path path =
        std::filesystem::path(LEVEE_SOURCE_DIR) / "data/schema" / (kinds.back() + ".json");
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    EXPECT_EQ(schema.text, text.str()) << path;
  }
  EXPECT_THAT(kinds, ElementsAre("aggregation", "balance", "dataset", "economy", "firm", "import", "plant", "rules",
                                 "split", "study"));
}

TEST(Schema, KeysKeepTheOrderOfTheSchema) {
  EXPECT_THAT(schema_keys("study/free_allocation"), ElementsAre("method", "goods", "share"));
  EXPECT_THAT(schema_keys("dataset/override"), ElementsAre("region", "sector", "parameter", "value"));
  EXPECT_THAT(schema_keys("economy/output_nest"), ElementsAre("cet", "of"));
}

TEST(Schema, DocumentsAndDefinitionsAreApart) {
  EXPECT_THAT(schema_keys("study"), testing::Contains("sweep"));
  EXPECT_THAT(schema_keys("study"), testing::Not(testing::Contains("carbon_price")));
  EXPECT_THAT(schema_keys("study/scenario"), testing::Contains("carbon_price"));
}

TEST(Schema, AMapThatNoSchemaDescribesIsAFaultOfTheProgram) {
  EXPECT_THROW(schema_keys("study/nothing"), std::logic_error);
  EXPECT_THROW(schema_keys("scalar"), std::logic_error);
}

}  // namespace
}  // namespace levee
