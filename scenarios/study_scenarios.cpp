// `extends` of scenarios.
#include "scenarios/study_scenarios.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>

namespace levee {
namespace {

/// One scenario: what each study file says about it, the base first.
struct Entry {
  std::string name;
  YamlView declared_in;  ///< the file's `scenarios` that said the last word
  std::vector<YamlView> layers;
  enum class State { waiting, open, done, failed } state = State::waiting;
  std::optional<YamlView> resolved;

  /// The value of `extends`, from the last file that says anything about it.
  std::optional<YamlView> parent() const {
    std::optional<YamlView> last;
    for (const YamlView& layer : layers) {
      if (layer.has("extends")) last = layer.at("extends");
    }
    if (last && last->is_null()) last.reset();
    return last;
  }
};

class Resolver {
 public:
  explicit Resolver(const std::vector<YamlView>& chain) {
    for (const YamlView& file : chain) {
      if (const auto scenarios = file.find("scenarios")) collect(*scenarios);
    }
    for (const Entry& entry : entries_) names_.push_back(entry.name);
  }

  std::vector<ScenarioText> run() {
    std::vector<ScenarioText> result;
    for (Entry& entry : entries_) {
      resolve(entry);
      if (entry.resolved) result.push_back({entry.name, entry.name, {}, *entry.resolved, entry.declared_in});
    }
    faults_.throw_if_any();
    return result;
  }

 private:
  Entry* find(const std::string& name) {
    const auto found = std::ranges::find(entries_, name, &Entry::name);
    return found == entries_.end() ? nullptr : &*found;
  }

  void collect(const YamlView& scenarios) {
    for (const auto& [name, view] : scenarios.entries()) {
      check(scenarios, name, view);
      Entry* known = find(name);
      if (known == nullptr) {
        entries_.push_back({name, scenarios, {view}, Entry::State::waiting, std::nullopt});
      } else if (view.is_null()) {
        entries_.erase(entries_.begin() + (known - entries_.data()));
      } else {
        known->declared_in = scenarios;
        known->layers.push_back(view);
      }
    }
  }

  void check(const YamlView& scenarios, const std::string& name, const YamlView& view) {
    if (name.empty() || name.find_first_of("/=,") != std::string::npos) {
      faults_.add(
          scenarios.key_error(name, fmt::format("found the scenario '{}', expected a name without / = and ,", name)));
    }
    faults_.guard([&] { view.entries(); });  // a map, or nothing
    faults_.throw_if_any();                  // the rest would only repeat it
  }

  void resolve(Entry& entry) {
    if (entry.state != Entry::State::waiting) return;
    entry.state = Entry::State::open;
    path_.push_back(entry.name);
    YamlView text = YamlView::parse("{}", "");
    bool whole = true;
    if (const auto parent = entry.parent()) {
      const auto below = resolved_parent(*parent);
      whole = below.has_value();
      if (whole) text = *below;
    }
    path_.pop_back();
    // A cycle has marked its members as failed already; each is reported once.
    if (!whole || entry.state == Entry::State::failed) {
      entry.state = Entry::State::failed;
      return;
    }
    for (const YamlView& layer : entry.layers) text = YamlView::merge(text, layer);
    entry.resolved = text;
    entry.state = Entry::State::done;
  }

  std::optional<YamlView> resolved_parent(const YamlView& name) {
    Entry* parent = nullptr;
    faults_.guard([&] {
      parent = find(name.text());
      if (parent == nullptr) {
        throw name.error(fmt::format("unknown scenario '{}'{}", name.text(), suggestion(name.text(), names_)));
      }
    });
    if (parent == nullptr) return std::nullopt;
    if (parent->state == Entry::State::open) {
      report_cycle(name);
      return std::nullopt;
    }
    resolve(*parent);
    return parent->resolved;
  }

  void report_cycle(const YamlView& name) {
    const auto first = std::ranges::find(path_, name.text());
    std::string cycle;
    for (auto step = first; step != path_.end(); ++step) {
      cycle += *step + " -> ";
      find(*step)->state = Entry::State::failed;
    }
    faults_.add(name.error(fmt::format("scenario '{}' extends itself: {}{}", *first, cycle, *first)));
  }

  std::vector<Entry> entries_;
  std::vector<std::string> names_;
  std::vector<std::string> path_;  ///< scenarios being resolved, each the child of the next
  Diagnostics faults_;
};

/// Whether a plain scalar would be read as the same text.
bool is_plain(const std::string& text) {
  if (text.empty() || text == "null" || text == "~") return false;
  const bool safe = std::ranges::all_of(text, [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.' || c == '+' || c == ' ';
  });
  return safe && text.front() != ' ' && text.back() != ' ' && text != "-" && !text.starts_with("- ");
}

}  // namespace

std::vector<ScenarioText> resolve_scenarios(const std::vector<YamlView>& chain) { return Resolver(chain).run(); }

std::string scalar_text(const std::string& text) {
  if (is_plain(text)) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '\n') {
      quoted += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string flow_text(const YamlView& view) {
  if (view.is_null()) return "null";
  if (view.is_scalar()) return scalar_text(view.text());
  std::string result;
  auto add = [&](const std::string& part) { result += (result.empty() ? "" : ", ") + part; };
  if (view.is_sequence()) {
    for (const YamlView& item : view.items()) add(flow_text(item));
    return "[" + result + "]";
  }
  for (const auto& [key, value] : view.entries()) add(scalar_text(key) + ": " + flow_text(value));
  return "{" + result + "}";
}

}  // namespace levee
