#pragma once

#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace levee {

/// A place in a user's file. Lines and columns count from 1; 0 means unknown.
struct Location {
  std::string file;
  int line = 0;
  int column = 0;

  bool operator==(const Location&) const = default;
};

struct Diagnostic {
  Location where;
  std::string message;
  std::string excerpt;  ///< the line of the file, empty when there is none

  bool operator==(const Diagnostic&) const = default;
};

/// Bad input: one or more located messages, all shown at once. Exit status 1.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Diagnostic> diagnostics);
  InputError(Location where, const std::string& message, std::string excerpt = "");
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
};

/// Collects messages so that a reader reports every fault of a file in one go. What was said already is not repeated.
class Diagnostics {
 public:
  void add(Location where, std::string message, std::string excerpt = "");
  void add(const InputError& error);
  void add(Diagnostic diagnostic);
  bool empty() const { return list_.empty(); }
  const std::vector<Diagnostic>& list() const { return list_; }
  /// Throws InputError when anything was collected.
  void throw_if_any() const;

  /// Runs `work`; an InputError it throws is collected. Returns whether it finished.
  template <class Work>
  bool guard(Work&& work) {
    try {
      work();
      return true;
    } catch (const InputError& error) {
      add(error);
      return false;
    }
  }

 private:
  std::vector<Diagnostic> list_;
};

/// "file:line:column: message" with the excerpt and a caret below, one diagnostic after the other.
std::string format_diagnostics(std::span<const Diagnostic> diagnostics);

/// The candidate nearest to `word` by edit distance, empty when none is near enough to be meant.
std::string nearest_name(const std::string& word, std::span<const std::string> candidates);

/// ", did you mean 'X'?" for a file that is not there, when one beside it has a name near enough; else empty.
std::string suggest_file(const std::filesystem::path& path);

/// ", did you mean 'X'?" or, with no near name, "; expected one of A, B, ..." (shortened), for use at the end of a
/// message.
std::string suggestion(const std::string& word, std::span<const std::string> candidates);

}  // namespace levee
