#include "report/run_journal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <system_error>
#include <utility>

#include "data/diagnostics.hpp"
#include "data/sha256.hpp"

namespace levee {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

// Kinds of entries. The first one says what the file is.
constexpr const char* run_kind = "levee-journal-1";
constexpr const char* record_kind = "record";
constexpr const char* folder_kind = "folder";

std::string identity_line(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n'; }

}  // namespace

fs::path RunJournal::path_beside(const fs::path& folder) {
  return folder.parent_path() / fmt::format(".{}.journal", folder.filename().string());
}

RunJournal::RunJournal(const fs::path& path, const RunIdentity& identity)
    : file_(path, EntryFile::Mode::create), identity_(identity) {
  const std::string text =
      identity_line({{"version", identity.version}, {"options", identity.options}, {"inputs", identity.inputs}});
  file_.append(run_kind, {text});
}

RunJournal::RunJournal(const fs::path& path) : file_(path, EntryFile::Mode::open) {
  const std::vector<EntryFile::Entry>& found = file_.found();
  if (!found.empty() && found.front().kind != run_kind)
    throw InputError({path.string(), 0, 0}, "is no journal of a run, or of another version of levee; delete it");
  for (const EntryFile::Entry& entry : found) replay(entry);
}

std::unique_ptr<RunJournal> RunJournal::open(const fs::path& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return nullptr;
  std::unique_ptr<RunJournal> journal(new RunJournal(path));
  if (!journal->file_.found().empty()) return journal;
  journal->remove();
  return nullptr;
}

void RunJournal::replay(const EntryFile::Entry& found) {
  if (found.kind == run_kind) {
    const Json json = Json::parse(file_.read(found.place, found.bytes));
    identity_ = {json.at("version").get<std::string>(), json.at("options"), json.at("inputs")};
  } else if (found.kind == record_kind) {
    constexpr std::uint64_t first_piece = 4096;  // most heads are shorter
    std::string text = file_.read(found.place, std::min(first_piece, found.bytes));
    if (text.find('\n') == std::string::npos) text = file_.read(found.place, found.bytes);
    text.resize(text.find('\n') + 1);
    keep({read_record_head(text), found.place + text.size()});
  } else if (found.kind == folder_kind) {
    folder_ = file_.read(found.place, found.bytes);
  }
}

void RunJournal::add(const ScenarioRecord& record) {
  RecordText text = record_text(record);
  const std::uint64_t place = file_.append(record_kind, text.pieces()).place + text.head_line.size();
  keep({std::move(text.head), place});
}

void RunJournal::keep(Entry entry) {
  const std::lock_guard lock(lock_);
  const std::string name = entry.head.name;
  entries_.insert_or_assign(name, std::move(entry));
}

Json RunJournal::summary_entry(const Entry& entry) const {
  return Json::parse(file_.read(entry.place, entry.head.summary));
}

Json RunJournal::run_entry(const Entry& entry) const {
  return Json::parse(file_.read(entry.place + entry.head.summary, entry.head.run));
}

void RunJournal::copy_rows(const Entry& entry, std::size_t table, const TextSink& sink) const {
  std::uint64_t place = entry.place + entry.head.summary + entry.head.run;
  for (std::size_t t = 0; t < table; ++t) place += entry.head.rows[t];
  file_.copy(place, entry.head.rows[table], sink);
}

bool RunJournal::has(const std::string& scenario) const {
  const auto found = entries_.find(scenario);
  return found != entries_.end() && found->second.head.whole;
}

std::size_t RunJournal::size() const {
  return static_cast<std::size_t>(
      std::count_if(entries_.begin(), entries_.end(), [](const auto& entry) { return entry.second.head.whole; }));
}

void RunJournal::remember(const fs::path& folder) {
  folder_ = sha256_of_file((folder / "run.json").string());
  file_.append(folder_kind, {folder_});
}

bool RunJournal::remembers(const fs::path& folder) const {
  return !folder_.empty() && sha256_of_file((folder / "run.json").string()) == folder_;
}

void RunJournal::remove() {
  std::error_code error;
  fs::remove(file_.path(), error);
  if (error) throw InputError({file_.path().string(), 0, 0}, "cannot be deleted: " + error.message());
}

}  // namespace levee
