// levee check of a file of firms.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/file_kind.hpp"
#include "rules/cost_path.hpp"
#include "rules/firm_file.hpp"

namespace levee {

std::string check_firm_file(const YamlView& document) {
  const FirmFile file = read_firm_file(document);
  cost_path(file);  // whatever it asks of the rules must be there
  std::string text = fmt::format("{}: {} firms, {} to {}, by {}, in {}\n", file.name, file.firms.size(),
                                 file.years.front(), file.years.back(), file.book.name, file.currency());
  for (const Reading& reading : file.readings) text += fmt::format("reading: {}\n", reading.name);
  for (const Firm& firm : file.firms) {
    const Product& product = file.products[firm.product];
    text += fmt::format("firm: {}, CN {} of {}, {}, {} precursors\n", firm.name, product.cn, product.origin,
                        product.by_default ? "default values" : "actual emissions", product.precursors.size());
  }
  return text;
}

}  // namespace levee
