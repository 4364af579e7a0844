// One HTTP request and its answer as plain values, so that no handler and none of its tests needs the HTTP library.
// Not for the wire: connection.cpp reads and writes that. Thread safety: plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/bounded_count.h"

namespace inkling::server {

inline constexpr std::string_view kJsonType = "application/json";
inline constexpr std::string_view kProblemType = "application/problem+json";

struct HttpRequest {
  std::string method;            // "GET"
  std::string target;            // as sent, percent-encoded, with its query
  std::string content_type;      // without parameters, lower case; "" when not said
  std::string content_encoding;  // "" when not said
  std::string if_none_match;     // as sent; "" when not said
  std::string accept_encoding;   // lower case; "" when not said
  std::string body;
  Share body_share;                 // of the memory for bodies; given back when nobody needs the request any more
  std::int64_t waited_us = 0;       // in the socket, before anybody looked
  std::vector<std::string> params;  // what the route's {placeholders} stood for, decoded, valid UTF-8, never empty
};

struct HttpResponse {
  unsigned status = 200;
  std::string content_type{kJsonType};
  std::string body;
  Share body_share;                // of the memory for bodies, where the body is large; given back once it is written
  std::string allow;               // "GET, HEAD": with 405 only
  unsigned retry_after_s = 0;      // 0: not said
  std::string etag;                // quoted; "": not said
  std::string content_encoding{};  // "gzip"; "": the body is as it is
  std::string cache_control{"no-store"};
  std::vector<std::pair<std::string, std::string>> fields;  // further header fields
};

// Whether If-None-Match names this entity tag (RFC 9110 section 13.1.2: a weak one matches too), or any.
[[nodiscard]] bool names_etag(std::string_view if_none_match, std::string_view etag);

// Whether Accept-Encoding, in lower case, takes gzip.
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding);

// 304 for a copy that the client has: the fields of `whole` without its body.
[[nodiscard]] HttpResponse not_modified(HttpResponse whole);

}  // namespace inkling::server
