#include "app/whole_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <system_error>

#include "data/diagnostics.hpp"

namespace levee {

namespace fs = std::filesystem;

namespace {

/// Removes the unfinished file unless it was renamed.
struct Unfinished {
  fs::path path;
  ~Unfinished() {
    std::error_code ignored;
    if (!path.empty()) fs::remove(path, ignored);
  }
};

}  // namespace

void check_writable(const std::string& path, bool force) {
  std::error_code ignored;
  const fs::path target(path);
  if (fs::is_directory(target, ignored)) throw InputError({path, 0, 0}, "is a folder, expected the name of a file");
  if (!force && fs::exists(target, ignored)) throw InputError({path, 0, 0}, "exists already; --force replaces it");
  const fs::path parent = target.has_parent_path() ? target.parent_path() : fs::path(".");
  if (!fs::is_directory(parent, ignored))
    throw InputError({path, 0, 0}, "cannot be written: its folder does not exist");
}

void write_whole_file(const std::string& path, std::string_view content, bool force) {
  check_writable(path, force);
  const fs::path target(path);
  Unfinished unfinished{target.parent_path() / fmt::format(".{}.{}.part", target.filename().string(), getpid())};
  std::ofstream stream(unfinished.path, std::ios::binary);
  stream.write(content.data(), static_cast<std::streamsize>(content.size()));
  stream.close();
  if (!stream) throw InputError({path, 0, 0}, "cannot be written");
  std::error_code error;
  fs::rename(unfinished.path, target, error);
  if (error) throw InputError({path, 0, 0}, "cannot be written: " + error.message());
  unfinished.path.clear();
}

}  // namespace levee
