#pragma once

#include <functional>
#include <string>

#include "data/dataset.hpp"

namespace levee {

/// How a table is written.
enum class TableLayout {
  wide,       ///< Z and Y, a row and a column a node
  long_form,  ///< Z and Y, a row a cell
  use_trade   ///< use by good and user, trade by origin and destination: of a table in factors only
};

/// The layout for a dataset: `use_trade` for a table in factors of more than about a thousand nodes, else `wide`.
TableLayout automatic_layout(const Dataset& dataset);
std::string layout_name(TableLayout layout);

/// Takes a file of the dataset's folder by name.
using TakeFile = std::function<void(const std::string& name, const std::string& text)>;

/// Writes dataset.yaml and its CSV files so that read_dataset gives the dataset back: figures to 15 digits; parameters
/// with what overrides set; a tree's goods by name. std::logic_error when the layout does not fit the table.
void write_dataset(const Dataset& dataset, TableLayout layout, const TakeFile& take);

}  // namespace levee
