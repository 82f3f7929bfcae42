#pragma once

#include <cstdint>
#include <random>
#include <string_view>

namespace levee {

/// Random numbers that are the same on every platform: std::mt19937_64, whose output the standard fixes, and mappings
/// of our own, since it does not fix those of std's distributions.
class RandomStream {
 public:
  /// Streams of one seed with different purposes are independent: drawing more of one changes nothing in another.
  RandomStream(std::uint64_t seed, std::string_view purpose);

  double uniform();  ///< in [0, 1)
  double uniform(double low, double high);
  double normal();              ///< standard, cut at +-3
  double factor(double sigma);  ///< exp(sigma * normal())
  bool chance(double probability) { return uniform() < probability; }

 private:
  std::mt19937_64 engine_;
};

}  // namespace levee
