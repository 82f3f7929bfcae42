#pragma once

#include <span>
#include <string>
#include <string_view>

namespace levee {

/// A file under report/assets, inlined at build time (report/assets.cmake). In pieces, since compilers limit a
/// literal's length.
struct Asset {
  std::string_view name;  ///< path below report/assets
  std::span<const std::string_view> pieces;
};

std::span<const Asset> assets();

/// The content of an asset; an unknown name is a programming error.
std::string asset_text(std::string_view name);

}  // namespace levee
