#include "report/record_text.hpp"

#include <optional>

namespace levee {

namespace {

using Json = nlohmann::ordered_json;

std::string json_line(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n'; }

Json caps_json(const std::vector<std::optional<EmissionCap>>& caps) {
  Json list = Json::array();
  for (const std::optional<EmissionCap>& cap : caps)
    list.push_back(cap ? Json{{"mt", cap->mt}, {"world", cap->world}} : Json(nullptr));
  return list;
}

std::vector<std::optional<EmissionCap>> caps_of(const Json& list) {
  std::vector<std::optional<EmissionCap>> caps;
  for (const Json& cap : list) {
    caps.emplace_back();
    if (!cap.is_null()) caps.back() = EmissionCap{cap.at("mt").get<double>(), cap.at("world").get<bool>()};
  }
  return caps;
}

std::string head_line(const RecordHead& head) {
  return json_line({{"name", head.name},
                    {"whole", head.whole},
                    {"has_model", head.has_model},
                    {"size", {head.size.auxiliaries, head.size.wedges}},
                    {"caps", caps_json(head.caps)},
                    {"bytes", {head.summary, head.run}},
                    {"rows", head.rows}});
}

}  // namespace

std::vector<std::string_view> RecordText::pieces() const {
  std::vector<std::string_view> pieces{head_line, summary, run};
  pieces.insert(pieces.end(), rows->begin(), rows->end());
  return pieces;
}

RecordText record_text(const ScenarioRecord& record) {
  RecordText text;
  text.summary = json_line(record.summary);
  text.run = json_line(record.run);
  text.rows = &record.rows;
  text.head = {.name = record.name,
               .whole = record.whole,
               .has_model = record.has_model,
               .size = record.size,
               .caps = record.caps,
               .summary = text.summary.size(),
               .run = text.run.size(),
               .rows = {}};
  for (const std::string& rows : record.rows) text.head.rows.push_back(rows.size());
  text.head_line = head_line(text.head);
  return text;
}

RecordHead read_record_head(std::string_view line) {
  const Json json = Json::parse(line);
  RecordHead head;
  head.name = json.at("name").get<std::string>();
  head.whole = json.at("whole").get<bool>();
  head.has_model = json.at("has_model").get<bool>();
  head.size = {json.at("size").at(0).get<std::size_t>(), json.at("size").at(1).get<std::size_t>()};
  head.caps = caps_of(json.at("caps"));
  head.summary = json.at("bytes").at(0).get<std::uint64_t>();
  head.run = json.at("bytes").at(1).get<std::uint64_t>();
  head.rows = json.at("rows").get<std::vector<std::uint64_t>>();
  return head;
}

ScenarioRecord read_record(std::string_view text) {
  const auto next = [&](std::uint64_t bytes) {
    const std::string_view piece = text.substr(0, bytes);
    text.remove_prefix(piece.size());
    return piece;
  };
  const RecordHead head = read_record_head(next(text.find('\n') + 1));
  ScenarioRecord record;
  record.name = head.name;
  record.whole = head.whole;
  record.has_model = head.has_model;
  record.size = head.size;
  record.caps = head.caps;
  record.summary = Json::parse(next(head.summary));
  record.run = Json::parse(next(head.run));
  for (const std::uint64_t rows : head.rows) record.rows.emplace_back(next(rows));
  return record;
}

}  // namespace levee
