#include "model/policy.hpp"

namespace levee {

ZonePolicy no_policy(int sectors, int regions) {
  ZonePolicy policy;
  policy.allocation_share.assign(sectors, 0.0);
  policy.grandfathered_share.assign(sectors, 0.0);
  policy.border.scope.assign(sectors, std::nullopt);
  policy.border.coverage.assign(sectors, 1.0);
  policy.border.exempt.assign(regions, 0);
  return policy;
}

}  // namespace levee
