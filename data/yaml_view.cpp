#include "data/yaml_view.hpp"

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <span>
#include <system_error>

#include "data/yaml_value.hpp"

namespace levee {
namespace {

using Value = YamlView::Value;
using Kind = Value::Kind;

std::string describe(const Value& value) {
  switch (value.kind) {
    case Kind::null:
      return "nothing";
    case Kind::scalar:
      return fmt::format("'{}'", value.text);
    case Kind::sequence:
      return "a list";
    case Kind::map:
      return "a map";
  }
  return "";
}

double parse_number(const YamlView& view, const std::string& expected) {
  const std::string text = view.text();
  const char* first = text.data() + (text.starts_with('+') ? 1 : 0);
  const char* last = text.data() + text.size();
  double value = 0;
  const auto result = fast_float::from_chars(first, last, value);
  if (result.ptr != last || first == last) throw view.error(fmt::format("found '{}', expected {}", text, expected));
  if (!std::isfinite(value)) throw view.error(fmt::format("found '{}', expected a finite number", text));
  return value;
}

/// A deep copy without the keys that are null: what a map means when it lies over nothing.
std::shared_ptr<const Value> without_nulls(const std::shared_ptr<const Value>& value) {
  if (value->kind != Kind::map) return value;
  auto copy = std::make_shared<Value>(*value);
  copy->entries.clear();
  for (const Value::Entry& entry : value->entries) {
    if (entry.value->kind != Kind::null) copy->entries.push_back({entry.key, entry.where, without_nulls(entry.value)});
  }
  return copy;
}

std::shared_ptr<const Value> merged(const std::shared_ptr<const Value>& base,
                                    const std::shared_ptr<const Value>& over) {
  if (base->kind != Kind::map || over->kind != Kind::map) return without_nulls(over);
  auto result = std::make_shared<Value>(*over);
  result->entries.clear();
  for (const Value::Entry& entry : base->entries) {
    const Value::Entry* upper = over->entry(entry.key);
    if (upper == nullptr) {
      result->entries.push_back(entry);
    } else if (upper->value->kind != Kind::null) {
      result->entries.push_back({entry.key, upper->where, merged(entry.value, upper->value)});
    }
  }
  for (const Value::Entry& entry : over->entries) {
    if (base->entry(entry.key) != nullptr || entry.value->kind == Kind::null) continue;
    result->entries.push_back({entry.key, entry.where, without_nulls(entry.value)});
  }
  return result;
}

std::shared_ptr<const Value> replaced(const std::shared_ptr<const Value>& value, std::span<const std::string> path,
                                      const std::string& text, const Location& where) {
  const std::shared_ptr<const yaml::Text> source = value->source;
  if (path.empty()) {
    auto scalar = std::make_shared<Value>();
    scalar->kind = Kind::scalar;
    scalar->text = text;
    scalar->where = where;
    scalar->source = source;
    return scalar;
  }
  if (value->kind != Kind::map && value->kind != Kind::null) {
    throw InputError(
        where, fmt::format("cannot set '{}' here: its parent is {}, expected a map", path.front(), describe(*value)),
        source && source->name == where.file ? source->line(where.line) : "");
  }
  auto copy = std::make_shared<Value>(*value);
  copy->kind = Kind::map;
  auto nothing = std::make_shared<Value>();
  nothing->where = where;
  nothing->source = source;
  for (Value::Entry& entry : copy->entries) {
    if (entry.key != path.front()) continue;
    entry.value = replaced(entry.value, path.subspan(1), text, where);
    return copy;
  }
  copy->entries.push_back({path.front(), where, replaced(nothing, path.subspan(1), text, where)});
  return copy;
}

}  // namespace

YamlView YamlView::load(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  if (std::filesystem::is_directory(path)) throw InputError({path, 0, 0}, "is a folder, expected a file");
  if (!stream) throw InputError({path, 0, 0}, "cannot read this file" + suggest_file(path));
  return parse(std::string(std::istreambuf_iterator<char>(stream), {}), path);
}

YamlView YamlView::parse(const std::string& text, const std::string& name) {
  return YamlView(yaml::parse_document(text, name));
}

bool YamlView::is_map() const { return value_->kind == Kind::map; }
bool YamlView::is_sequence() const { return value_->kind == Kind::sequence; }
bool YamlView::is_scalar() const { return value_->kind == Kind::scalar; }
bool YamlView::is_null() const { return value_->kind == Kind::null; }

Location YamlView::where() const { return value_->where; }

std::string YamlView::excerpt() const {
  return value_->source && value_->source->name == value_->where.file ? value_->source->line(value_->where.line) : "";
}

std::string YamlView::text() const {
  if (!is_scalar()) throw error(fmt::format("found {}, expected a text or a number", describe(*value_)));
  return value_->text;
}

double YamlView::number() const {
  if (!is_scalar()) throw error(fmt::format("found {}, expected a number", describe(*value_)));
  return parse_number(*this, "a number");
}

int YamlView::integer() const {
  if (!is_scalar()) throw error(fmt::format("found {}, expected a whole number", describe(*value_)));
  const double value = parse_number(*this, "a whole number");
  if (value != std::floor(value) || std::abs(value) > std::numeric_limits<int>::max()) {
    throw error(fmt::format("found '{}', expected a whole number", value_->text));
  }
  return static_cast<int>(value);
}

bool YamlView::boolean() const {
  if (is_scalar() && value_->text == "true") return true;
  if (is_scalar() && value_->text == "false") return false;
  throw error(fmt::format("found {}, expected true or false", describe(*value_)));
}

std::vector<std::string> YamlView::texts() const {
  if (is_scalar()) return {value_->text};
  if (!is_sequence()) throw error(fmt::format("found {}, expected a list", describe(*value_)));
  std::vector<std::string> result;
  for (const YamlView& item : items()) result.push_back(item.text());
  return result;
}

bool YamlView::has(const std::string& key) const { return find(key).has_value(); }

YamlView YamlView::at(const std::string& key) const {
  if (auto value = find(key)) return *value;
  throw error(fmt::format("missing key '{}'", key));
}

std::optional<YamlView> YamlView::find(const std::string& key) const {
  if (is_null()) return std::nullopt;
  if (!is_map()) throw error(fmt::format("found {}, expected a map with the key '{}'", describe(*value_), key));
  const Value::Entry* entry = value_->entry(key);
  if (entry == nullptr) return std::nullopt;
  return YamlView(entry->value);
}

std::vector<std::pair<std::string, YamlView>> YamlView::entries() const {
  std::vector<std::pair<std::string, YamlView>> result;
  if (is_null()) return result;
  if (!is_map()) throw error(fmt::format("found {}, expected a map", describe(*value_)));
  for (const Value::Entry& entry : value_->entries) result.emplace_back(entry.key, YamlView(entry.value));
  return result;
}

Location YamlView::key_where(const std::string& key) const {
  const Value::Entry* entry = is_map() ? value_->entry(key) : nullptr;
  return entry != nullptr ? entry->where : where();
}

std::vector<YamlView> YamlView::items() const {
  if (!is_sequence()) throw error(fmt::format("found {}, expected a list", describe(*value_)));
  std::vector<YamlView> result;
  for (const auto& item : value_->items) result.push_back(YamlView(item));
  return result;
}

InputError YamlView::key_error(const std::string& key, const std::string& message) const {
  const Location location = key_where(key);
  const auto& source = value_->source;
  return InputError(location, message, source && source->name == location.file ? source->line(location.line) : "");
}

void YamlView::only_keys(std::initializer_list<const char*> keys) const {
  only_keys(std::vector<std::string>(keys.begin(), keys.end()));
}

void YamlView::only_keys(const std::vector<std::string>& keys) const {
  Diagnostics faults;
  for (const auto& [key, value] : entries()) {
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    faults.add(key_error(key, fmt::format("unknown key '{}'{}", key, suggestion(key, keys))));
  }
  faults.throw_if_any();
}

InputError YamlView::error(const std::string& message) const { return InputError(where(), message, excerpt()); }

YamlView YamlView::merge(const YamlView& base, const YamlView& over) {
  if (over.is_null()) return base;
  return YamlView(merged(base.value_, over.value_));
}

YamlView YamlView::with(const std::vector<std::string>& path, const std::string& text, const Location& where) const {
  return YamlView(replaced(value_, path, text, where));
}

}  // namespace levee
