#include "report/disk_sync.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace levee {

std::error_code sync_to_disk(const std::filesystem::path& path) {
  const auto last_error = [] { return std::error_code(errno, std::generic_category()); };
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return last_error();
  const std::error_code error = ::fsync(file) == 0 || errno == EINVAL ? std::error_code() : last_error();
  ::close(file);
  return error;
}

}  // namespace levee
