// The YAML file that says how a user's own table is read.
#include "data/import/own_table_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <set>

#include "data/dataset_words.hpp"
#include "data/schema.hpp"

namespace levee {
namespace {

/// A value that is one of a few words.
template <class Value, std::size_t N>
Value word_of(const YamlView& view, const std::array<std::pair<const char*, Value>, N>& words) {
  std::vector<std::string> known;
  for (const auto& [word, value] : words) {
    if (view.text() == word) return value;
    known.emplace_back(word);
  }
  throw view.error(fmt::format("unknown '{}'{}", view.text(), suggestion(view.text(), known)));
}

constexpr std::array<std::pair<const char*, char>, 3> separators{{{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}}};
constexpr std::array<std::pair<const char*, NumberForm::Decimal>, 2> decimals{
    {{"point", NumberForm::Decimal::point}, {"comma", NumberForm::Decimal::comma}}};
constexpr std::array<std::pair<const char*, const char*>, 5> thousands{
    {{"none", ""}, {"point", "."}, {"comma", ","}, {"blank", " "}, {"apostrophe", "'"}}};

/// A text of a map; `otherwise` where the key, or the map, is not there.
std::string text_or(const YamlView& map, const char* key, std::string otherwise) {
  if (!map.is_map() || !map.has(key)) return otherwise;
  return map.at(key).text();
}

int count_or(const YamlView& map, const char* key, int least, int otherwise) {
  const auto found = map.find(key);
  if (!found) return otherwise;
  if (found->integer() < least)
    throw found->error(fmt::format("found {}, expected a whole number of at least {}", found->text(), least));
  return found->integer();
}

TextShape read_shape(const YamlView& map, TextShape shape) {
  if (const auto found = map.find("separator")) shape.separator = word_of(*found, separators);
  if (const auto found = map.find("decimal")) shape.decimal = word_of(*found, decimals);
  if (const auto found = map.find("thousands")) shape.thousands = std::string(word_of(*found, thousands));
  shape.encoding = text_or(map, "encoding", shape.encoding);
  if (shape.decimal == NumberForm::Decimal::comma && shape.thousands == ",")
    throw map.error("found a comma as the decimal mark and between thousands, expected two marks");
  if (shape.decimal != NumberForm::Decimal::comma && shape.thousands == ".")
    throw map.error("found points between thousands, expected `decimal: comma` with them");
  return shape;
}

FilePlace read_place(const YamlView& view) {
  const std::string text = view.text();
  FilePlace place{0, view};
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), place.number);
  if (parsed.ec == std::errc() && parsed.ptr == text.data() + text.size()) {
    if (place.number < 1) throw view.error(fmt::format("found {}, expected a number from 1 or a name", text));
    return place;
  }
  place.number = 0;
  if (text.empty()) throw view.error("expected a column by number or name");
  return place;
}

JoinedLabel read_joined(const YamlView& view) {
  const std::string text = view.text();
  constexpr std::string_view region = "{region}", sector = "{sector}";
  const std::size_t r = text.find(region), s = text.find(sector);
  if (r == std::string::npos || s == std::string::npos)
    throw view.error(fmt::format("found '{}', expected a text with {} and {} in it", text, region, sector));
  JoinedLabel joined;
  joined.region_first = r < s;
  const std::size_t first = std::min(r, s), second = std::max(r, s);
  joined.before = text.substr(0, first);
  joined.between = text.substr(first + region.size(), second - first - region.size());
  joined.after = text.substr(second + region.size());
  if (joined.between.empty())
    throw view.error(fmt::format("found '{}', expected a text between {} and {}", text, region, sector));
  return joined;
}

LabelSource read_labels(const YamlView& map, const char* definition) {
  map.only_keys(schema_keys(definition));
  LabelSource source;
  const auto place = [&](const char* key, std::optional<FilePlace>& into) {
    if (const auto found = map.find(key)) into = read_place(*found);
  };
  place("region", source.region);
  place("sector", source.sector);
  place("label", source.label);
  place("stressor", source.stressor);
  place("unit", source.unit);
  if (source.stressor) {
    if (source.region || source.sector || source.label)
      throw map.error("found a stressor beside a sector, expected one of them");
    if (!source.unit) throw map.key_error("stressor", "missing key 'unit' with the stressors' units");
    return source;
  }
  if (source.unit) throw map.key_error("unit", "found a unit without `stressor`");
  if (source.sector.has_value() == source.label.has_value())
    throw map.error("expected `sector` (with `region` where there are several) or `label`, one of them");
  if (source.label && source.region) throw map.key_error("region", "the region is part of `label`");
  if (const auto as = map.find("as")) {
    if (!source.label) throw map.key_error("as", "`as` says how `label` is made; there is none");
    source.joined = read_joined(*as);
  }
  return source;
}

/// A block, or every one of a list.
std::vector<YamlView> blocks(const YamlView& view) {
  return view.is_sequence() ? view.items() : std::vector<YamlView>{view};
}

class MapReader {
 public:
  explicit MapReader(const YamlView& view) : view_(view), map_(view) {}

  OwnTableMap read() {
    if (!view_.is_map()) throw view_.error("expected a map that says how to read a table");
    faults_.guard([&] { view_.only_keys(schema_keys("import")); });
    faults_.guard([&] { map_.name = view_.at("import").text(); });
    faults_.guard([&] { map_.year = view_.has("year") ? view_.at("year").integer() : 0; });
    faults_.guard([&] { map_.currency = view_.at("currency").text(); });
    faults_.guard([&] { map_.money_unit = read_money_unit(view_.at("money_unit")); });
    faults_.guard([&] {
      if (const auto sources = view_.find("sources")) map_.sources = read_sources(*sources, "import/source");
    });
    faults_.guard([&] { shape_ = read_shape(view_, shape_); });
    faults_.guard([&] { region_ = text_or(view_, "region", {}); });
    map_.regions = named("regions");
    map_.sectors = named("sectors");
    read_final_demand();
    read_value_added();
    read_stressors();
    faults_.guard([&] { read_output(); });
    faults_.guard([&] { map_.ignore = codes(view_, "ignore"); });
    read_files();
    faults_.guard([&] { require_known_region(); });
    faults_.throw_if_any();
    return std::move(map_);
  }

 private:
  using Names = std::vector<OwnTableMap::Named>;

  static std::vector<std::string> codes(const YamlView& map, const char* key) {
    const auto found = map.find(key);
    return found ? found->texts() : std::vector<std::string>{};
  }

  void read_output() {
    const auto output = view_.find("output");
    if (!output) return;
    if (output->is_map()) {
      output->only_keys(schema_keys("import/output"));
      map_.output_rows = codes(*output, "row");
      map_.output_columns = codes(*output, "column");
    } else {
      map_.output_rows = map_.output_columns = output->texts();
    }
  }

  /// A list of labels, or a map from labels to names.
  Names named(const char* key) {
    Names result;
    const auto found = view_.find(key);
    if (!found) return result;
    faults_.guard([&] {
      if (found->is_map()) {
        for (const auto& [label, name] : found->entries()) result.emplace_back(label, name.text());
        return;
      }
      std::set<std::string> once;
      for (const YamlView& item : found->items()) {
        const std::string label = item.text();
        if (!once.insert(label).second) throw item.error(fmt::format("duplicate '{}'", label));
        result.emplace_back(label, label);
      }
    });
    return result;
  }

  void read_final_demand() {
    const auto found = view_.find("final_demand");
    if (!found) return;
    faults_.guard([&] {
      for (const auto& [label, entry] : found->entries()) {
        faults_.guard([&, &code = label, &value = entry] {
          if (value.is_map()) value.only_keys(schema_keys("import/category"));
          const FinalDemand kind = final_demand_named(value.is_map() ? value.at("kind") : value);
          map_.categories.push_back({{code, text_or(value, "name", code), kind}, text_or(value, "region", {})});
        });
      }
    });
  }

  void read_value_added() {
    const auto found = view_.find("value_added");
    if (!found) return;
    faults_.guard([&] {
      if (!found->is_map()) {
        for (const auto& [label, name] : named("value_added")) map_.value_added.push_back({label, name, false});
        return;
      }
      for (const auto& [label, entry] : found->entries()) {
        faults_.guard([&, &code = label, &value = entry] {
          if (!value.is_map()) {
            map_.value_added.push_back({code, value.text(), false});
            return;
          }
          value.only_keys(schema_keys("import/component"));
          const auto tax = value.find("product_tax");
          map_.value_added.push_back({code, text_or(value, "name", code), tax && tax->boolean()});
        });
      }
    });
  }

  void read_stressors() {
    const auto found = view_.find("stressors");
    if (!found) return;
    faults_.guard([&] {
      for (const auto& [label, entry] : found->entries()) {
        faults_.guard([&, &code = label, &value = entry] {
          if (value.is_map()) value.only_keys(schema_keys("import/stressor"));
          map_.stressors.push_back(
              {code, text_or(value, "name", code), value.is_map() ? value.at("unit").text() : value.text()});
        });
      }
    });
  }

  void read_files() {
    const auto wide = view_.find("wide"), flows = view_.find("long");
    if (!wide && !flows) faults_.add(view_.error("expected `wide` or `long`, the files of the table"));
    if (wide) {
      for (const YamlView& block : blocks(*wide)) faults_.guard([&] { map_.files.push_back(read_wide(block)); });
    }
    if (flows) {
      for (const YamlView& block : blocks(*flows)) faults_.guard([&] { map_.files.push_back(read_long(block)); });
    }
  }

  OwnFile read_file(const YamlView& block, const char* definition) const {
    block.only_keys(schema_keys(definition));
    OwnFile file(block, block.at("file"));
    if (file.file.text().empty()) throw file.file.error("expected the name of a file");
    file.sheet = text_or(block, "sheet", {});
    file.shape = read_shape(block, shape_);
    file.skip = count_or(block, "skip", 0, 0);
    file.region = text_or(block, "region", region_);
    if (const auto from = block.find("from")) file.from = read_labels(*from, "import/row_labels");
    if (const auto to = block.find("to")) file.to = read_labels(*to, "import/column_labels");
    return file;
  }

  OwnFile read_wide(const YamlView& block) const {
    OwnFile file = read_file(block, "import/wide");
    file.wide = true;
    block.at("from");
    block.at("to");
    require_numbers(*file.from, "a column");
    require_numbers(*file.to, "a line of the header");
    file.label_columns = count_or(block, "label_columns", file.from->largest_number(), file.from->largest_number());
    file.header_lines = count_or(block, "header_lines", file.to->largest_number(), file.to->largest_number());
    const auto fill = block.find("fill");
    file.fill = fill && fill->boolean();
    return file;
  }

  static void require_numbers(const LabelSource& source, const char* what) {
    for (const auto* place : {&source.region, &source.sector, &source.label, &source.stressor, &source.unit}) {
      if (*place && (*place)->number == 0) {
        const YamlView& name = (*place)->name;
        throw name.error(fmt::format("found '{}', expected {} of the matrix by its number, from 1", name.text(), what));
      }
    }
  }

  OwnFile read_long(const YamlView& block) const {
    OwnFile file = read_file(block, "import/long");
    const YamlView value = block.at("value");
    if (value.is_map()) {
      for (const auto& [label, column] : value.entries()) {
        file.value_labels.push_back(label);
        file.values.push_back(read_place(column));
      }
    } else {
      for (const YamlView& column : blocks(value)) file.values.push_back(read_place(column));
    }
    if (file.values.empty()) throw value.error("expected at least one column of figures");
    const bool both = file.from && file.to, none = !file.from && !file.to;
    if (value.is_map() ? (both || none) : !both) {
      throw block.error(value.is_map() ? "with labels in `value` expected either `from` or `to`"
                                       : "expected both `from` and `to`, or labels in `value`: {CO2: COLUMN}");
    }
    const auto sum = block.find("sum");
    file.sum = sum && sum->boolean();
    return file;
  }

  void require_known_region() const {
    if (map_.regions.empty()) return;
    std::vector<std::string> labels;
    for (const auto& [label, name] : map_.regions) labels.push_back(label);
    const auto require = [&](const YamlView& where) {
      if (std::ranges::find(labels, where.text()) == labels.end())
        throw where.error(fmt::format("unknown region '{}'{}", where.text(), suggestion(where.text(), labels)));
    };
    if (const auto region = view_.find("region")) require(*region);
    for (const OwnFile& file : map_.files) {
      if (const auto region = file.view.find("region")) require(*region);
    }
    const auto demand = view_.find("final_demand");
    for (const OwnTableMap::Category& category : map_.categories) {
      if (!category.region.empty()) require(demand->at(category.as.code).at("region"));
    }
  }

  const YamlView& view_;
  OwnTableMap map_;
  TextShape shape_;
  std::string region_;
  Diagnostics faults_;
};

}  // namespace

std::optional<std::pair<std::string_view, std::string_view>> JoinedLabel::parts(std::string_view label) const {
  if (!label.starts_with(before) || !label.ends_with(after) || label.size() < before.size() + after.size()) return {};
  label = label.substr(before.size(), label.size() - before.size() - after.size());
  const std::size_t at = region_first ? label.find(between) : label.rfind(between);
  if (at == std::string_view::npos) return {};
  const std::string_view first = label.substr(0, at), second = label.substr(at + between.size());
  if (first.empty() || second.empty()) return {};
  return region_first ? std::pair(first, second) : std::pair(second, first);
}

int LabelSource::largest_number() const {
  int largest = 0;
  for (const auto* place : {&region, &sector, &label, &stressor, &unit}) {
    if (*place) largest = std::max(largest, (*place)->number);
  }
  return largest;
}

OwnTableMap read_own_table_map(const YamlView& document) { return MapReader(document).read(); }

}  // namespace levee
