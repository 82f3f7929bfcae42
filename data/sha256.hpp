#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace levee {

/// A SHA-256 checksum of what is added piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view text);
  /// In hexadecimal digits, 64 of them; nothing can be added afterwards.
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Of a file's content; of nothing when it cannot be read.
std::string sha256_of_file(const std::string& path);

}  // namespace levee
