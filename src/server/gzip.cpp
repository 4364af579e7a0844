#include "server/gzip.h"

#include <zlib.h>

#include <limits>

namespace inkling::server {

base::Result<std::string> gzip(std::string_view bytes) {
  constexpr int kGzipWindowBits = 15 + 16;
  constexpr int kMemoryLevel = 9;
  if (bytes.size() > std::numeric_limits<uInt>::max() / 2) return base::too_large("gzip: more than 2 GiB at once");
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindowBits, kMemoryLevel, Z_DEFAULT_STRATEGY) !=
      Z_OK)
    return base::internal_error("gzip: zlib could not be set up");
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  // zlib's interface takes bytes that it only reads as not const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int ended = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (ended != Z_STREAM_END) return base::internal_error("gzip: zlib did not finish");
  return packed;
}

}  // namespace inkling::server
