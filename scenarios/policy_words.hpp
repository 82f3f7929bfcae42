#pragma once

#include <string>

#include "scenarios/study.hpp"

namespace levee {

/// What a scenario does, in a sentence a zone, such as "EU: carbon price 100 USD/t; import charge on CEM for direct
/// emissions, at each exporter's intensity." Sectors by their codes; prices in the currency of `dataset` per tonne.
std::string policy_words(const Scenario& scenario, const Dataset& dataset);

}  // namespace levee
