#pragma once

#include <atomic>

namespace levee {

/// Becomes true when the user presses Ctrl-C, from the first call on; a second Ctrl-C ends the program at once.
const std::atomic<bool>& interrupt_flag();

}  // namespace levee
