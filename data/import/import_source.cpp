#include "data/import/import_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <system_error>
#include <utility>

#include "data/diagnostics.hpp"

namespace levee {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 100000;
constexpr std::size_t most_archive_in_archive = 1ULL << 30U;
constexpr std::size_t most_named = 6;

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

/// Whether a file's name, or where it has no year of four digits its two digits, is of this year.
bool has_year(const std::string& name, int year, bool last) {
  const int found = year_in(name, last);
  return found == year || (found == 0 && name.find(fmt::format("{:02}", year % 100)) != std::string::npos);
}

std::string names_of(const std::vector<const ImportSource::Member*>& members) {
  std::string text;
  for (std::size_t k = 0; k < members.size() && k < most_named; ++k) text += (k == 0 ? "" : ", ") + members[k]->path;
  if (members.size() > most_named) text += ", ...";
  return text;
}

}  // namespace

ImportSource::ImportSource(const fs::path& path) : name_(path.string()) {
  if (fs::is_directory(path)) {
    add_folder(path);
  } else if (!fs::exists(path)) {
    throw InputError({name_, 0, 0}, "there is no such file or folder" + suggest_file(path));
  } else {
    add_file(path, "");
  }
  std::ranges::sort(members_, {}, &Member::path);
}

void ImportSource::add_folder(const fs::path& folder) {
  std::error_code problem;
  for (fs::recursive_directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem)) {
    const std::string file = at->path().filename().string();
    if (file.empty() || file.front() == '.') {
      if (at->is_directory()) at.disable_recursion_pending();
      continue;
    }
    if (!at->is_regular_file()) continue;
    unreadable_.guard(
        [&] { add_file(at->path(), fs::relative(at->path().parent_path(), folder).generic_string() + "/"); });
    if (members_.size() > most_files)
      throw InputError({name_, 0, 0}, fmt::format("holds more than {} files: no published table does", most_files));
  }
  if (problem) throw InputError({name_, 0, 0}, "cannot read this folder: " + problem.message());
}

void ImportSource::add_file(const fs::path& file, const std::string& below) {
  const std::string folder = below == "./" ? "" : below;
  if (file.extension() == ".zip") {
    add_archive(file, folder);
  } else {
    members_.push_back({file.string(), folder + file.filename().string(), -1, {}});
  }
}

void ImportSource::add_archive(const fs::path& file, const std::string& below) {
  archives_.push_back(ZipArchive::open(file.string()));
  const int archive = static_cast<int>(archives_.size()) - 1;
  for (const ZipArchive::Member& member : archives_.back().members()) {
    const std::string path = below + file.filename().string() + "/" + member.name;
    members_.push_back({file.string() + "/" + member.name, path, archive, member});
  }
}

const ImportSource::Member* ImportSource::find(const Matches& matches) const {
  const auto found = std::ranges::find_if(members_, matches);
  return found == members_.end() ? nullptr : &*found;
}

const ImportSource::Member& ImportSource::only(const Matches& matches, const std::string& what, int year,
                                               bool last_year) const {
  std::vector<const Member*> found;
  for (const Member& member : members_) {
    if (matches(member)) found.push_back(&member);
  }
  if (found.size() > 1 && year != 0)
    std::erase_if(found, [&](const Member* member) { return !has_year(member->file(), year, last_year); });
  if (found.size() == 1) return *found.front();
  if (found.empty()) throw missing(what, year);
  throw InputError({name_, 0, 0},
                   fmt::format("found several files that could be {}: {}; name one of them as the source{}", what,
                               names_of(found), year == 0 ? " or say which year (--year)" : ""));
}

InputError ImportSource::missing(const std::string& what, int year) const {
  std::vector<const Member*> all;
  for (const Member& member : members_) all.push_back(&member);
  Diagnostics faults;
  faults.add({name_, 0, 0}, fmt::format("expected {}{}, found {}", what, year == 0 ? "" : fmt::format(" of {}", year),
                                        all.empty() ? "nothing to read" : names_of(all)));
  for (const Diagnostic& fault : unreadable_.list()) faults.add(fault);
  return InputError(faults.list());
}

std::unique_ptr<ByteStream> ImportSource::open(const Member& member) const {
  if (member.archive < 0) return open_file(member.name);
  return archives_[static_cast<std::size_t>(member.archive)].open(member.packed);
}

ZipArchive ImportSource::open_archive(const Member& member) const {
  if (member.archive < 0) return ZipArchive::open(member.name);
  return ZipArchive::in_memory(read_all(*open(member), member.name, most_archive_in_archive), member.name);
}

int year_in(const std::string& name, bool last) {
  int result = 0;
  for (std::size_t at = 0; at + 4 <= name.size(); ++at) {
    const bool alone = (at == 0 || !is_digit(name[at - 1])) && (at + 4 == name.size() || !is_digit(name[at + 4]));
    if (!alone || !std::all_of(name.begin() + static_cast<std::ptrdiff_t>(at),
                               name.begin() + static_cast<std::ptrdiff_t>(at) + 4, is_digit)) {
      continue;
    }
    const int year = std::stoi(name.substr(at, 4));
    if (year < 1900 || year > 2100) continue;
    if (!last) return year;
    result = year;
  }
  return result;
}

}  // namespace levee
