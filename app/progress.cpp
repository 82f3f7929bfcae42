#include "app/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace levee {

namespace {

constexpr int bar_width = 24;
constexpr std::size_t text_width = 50;

}  // namespace

void Progress::add_options(CLI::App& verb) {
  verb.add_flag("--quiet", quiet_, "Print results and errors only");
  verb.add_option("--progress", mode_, "auto, plain or off: a bar on a terminal, a line a step, nothing")
      ->check(CLI::IsMember({"auto", "plain", "off"}))
      ->capture_default_str();
}

void Progress::start(int total) {
  total_ = std::max(total, 1);
  done_ = 0;
  bar_ = !quiet_ && mode_ == "auto" && isatty(STDERR_FILENO) != 0;
  lines_ = !quiet_ && !bar_ && mode_ != "off";
}

void Progress::step(const std::string& text) {
  ++done_;
  if (lines_) fmt::print(stderr, "[{}/{}] {}\n", done_, total_, text);
  if (!bar_) return;
  const int filled = bar_width * std::min(done_, total_) / total_;
  fmt::print(stderr, "\r[{:=<{}}{: <{}}] {}/{} {:<{}}", "", filled, "", bar_width - filled, done_, total_,
             text.substr(0, text_width), text_width);
  std::fflush(stderr);
}

void Progress::finish() {
  if (bar_ && done_ > 0) fmt::print(stderr, "\n");
  bar_ = false;
}

}  // namespace levee
