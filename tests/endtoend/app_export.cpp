// `levee export`: datasets and results as header arrays, cell by cell what they hold.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "data/dataset_reader.hpp"
#include "data/final_demand_words.hpp"
#include "data/import/har_file.hpp"
#include "tests/endtoend/app_csv_table.hpp"
#include "tests/endtoend/app_program.hpp"

namespace levee::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// An array of a file, found by the names of its elements.
class NamedArray {
 public:
  NamedArray(const HarFile& file, const std::string& name) : header_(file.find(name)) {
    if (header_ == nullptr) throw std::runtime_error("no header " + name);
  }
  double at(const std::vector<std::string>& elements) const {
    std::size_t place = 0, stride = 1;
    for (std::size_t k = 0; k < elements.size(); ++k) {
      const std::vector<std::string>& labels = header_->dimensions.at(k).labels;
      const auto found = std::ranges::find(labels, elements[k]);
      if (found == labels.end()) throw std::runtime_error("no element " + elements[k] + " in " + header_->name);
      place += stride * static_cast<std::size_t>(found - labels.begin());
      stride *= labels.size();
    }
    return header_->reals.at(place);
  }
  std::vector<std::string> sets() const {
    std::vector<std::string> names;
    for (const HarDimension& dimension : header_->dimensions) names.push_back(dimension.set);
    return names;
  }
  std::size_t count() const { return header_->reals.size(); }
  std::size_t nonzero() const {
    return header_->reals.size() - static_cast<std::size_t>(std::ranges::count(header_->reals, 0.0));
  }

 private:
  const HarHeader* header_;
};

double single(double value) { return static_cast<double>(static_cast<float>(value)); }

/// A name as the format holds it, where cutting leaves no two the same.
std::string element(std::string name) {
  std::ranges::replace(name, ' ', '_');
  return name.substr(0, 12);
}

std::string info_of(const HarFile& file) {
  std::string text;
  for (const std::string& line : file.headers.front().lines)
    text += line.starts_with("  ") ? line.substr(1) : "\n" + line;
  return text;
}

TEST(Export, ADatasetCellByCell) {
  const Workspace folder;
  const Ran ran = folder.levee({"export", "har", "data/dataset.yaml", "--out", "world.har"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out, "world.har\n");
  const HarFile file = read_har(folder.path("world.har"));
  const Dataset data = read_dataset(folder.path("data/dataset.yaml").string());
  const NamedArray deliveries(file, "Z"), demand(file, "Y"), added(file, "VA"), output(file, "X"),
      emissions(file, "EIND"), process(file, "EPRO"), homes(file, "EHOU"), tariffs(file, "TARF"), labour(file, "LABS"),
      supply(file, "FSUP");
  EXPECT_THAT(deliveries.sets(), ElementsAre("SECT", "SECT", "REG", "REG"));
  EXPECT_THAT(demand.sets(), ElementsAre("SECT", "FD", "REG", "REG"));
  EXPECT_THAT(emissions.sets(), ElementsAre("STRS", "SECT", "REG"));
  for (int a = 0; a < data.node_count(); ++a) {
    const std::string region = data.regions[static_cast<std::size_t>(a / data.sector_count())].code;
    const std::string sector = data.sectors[static_cast<std::size_t>(a % data.sector_count())].code;
    for (int b = 0; b < data.node_count(); b += 7) {
      const std::string to = data.regions[static_cast<std::size_t>(b / data.sector_count())].code;
      const std::string user = data.sectors[static_cast<std::size_t>(b % data.sector_count())].code;
      ASSERT_EQ(deliveries.at({sector, user, region, to}), single(data.table.Z(a, b))) << a << " to " << b;
    }
    for (int r = 0; r < data.region_count(); ++r) {
      const std::string to = data.regions[static_cast<std::size_t>(r)].code;
      ASSERT_EQ(tariffs.at({sector, region, to}), single(data.tariff(a, r)));
      for (int k = 0; k < final_demand_count; ++k)
        ASSERT_EQ(demand.at({sector, final_demand_words[static_cast<std::size_t>(k)], region, to}),
                  single(data.table.Y(a, r * final_demand_count + k)));
    }
    ASSERT_EQ(added.at({sector, region}), single(data.table.value_added(a)));
    ASSERT_EQ(output.at({sector, region}), single(data.table.x(a)));
    ASSERT_EQ(labour.at({sector, region}), single(data.parameters.labour_share(a)));
    const double elasticity = data.parameters.supply_elasticity(a);
    ASSERT_EQ(supply.at({sector, region}), std::isnan(elasticity) ? 0 : single(elasticity));
    for (const Stressor& stressor : data.stressors) {
      ASSERT_EQ(emissions.at({stressor.name, sector, region}), single(stressor.industry(a)));
      ASSERT_EQ(process.at({stressor.name, sector, region}), single(stressor.process(a)));
    }
  }
  for (int r = 0; r < data.region_count(); ++r)
    EXPECT_EQ(homes.at({"CO2", data.regions[static_cast<std::size_t>(r)].code}),
              single(data.stressors.front().household(r)));
  int number = 0;
  for (const auto& [name, values] : data.parameters.elasticities.by_node) {
    const std::string header = fmt::format("EL{:02}", ++number);
    EXPECT_EQ(file.find(header)->description, "elasticity " + name + " (1)");
    EXPECT_EQ(NamedArray(file, header).at({"STEEL", "EUR"}),
              single(values(data.node(data.region_index("EUR"), data.sector_index("STEEL")))));
  }
}

TEST(Export, AFileSaysWhatItHolds) {
  const Workspace folder;
  ASSERT_EQ(folder.levee({"export", "har", "data/dataset.yaml", "--out", "world.har", "--quiet"}).status, 0);
  const HarFile file = read_har(folder.path("world.har"));
  const Dataset data = read_dataset(folder.path("data/dataset.yaml").string());
  const std::string info = info_of(file);
  EXPECT_THAT(info, AllOf(HasSubstr("Dataset cbam-2011 of 2011, written by levee " LEVEE_VERSION),
                          HasSubstr("Source: " + data.sources.front().title), HasSubstr("Unit: million USD"),
                          HasSubstr("TARF TARIFF(SECT, REG, REG): tariffs by good, origin")));
  for (const HarHeader& header : file.headers) {
    EXPECT_LE(header.name.size(), 4);
    if (header.kind == HarKind::text) continue;
    EXPECT_THAT(info, HasSubstr("\n" + header.name + " " + header.coefficient + "("));
  }
  EXPECT_THAT(file.find("REGN")->lines, ::testing::Contains("CHN: China"));
  EXPECT_THAT(file.find("STRU")->lines, ::testing::SizeIs(data.stressors.size()));
  EXPECT_THAT(file.find("STRU")->lines, ::testing::IsSupersetOf({"CO2: kt", "CF4: t", "population: million persons"}));
}

class ExportRun : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::filesystem::path source = std::filesystem::path(LEVEE_SOURCE_DIR) / "docs/examples/tiny";
    std::filesystem::copy(source, folder_.path("tiny"));
    ASSERT_EQ(folder_.levee({"run", "tiny/study.yaml", "--out", "run"}).status, 0);
    const Ran ran = folder_.levee({"export", "har", "run", "--out", "run.har"});
    ASSERT_EQ(ran.status, 0) << ran.err;
    file_ = read_har(folder_.path("run.har"));
  }

  /// Every row of a table is a cell of the array, and the other cells are 0.
  void compare(const std::string& table, const std::vector<std::string>& columns, const std::string& figure,
               const std::string& header) const {
    SCOPED_TRACE(table + ", " + figure);
    const CsvTable rows(folder_.read("run/tables/" + table + ".csv"));
    const NamedArray array(file_, header);
    std::size_t nonzero = 0;
    for (std::size_t row = 1; row < rows.rows.size(); ++row) {
      std::vector<std::string> names;
      for (const std::string& column : columns) names.push_back(element(rows.rows[row][rows.column(column)]));
      const double value = single(rows.number(row, figure));
      EXPECT_EQ(array.at(names), value) << "row " << row;
      if (value != 0) ++nonzero;
    }
    EXPECT_EQ(array.nonzero(), nonzero);
    EXPECT_GT(nonzero, 0);
  }

  Workspace folder_;
  HarFile file_;
};

TEST_F(ExportRun, ResultsCellByCell) {
  compare("emissions", {"scenario", "region", "sector", "stressor", "source"}, "value", "EMVA");
  compare("emissions", {"scenario", "region", "sector", "stressor", "source"}, "change", "EMCH");
  compare("trade", {"scenario", "good", "origin", "destination"}, "volume", "TRVO");
  compare("output", {"scenario", "region", "sector"}, "change_percent", "OUCP");
  compare("prices", {"scenario", "region", "sector", "kind"}, "value", "PRVA");
  compare("cbam", {"scenario", "zone", "instrument", "good", "origin", "destination"}, "revenue", "CBRE");
}

TEST_F(ExportRun, EveryColumnOfFiguresIsThere) {
  std::size_t columns = 0, arrays = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path("run/tables"))) {
    const CsvTable table(folder_.read("run/tables/" + entry.path().filename().string()));
    if (table.rows.size() < 2) continue;
    for (const std::string& column : table.rows.front()) {
      const std::string described = entry.path().stem().string() + ", " + column + " (";
      columns += static_cast<std::size_t>(std::ranges::any_of(
          file_.headers, [&](const HarHeader& header) { return header.description.starts_with(described); }));
    }
  }
  for (const HarHeader& header : file_.headers) arrays += header.kind == HarKind::real ? 1 : 0;
  EXPECT_EQ(columns, arrays);
  EXPECT_GT(arrays, 40);
  EXPECT_THAT(info_of(file_), AllOf(HasSubstr("Results of study"), HasSubstr("Scenario none: solved")));
}

TEST_F(ExportRun, GivesTheSameBytesAgain) {
  ASSERT_EQ(folder_.levee({"export", "har", "run", "--out", "again.har", "--quiet"}).status, 0);
  EXPECT_EQ(folder_.read("again.har"), folder_.read("run.har"));
}

TEST(Export, WrongInputIsNamedAndLeavesNothing) {
  const Workspace folder;
  folder.write("there.har", "mine");
  const std::vector<std::string> before = folder.names();
  const auto refused = [&](const std::vector<std::string>& arguments, const std::string& said) {
    const Ran ran = folder.levee(arguments);
    EXPECT_EQ(ran.status, 1) << said;
    EXPECT_THAT(ran.err, HasSubstr(said));
    EXPECT_EQ(folder.names(), before);
  };
  refused({"export", "hat", "data/dataset.yaml", "--out", "out.har"}, "unknown format 'hat', did you mean 'har'?");
  refused({"export", "har", "data/datasat.yaml", "--out", "out.har"}, "did you mean 'dataset.yaml'?");
  refused({"export", "har", "data", "--out", "out.har"}, "expected the folder that 'levee run' wrote");
  refused({"export", "har", "data/dataset.yaml", "--out", "there.har"},
          "there.har: exists already; --force replaces it");
  refused({"export", "har", "data/dataset.yaml", "--out", "nowhere/out.har"}, "its folder does not exist");
  EXPECT_EQ(folder.read("there.har"), "mine");
  folder.edit("data/dataset.yaml", "regions:", "regionen:");
  refused({"export", "har", "data/dataset.yaml", "--out", "there.har", "--force"}, "regionen");
  EXPECT_EQ(folder.read("there.har"), "mine");
}

}  // namespace
}  // namespace levee::testing
