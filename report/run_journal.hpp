#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "report/entry_file.hpp"
#include "report/finished_run.hpp"
#include "report/record_text.hpp"
#include "scenarios/run_head.hpp"
#include "scenarios/scenario_record.hpp"

namespace levee {

/// The file beside a run's folder that takes every scenario's record as soon as it is finished, so that nothing solved
/// is lost however the program ends, and so that memory holds no records.
class RunJournal {
 public:
  /// A record in the file.
  struct Entry {
    RecordHead head;
    std::uint64_t place = 0;  ///< of what follows the head
  };

  /// Where the journal of a folder lies: a hidden file beside it.
  static std::filesystem::path path_beside(const std::filesystem::path& folder);

  /// Begins a journal; there must be none. Throws InputError when it cannot be written.
  RunJournal(const std::filesystem::path& path, const RunIdentity& identity);
  /// Opens one to go on with it; nullptr when there is none. One that was cut off before it said which run it is of is
  /// none and is deleted. Throws InputError on another file, or when it is in use.
  static std::unique_ptr<RunJournal> open(const std::filesystem::path& path);

  const RunIdentity& identity() const { return identity_; }

  /// Takes a record; one of the same scenario takes the place of an earlier one. From any thread. It is on the disk
  /// when the call returns. Throws InputError when the disk does not take it.
  void add(const ScenarioRecord& record);

  /// Whether the disk did not take a record.
  bool broken() const { return file_.broken(); }

  /// Records by the scenario's name.
  const std::map<std::string, Entry>& entries() const { return entries_; }
  /// A record's entries in summary.json and in run.json.
  nlohmann::ordered_json summary_entry(const Entry& entry) const;
  nlohmann::ordered_json run_entry(const Entry& entry) const;
  /// Copies a record's rows of a table of scenario_tables.
  void copy_rows(const Entry& entry, std::size_t table, const TextSink& sink) const;

  /// Whether a scenario's record is there, whole.
  bool has(const std::string& scenario) const;
  /// Number of whole records.
  std::size_t size() const;

  /// Remembers the folder that an interrupted run wrote, by its run.json: going on may replace it.
  void remember(const std::filesystem::path& folder);
  /// Whether a folder is the one remembered.
  bool remembers(const std::filesystem::path& folder) const;

  /// Deletes the file: the run is complete, or there is nothing to go on with.
  void remove();

 private:
  explicit RunJournal(const std::filesystem::path& path);
  void replay(const EntryFile::Entry& found);
  void keep(Entry entry);

  EntryFile file_;
  RunIdentity identity_;
  std::map<std::string, Entry> entries_;
  std::string folder_;  ///< checksum of its run.json
  std::mutex lock_;
};

}  // namespace levee
