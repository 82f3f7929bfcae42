#pragma once

#include <string>
#include <vector>

#include "report/finished_run.hpp"
#include "report/run_journal.hpp"

namespace levee {

/// A run all of whose records are in a journal.
class JournalledRun : public FinishedRun {
 public:
  /// `names` are its scenarios' in the order of its files; the journal has a record of each and must outlive the run.
  JournalledRun(RunHead head, const RunJournal& journal, const std::vector<std::string>& names)
      : head_(std::move(head)), journal_(journal) {
    for (const std::string& name : names) entries_.push_back(&journal.entries().at(name));
  }

  const RunHead& head() const override { return head_; }
  std::size_t size() const override { return entries_.size(); }
  nlohmann::ordered_json summary_entry(std::size_t k) const override { return journal_.summary_entry(*entries_[k]); }
  nlohmann::ordered_json run_entry(std::size_t k) const override { return journal_.run_entry(*entries_[k]); }
  void rows(std::size_t k, std::size_t table, const TextSink& sink) const override {
    journal_.copy_rows(*entries_[k], table, sink);
  }

 private:
  RunHead head_;
  const RunJournal& journal_;
  std::vector<const RunJournal::Entry*> entries_;
};

}  // namespace levee
