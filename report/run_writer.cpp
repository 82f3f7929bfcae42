#include "report/run_writer.hpp"

#include <string>

#include "report/csv_writer.hpp"
#include "report/html_report.hpp"

namespace levee {

namespace {

/// NaN and infinities become null; text that is not UTF-8 is repaired rather than losing the whole run.
std::string json_text(const nlohmann::ordered_json& json) {
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

/// The notes go into the record, so that the folder alone is enough to make the page again (run_reader.hpp).
nlohmann::ordered_json record_with_notes(const RunDocument& document) {
  nlohmann::ordered_json record = document.run;
  if (!document.about.empty()) record["about"] = document.about;
  return record;
}

}  // namespace

StagedFolder stage_run_folder(const std::filesystem::path& out, bool force) {
  return StagedFolder(out, force, {"summary.json", "run.json", "report.html", "tables"});
}

void write_run_folder(const RunDocument& document, StagedFolder& folder) {
  folder.write("summary.json", json_text(document.summary));
  folder.write("run.json", json_text(record_with_notes(document)));
  for (const Table& table : document.tables) {
    folder.write(std::filesystem::path("tables") / (table.name + ".csv"), to_csv(table));
  }
  folder.write("report.html", html_report(document));
  folder.publish();
}

void write_run_folder(const RunDocument& document, const std::filesystem::path& out, bool force) {
  StagedFolder folder = stage_run_folder(out, force);
  write_run_folder(document, folder);
}

}  // namespace levee
