#include "report/merged_run.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "data/diagnostics.hpp"
#include "report/run_reader.hpp"

namespace levee {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

[[noreturn]] void refuse_folder(const fs::path& folder, const std::string& message) {
  throw InputError({folder.string(), 0, 0}, message);
}

RunIdentity identity_of(const Json& run) {
  RunIdentity identity{run.at("version").get<std::string>(), run.at("options"), run.at("inputs")};
  identity.options.erase("shard");
  return identity;
}

/// The rows of a table that is of no scenario.
std::string rows_of(const fs::path& path, const std::string& header) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!text.starts_with(header)) refuse_folder(path, "is not the table that this version of levee writes");
  return text.substr(header.size());
}

fs::path file_of(const fs::path& folder, const TableText& table) { return folder / "tables" / (table.name + ".csv"); }

}  // namespace

MergedRun::MergedRun(const std::vector<fs::path>& folders) {
  Diagnostics faults;
  for (const fs::path& folder : folders) faults.guard([&] { parts_.push_back(read_part(folder)); });
  faults.throw_if_any();
  try {
    check_parts();
    for (Part& part : parts_) {
      for (const TableText& table : scenario_tables({}))
        part.tables.emplace_back(file_of(part.folder, table), csv_header(table.columns));
    }
    place_scenarios();
    make_head();
  } catch (const Json::exception& error) {
    throw InputError({},
                     fmt::format("levee merge: a shard's run.json is not as 'levee run' writes it: {}", error.what()));
  }
}

MergedRun::Part MergedRun::read_part(const fs::path& folder) {
  RunFiles files = read_run_files(folder);
  Part part{folder, std::move(files.summary), std::move(files.run), Json::object(), {}, {}};
  const std::optional<ShardMark> mark = take_mark(part.run);
  if (!mark) refuse_folder(folder, "is no shard, expected a folder that 'levee run --shard K/N' wrote");
  part.mark = *mark;
  if (part.run.contains("interrupted"))
    refuse_folder(folder,
                  "was interrupted, expected a shard that is complete: go on with it, 'levee run ... --resume'");
  if (const auto about = part.run.find("about"); about != part.run.end()) part.about = *about;
  part.run.erase("about");
  return part;
}

void MergedRun::check_parts() const {
  Diagnostics faults;
  const Part& first = parts_.front();
  std::map<int, const Part*> by_number;
  for (const Part& part : parts_) {
    const Location where{part.folder.string(), 0, 0};
    const std::vector<std::string> found = differences(identity_of(first.run), identity_of(part.run));
    if (!found.empty() || part.mark.scenarios != first.mark.scenarios) {
      faults.add(where, fmt::format("is of another run than {}: {}", first.folder.string(), fmt::join(found, "; ")));
    } else if (part.mark.shard.of != first.mark.shard.of) {
      faults.add(where, fmt::format("is shard {}, {} is shard {}", part.mark.shard.text(), first.folder.string(),
                                    first.mark.shard.text()));
    } else if (const auto [other, fresh] = by_number.try_emplace(part.mark.shard.number, &part); !fresh) {
      faults.add(where, fmt::format("is shard {}, as {} is: expected each once", part.mark.shard.text(),
                                    other->second->folder.string()));
    }
  }
  faults.throw_if_any();
  std::vector<int> missing;
  for (int number = 1; number <= first.mark.shard.of; ++number) {
    if (!by_number.contains(number)) missing.push_back(number);
  }
  if (missing.empty()) return;
  throw InputError({}, fmt::format("levee merge: of {} shards {} {} missing", first.mark.shard.of,
                                   fmt::join(missing, ", "), missing.size() == 1 ? "is" : "are"));
}

void MergedRun::place_scenarios() {
  scenarios_.resize(parts_.front().mark.scenarios);
  for (Part& part : parts_) {
    const Json &summaries = part.summary.at("scenarios"), &entries = part.run.at("scenarios");
    for (std::size_t k = 0; k < entries.size(); ++k) {
      Json entry = entries[k];
      const std::optional<EntryMark> mark = take_entry_mark(entry);
      if (!mark || summaries.at(k).at("name") != entry.at("name"))
        refuse_folder(part.folder, "summary.json and run.json do not belong together");
      if (!mark->own) continue;
      const auto at = static_cast<std::size_t>(mark->place);
      if (at >= scenarios_.size() || scenarios_[at].part != nullptr)
        refuse_folder(part.folder, fmt::format("has a scenario at a place that is not its own: {}", mark->place));
      scenarios_[at] = {&part, summaries[k], std::move(entry)};
    }
  }
  for (const Place& place : scenarios_) {
    if (place.part == nullptr) throw InputError({}, "levee merge: a scenario is in none of the shards");
  }
}

void MergedRun::make_head() {
  const Part& first = parts_.front();
  head_.summary = first.summary;
  head_.summary.erase("scenarios");
  head_.run = first.run;
  head_.run.erase("scenarios");
  head_.run["options"].erase("shard");
  double seconds = 0;
  for (const Part& part : parts_) seconds += part.run.at("seconds").get<double>();
  head_.run["seconds"] = seconds;
  head_.about = first.about;
  head_.about["scenarios"] = Json::object();
  const Place* richest = nullptr;
  const auto size = [](const Json& run) {
    return ModelSize{run.at("auxiliaries").get<std::size_t>(), run.at("wedges").get<std::size_t>()};
  };
  for (const Place& place : scenarios_) {
    const auto name = place.run.at("name").get<std::string>();
    head_.about["scenarios"][name] = place.part->about.at("scenarios").at(name);
    if (richest == nullptr || size(richest->run) < size(place.run)) richest = &place;
  }
  if (richest != nullptr) head_.about["equations"] = richest->part->about.at("equations");
  head_.tables = scenario_tables({});
  head_.whole_tables = {benchmark_emissions_head()};
  for (TableText& table : head_.whole_tables)
    table.rows = rows_of(file_of(first.folder, table), csv_header(table.columns));
}

void MergedRun::rows(std::size_t k, std::size_t table, const TextSink& sink) const {
  const Place& place = scenarios_[k];
  place.part->tables[table].rows(place.summary.at("name").get<std::string>(), sink);
}

}  // namespace levee
