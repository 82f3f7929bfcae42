#include "data/import/xml_stream.hpp"

#include <expat.h>

#include <cstddef>
#include <exception>
#include <new>
#include <utility>
#include <vector>

#include "data/diagnostics.hpp"

namespace levee {
namespace {

constexpr int parsed_piece = 1 << 18;

std::string_view local(const char* name) {
  const std::string_view text(name);
  const std::size_t colon = text.rfind(':');
  return colon == std::string_view::npos ? text : text.substr(colon + 1);
}

}  // namespace

std::string_view XmlAttributes::get(std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    if (local(pair[0]) == name) return pair[1];
  }
  return {};
}

struct XmlStream::State {
  std::unique_ptr<ByteStream> stream;
  std::string name;
  XmlHandler handler;
  XML_Parser parser = nullptr;
  std::exception_ptr thrown;  ///< by the handler: it must not pass through expat
  bool entity = false;
  bool ended = false;

  template <class Tell>
  void guarded(Tell&& tell) {
    if (thrown) return;
    try {
      tell();
    } catch (...) {
      thrown = std::current_exception();
      XML_StopParser(parser, XML_FALSE);
    }
  }

  static void start(void* self, const char* name, const char** attributes) {
    auto& state = *static_cast<State*>(self);
    state.guarded([&] {
      if (state.handler.start) state.handler.start(local(name), XmlAttributes(attributes));
    });
  }
  static void end(void* self, const char* name) {
    auto& state = *static_cast<State*>(self);
    state.guarded([&] {
      if (state.handler.end) state.handler.end(local(name));
    });
  }
  static void text(void* self, const char* text, int size) {
    auto& state = *static_cast<State*>(self);
    state.guarded([&] {
      if (state.handler.text) state.handler.text(std::string_view(text, static_cast<std::size_t>(size)));
    });
  }
  static void declared(void* self, const char*, int, const char*, int, const char*, const char*, const char*,
                       const char*) {
    auto& state = *static_cast<State*>(self);
    state.entity = true;
    XML_StopParser(state.parser, XML_FALSE);
  }
};

XmlStream::XmlStream(std::unique_ptr<ByteStream> stream, std::string name, XmlHandler handler)
    : state_(std::make_unique<State>()) {
  state_->stream = std::move(stream);
  state_->name = std::move(name);
  state_->handler = std::move(handler);
  state_->parser = XML_ParserCreate(nullptr);
  if (state_->parser == nullptr) throw std::bad_alloc();
  XML_SetUserData(state_->parser, state_.get());
  XML_SetElementHandler(state_->parser, State::start, State::end);
  XML_SetCharacterDataHandler(state_->parser, State::text);
  XML_SetEntityDeclHandler(state_->parser, State::declared);
}

XmlStream::~XmlStream() { XML_ParserFree(state_->parser); }

bool XmlStream::advance() {
  State& state = *state_;
  if (state.ended) return false;
  void* buffer = XML_GetBuffer(state.parser, parsed_piece);
  if (buffer == nullptr) throw std::bad_alloc();
  const std::size_t count = state.stream->read(static_cast<char*>(buffer), parsed_piece);
  state.ended = count == 0;
  const XML_Status status = XML_ParseBuffer(state.parser, static_cast<int>(count), state.ended ? 1 : 0);
  if (state.thrown) std::rethrow_exception(state.thrown);
  if (status == XML_STATUS_OK) return !state.ended;
  const Location here{state.name, static_cast<int>(XML_GetCurrentLineNumber(state.parser)),
                      static_cast<int>(XML_GetCurrentColumnNumber(state.parser)) + 1};
  if (state.entity) throw InputError(here, "found an entity declared in the document: refused");
  throw InputError(here, std::string("is no whole XML document: ") + XML_ErrorString(XML_GetErrorCode(state.parser)));
}

}  // namespace levee
