#include "rules/cost_quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "data/random_stream.hpp"
#include "rules/firm_cost.hpp"

namespace levee {

namespace {

/// Factors of every draw; all 1 where nothing is drawn.
std::vector<double> factors(const Uncertainty& how, const std::optional<Distribution>& drawn,
                            const std::string& purpose) {
  constexpr double least = 0x1p-54;  // a probability above 0
  std::vector<double> result(static_cast<std::size_t>(how.draws), 1);
  if (!drawn) return result;
  RandomStream stream(static_cast<std::uint64_t>(how.seed), purpose);
  for (double& one : result) one = std::stod(drawn->quantile(std::max(stream.uniform(), least)));
  return result;
}

/// Of sorted values.
double quantile(const std::vector<double>& sorted, double probability) {
  const double at = probability * static_cast<double>(sorted.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const std::size_t high = std::min(low + 1, sorted.size() - 1);
  return sorted[low] + (at - static_cast<double>(low)) * (sorted[high] - sorted[low]);
}

}  // namespace

std::vector<CostQuantile> cost_quantiles(const FirmFile& file, const CostPath& path) {
  std::vector<CostQuantile> result;
  if (!file.uncertainty) return result;
  const Uncertainty& how = *file.uncertainty;
  const std::vector<double> on_price = factors(how, how.certificate_price, "certificate price");
  const std::vector<double> drawn_emissions = factors(how, how.emissions, "emissions");
  const std::vector<double> certain(on_price.size(), 1);
  for (const FirmCost& row : path.firms) {
    const Firm& firm = file.firms[row.firm];
    const double domestic = file.readings[row.reading].domestic_cost_paid ? row.domestic : 0;
    const std::vector<double>& on_emissions = file.products[firm.product].by_default ? certain : drawn_emissions;
    std::vector<double> charges, profits;
    for (std::size_t k = 0; k < on_price.size(); ++k) {
      TonneCharge drawn = row.charge;
      drawn.certificate_price *= on_price[k];
      drawn.emissions *= on_emissions[k];
      const double paid = paid_at(file, row, drawn);
      charges.push_back(paid);
      profits.push_back(row.profit + row.per_tonne - paid - domestic * (on_emissions[k] - 1));
    }
    std::sort(charges.begin(), charges.end());
    if (!std::isnan(row.profit)) std::sort(profits.begin(), profits.end());
    for (const double probability : cost_probabilities) {
      result.push_back({row.firm, row.reading, row.year, probability, quantile(charges, probability),
                        std::isnan(row.profit) ? no_figure : quantile(profits, probability)});
    }
  }
  return result;
}

}  // namespace levee
