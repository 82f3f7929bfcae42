// Header-array files, as described by the programs that read and write them: GEMPACK's manual (sections on header
// arrays), harpy (GEMPACKsoftware/HARPY) and HARr (mivanic/HARr).
//
// A header is a record of 4 bytes, its name, and records that begin with 4 blanks. The first of these holds the type
// (1C, 2I, 2R, RE or RL and FULL or SPSE), the long name and the sizes. RE arrays have a record of their sets and the
// labels of each set after it; RL arrays have sizes only; 2I and 2R are matrices. Where data span several records, each
// says how many are left.
#include "data/import/har_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "data/diagnostics.hpp"
#include "data/import/byte_stream.hpp"
#include "data/import/har_layout.hpp"
#include "data/import/har_records.hpp"

namespace levee {
namespace {

constexpr std::size_t type_bytes = 6;

std::string without_blanks(std::string text) {
  text.erase(0, text.find_first_not_of(' '));
  return text;
}

/// Cells of an array, at most 2^64 - 1.
std::uint64_t cells(const std::vector<int>& sizes) {
  std::uint64_t count = 1;
  for (const int size : sizes) {
    if (size == 0) return 0;
    if (__builtin_mul_overflow(count, static_cast<std::uint64_t>(size), &count))
      count = std::numeric_limits<std::uint64_t>::max();
  }
  return count;
}

/// A box of cells, from and to these indices of each dimension (from 1), and how far its cells have been filled.
class Box {
 public:
  Box(std::vector<int> from, std::vector<int> to, const std::vector<int>& sizes)
      : from_(std::move(from)), to_(std::move(to)), at_(from_), sizes_(sizes) {}

  std::uint64_t count() const {
    std::uint64_t count = 1;
    for (std::size_t k = 0; k < from_.size(); ++k) count *= static_cast<std::uint64_t>(to_[k] - from_[k] + 1);
    return count;
  }
  /// The place of the next cell in the array, where the first index runs fastest.
  std::size_t next() {
    std::size_t place = 0;
    for (std::size_t k = at_.size(); k-- > 0;)
      place = place * static_cast<std::size_t>(sizes_[k]) + static_cast<std::size_t>(at_[k] - 1);
    for (std::size_t k = 0; k < at_.size(); ++k) {
      if (++at_[k] <= to_[k]) break;
      at_[k] = from_[k];
    }
    return place;
  }

 private:
  std::vector<int> from_, to_, at_;
  const std::vector<int>& sizes_;
};

class HarReader {
 public:
  HarReader(std::string_view bytes, const std::string& name, std::uint64_t most) : records_(bytes, name), most_(most) {}

  HarFile read() {
    HarFile file{records_.file(), {}};
    std::set<std::string> names;
    while (!records_.done()) {
      records_.enter("");
      HarRecord record = records_.next("the name of a header");
      record.expect_left(har_layout::name_bytes, "the name of a header");
      const std::string name = without_blanks(record.text(har_layout::name_bytes));
      if (name.empty()) record.fail("found blanks, expected the name of a header");
      if (!names.insert(upper_case(name)).second) record.fail(fmt::format("header {} is there twice", name));
      records_.enter(name);
      file.headers.push_back(header(name));
    }
    return file;
  }

 private:
  HarHeader header(const std::string& name) {
    HarHeader result;
    result.name = name;
    HarRecord record = records_.next("the type of a header");
    record.expect_blanks();
    const std::string type = record.text(type_bytes);
    result.description = record.text(har_layout::description_bytes);
    sizes_ = sizes(record);
    const bool sparse = type.ends_with("SPSE");
    if (type == "1CFULL") {
      read_text(record, result);
    } else if (type == "2IFULL" || type == "2RFULL") {
      read_matrix(record, result, type == "2IFULL");
    } else if (type == "REFULL" || type == "RESPSE") {
      read_sets(result);
      sparse ? read_sparse(record, result) : read_full(record, result);
    } else if (type == "RLFULL" || type == "RLSPSE") {
      name_dimensions(result, 0);
      sparse ? read_sparse(record, result) : read_full(record, result);
    } else {
      record.fail(
          fmt::format("found type '{}', expected one of 1CFULL, 2IFULL, 2RFULL, REFULL, RESPSE, RLFULL, RLSPSE", type));
    }
    return result;
  }

  static std::vector<int> sizes(HarRecord& record) {
    const int rank = record.integer();
    if (rank < 0 || rank > static_cast<int>(har_layout::most_dimensions))
      record.fail(fmt::format("found {} dimensions, expected at most {}", rank, har_layout::most_dimensions));
    record.expect_left(static_cast<std::uint64_t>(rank) * 4, "the sizes of the dimensions");
    std::vector<int> result;
    for (int k = 0; k < rank; ++k) {
      result.push_back(record.integer());
      if (result.back() < 0) record.fail(fmt::format("found the size {}, expected 0 or more", result.back()));
    }
    return result;
  }

  /// Texts of one length, over as many records as say that more are left. `each`: bytes of one; `count`: how many.
  std::vector<std::string> read_texts(std::size_t each, int count, std::string_view meaning) {
    std::vector<std::string> texts;
    for (HarSeries series; series.more();) {
      HarRecord record = records_.next(meaning);
      record.expect_blanks();
      series.count(record);
      record.expect(count, fmt::format("the number of {}", meaning));
      const std::uint64_t here = part(record, static_cast<std::uint64_t>(count) - texts.size());
      record.expect_left(here * each, meaning);
      for (std::uint64_t k = 0; k < here; ++k) texts.push_back(record.text(each));
      if (!series.more() && texts.size() != static_cast<std::size_t>(count))
        record.fail(fmt::format("the last record ends with number {}, expected {} {}", texts.size(), count, meaning));
    }
    return texts;
  }

  /// How many of the items that are missing this record holds.
  static std::uint64_t part(HarRecord& record, std::uint64_t missing) {
    const int here = record.integer();
    if (here < 0 || static_cast<std::uint64_t>(here) > missing)
      record.fail(fmt::format("found {} items in this record, expected at most {}", here, missing));
    return static_cast<std::uint64_t>(here);
  }

  void read_text(const HarRecord& record, HarHeader& result) {
    result.kind = HarKind::text;
    if (sizes_.size() != 2)
      record.fail(fmt::format("found {} dimensions, expected lines and their length", sizes_.size()));
    if (sizes_[0] > 0 && sizes_[1] == 0) record.fail("found lines of length 0, expected 1 or more");
    result.lines = read_texts(static_cast<std::size_t>(sizes_[1]), sizes_[0], "lines of text");
    result.dimensions = {{"", {}, sizes_[0]}};
  }

  /// Dimensions `from` and on, which no set is given for, up to the last that has not size 1.
  void name_dimensions(HarHeader& result, std::size_t from) const {
    std::size_t used = sizes_.size();
    while (used > from && sizes_[used - 1] == 1) --used;
    for (std::size_t k = from; k < used; ++k) result.dimensions.push_back({"", {}, sizes_[k]});
  }

  /// Sets and labels of an RE array. A dimension is a whole set ('k'), of which the labels follow once, one element of
  /// a set ('e'), named in this record, or numbered only ('u').
  void read_sets(HarHeader& result) {
    HarRecord record = records_.next("the sets of the array");
    record.expect_blanks();
    const int distinct = record.integer();
    record.skip(4);
    const int used = record.integer();
    if (used < 0 || static_cast<std::size_t>(used) > sizes_.size())
      record.fail(fmt::format("found {} sets, expected at most {}", used, sizes_.size()));
    result.coefficient = without_blanks(record.text(har_layout::label_bytes));
    record.skip(4);
    for (int k = 0; k < used; ++k)
      result.dimensions.push_back(
          {without_blanks(record.text(har_layout::label_bytes)), {}, sizes_[static_cast<std::size_t>(k)]});
    const std::string kinds = record.text(static_cast<std::size_t>(used));
    record.skip(4 * static_cast<std::size_t>(used));
    read_elements(record, kinds, result);
    read_labels(record, kinds, distinct, result);
    name_dimensions(result, static_cast<std::size_t>(used));
  }

  /// The names of single elements, at the end of the record of sets.
  static void read_elements(HarRecord& record, const std::string& kinds, HarHeader& result) {
    const auto elements = static_cast<std::size_t>(std::ranges::count(kinds, 'e'));
    record.expect(static_cast<std::int64_t>(elements), "the number of single elements");
    record.expect_left(elements * har_layout::label_bytes, "the names of single elements");
    for (std::size_t k = 0; k < result.dimensions.size(); ++k) {
      HarDimension& dimension = result.dimensions[k];
      const char kind = k < kinds.size() ? kinds[k] : ' ';
      if (kind != 'k' && kind != 'e' && kind != 'u')
        record.fail(fmt::format("found the kind '{}' of set {}, expected k, e or u", kind, dimension.set));
      if (kind != 'e') continue;
      if (dimension.size != 1)
        record.fail(fmt::format("found {} elements of set {}, expected 1", dimension.size, dimension.set));
      dimension.labels = {without_blanks(record.text(har_layout::label_bytes))};
    }
  }

  /// The labels of each set that dimensions hold in full, in the order in which sets occur first.
  void read_labels(const HarRecord& sets, const std::string& kinds, int distinct, HarHeader& result) {
    std::map<std::string, std::vector<std::string>> labels;
    for (std::size_t k = 0; k < kinds.size(); ++k) {
      HarDimension& dimension = result.dimensions[k];
      if (kinds[k] != 'k') continue;
      if (!labels.contains(dimension.set)) {
        labels[dimension.set] = read_texts(har_layout::label_bytes, dimension.size, "labels of set " + dimension.set);
        for (std::string& label : labels[dimension.set]) label = without_blanks(label);
      }
      dimension.labels = labels[dimension.set];
      if (dimension.labels.size() != static_cast<std::size_t>(dimension.size))
        sets.fail(fmt::format("found sizes {} and {} of set {}, expected one", dimension.labels.size(), dimension.size,
                              dimension.set));
    }
    if (static_cast<std::size_t>(std::max(distinct, 0)) != labels.size())
      sets.fail(fmt::format("found {} sets with labels, expected {}", distinct, labels.size()));
  }

  /// Refuses an array of more cells than the rest of the file can hold, before room is made for it.
  std::size_t checked_cells(const HarRecord& record) const {
    const std::uint64_t count = cells(sizes_);
    if (count > records_.left() / 4)
      record.fail(fmt::format("found an array of {} cells, expected at most {}, for which the file has room", count,
                              records_.left() / 4));
    return static_cast<std::size_t>(count);
  }

  /// The bounds of a box, from and to for each dimension.
  Box read_box(HarRecord& record) const {
    std::vector<int> from, to;
    for (const int size : sizes_) {
      from.push_back(record.integer());
      to.push_back(record.integer());
      if (from.back() < 1 || to.back() < from.back() || to.back() > size)
        record.fail(
            fmt::format("found cells {} to {} of a dimension, expected some of 1 to {}", from.back(), to.back(), size));
    }
    return {from, to, sizes_};
  }

  /// Puts the figures that follow in a record where the box says. `filled` are the cells that have got theirs.
  template <class Figure, class Take>
  void fill(HarRecord& record, Box box, std::vector<Figure>& figures, std::vector<bool>& filled, Take take) const {
    const std::uint64_t count = box.count();
    record.expect_left(4 * count, "the figures of the cells that the record is for");
    for (std::uint64_t k = 0; k < count; ++k) {
      const std::size_t place = box.next();
      if (filled[place]) record.fail("found a second figure of a cell that has one");
      filled[place] = true;
      figures[place] = take(record);
    }
  }

  static void expect_all(const std::vector<bool>& filled, const HarRecord& record) {
    if (const auto missing = std::ranges::count(filled, false); missing > 0)
      record.fail(fmt::format("the last record ends here, expected the figures of {} more cells", missing));
  }

  /// 2I and 2R: each record has the box that it holds.
  void read_matrix(const HarRecord& type, HarHeader& result, bool integers) {
    if (sizes_.size() != 2) type.fail(fmt::format("found {} dimensions, expected 2", sizes_.size()));
    const std::size_t count = checked_cells(type);
    result.kind = integers ? HarKind::integer : HarKind::real;
    integers ? result.integers.resize(count) : result.reals.resize(count);
    name_dimensions(result, 0);
    std::vector<bool> filled(count, false);
    for (HarSeries series; series.more();) {
      HarRecord record = records_.next("figures");
      record.expect_blanks();
      series.count(record);
      for (const int size : sizes_) record.expect(size, "the size of a dimension");
      if (count == 0) continue;
      const Box box = read_box(record);
      if (integers) {
        fill(record, box, result.integers, filled, [](HarRecord& from) { return from.integer(); });
      } else {
        fill(record, box, result.reals, filled, [](HarRecord& from) { return from.real(); });
      }
      if (!series.more()) expect_all(filled, record);
    }
  }

  /// RE and RL in full: the sizes again, then pairs of records, the box and its figures.
  void read_full(const HarRecord& type, HarHeader& result) {
    const std::size_t count = checked_cells(type);
    result.reals.resize(count);
    HarRecord start = records_.next("the sizes of the array");
    start.expect_blanks();
    const int announced = start.integer();
    start.expect(static_cast<std::int64_t>(sizes_.size()), "the number of dimensions");
    for (const int size : sizes_) start.expect(size, "the size of a dimension");
    start.expect_left(0, "nothing after the sizes");
    std::vector<bool> filled(count, false);
    // Some files announce one record less than there are: those that follow count right, and are gone by.
    for (HarSeries series; (count > 0 || announced > 1) && series.more();) {
      HarRecord range = records_.next("which cells follow");
      range.expect_blanks();
      series.count(range);
      HarRecord data = records_.next("figures");
      data.expect_blanks();
      series.count(data);
      if (count == 0) continue;
      const Box box = read_box(range);
      range.expect_left(0, "nothing after the cells that follow");
      fill(data, box, result.reals, filled, [](HarRecord& from) { return from.real(); });
    }
    expect_all(filled, start);
  }

  /// RE and RL of which most cells are 0: places, counted from 1 with the first index fastest, and their figures.
  void read_sparse(const HarRecord& type, HarHeader& result) {
    const std::uint64_t count = cells(sizes_);
    if (count > (most_ - expanded_) / sizeof(double))
      type.fail(fmt::format("found an array of {} cells, expected at most {}, for which there is memory", count,
                            (most_ - expanded_) / sizeof(double)));
    expanded_ += count * sizeof(double);
    HarRecord start = records_.next("how many cells are not 0");
    start.expect_blanks();
    const int given = start.integer();
    if (given < 0 || static_cast<std::uint64_t>(given) > count)
      start.fail(fmt::format("found {} cells that are not 0, expected at most {}", given, count));
    start.expect(4, "the bytes of a place");
    start.expect(4, "the bytes of a figure");
    start.expect_left(har_layout::comment_bytes, "a comment");
    result.reals.assign(static_cast<std::size_t>(count), 0.0);
    read_places(given, result.reals);
  }

  void read_places(int given, std::vector<double>& reals) {
    auto missing = static_cast<std::uint64_t>(given);
    std::vector<bool> filled(reals.size(), false);
    for (HarSeries series; series.more();) {
      HarRecord record = records_.next("cells that are not 0");
      record.expect_blanks();
      series.count(record);
      record.expect(given, "the number of cells that are not 0");
      const std::uint64_t here = part(record, missing);
      record.expect_left(8 * here, "places and figures");
      std::vector<std::size_t> places;
      for (std::uint64_t k = 0; k < here; ++k) {
        const int place = record.integer();
        if (place < 1 || static_cast<std::size_t>(place) > reals.size())
          record.fail(fmt::format("found place {}, expected one of 1 to {}", place, reals.size()));
        places.push_back(static_cast<std::size_t>(place) - 1);
        if (filled[places.back()]) record.fail(fmt::format("found place {} twice", place));
        filled[places.back()] = true;
      }
      for (const std::size_t place : places) reals[place] = record.real();
      missing -= here;
      if (!series.more() && missing > 0)
        record.fail(fmt::format("the last record ends here, expected {} more cells that are not 0", missing));
    }
  }

  HarRecords records_;
  std::uint64_t most_;
  std::uint64_t expanded_ = 0;  ///< bytes that sparse arrays take in full so far
  std::vector<int> sizes_;      ///< of the header at hand
};

}  // namespace

std::string upper_case(std::string text) {
  for (char& letter : text)
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  return text;
}

const HarHeader* HarFile::find(const std::string& name) const {
  const auto found = std::ranges::find_if(
      headers, [&](const HarHeader& header) { return upper_case(header.name) == upper_case(name); });
  return found == headers.end() ? nullptr : &*found;
}

HarFile parse_har(std::string_view bytes, const std::string& name, std::uint64_t most) {
  return HarReader(bytes, name, most).read();
}

HarFile read_har(const std::filesystem::path& path, std::uint64_t most) {
  const std::string name = path.string();
  return parse_har(read_all(*open_file(name), name, largest_text()), name, most);
}

}  // namespace levee
