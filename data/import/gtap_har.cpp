// Names of files are those of RunGTAP (basedata.har, sets.har, default.prm) and of GTAPAgg and FlexAgg (gsdfdat.har or
// gsddat.har, gsdfset.har, gsdfpar.har, gsdfemiss.har).
#include "data/import/gtap_har.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>
#include <utility>

#include "data/import/gtap_accounts.hpp"
#include "data/import/gtap_database.hpp"
#include "data/import/gtap_emissions.hpp"
#include "data/import/gtap_identities.hpp"
#include "data/import/gtap_parameters.hpp"
#include "data/import/har_file.hpp"
#include "data/import/import_source.hpp"
#include "data/text_file.hpp"

namespace levee {
namespace {

std::string lower_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

bool is_flows(const std::string& file) { return file == "basedata.har" || file.ends_with("dat.har"); }
bool is_sets(const std::string& file) { return file.ends_with("sets.har") || file.ends_with("set.har"); }
bool is_parameters(const std::string& file) { return file.ends_with(".prm") || file.ends_with("par.har"); }
/// Of CO2: gsdfnco2.har holds other gases.
bool is_emissions(const std::string& file) {
  const bool co2 = file.find("co2") != std::string::npos && file.find("nco2") == std::string::npos;
  return (co2 || file.find("emis") != std::string::npos) && file.ends_with(".har");
}

class GtapReader {
 public:
  GtapReader(const std::filesystem::path& source, const ImportOptions& options) : source_(source), options_(options) {}

  ImportedTable read() {
    const ImportSource::Member& flows =
        source_.only([](const ImportSource::Member& member) { return is_flows(lower_case(member.file())); },
                     "the flows of a GTAP database (basedata.har, gsdfdat.har)", options_.year);
    folder_ = flows.folder();
    const std::optional<HarFile> sets = beside(is_sets, "the sets");
    const GtapDatabase data = read_gtap_database(open(flows), sets ? &*sets : nullptr);
    std::vector<std::string> notes = check_gtap_identities(data);
    table_.artefacts = std::move(notes);
    describe(data);
    fill_gtap_accounts(data, table_);
    set_electricity();
    // RunGTAP keeps variants beside default.prm.
    std::optional<HarFile> parameters = beside([](const std::string& file) { return file == "default.prm"; }, "");
    if (!parameters) parameters = beside(is_parameters, "the parameters");
    if (parameters) {
      table_.model = read_gtap_parameters(data, *parameters, table_);
    } else {
      table_.artefacts.emplace_back("there is no file of parameters (default.prm): the dataset serves accounts only");
    }
    if (const std::optional<HarFile> emissions = beside(is_emissions, "the emissions")) {
      add_gtap_emissions(data, *emissions, table_);
    } else {
      table_.artefacts.emplace_back("there is no file of emissions (gsdfemiss.har, co2.har): the dataset has no CO2");
    }
    return std::move(table_);
  }

 private:
  HarFile open(const ImportSource::Member& member) const {
    return parse_har(read_all(*source_.open(member), member.name, largest_text()), member.name);
  }

  /// A file of the flows' folder; nothing when there is none. Throws InputError when there are several.
  std::optional<HarFile> beside(bool (*is_it)(const std::string&), const std::string& what) const {
    const auto matches = [&](const ImportSource::Member& member) {
      return member.folder() == folder_ && is_it(lower_case(member.file()));
    };
    if (source_.find(matches) == nullptr) return std::nullopt;
    return open(source_.only(matches, what + " of a GTAP database", options_.year));
  }

  void describe(const GtapDatabase& data) {
    const std::string release = options_.version.empty() ? data.release : options_.version;
    table_.name = fmt::format("GTAP Data Base{}{}, {} regions, {} commodities", release.empty() ? "" : " ", release,
                              data.region_count(), data.commodity_count());
    table_.year = options_.year != 0 ? options_.year : year_in(data.release);
    table_.sources.push_back(
        {fmt::format("GTAP Data Base{}{}", release.empty() ? "" : ", release ", release),
         "licence of the Center for Global Trade Analysis, Purdue University: not to be passed on",
         "Aguiar, A., Chepeliev, M., Corong, E., van der Mensbrugghe, D. The Global Trade Analysis Project (GTAP) Data "
         "Base. Journal of Global Economic Analysis. Center for Global Trade Analysis, Purdue University."});
    table_.assumptions.push_back(fmt::format("sectors are the commodities of the layout of version {}", data.version));
  }

  /// By its name: GTAP's ely, or the word.
  void set_electricity() {
    static constexpr std::array names{"ely", "ele", "elec", "elect", "electr", "electric", "electricity"};
    for (std::size_t i = 0; i < table_.sectors.size(); ++i) {
      std::string name = lower_case(table_.sectors[i].name);
      if (name.starts_with("c_")) name.erase(0, 2);
      if (std::ranges::find(names, name) != names.end()) table_.electricity = static_cast<int>(i);
    }
    table_.assumptions.push_back(table_.electricity < 0
                                     ? std::string("no commodity is electricity by its name (ely, electricity)")
                                     : fmt::format("{} is electricity, by its name",
                                                   table_.sectors[static_cast<std::size_t>(table_.electricity)].code));
  }

  ImportSource source_;
  const ImportOptions& options_;
  std::string folder_;
  ImportedTable table_;
};

}  // namespace

ImportedTable read_gtap_har(const std::filesystem::path& source, const ImportOptions& options) {
  return GtapReader(source, options).read();
}

}  // namespace levee
