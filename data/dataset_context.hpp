#pragma once

#include <Eigen/Dense>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "data/csv.hpp"
#include "data/dataset.hpp"
#include "data/diagnostics.hpp"
#include "data/yaml_view.hpp"

namespace levee {

/// Labels of one kind (node, region, sector, final demand) and their indices.
class LabelSet {
 public:
  LabelSet() = default;
  LabelSet(std::string kind, std::vector<std::string> names);
  int size() const { return static_cast<int>(names_.size()); }
  int find(std::string_view name) const;  ///< -1 when unknown
  const std::string& name(int index) const { return names_[static_cast<std::size_t>(index)]; }
  const std::string& kind() const { return kind_; }
  std::string nearest(std::string_view name) const;  ///< the label that was meant; empty when none is near enough
  /// "unknown node 'EUR.STELE', did you mean 'EUR.STEEL'?"
  std::string unknown(std::string_view name) const;

 private:
  std::string kind_;
  std::vector<std::string> names_;
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;  // a cell is looked up without a copy
  };
  std::unordered_map<std::string, int, Hash, std::equal_to<>> index_;
};

/// Collects the faults of one block; after a few only their number is kept, so that a shifted matrix does not fill the
/// screen.
class FaultLimit {
 public:
  FaultLimit(Diagnostics& faults, std::string file) : faults_(faults), file_(std::move(file)) {}
  ~FaultLimit();
  FaultLimit(const FaultLimit&) = delete;
  FaultLimit& operator=(const FaultLimit&) = delete;
  bool full() const { return count_ >= limit; }
  void add(const InputError& error);
  void skip() { ++count_; }  ///< counts a fault for which no message was made
  bool any() const { return count_ > 0; }

 private:
  static constexpr int limit = 20;
  Diagnostics& faults_;
  std::string file_;
  int count_ = 0;
};

/// What the readers of a dataset's blocks share. Readers add what is wrong to `faults` and go on.
struct DatasetContext {
  Dataset& dataset;
  Diagnostics& faults;
  std::string folder;  ///< of dataset.yaml: files are named relative to it
  LabelSet regions, sectors, nodes;
  std::map<std::string, std::unique_ptr<CsvFile>> files;
  bool accept_unbalanced = false;  ///< whether a table that does not balance is a warning, not a fault
  bool for_models = true;          ///< whether there are parameters; else it is a dataset for accounts
  bool elasticities_read = false;  ///< whether the columns that trees may name are known

  /// The file named by a scalar, read once. A file that is missing is an InputError at the scalar.
  const CsvFile& csv(const YamlView& name);
  /// The file named by a block: `FILE` or `{file: FILE, ...}` with no other keys than the schema's `map` has.
  const CsvFile& block_file(const YamlView& block, const std::string& map);
  void warn(Location where, std::string message) {
    dataset.warnings.push_back({std::move(where), std::move(message), ""});
  }
};

/// A column of figures by label, with the cells they came from.
struct LabelledColumn {
  Eigen::VectorXd values;  ///< by label; NaN where the file has no row
  const CsvFile* file = nullptr;
  std::vector<int> rows;  ///< of the file, by label; -1 where it has none
  int column = 0;
  InputError error(int label, const std::string& message) const;
};

/// Reads `FILE` or `{file, column}` (one column or a list that is summed) keyed by label: the first column, or `region`
/// and `sector`. Unknown and duplicate labels and bad numbers are faults; with `complete` so are labels without a row.
LabelledColumn read_column(DatasetContext& context, const YamlView& block, const LabelSet& labels, bool complete);

/// Index of the label in each row below the header, or in each column after the first; -1 where unknown (a fault).
std::vector<int> match_rows(const CsvFile& file, const LabelSet& labels, bool complete, FaultLimit& faults);
std::vector<int> match_columns(const CsvFile& file, const LabelSet& labels, bool complete, FaultLimit& faults);

// One function a part of dataset.yaml; each takes the whole document.
void read_sets(DatasetContext& context, const YamlView& root);
void read_table(DatasetContext& context, const YamlView& root);
void check_table(DatasetContext& context, const YamlView& table, const LabelledColumn& output);
void read_stressors(DatasetContext& context, const YamlView& root);
void read_tariffs(DatasetContext& context, const YamlView& root);
void read_parameters(DatasetContext& context, const YamlView& root);
void read_technologies(DatasetContext& context, const YamlView& root);

}  // namespace levee
