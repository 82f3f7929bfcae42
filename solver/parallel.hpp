#pragma once

namespace levee {

/// Calls body(i) for i = 0 .. count - 1 on up to `threads` threads. Calls must not depend on each other, write to
/// places of their own and not throw; then the outcome does not depend on the number of threads.
template <class Body>
void parallel_for(int count, int threads, const Body& body) {
  if (threads <= 1 || count <= 1) {
    for (int i = 0; i < count; ++i) body(i);
    return;
  }
#pragma omp parallel for schedule(dynamic) num_threads(threads)
  for (int i = 0; i < count; ++i) body(i);
}

/// How many of `threads` are worth waking for a system with so many non-zeros: a small one is solved before they could
/// help, and on a busy machine every wait for a second one costs more than the whole solve.
constexpr int worthwhile_threads(int nonzeros, int threads) { return nonzeros < 100'000 ? 1 : threads; }

}  // namespace levee
