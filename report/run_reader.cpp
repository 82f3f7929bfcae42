#include "report/run_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "data/diagnostics.hpp"
#include "report/table_reader.hpp"

namespace levee {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr int known_schema = 1;

struct TableShape {
  const char* name;
  std::vector<std::string> columns;  ///< that the table has by contract; others may stand between them
};

/// The tables that every run has by contract (docs/output.md), in the order in which they are shown.
const std::vector<TableShape>& required_tables() {
  static const std::vector<TableShape> shapes = {
      {"emissions", {"scenario", "region", "sector", "stressor", "source", "value", "change"}},
      {"leakage", {"scenario", "zone", "channel", "value"}},
      {"trade", {"scenario", "good", "origin", "destination", "value", "volume", "change"}},
      {"output", {"scenario", "region", "sector", "value"}},
      {"prices", {"scenario", "region", "sector", "value"}},
      {"factors", {"scenario", "region", "factor", "value"}},
      {"welfare", {"scenario", "region", "component", "value"}},
      {"macro", {"scenario", "region", "component", "value"}},
      {"carbon_markets", {"scenario", "zone", "price", "cap", "emissions", "allowances", "revenue"}},
      {"cbam", {"scenario", "good", "origin", "intensity", "rate", "certificates", "revenue"}}};
  return shapes;
}

[[noreturn]] void refuse(const fs::path& path, const std::string& message) {
  throw InputError(Location{path.string(), 0, 0}, message);
}

/// Names of the folders in `parent` that `keep` accepts, sorted.
template <class Keep>
std::vector<std::string> folders_in(const fs::path& parent, Keep keep) {
  std::vector<std::string> names;
  std::error_code error;  // what cannot be listed offers nothing
  for (const auto& entry : fs::directory_iterator(parent, error))
    if (entry.is_directory(error) && keep(entry.path())) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

bool is_run(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_regular_file(folder / "summary.json", ignored);
}

/// A folder that is no run is mostly a slip: say which one was meant, as far as can be seen.
void check_is_run(const fs::path& folder) {
  std::error_code ignored;
  if (is_run(folder)) return;
  const fs::path clean = folder.has_filename() ? folder : folder.parent_path();
  if (!fs::exists(folder, ignored)) {
    const fs::path parent = clean.has_parent_path() ? clean.parent_path() : fs::path(".");
    const std::string nearest = nearest_name(clean.filename().string(), folders_in(parent, is_run));
    refuse(folder, "there is no such folder" + (nearest.empty() ? "" : fmt::format(", did you mean '{}'?", nearest)));
  }
  if (!fs::is_directory(folder, ignored)) refuse(folder, "is a file, expected the folder that 'levee run' wrote");
  if (fs::exists(folder / "comparison.json", ignored))
    refuse(folder, "is a comparison, expected the folder that 'levee run' wrote");
  const std::vector<std::string> inside = folders_in(folder, is_run);
  if (inside.empty()) refuse(folder, "holds no summary.json, expected the folder that 'levee run' wrote");
  refuse(folder,
         fmt::format("holds no summary.json, but there are runs in it: expected {}", (folder / inside[0]).string()));
}

std::string file_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) refuse(path, "cannot be read, expected the file that 'levee run' wrote");
  return {std::istreambuf_iterator<char>(in), {}};
}

Location location_of(const fs::path& path, std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, std::min(at, text.size()));
  const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return {path.string(), static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
          static_cast<int>(before.size() - line_start) + 1};
}

std::string line_at(std::string_view text, std::size_t at) {
  const std::size_t place = std::min(at, text.size());
  const std::size_t end = std::min(text.find('\n', place), text.size());
  const std::size_t before = place == 0 ? std::string_view::npos : text.rfind('\n', place - 1);
  const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
  return std::string(text.substr(start, end - start));
}

Json read_json(const fs::path& path, const std::string& text) {
  try {
    Json json = Json::parse(text);
    if (!json.is_object()) refuse(path, fmt::format("found {}, expected a JSON object", json.type_name()));
    return json;
  } catch (const Json::parse_error& error) {
    std::string what = error.what();
    const std::size_t reason = what.find(": ", what.find("column"));
    if (reason != std::string::npos) what.erase(0, reason + 2);
    const std::size_t at = error.byte > 0 ? error.byte - 1 : 0;
    const bool cut_off = at >= text.find_last_not_of(" \n\r\t") + 1;
    throw InputError(
        location_of(path, text, at),
        cut_off ? "the file is cut off: found its end, expected the rest of the JSON" : "is not valid JSON: " + what,
        cut_off ? "" : line_at(text, at));
  }
}

/// Checks the form of summary.json; every fault is said with the path of its value.
class SummaryCheck {
 public:
  SummaryCheck(const fs::path& path, const std::string& text, const Json& summary)
      : path_(path), text_(text), summary_(summary) {}

  void run() {
    check_schema();
    for (const char* key : {"study", "dataset", "reference"}) text_in(summary_, key, "");
    if (const Json* units = member(summary_, "units", "", &Json::is_object, "a map")) {
      text_in(*units, "money", "units.");
      text_in(*units, "mass", "units.");
      member(*units, "price_year", "units.", &Json::is_number, "a number");
    }
    if (const Json* scenarios = member(summary_, "scenarios", "", &Json::is_array, "a list")) {
      for (std::size_t k = 0; k < scenarios->size(); ++k) check_scenario((*scenarios)[k], k);
      if (scenarios->empty()) fault("scenarios: found none, expected at least one");
    }
    check_references();
    faults_.throw_if_any();
  }

 private:
  void fault(const std::string& message) { faults_.add(Location{path_.string(), 0, 0}, message); }

  /// Alone, since a file of another schema may differ in everything else.
  void check_schema() {
    const auto found = summary_.find("schema");
    if (found != summary_.end() && *found == known_schema) return;
    if (found == summary_.end()) refuse(path_, fmt::format("has no 'schema', expected schema {}", known_schema));
    const std::size_t at = text_.find("\"schema\"");
    throw InputError(location_of(path_, text_, at),
                     fmt::format("found schema {}, expected {}: the run was made by another version of levee",
                                 found->dump(), known_schema),
                     line_at(text_, at));
  }

  using Test = bool (Json::*)() const noexcept;
  const Json* member(const Json& json, const std::string& key, const std::string& path, Test test, const char* wanted) {
    const auto found = json.find(key);
    if (found == json.end()) {
      fault(fmt::format("has no '{}{}', expected {}", path, key, wanted));
    } else if (!((*found).*test)()) {
      fault(fmt::format("{}{}: found {}, expected {}", path, key, found->type_name(), wanted));
    } else {
      return &*found;
    }
    return nullptr;
  }

  const Json* text_in(const Json& json, const std::string& key, const std::string& path) {
    return member(json, key, path, &Json::is_string, "a text");
  }

  void check_scenario(const Json& scenario, std::size_t index) {
    const std::string path = fmt::format("scenarios[{}].", index);
    if (!scenario.is_object())
      return fault(fmt::format("scenarios[{}]: found {}, expected a map", index, scenario.type_name()));
    const Json* name = text_in(scenario, "name", path);
    text_in(scenario, "status", path);
    if (name != nullptr && !names_.insert(name->get<std::string>()).second)
      fault(fmt::format("{}name: '{}' is there twice", path, name->get<std::string>()));
    for (const char* key : {"reference", "base"}) {
      if (scenario.contains(key) && !scenario[key].is_null()) text_in(scenario, key, path);
    }
    for (const char* key :
         {"carbon_price", "emissions_mt", "leakage_rate", "welfare_ev_percent", "cbam_revenue", "real_gdp_percent"})
      check_figures(scenario, key, path);
    check_nested(scenario, "leakage_channels", path);
    check_nested(scenario, "exports_to_zone_percent", path, 2);
    check_held(scenario, path);
  }

  /// Once all names are known.
  void check_references() {
    if (!faults_.empty()) return;
    const std::vector<std::string> known(names_.begin(), names_.end());
    for (const Json& scenario : summary_["scenarios"]) {
      const auto name = scenario["name"].get<std::string>();
      if (!scenario.contains("reference")) {
        return fault(
            fmt::format("scenario '{}' has no 'reference', expected a name or null: the run was made by an "
                        "earlier version, make it again",
                        name));
      }
      if (scenario["reference"].is_null()) continue;
      const auto reference = scenario["reference"].get<std::string>();
      if (!names_.contains(reference)) {
        fault(fmt::format("scenario '{}': its reference '{}' is not among the scenarios{}", name, reference,
                          suggestion(reference, known)));
      }
    }
  }

  void check_figures(const Json& json, const std::string& key, const std::string& path) {
    if (!json.contains(key) || json[key].is_null()) return;
    const Json* map = member(json, key, path, &Json::is_object, "a map or null");
    if (map == nullptr) return;
    for (const auto& [name, value] : map->items()) {
      if (!value.is_number() && !value.is_null())
        fault(fmt::format("{}{}.{}: found {}, expected a number or null", path, key, name, value.type_name()));
    }
  }

  /// Maps in maps, `depth` of them around those of the figures.
  void check_nested(const Json& json, const std::string& key, const std::string& path, int depth = 1) {
    if (!json.contains(key) || json[key].is_null()) return;
    const Json* map = member(json, key, path, &Json::is_object, "a map or null");
    if (map == nullptr) return;
    for (const auto& entry : map->items()) {
      const std::string below = fmt::format("{}{}.", path, key);
      if (depth > 1) {
        check_nested(*map, entry.key(), below, depth - 1);
      } else {
        check_figures(*map, entry.key(), below);
      }
    }
  }

  void check_held(const Json& scenario, const std::string& path) {
    if (!scenario.contains("held") || scenario["held"].is_null()) return;
    const Json* map = member(scenario, "held", path, &Json::is_object, "a map or null");
    if (map == nullptr) return;
    static const std::vector<std::string> words = {"price", "cap", "world"};
    for (const auto& [zone, value] : map->items()) {
      if (value.is_null()) continue;
      const std::string found = value.is_string() ? value.get<std::string>() : value.dump();
      if (std::find(words.begin(), words.end(), found) == words.end())
        fault(fmt::format("{}held.{}: found '{}'{}", path, zone, found, suggestion(found, words)));
    }
  }

  const fs::path& path_;
  const std::string& text_;
  const Json& summary_;
  std::set<std::string> names_;
  Diagnostics faults_;
};

std::vector<Table> read_tables(const fs::path& folder) {
  std::vector<Table> tables;
  Diagnostics faults;
  std::set<std::string> read;
  for (const TableShape& shape : required_tables()) {
    const fs::path path = folder / (std::string(shape.name) + ".csv");
    std::error_code ignored;
    read.insert(path.filename().string());
    faults.guard([&] {
      if (!fs::exists(path, ignored)) refuse(path, "is missing, expected the table that every run has");
      tables.push_back(read_table(path, shape.columns));
    });
  }
  std::vector<fs::path> others;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".csv" && !read.contains(entry.path().filename().string()))
      others.push_back(entry.path());
  }
  std::sort(others.begin(), others.end());
  for (const fs::path& path : others) faults.guard([&] { tables.push_back(read_table(path, {})); });
  faults.throw_if_any();
  return tables;
}

}  // namespace

RunFiles read_run_files(const fs::path& folder) {
  check_is_run(folder);
  RunFiles files;
  Diagnostics faults;
  faults.guard([&] {
    const fs::path path = folder / "summary.json";
    const std::string text = file_text(path);
    files.summary = read_json(path, text);
    SummaryCheck(path, text, files.summary).run();
  });
  faults.guard([&] { files.run = read_json(folder / "run.json", file_text(folder / "run.json")); });
  faults.throw_if_any();
  return files;
}

RunDocument read_run_folder(const fs::path& folder) {
  Json summary, run, about = Json::object();
  std::vector<Table> tables;
  Diagnostics faults;
  check_is_run(folder);
  faults.guard([&] {
    RunFiles files = read_run_files(folder);
    summary = std::move(files.summary);
    run = std::move(files.run);
  });
  faults.guard([&] { tables = read_tables(folder / "tables"); });
  faults.throw_if_any();
  if (const auto notes = run.find("about"); notes != run.end()) {
    if (notes->is_object()) about = *notes;
    run.erase("about");
  }
  return {.summary = std::move(summary), .run = std::move(run), .about = std::move(about), .tables = std::move(tables)};
}

}  // namespace levee
