#pragma once

#include "data/random_stream.hpp"
#include "data/yaml_view.hpp"

namespace levee {

/// A factor that is not known: its distribution.
struct DrawnFactor {
  enum class Kind { uniform, triangular, log_normal };
  Kind kind = Kind::uniform;
  double first = 0, second = 0, third = 0;  ///< low, high; low, mode, high; median, sigma

  double draw(RandomStream& stream) const;
};

/// Reads `{uniform: [low, high]}`, `{triangular: [low, mode, high]}` or `{log_normal: [median, sigma]}`, the last cut
/// at three sigma. Throws InputError on another form, a factor that can be negative, and bounds out of order.
DrawnFactor read_drawn_factor(const YamlView& view);

}  // namespace levee
