#include "data/import/adb_mrio.hpp"
#include "data/import/eora26.hpp"
#include "data/import/exiobase3.hpp"
#include "data/import/figaro.hpp"
#include "data/import/gloria.hpp"
#include "data/import/gtap_har.hpp"
#include "data/import/import_format.hpp"
#include "data/import/oecd_icio.hpp"
#include "data/import/own_table.hpp"
#include "data/import/wiod.hpp"

namespace levee {

const std::vector<ImportFormat>& import_formats() {
  static const std::vector<ImportFormat> formats{
      {"exiobase3", "EXIOBASE 3, text distribution", "folder or zip IOT_YYYY_ixi or IOT_YYYY_pxp", read_exiobase3},
      {"oecd-icio", "OECD Inter-Country Input-Output tables, releases 2016 to 2023",
       "CSV of a year, or a folder or zip with it", read_oecd_icio},
      {"figaro", "Eurostat FIGARO, industry by industry or product by product",
       "CSV (matrix or flat), or a folder or zip", read_figaro},
      {"wiod2013", "World Input-Output Database, release 2013", "xlsx or CSV of a year, or a folder or zip with it",
       read_wiod2013},
      {"wiod2016", "World Input-Output Database, release 2016", "xlsx or CSV of a year, or a folder or zip with it",
       read_wiod2016},
      {"eora26", "Eora26", "folder or zip Eora26_YYYY_bp", read_eora26},
      {"adb-mrio", "ADB Multiregional Input-Output Tables", "xlsx of a year, or a folder or zip with it",
       read_adb_mrio},
      {"gloria", "GLORIA, made industry by industry",
       "folder with GLORIA_MRIOs_VV_YYYY (folder or zip) and GLORIA_ReadMe_0VV.xlsx", read_gloria},
      {"gtap-har", "GTAP Data Base in header-array files, versions 6 and 7, with parameters for models",
       "folder or zip with basedata.har, sets.har, default.prm, if there are any emissions", read_gtap_har},
      {"csv", "a table of your own, matrices or lists of flows",
       "a map (YAML of the kind import) beside its files, or a folder or zip with both", read_own_table},
  };
  return formats;
}

}  // namespace levee
