// What keeps a run's records until its folder is written, and what tells whether records belong together.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "data/diagnostics.hpp"
#include "report/row_index.hpp"
#include "report/run_journal.hpp"
#include "report/shard.hpp"

namespace levee {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Json = nlohmann::ordered_json;

class TemporaryFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "levee-journal-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    root = pattern;
  }
  void TearDown() override { fs::remove_all(root); }

  static std::string content(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  template <class Action>
  static std::string fault_of(Action&& action) {
    try {
      action();
    } catch (const InputError& error) {
      return error.what();
    }
    return "no fault";
  }

  fs::path root;
};

class EntryFiles : public TemporaryFolder {
 protected:
  fs::path path() const { return root / "entries"; }

  std::vector<std::string> found() const {
    const EntryFile file(path(), EntryFile::Mode::open);
    std::vector<std::string> texts;
    for (const EntryFile::Entry& entry : file.found()) texts.push_back(file.read(entry.place, entry.bytes));
    return texts;
  }
};

TEST_F(EntryFiles, KeepWhatIsAppended) {
  {
    EntryFile file(path(), EntryFile::Mode::create);
    const EntryFile::Entry entry = file.append("a", {"one ", "and\n", "half"});
    EXPECT_EQ(file.read(entry.place, entry.bytes), "one and\nhalf");
    file.append("b", {});
    EXPECT_THAT(fault_of([&] { EntryFile(path(), EntryFile::Mode::open); }), HasSubstr("is in use"));
  }
  EXPECT_THAT(found(), ElementsAre("one and\nhalf", ""));
  EXPECT_THAT(fault_of([&] { EntryFile(path(), EntryFile::Mode::create); }), HasSubstr("cannot be opened"));
}

/// Wherever the file ends, the entries before are there and the next one follows them.
TEST_F(EntryFiles, CutOffAnywhere) {
  {
    EntryFile file(path(), EntryFile::Mode::create);
    file.append("a", {"first"});
    file.append("a", {"second"});
  }
  const std::string whole = content(path());
  const std::size_t first = whole.find("first") + 5;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    std::ofstream(path(), std::ios::binary | std::ios::trunc) << whole.substr(0, size);
    {
      EntryFile file(path(), EntryFile::Mode::open);
      EXPECT_EQ(file.found().size(), size >= first ? 1u : 0u) << size;
      file.append("a", {"next"});
    }
    if (size >= first) {
      EXPECT_THAT(found(), ElementsAre("first", "next")) << size;
    } else {
      EXPECT_THAT(found(), ElementsAre("next")) << size;
    }
  }
}

/// An entry whose content has changed is none, nor is what follows it.
TEST_F(EntryFiles, ChangedAnywhere) {
  {
    EntryFile file(path(), EntryFile::Mode::create);
    for (const char* text : {"first", "second", "third"}) file.append("a", {text});
  }
  const std::string whole = content(path());
  const std::size_t first = whole.find("first") + 5, second = whole.find("second") + 6;
  for (std::size_t at = first; at < second; ++at) {
    if (whole.compare(at, 1, "a") == 0 && at == first) continue;  // the kind is a word of the caller's
    std::string changed = whole;
    changed[at] = changed[at] == 'x' ? 'y' : 'x';
    std::ofstream(path(), std::ios::binary | std::ios::trunc) << changed;
    EXPECT_THAT(found(), ElementsAre("first")) << at;
  }
}

TEST_F(EntryFiles, TakeEntriesFromSeveralThreads) {
  {
    EntryFile file(path(), EntryFile::Mode::create);
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&file, t] {
        for (int k = 0; k < 50; ++k) file.append("a", {std::string(1000, static_cast<char>('a' + t))});
      });
    }
  }
  const std::vector<std::string> texts = found();
  ASSERT_EQ(texts.size(), 200u);
  for (const std::string& text : texts) EXPECT_EQ(text, std::string(1000, text.front()));
}

ScenarioRecord record(const std::string& name, bool whole = true) {
  ScenarioRecord made;
  made.name = name;
  made.whole = whole;
  made.has_model = true;
  made.size = {3, 7};
  made.summary = {{"name", name}, {"value", 0.1}, {"none", std::nan("")}};
  made.run = {{"name", name}, {"seconds", 1.5}};
  made.caps = {std::nullopt, EmissionCap{0.3, true}};
  made.rows = {name + ",1\n" + name + ",2\n", "", "last\n"};
  return made;
}

TEST(RecordText, ReadsBack) {
  const ScenarioRecord written = record("a/\"b\"=1,c=2\n");
  const RecordText parts = record_text(written);
  std::string text;
  for (const std::string_view piece : parts.pieces()) text += piece;
  const ScenarioRecord read = read_record(text);
  EXPECT_EQ(read.name, written.name);
  EXPECT_EQ(read.whole, written.whole);
  EXPECT_EQ(read.has_model, written.has_model);
  EXPECT_EQ(read.size.auxiliaries, written.size.auxiliaries);
  EXPECT_EQ(read.size.wedges, written.size.wedges);
  ASSERT_EQ(read.caps.size(), 2u);
  EXPECT_FALSE(read.caps[0]);
  EXPECT_EQ(read.caps[1]->mt, 0.3);
  EXPECT_TRUE(read.caps[1]->world);
  EXPECT_EQ(read.rows, written.rows);
  EXPECT_EQ(read.run, written.run);
  EXPECT_EQ(read.summary.at("value").get<double>(), 0.1) << "to the last bit";
  EXPECT_TRUE(read.summary.at("none").is_null()) << "as summary.json has it";
}

class Journals : public TemporaryFolder {
 protected:
  fs::path path() const { return RunJournal::path_beside(root / "out"); }
  const RunIdentity identity{"1", {{"solver", "newton"}}, {{{"file", "a"}, {"sha256", "0"}}}};
};

TEST_F(Journals, LieHiddenBesideTheFolder) { EXPECT_EQ(path(), root / ".out.journal"); }

TEST_F(Journals, GoOnWhereTheyEnded) {
  {
    RunJournal journal(path(), identity);
    journal.add(record("a", false));
    journal.add(record("b"));
    EXPECT_FALSE(journal.has("a")) << "it is not whole";
    EXPECT_EQ(journal.size(), 1u);
  }
  const auto journal = RunJournal::open(path());
  ASSERT_NE(journal, nullptr);
  EXPECT_TRUE(differences(journal->identity(), identity).empty());
  EXPECT_FALSE(journal->has("a"));
  journal->add(record("a"));
  ASSERT_TRUE(journal->has("a") && journal->has("b"));
  const RunJournal::Entry& entry = journal->entries().at("b");
  EXPECT_EQ(entry.head.size.auxiliaries, 3u);
  EXPECT_EQ(entry.head.size.wedges, 7u);
  EXPECT_EQ(journal->summary_entry(entry).at("value"), 0.1);
  EXPECT_EQ(journal->run_entry(entry).at("seconds"), 1.5);
  std::vector<std::string> rows(3);
  for (std::size_t t = 0; t < 3; ++t) journal->copy_rows(entry, t, [&](std::string_view text) { rows[t] += text; });
  EXPECT_EQ(rows, record("b").rows);
  journal->remove();
  EXPECT_TRUE(fs::is_empty(root));
}

TEST_F(Journals, RememberTheFolderTheyWrote) {
  fs::create_directory(root / "out");
  std::ofstream(root / "out" / "run.json") << "{}";
  {
    RunJournal journal(path(), identity);
    EXPECT_FALSE(journal.remembers(root / "out"));
    journal.remember(root / "out");
  }
  const auto journal = RunJournal::open(path());
  EXPECT_TRUE(journal->remembers(root / "out"));
  std::ofstream(root / "out" / "run.json") << "{ }";
  EXPECT_FALSE(journal->remembers(root / "out")) << "it is another run's now";
}

TEST_F(Journals, OfNothing) {
  EXPECT_EQ(RunJournal::open(path()), nullptr);
  std::ofstream(path()) << "";  // the program died before it wrote anything
  EXPECT_EQ(RunJournal::open(path()), nullptr);
  EXPECT_FALSE(fs::exists(path()));
  { EntryFile(path(), EntryFile::Mode::create).append("other", {"thing"}); }
  EXPECT_THAT(fault_of([&] { RunJournal::open(path()); }), HasSubstr("no journal"));
}

TEST(RunIdentity, SaysWhatDiffers) {
  const Json inputs = {{{"file", "x/a"}, {"sha256", "0"}}, {{"file", "x/b"}, {"sha256", "1"}}};
  const RunIdentity one{"1", {{"study", "x/study.yaml"}, {"solver", "newton"}, {"scenarios", {"a"}}}, inputs};
  RunIdentity other = one;
  other.options["study"] = "y/study.yaml";
  other.inputs[0]["file"] = "y/a";
  EXPECT_THAT(differences(one, other), IsEmpty()) << "the same files at another place";
  other.version = "2";
  other.options["solver"] = "ipopt";
  other.options["shard"] = "1/2";
  other.options.erase("scenarios");
  other.inputs[1]["sha256"] = "2";
  EXPECT_THAT(differences(one, other),
              ElementsAre("levee 1, here 2", "option solver: newton, here ipopt",
                          "option scenarios: [\"a\"], here none", "option shard: none, here 1/2", "x/b differs"));
  other.inputs.erase(1);
  EXPECT_THAT(differences(one, other).back(), "the study is read from 2 files, here from 1");
}

TEST(Shards, AreReadAndMarked) {
  const Shard shard = read_shard("2/4");
  EXPECT_EQ(shard.text(), "2/4");
  for (const char* text : {"", "/", "2", "0/4", "5/4", "-1/4", "2/4/8", " 2/4", "2/x"})
    EXPECT_THROW(read_shard(text), InputError) << text;
  Json run = {{"version", "1"}}, entry = {{"name", "a"}};
  EXPECT_FALSE(take_mark(run));
  EXPECT_FALSE(take_entry_mark(entry));
  mark_run(run, shard, 17);
  mark_entry(entry, {5, true});
  const auto mark = take_mark(run);
  ASSERT_TRUE(mark);
  EXPECT_EQ(mark->shard.number, 2);
  EXPECT_EQ(mark->shard.of, 4);
  EXPECT_EQ(mark->scenarios, 17u);
  EXPECT_EQ(run, (Json{{"version", "1"}}));
  const auto entry_mark = take_entry_mark(entry);
  ASSERT_TRUE(entry_mark);
  EXPECT_EQ(entry_mark->place, 5);
  EXPECT_TRUE(entry_mark->own);
  EXPECT_EQ(entry, (Json{{"name", "a"}}));
}

class RowIndices : public TemporaryFolder {
 protected:
  fs::path write(const std::string& text) const {
    std::ofstream(root / "t.csv", std::ios::binary) << text;
    return root / "t.csv";
  }
  static std::string rows(const RowIndex& index, const std::string& scenario) {
    std::string text;
    index.rows(scenario, [&](std::string_view piece) { text += piece; });
    return text;
  }
};

TEST_F(RowIndices, FindAScenariosRows) {
  const RowIndex index(write("scenario,value\na,1\na,\"2\n3\"\n\"b,c\",4\n\"d\"\"\ne\",5\nab,6\n"), "scenario,value\n");
  EXPECT_EQ(rows(index, "a"), "a,1\na,\"2\n3\"\n");
  EXPECT_EQ(rows(index, "b,c"), "\"b,c\",4\n");
  EXPECT_EQ(rows(index, "d\"\ne"), "\"d\"\"\ne\",5\n");
  EXPECT_EQ(rows(index, "ab"), "ab,6\n");
  EXPECT_EQ(rows(index, "b"), "");
}

TEST_F(RowIndices, OfALargeFile) {
  std::string text = "scenario,value\n", expected;
  for (int k = 0; k < 300'000; ++k) {
    const std::string line = fmt::format("scenario {},{}\n", k / 100'000, k);
    if (k / 100'000 == 1) expected += line;
    text += line;
  }
  ASSERT_GT(text.size(), 3u << 20U);
  EXPECT_TRUE(rows(RowIndex(write(text), "scenario,value\n"), "scenario 1") == expected);
}

TEST_F(RowIndices, RefuseAnotherFile) {
  const auto refused = [&](const std::string& text) {
    return fault_of([&] { RowIndex(write(text), "scenario,value\n"); });
  };
  EXPECT_THAT(refused("scenario,other\na,1\n"), HasSubstr("expected the header scenario,value"));
  EXPECT_THAT(refused(""), HasSubstr("expected the header"));
  EXPECT_THAT(refused("scenario,value\na,1\na,2"), HasSubstr("cut off"));
  EXPECT_THAT(refused("scenario,value\na,1\nb,1\na,2\n"), HasSubstr("at two places"));
}

}  // namespace
}  // namespace levee
