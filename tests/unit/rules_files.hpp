#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>

#include "rules/rule_book.hpp"

namespace levee::testing {

/// A small rule book as texts that a test may change before it is read.
class RuleFiles {
 public:
  RuleFiles() {
    files["rules.yaml"] = R"(rules: tiny
currency: EUR
sources:
  law: {title: The law, address: "http://law"}
  guess: {title: A guess}
tables:
  scope: scope.csv
  phase_in: phase_in.csv
  benchmarks: benchmarks.csv
  default_values: default_values.csv
  goods: goods.csv
  mark_ups: mark_ups.csv
  carbon_prices: carbon_prices.csv
  exempt_origins: exempt_origins.csv
  de_minimis: de_minimis.csv
  emission_factors: emission_factors.csv
  grid_factors: grid_factors.csv
  allowance_benchmarks: allowance_benchmarks.csv
fallback_country: Others
)";
    files["scope.csv"] =
        "cn,excluded,sector,gases,charged,source,confidence\n"
        "72,,steel,CO2,direct,law,primary\n"
        "7204,yes,steel,CO2,direct,law,primary\n"
        "25231000,,cement,CO2,direct_and_indirect,law,primary\n"
        "25232900,,cement,CO2,direct_and_indirect,law,primary\n"
        "7601,no,aluminium,CO2 PFC,direct,law,primary\n";
    files["phase_in.csv"] =
        "year,charged,remaining,correction_factor,source,confidence\n"
        "2026,0.025,0.975,,law,primary\n2027,0.05,0.95,0.9,law,primary\n2028,0.1,0.9,,law,primary\n";
    files["benchmarks.csv"] =
        "cn,route,column,first_year,last_year,value,source,confidence\n"
        "7207,C,actual,2026,,0.188,law,primary\n"
        "7207,D,actual,2026,,0.065,law,primary\n"
        "7207,C,default_value,2026,,1.364,law,primary\n"
        "7207,D,default_value,2026,,0.475,law,primary\n"
        "72071111,,default_value,2026,2027,1.4,law,primary\n"
        "72071111,,default_value,2028,2030,1.3,law,primary\n"
        "72241010,F1,default_value,2026,,1.46,law,primary\n"
        "72241010,F2,default_value,2026,,1.298,law,primary\n"
        "72241010,G1,default_value,2026,,0.659,law,primary\n"
        "76011010,K,default_value,2026,,1.423,law,primary\n"
        "76011010,L,default_value,2026,,0.091,law,primary\n"
        "76012030,L,default_value,2026,,0.091,law,primary\n"
        "76012030,K,default_value,2026,,1.423,law,primary\n"
        "76041010,K,default_value,2026,,1.485,law,primary\n";
    files["default_values.csv"] =
        "country,cn,route,direct,indirect,total,source,confidence\n"
        "Albania,28080000,,2.73,0.04,2.76,law,secondary\n"
        "Zambia,7601,K,3,,3,law,secondary\n"
        "Zambia,76012030,K,3.5,,3.5,law,secondary\n"
        "Zambia,25231000,A,1.35,0.04,1.39,law,secondary\n"
        "Zambia,25231000,B,1.24,0.06,1.3,law,secondary\n"
        "Others,7601,K,2.2,,2.2,law,secondary\n"
        "Others,28080000,,2.77,0.04,2.81,law,secondary\n";
    files["goods.csv"] =
        "cn,route,description,source,confidence\n"
        "7601,,Unwrought aluminium,law,primary\n"
        "25231000,A,Grey clinker,law,primary\n25231000,B,White clinker,law,primary\n";
    files["mark_ups.csv"] =
        "sector,first_year,last_year,share,source,confidence\n"
        "cement,2026,2026,0.1,law,primary\ncement,2027,,0.2,law,primary\nsteel,2026,2030,0.1,law,primary\n";
    files["carbon_prices.csv"] =
        "market,period,value,currency,source,confidence\n"
        "cbam,2026-Q1,75.36,EUR,law,secondary\ncbam,2026-Q2,75.28,EUR,law,secondary\n"
        "ets,2026,70,EUR,law,secondary\nets,2026-Q1,80,EUR,law,secondary\n";
    files["exempt_origins.csv"] = "country,source,confidence\nNorway,law,primary\n";
    files["de_minimis.csv"] =
        "first_year,tonnes,excepted,source,confidence\n2030,20,,law,primary\n2026,50,cement steel,law,primary\n";
    files["emission_factors.csv"] = "name,unit,value,source,confidence\nnatural_gas,tCO2/TJ,56.1,law,primary\n";
    files["grid_factors.csv"] = "country,value,source,confidence\nSerbia,0.65,guess,indicative\n";
    files["allowance_benchmarks.csv"] =
        "market,product,technology,first_year,last_year,value,unit,source,confidence\n"
        "eu,hot metal,,2021,2025,1.288,tCO2/t,law,primary\n"
        "eu,hot metal,,2026,2030,1.248,tCO2/t,law,primary\n"
        "cn,clinker,dry kiln,2024,2025,0.85,tCO2/t,law,primary\n"
        "cn,clinker,,2024,2025,0.9,tCO2/t,law,primary\n"
        "cn,anode,prebaked,2024,2025,1.5,tCO2/t,law,primary\n";
    std::string name = (std::filesystem::temp_directory_path() / "levee-rules-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
  }
  ~RuleFiles() { std::filesystem::remove_all(folder_); }
  RuleFiles(const RuleFiles&) = delete;
  RuleFiles& operator=(const RuleFiles&) = delete;

  std::string path(const std::string& file = "rules.yaml") const { return (folder_ / file).string(); }

  void change(const std::string& file, const std::string& from, const std::string& to) {
    std::string& text = files.at(file);
    const std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::logic_error("'" + from + "' is not in " + file);
    text.replace(at, from.size(), to);
  }

  RuleBook read(const std::string& file = "rules.yaml") const {
    for (const auto& [name, text] : files) {
      std::filesystem::create_directories((folder_ / name).parent_path());
      std::ofstream(folder_ / name) << text;
    }
    return read_rule_book(path(file));
  }

  /// What reading says is wrong, with the place below the folder; empty when nothing is.
  std::string faults(const std::string& file = "rules.yaml") const {
    try {
      read(file);
    } catch (const InputError& error) {
      std::string told;
      for (const Diagnostic& fault : error.diagnostics()) {
        const std::string name = std::filesystem::path(fault.where.file).lexically_relative(folder_).string();
        told += name + ":" + std::to_string(fault.where.line) + ":" + std::to_string(fault.where.column) + ": " +
                fault.message + "\n";
      }
      return told;
    }
    return "";
  }

  std::map<std::string, std::string> files;

 private:
  std::filesystem::path folder_;
};

}  // namespace levee::testing
