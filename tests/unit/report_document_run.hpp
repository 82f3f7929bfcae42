#pragma once

#include <string>
#include <utility>

#include "report/csv_writer.hpp"
#include "report/run_writer.hpp"
#include "scenarios/run_document.hpp"

namespace levee::test {

/// A run made of a document, to be written as a folder. Its tables are written as they are.
class DocumentRun : public FinishedRun {
 public:
  explicit DocumentRun(const RunDocument& document) {
    head_.summary = document.summary;
    head_.run = document.run;
    head_.about = document.about;
    for (auto [json, entries] : {std::pair(&head_.summary, &summary_), {&head_.run, &run_}}) {
      if (json->contains("scenarios")) *entries = json->at("scenarios");
      json->erase("scenarios");
    }
    for (const Table& table : document.tables) {
      const std::string text = to_csv(table);
      head_.whole_tables.push_back({table.name, table.columns, text.substr(csv_header(table.columns).size())});
    }
  }

  const RunHead& head() const override { return head_; }
  std::size_t size() const override { return summary_.size(); }
  nlohmann::ordered_json summary_entry(std::size_t k) const override { return summary_.at(k); }
  nlohmann::ordered_json run_entry(std::size_t k) const override { return run_.at(k); }
  void rows(std::size_t, std::size_t, const TextSink&) const override {}

 private:
  RunHead head_;
  nlohmann::ordered_json summary_ = nlohmann::ordered_json::array(), run_ = nlohmann::ordered_json::array();
};

inline void write_run_folder(const RunDocument& document, const std::filesystem::path& out, bool force) {
  StagedFolder folder = stage_run_folder(out, force);
  levee::write_run_folder(DocumentRun(document), folder);
}

}  // namespace levee::test
