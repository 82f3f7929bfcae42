#include "rules/cn_code.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace levee {

std::string cn_digits(const std::string& text, const Location& asked) {
  std::string digits = text;
  std::erase(digits, ' ');
  const auto is_digit = [](char letter) { return letter >= '0' && letter <= '9'; };
  if (digits.size() < 2 || digits.size() > 10 || !std::ranges::all_of(digits, is_digit))
    throw InputError(asked, fmt::format("found '{}', expected a CN code of 2 to 10 digits, as in 7601 10 00", text));
  return digits;
}

}  // namespace levee
