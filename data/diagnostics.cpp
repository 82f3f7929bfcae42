#include "data/diagnostics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <system_error>
#include <utility>

namespace levee {
namespace {

constexpr std::size_t max_shown = 50;      // diagnostics printed before the rest is only counted
constexpr std::size_t max_names = 8;       // valid names listed in a suggestion
constexpr std::size_t max_excerpt = 110;   // bytes of an excerpt printed around the caret
constexpr std::size_t caret_context = 60;  // bytes kept before the caret of a long line
constexpr const char* ellipsis = "...";

std::string small_letters(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

constexpr int most_continued = 3;  // bytes of a UTF-8 character after its first

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours cost 1 each.
std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

/// The excerpt and a caret below it; a long line (a row of a matrix) is cut around the caret.
std::string excerpt_with_caret(const Diagnostic& diagnostic) {
  std::string line = diagnostic.excerpt;
  std::size_t caret = diagnostic.where.column > 0 ? static_cast<std::size_t>(diagnostic.where.column - 1) : 0;
  caret = std::min(caret, line.size());
  if (line.size() > max_excerpt) {
    std::size_t from = caret > caret_context ? caret - caret_context : 0;
    // Whole characters; of what is no text not more than a character's bytes.
    for (int k = 0; k < most_continued && from > 0 && continues_character(line[from]); ++k) --from;
    std::size_t to = std::min(line.size(), from + max_excerpt);
    for (int k = 0; k < most_continued && to < line.size() && continues_character(line[to]); ++k) ++to;
    const bool cut_end = to < line.size();
    line = line.substr(from, to - from) + (cut_end ? ellipsis : "");
    caret -= from;
    if (from > 0) {
      line = ellipsis + line;
      caret += std::string(ellipsis).size();
    }
  }
  std::string result = "\n  " + line;
  if (diagnostic.where.column <= 0) return result;
  result += "\n  ";
  for (std::size_t k = 0; k < caret; ++k) {
    if (line[k] == '\t') {
      result += '\t';
    } else if (!continues_character(line[k])) {
      result += ' ';
    }
  }
  return result + '^';
}

std::string format_one(const Diagnostic& diagnostic) {
  std::string result;
  if (!diagnostic.where.file.empty()) {
    result = diagnostic.where.file;
    if (diagnostic.where.line > 0) result += fmt::format(":{}", diagnostic.where.line);
    if (diagnostic.where.line > 0 && diagnostic.where.column > 0) result += fmt::format(":{}", diagnostic.where.column);
    result += ": ";
  }
  result += diagnostic.message;
  if (!diagnostic.excerpt.empty()) result += excerpt_with_caret(diagnostic);
  return result;
}

}  // namespace

InputError::InputError(std::vector<Diagnostic> diagnostics)
    : std::runtime_error(format_diagnostics(diagnostics)), diagnostics_(std::move(diagnostics)) {}

InputError::InputError(Location where, const std::string& message, std::string excerpt)
    : InputError(std::vector<Diagnostic>{Diagnostic{std::move(where), message, std::move(excerpt)}}) {}

void Diagnostics::add(Location where, std::string message, std::string excerpt) {
  add(Diagnostic{std::move(where), std::move(message), std::move(excerpt)});
}

void Diagnostics::add(const InputError& error) {
  for (const Diagnostic& diagnostic : error.diagnostics()) add(diagnostic);
}

void Diagnostics::add(Diagnostic diagnostic) {
  // Two blocks that read the same file meet the same fault.
  if (std::ranges::find(list_, diagnostic) == list_.end()) list_.push_back(std::move(diagnostic));
}

void Diagnostics::throw_if_any() const {
  if (!list_.empty()) throw InputError(list_);
}

std::string format_diagnostics(std::span<const Diagnostic> diagnostics) {
  std::string result;
  for (const Diagnostic& diagnostic : diagnostics.first(std::min(diagnostics.size(), max_shown))) {
    if (!result.empty()) result += '\n';
    result += format_one(diagnostic);
  }
  if (diagnostics.size() > max_shown) result += fmt::format("\n... and {} more", diagnostics.size() - max_shown);
  return result;
}

std::string nearest_name(const std::string& word, std::span<const std::string> candidates) {
  // A third of the word may be wrong, but never all of it: for one letter nothing but its other case is near.
  const std::size_t allowed = std::min(std::max<std::size_t>(1, word.size() / 3), word.empty() ? 0 : word.size() - 1);
  const std::string folded = small_letters(word);
  std::size_t best = allowed + 1;
  std::string nearest;
  for (const std::string& candidate : candidates) {
    const std::size_t longer = std::max(candidate.size(), word.size());
    if (longer - std::min(candidate.size(), word.size()) > allowed) continue;
    const std::size_t distance = edit_distance(folded, small_letters(candidate));
    if (distance < best) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

std::string suggest_file(const std::filesystem::path& path) {
  std::vector<std::string> files;
  std::error_code error;  // a folder that cannot be listed offers nothing
  for (const auto& entry :
       std::filesystem::directory_iterator(path.has_parent_path() ? path.parent_path() : ".", error))
    if (entry.is_regular_file(error)) files.push_back(entry.path().filename().string());
  std::ranges::sort(files);  // the order of a folder is not defined
  const std::string nearest = nearest_name(path.filename().string(), files);
  return nearest.empty() ? "" : fmt::format(", did you mean '{}'?", nearest);
}

std::string suggestion(const std::string& word, std::span<const std::string> candidates) {
  if (candidates.empty()) return "";
  const std::string nearest = nearest_name(word, candidates);
  if (!nearest.empty()) return fmt::format(", did you mean '{}'?", nearest);
  std::string list;
  for (const std::string& name : candidates.first(std::min(candidates.size(), max_names))) {
    list += (list.empty() ? "" : ", ") + name;
  }
  return fmt::format("; expected {}{}{}", candidates.size() > 1 ? "one of " : "", list,
                     candidates.size() > max_names ? ", ..." : "");
}

}  // namespace levee
