#pragma once

#include <cstdlib>
#include <filesystem>

namespace levee::testing {

/// The folder of header-array files that the project may not hand on: LEVEE_SHARED_DATA/har, or beside the sources.
inline std::filesystem::path har_samples() {
  const char* given = std::getenv("LEVEE_SHARED_DATA");
  const std::filesystem::path beside = std::filesystem::path(LEVEE_SOURCE_DIR) / ".." / "shared" / "data";
  return (given != nullptr ? std::filesystem::path(given) : beside) / "har";
}

}  // namespace levee::testing
