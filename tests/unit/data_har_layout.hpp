#pragma once

#include <bit>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <variant>
#include <vector>

namespace levee::testing {

inline std::string padded(std::string text, std::size_t bytes) {
  text.resize(bytes, ' ');
  return text;
}

/// Labels as header-array files have them, 12 characters each.
inline std::string labels(std::initializer_list<std::string> names) {
  std::string result;
  for (const std::string& name : names) result += padded(name, 12);
  return result;
}

/// A header-array file written down record by record, as Fortran programs leave it.
class HarLayout {
 public:
  using Field = std::variant<std::int32_t, float, std::string>;

  explicit HarLayout(bool big_endian = false) : big_endian_(big_endian) {}

  HarLayout& record(const std::vector<Field>& fields) {
    std::string payload;
    for (const Field& field : fields) payload += bytes_of(field);
    const std::string length = word(static_cast<std::uint32_t>(payload.size()));
    bytes_ += length + payload + length;
    return *this;
  }
  /// A record of data, which begins with four blanks.
  HarLayout& data(std::vector<Field> fields) {
    fields.insert(fields.begin(), "    ");
    return record(fields);
  }
  /// The name of a header and what it is.
  HarLayout& header(const std::string& name, const std::string& type, const std::string& description,
                    const std::vector<std::int32_t>& sizes) {
    ends_.push_back(bytes_.size());
    record({padded(name, 4)});
    std::vector<Field> fields{type, padded(description, 70), static_cast<std::int32_t>(sizes.size())};
    fields.insert(fields.end(), sizes.begin(), sizes.end());
    return data(fields);
  }
  /// The sets of an array that are all labelled.
  HarLayout& sets(int distinct, const std::string& coefficient, const std::vector<std::string>& names) {
    std::vector<Field> fields{distinct, 1, static_cast<std::int32_t>(names.size()), padded(coefficient, 12), 1};
    for (const std::string& name : names) fields.emplace_back(padded(name, 12));
    fields.emplace_back(std::string(names.size(), 'k'));
    for (std::size_t k = 0; k <= names.size(); ++k) fields.emplace_back(0);
    return data(fields);
  }

  const std::string& bytes() const { return bytes_; }
  /// Where headers begin: a file that is cut there is a whole file.
  const std::vector<std::size_t>& header_begins() const { return ends_; }

 private:
  std::string word(std::uint32_t value) const {
    std::string result;
    for (unsigned k = 0; k < 4; ++k) result += static_cast<char>(value >> (big_endian_ ? 24 - 8 * k : 8 * k) & 0xFFU);
    return result;
  }
  std::string bytes_of(const Field& field) const {
    if (const auto* text = std::get_if<std::string>(&field)) return *text;
    if (const auto* real = std::get_if<float>(&field)) return word(std::bit_cast<std::uint32_t>(*real));
    return word(std::bit_cast<std::uint32_t>(std::get<std::int32_t>(field)));
  }

  bool big_endian_;
  std::string bytes_;
  std::vector<std::size_t> ends_;
};

/// A file that has an array of every type, and whatever else GEMPACK's files are known to have.
inline HarLayout every_type(bool big_endian = false) {
  HarLayout file(big_endian);
  file.header("XXCR", "1CFULL", "CREATION INFORMATION", {2, 20})
      .data({1, 2, 2, padded("<a program>", 20) + padded("  <its version>", 20)});
  file.header("MREG", "1CFULL", "mapping, three records", {5, 12})
      .data({3, 5, 2, labels({"north", "north"})})
      .data({2, 5, 2, labels({"south", "south"})})
      .data({1, 5, 1, labels({"west"})});
  file.header("ENDF", "1CFULL", "Set ENDWF, empty", {0, 12}).data({1, 0, 0});
  file.header("RDLT", "2IFULL", "one integer", {1, 1}).data({1, 1, 1, 1, 1, 1, 1, 7});
  file.header("IMAT", "2IFULL", "integers, two records", {2, 3})
      .data({2, 2, 3, 1, 2, 1, 2, 11, 21, 12, 22})
      .data({1, 2, 3, 1, 2, 3, 3, -13, 23});
  file.header("OLD", "2RFULL", "reals of the old kind, by rows", {2, 2})
      .data({2, 2, 2, 1, 1, 1, 2, 1.5F, 2.5F})
      .data({1, 2, 2, 2, 2, 1, 2, 3.5F, 4.5F});
  file.header("DVER", "REFULL", "a scalar", {1, 1, 1, 1, 1, 1, 1})
      .sets(0, "DVER", {})
      .data({3, 7, 1, 1, 1, 1, 1, 1, 1})
      .data({2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1})
      .data({1, 6.0F});
  file.header("VTWR", "REFULL", " a set twice, two pieces", {1, 2, 2, 1, 1, 1, 1})
      .sets(2, "VTWROT", {"MARG", "REG", "REG"})
      .data({1, 1, 1, labels({"SER"})})
      .data({2, 2, 1, labels({"USA"})})
      .data({1, 2, 1, labels({"ROW"})})
      .data({5, 7, 1, 2, 2, 1, 1, 1, 1})
      .data({4, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1})
      .data({3, 1.25F, -2.0F})
      .data({2, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1})
      .data({1, 0.0F, 4.0F});
  file.header("EFLG", "REFULL", "one record less announced", {2, 1, 1, 1, 1, 1, 1})
      .sets(1, "ENDOWFLAG", {"ENDW"})
      .data({1, 2, 2, labels({"Land", "Labour"})})
      .data({2, 7, 2, 1, 1, 1, 1, 1, 1})
      .data({2, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1})
      .data({1, 0.0F, 1.0F});
  file.header("MAKS", "RESPSE", "sparse, two records", {3, 2, 1, 1, 1, 1, 1})
      .sets(2, "MAKES", {"COMM", "REG"})
      .data({1, 3, 3, labels({"AGR", "MFG", "SER"})})
      .data({1, 2, 2, labels({"USA", "ROW"})})
      .data({3, 4, 4, std::string(80, ' ')})
      .data({2, 3, 2, 1, 5, 0.5F, 2.5F})
      .data({1, 3, 1, 6, -3.5F});
  file.header("ADRV", "RESPSE", "sparse, all 0", {2, 1, 1, 1, 1, 1, 1})
      .sets(1, "ADRV", {"REG"})
      .data({1, 2, 2, labels({"USA", "ROW"})})
      .data({0, 4, 4, std::string(80, ' ')})
      .data({1, 0, 0});
  file.header("NONE", "RESPSE", "over an empty set", {0, 2, 1, 1, 1, 1, 1})
      .sets(2, "NONE", {"ENDWF", "REG"})
      .data({1, 0, 0})
      .data({1, 2, 2, labels({"USA", "ROW"})})
      .data({0, 4, 4, std::string(80, ' ')})
      .data({1, 0, 0});
  file.header("PART", "REFULL", "one element of a set, the whole set, numbers", {1, 2, 2, 1, 1, 1, 1})
      .data({1, 1, 3, padded("PART", 12), 1, labels({"COMM", "COMM", "STEP"}), "eku", 0, 0, 0, 1, labels({"MFG"})})
      .data({1, 2, 2, labels({"AGR", "MFG"})})
      .data({3, 7, 1, 2, 2, 1, 1, 1, 1})
      .data({2, 1, 1, 1, 2, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1})
      .data({1, 1.0F, 2.0F, 3.0F, 4.0F});
  file.header("RATE", "RLFULL", "no sets", {2, 2, 1, 1, 1, 1, 1})
      .data({3, 7, 2, 2, 1, 1, 1, 1, 1})
      .data({2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1})
      .data({1, 1.0F, 2.0F, 3.0F, 4.0F});
  file.header("RATS", "RLSPSE", "no sets, sparse", {2, 2, 1, 1, 1, 1, 1})
      .data({1, 4, 4, std::string(80, ' ')})
      .data({1, 1, 1, 3, 9.0F});
  return file;
}

}  // namespace levee::testing
