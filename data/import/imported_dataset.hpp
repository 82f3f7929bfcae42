#pragma once

#include "data/import/imported_table.hpp"

namespace levee {

/// The dataset that a published table makes: for input-output accounts or, where the publisher gives parameters, for
/// models too.
///
/// Categories of final demand are added up to levee's five. Value added is the sum of its rows, taxes less subsidies on
/// products included; with more than one row each is kept as a satellite in money. A negative delivery or purchase is
/// taken for one out of the inventories of the buying region, whose value added falls by as much, so that rows and
/// columns keep their sums. What was done is added to the assumptions, with its size.
Dataset make_dataset(ImportedTable table);

}  // namespace levee
