// One HTTP request and its answer as plain values, so that no handler and none of its tests needs the HTTP library.
// Not for the wire: connection.cpp reads and writes that. Thread safety: plain values.
#pragma once

#include <string>
#include <string_view>
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
  std::string body;
  Share body_share;                 // of the memory for bodies; given back when nobody needs the request any more
  std::vector<std::string> params;  // what the route's {placeholders} stood for, decoded, valid UTF-8, never empty
};

struct HttpResponse {
  unsigned status = 200;
  std::string content_type{kJsonType};
  std::string body;
  std::string allow;           // "GET, HEAD": with 405 only
  unsigned retry_after_s = 0;  // 0: not said
};

}  // namespace inkling::server
