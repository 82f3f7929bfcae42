#include "report/entry_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

#include "data/diagnostics.hpp"
#include "data/sha256.hpp"
#include "report/disk_sync.hpp"

namespace levee {

namespace {

// An entry is "KIND BYTES CHECKSUM\n", then the bytes.
constexpr std::size_t checksum_length = 64;
constexpr std::uint64_t longest_head = 160;
constexpr std::uint64_t piece_size = 1U << 20U;

struct Head {
  EntryFile::Entry entry;
  std::string checksum;
};

/// The head at the start of `text`, which lies at `place` of the file.
std::optional<Head> read_head(std::string_view text, std::uint64_t place) {
  const std::size_t end_of_line = text.find('\n');
  if (end_of_line == std::string_view::npos) return std::nullopt;
  text = text.substr(0, end_of_line);
  const std::size_t first = text.find(' '), last = text.rfind(' ');
  if (first == std::string_view::npos || first == last) return std::nullopt;
  Head head;
  head.entry.kind = text.substr(0, first);
  head.entry.place = place + text.size() + 1;
  head.checksum = text.substr(last + 1);
  const char* end = text.data() + last;
  const auto read = std::from_chars(text.data() + first + 1, end, head.entry.bytes);
  if (read.ec != std::errc() || read.ptr != end || head.checksum.size() != checksum_length) return std::nullopt;
  return head;
}

}  // namespace

EntryFile::EntryFile(std::filesystem::path path, Mode mode) : path_(std::move(path)) {
  const int flags = O_RDWR | O_CLOEXEC | (mode == Mode::create ? O_CREAT | O_EXCL : 0);
  file_ = ::open(path_.c_str(), flags, 0666);
  if (file_ < 0) fail("cannot be opened");
  try {
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) throw InputError({path_.string(), 0, 0}, "is in use: another run goes on just now");
      if (errno != ENOLCK && errno != ENOTSUP) fail("cannot be locked");  // some file systems of clusters have no locks
    }
    if (mode == Mode::open) find_entries();
    if (mode == Mode::create) sync_to_disk(std::filesystem::absolute(path_).parent_path());
  } catch (...) {
    ::close(file_);
    throw;
  }
}

EntryFile::~EntryFile() { ::close(file_); }

void EntryFile::fail(const char* what) const {
  throw InputError({path_.string(), 0, 0},
                   fmt::format("{}: {}", what, std::error_code(errno, std::generic_category()).message()));
}

void EntryFile::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::pwrite(file_, text.data(), text.size(), static_cast<off_t>(size_));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("cannot be written");
    size_ += static_cast<std::uint64_t>(written);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

EntryFile::Entry EntryFile::append(const std::string& kind, const std::vector<std::string_view>& pieces) {
  Sha256 checksum;
  Entry entry{kind, 0, 0};
  for (const std::string_view piece : pieces) {
    checksum.add(piece);
    entry.bytes += piece.size();
  }
  try {
    write_entry(fmt::format("{} {} {}\n", kind, entry.bytes, checksum.hex()), pieces, entry);
    if (::fdatasync(file_) != 0 && errno != EINVAL) fail("cannot be written");
  } catch (...) {
    broken_ = true;
    throw;
  }
  return entry;
}

void EntryFile::write_entry(const std::string& head, const std::vector<std::string_view>& pieces, Entry& entry) {
  const std::lock_guard lock(lock_);
  const std::uint64_t start = size_;
  try {
    write(head);
    entry.place = size_;
    for (const std::string_view piece : pieces) write(piece);
  } catch (...) {
    size_ = start;  // the next entry takes the place of what was cut off
    throw;
  }
}

std::string EntryFile::read(std::uint64_t place, std::uint64_t bytes) const {
  std::string text(bytes, '\0');
  for (std::uint64_t have = 0; have < bytes;) {
    const ssize_t got = ::pread(file_, text.data() + have, bytes - have, static_cast<off_t>(place + have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("cannot be read");
    if (got == 0) throw InputError({path_.string(), 0, 0}, "ends before its time: it was cut off meanwhile");
    have += static_cast<std::uint64_t>(got);
  }
  return text;
}

void EntryFile::copy(std::uint64_t place, std::uint64_t bytes, const TextSink& sink) const {
  while (bytes > 0) {
    const std::string piece = read(place, std::min(bytes, piece_size));
    sink(piece);
    place += piece.size();
    bytes -= piece.size();
  }
}

void EntryFile::find_entries() {
  const auto end = std::filesystem::file_size(path_);
  while (size_ < end) {
    const std::string start = read(size_, std::min<std::uint64_t>(longest_head, end - size_));
    const std::optional<Head> head = read_head(start, size_);
    if (!head || head->entry.bytes > end - head->entry.place || !is_whole(head->entry, head->checksum)) break;
    size_ = head->entry.place + head->entry.bytes;
    found_.push_back(head->entry);
  }
  if (::ftruncate(file_, static_cast<off_t>(size_)) != 0) fail("cannot be written");
}

bool EntryFile::is_whole(const Entry& entry, const std::string& checksum) const {
  Sha256 found;
  for (std::uint64_t at = 0; at < entry.bytes; at += piece_size)
    found.add(read(entry.place + at, std::min(piece_size, entry.bytes - at)));
  return found.hex() == checksum;
}

}  // namespace levee
