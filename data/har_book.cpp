#include "data/har_book.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace levee {
namespace {

constexpr std::size_t header_length = 4, name_length = 12, description_length = 70, line_length = 78;

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_figure(char c) { return c >= '0' && c <= '9'; }

/// Cut to so many bytes, never within a character.
std::string cut(std::string text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80) --bytes;
  text.resize(bytes);
  return text;
}

/// The words of a paragraph as lines; lines after the first begin with two blanks.
std::vector<std::string> lines_of(const std::string& paragraph) {
  std::vector<std::string> lines{""};
  std::string word;
  const auto end_word = [&] {
    if (word.empty()) return;
    if (!lines.back().empty() && lines.back().size() + 1 + word.size() > line_length) lines.emplace_back(" ");
    lines.back() += (lines.back().empty() ? "" : " ") + word;
    word.clear();
  };
  for (const char letter : paragraph) {
    if (letter >= 0 && letter <= ' ') {
      end_word();
    } else {
      word += letter;
    }
  }
  end_word();
  return lines;
}

HarHeader text_header(const std::string& name, const std::string& what, std::vector<std::string> lines) {
  HarHeader header;
  header.name = name;
  header.description = cut(what, description_length);
  header.kind = HarKind::text;
  header.dimensions = {{"", {}, static_cast<int>(lines.size())}};
  header.lines = std::move(lines);
  return header;
}

HarHeader paragraphs_header(const std::string& name, const std::string& what,
                            const std::vector<std::string>& paragraphs) {
  std::vector<std::string> lines;
  for (const std::string& paragraph : paragraphs) {
    const std::vector<std::string> more = lines_of(paragraph);
    lines.insert(lines.end(), more.begin(), more.end());
  }
  return text_header(name, what, std::move(lines));
}

}  // namespace

std::string HarNames::unique(const std::string& text) {
  std::string name;
  for (const char c : text) {
    if (is_letter(c) || is_figure(c)) {
      name += c;
    } else if (name.empty() || name.back() != '_') {
      name += '_';
    }
  }
  if (name.empty() || !is_letter(name.front())) name.insert(0, 1, 'x');
  name = cut(name, longest_);
  std::string result = name;
  for (int number = 2; !taken_.insert(upper_case(result)).second; ++number) {
    const std::string suffix = std::to_string(number);
    result = cut(name, longest_ - suffix.size()) + suffix;
  }
  return result;
}

HarBook::HarBook() : headers_(header_length), coefficients_(name_length) {
  headers_.unique("INFO");
  headers_.unique("LONG");
}

int HarBook::set(const std::string& name, const std::string& what, const std::vector<std::string>& elements) {
  for (std::size_t k = 0; k < sets_.size(); ++k)
    if (sets_[k].wanted == name && sets_[k].elements == elements) return static_cast<int>(k);
  Family& family = families_.try_emplace(name, Family{HarNames(name_length), {}}).first->second;
  Set set{name, what, elements, {headers_.unique(name), {}, static_cast<int>(elements.size())}};
  for (const std::string& element : elements) {
    const auto [found, added] = family.short_names.emplace(element, "");
    if (added) {
      found->second = family.names.unique(element);
      if (found->second != element) long_names_.push_back(fmt::format("{} {}: {}", name, found->second, element));
    }
    set.dimension.labels.push_back(found->second);
  }
  sets_.push_back(std::move(set));
  return static_cast<int>(sets_.size()) - 1;
}

void HarBook::text(const std::string& header, const std::string& what, const std::vector<std::string>& paragraphs) {
  texts_.push_back(paragraphs_header(headers_.unique(header), what, paragraphs));
  contents_.push_back(fmt::format("{}: {}", texts_.back().name, what));
}

void HarBook::add(HarBookArray array) {
  HarHeader header;
  header.name = headers_.unique(array.header);
  header.coefficient = coefficients_.unique(array.coefficient);
  header.description = cut(fmt::format("{} ({})", array.what, array.unit), description_length);
  std::vector<std::string> over;
  for (const int set : array.sets) {
    header.dimensions.push_back(sets_[static_cast<std::size_t>(set)].dimension);
    over.push_back(header.dimensions.back().set);
  }
  header.reals = std::move(array.figures);
  contents_.push_back(fmt::format("{} {}({}): {}. Unit: {}", header.name, header.coefficient, fmt::join(over, ", "),
                                  array.what, array.unit));
  arrays_.push_back(std::move(header));
}

HarFile HarBook::file(const std::string& path) const {
  HarFile file{path, {}};
  std::vector<std::string> info = info_;
  info.insert(info.end(), contents_.begin(), contents_.end());
  file.headers.push_back(paragraphs_header("INFO", "What this file holds", info));
  if (!long_names_.empty())
    file.headers.push_back(paragraphs_header("LONG", "Names of elements that were cut, in full", long_names_));
  for (const Set& set : sets_)
    file.headers.push_back(
        text_header(set.dimension.set, fmt::format("Set {}  {}", set.dimension.set, set.what), set.dimension.labels));
  file.headers.insert(file.headers.end(), texts_.begin(), texts_.end());
  file.headers.insert(file.headers.end(), arrays_.begin(), arrays_.end());
  return file;
}

}  // namespace levee
