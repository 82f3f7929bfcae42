#include "app/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace levee {

namespace {

constexpr int bar_width = 24;
constexpr std::size_t text_width = 70;
/// Fewer steps, or a shorter time, say nothing about how long the rest takes.
constexpr int steps_with_pace = 10;
constexpr double seconds_before_pace = 1;

}  // namespace

void Progress::add_options(CLI::App& verb) {
  verb.add_flag("--quiet", quiet_, "Print results and errors only");
  verb.add_option("--progress", mode_, "auto, plain or off: a bar on a terminal, a line a step, nothing")
      ->check(CLI::IsMember({"auto", "plain", "off"}))
      ->capture_default_str();
}

void Progress::start(int total) {
  total_ = std::max(total, 1);
  done_ = failed_ = 0;
  started_ = std::chrono::steady_clock::now();
  bar_ = !quiet_ && mode_ == "auto" && isatty(STDERR_FILENO) != 0;
  lines_ = !quiet_ && !bar_ && mode_ != "off";
}

std::string Progress::pace() const {
  std::string text;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  if (total_ >= steps_with_pace && seconds >= seconds_before_pace) {
    const double rate = done_ / seconds;
    text = rate >= 1 ? fmt::format("{:.1f} a second", rate) : fmt::format("{:.1f} s each", 1 / rate);
    if (done_ < total_) text += fmt::format(", {} left", clock_text((total_ - done_) / rate));
  }
  if (failed_ > 0) text += fmt::format("{}{} unsolved", text.empty() ? "" : ", ", failed_);
  return text;
}

void Progress::step(const std::string& text, bool failed) {
  ++done_;
  if (failed) ++failed_;
  if (!lines_ && !bar_) return;
  const std::string pace_text = pace();
  if (lines_ && !text.empty()) {
    const std::string end = pace_text.empty() ? "" : fmt::format(" ({})", pace_text);
    fmt::print(stderr, "[{}/{}] {}{}\n", done_, total_, text, end);
  }
  if (!bar_) return;
  const int filled = bar_width * std::min(done_, total_) / total_;
  const std::string line = pace_text.empty() ? text : fmt::format("{}  {}", pace_text, text);
  fmt::print(stderr, "\r[{:=<{}}{: <{}}] {}/{} {:<{}}", "", filled, "", bar_width - filled, done_, total_,
             line.substr(0, text_width), text_width);
  std::fflush(stderr);
}

void Progress::finish() {
  if (bar_ && done_ > 0) fmt::print(stderr, "\n");
  bar_ = false;
}

std::string clock_text(double seconds) {
  const auto whole = static_cast<long>(std::ceil(seconds));
  const long hours = whole / 3600, minutes = whole / 60 % 60;
  return hours > 0 ? fmt::format("{}:{:02}:{:02}", hours, minutes, whole % 60)
                   : fmt::format("{}:{:02}", minutes, whole % 60);
}

}  // namespace levee
