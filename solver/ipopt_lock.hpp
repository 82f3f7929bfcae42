#pragma once

#include <mutex>

namespace levee {

/// Ipopt's MUMPS keeps global state: runs in one process take turns behind this lock.
std::mutex& ipopt_lock();

}  // namespace levee
