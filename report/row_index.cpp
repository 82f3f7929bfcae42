#include "report/row_index.hpp"

#include <algorithm>
#include <fstream>
#include <utility>

#include "data/diagnostics.hpp"
#include "scenarios/table_text.hpp"

namespace levee {

namespace {

constexpr std::size_t read_size = 1U << 20U;

/// Length of the first line of `text` with its end, 0 when its end is not there. A line break within quotes is none.
std::size_t line_length(std::string_view text) {
  std::ptrdiff_t quotes = 0;
  for (std::size_t from = 0;;) {
    const std::size_t end = text.find('\n', from);
    if (end == std::string_view::npos) return 0;
    quotes += std::count(text.begin() + static_cast<std::ptrdiff_t>(from),
                         text.begin() + static_cast<std::ptrdiff_t>(end), '"');
    if (quotes % 2 == 0) return end + 1;
    from = end + 1;
  }
}

/// The first cell as it is written, with its comma.
std::string_view first_cell(std::string_view line) {
  bool quoted = false;
  for (std::size_t k = 0; k < line.size(); ++k) {
    if (line[k] == '"') quoted = !quoted;
    if (line[k] == ',' && !quoted) return line.substr(0, k + 1);
  }
  return line;
}

}  // namespace

RowIndex::RowIndex(std::filesystem::path path, const std::string& header) : path_(std::move(path)) {
  std::ifstream file(path_, std::ios::binary);
  std::string text(header.size(), '\0');
  if (!file.read(text.data(), static_cast<std::streamsize>(text.size())) || text != header) {
    throw InputError({path_.string(), 1, 0},
                     "is not the table that this version of levee writes, expected the header " +
                         header.substr(0, header.size() - 1));
  }
  std::uint64_t place = header.size();
  Range* last = nullptr;
  std::string last_cell;
  const auto add = [&](std::string_view line) {
    if (last == nullptr || !line.starts_with(last_cell)) {
      last_cell = first_cell(line);
      const auto [entry, fresh] = ranges_.try_emplace(last_cell, Range{place, 0});
      if (!fresh) throw InputError({path_.string(), 0, 0}, "has rows of a scenario at two places: " + last_cell);
      last = &entry->second;
    }
    last->bytes += line.size();
    place += line.size();
  };
  text.clear();
  for (bool more = true; more;) {
    const std::size_t have = text.size();
    text.resize(have + read_size);
    file.read(text.data() + have, read_size);
    text.resize(have + static_cast<std::size_t>(file.gcount()));
    more = static_cast<bool>(file);
    std::string_view left = text;
    while (const std::size_t length = line_length(left)) {
      add(left.substr(0, length));
      left.remove_prefix(length);
    }
    text.erase(0, text.size() - left.size());
  }
  if (!text.empty()) throw InputError({path_.string(), 0, 0}, "is cut off: its last line has no end");
}

void RowIndex::rows(const std::string& scenario, const TextSink& sink) const {
  std::string cell;
  append_csv_cell(cell, scenario);
  const auto found = ranges_.find(cell + ',');
  if (found == ranges_.end()) return;
  std::ifstream file(path_, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(found->second.place));
  std::string piece;
  for (std::uint64_t left = found->second.bytes; left > 0; left -= piece.size()) {
    piece.resize(std::min<std::uint64_t>(left, read_size));
    if (!file.read(piece.data(), static_cast<std::streamsize>(piece.size())))
      throw InputError({path_.string(), 0, 0}, "cannot be read, or has changed meanwhile");
    sink(piece);
  }
}

}  // namespace levee
