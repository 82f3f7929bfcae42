#include "data/random_stream.hpp"

#include <cmath>
#include <numbers>

namespace levee {
namespace {

/// FNV-1a.
std::uint64_t hash(std::string_view text, std::uint64_t start) {
  std::uint64_t result = start ^ 0xcbf29ce484222325U;
  for (const char letter : text) result = (result ^ static_cast<unsigned char>(letter)) * 0x100000001b3U;
  return result;
}

}  // namespace

RandomStream::RandomStream(std::uint64_t seed, std::string_view purpose) : engine_(hash(purpose, seed)) {}

double RandomStream::uniform() { return static_cast<double>(engine_() >> 11U) * 0x1p-53; }

double RandomStream::uniform(double low, double high) { return low + (high - low) * uniform(); }

double RandomStream::normal() {
  for (;;) {  // Box and Muller; 1 - u is never 0
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    const double value = radius * std::cos(2 * std::numbers::pi * uniform());
    if (std::abs(value) <= 3) return value;
  }
}

double RandomStream::factor(double sigma) { return std::exp(sigma * normal()); }

}  // namespace levee
