#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <sstream>
#include <utility>

#include "data/yaml_value.hpp"

namespace levee {

const YamlView::Value::Entry* YamlView::Value::entry(const std::string& key) const {
  for (const Entry& candidate : entries) {
    if (candidate.key == key) return &candidate;
  }
  return nullptr;
}

namespace yaml {
namespace {

using Value = YamlView::Value;
using Kind = Value::Kind;
using Pointer = std::shared_ptr<const Value>;

/// Builds values from yaml-cpp's events. Events, unlike its nodes, keep every key, and say which scalars were quoted.
class Builder : public YAML::EventHandler {
 public:
  explicit Builder(std::shared_ptr<const Text> source) : source_(std::move(source)) {}

  Pointer root() const { return root_; }
  const Diagnostics& faults() const { return faults_; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    auto value = make(mark, Kind::null);
    // yaml-cpp takes NULL and Null for nothing; here only `null`, `~` and nothing are, the rest may be codes.
    for (const char* word : {"NULL", "Null"}) {
      if (source_->line(value->where.line).compare(static_cast<std::size_t>(mark.column), 4, word) != 0) continue;
      value->kind = Kind::scalar;
      value->text = word;
    }
    finish(std::move(value), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) throw fault(mark, "this alias stands inside its own anchor");
    place(found->second, where(mark));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    auto value = make(mark, Kind::scalar);
    value->text = text;
    merge_key_ = text == "<<" && tag != "!";  // "!" marks a quoted scalar
    finish(std::move(value), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open_.push_back({make(mark, Kind::sequence), anchor, {}, {}});
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    if (!open_.empty() && expects_key(open_.back())) throw fault(mark, "found a map as a key, expected a text");
    open_.push_back({make(mark, Kind::map), anchor, {}, {}});
  }
  void OnMapEnd() override {
    resolve_merges();
    close();
  }

 private:
  /// A container whose end has not come yet.
  struct Open {
    std::shared_ptr<Value> value;
    YAML::anchor_t anchor;
    std::unique_ptr<Value::Entry> key;                    ///< of the value that comes next
    std::vector<std::pair<std::size_t, Pointer>> merges;  ///< `<<` values and the number of own entries before them
    bool merging = false;
  };

  static bool expects_key(const Open& open) { return open.value->kind == Kind::map && !open.key && !open.merging; }

  Location where(const YAML::Mark& mark) const { return {source_->name, mark.line + 1, mark.column + 1}; }

  InputError fault(const YAML::Mark& mark, const std::string& message) const {
    return InputError(where(mark), message, source_->line(mark.line + 1));
  }

  std::shared_ptr<Value> make(const YAML::Mark& mark, Kind kind) const {
    auto value = std::make_shared<Value>();
    value->kind = kind;
    value->where = where(mark);
    value->source = source_;
    return value;
  }

  void finish(std::shared_ptr<Value> value, YAML::anchor_t anchor) {
    const Location location = value->where;
    if (anchor != YAML::NullAnchor) anchors_[anchor] = value;
    place(std::move(value), location);
    merge_key_ = false;
  }

  void close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    if (done.anchor != YAML::NullAnchor) anchors_[done.anchor] = done.value;
    const Location location = done.value->where;
    place(std::move(done.value), location);
  }

  /// A complete value goes to the container that is open: as item, as key or as the value of the key before.
  void place(Pointer value, const Location& location) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (Open& open = open_.back(); open.value->kind == Kind::sequence) {
      open.value->items.push_back(std::move(value));
    } else if (open.merging) {
      open.merges.emplace_back(open.value->entries.size(), std::move(value));
      open.merging = false;
    } else if (open.key) {
      open.key->value = std::move(value);
      add_entry(*open.value, std::move(*open.key));
      open.key.reset();
    } else if (value->kind != Kind::scalar && value->kind != Kind::null) {
      throw InputError(location, "found a list as a key, expected a text", source_->line(location.line));
    } else if (merge_key_) {
      open.merging = true;
    } else {
      open.key = std::make_unique<Value::Entry>(Value::Entry{key_text(*value), location, nullptr});
    }
  }

  static std::string key_text(const Value& value) { return value.kind == Kind::null ? "null" : value.text; }

  void add_entry(Value& map, Value::Entry entry) {
    if (const Value::Entry* first = map.entry(entry.key)) {
      faults_.add(entry.where, fmt::format("duplicate key '{}', first given in line {}", entry.key, first->where.line),
                  source_->line(entry.where.line));
      return;
    }
    map.entries.push_back(std::move(entry));
  }

  /// `<<: map` or `<<: [map, map]`: own keys win, then earlier maps of the list.
  void resolve_merges() {
    Open& open = open_.back();
    std::vector<Value::Entry> own = std::move(open.value->entries);
    std::vector<Value::Entry>& result = open.value->entries;
    result.clear();
    auto is_own = [&](const std::string& key) {
      return std::any_of(own.begin(), own.end(), [&](const Value::Entry& entry) { return entry.key == key; });
    };
    auto merge_in = [&](const Pointer& map) {
      if (map->kind != Kind::map) {
        faults_.add(map->where, "the value of '<<' must be a map or a list of maps", source_->line(map->where.line));
        return;
      }
      for (const Value::Entry& entry : map->entries) {
        if (!is_own(entry.key) && open.value->entry(entry.key) == nullptr) result.push_back(entry);
      }
    };
    std::size_t next = 0;
    for (std::size_t k = 0; k <= own.size(); ++k) {
      for (; next < open.merges.size() && open.merges[next].first == k; ++next) {
        const Pointer& value = open.merges[next].second;
        if (value->kind == Kind::sequence) {
          for (const Pointer& item : value->items) merge_in(item);
        } else {
          merge_in(value);
        }
      }
      if (k < own.size()) result.push_back(std::move(own[k]));
    }
  }

  std::shared_ptr<const Text> source_;
  std::map<YAML::anchor_t, Pointer> anchors_;
  std::vector<Open> open_;
  Pointer root_;
  Diagnostics faults_;
  bool merge_key_ = false;  ///< the scalar being placed is a plain `<<`
};

std::shared_ptr<const Text> split_lines(const std::string& text, const std::string& name) {
  auto result = std::make_shared<Text>();
  result->name = name;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    if (line.ends_with('\r')) line.pop_back();
    result->lines.push_back(std::move(line));
  }
  return result;
}

}  // namespace

std::string Text::line(int number) const {
  return number >= 1 && number <= static_cast<int>(lines.size()) ? lines[static_cast<std::size_t>(number - 1)] : "";
}

Pointer parse_document(const std::string& text, const std::string& name) {
  const auto source = split_lines(text, name);
  Builder builder(source);
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) {
      auto nothing = std::make_shared<Value>();
      nothing->where = {name, 1, 1};
      nothing->source = source;
      return nothing;
    }
    if (Builder second(source); parser.HandleNextDocument(second)) {
      throw InputError(second.root()->where, "found a second document, expected one a file");
    }
  } catch (const YAML::Exception& error) {
    const int line = error.mark.is_null() ? 0 : error.mark.line + 1;
    throw InputError({name, line, line == 0 ? 0 : error.mark.column + 1}, "not valid YAML: " + error.msg,
                     source->line(line));
  }
  builder.faults().throw_if_any();
  return builder.root();
}

}  // namespace yaml
}  // namespace levee
