#include "report/run_merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "data/diagnostics.hpp"
#include "report/run_reader.hpp"

namespace levee {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

/// The parts of a path from the last to the first, links and dots resolved.
std::vector<std::string> parts_from_the_end(const fs::path& folder) {
  std::error_code error;
  fs::path full = fs::weakly_canonical(fs::absolute(folder), error);
  if (error) full = fs::absolute(folder).lexically_normal();
  std::vector<std::string> parts;
  for (const fs::path& part : full.relative_path())
    if (!part.empty()) parts.push_back(part.string());
  std::reverse(parts.begin(), parts.end());
  return parts;
}

std::string joined_end(const std::vector<std::string>& parts, std::size_t count) {
  std::string name;
  for (std::size_t k = std::min(count, parts.size()); k-- > 0;) name += parts[k] + (k > 0 ? "/" : "");
  return name;
}

/// Whether `word` means this scenario: by its name, its sweep's name, either with the run's name before it.
bool means(const std::string& word, const NamedRun& run, const Json& scenario) {
  for (const std::string& name : {text_in(scenario, "name"), text_in(scenario, "base")})
    if (!name.empty() && (word == name || word == run.name + "/" + name)) return true;
  return false;
}

[[noreturn]] void unknown_scenario(const std::string& word, const std::vector<NamedRun>& runs) {
  std::vector<std::string> known;
  const auto add = [&](const std::string& name) {
    if (!name.empty() && std::find(known.begin(), known.end(), name) == known.end()) known.push_back(name);
  };
  for (const NamedRun& run : runs) {
    for (const Json& scenario : run.document.summary["scenarios"]) {
      add(text_in(scenario, "name"));
      add(text_in(scenario, "base"));
    }
  }
  if (word.find('/') != std::string::npos && runs.size() > 1) {
    std::vector<std::string> full;
    for (const NamedRun& run : runs)
      for (const std::string& name : known) full.push_back(run.name + "/" + name);
    known.insert(known.end(), full.begin(), full.end());
  }
  throw InputError({}, fmt::format("levee compare: there is no scenario '{}'{}", word, suggestion(word, known)));
}

/// Names of a run's chosen scenarios: own to shown.
using NameMap = std::map<std::string, std::string>;

std::vector<NameMap> name_maps(const std::vector<NamedRun>& runs, const std::vector<ChosenScenario>& chosen) {
  std::vector<NameMap> maps(runs.size());
  for (const ChosenScenario& scenario : chosen) maps[scenario.run][scenario.local] = scenario.name;
  return maps;
}

std::optional<std::size_t> find_column(const Table& table, const std::string& name) {
  const auto found = std::find(table.columns.begin(), table.columns.end(), name);
  if (found == table.columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - table.columns.begin());
}

/// A run's rows of chosen scenarios with the shown names.
Table renamed(const Table& table, const NameMap& names) {
  Table result{table.name, table.columns, {}};
  const auto scenario = find_column(table, "scenario"), reference = find_column(table, "reference");
  const auto shown = [&](Cell& cell) {
    auto* text = std::get_if<std::string>(&cell);
    const auto found = text == nullptr ? names.end() : names.find(*text);
    if (found != names.end()) *text = found->second;
    return found != names.end();
  };
  for (std::vector<Cell> row : table.rows) {
    if (scenario && !shown(row[*scenario])) continue;
    if (reference) shown(row[*reference]);
    result.add(std::move(row));
  }
  return result;
}

/// Adds `column` to a table where it is not yet: before `unit`, where the last columns begin.
void add_column(Table& table, const std::string& column) {
  const std::size_t place = find_column(table, "unit").value_or(table.columns.size());
  const auto offset = static_cast<std::ptrdiff_t>(place);
  table.columns.insert(table.columns.begin() + offset, column);
  for (std::vector<Cell>& row : table.rows) row.insert(row.begin() + offset, std::numeric_limits<double>::quiet_NaN());
}

/// The rows of `more` below those of `table`; runs of different versions may differ in columns.
void append(Table& table, const Table& more) {
  for (const std::string& column : more.columns)
    if (!find_column(table, column)) add_column(table, column);
  std::vector<std::optional<std::size_t>> from;
  for (const std::string& column : table.columns) from.push_back(find_column(more, column));
  for (const std::vector<Cell>& row : more.rows) {
    std::vector<Cell> cells;
    for (const auto& place : from)
      cells.push_back(place ? row[*place] : Cell(std::numeric_limits<double>::quiet_NaN()));
    table.add(std::move(cells));
  }
}

bool same_cell(const Cell& a, const Cell& b) {
  const auto *x = std::get_if<double>(&a), *y = std::get_if<double>(&b);
  if (x == nullptr || y == nullptr) return a == b;
  return *x == *y || (*x != *x && *y != *y);
}

bool same_table(const Table& a, const Table& b) {
  return a.columns == b.columns &&
         std::equal(a.rows.begin(), a.rows.end(), b.rows.begin(), b.rows.end(), [](const auto& x, const auto& y) {
           return std::equal(x.begin(), x.end(), y.begin(), y.end(), same_cell);
         });
}

/// Tables of the same name, one of each run that has it.
struct TableParts {
  std::vector<std::size_t> runs;
  std::vector<Table> tables;
};

Table stacked(TableParts parts, const std::vector<NamedRun>& runs) {
  const bool by_scenario = find_column(parts.tables.front(), "scenario").has_value();
  const bool same = std::all_of(parts.tables.begin(), parts.tables.end(),
                                [&](const Table& table) { return same_table(table, parts.tables.front()); });
  if (!by_scenario && same) return std::move(parts.tables.front());
  for (std::size_t k = 0; k < parts.tables.size() && !by_scenario; ++k) {
    Table& table = parts.tables[k];
    table.columns.insert(table.columns.begin(), "run");
    for (std::vector<Cell>& row : table.rows) row.insert(row.begin(), Cell(runs[parts.runs[k]].name));
  }
  Table result = std::move(parts.tables.front());
  for (std::size_t k = 1; k < parts.tables.size(); ++k) append(result, parts.tables[k]);
  return result;
}

std::vector<Table> merged_tables(const std::vector<NamedRun>& runs, const std::vector<NameMap>& names) {
  std::vector<std::string> order;
  std::map<std::string, TableParts> parts;
  for (std::size_t r = 0; r < runs.size(); ++r) {
    if (names[r].empty()) continue;
    for (const Table& table : runs[r].document.tables) {
      if (!parts.contains(table.name)) order.push_back(table.name);
      parts[table.name].runs.push_back(r);
      parts[table.name].tables.push_back(renamed(table, names[r]));
    }
  }
  std::vector<Table> result;
  for (const std::string& name : order) result.push_back(stacked(std::move(parts[name]), runs));
  return result;
}

/// Lists get the elements that they do not have yet, maps are merged key by key, of anything else the first stays.
void add_notes(Json& notes, const Json& more) {
  if (notes.is_array() && more.is_array()) {
    for (const Json& element : more)
      if (std::find(notes.begin(), notes.end(), element) == notes.end()) notes.push_back(element);
  } else if (notes.is_object() && more.is_object()) {
    for (const auto& [key, value] : more.items()) {
      if (notes.contains(key)) {
        add_notes(notes[key], value);
      } else {
        notes[key] = value;
      }
    }
  }
}

/// What calibration did is told by run where runs differ.
void name_treatments(Json& about, const std::string& run) {
  if (!about.contains("treatments") || !about["treatments"].is_array()) return;
  for (Json& treatment : about["treatments"]) {
    if (treatment.is_object() && treatment.contains("name"))
      treatment["name"] = fmt::format("{}: {}", run, text_in(treatment, "name"));
  }
}

/// What the scenarios do, of those that are chosen and under the names that they have here.
void rename_designs(Json& notes, const NameMap& names) {
  if (!notes.contains("scenarios") || !notes["scenarios"].is_object()) return;
  Json designs = Json::object();
  for (const auto& [own, words] : notes["scenarios"].items())
    if (const auto found = names.find(own); found != names.end()) designs[found->second] = words;
  notes["scenarios"] = std::move(designs);
}

Json merged_notes(const std::vector<NamedRun>& runs, const std::vector<NameMap>& names) {
  if (runs.size() == 1) return runs.front().document.about;
  const auto treatments = [](const NamedRun& run) { return run.document.about.value("treatments", Json::array()); };
  const bool same = std::all_of(runs.begin(), runs.end(),
                                [&](const NamedRun& run) { return treatments(run) == treatments(runs.front()); });
  std::string title;
  for (const NamedRun& run : runs) title += (title.empty() ? "Comparison: " : ", ") + run.name;
  Json about = {{"title", title}};
  for (std::size_t r = 0; r < runs.size(); ++r) {
    Json notes = runs[r].document.about;
    notes.erase("title");
    notes.erase("description");
    rename_designs(notes, names[r]);
    if (!same) name_treatments(notes, runs[r].name);
    add_notes(about, notes);
  }
  return about;
}

/// The text that all runs have, else each of them once.
std::string common_text(const std::vector<std::string>& texts) {
  std::string result;
  std::set<std::string> seen;
  for (const std::string& text : texts)
    if (seen.insert(text).second) result += (result.empty() ? "" : " / ") + text;
  return result;
}

Json merged_units(const std::vector<NamedRun>& runs) {
  Json units = runs.front().document.summary["units"];
  std::vector<std::string> money, dated;
  for (const NamedRun& run : runs) {
    const Json& own = run.document.summary["units"];
    money.push_back(text_in(own, "money"));
    dated.push_back(fmt::format("{} of {}", text_in(own, "money"), own["price_year"].dump()));
  }
  const bool same = std::all_of(dated.begin(), dated.end(), [&](const std::string& text) { return text == dated[0]; });
  units["money"] = common_text(same ? money : dated);
  return units;
}

/// What stands before a scenario's own name: "RUN/" or nothing.
std::string prefix_of(const ChosenScenario& scenario) {
  return scenario.name.substr(0, scenario.name.size() - scenario.local.size());
}

Json merged_summary(const std::vector<NamedRun>& runs, const std::vector<ChosenScenario>& chosen,
                    const std::vector<NameMap>& names) {
  std::vector<std::string> studies, datasets;
  for (const NamedRun& run : runs) {
    studies.push_back(text_in(run.document.summary, "study"));
    datasets.push_back(text_in(run.document.summary, "dataset"));
  }
  Json summary = {{"schema", 1}, {"study", common_text(studies)}, {"dataset", common_text(datasets)}};
  summary["reference"] = prefix_of(chosen.front()) + text_in(runs.front().document.summary, "reference");
  summary["units"] = merged_units(runs);
  summary["runs"] = Json::array();
  for (const NamedRun& run : runs) summary["runs"].push_back(run_entry(run));
  summary["scenarios"] = Json::array();
  for (const ChosenScenario& scenario : chosen) {
    const NamedRun& run = runs[scenario.run];
    Json entry = run.document.summary["scenarios"][scenario.index];
    entry["name"] = scenario.name;
    if (const std::string base = text_in(entry, "base"); !base.empty()) entry["base"] = prefix_of(scenario) + base;
    if (const std::string reference = text_in(entry, "reference"); !reference.empty())
      entry["reference"] = names[scenario.run].at(reference);
    entry["run"] = run.name;
    summary["scenarios"].push_back(std::move(entry));
  }
  return summary;
}

/// run.json's list of scenarios has the same names.
void add_records(Json& list, const Json& record, const NameMap& names) {
  const auto scenarios = record.find("scenarios");
  if (scenarios == record.end() || !scenarios->is_array()) return;
  for (Json entry : *scenarios) {
    const auto found = entry.is_object() ? names.find(text_in(entry, "name")) : names.end();
    if (found == names.end()) continue;
    entry["name"] = found->second;
    list.push_back(std::move(entry));
  }
}

Json merged_record(const std::vector<NamedRun>& runs, const std::vector<NameMap>& names) {
  Json record = {{"inputs", Json::array()}, {"scenarios", Json::array()}};
  for (std::size_t r = 0; r < runs.size(); ++r) {
    const Json& own = runs[r].document.run;
    if (own.contains("inputs")) add_notes(record["inputs"], own["inputs"]);
    add_records(record["scenarios"], own, names[r]);
  }
  return record;
}

}  // namespace

std::string text_in(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

std::vector<std::string> short_names(const std::vector<fs::path>& folders) {
  std::vector<std::vector<std::string>> parts;
  for (const fs::path& folder : folders) {
    parts.push_back(parts_from_the_end(folder));
    if (std::count(parts.begin(), parts.end(), parts.back()) > 1)
      throw InputError(Location{folder.string(), 0, 0}, "is given twice, expected each folder once");
  }
  std::vector<std::string> names(folders.size());
  for (std::size_t k = 0; k < folders.size(); ++k) {
    const auto shared = [&](std::size_t count) {
      return std::any_of(parts.begin(), parts.end(), [&](const auto& other) {
        return &other != &parts[k] && joined_end(other, count) == joined_end(parts[k], count);
      });
    };
    std::size_t count = 1;
    while (count < parts[k].size() && shared(count)) ++count;
    names[k] = joined_end(parts[k], count);
  }
  return names;
}

std::vector<NamedRun> read_runs(const std::vector<fs::path>& folders) {
  const std::vector<std::string> names = short_names(folders);
  std::vector<NamedRun> runs;
  Diagnostics faults;
  for (std::size_t k = 0; k < folders.size(); ++k)
    faults.guard([&] { runs.push_back({names[k], folders[k], read_run_folder(folders[k])}); });
  faults.throw_if_any();
  return runs;
}

std::vector<ChosenScenario> choose_scenarios(const std::vector<NamedRun>& runs,
                                             const std::vector<std::string>& wanted) {
  std::set<std::string> met;
  std::vector<ChosenScenario> chosen;
  for (std::size_t r = 0; r < runs.size(); ++r) {
    const Json& scenarios = runs[r].document.summary["scenarios"];
    std::set<std::string> asked, against;
    for (const Json& scenario : scenarios) {
      bool take = wanted.empty();
      for (const std::string& word : wanted) {
        if (!means(word, runs[r], scenario)) continue;
        take = true;
        met.insert(word);
      }
      if (!take) continue;
      asked.insert(text_in(scenario, "name"));
      against.insert(text_in(scenario, "reference"));
    }
    for (std::size_t k = 0; k < scenarios.size(); ++k) {
      const std::string name = text_in(scenarios[k], "name");
      if (!asked.contains(name) && !against.contains(name)) continue;
      chosen.push_back({r, k, name, runs.size() > 1 ? runs[r].name + "/" + name : name, asked.contains(name)});
    }
  }
  for (const std::string& word : wanted)
    if (!met.contains(word)) unknown_scenario(word, runs);
  return chosen;
}

Json run_entry(const NamedRun& run) {
  const Json& summary = run.document.summary;
  return {{"name", run.name},
          {"folder", run.folder.generic_string()},
          {"study", summary["study"]},
          {"dataset", summary["dataset"]},
          {"reference", summary["reference"]},
          {"units", summary["units"]},
          {"version", text_in(run.document.run, "version")}};
}

void drop_unused(std::vector<NamedRun>& runs, std::vector<ChosenScenario>& chosen) {
  std::vector<NamedRun> used;
  std::map<std::size_t, std::size_t> place;
  for (ChosenScenario& scenario : chosen) {
    const auto [entry, first] = place.try_emplace(scenario.run, used.size());
    if (first) used.push_back(std::move(runs[scenario.run]));
    scenario.run = entry->second;
  }
  runs = std::move(used);
}

RunDocument merge_runs(const std::vector<NamedRun>& runs, const std::vector<ChosenScenario>& chosen) {
  const std::vector<NameMap> names = name_maps(runs, chosen);
  return {.summary = merged_summary(runs, chosen, names),
          .run = merged_record(runs, names),
          .about = merged_notes(runs, names),
          .tables = merged_tables(runs, names)};
}

}  // namespace levee
