#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace levee {

/// Part `number` (from 1) of a run that is dealt to `of` programs.
struct Shard {
  int number = 1, of = 1;
  bool given = false;  ///< whether the run was asked to be a shard, if only 1 of 1

  std::string text() const;  ///< "2/4"
};

/// Reads "2/4". Throws InputError.
Shard read_shard(const std::string& text);

/// What run.json says of a shard as a whole, and of a scenario in it.
struct ShardMark {
  Shard shard;
  std::size_t scenarios = 0;  ///< of the whole run
};
struct EntryMark {
  int place = -1;    ///< in the whole run
  bool own = false;  ///< false: solved here because others need it
};

void mark_run(nlohmann::ordered_json& run, const Shard& shard, std::size_t scenarios);
void mark_entry(nlohmann::ordered_json& entry, const EntryMark& mark);
/// Takes the marks off again; nothing when there are none.
std::optional<ShardMark> take_mark(nlohmann::ordered_json& run);
std::optional<EntryMark> take_entry_mark(nlohmann::ordered_json& entry);

}  // namespace levee
