// Opens a report in headless Chromium with report_probe.js in it. The only thing skipped is a machine without Chromium.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "report/html_report.hpp"
#include "tests/unit/report_mock.hpp"

namespace levee::test {

namespace fs = std::filesystem;
using nlohmann::json;

/// How the page is opened.
struct View {
  int width;
  int height;
  std::string theme;
  std::string held = "";    ///< the group of designs that a picture shows; empty: as the page opens
  std::string script = "";  ///< runs before anything of the page
};

/// The designs, by what they hold, whose charts' data the probe tells.
constexpr std::array<std::pair<const char*, const char*>, 2> kProbed = {
    {{"price", "cbam_direct"}, {"world", "cbam_full_world"}}};

inline std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

inline std::string chromium() {
  if (const char* given = std::getenv("LEVEE_CHROMIUM")) return given;
  std::istringstream folders(std::getenv("PATH") ? std::getenv("PATH") : "");
  for (std::string folder; std::getline(folders, folder, ':');)
    for (const char* name : {"chromium", "chromium-browser", "google-chrome"})
      if (const fs::path path = fs::path(folder) / name; ::access(path.c_str(), X_OK) == 0) return path.string();
  return "";
}

inline std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = ::popen(command.c_str(), "r");
  std::array<char, 65536> buffer{};
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    out.append(buffer.data(), got);
  ::pclose(pipe);
  return out;
}

inline void replace_once(std::string& text, const std::string& what, const std::string& with) {
  const std::size_t at = text.rfind(what);
  ASSERT_NE(at, std::string::npos) << what;
  text.replace(at, what.size(), with);
}

/// The report with the probe in it: the trap for errors before anything of the page, the probe after everything.
inline std::string probed(const RunDocument& document, const View& view) {
  constexpr const char* trap =
      "<head><script>window.probeErrors = [];"
      "const note = (what) => window.probeErrors.push(String(what));"
      "window.addEventListener('error', (e) => note(e.message));"
      "window.addEventListener('unhandledrejection', (e) => note(e.reason));"
      "document.addEventListener('securitypolicyviolation', (e) => note(`blocked: ${e.blockedURI} "
      "${e.violatedDirective}`));"
      "for (const kind of ['error', 'warn']) console[kind] = (...all) => note(`${kind}: ${all.join(' ')}`);";
  std::string page = html_report(document);
  const std::size_t head = page.find("<head>");
  std::string settings =
      "window.probeTheme = '" + view.theme + "'; window.probeHeld = '" + view.held + "'; " + view.script;
  settings += "window.probeDesigns = [";
  for (const auto& [held, design] : kProbed) settings += std::string("['") + held + "','" + design + "'],";
  page.replace(head, 6, std::string(trap) + settings + "];</script>");
  replace_once(page, "</body>",
               "<script>" + read(LEVEE_SOURCE_DIR "/tests/endtoend/report_probe.js") + "</script></body>");
  return page;
}

/// The report as a picture wants it: a theme and a group of designs chosen, nothing else done to it.
inline std::string posed(std::string page, const View& view) {
  std::string choice = "levee.theme.set('" + view.theme + "');";
  if (!view.held.empty()) choice += "levee.ready.then(() => levee.scenarios.choose('held', '" + view.held + "'));";
  replace_once(page, "</body>", "<script>" + choice + "</script></body>");
  return page;
}

/// Kept after the test, to be looked at.
inline fs::path artefacts() {
  const char* given = std::getenv("LEVEE_TEST_ARTEFACTS");
  const fs::path folder = (given ? fs::path(given) : fs::current_path() / "artefacts") / "report";
  fs::create_directories(folder);
  return folder;
}

constexpr int kLeastWindow = 500;

class ReportPage : public ::testing::Test {
 protected:
  void SetUp() override {
    browser = chromium();
    if (browser.empty())
      GTEST_SKIP() << "no Chromium found (apt-get install chromium, or set LEVEE_CHROMIUM): page not checked";
    std::string pattern = (fs::temp_directory_path() / "levee-report-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    work = pattern;
  }
  void TearDown() override {
    std::error_code ignored;  // a browser still closing may hold a file
    if (!work.empty()) fs::remove_all(work, ignored);
  }

  std::string run_browser(const View& view, const std::string& action, const fs::path& page) const {
    return output_of(
        "timeout 120 '" + browser + "' --headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run" +
        " --user-data-dir='" + (work / "profile").string() +
        "' --virtual-time-budget=30000 --window-size=" + std::to_string(std::max(view.width, kLeastWindow)) + "," +
        std::to_string(view.height) + " " + action + " 'file://" + page.string() + "' 2>/dev/null");
  }

  /// Writes the pages and a frame around each: a browser window has a least width, a frame in it has not. What the
  /// probe saw goes into a hidden element of the outer page, one after the other in the order of the pages.
  fs::path framed(const std::vector<std::string>& pages, const View& view) const {
    std::ofstream outer(work / "frame.html");
    outer << "<!doctype html><meta charset=utf-8><body style='margin:0'>";
    for (std::size_t page = 0; page < pages.size(); ++page) {
      const std::string name = "page" + std::to_string(page) + ".html";
      std::ofstream(work / name, std::ios::binary) << pages[page];
      outer << "<iframe src=" << name << " width=" << view.width << " height=" << view.height
            << " style='border:0;display:block'></iframe>";
    }
    outer << "<script>const seen = []; onmessage = (event) => {"
             "const at = Array.from(frames).indexOf(event.source); seen[at] = event.data;"
             "if (Object.keys(seen).length < frames.length) return;"
             "const text = `[${seen.join()}]`.replace(/[<>&\\u0080-\\uffff]/g, (c) => "
             "'\\\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));"
             "const node = document.createElement('pre'); node.id = 'probe'; node.hidden = true;"
             "node.textContent = text; document.body.append(node); };</script>";
    return work / "frame.html";
  }

  /// What the probe saw of each document, null where one of them did not finish.
  json open_all(const std::vector<RunDocument>& documents, const View& view) const {
    std::vector<std::string> pages;
    for (const RunDocument& document : documents) pages.push_back(probed(document, view));
    const std::string dom = run_browser(view, "--dump-dom", framed(pages, view));
    const std::string mark = "<pre id=\"probe\" hidden=\"\">";
    const std::size_t from = dom.find(mark);
    if (from == std::string::npos) return json(documents.size(), nullptr);
    return json::parse(dom.substr(from + mark.size(), dom.find("</pre>", from) - from - mark.size()));
  }

  json open(const RunDocument& document, const View& view) const { return open_all({document}, view)[0]; }

  void screenshot(const std::string& page, const View& view, const std::string& name) const {
    const fs::path picture = artefacts() / (name + ".png");
    fs::remove(picture);
    run_browser(view, "--screenshot='" + picture.string() + "'", framed({posed(page, view)}, view));
    EXPECT_TRUE(fs::exists(picture) && fs::file_size(picture) > 50'000) << picture;
  }

  /// The printed page, as a PDF.
  void print(const std::string& page, const View& view, const std::string& name) const {
    const fs::path paper = artefacts() / (name + ".pdf");
    fs::remove(paper);
    std::ofstream(work / "print.html", std::ios::binary) << posed(page, view);
    run_browser(view, "--no-pdf-header-footer --print-to-pdf='" + paper.string() + "'", work / "print.html");
    ASSERT_TRUE(fs::exists(paper)) << paper;
    EXPECT_GT(fs::file_size(paper), 50'000U) << paper;
    EXPECT_LT(fs::file_size(paper), 5'000'000U) << paper;
  }

  std::string browser;
  fs::path work;
};

}  // namespace levee::test
