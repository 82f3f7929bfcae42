#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "data/dataset_reader.hpp"
#include "data/schema.hpp"
#include "scenarios/study.hpp"
#include "scenarios/study_caps.hpp"
#include "scenarios/study_parameters.hpp"
#include "scenarios/study_policy.hpp"
#include "scenarios/study_scenarios.hpp"
#include "scenarios/study_words.hpp"

namespace levee {
namespace {

namespace fs = std::filesystem;

/// A path written in a study is relative to the file that holds it.
std::string path_beside(const YamlView& value) {
  return (fs::path(value.where().file).parent_path() / value.text()).lexically_normal().string();
}

std::string existing_file(const YamlView& value) {
  std::string path = path_beside(value);
  if (fs::is_regular_file(path)) return path;
  throw value.error(fmt::format("cannot read '{}': there is no file '{}'{}", value.text(), path, suggest_file(path)));
}

YamlView load_study_file(const std::string& path) {
  YamlView root = YamlView::load(path);
  if (!root.is_map()) throw root.error("expected a map that describes a study");
  return root;
}

/// The study's file and those it extends, the base first.
std::vector<YamlView> load_chain(const std::string& path) {
  std::vector<YamlView> chain{load_study_file(path)};
  std::vector<std::string> paths{fs::path(path).lexically_normal().string()};
  while (true) {
    const auto base = chain.back().find("extends");
    if (!base || base->is_null()) break;
    std::string next = existing_file(*base);
    const auto known = std::ranges::find_if(paths, [&](const std::string& seen) { return fs::equivalent(seen, next); });
    if (known != paths.end()) {
      std::string cycle;
      for (auto step = known; step != paths.end(); ++step) cycle += *step + " -> ";
      throw base->error(fmt::format("this study extends itself: {}{}", cycle, *known));
    }
    chain.push_back(load_study_file(next));
    paths.push_back(std::move(next));
  }
  std::ranges::reverse(chain);
  return chain;
}

/// Throws what was found, in the order of the text. A message that every heir of a scenario repeats is shown once.
void throw_distinct(const Diagnostics& faults) {
  std::set<std::tuple<std::string, int, int, std::string>> seen;
  std::vector<std::string> files;
  std::vector<Diagnostic> distinct;
  for (const Diagnostic& fault : faults.list()) {
    const Location& where = fault.where;
    if (!seen.emplace(where.file, where.line, where.column, fault.message).second) continue;
    if (std::ranges::find(files, where.file) == files.end()) files.push_back(where.file);
    distinct.push_back(fault);
  }
  std::ranges::stable_sort(distinct, {}, [&](const Diagnostic& fault) {
    const bool counted = fault.where.line == 0;  // "... and 12 more faults of this file" comes after the others
    return std::tuple(std::ranges::find(files, fault.where.file), counted, fault.where.line, fault.where.column);
  });
  if (!distinct.empty()) throw InputError(distinct);
}

class StudyReader {
 public:
  explicit StudyReader(const std::string& path) : chain_(load_chain(path)), root_(chain_.front()) {
    for (std::size_t k = 1; k < chain_.size(); ++k) root_ = YamlView::merge(root_, chain_[k]);
    study_.path = path;
    for (const YamlView& file : chain_) study_.files.push_back(file.where().file);
  }

  Study read() {
    faults_.guard([&] { root_.only_keys(schema_keys("study")); });
    faults_.guard([&] { study_.name = root_.at("study").text(); });
    faults_.guard([&] {
      if (const auto text = root_.find("description")) study_.description = text->text();
    });
    study_.channels = !block("sweep") && !block("ensemble");
    faults_.guard([&] {
      if (const auto word = root_.find("channels")) study_.channels = truth(*word);
    });
    faults_.guard([&] { read_texts(); });
    const bool readable = faults_.guard([&] { read_dataset_named(); });
    // Names mean nothing without the dataset's, and measures nothing without zones.
    if (!readable) throw_distinct(faults_);
    faults_.guard([&] { read_model(); });
    const bool zoned = faults_.guard([&] {
      if (const auto zones = root_.find("zones")) study_.zones = read_zones(*study_.dataset, *zones);
    });
    if (zoned) {
      bool sound = true;
      for (const ScenarioText& trial : trials_) sound = faults_.guard([&] { read_scenario(trial); }) && sound;
      if (!sound) throw_distinct(faults_);  // members would only repeat it, each with a figure of its own
      for (const ScenarioText& text : texts_) faults_.guard([&] { study_.add(read_scenario(text)); });
    }
    throw_distinct(faults_);
    check_references();
    if (faults_.list().empty()) check_caps(study_, faults_);
    throw_distinct(faults_);
    return std::move(study_);
  }

 private:
  void read_texts() {
    root_.at("scenarios");
    const std::vector<ScenarioText> scenarios = resolve_scenarios(chain_);
    if (scenarios.empty()) throw root_.at("scenarios").error("found no scenarios, expected at least one");
    std::vector<std::string> names;
    for (const ScenarioText& scenario : scenarios) names.push_back(scenario.name);
    faults_.guard([&] {
      const YamlView reference = root_.at("reference");
      study_.reference = reference.text();
      if (std::ranges::find(names, study_.reference) == names.end()) {
        throw reference.error(
            fmt::format("unknown scenario '{}'{}", study_.reference, suggestion(study_.reference, names)));
      }
    });
    ExpandedScenarios expanded = expand_scenarios(scenarios, block("sweep"), block("ensemble"));
    texts_ = std::move(expanded.scenarios);
    trials_ = std::move(expanded.trials);
  }

  /// A block that is there and is not null.
  std::optional<YamlView> block(const char* key) const {
    const auto found = root_.find(key);
    return found && found->is_null() ? std::nullopt : found;
  }

  void read_dataset_named() {
    const YamlView named = root_.at("dataset");
    study_.dataset_path = existing_file(named);
    study_.dataset = std::make_shared<const Dataset>(read_dataset(study_.dataset_path));
    if (!study_.dataset->has_parameters()) {
      throw named.error(
          "this dataset has no 'parameters' (elasticities, factor shares, fuel weights): it serves "
          "accounts, a model needs them (docs/data.md)");
    }
    study_.files.insert(study_.files.end(), study_.dataset->files.begin(), study_.dataset->files.end());
  }

  void read_model() {
    ModelOptions& model = study_.model;
    YamlView view = root_;
    if (const auto block = root_.find("model")) {
      view = *block;
      faults_.guard([&] { view.only_keys(schema_keys("study/model")); });
    }
    std::vector<std::string> technologies, households;
    for (const auto& entry : study_.dataset->technologies) technologies.push_back(entry.first);
    for (const auto& entry : study_.dataset->households) households.push_back(entry.first);
    choose(view, "technology", technologies, model.technology);
    choose(view, "household", households, model.household);
    choose(view, "armington", {"common"}, model.armington);
    choose(view, "closure", {"standard"}, model.closure);
  }

  /// One of the names there are. A default that does not exist is a fault of the whole block.
  void choose(const YamlView& model, const std::string& key, const std::vector<std::string>& names,
              std::string& choice) {
    faults_.guard([&] {
      const bool given = root_.has("model") && model.has(key);
      if (given) choice = model.at(key).text();
      if (std::ranges::find(names, choice) != names.end()) return;
      const std::string near = suggestion(choice, names);
      if (given) throw model.at(key).error(fmt::format("unknown {} '{}'{}", key, choice, near));
      throw model.error(fmt::format("the dataset lacks the default {} '{}'{}", key, choice, near));
    });
  }

  Scenario read_scenario(const ScenarioText& text) {
    Scenario scenario;
    scenario.name = text.name;
    scenario.base_name = text.base_name;
    scenario.sweep_values = text.sweep_values;
    scenario.where = text.declared_in.key_where(text.base_name);
    static const YamlView without_parent = YamlView::parse("extends: null", "");
    scenario.resolved_yaml = flow_text(YamlView::merge(text.measures, without_parent));
    scenario.zones = study_.zones;
    if (text.measures.has("zones")) {
      const auto zones = root_.find("zones");
      scenario.zones = read_scenario_zones(*study_.dataset, zones ? *zones : YamlView::parse("{}", ""), text.measures);
    }
    Diagnostics faults;
    faults.guard([&] { text.measures.only_keys(schema_keys("study/scenario")); });
    faults.guard([&] { read_measures(*study_.dataset, text.measures, scenario); });
    faults.guard([&] {
      if (const auto block = text.measures.find("parameters")) {
        scenario.parameters = read_parameters(*study_.dataset, study_.model.household, *block);
      }
    });
    faults.throw_if_any();
    return scenario;
  }

  void check_references() {
    for (std::size_t k = 0; k < texts_.size(); ++k) {
      if (study_.reference_of(static_cast<int>(k)) >= 0) continue;
      faults_.add(texts_[k].declared_in.key_error(
          texts_[k].base_name,
          fmt::format("scenario '{}' has no reference: the sweep varies '{}' but leaves this scenario alone",
                      texts_[k].name, study_.reference)));
    }
  }

  std::vector<YamlView> chain_;
  YamlView root_;  ///< all files merged; scenarios are resolved from the chain, since merging drops their nulls
  Study study_;
  std::vector<ScenarioText> texts_, trials_;
  Diagnostics faults_;
};

}  // namespace

void Study::add(Scenario scenario) {
  members.add(scenario.base_name, scenario.sweep_values, static_cast<int>(scenarios.size()));
  scenarios.push_back(std::move(scenario));
}

int Study::reference_of(int scenario) const { return member_of(reference, scenario); }

int Study::member_of(const std::string& base_name, int scenario) const {
  return members.find(base_name, scenarios[static_cast<std::size_t>(scenario)].sweep_values);
}

Study read_study(const std::string& path) { return StudyReader(path).read(); }

}  // namespace levee
