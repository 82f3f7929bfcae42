#include "data/import/label_codes.hpp"

#include <cctype>
#include <cstddef>
#include <set>

namespace levee {
namespace {

constexpr std::size_t longest = 40;

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

std::string code_of(const std::string& label) {
  std::string code;
  for (std::size_t k = 0; k < label.size(); ++k) {
    const bool joins =
        label[k] == '-' && k > 0 && is_word(label[k - 1]) && k + 1 < label.size() && is_word(label[k + 1]);
    if (is_word(label[k]) || joins) {
      code += label[k];
    } else if (!code.empty() && code.back() != '_') {
      code += '_';
    }
  }
  if (code.size() > longest) code.resize(longest);
  while (!code.empty() && (code.back() == '_' || code.back() == '-')) code.pop_back();
  while (!code.empty() && (code.front() == '_' || code.front() == '-')) code.erase(0, 1);
  return code.empty() ? "X" : code;
}

}  // namespace

std::vector<std::string> make_codes(const std::vector<std::string>& labels) {
  std::vector<std::string> codes;
  std::set<std::string> taken;
  for (const std::string& label : labels) {
    const std::string code = code_of(label);
    std::string fresh = code;
    for (int k = 2; !taken.insert(fresh).second; ++k) fresh = code + "_" + std::to_string(k);
    codes.push_back(fresh);
  }
  return codes;
}

}  // namespace levee
