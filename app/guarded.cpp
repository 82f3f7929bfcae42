#include "app/guarded.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <new>

#include "app/command.hpp"
#include "data/diagnostics.hpp"

namespace levee {

int guarded(const std::function<int()>& body) {
  try {
    return body();
  } catch (const InputError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return exit_wrong_input;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "levee: not enough memory\n");
  } catch (const std::exception& error) {
    fmt::print(stderr, "levee: internal error: {}\n", error.what());
  }
  return exit_internal_error;
}

}  // namespace levee
