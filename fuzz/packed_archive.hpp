#pragma once

#include <zip.h>

#include <string>
#include <utility>
#include <vector>

namespace levee::fuzz {

using Parts = std::vector<std::pair<std::string, std::string>>;

/// A zip archive in memory; its members are not compressed.
inline std::string packed(const Parts& parts) {
  zip_error_t error;
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  zip_source_keep(target);
  for (const auto& [name, bytes] : parts) {
    const zip_int64_t index = zip_file_add(archive, name.c_str(),
                                           zip_source_buffer(archive, bytes.data(), bytes.size(), 0), ZIP_FL_OVERWRITE);
    zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
  }
  zip_close(archive);
  zip_source_open(target);
  zip_stat_t about;
  zip_source_stat(target, &about);
  std::string result(about.size, '\0');
  zip_source_read(target, result.data(), result.size());
  zip_source_close(target);
  zip_source_free(target);
  return result;
}

}  // namespace levee::fuzz
