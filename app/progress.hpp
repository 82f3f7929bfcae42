#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <string>

namespace levee {

/// What a verb says while it works, on standard error: a bar that overwrites itself on a terminal, a line a step in a
/// log. Work of many steps has its rate and the time left in both.
class Progress {
 public:
  /// Adds --quiet and --progress to a verb. The object must outlive the parse.
  void add_options(CLI::App& verb);

  /// Starts a count up to `total`.
  void start(int total);
  /// One more is done. `text` says what: "no_tax: solved in 4 iterations"; empty: nothing worth a line.
  void step(const std::string& text, bool failed = false);
  /// Ends the bar.
  void finish();

  bool quiet() const { return quiet_; }

 private:
  std::string pace() const;

  bool quiet_ = false;
  std::string mode_ = "auto";
  bool bar_ = false;
  bool lines_ = false;
  int total_ = 0;
  int done_ = 0;
  int failed_ = 0;
  std::chrono::steady_clock::time_point started_;
};

/// "0:07", "12:30", "3:05:00".
std::string clock_text(double seconds);

}  // namespace levee
