#include "data/dataset_context.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <limits>
#include <utility>

#include "data/schema.hpp"

namespace levee {
namespace {

constexpr double not_read = std::numeric_limits<double>::quiet_NaN();

Location where(const InputError& error) { return error.diagnostics().front().where; }

/// Matches labels met one after the other; `error_at(k, message)` makes the error at the k-th, `file` names what is
/// being read.
std::vector<int> match(const LabelSet& labels, int count, const std::function<std::string(int)>& label,
                       const std::function<InputError(int, const std::string&)>& error_at, const std::string& what,
                       bool complete, FaultLimit& faults) {
  std::vector<int> result(static_cast<std::size_t>(count), -1);
  std::vector<int> seen(static_cast<std::size_t>(labels.size()), -1);
  std::vector<bool> meant(static_cast<std::size_t>(labels.size()),
                          false);  // by a misspelt label: said there, not again
  for (int k = 0; k < count; ++k) {
    const std::string name = label(k);
    const int index = labels.find(name);
    if (index < 0) {
      faults.full() ? faults.skip() : faults.add(error_at(k, labels.unknown(name)));
      if (const int near = labels.find(labels.nearest(name)); near >= 0) meant[static_cast<std::size_t>(near)] = true;
    } else if (seen[static_cast<std::size_t>(index)] >= 0) {
      if (faults.full()) {
        faults.skip();
        continue;
      }
      const Location first = where(error_at(seen[static_cast<std::size_t>(index)], ""));
      const bool above = first.line != where(error_at(k, "")).line;
      faults.add(error_at(k, fmt::format("duplicate {} '{}', first given in {} {}", labels.kind(), name,
                                         above ? "line" : "column", above ? first.line : first.column)));
    } else {
      seen[static_cast<std::size_t>(index)] = k;
      result[static_cast<std::size_t>(k)] = index;
    }
  }
  for (int index = 0; complete && index < labels.size(); ++index) {
    if (seen[static_cast<std::size_t>(index)] >= 0 || meant[static_cast<std::size_t>(index)]) continue;
    faults.add(error_at(-1, fmt::format("no {} for {} '{}'", what, labels.kind(), labels.name(index))));
  }
  return result;
}

/// The columns that hold figures: those named by `column`, or the only one that is not a label.
std::vector<int> value_columns(const CsvFile& file, const YamlView& block, const std::vector<int>& label_columns) {
  std::vector<int> result;
  if (block.is_map() && block.has("column")) {
    const YamlView named = block.at("column");
    for (const std::string& name : named.texts()) result.push_back(file.column_named(name));
    return result;
  }
  for (int column = 0; column < file.columns(); ++column) {
    if (std::ranges::find(label_columns, column) == label_columns.end()) result.push_back(column);
  }
  if (result.size() != 1) {
    throw block.error(fmt::format("'{}' has {} columns of figures, expected a key 'column' that says which",
                                  file.path(), result.size()));
  }
  return result;
}

}  // namespace

LabelSet::LabelSet(std::string kind, std::vector<std::string> names)
    : kind_(std::move(kind)), names_(std::move(names)) {
  for (int k = 0; k < size(); ++k) index_.emplace(name(k), k);
}

int LabelSet::find(std::string_view name) const {
  const auto found = index_.find(name);
  return found == index_.end() ? -1 : found->second;
}

std::string LabelSet::nearest(std::string_view name) const { return nearest_name(std::string(name), names_); }

std::string LabelSet::unknown(std::string_view name) const {
  return fmt::format("unknown {} '{}'{}", kind_, name, suggestion(std::string(name), names_));
}

FaultLimit::~FaultLimit() {
  if (count_ > limit) faults_.add({file_, 0, 0}, fmt::format("... and {} more faults of this file", count_ - limit));
}

void FaultLimit::add(const InputError& error) {
  if (!full()) faults_.add(error);
  ++count_;
}

const CsvFile& DatasetContext::csv(const YamlView& name) {
  const std::string path = (std::filesystem::path(folder) / name.text()).string();
  const auto known = files.find(path);
  if (known != files.end()) return *known->second;
  if (!std::filesystem::is_regular_file(path)) {
    throw name.error(fmt::format("cannot read '{}': no such file in '{}'{}", name.text(), folder, suggest_file(path)));
  }
  auto file = std::make_unique<CsvFile>(CsvFile::load(path));
  dataset.files.push_back(path);
  return *files.emplace(path, std::move(file)).first->second;
}

const CsvFile& DatasetContext::block_file(const YamlView& block, const std::string& map) {
  if (!block.is_map()) return csv(block);
  faults.guard([&] { block.only_keys(schema_keys(map)); });
  return csv(block.at("file"));
}

InputError LabelledColumn::error(int label, const std::string& message) const {
  const int row = rows[static_cast<std::size_t>(label)];
  return file->error(std::max(row, 0), row < 0 ? 0 : column, message);
}

std::vector<int> match_rows(const CsvFile& file, const LabelSet& labels, bool complete, FaultLimit& faults) {
  const bool split = labels.kind() == "node" && file.has_column("region") && file.has_column("sector");
  const int first = split ? file.column_named("region") : 0;
  const int second = split ? file.column_named("sector") : 0;
  auto label = [&](int k) {
    std::string result(file.cell(k + 1, first));
    return split ? result.append(".").append(file.cell(k + 1, second)) : result;
  };
  auto error_at = [&](int k, const std::string& message) { return file.error(k + 1, first, message); };
  return match(labels, file.rows() - 1, label, error_at, "row", complete, faults);
}

std::vector<int> match_columns(const CsvFile& file, const LabelSet& labels, bool complete, FaultLimit& faults) {
  auto label = [&](int k) { return std::string(file.cell(0, k + 1)); };
  auto error_at = [&](int k, const std::string& message) { return file.error(0, k + 1, message); };
  return match(labels, file.columns() - 1, label, error_at, "column", complete, faults);
}

LabelledColumn read_column(DatasetContext& context, const YamlView& block, const LabelSet& labels, bool complete) {
  const CsvFile& file = context.block_file(block, "dataset/column_file");
  FaultLimit faults(context.faults, file.path());
  LabelledColumn result;
  result.file = &file;
  result.values = Eigen::VectorXd::Constant(labels.size(), not_read);
  result.rows.assign(static_cast<std::size_t>(labels.size()), -1);
  std::vector<int> label_columns{0};
  if (labels.kind() == "node" && file.has_column("region") && file.has_column("sector")) {
    label_columns = {file.column_named("region"), file.column_named("sector")};
  }
  const std::vector<int> columns = value_columns(file, block, label_columns);
  result.column = columns.front();
  const std::vector<int> matched = match_rows(file, labels, complete, faults);
  for (int row = 1; row < file.rows(); ++row) {
    const int label = matched[static_cast<std::size_t>(row - 1)];
    if (label < 0) continue;
    result.rows[static_cast<std::size_t>(label)] = row;
    double sum = 0;
    for (const int column : columns) {
      try {
        sum += file.number(row, column);
      } catch (const InputError& error) {
        faults.add(error);
      }
    }
    result.values[label] = sum;
  }
  return result;
}

}  // namespace levee
