#pragma once

#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace levee::fuzz {

/// What parts the files of an input.
constexpr char file_end = '\x1e';

inline std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

/// A folder of this process for files of readers that take a path.
inline std::filesystem::path own_folder(const std::string& name) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("levee-fuzz-" + std::to_string(::getpid()) + "-" + name);
  std::filesystem::create_directories(folder);
  return folder;
}

inline void write_file(const std::filesystem::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary).write(text.data(), static_cast<std::streamsize>(text.size()));
}

/// Writes the parts of an input as files of these names; a part that is missing is an empty file.
inline void write_files(const std::filesystem::path& folder, const std::vector<std::string>& names,
                        std::string_view all) {
  for (const std::string& name : names) {
    const std::size_t to = std::min(all.find(file_end), all.size());
    if (name.find('/') != std::string::npos) std::filesystem::create_directories((folder / name).parent_path());
    write_file(folder / name, all.substr(0, to));
    all.remove_prefix(std::min(to + 1, all.size()));
  }
}

}  // namespace levee::fuzz
