#pragma once

#include <filesystem>
#include <system_error>

namespace levee {

/// Waits until a file's content, or the names in a folder, are on the disk. File systems that cannot say so are
/// believed.
std::error_code sync_to_disk(const std::filesystem::path& path);

}  // namespace levee
