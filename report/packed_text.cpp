#include "report/packed_text.hpp"

#include <openssl/evp.h>
#include <zlib.h>

#include <limits>
#include <stdexcept>

namespace levee {

namespace {

constexpr int kGzipWindow = 15 + 16;  // the largest window; 16 asks for gzip's header instead of zlib's

/// zlib counts in unsigned int: the most bytes one deflateBound or deflate call may see.
unsigned int narrowed(std::size_t size) {
  if (size > std::numeric_limits<unsigned int>::max()) throw std::length_error("gzip: more than 4 GiB");
  return static_cast<unsigned int>(size);
}

}  // namespace

std::string gzip(std::string_view text) {
  z_stream stream{};
  // With these constants it fails only for want of memory.
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, 9, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("gzip: no memory");
  std::string out(deflateBound(&stream, narrowed(text.size())), '\0');
  std::string in(text);
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = narrowed(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = narrowed(out.size());
  const int status = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (status != Z_STREAM_END) throw std::runtime_error("gzip: the bound was too small");
  return out;
}

std::string base64(std::string_view bytes) {
  // OpenSSL counts in int: in pieces of a multiple of three bytes, of which none but the last is padded.
  constexpr std::size_t piece = 3U << 20U;
  std::string out;
  out.reserve(base64_size(bytes.size()));
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    const std::string_view part = bytes.substr(at, piece);
    std::string encoded(base64_size(part.size()) + 1, '\0');  // and a terminating zero
    const int length =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                        reinterpret_cast<const unsigned char*>(part.data()), static_cast<int>(part.size()));
    out.append(encoded, 0, static_cast<std::size_t>(length));
  }
  return out;
}

}  // namespace levee
