#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <limits>
#include <set>
#include <sstream>

#include "data/diagnostics.hpp"
#include "report/csv_writer.hpp"
#include "tests/unit/report_document_run.hpp"
#include "tests/unit/report_mock.hpp"

namespace levee {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

std::set<std::string> names(const fs::path& folder) {
  std::set<std::string> out;
  for (const auto& entry : fs::directory_iterator(folder)) out.insert(entry.path().filename().string());
  return out;
}

class RunWriter : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "levee-run-writer-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    root = pattern;
  }
  void TearDown() override { fs::remove_all(root); }

  /// The message of the InputError that writing must end in.
  std::string refusal(const fs::path& out, bool force) {
    try {
      test::write_run_folder(document, out, force);
    } catch (const InputError& error) {
      return format_diagnostics(error.diagnostics());
    }
    ADD_FAILURE() << "nothing was refused";
    return "";
  }

  static RunDocument small() {
    RunDocument out;
    out.summary = {
        {"schema", 1}, {"study", "s"}, {"residual", std::nan("")}, {"worst", std::numeric_limits<double>::infinity()}};
    out.run = {{"version", "0"}};
    out.tables = {{"macro", {"region", "value"}, {{std::string("EUR"), 1.0}}}};
    return out;
  }

  fs::path root;
  RunDocument document = small();
};

TEST_F(RunWriter, WritesTheWholeFolderAndNothingBeside) {
  document = test::MockRun().document();
  test::write_run_folder(document, root / "out", false);
  EXPECT_THAT(names(root), UnorderedElementsAre("out"));
  EXPECT_THAT(names(root / "out"), UnorderedElementsAre("summary.json", "run.json", "report.html", "tables"));
  EXPECT_EQ(names(root / "out" / "tables").size(), document.tables.size());
  for (const Table& table : document.tables)
    EXPECT_EQ(content(root / "out" / "tables" / (table.name + ".csv")), to_csv(table));
  EXPECT_EQ(nlohmann::ordered_json::parse(content(root / "out" / "summary.json")), document.summary);
}

TEST_F(RunWriter, NonFiniteNumbersAreNullInJson) {
  test::write_run_folder(document, root / "out", false);
  const auto summary = nlohmann::json::parse(content(root / "out" / "summary.json"));
  EXPECT_TRUE(summary["residual"].is_null());
  EXPECT_TRUE(summary["worst"].is_null());
}

TEST_F(RunWriter, TextThatIsNotUtf8DoesNotLoseTheRun) {
  document.summary["study"] = "caf\xe9";
  test::write_run_folder(document, root / "out", false);
  EXPECT_THAT(content(root / "out" / "summary.json"), HasSubstr("caf\xef\xbf\xbd"));
}

TEST_F(RunWriter, MakesParentsAndTakesATrailingSlash) {
  test::write_run_folder(document, root / "a" / "b" / "out" / "", false);
  EXPECT_TRUE(fs::exists(root / "a" / "b" / "out" / "summary.json"));
}

TEST_F(RunWriter, RefusesAnExistingFolderWithoutForce) {
  test::write_run_folder(document, root / "out", false);
  document.summary["study"] = "other";
  EXPECT_THAT(refusal(root / "out", false), HasSubstr("--force"));
  EXPECT_THAT(content(root / "out" / "summary.json"), HasSubstr("\"s\""));
  EXPECT_THAT(names(root), UnorderedElementsAre("out"));
}

TEST_F(RunWriter, ForceReplacesTheWholeFolder) {
  document.tables.push_back({"old", {"x"}, {}});
  test::write_run_folder(document, root / "out", false);
  document.tables.pop_back();
  document.summary["study"] = "other";
  test::write_run_folder(document, root / "out", true);
  EXPECT_THAT(content(root / "out" / "summary.json"), HasSubstr("other"));
  EXPECT_THAT(names(root / "out" / "tables"), UnorderedElementsAre("macro.csv"));
  EXPECT_THAT(names(root), UnorderedElementsAre("out"));
}

TEST_F(RunWriter, ForceNeverDeletesWhatARunDoesNotWrite) {
  fs::create_directory(root / "work");
  std::ofstream(root / "work" / "thesis.txt") << "years";
  EXPECT_THAT(refusal(root / "work", true), HasSubstr("thesis.txt"));
  EXPECT_THAT(names(root / "work"), UnorderedElementsAre("thesis.txt"));
  EXPECT_THAT(names(root), UnorderedElementsAre("work"));
}

TEST_F(RunWriter, RefusesAFileInTheWay) {
  std::ofstream(root / "out") << "a file";
  EXPECT_THAT(refusal(root / "out", true), HasSubstr("not a folder"));
  EXPECT_THAT(refusal(root / "out" / "below", false), HasSubstr("out"));
  EXPECT_EQ(content(root / "out"), "a file");
}

TEST_F(RunWriter, AFailureHalfwayLeavesNothing) {
  document.tables.push_back({"ragged", {"a", "b"}, {{1.0}}});
  EXPECT_THROW(test::write_run_folder(document, root / "new" / "out", false), std::logic_error);
  EXPECT_TRUE(fs::is_empty(root));
}

TEST_F(RunWriter, AFullDiskIsSaidAndLeavesTheOldRun) {
  test::write_run_folder(document, root / "out", false);
  // A limit on the size of files stands in for a full disk; without the signal ignored, the system would end the
  // process.
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small_files{100'000, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small_files);
  const std::string message = refusal(root / "out", true);
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_THAT(message, HasSubstr("report.html"));
  EXPECT_THAT(message, HasSubstr("cannot be written: File too large"));
  EXPECT_THAT(names(root), UnorderedElementsAre("out"));
  EXPECT_TRUE(fs::exists(root / "out" / "report.html"));
}

TEST_F(RunWriter, AForbiddenPlaceIsSaid) {
  if (::geteuid() == 0) {
    // The administrator may write anywhere but to a file system without files.
    EXPECT_THAT(refusal("/proc/levee-out", false), HasSubstr("/proc/levee-out"));
    return;
  }
  fs::create_directory(root / "closed");
  ::chmod((root / "closed").c_str(), 0500);
  EXPECT_THAT(refusal(root / "closed" / "out", false), HasSubstr("Permission denied"));
  ::chmod((root / "closed").c_str(), 0700);
}

}  // namespace
}  // namespace levee
