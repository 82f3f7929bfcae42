#include "data/large_matrix.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "data/import/byte_stream.hpp"
#include "data/import/delimited_rows.hpp"

namespace levee {
namespace {

/// The label of each column after the first; empty when they are not all labels, each once.
std::vector<int> columns_of(const TextRow& header, const LabelSet& labels) {
  std::vector<int> columns;
  std::vector<char> met(static_cast<std::size_t>(labels.size()), 0);
  for (std::size_t k = 1; k < header.cells.size(); ++k) {
    const int label = labels.find(header.cells[k]);
    if (label < 0 || std::exchange(met[static_cast<std::size_t>(label)], 1) != 0) return {};
    columns.push_back(label);
  }
  return static_cast<int>(columns.size()) == labels.size() ? columns : std::vector<int>();
}

}  // namespace

std::optional<Eigen::MatrixXd> read_large_matrix(const std::string& path, const LabelSet& labels) {
  try {
    DelimitedRows rows(open_file(path), path, ',');
    const std::vector<int> columns = columns_of(rows.need("a header"), labels);
    if (columns.empty()) return std::nullopt;
    Eigen::MatrixXd result = Eigen::MatrixXd::Zero(labels.size(), labels.size());
    std::vector<char> met(columns.size(), 0);
    bool as_expected = true;
    const auto place = [&](const TextRow& row) {
      const int label = labels.find(row.cell(0));
      if (label < 0 || std::exchange(met[static_cast<std::size_t>(label)], 1) != 0) as_expected = false;
      return as_expected ? label : -1;
    };
    const auto take = [&](std::span<const int> places, std::span<const double> figures) {
      as_expected = as_expected && std::ranges::none_of(figures, [](double figure) { return figure < 0; });
#pragma omp parallel for schedule(static)
      for (std::size_t j = 0; j < columns.size(); ++j) {
        for (std::size_t k = 0; k < places.size(); ++k) result(places[k], columns[j]) = figures[k * columns.size() + j];
      }
    };
    const long empty =
        rows.figures({.labels = 1, .columns = static_cast<int>(columns.size()), .place = place, .take = take});
    if (!as_expected || empty > 0 || std::ranges::find(met, 0) != met.end()) return std::nullopt;
    return result;
  } catch (const InputError&) {
    return std::nullopt;
  }
}

}  // namespace levee
