// Header-array files as har_file.cpp describes them. Records hold no more figures than GEMPACKsoftware/HARPY puts into
// one, since GEMPACK's programs have room for some 32 kB of a record.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <fstream>
#include <limits>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

#include "data/diagnostics.hpp"
#include "data/import/har_file.hpp"
#include "data/import/har_layout.hpp"
#include "data/import/text_rows.hpp"

namespace levee {
namespace {

constexpr std::uint64_t most_text = 29996, most_full = 7996, most_sparse = 3996, most_matrix = 7991;

/// UTF-8 as Latin-1, which GEMPACK's Windows programs show; as it is where Latin-1 has not all its characters, or where
/// a reader would take the Latin-1 for UTF-8.
std::string encoded(const std::string& text) {
  std::string latin;
  for (std::size_t k = 0; k < text.size(); ++k) {
    const auto code = static_cast<unsigned char>(text[k]);
    if (code < 0x80) {
      latin += text[k];
    } else if ((code == 0xC2 || code == 0xC3) && k + 1 < text.size()) {
      latin += static_cast<char>((code & 3U) << 6U | (static_cast<unsigned char>(text[++k]) & 0x3FU));
    } else {
      return text;
    }
  }
  return is_utf8(latin) ? text : latin;
}

/// Part of an array whose cells follow one another: from and to these indices of each dimension, from 1.
struct Slice {
  std::vector<int> from, to;
  std::uint64_t count = 1;
};

/// Cuts an array that has cells into slices of at most `most`: along one dimension, the earlier ones whole.
std::vector<Slice> slices(const std::vector<int>& sizes, std::uint64_t most) {
  std::size_t cut = 0;
  std::uint64_t whole = 1;
  while (cut < sizes.size() && whole * static_cast<std::uint64_t>(sizes[cut]) <= most)
    whole *= static_cast<std::uint64_t>(sizes[cut++]);
  Slice slice{std::vector<int>(sizes.size(), 1), sizes, whole};
  if (cut == sizes.size()) return {slice};
  const int step = static_cast<int>(most / whole);
  std::vector<Slice> result;
  for (std::size_t at = cut; at < sizes.size();) {
    for (std::size_t k = cut + 1; k < sizes.size(); ++k) slice.to[k] = slice.from[k];
    slice.to[cut] = std::min(sizes[cut], slice.from[cut] + step - 1);
    slice.count = whole * static_cast<std::uint64_t>(slice.to[cut] - slice.from[cut] + 1);
    result.push_back(slice);
    slice.from[cut] = slice.to[cut];
    for (at = cut; at < sizes.size() && ++slice.from[at] > sizes[at]; ++at) slice.from[at] = 1;
  }
  return result;
}

/// The bytes of a file, record by record.
class RecordWriter {
 public:
  void begin() {
    start_ = bytes_.size();
    integer(0);
  }
  void end() {
    const auto length = static_cast<std::uint32_t>(bytes_.size() - start_ - sizeof(std::uint32_t));
    word(length);
    for (std::size_t k = 0; k < sizeof(length); ++k) bytes_[start_ + k] = bytes_[bytes_.size() - sizeof(length) + k];
  }
  void text(const std::string& text, std::size_t bytes) {
    bytes_ += text;
    bytes_.append(bytes - text.size(), ' ');
  }
  void integer(std::uint64_t value) { word(static_cast<std::uint32_t>(value)); }
  void integers(const std::vector<int>& values) {
    for (const int value : values) word(std::bit_cast<std::uint32_t>(value));
  }
  void real(double value) { word(std::bit_cast<std::uint32_t>(static_cast<float>(value))); }
  std::string take() { return std::move(bytes_); }

 private:
  /// Four bytes, the lowest first.
  void word(std::uint32_t value) {
    for (unsigned shift = 0; shift < 32; shift += 8) bytes_ += static_cast<char>(value >> shift & 0xFFU);
  }

  std::string bytes_;
  std::size_t start_ = 0;
};

/// Writes one header after the other.
class HarWriter {
 public:
  explicit HarWriter(const HarFile& file) : file_(file) {}

  std::string write() {
    std::set<std::string> names;
    for (const HarHeader& header : file_.headers) {
      header_ = &header;
      std::string name = header.name;
      std::ranges::transform(name, name.begin(), [](char c) { return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c; });
      if (name.empty() || name == "    ") fail("a header has no name");
      if (!names.insert(name).second) fail("another header has this name");
      check_shape();
      out_.begin();
      out_.text(field(header.name, har_layout::name_bytes, "the name"), har_layout::name_bytes);
      out_.end();
      if (header.kind == HarKind::text) {
        write_text();
      } else if (header.kind == HarKind::integer) {
        write_integers();
      } else {
        write_reals();
      }
    }
    return out_.take();
  }

 private:
  [[noreturn]] void fail(const std::string& message) const {
    throw InputError({file_.path, 0, 0}, fmt::format("header {}: {}", header_->name, message));
  }

  /// Text as it is written. Throws InputError when it is too long or holds what is no text.
  std::string field(const std::string& text, std::size_t most, std::string_view meaning) const {
    const bool control = std::ranges::any_of(text, [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; });
    if (control || !is_utf8(text)) fail(fmt::format("{} holds characters that are no text", meaning));
    std::string bytes = encoded(text);
    if (bytes.size() > most) fail(fmt::format("found '{}' as {}, expected at most {} characters", text, meaning, most));
    return bytes;
  }

  /// Sizes that do not go with the contents are a fault of the program; what the format cannot hold is the user's.
  void check_shape() const {
    const HarHeader& header = *header_;
    std::size_t count = 1;
    for (const HarDimension& dimension : header.dimensions) {
      count *= static_cast<std::size_t>(dimension.size);
      const bool labelled = !dimension.labels.empty();
      if (dimension.size < 0 || (labelled && dimension.labels.size() != static_cast<std::size_t>(dimension.size)))
        throw std::logic_error("labels of header " + header.name + " do not go with its sizes");
    }
    const std::size_t held = header.kind == HarKind::text      ? header.lines.size()
                             : header.kind == HarKind::integer ? header.integers.size()
                                                               : header.reals.size();
    if (held != count && header.kind != HarKind::text)
      throw std::logic_error("sizes of header " + header.name + " do not go with its contents");
    if (header.dimensions.size() > (header.kind == HarKind::integer ? 2 : har_layout::most_dimensions))
      fail(fmt::format("found {} dimensions, expected at most {}", header.dimensions.size(),
                       header.kind == HarKind::integer ? 2 : har_layout::most_dimensions));
  }

  /// Sizes of all dimensions, with 1 for those that the format has besides.
  std::vector<int> sizes(std::size_t rank) const {
    std::vector<int> result(rank, 1);
    std::ranges::transform(header_->dimensions, result.begin(), &HarDimension::size);
    return result;
  }

  void begin_data(std::uint64_t records_left) {
    out_.begin();
    out_.text("", 4);
    out_.integer(records_left);
  }

  void write_type(const std::string& type, const std::vector<int>& sizes) {
    out_.begin();
    out_.text("", 4);
    out_.text(type, type.size());
    out_.text(field(header_->description, har_layout::description_bytes, "the description"),
              har_layout::description_bytes);
    out_.integer(sizes.size());
    out_.integers(sizes);
    out_.end();
  }

  /// Texts of `each` bytes, a record at least.
  void write_texts(const std::vector<std::string>& texts, std::size_t each) {
    const std::size_t most = std::max<std::size_t>(1, most_text / each);
    std::size_t left = std::max<std::size_t>(1, (texts.size() + most - 1) / most);
    for (std::size_t at = 0; left > 0; --left) {
      const std::size_t here = std::min(most, texts.size() - at);
      begin_data(left);
      out_.integer(texts.size());
      out_.integer(here);
      for (const std::size_t end = at + here; at < end; ++at) out_.text(texts[at], each);
      out_.end();
    }
  }

  /// Lines are as long as the longest, and no shorter than the elements of a set.
  void write_text() {
    std::vector<std::string> lines;
    std::size_t longest = har_layout::label_bytes;
    for (const std::string& line : header_->lines) {
      lines.push_back(field(line, most_text, "a line"));
      longest = std::max(longest, lines.back().size());
    }
    write_type("1CFULL", {static_cast<int>(lines.size()), static_cast<int>(longest)});
    write_texts(lines, longest);
  }

  void write_integers() {
    for (const HarDimension& dimension : header_->dimensions)
      if (!dimension.set.empty() || !dimension.labels.empty()) fail("integers have no sets in this format");
    const std::vector<int> shape = sizes(2);
    write_type("2IFULL", shape);
    const std::vector<Slice> parts =
        header_->integers.empty() ? std::vector<Slice>{{{1, 1}, {0, 0}, 0}} : slices(shape, most_matrix);
    auto figure = header_->integers.begin();
    for (std::size_t k = 0; k < parts.size(); ++k) {
      begin_data(parts.size() - k);
      out_.integers(shape);
      for (std::size_t d = 0; d < shape.size(); ++d) out_.integers({parts[k].from[d], parts[k].to[d]});
      for (std::uint64_t c = 0; c < parts[k].count; ++c) out_.integers({*figure++});
      out_.end();
    }
  }

  /// With sets or a coefficient as RE; else as RL, which keeps no size of 1 at the end.
  void write_reals() {
    const HarHeader& header = *header_;
    const bool nameless = header.coefficient.empty() &&
                          (header.dimensions.empty() || header.dimensions.back().size != 1) &&
                          std::ranges::all_of(header.dimensions, [](const HarDimension& dimension) {
                            return dimension.set.empty() && dimension.labels.empty();
                          });
    for (const double figure : header.reals)
      if (!std::isfinite(static_cast<float>(figure)))
        fail(fmt::format("found {}, expected a number of single precision", figure));
    const std::vector<std::size_t> places = nonzero();
    const bool sparse = places.size() <= header.reals.size() / 2 && header.reals.size() <= most_places;
    const std::vector<int> shape = sizes(har_layout::most_dimensions);
    write_type(std::string(nameless ? "RL" : "RE") + (sparse ? "SPSE" : "FULL"), shape);
    if (!nameless) write_sets();
    sparse ? write_sparse(places) : write_full(shape);
  }

  std::vector<std::size_t> nonzero() const {
    std::vector<std::size_t> places;
    for (std::size_t k = 0; k < header_->reals.size(); ++k)
      if (static_cast<float>(header_->reals[k]) != 0) places.push_back(k);
    return places;
  }

  /// How a dimension is named: by its whole set ('k'), by one element of a set of which another dimension has others
  /// ('e'), or by nothing ('u').
  char kind(const HarDimension& dimension) const {
    if (dimension.labels.empty() && dimension.size > 0) return 'u';
    if (dimension.size != 1) return 'k';
    const bool differs = std::ranges::any_of(header_->dimensions, [&](const HarDimension& other) {
      return other.set == dimension.set && !other.labels.empty() && other.labels != dimension.labels;
    });
    return differs ? 'e' : 'k';
  }

  void write_sets() {
    std::string kinds;
    std::map<std::string, const HarDimension*> whole;
    std::vector<const HarDimension*> in_order;
    std::vector<std::string> elements;
    for (const HarDimension& dimension : header_->dimensions) {
      kinds += kind(dimension);
      if (kinds.back() == 'e') elements.push_back(label(dimension.labels.front()));
      if (kinds.back() != 'k') continue;
      const auto [found, added] = whole.emplace(dimension.set, &dimension);
      if (added) in_order.push_back(&dimension);
      if (found->second->labels != dimension.labels)
        fail(fmt::format("set {} has two lists of elements", dimension.set));
    }
    begin_data(in_order.size());
    out_.integer(1);
    out_.integer(kinds.size());
    out_.text(field(header_->coefficient, har_layout::label_bytes, "the name of the coefficient"),
              har_layout::label_bytes);
    out_.integer(1);
    for (const HarDimension& dimension : header_->dimensions)
      out_.text(field(dimension.set, har_layout::label_bytes, "the name of a set"), har_layout::label_bytes);
    out_.text(kinds, kinds.size());
    out_.integers(std::vector<int>(kinds.size(), 0));
    out_.integer(elements.size());
    for (const std::string& element : elements) out_.text(element, har_layout::label_bytes);
    out_.end();
    for (const HarDimension* dimension : in_order) {
      std::vector<std::string> labels;
      std::ranges::transform(dimension->labels, std::back_inserter(labels),
                             [&](const auto& text) { return label(text); });
      write_texts(labels, har_layout::label_bytes);
    }
  }

  std::string label(const std::string& text) const {
    return field(text, har_layout::label_bytes, "an element of a set");
  }

  void write_full(const std::vector<int>& shape) {
    const std::vector<Slice> parts = slices(shape, most_full);
    std::uint64_t left = 2 * parts.size() + 1;
    begin_data(left);
    out_.integer(shape.size());
    out_.integers(shape);
    out_.end();
    auto figure = header_->reals.begin();
    for (const Slice& slice : parts) {
      begin_data(--left);
      for (std::size_t k = 0; k < shape.size(); ++k) out_.integers({slice.from[k], slice.to[k]});
      out_.end();
      begin_data(--left);
      for (std::uint64_t c = 0; c < slice.count; ++c) out_.real(*figure++);
      out_.end();
    }
  }

  void write_sparse(const std::vector<std::size_t>& places) {
    begin_data(places.size());
    out_.integer(4);
    out_.integer(4);
    out_.text("", har_layout::comment_bytes);
    out_.end();
    std::size_t left = std::max<std::size_t>(1, (places.size() + most_sparse - 1) / most_sparse);
    for (std::size_t at = 0; left > 0; --left) {
      const std::size_t end = std::min<std::size_t>(at + most_sparse, places.size());
      begin_data(left);
      out_.integer(places.size());
      out_.integer(end - at);
      for (std::size_t k = at; k < end; ++k) out_.integer(places[k] + 1);
      for (; at < end; ++at) out_.real(header_->reals[places[at]]);
      out_.end();
    }
  }

  static constexpr std::size_t most_places = std::numeric_limits<std::int32_t>::max();

  const HarFile& file_;
  const HarHeader* header_ = nullptr;  ///< the one at hand
  RecordWriter out_;
};

}  // namespace

std::string har_bytes(const HarFile& file) { return HarWriter(file).write(); }

void write_har(const HarFile& file, const std::filesystem::path& path) {
  const std::string bytes = har_bytes(file);
  std::ofstream stream(path, std::ios::binary);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (!stream) throw InputError({path.string(), 0, 0}, "cannot be written");
}

}  // namespace levee
