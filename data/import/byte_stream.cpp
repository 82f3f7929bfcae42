#include "data/import/byte_stream.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

#include "data/diagnostics.hpp"
#include "data/text_file.hpp"

namespace levee {
namespace {

class FileBytes : public ByteStream {
 public:
  explicit FileBytes(const std::string& path) : path_(path), stream_(path, std::ios::binary) {
    if (std::filesystem::is_directory(path)) throw InputError({path, 0, 0}, "is a folder, expected a file");
    if (!stream_) throw InputError({path, 0, 0}, "cannot read this file" + suggest_file(path));
  }
  std::size_t read(char* to, std::size_t most) override {
    stream_.read(to, static_cast<std::streamsize>(most));
    if (stream_.bad()) throw InputError({path_, 0, 0}, "cannot read this file to its end");
    return static_cast<std::size_t>(stream_.gcount());
  }

 private:
  std::string path_;
  std::ifstream stream_;
};

class TextBytes : public ByteStream {
 public:
  explicit TextBytes(std::string text) : text_(std::move(text)) {}
  std::size_t read(char* to, std::size_t most) override {
    const std::size_t count = std::min(most, text_.size() - at_);
    std::copy_n(text_.data() + at_, count, to);
    at_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

}  // namespace

std::unique_ptr<ByteStream> open_file(const std::string& path) {
  if (path.ends_with(".gz") || path.ends_with(".xz")) return std::make_unique<TextBytes>(read_text(path));
  return std::make_unique<FileBytes>(path);
}

std::string read_all(ByteStream& stream, const std::string& name, std::size_t most) {
  constexpr std::size_t chunk = 1 << 18;
  std::string text;
  while (true) {
    const std::size_t before = text.size();
    if (before > most)
      throw InputError({name, 0, 0}, fmt::format("holds more than {} bytes: too large for what it should be", most));
    text.resize(before + chunk);
    const std::size_t count = stream.read(text.data() + before, chunk);
    text.resize(before + count);
    if (count == 0) return text;
  }
}

}  // namespace levee
