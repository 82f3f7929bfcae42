#include "report/html_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string_view>

#include "report/assets.hpp"
#include "report/derived_column.hpp"
#include "report/embedded_tables.hpp"
#include "report/packed_text.hpp"

namespace levee {

namespace {

constexpr std::size_t kPageLimit = 3'000'000;

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

std::string embedded_json(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// run.json without its long texts and lists (solver logs): the page shows figures, not logs.
nlohmann::ordered_json without_logs(const nlohmann::ordered_json& json) {
  constexpr std::size_t long_text = 4000;
  constexpr std::size_t long_list = 500;
  if (json.is_string() && json.get_ref<const std::string&>().size() > long_text) return nullptr;
  if (!json.is_structured()) return json;
  if (json.is_array() && json.size() > long_list) return nullptr;
  nlohmann::ordered_json out = json;
  for (auto& member : out) member = without_logs(member);
  return out;
}

/// Figures with as many digits as a reader can use.
void shorten(nlohmann::ordered_json& json) {
  constexpr int digits = 6;
  if (json.is_number_float()) {
    if (std::isfinite(json.get<double>())) json = std::stod(printed(json.get<double>(), digits));
  } else if (json.is_structured()) {
    for (auto& member : json) shorten(member);
  }
}

/// Without what most of the summary and the record consist of where there are many scenarios: exports good by good,
/// which are in the table of trade (the origins stay: they tell the members of a zone), and how each was solved.
RunDocument outlined(const RunDocument& document) {
  constexpr std::size_t many = 100;
  RunDocument outline{document.summary, without_logs(document.run), document.about, {}};
  if (!outline.summary.is_object() || !outline.summary.contains("scenarios")) return outline;
  auto& scenarios = outline.summary["scenarios"];
  if (!scenarios.is_array() || scenarios.size() < many) return outline;
  for (auto& scenario : scenarios) {
    if (const auto exports = scenario.find("exports_to_zone_percent"); exports != scenario.end()) {
      for (auto& zone : *exports)
        for (auto& origin : zone) origin = nlohmann::ordered_json::object();
    }
  }
  shorten(scenarios);
  outline.run.erase("scenarios");
  return outline;
}

std::string text_of(const nlohmann::ordered_json& json, const char* key) {
  return json.is_object() && json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : "";
}

std::string page_title(const RunDocument& document) {
  for (const auto* source : {&document.about, &document.summary})
    for (const char* key : {"title", "study"})
      if (std::string text = text_of(*source, key); !text.empty()) return text;
  return "run";
}

/// The content of one placeholder: `title`, `data`, `asset NAME` (as it is) or `text NAME` (escaped for HTML).
std::string filled(std::string_view placeholder, const RunDocument& document, const std::string& data) {
  constexpr std::string_view asset = "asset ";
  constexpr std::string_view text = "text ";
  if (placeholder == "title") return escaped(page_title(document));
  if (placeholder == "data") return data;
  if (placeholder.substr(0, asset.size()) == asset) return asset_text(placeholder.substr(asset.size()));
  if (placeholder.substr(0, text.size()) == text) return escaped(asset_text(placeholder.substr(text.size())));
  throw std::logic_error(fmt::format("page.html: unknown placeholder {}", placeholder));
}

/// page.html with each {{placeholder}} filled; it alone decides what is inlined and in which order.
std::string filled_page(const RunDocument& document, const std::string& data) {
  const std::string page = asset_text("page.html");
  std::string out;
  std::size_t at = 0;
  for (;;) {
    const std::size_t open = page.find("{{", at);
    if (open == std::string::npos) break;
    const std::size_t close = page.find("}}", open);
    if (close == std::string::npos) throw std::logic_error("page.html: a placeholder is not closed");
    out.append(page, at, open - at);
    out += filled(std::string_view(page).substr(open + 2, close - open - 2), document, data);
    at = close + 2;
  }
  return out.append(page, at);
}

/// The document as JSON, `tables` already being some.
std::string page_data(const RunDocument& document, const std::string& tables) {
  return fmt::format("{{\"summary\":{},\"run\":{},\"about\":{},\"tables\":{}}}", embedded_json(document.summary),
                     embedded_json(without_logs(document.run)), embedded_json(document.about), tables);
}

}  // namespace

std::string html_report(const RunDocument& document, const std::vector<TableOutline>& left_out) {
  // Base64 holds nothing that could end a script element, so no text of the document can break out of it.
  const auto packed = [&](const RunDocument& shown, const std::string& tables) {
    return base64(gzip(page_data(shown, tables)));
  };
  std::string whole = filled_page(document, packed(document, embedded_tables(document.tables, left_out)));
  if (whole.size() <= kPageLimit) return whole;
  const RunDocument outline = outlined(document);
  const std::size_t fixed = filled_page(document, packed(outline, "[]")).size();
  const std::size_t budget = (kPageLimit - std::min(kPageLimit, fixed)) / 4 * 3;
  return filled_page(document, packed(outline, embedded_tables(document.tables, left_out, budget)));
}

}  // namespace levee
