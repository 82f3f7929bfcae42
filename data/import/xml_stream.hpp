#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "data/import/byte_stream.hpp"

namespace levee {

/// Attributes of an element, by local name.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
  std::string_view get(std::string_view name) const;  ///< empty when there is none

 private:
  const char** pairs_;
};

/// What is told of a document, in its order. Names are local, without prefix.
struct XmlHandler {
  std::function<void(std::string_view name, const XmlAttributes& attributes)> start;
  std::function<void(std::string_view name)> end;
  std::function<void(std::string_view text)> text;
};

/// An XML document read a piece at a time, by expat. Entities are refused: nothing that a table needs, and they can
/// expand without end.
class XmlStream {
 public:
  XmlStream(std::unique_ptr<ByteStream> stream, std::string name, XmlHandler handler);
  ~XmlStream();
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;

  /// Reads one more piece and tells the handler; false at the end. Throws InputError at the line that is no XML, and
  /// whatever the handler throws.
  bool advance();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace levee
