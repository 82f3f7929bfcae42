#pragma once

#include <atomic>

namespace levee {

/// Becomes true when the user presses Ctrl-C (or SIGTERM comes), from the first call on; the second time ends the
/// program at once.
const std::atomic<bool>& interrupt_flag();

}  // namespace levee
