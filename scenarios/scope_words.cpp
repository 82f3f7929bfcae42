#include "scenarios/scope_words.hpp"

namespace levee {

const std::vector<std::pair<std::string, IntensityScope>>& intensity_scopes() {
  static const std::vector<std::pair<std::string, IntensityScope>> scopes{
      {"direct", IntensityScope::direct},
      {"direct+electricity", IntensityScope::direct_electricity},
      {"direct+precursors", IntensityScope::direct_precursors},
      {"whole-chain", IntensityScope::whole_chain}};
  return scopes;
}

}  // namespace levee
