#include "rules/green_supply.hpp"

#include <algorithm>

namespace levee {

double green_share(const Electricity& electricity) {
  double share = 0;
  for (const ElectricitySource& source : electricity.sources) share += source.direct_green ? source.share : 0;
  return share;
}

Electricity with_green_share(const Electricity& electricity, double share) {
  const double now = green_share(electricity);
  if (now >= 1) return electricity;
  Electricity mix = electricity;
  for (ElectricitySource& source : mix.sources) {
    if (!source.direct_green)
      source.share *= (1 - share) / (1 - now);
    else if (now > 0)
      source.share *= share / now;
  }
  if (now > 0) return mix;
  ElectricitySource green;
  green.name = "direct green supply";
  green.share = share;
  green.direct_green = true;
  mix.sources.push_back(green);
  return mix;
}

double green_cost(const GreenSupply& supply, double mwh_per_tonne, double share) {
  const double peak = std::max(0.0, share - supply.threshold);
  return mwh_per_tonne * (share * supply.premium + peak * supply.extra * supply.electricity_price);
}

}  // namespace levee
