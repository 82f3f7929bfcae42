#include "report/run_writer.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report/html_report.hpp"
#include "report/table_reader.hpp"

namespace levee {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// Bytes of CSV that the report is made from: what does not fit is left out, the largest table first. More would be
/// read only to be dropped again, since the page is bounded too.
constexpr std::uintmax_t report_limit = 24'000'000;

/// NaN and infinities become null; text that is not UTF-8 is repaired rather than losing the whole run.
std::string indented_json(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace); }

/// As json_text writes it inside a list of a map.
std::string nested_text(const Json& json) {
  std::string text = "\n    ";
  for (const char c : indented_json(json)) {
    text += c;
    if (c == '\n') text += "    ";
  }
  return text;
}

/// Writes a map with a list of all scenarios' entries in it: `head`, `scenarios`, then `tail`, as one document.
void write_with_scenarios(std::ostream& out, const Json& head, const FinishedRun& run,
                          Json (FinishedRun::*entry)(std::size_t) const, const Json& tail) {
  Json frame = head;
  frame["scenarios"] = Json::array();
  for (const auto& [key, value] : tail.items()) frame[key] = value;
  const std::string text = indented_json(frame), list = "\n  \"scenarios\": [";
  const std::size_t place = text.find(list + "]") + list.size();
  out << text.substr(0, place);
  for (std::size_t k = 0; k < run.size(); ++k) out << (k == 0 ? "" : ",") << nested_text((run.*entry)(k));
  out << (run.size() == 0 ? "" : "\n  ") << text.substr(place) << '\n';
}

fs::path file_of(const std::string& table) { return fs::path("tables") / (table + ".csv"); }

/// Writes a table's file; returns its outline.
TableOutline write_table(const FinishedRun& run, const TableText& table, std::optional<std::size_t> rows_of_scenarios,
                         StagedFolder& folder) {
  TableOutline outline{table.name, table.columns, 0};
  folder.write(file_of(table.name), [&](std::ostream& out) {
    const auto put = [&](std::string_view rows) {
      out.write(rows.data(), static_cast<std::streamsize>(rows.size()));
      outline.rows += static_cast<std::size_t>(std::count(rows.begin(), rows.end(), '\n'));
    };
    out << csv_header(table.columns);
    put(table.rows);
    for (std::size_t k = 0; rows_of_scenarios && k < run.size(); ++k) run.rows(k, *rows_of_scenarios, put);
  });
  return outline;
}

std::vector<TableOutline> write_tables(const FinishedRun& run, StagedFolder& folder) {
  std::vector<TableOutline> outlines;
  const RunHead& head = run.head();
  for (std::size_t t = 0; t < head.tables.size(); ++t) outlines.push_back(write_table(run, head.tables[t], t, folder));
  for (const TableText& table : head.whole_tables) outlines.push_back(write_table(run, table, std::nullopt, folder));
  return outlines;
}

/// The report is made from the files just written, which is all there is of a large run.
std::string report_of(const FinishedRun& run, const std::vector<TableOutline>& tables, const StagedFolder& folder) {
  const RunHead& head = run.head();
  RunDocument document{head.summary, head.run, head.about, {}};
  document.summary["scenarios"] = document.run["scenarios"] = Json::array();
  for (std::size_t k = 0; k < run.size(); ++k) {
    document.summary["scenarios"].push_back(run.summary_entry(k));
    document.run["scenarios"].push_back(run.run_entry(k));
  }
  std::vector<std::uintmax_t> sizes;
  for (const TableOutline& table : tables) sizes.push_back(fs::file_size(folder.staged(file_of(table.name))));
  std::vector<std::uintmax_t> ascending = sizes;
  std::sort(ascending.begin(), ascending.end());
  std::uintmax_t total = 0, largest = 0;
  for (const std::uintmax_t size : ascending) {
    if ((total += size) <= report_limit) largest = size;
  }
  std::vector<TableOutline> left_out;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    if (sizes[t] <= largest) {
      document.tables.push_back(read_table(folder.staged(file_of(tables[t].name))));
    } else {
      left_out.push_back(tables[t]);
    }
  }
  return html_report(document, left_out);
}

}  // namespace

StagedFolder stage_run_folder(const fs::path& out, bool force) {
  return StagedFolder(out, force, {"summary.json", "run.json", "report.html", "tables"});
}

void write_run_folder(const FinishedRun& run, StagedFolder& folder) {
  const RunHead& head = run.head();
  const std::vector<TableOutline> tables = write_tables(run, folder);
  folder.write("summary.json", [&](std::ostream& out) {
    write_with_scenarios(out, head.summary, run, &FinishedRun::summary_entry, Json::object());
  });
  // The notes go into the record, so that the folder alone is enough to make the page again (run_reader.hpp).
  folder.write("run.json", [&](std::ostream& out) {
    write_with_scenarios(out, head.run, run, &FinishedRun::run_entry,
                         head.about.empty() ? Json::object() : Json{{"about", head.about}});
  });
  folder.write("report.html", report_of(run, tables, folder));
  folder.publish();
}

}  // namespace levee
