#include "data/file_beside.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace levee {

std::string file_beside(const YamlView& name) {
  const auto path = std::filesystem::path(name.where().file).parent_path() / name.text();
  if (!std::filesystem::is_regular_file(path))
    throw name.error(fmt::format("cannot read '{}': no such file{}", name.text(), suggest_file(path)));
  return path.lexically_normal().string();
}

}  // namespace levee
