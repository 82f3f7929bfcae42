#pragma once

#include <memory>
#include <string>

#include "data/import/byte_stream.hpp"

namespace levee {

/// Text in another encoding (ISO-8859-1, WINDOWS-1252, UTF-16: a name that iconv knows) as UTF-8. `name` stands for the
/// file in messages. Throws InputError for an encoding that is not known; the stream throws at the line of bytes that
/// are no characters in it.
std::unique_ptr<ByteStream> recode(std::unique_ptr<ByteStream> from, const std::string& encoding,
                                   const std::string& name);

}  // namespace levee
