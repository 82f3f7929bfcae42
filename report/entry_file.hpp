#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace levee {

/// Takes a text piece by piece.
using TextSink = std::function<void(std::string_view)>;

/// A file that entries are appended to, each whole or not there at all: it begins with its length and checksum, and is
/// on the disk when append returns. What follows the last whole entry, because the program or the machine died while it
/// wrote, is cut off when the file is opened again. One process at a time may have it open.
class EntryFile {
 public:
  /// Where an entry's content lies.
  struct Entry {
    std::string kind;  ///< a word
    std::uint64_t place = 0, bytes = 0;
  };

  enum class Mode { create, open };
  /// Creates a file, which must not exist, or opens one. Throws InputError when it cannot, or when another process has
  /// it open.
  EntryFile(std::filesystem::path path, Mode mode);
  ~EntryFile();
  EntryFile(const EntryFile&) = delete;
  EntryFile& operator=(const EntryFile&) = delete;

  /// The entries there were when the file was opened.
  const std::vector<Entry>& found() const { return found_; }

  /// Appends the pieces as one entry, from any thread. Throws InputError when the disk does not take it.
  Entry append(const std::string& kind, const std::vector<std::string_view>& pieces);

  /// Whether an entry could not be appended.
  bool broken() const { return broken_; }

  /// Part of the content. Throws InputError when it cannot be read.
  std::string read(std::uint64_t place, std::uint64_t bytes) const;
  void copy(std::uint64_t place, std::uint64_t bytes, const TextSink& sink) const;

  const std::filesystem::path& path() const { return path_; }

 private:
  void write_entry(const std::string& head, const std::vector<std::string_view>& pieces, Entry& entry);
  void write(std::string_view text);
  void find_entries();
  bool is_whole(const Entry& entry, const std::string& checksum) const;
  [[noreturn]] void fail(const char* what) const;

  std::filesystem::path path_;
  std::vector<Entry> found_;
  std::uint64_t size_ = 0;
  int file_ = -1;
  std::atomic<bool> broken_ = false;
  std::mutex lock_;
};

}  // namespace levee
