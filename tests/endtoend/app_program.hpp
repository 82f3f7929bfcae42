#pragma once

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill() is POSIX
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace levee::testing {

/// What a program said and how it ended.
struct Ran {
  int status = -1;  ///< exit status; -1 when a signal or the time limit ended it
  std::string out, err;
};

/// A program that runs beside the test. Its output goes to unnamed files, so that it adds nothing to the folder whose
/// content a test looks at.
class Program {
 public:
  Program(const std::string& binary, const std::vector<std::string>& arguments, const std::filesystem::path& folder)
      : out_(std::tmpfile()), err_(std::tmpfile()) {
    if (!out_ || !err_) throw std::runtime_error("no temporary file");
    std::vector<std::string> words{binary};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    ::setenv("OPENBLAS_NUM_THREADS", "1", 1);  // tests run side by side
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("cannot fork");
    if (pid_ > 0) return;
    ::dup2(::fileno(out_.get()), STDOUT_FILENO);
    ::dup2(::fileno(err_.get()), STDERR_FILENO);
    if (::chdir(folder.c_str()) == 0) ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  ~Program() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// Waits until standard error holds `text`; false when the program ends or the time is up before.
  bool says(const std::string& text) {
    return until([&] { return content(err_.get()).find(text) != std::string::npos || ended(); }) &&
           content(err_.get()).find(text) != std::string::npos;
  }

  void signal(int number) const { ::kill(pid_, number); }

  /// Waits for the end.
  Ran wait() {
    Ran ran;
    if (until([&] { return ended(); })) {
      ran.status = WIFEXITED(state_) ? WEXITSTATUS(state_) : -1;
    } else {
      ADD_FAILURE() << "the program did not end in time";
    }
    ran.out = content(out_.get());
    ran.err = content(err_.get());
    return ran;
  }

 private:
  using File = std::unique_ptr<FILE, int (*)(FILE*)>;
  struct Closed : File {
    explicit Closed(FILE* file) : File(file, [](FILE* open) { return std::fclose(open); }) {}
  };

  static std::string content(FILE* file) {
    std::string text(1 << 20, '\0');
    // From the start, whatever the position that the child shares.
    const ssize_t size = ::pread(::fileno(file), text.data(), text.size(), 0);
    text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return text;
  }

  bool ended() {
    if (pid_ > 0 && ::waitpid(pid_, &state_, WNOHANG) == pid_) pid_ = 0;
    return pid_ == 0;
  }

  template <class Condition>
  static bool until(Condition condition) {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(240);  // sanitizers, a busy machine
    while (!condition()) {
      if (std::chrono::steady_clock::now() > limit) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
  }

  Closed out_, err_;
  pid_t pid_ = 0;
  int state_ = 0;
};

/// A folder of the test's own, deleted with it: a copy of the shipped dataset in data/ and of the shipped study in
/// study.yaml, to be changed at will. Programs run in it, so that messages name short relative paths.
class Workspace {
 public:
  Workspace() {
    namespace fs = std::filesystem;
    std::string name = (fs::temp_directory_path() / "levee_app_XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    const fs::path source = LEVEE_SOURCE_DIR;
    fs::create_directory(folder_ / "data");
    for (const auto& entry : fs::directory_iterator(source / "data/cbam-2011"))
      fs::copy_file(entry.path(), folder_ / "data" / entry.path().filename());
    fs::copy_file(source / "scenarios/eu-cbam/study.yaml", folder_ / "study.yaml");
    edit("study.yaml", "../../data/cbam-2011/", "data/");
  }
  ~Workspace() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  std::filesystem::path path(const std::string& name) const { return folder_ / name; }

  std::string read(const std::string& name) const {
    std::ifstream stream(path(name), std::ios::binary);
    EXPECT_TRUE(stream) << "cannot read " << name;
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
  }

  /// Replaces the first `from`, which must be there: a test that changes nothing shows nothing.
  void edit(const std::string& name, const std::string& from, const std::string& to) const {
    std::string text = read(name);
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << "no '" << from << "' in " << name;
    write(name, text.replace(at, from.size(), to));
  }

  /// Everything at the top of the folder, hidden files too.
  std::vector<std::string> names() const {
    std::vector<std::string> result;
    for (const auto& entry : std::filesystem::directory_iterator(folder_))
      result.push_back(entry.path().filename().string());
    std::ranges::sort(result);
    return result;
  }

  Ran levee(const std::vector<std::string>& arguments) const {
    return Program(LEVEE_BINARY, arguments, folder_).wait();
  }

  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

/// The messages on standard error: what lies indented below one shows the line that it is about.
inline std::vector<std::string> messages(const std::string& err) {
  std::vector<std::string> result;
  for (std::size_t from = 0; from < err.size();) {
    const std::size_t to = std::min(err.find('\n', from), err.size());
    if (!err.substr(from, to - from).starts_with("  ")) result.push_back(err.substr(from, to - from));
    from = to + 1;
  }
  return result;
}

}  // namespace levee::testing
