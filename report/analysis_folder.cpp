#include "report/analysis_folder.hpp"

#include <algorithm>
#include <cstddef>
#include <set>

#include "report/html_report.hpp"
#include "report/table_reader.hpp"

namespace levee {

namespace {

/// Characters of a table that the page is made from: a larger one would be read only to be dropped again.
constexpr std::size_t page_limit = 12'000'000;

bool fits_page(const TableText& table) { return table.rows.size() <= page_limit; }

}  // namespace

nlohmann::ordered_json analysis_head(const std::string& kind, const std::string& version, const std::string& dataset,
                                     const std::string& money, int year) {
  return {{"schema", 1},
          {"kind", kind},
          {"version", version},
          {"dataset", dataset},
          {"units", {{"money", money}, {"price_year", year}}}};
}

std::unique_ptr<StagedFolder> stage_analysis_folder(const std::string& name, const std::filesystem::path& out,
                                                    bool force) {
  return std::make_unique<StagedFolder>(out, force, std::set<std::string>{name + ".json", "report.html", "tables"});
}

std::string analysis_json(const AnalysisDocument& document) {
  return document.summary.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

RunDocument analysis_page(const AnalysisDocument& document) {
  RunDocument page{document.summary, {{"version", document.summary["version"]}}, document.about, {}};
  for (const TableText& table : document.tables) {
    if (fits_page(table)) page.tables.push_back(parse_table(table));
  }
  return page;
}

void write_analysis_folder(const AnalysisDocument& document, StagedFolder& folder) {
  folder.write(document.name + ".json", analysis_json(document));
  std::vector<TableOutline> left_out;
  for (const TableText& table : document.tables) {
    folder.write(std::filesystem::path("tables") / (table.name + ".csv"),
                 [&](std::ostream& out) { out << csv_header(table.columns) << table.rows; });
    if (!fits_page(table)) {
      const auto rows = std::count(table.rows.begin(), table.rows.end(), '\n');
      left_out.push_back({table.name, table.columns, static_cast<std::size_t>(rows)});
    }
  }
  folder.write("report.html", html_report(analysis_page(document), left_out));
  folder.publish();
}

}  // namespace levee
