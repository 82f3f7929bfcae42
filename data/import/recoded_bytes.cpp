#include "data/import/recoded_bytes.hpp"

#include <fmt/format.h>
#include <iconv.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdint>
#include <utility>

#include "data/diagnostics.hpp"

namespace levee {
namespace {

constexpr std::size_t piece = 1 << 16;

struct Close {
  void operator()(iconv_t converter) const { iconv_close(converter); }
};
using Converter = std::unique_ptr<void, Close>;

/// Nothing where iconv does not know the encoding.
Converter converter_from(const std::string& encoding) {
  iconv_t converter = iconv_open("UTF-8", encoding.c_str());
  return Converter(std::bit_cast<std::intptr_t>(converter) == -1 ? nullptr : converter);
}

class RecodedBytes : public ByteStream {
 public:
  RecodedBytes(std::unique_ptr<ByteStream> from, Converter converter, std::string encoding, std::string name)
      : from_(std::move(from)),
        converter_(std::move(converter)),
        encoding_(std::move(encoding)),
        name_(std::move(name)) {}

  std::size_t read(char* to, std::size_t most) override {
    while (at_ == ready_.size() && convert()) {
    }
    const std::size_t count = std::min(most, ready_.size() - at_);
    std::copy_n(ready_.data() + at_, count, to);
    at_ += count;
    return count;
  }

 private:
  /// Converts one more piece; false at the end.
  bool convert() {
    const std::size_t kept = bytes_.size();
    bytes_.resize(kept + piece);
    const std::size_t count = from_->read(bytes_.data() + kept, piece);
    bytes_.resize(kept + count);
    if (bytes_.empty()) return false;
    // No character takes more than four times its bytes; a few more are for what is kept between pieces.
    ready_.resize(4 * bytes_.size() + 16);
    char* in = bytes_.data();
    char* out = ready_.data();
    std::size_t left = bytes_.size(), room = ready_.size();
    const bool damaged = iconv(converter_.get(), &in, &left, &out, &room) == static_cast<std::size_t>(-1) &&
                         (errno != EINVAL || count == 0);
    ready_.resize(ready_.size() - room);
    at_ = 0;
    lines_ += static_cast<int>(std::ranges::count(ready_, '\n'));
    if (damaged) throw InputError({name_, lines_ + 1, 0}, fmt::format("found bytes that are no text in {}", encoding_));
    bytes_.erase(0, bytes_.size() - left);
    return true;
  }

  std::unique_ptr<ByteStream> from_;
  Converter converter_;
  std::string encoding_, name_;
  std::string bytes_;  ///< read and not yet converted: the beginning of a character
  std::string ready_;  ///< converted
  std::size_t at_ = 0;
  int lines_ = 0;  ///< that are converted
};

}  // namespace

std::unique_ptr<ByteStream> recode(std::unique_ptr<ByteStream> from, const std::string& encoding,
                                   const std::string& name) {
  Converter converter = converter_from(encoding);
  if (!converter) throw InputError({name, 0, 0}, fmt::format("there is no encoding '{}'", encoding));
  return std::make_unique<RecodedBytes>(std::move(from), std::move(converter), encoding, name);
}

}  // namespace levee
