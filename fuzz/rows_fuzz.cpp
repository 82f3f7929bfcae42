// Rows of text: the first three bytes are the separator, the cells of labels and the figures a row.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

#include "data/import/delimited_rows.hpp"

namespace {

/// A text that is handed out in pieces.
class Pieces : public levee::ByteStream {
 public:
  explicit Pieces(std::string text) : text_(std::move(text)) {}
  std::size_t read(char* to, std::size_t most) override {
    const std::size_t count = std::min({most, text_.size() - at_, std::size_t{1} << 12U});
    std::memcpy(to, text_.data() + at_, count);
    at_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size < 3) return 0;
  const char separators[] = {'\0', ',', ';', '\t'};
  const std::string text(reinterpret_cast<const char*>(bytes) + 3, size - 3);
  try {
    levee::DelimitedRows rows(std::make_unique<Pieces>(text), "rows", separators[bytes[0] % 4]);
    levee::TextRow header;
    if (bytes[0] & 4U) rows.next(header);
    int met = 0;
    rows.figures({.labels = bytes[1] % 8,
                  .columns = bytes[2] % 16,
                  .place =
                      [&](const levee::TextRow& row) {
                        rows.where(row, 1);
                        return met++ % 5 - 1;
                      },
                  .take = [](std::span<const int>, std::span<const double>) {}});
  } catch (const levee::InputError&) {
  }
  return 0;
}
