#include "data/import/har_records.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <utility>

#include "data/diagnostics.hpp"
#include "data/import/text_rows.hpp"

namespace levee {
namespace {

constexpr std::size_t word_bytes = 4;
constexpr std::string_view blanks = "    ";

/// UTF-8 of text in either encoding. GEMPACK knows no encodings; its Windows programs write Latin-1. Zero bytes, which
/// old compilers leave in unset text, are blanks.
std::string as_utf8(std::string_view bytes) {
  const bool encoded = is_utf8(bytes);
  std::string result;
  for (const char byte : bytes) {
    const auto code = static_cast<unsigned char>(byte);
    if (code == 0) {
      result += ' ';
    } else if (encoded || code < 0x80) {
      result += byte;
    } else {
      result += static_cast<char>(0xC0U | code >> 6U);
      result += static_cast<char>(0x80U | (code & 0x3FU));
    }
  }
  return result;
}

/// Bytes as they can be shown in a message.
std::string shown(std::string_view bytes) {
  std::string result;
  for (const char byte : bytes) result += byte >= ' ' && byte <= '~' ? byte : '?';
  return result;
}

}  // namespace

std::uint32_t har_word(std::string_view bytes, bool swapped) {
  std::uint32_t value = 0;
  std::memcpy(&value, bytes.data(), word_bytes);
  return swapped ? __builtin_bswap32(value) : value;
}

std::string_view HarRecord::take(std::size_t bytes) {
  field_ = at_;
  if (bytes > left()) fail(fmt::format("the record ends here, expected {} more bytes", bytes - left()));
  const std::string_view field = payload_.substr(at_, bytes);
  at_ += bytes;
  return field;
}

std::int32_t HarRecord::integer() { return static_cast<std::int32_t>(har_word(take(word_bytes), records_->swapped())); }

double HarRecord::real() {
  const auto value = std::bit_cast<float>(har_word(take(word_bytes), records_->swapped()));
  if (!std::isfinite(value)) fail(fmt::format("found {}, expected a finite number", value));
  return static_cast<double>(value);
}

std::string HarRecord::text(std::size_t bytes) {
  std::string result = as_utf8(take(bytes));
  result.erase(result.find_last_not_of(' ') + 1);
  return result;
}

void HarRecord::expect(std::int64_t value, std::string_view meaning) {
  const std::int32_t found = integer();
  if (found != value) fail(fmt::format("found {}, expected {} ({})", found, value, meaning));
}

void HarRecord::expect_blanks() {
  const std::string_view found = take(word_bytes);
  if (found != blanks) fail(fmt::format("found '{}', expected the four blanks that data begin with", shown(found)));
}

void HarRecord::expect_left(std::uint64_t bytes, std::string_view meaning) const {
  if (left() != bytes)
    records_->fail(offset_ + at_, fmt::format("found {} bytes, expected {} ({})", left(), bytes, meaning));
}

void HarRecord::fail(const std::string& message) const { records_->fail(offset_ + field_, message); }

void HarSeries::count(HarRecord& record) {
  if (left_ == 1) record.fail("found one more record than the first said, expected the next header");
  if (left_ > 0) {
    record.expect(--left_, "the number of records left");
    return;
  }
  left_ = record.integer();
  if (left_ < 1) record.fail(fmt::format("found {} records left, expected 1 or more", left_));
}

HarRecords::HarRecords(std::string_view bytes, std::string file) : bytes_(bytes), file_(std::move(file)) {
  constexpr std::string_view expected =
      "this is no header-array file: it should begin with a record of 4 bytes, the name of a header";
  if (bytes_.empty()) fail(0, "the file is empty, expected header arrays");
  if (bytes_.size() < word_bytes) fail(0, fmt::format("found {} bytes; {}", bytes_.size(), expected));
  if (static_cast<unsigned char>(bytes_.front()) == 0xFD) {
    fail(0,
         "the file is framed as the Lahey compiler of old versions of GEMPACK did; opened and saved again in ViewHAR, "
         "it can be read");
  }
  const std::uint32_t first = har_word(bytes_, false);
  swapped_ = first != word_bytes && har_word(bytes_, true) == word_bytes;
  if (first != word_bytes && !swapped_)
    fail(0, fmt::format("found '{}'; {}", shown(bytes_.substr(0, word_bytes)), expected));
}

std::uint32_t HarRecords::length_at(std::size_t at) const { return har_word(bytes_.substr(at, word_bytes), swapped_); }

HarRecord HarRecords::next(std::string_view expected) {
  if (done()) fail(at_, fmt::format("the file ends here, expected {}", expected));
  if (left() < word_bytes) fail(at_, fmt::format("the file ends within the length of a record, expected {}", expected));
  const std::uint64_t length = length_at(at_);
  if (length + 2 * word_bytes > left()) {
    fail(at_, fmt::format("found a record of {} bytes, expected {}; the file has {} bytes more", length, expected,
                          left() - word_bytes));
  }
  const std::size_t begin = at_ + word_bytes, end = begin + length;
  if (const std::uint32_t again = length_at(end); again != length)
    fail(end, fmt::format("found {}, expected {}, the length at the beginning of this record", again, length));
  at_ = end + word_bytes;
  return {bytes_.substr(begin, length), begin, *this};
}

void HarRecords::fail(std::size_t byte, const std::string& message) const {
  const std::string place =
      header_.empty() ? fmt::format("byte {}", byte) : fmt::format("header {}, byte {}", header_, byte);
  throw InputError({file_, 0, 0}, fmt::format("{}: {}", place, message));
}

}  // namespace levee
