#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "data/dataset_reader.hpp"

namespace levee::testing {

/// A small dataset of two regions (one has the code NO) and three sectors, as texts that a test may change before it is
/// read.
class DatasetFiles {
 public:
  DatasetFiles() {
    files_["dataset.yaml"] = R"(name: tiny
year: 2011
currency: USD
money_unit: million
regions: [NO, {code: B, name: Bee, income_group: high}]
sectors: sectors.csv
electricity: ELEC
table:
  Z: {file: Z.csv, layout: wide}
  Y: Y.csv
  final_demand: {HH: household, INV: inventories}
  x: {file: x_va.csv, column: x}
  value_added: {file: x_va.csv, column: VA}
stressors:
  CO2: {unit: kt, industry: co2.csv, process: process.csv, households: hh.csv}
tariffs: tariffs.csv
parameters:
  elasticities: elasticities.csv
  labour_share: labour.csv
  resource_share: {file: shares.csv, column: resource}
  fossil_supply: fossil.csv
  fuel_weight: weights.csv
  fuel_use: fuel_use.csv
technologies:
  tree:
    resource_on_top: [fuel]
    output: {elasticity: top, factors: [labour, capital, resource], goods: [all]}
households:
  ces: {elasticity: 1, goods: [non-fuel], of: {fuels: {elasticity: 0.5, goods: [fuel]}}}
)";
    files_["sectors.csv"] = "code,name,groups\nFOOD,Food,\nCOAL,Coal,fuel extraction\nELEC,Power,\n";
    files_["Z.csv"] =
        ",NO.FOOD,NO.COAL,NO.ELEC,B.FOOD,B.COAL,B.ELEC\nNO.FOOD,10,1,2,3,0,1\nNO.COAL,0,2,8,1,0,4\nNO.ELEC,5,2,1,0,0,"
        "0\n"
        "B.FOOD,2,0,0,20,1,3\nB.COAL,0,0,2,0,1,5\nB.ELEC,0,0,0,6,2,2\n";
    files_["Y.csv"] =
        ",NO.HH,NO.INV,B.HH,B.INV\nNO.FOOD,20,-1,4,0\nNO.COAL,3,1,1,0\nNO.ELEC,9,0,1,0\nB.FOOD,5,0,29,0\nB.COAL,0,0,2,"
        "0\nB.ELEC,0,0,10,0\n";
    files_["x_va.csv"] = ",x,VA\nNO.FOOD,40,23\nNO.COAL,20,15\nNO.ELEC,18,5\nB.FOOD,60,30\nB.COAL,10,6\nB.ELEC,20,5\n";
    files_["co2.csv"] = ",kt\nNO.FOOD,1\nNO.COAL,2\nNO.ELEC,30\nB.FOOD,4\nB.COAL,5\nB.ELEC,60\n";
    files_["process.csv"] = ",kt\nB.FOOD,3\n";
    files_["hh.csv"] = ",kt\nNO,7\nB,8\n";
    files_["tariffs.csv"] = "sector,exporter,importer,ad_valorem_tariff\nFOOD,NO,B,0.1\nFOOD,B,NO,-0.2\n";
    files_["elasticities.csv"] =
        "sector,armington_domestic_import,armington_origins,top\nFOOD,2,4,0.5\nCOAL,3,6,0\nELEC,1,2,1\n";
    files_["labour.csv"] = "region,sector,labour_share\n,FOOD,0.6\n,COAL,0.4\n,ELEC,0.3\nNO,FOOD,0.7\n";
    files_["shares.csv"] = "sector,resource\nFOOD,0.1\nCOAL,0.5\nELEC,0\n";
    files_["fossil.csv"] = "sector,region,supply_elasticity,resource_share_of_value_added\nCOAL,,4,\nCOAL,B,,0.2\n";
    files_["weights.csv"] = "fuel,weight\nCOAL,27\n";
    files_["fuel_use.csv"] =
        "fuel,user,share_outside_energy_nest,that_part_emits,why\nELEC,ELEC,1,0,\"losses, own use\"\n";
  }

  /// Replaces the first `from` in a file; the test fails when it is not there.
  DatasetFiles& edit(const std::string& file, const std::string& from, const std::string& to) {
    const std::size_t at = files_.at(file).find(from);
    EXPECT_NE(at, std::string::npos) << file << " holds no " << from;
    if (at != std::string::npos) files_[file].replace(at, from.size(), to);
    return *this;
  }
  DatasetFiles& set(const std::string& file, const std::string& text) {
    files_[file] = text;
    return *this;
  }
  DatasetFiles& remove(const std::string& file) {
    files_.erase(file);
    return *this;
  }
  const std::string& text(const std::string& file) const { return files_.at(file); }

  Dataset read() const {
    const std::filesystem::path folder = write();
    const Dataset dataset = read_dataset((folder / "dataset.yaml").string());
    std::filesystem::remove_all(folder);
    return dataset;
  }

  /// "file:line:column: message" of every fault, the folder left out.
  std::vector<std::string> faults() const {
    const std::filesystem::path folder = write();
    std::vector<std::string> result;
    try {
      read_dataset((folder / "dataset.yaml").string());
    } catch (const InputError& error) {
      for (const Diagnostic& fault : error.diagnostics()) {
        std::string message = fault.message;
        const std::string prefix = folder.string();
        for (std::size_t at = message.find(prefix); at != std::string::npos; at = message.find(prefix))
          message.replace(at, prefix.size(), "DIR");
        result.push_back(std::filesystem::path(fault.where.file).filename().string() + ":" +
                         std::to_string(fault.where.line) + ":" + std::to_string(fault.where.column) + ": " + message);
        EXPECT_TRUE(fault.where.line == 0 || !fault.excerpt.empty()) << "no excerpt: " << result.back();
      }
    }
    std::filesystem::remove_all(folder);
    return result;
  }

 private:
  std::filesystem::path write() const {
    std::string name = (std::filesystem::temp_directory_path() / "levee-dataset-XXXXXX").string();
    const std::filesystem::path folder = mkdtemp(name.data());
    for (const auto& [file, text] : files_) std::ofstream(folder / file) << text;
    return folder;
  }

  std::map<std::string, std::string> files_;
};

}  // namespace levee::testing
