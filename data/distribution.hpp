#pragma once

#include <string>
#include <utility>
#include <vector>

#include "data/yaml_view.hpp"

namespace levee {

/// A distribution to draw numbers from: `uniform: [low, high]`, `log_uniform: [low, high]`,
/// `triangular: [low, mode, high]` or `log_normal: [median, sigma]` (sigma is that of the logarithm).
class Distribution {
 public:
  enum class Kind { uniform, log_uniform, triangular, log_normal };

  /// Reads the figures under the word that names the distribution. Throws InputError with every fault.
  static Distribution read(Kind kind, const YamlView& figures);

  /// The value below which a share of `probability` lies, 0 < probability < 1, as it is written and used: six
  /// significant digits, so that it does not hang on the last digit of a platform's logarithm, within low and high.
  std::string quantile(double probability) const;
  /// The least and the greatest value that can be drawn, as written; the median where there are none.
  std::vector<std::string> extremes() const;

 private:
  Distribution(Kind kind, std::vector<double> figures) : kind_(kind), figures_(std::move(figures)) {}
  bool bounded() const { return kind_ != Kind::log_normal; }
  double value(double probability) const;

  Kind kind_;
  std::vector<double> figures_;
};

/// The words that name distributions.
const std::vector<std::pair<std::string, Distribution::Kind>>& distribution_words();

}  // namespace levee
