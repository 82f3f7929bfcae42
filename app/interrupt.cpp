#include "app/interrupt.hpp"

#include <csignal>

namespace levee {

namespace {

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may touch nothing else");

extern "C" void on_interrupt(int signal) {
  interrupted = true;
  std::signal(signal, SIG_DFL);
}

}  // namespace

const std::atomic<bool>& interrupt_flag() {
  // Schedulers and `timeout` end a program with SIGTERM: what it was writing must go then, too.
  static const bool installed =
      std::signal(SIGINT, on_interrupt) != SIG_ERR && std::signal(SIGTERM, on_interrupt) != SIG_ERR;
  static_cast<void>(installed);
  return interrupted;
}

}  // namespace levee
