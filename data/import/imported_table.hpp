#pragma once

#include <Eigen/Dense>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "data/dataset.hpp"

namespace levee {

/// What a model needs beyond a table, where a publisher gives it.
struct ImportedModel {
  Parameters parameters;
  std::map<std::string, Technology> technologies;
  std::map<std::string, HouseholdTemplate> households;
};

/// A published multi-region input-output table as its publisher lays it out, in levee's order: node (r, i) = r *
/// sectors + i.
struct ImportedTable {
  std::string name;  ///< "EXIOBASE 3, 2011, industry by industry"
  int year = 0;      ///< 0 unknown
  std::string currency = "USD";
  double money_unit = 1e6;      ///< of currency
  std::vector<Source> sources;  ///< title, licence, citation as published
  std::vector<Region> regions;
  std::vector<Sector> sectors;
  Eigen::MatrixXd Z;                           ///< nodes x nodes (dense: imports are dense tables)
  std::vector<std::string> final_demand;       ///< published category codes
  std::vector<FinalDemand> final_demand_kind;  ///< what levee takes each for
  Eigen::MatrixXd Y;                           ///< nodes x (regions * categories)
  /// Components, margins, taxes.
  struct ValueAddedRow {
    std::string code, name;
    bool product_tax = false;
    Eigen::VectorXd by_node;
    Eigen::VectorXd by_final_demand;  ///< regions * categories, may be empty
  };
  std::vector<ValueAddedRow> value_added;
  Eigen::VectorXd x;                ///< as published; empty: row sums
  std::vector<Stressor> stressors;  ///< industry and household; `unit` as published
  Eigen::MatrixXd tariff;           ///< as of Dataset; empty when not given
  int electricity = -1;             ///< sector; -1 when there is none
  std::optional<ImportedModel> model;
  std::vector<std::string> artefacts, assumptions;  ///< oddities met and what was done with each
};

}  // namespace levee
