#include "report/assets.hpp"

#include <stdexcept>

namespace levee {

std::string asset_text(std::string_view name) {
  for (const Asset& asset : assets()) {
    if (asset.name != name) continue;
    std::string text;
    for (const std::string_view piece : asset.pieces) text += piece;
    return text;
  }
  throw std::logic_error("no report asset named " + std::string(name));
}

}  // namespace levee
