#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace levee {

class HarRecords;

/// The fields of one record, taken in order. Whatever is not there or not as expected is an InputError at its byte.
class HarRecord {
 public:
  HarRecord(std::string_view payload, std::size_t offset, const HarRecords& records)
      : payload_(payload), offset_(offset), records_(&records) {}

  std::int32_t integer();
  double real();  ///< single precision in the file; finite
  /// So many bytes as UTF-8, blanks at the end removed; bytes that are no UTF-8 are taken for Latin-1.
  std::string text(std::size_t bytes);
  void skip(std::size_t bytes) { take(bytes); }
  /// An integer that can only have one value.
  void expect(std::int64_t value, std::string_view meaning);
  /// The four blanks that tell data from the name of a header.
  void expect_blanks();
  /// What is left of the record must be so many bytes; checked before room is made for what they hold.
  void expect_left(std::uint64_t bytes, std::string_view meaning) const;

  std::size_t left() const { return payload_.size() - at_; }
  /// Throws InputError at the field that was taken last.
  [[noreturn]] void fail(const std::string& message) const;

 private:
  std::string_view take(std::size_t bytes);

  std::string_view payload_;
  std::size_t offset_;  ///< of the payload in the file
  std::size_t at_ = 0;
  std::size_t field_ = 0;  ///< where the last field begins
  const HarRecords* records_;
};

/// How many records of a series are left, as each of them says.
class HarSeries {
 public:
  bool more() const { return left_ != 1; }
  /// Takes the number that a record gives: any in the first, then one less each time. Throws InputError.
  void count(HarRecord& record);

 private:
  int left_ = 0;  ///< with the last record; 0 before the first
};

/// The records of an unformatted Fortran file: the length in 4 bytes, the payload, the length again. Bytes are in the
/// order in which the first length is 4, that of a header's name.
class HarRecords {
 public:
  /// Throws InputError when the file does not begin with the name of a header. `bytes` must outlive what is read.
  HarRecords(std::string_view bytes, std::string file);

  bool done() const { return at_ == bytes_.size(); }
  std::size_t left() const { return bytes_.size() - at_; }
  /// The next record; `expected` is what it should hold, for the message when the file ends before. Throws InputError.
  HarRecord next(std::string_view expected);
  /// The header that messages name from here on.
  void enter(std::string header) { header_ = std::move(header); }
  const std::string& file() const { return file_; }
  bool swapped() const { return swapped_; }
  [[noreturn]] void fail(std::size_t byte, const std::string& message) const;

 private:
  std::uint32_t length_at(std::size_t at) const;

  std::string_view bytes_;
  std::string file_;
  std::string header_;
  std::size_t at_ = 0;
  bool swapped_ = false;
};

/// The 4 bytes of an integer in this machine's order or the other one.
std::uint32_t har_word(std::string_view bytes, bool swapped);

}  // namespace levee
