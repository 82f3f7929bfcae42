#include "mpi/processes.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

namespace levee {

namespace {

/// MPI counts in int: a text goes in pieces of at most so many bytes.
constexpr std::uint64_t piece_size = 1U << 30U;
constexpr auto pause = std::chrono::milliseconds(1);

int bytes_of_piece(std::uint64_t left) { return static_cast<int>(std::min(left, piece_size)); }

void wait_for(MPI_Request& request) {
  for (int done = 0;;) {
    MPI_Test(&request, &done, MPI_STATUS_IGNORE);
    if (done != 0) return;
    std::this_thread::sleep_for(pause);
  }
}

void share_bytes(void* bytes, int count, MPI_Comm world) {
  MPI_Request request{};
  MPI_Ibcast(bytes, count, MPI_BYTE, 0, world, &request);
  wait_for(request);
}

}  // namespace

Processes::Processes(int& argc, char**& argv) {
  int provided = 0;
  MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
  world_ = MPI_COMM_WORLD;
  MPI_Comm_rank(world_, &own_);
  MPI_Comm_size(world_, &count_);
}

Processes::~Processes() { MPI_Finalize(); }

void Processes::send(int to, Message::Kind kind, const std::string& text) const {
  const int tag = static_cast<int>(kind);
  std::uint64_t left = text.size();
  MPI_Send(&left, 1, MPI_UINT64_T, to, tag, world_);
  for (const char* at = text.data(); left > 0;) {
    const int bytes = bytes_of_piece(left);
    MPI_Send(at, bytes, MPI_BYTE, to, tag, world_);
    at += bytes;
    left -= static_cast<std::uint64_t>(bytes);
  }
}

std::optional<Message> Processes::look() const {
  int there = 0;
  MPI_Status status{};
  MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, world_, &there, &status);
  if (there == 0) return std::nullopt;
  Message message{static_cast<Message::Kind>(status.MPI_TAG), status.MPI_SOURCE, ""};
  const int from = status.MPI_SOURCE, tag = status.MPI_TAG;
  std::uint64_t left = 0;
  MPI_Recv(&left, 1, MPI_UINT64_T, from, tag, world_, MPI_STATUS_IGNORE);
  message.text.resize(left);
  for (char* at = message.text.data(); left > 0;) {
    const int bytes = bytes_of_piece(left);
    MPI_Recv(at, bytes, MPI_BYTE, from, tag, world_, MPI_STATUS_IGNORE);
    at += bytes;
    left -= static_cast<std::uint64_t>(bytes);
  }
  return message;
}

Message Processes::wait() const {
  for (;;) {
    if (auto message = look()) return *std::move(message);
    std::this_thread::sleep_for(pause);
  }
}

void Processes::abort(int status) {
  MPI_Abort(MPI_COMM_WORLD, status);
  std::abort();  // not reached
}

std::string Processes::share(std::string text) const {
  std::uint64_t left = text.size();
  share_bytes(&left, sizeof left, world_);
  text.resize(left);
  for (char* at = text.data(); left > 0;) {
    const int bytes = bytes_of_piece(left);
    share_bytes(at, bytes, world_);
    at += bytes;
    left -= static_cast<std::uint64_t>(bytes);
  }
  return text;
}

}  // namespace levee
