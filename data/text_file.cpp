#include "data/text_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filter/lzma.hpp>
#include <boost/iostreams/filtering_streambuf.hpp>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <vector>

#include "data/diagnostics.hpp"

namespace levee {
namespace {

namespace streams = boost::iostreams;
using Input = streams::filtering_istreambuf;

constexpr std::uint64_t gibibyte = 1ULL << 30U;
constexpr std::size_t chunk = 1 << 18;

/// A way to compress: how its files' names end, and how the files begin.
struct Compression {
  std::string_view suffix;
  std::string_view magic;
  void (*expand)(Input& input);
};

const std::array<Compression, 2> compressions{{
    {".gz", "\x1f\x8b", [](Input& input) { input.push(streams::gzip_decompressor()); }},
    {".xz",
     "\xfd"
     "7zXZ",
     [](Input& input) { input.push(streams::lzma_decompressor()); }},
}};

/// Checks that a file is compressed as its name says, and returns how; nullptr when it is plain.
const Compression* compression_of(const std::string& path, std::ifstream& stream) {
  std::array<char, 8> first{};
  stream.read(first.data(), first.size());
  const std::string_view start(first.data(), static_cast<std::size_t>(stream.gcount()));
  stream.clear();
  stream.seekg(0);
  for (const Compression& compression : compressions) {
    const bool named = path.ends_with(compression.suffix), found = start.starts_with(compression.magic);
    if (named && !found)
      throw InputError({path, 0, 0},
                       fmt::format("is not compressed as the end of its name says ({})", compression.suffix));
    if (found && !named)
      throw InputError({path, 0, 0}, fmt::format("is compressed: its name must end in {}", compression.suffix));
    if (named) return &compression;
  }
  return nullptr;
}

int last_line(const std::string& text) { return 1 + static_cast<int>(std::ranges::count(text, '\n')); }

std::string in_mebibytes(std::uint64_t bytes) {
  return fmt::format("{:.4g} MiB", static_cast<double>(bytes) / (1 << 20));
}

}  // namespace

std::uint64_t largest_text() {
  const long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || size <= 0) return gibibyte;
  return std::min(4 * gibibyte - 1, static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(size) / 2);
}

std::string read_text(const std::string& path, std::uint64_t most) {
  std::ifstream stream(path, std::ios::binary);
  if (std::filesystem::is_directory(path)) throw InputError({path, 0, 0}, "is a folder, expected a file");
  if (!stream) throw InputError({path, 0, 0}, "cannot read this file" + suggest_file(path));
  const Compression* compression = compression_of(path, stream);
  Input input;
  if (compression != nullptr) compression->expand(input);
  input.push(stream);
  std::string text;
  std::vector<char> part(chunk);
  try {
    while (true) {
      const std::streamsize count = input.sgetn(part.data(), static_cast<std::streamsize>(part.size()));
      text.append(part.data(), static_cast<std::size_t>(count));
      if (count == 0) return text;
      if (text.size() > most) {
        throw InputError({path, 0, 0}, fmt::format("holds more than {} of text{}: too large to read here",
                                                   in_mebibytes(most), compression ? " when expanded" : ""));
      }
    }
  } catch (const std::ios_base::failure&) {
    // Text from the chunk in which the fault lies is lost, so the line is the last one that is known to be whole.
    throw InputError({path, last_line(text), 0}, "the compressed file is truncated or damaged in or after this line");
  }
}

}  // namespace levee
