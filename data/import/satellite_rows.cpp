#include "data/import/satellite_rows.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <numeric>
#include <span>
#include <utility>

#include "data/import/label_codes.hpp"
#include "data/import/table_builder.hpp"
#include "data/mass_unit.hpp"

namespace levee {

int OrderedPlaces::next(const TextRow& row) {
  if (met_ == places_.size())
    throw rows_.error(row, 0, fmt::format("found more rows than the {} that have labels", places_.size()));
  return places_[met_++];
}

void OrderedPlaces::require_all() const {
  if (met_ == places_.size()) return;
  throw InputError({rows_.name(), 0, 0}, fmt::format("has {} rows, expected {}, one a label", met_, places_.size()));
}

void SatelliteRows::add(const std::string& name, const std::string& unit) {
  names_.push_back(name);
  stressors_.push_back({"", unit, mt_per_mass_unit(unit), {}, {}, {}});
}

void SatelliteRows::read_industry(TextRows& rows, const std::vector<int>& columns) {
  for (Stressor& stressor : stressors_) stressor.industry = Eigen::VectorXd::Zero(nodes_);
  read(rows, columns, &Stressor::industry);
}

void SatelliteRows::read_households(TextRows& rows, const std::vector<int>& columns) {
  for (Stressor& stressor : stressors_) stressor.household = Eigen::VectorXd::Zero(regions_);
  read(rows, columns, &Stressor::household);
}

void SatelliteRows::read(TextRows& rows, const std::vector<int>& columns, Eigen::VectorXd Stressor::*into) {
  std::vector<int> places(stressors_.size());
  std::iota(places.begin(), places.end(), 0);
  OrderedPlaces order(rows, std::move(places));
  const auto take = [&](std::span<const int> met, std::span<const double> figures) {
    for (std::size_t k = 0; k < met.size(); ++k) {
      Eigen::VectorXd& values = stressors_[static_cast<std::size_t>(met[k])].*into;
      for (std::size_t j = 0; j < columns.size(); ++j) {
        if (columns[j] >= 0) values[columns[j]] += figures[k * columns.size() + j];
      }
    }
  };
  empty_ += rows.figures({.labels = 0,
                          .columns = static_cast<int>(columns.size()),
                          .place = [&](const TextRow& row) { return order.next(row); },
                          .take = take});
  order.require_all();
}

void SatelliteRows::finish(ImportedTable& table) {
  const std::vector<std::string> codes = make_codes(names_);
  long without = 0;
  for (std::size_t k = 0; k < stressors_.size(); ++k) {
    Stressor& stressor = stressors_[k];
    if (stressor.household.size() == 0) stressor.household = Eigen::VectorXd::Zero(regions_);
    if (stressor.industry.isZero(0) && stressor.household.isZero(0)) {
      ++without;
      continue;
    }
    stressor.name = codes[k];
    stressor.process = Eigen::VectorXd::Zero(nodes_);
    table.stressors.push_back(std::move(stressor));
  }
  if (without > 0)
    table.artefacts.push_back(fmt::format("{} satellite accounts without any figure are left out", without));
  note_empty_cells(table, "the satellite accounts", empty_);
}

}  // namespace levee
