#pragma once

#include <string>
#include <string_view>

namespace levee {

/// Throws InputError when `path` exists and `force` is false, or can never be written (it is a folder, its folder is
/// missing): to be asked before the work starts.
void check_writable(const std::string& path, bool force);

/// Writes a file that appears whole or not at all: under another name beside it, then renamed. Checks as above; a disk
/// that is full or not writable is an InputError that names the path.
void write_whole_file(const std::string& path, std::string_view content, bool force);

}  // namespace levee
