#pragma once

#include <functional>

namespace levee {

/// Runs a program's body and returns its exit status; what it throws is said on standard error and becomes one, too.
int guarded(const std::function<int()>& body);

}  // namespace levee
