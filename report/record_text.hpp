#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/scenario_record.hpp"

namespace levee {

/// What is known of a record's text without reading all of it.
struct RecordHead {
  std::string name;
  bool whole = true;
  bool has_model = false;
  ModelSize size;
  std::vector<std::optional<EmissionCap>> caps;
  std::uint64_t summary = 0, run = 0;  ///< bytes of its entries in summary.json and run.json, which follow the head
  std::vector<std::uint64_t> rows;     ///< bytes of each table's rows, which follow them
};

/// A record as text, for a file or another process: the head, a line of JSON; the entries, a line of JSON each; the
/// rows of every table.
struct RecordText {
  RecordHead head;
  std::string head_line, summary, run;
  const std::vector<std::string>* rows = nullptr;  ///< the record's own

  std::vector<std::string_view> pieces() const;
};

/// The record must outlive its text.
RecordText record_text(const ScenarioRecord& record);

/// Reads a head line.
RecordHead read_record_head(std::string_view line);

/// Reads a whole text, the pieces one after the other.
ScenarioRecord read_record(std::string_view text);

}  // namespace levee
