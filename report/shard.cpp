#include "report/shard.hpp"

#include <fmt/format.h>

#include <charconv>

#include "data/diagnostics.hpp"

namespace levee {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* key = "shard";

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

/// The mark of a map, taken off; nothing when it has none of the right form.
std::optional<Json> taken(Json& json) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_object()) return std::nullopt;
  Json mark = std::move(*found);
  json.erase(key);
  return mark;
}

}  // namespace

std::string Shard::text() const { return fmt::format("{}/{}", number, of); }

Shard read_shard(const std::string& text) {
  const std::size_t slash = text.find('/');
  const std::optional<int> number = whole_number(std::string_view(text).substr(0, slash));
  const std::optional<int> of =
      slash == std::string::npos ? std::nullopt : whole_number(std::string_view(text).substr(slash + 1));
  if (!number || !of || *number < 1 || *number > *of) {
    throw InputError(
        {}, fmt::format("--shard: found '{}', expected K/N, part K of N, with K from 1 to N such as 2/4", text));
  }
  return {*number, *of, true};
}

void mark_run(Json& run, const Shard& shard, std::size_t scenarios) {
  run[key] = {{"number", shard.number}, {"of", shard.of}, {"scenarios", scenarios}};
}

void mark_entry(Json& entry, const EntryMark& mark) { entry[key] = {{"place", mark.place}, {"own", mark.own}}; }

std::optional<ShardMark> take_mark(Json& run) {
  const std::optional<Json> mark = taken(run);
  if (!mark) return std::nullopt;
  return ShardMark{{mark->at("number").get<int>(), mark->at("of").get<int>(), true},
                   mark->at("scenarios").get<std::size_t>()};
}

std::optional<EntryMark> take_entry_mark(Json& entry) {
  const std::optional<Json> mark = taken(entry);
  if (!mark) return std::nullopt;
  return EntryMark{mark->at("place").get<int>(), mark->at("own").get<bool>()};
}

}  // namespace levee
