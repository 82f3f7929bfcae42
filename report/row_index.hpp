#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "report/entry_file.hpp"

namespace levee {

/// Where each scenario's rows lie in the CSV file of a table that begins with the scenario's name. The file is read
/// once and not kept.
class RowIndex {
 public:
  /// `header` is what its first line must be. Throws InputError when it is not, or when the file cannot be read.
  RowIndex(std::filesystem::path path, const std::string& header);

  /// Hands on a scenario's rows in pieces; nothing when it has none.
  void rows(const std::string& scenario, const TextSink& sink) const;

 private:
  struct Range {
    std::uint64_t place = 0, bytes = 0;
  };
  std::filesystem::path path_;
  std::map<std::string, Range, std::less<>> ranges_;  ///< by the first cell as it is in the file
};

}  // namespace levee
