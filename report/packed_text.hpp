#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace levee {

/// `text` as a gzip member (RFC 1952), without name and time: the same bytes for the same text.
std::string gzip(std::string_view text);

/// Base64 (RFC 4648, with padding, one line).
std::string base64(std::string_view bytes);

/// Length of base64 for so many bytes.
constexpr std::size_t base64_size(std::size_t bytes) { return (bytes + 2) / 3 * 4; }

}  // namespace levee
