#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "data/import/table_builder.hpp"
#include "data/import/text_rows.hpp"
#include "data/yaml_view.hpp"

namespace levee {

/// How a text file is written; what is not said is as the file's first line suggests.
struct TextShape {
  char separator = 0;
  std::optional<NumberForm::Decimal> decimal;
  std::string thousands;
  std::string encoding = "UTF-8";
};

/// A column of a file by number, from 1, or by its name in the header; of a matrix' header a line by number.
struct FilePlace {
  int number = 0;  ///< 0: by name
  YamlView name;
};

/// A label that names region and sector: "{region}_{sector}" is taken apart where the text between them fits.
struct JoinedLabel {
  std::string before, between = "_", after;
  bool region_first = true;
  /// Region and sector; nothing when the label is not made so.
  std::optional<std::pair<std::string_view, std::string_view>> parts(std::string_view label) const;
};

/// Where the labels of rows, or of columns, of the table stand in a file.
struct LabelSource {
  std::optional<FilePlace> region, sector, label;
  JoinedLabel joined;                       ///< how `label` is made
  std::optional<FilePlace> stressor, unit;  ///< of a file of stressors only
  int largest_number() const;
};

/// One file of the table.
struct OwnFile {
  OwnFile(YamlView block, YamlView name) : view(std::move(block)), file(std::move(name)) {}

  YamlView view;
  YamlView file;  ///< its name
  std::string sheet;
  TextShape shape;
  int skip = 0;
  std::string region;  ///< of labels that name none; may be empty
  std::optional<LabelSource> from, to;
  // Of a matrix:
  bool wide = false;
  int header_lines = 0, label_columns = 0;
  bool fill = false;
  // Of a list of flows: columns that are summed; or, with labels, that stand for what is not in the file.
  std::vector<FilePlace> values;
  std::vector<std::string> value_labels;
  bool sum = false;
};

/// How a user's own table is read: a YAML file of the kind `import`.
struct OwnTableMap {
  explicit OwnTableMap(YamlView document) : view(std::move(document)) {}

  /// A label of the files and the name that it shall have.
  using Named = std::pair<std::string, std::string>;
  struct Category {
    PublishedCategory as;
    std::string region;  ///< whose it is whatever the label says; may be empty
  };
  struct StressorRow {
    std::string label, name, unit;
  };

  YamlView view;
  std::string name;
  int year = 0;
  std::string currency;
  double money_unit = 1;
  std::vector<Source> sources;
  std::vector<Named> regions, sectors;  ///< empty: those met in the files
  std::vector<Category> categories;
  std::vector<PublishedRow> value_added;
  std::vector<StressorRow> stressors;
  std::vector<std::string> output_rows, output_columns, ignore;
  std::vector<OwnFile> files;
};

/// Reads such a map. Throws InputError with every fault that it has.
OwnTableMap read_own_table_map(const YamlView& document);

}  // namespace levee
