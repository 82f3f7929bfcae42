#include "data/import/own_table_files.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "data/import/delimited_rows.hpp"
#include "data/import/recoded_bytes.hpp"

namespace levee {
namespace {

constexpr std::size_t largest_map = 1 << 22;

bool is_map(const ImportSource::Member& member) {
  const std::string extension = std::filesystem::path(member.path).extension().string();
  return extension == ".yaml" || extension == ".yml";
}

bool is_workbook(const std::string& name) { return name.ends_with(".xlsx"); }

std::optional<NumberForm> style_of(const TextShape& shape) {
  if (!shape.decimal && shape.thousands.empty()) return std::nullopt;
  return NumberForm{shape.decimal.value_or(NumberForm::Decimal::point), shape.thousands};
}

bool is_utf8_name(const std::string& encoding) {
  return encoding == "UTF-8" || encoding == "utf-8" || encoding == "UTF8" || encoding == "utf8";
}

OwnRows workbook_rows(ZipArchive archive, const OwnFile& file) {
  auto workbook = std::make_shared<XlsxFile>(std::move(archive));
  const bool first = file.sheet.empty() && !workbook->sheets().empty();
  const std::string sheet = first ? workbook->sheets().front() : file.sheet;
  auto rows = workbook->rows(sheet);
  return {std::move(rows), std::move(workbook), file.skip};
}

OwnRows text_rows(std::unique_ptr<ByteStream> stream, const std::string& name, const OwnFile& file) {
  if (!file.sheet.empty()) throw file.view.key_error("sheet", "only workbooks (.xlsx) have sheets");
  if (!is_utf8_name(file.shape.encoding)) stream = recode(std::move(stream), file.shape.encoding, name);
  auto rows = std::make_unique<DelimitedRows>(std::move(stream), name, file.shape.separator, style_of(file.shape));
  rows->skip(file.skip);
  return {std::move(rows), nullptr, file.skip};
}

}  // namespace

OwnRows::OwnRows(std::unique_ptr<TextRows> rows, std::shared_ptr<XlsxFile> workbook, int skip)
    : workbook_(std::move(workbook)), rows_(std::move(rows)), skip_(skip) {}

TextRow OwnRows::first(const std::string& what) {
  TextRow row = rows_->need(what);
  while (row.line <= skip_) row = rows_->need(what);
  return row;
}

OwnTableFiles::OwnTableFiles(const std::filesystem::path& source)
    : source_(source),
      map_(&source_.only(is_map, "a map of the table (.yaml)", 0)),
      alone_(std::filesystem::is_regular_file(source) && source.extension() != ".zip") {}

YamlView OwnTableFiles::map() const {
  if (map_->archive < 0) return YamlView::load(map_->name);
  return YamlView::parse(read_all(*source_.open(*map_), map_->name, largest_map), map_->name);
}

const ImportSource::Member& OwnTableFiles::member(const OwnFile& file) const {
  const std::string wanted =
      (std::filesystem::path(map_->folder()) / file.file.text()).lexically_normal().generic_string();
  const auto* found = source_.find([&](const ImportSource::Member& member) { return member.path == wanted; });
  if (found != nullptr) return *found;
  std::vector<std::string> names;
  for (const ImportSource::Member& other : source_.members()) names.push_back(other.path);
  throw file.file.error(fmt::format("there is no '{}' in {}{}", wanted, source_.name(), suggestion(wanted, names)));
}

OwnRows OwnTableFiles::open(const OwnFile& file) const {
  const std::string name = file.file.text();
  if (alone_) {
    const auto path = (std::filesystem::path(map_->name).parent_path() / name).lexically_normal();
    if (!std::filesystem::is_regular_file(path))
      throw file.file.error(fmt::format("cannot read '{}': no such file{}", name, suggest_file(path)));
    if (is_workbook(name)) return workbook_rows(ZipArchive::open(path.string()), file);
    return text_rows(open_file(path.string()), path.string(), file);
  }
  const ImportSource::Member& packed = member(file);
  if (is_workbook(name)) return workbook_rows(source_.open_archive(packed), file);
  return text_rows(source_.open(packed), packed.name, file);
}

}  // namespace levee
