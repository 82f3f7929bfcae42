#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <string>

#include "data/dataset.hpp"

namespace levee::testing {

inline void expect_near(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b, const std::string& what) {
  ASSERT_EQ(a.rows(), b.rows()) << what;
  ASSERT_EQ(a.cols(), b.cols()) << what;
  for (Eigen::Index k = 0; k < a.size(); ++k) {
    const double x = a.data()[k], y = b.data()[k];
    if (std::isnan(x) && std::isnan(y)) continue;
    EXPECT_NEAR(x, y, 1e-13 * std::abs(y)) << what << ' ' << k;
  }
}

inline void expect_same(const NestTemplate& a, const NestTemplate& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.elasticity_column, b.elasticity_column);
  EXPECT_NEAR(a.elasticity, b.elasticity, 1e-13 * b.elasticity);
  EXPECT_EQ(a.factors, b.factors);
  EXPECT_EQ(a.goods, b.goods);
  ASSERT_EQ(a.nests.size(), b.nests.size());
  for (std::size_t k = 0; k < a.nests.size(); ++k) expect_same(a.nests[k], b.nests[k]);
}

inline void expect_same_parameters(const Parameters& a, const Parameters& b) {
  ASSERT_EQ(a.elasticities.by_node.size(), b.elasticities.by_node.size());
  for (const auto& [name, values] : a.elasticities.by_node) expect_near(values, b.elasticities.by_node.at(name), name);
  expect_near(a.labour_share, b.labour_share, "labour share");
  expect_near(a.resource_share, b.resource_share, "resource share");
  expect_near(a.supply_elasticity, b.supply_elasticity, "supply elasticity");
  expect_near(a.fuel_weight, b.fuel_weight, "fuel weight");
  ASSERT_EQ(a.fuel_use.size(), b.fuel_use.size());
  for (std::size_t k = 0; k < a.fuel_use.size(); ++k) {
    EXPECT_EQ(a.fuel_use[k].fuel, b.fuel_use[k].fuel);
    EXPECT_EQ(a.fuel_use[k].user, b.fuel_use[k].user);
    EXPECT_EQ(a.fuel_use[k].share_outside_nest, b.fuel_use[k].share_outside_nest);
    EXPECT_EQ(a.fuel_use[k].emits, b.fuel_use[k].emits);
  }
}

inline void expect_same(const Dataset& a, const Dataset& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.year, b.year);
  EXPECT_EQ(a.currency, b.currency);
  EXPECT_EQ(a.money_unit, b.money_unit);
  EXPECT_EQ(a.artefacts, b.artefacts);
  EXPECT_EQ(a.assumptions, b.assumptions);
  EXPECT_EQ(a.electricity, b.electricity);
  ASSERT_EQ(a.sources.size(), b.sources.size());
  for (std::size_t k = 0; k < a.sources.size(); ++k) {
    EXPECT_EQ(a.sources[k].title, b.sources[k].title);
    EXPECT_EQ(a.sources[k].citation, b.sources[k].citation);
  }
  for (int r = 0; r < a.region_count(); ++r) {
    const Region &p = a.regions[static_cast<std::size_t>(r)], &q = b.regions[static_cast<std::size_t>(r)];
    EXPECT_EQ(p.code + p.name + p.income_group, q.code + q.name + q.income_group);
  }
  for (int i = 0; i < a.sector_count(); ++i) {
    const Sector &p = a.sectors[static_cast<std::size_t>(i)], &q = b.sectors[static_cast<std::size_t>(i)];
    EXPECT_EQ(p.code + p.name, q.code + q.name);
    EXPECT_EQ(p.groups, q.groups);
  }
  expect_near(a.table.Z.expanded(), b.table.Z.expanded(), "Z");
  expect_near(a.table.Y, b.table.Y, "Y");
  expect_near(a.table.x, b.table.x, "x");
  expect_near(a.table.value_added, b.table.value_added, "value added");
  expect_near(a.tariff, b.tariff, "tariff");
  ASSERT_EQ(a.stressors.size(), b.stressors.size());
  for (std::size_t k = 0; k < a.stressors.size(); ++k) {
    EXPECT_EQ(a.stressors[k].name, b.stressors[k].name);
    EXPECT_EQ(a.stressors[k].mt_per_unit, b.stressors[k].mt_per_unit);
    EXPECT_EQ(a.stressors[k].part_of, b.stressors[k].part_of);
    EXPECT_EQ(a.stressors[k].year, b.stressors[k].year);
    EXPECT_EQ(a.stressors[k].quality, b.stressors[k].quality);
    EXPECT_EQ(a.stressors[k].source, b.stressors[k].source);
    expect_near(a.stressors[k].industry, b.stressors[k].industry, "industry");
    expect_near(a.stressors[k].process, b.stressors[k].process, "process");
    expect_near(a.stressors[k].household, b.stressors[k].household, "households");
  }
  expect_same_parameters(a.parameters, b.parameters);
  for (const auto& [name, technology] : a.technologies) {
    EXPECT_EQ(technology.resource_on_top, b.technologies.at(name).resource_on_top);
    expect_same(technology.output, b.technologies.at(name).output);
  }
  for (const auto& [name, tree] : a.households) expect_same(tree.utility, b.households.at(name).utility);
}

}  // namespace levee::testing
