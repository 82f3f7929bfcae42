#pragma once

#include <cstdint>
#include <string>

namespace levee {

/// Bytes of text that one file may hold, compressed or not: half of the machine's memory, below 4 GiB. A small file
/// can expand without end; this ends it.
std::uint64_t largest_text();

/// The text of a file; one whose name ends in .gz or .xz is expanded. Throws InputError when the file cannot be read,
/// is not what its name says, is truncated or damaged (at the line where its text ends), or holds more than `most`
/// bytes of text.
std::string read_text(const std::string& path, std::uint64_t most = largest_text());

}  // namespace levee
