// The terminal's tables of border costs.
#include <fmt/format.h>

#include <cmath>
#include <set>

#include "report/aligned_text.hpp"
#include "report/cost_document.hpp"
#include "report/cost_quantities.hpp"

namespace levee {

namespace {

std::string figure(double value, int digits = 2) {
  return std::isnan(value) ? "-" : fmt::format("{:.{}f}", value + 0.0, digits);
}

std::string percent(double share) { return std::isnan(share) ? "-" : fmt::format("{:.1f}", 100 * share); }

const FirmCost& row_of(const CostPath& path, const FirmFile& file, std::size_t reading, std::size_t firm,
                       std::size_t year) {
  return path.firms[(reading * file.firms.size() + firm) * file.years.size() + year];
}

/// Firms by years: the charge a tonne.
std::string path_text(const FirmFile& file, const CostPath& path, std::size_t reading) {
  std::vector<TextRow> rows{{"firm", "unit"}};
  for (const int year : file.years) rows[0].push_back(std::to_string(year));
  for (std::size_t firm = 0; firm < file.firms.size(); ++firm) {
    TextRow row{file.firms[firm].label, file.currency() + "/" + unit_of_good(file, file.firms[firm])};
    for (std::size_t year = 0; year < file.years.size(); ++year)
      row.push_back(figure(row_of(path, file, reading, firm, year).per_tonne));
    rows.push_back(std::move(row));
  }
  return aligned(rows, 2);
}

/// How a year's charge comes about, and what is left.
std::string detail_text(const FirmFile& file, const CostPath& path, std::size_t reading, std::size_t year) {
  std::vector<TextRow> rows{{"firm", "status", "charged t/t", "adjustment", "net", "certificate", "at origin", "charge",
                             "% of price", "domestic", "cost", "profit", "break-even price", "break-even t/t"}};
  for (std::size_t firm = 0; firm < file.firms.size(); ++firm) {
    const FirmCost& one = row_of(path, file, reading, firm, year);
    rows.push_back({file.firms[firm].label, status_word(one.status), figure(one.charge.emissions, 4),
                    figure(one.charge.adjustment, 4), figure(one.charge.net(), 4), figure(one.charge.certificate_price),
                    figure(one.charge.origin_price), figure(one.per_tonne), percent(one.ad_valorem),
                    figure(one.domestic), figure(one.cost), figure(one.profit), figure(one.break_even_price),
                    figure(one.break_even_emissions, 4)});
  }
  return aligned(rows, 2);
}

std::string totals_text(const FirmFile& file, const CostPath& path, std::size_t reading) {
  std::vector<TextRow> rows{{"importer"}};
  for (const int year : file.years) rows[0].push_back(std::to_string(year));
  for (const ImporterCost& one : path.importers) {
    if (one.reading != reading) continue;
    if (rows.back()[0] != one.importer) rows.push_back({one.importer});
    rows.back().push_back(figure(one.total));
  }
  if (rows.size() == 1) return "";
  return fmt::format("\nTotal charge, {} a year\n{}", file.currency(), aligned(rows, 1));
}

std::string quantile_text(const FirmFile& file, const std::vector<CostQuantile>& quantiles, std::size_t reading) {
  std::vector<TextRow> rows{{"firm", "year"}};
  for (const double probability : cost_probabilities) rows[0].push_back(fmt::format("{:g} %", 100 * probability));
  for (std::size_t k = 0; k < quantiles.size(); k += cost_probabilities.size()) {
    const int year = quantiles[k].year;
    if (quantiles[k].reading != reading || (year != file.years.front() && year != file.years.back())) continue;
    TextRow row{file.firms[quantiles[k].firm].label, std::to_string(year)};
    for (std::size_t q = 0; q < cost_probabilities.size(); ++q) row.push_back(figure(quantiles[k + q].per_tonne));
    rows.push_back(std::move(row));
  }
  if (rows.size() == 1) return "";
  return fmt::format("\nQuantiles of the charge over {} draws, {} a tonne\n{}", file.uncertainty->draws,
                     file.currency(), aligned(rows, 2));
}

/// What other currencies were taken for, in the first year and the last.
std::string rates_text(const FirmFile& file) {
  std::set<std::string> used{file.book.currency};
  for (const Firm& firm : file.firms) {
    used.insert(firm.currency);
    if (firm.origin_price) used.insert(firm.origin_price->currency);
  }
  used.erase(file.currency());
  std::string text = used.empty() ? "" : "\n";
  for (const std::string& currency : used) {
    text += fmt::format("1 {} = {:g} {} in {}, {:g} in {}\n", currency, file.rate(currency, file.years.front()),
                        file.currency(), file.years.front(), file.rate(currency, file.years.back()), file.years.back());
  }
  return text;
}

}  // namespace

std::string cost_text(const FirmFile& file, const CostPath& path, const std::vector<CostQuantile>& quantiles) {
  std::string text = fmt::format("{}: border charge by {}\n", file.name, file.book.name);
  for (std::size_t reading = 0; reading < file.readings.size(); ++reading) {
    text += fmt::format("\nReading '{}': charge\n", file.readings[reading].name) + path_text(file, path, reading);
    const std::size_t last = file.years.size() - 1;
    for (std::size_t year = 0; year <= last; year += last > 0 ? last : 1) {
      text += '\n';
      text += fmt::format("In {}: emissions and break-even in tCO2e, prices in {} a tCO2e, money in {} a tonne\n",
                          file.years[year], file.book.currency, file.currency());
      text += detail_text(file, path, reading, year);
    }
    text += totals_text(file, path, reading) + quantile_text(file, quantiles, reading);
  }
  text += rates_text(file);
  if (!path.notes.empty()) text += '\n';
  for (const std::string& note : path.notes) text += fmt::format("note: {}\n", note);
  return text;
}

}  // namespace levee
