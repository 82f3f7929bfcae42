#pragma once

#include <mpi.h>

#include <cstdint>
#include <optional>
#include <string>

namespace levee {

/// What one process tells another.
struct Message {
  enum class Kind { ready, record, fault, work, stop };
  Kind kind = Kind::stop;
  int from = -1;
  std::string text;
};

/// The processes of an MPI job. Waiting sleeps, since a core may have another process to work for. One thread of a
/// process may call it.
class Processes {
 public:
  /// Begins MPI, which takes its own arguments out of the command line.
  Processes(int& argc, char**& argv);
  ~Processes();
  Processes(const Processes&) = delete;
  Processes& operator=(const Processes&) = delete;

  int own() const { return own_; }
  int count() const { return count_; }
  bool is_first() const { return own_ == 0; }

  void send(int to, Message::Kind kind, const std::string& text = "") const;
  /// A message of any process, if one has come.
  std::optional<Message> look() const;
  Message wait() const;
  /// The first process's text, in every process.
  std::string share(std::string text) const;
  /// Ends all processes at once.
  [[noreturn]] static void abort(int status);

 private:
  MPI_Comm world_{};
  int own_ = 0, count_ = 1;
};

}  // namespace levee
