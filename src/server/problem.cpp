#include "server/problem.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "base/core/utf8.h"

namespace inkling::server {

namespace {

struct Kind {
  unsigned http_status;
  std::string_view slug;
  std::string_view title;
};

constexpr std::array kKinds = {
    Kind{400, "invalid-input", "The request is not valid"},
    Kind{404, "not-found", "There is no such thing"},
    Kind{405, "method-not-allowed", "The route does not know this method"},
    Kind{408, "timeout", "The request did not arrive in time"},
    Kind{409, "conflict", "It is in use or exists already"},
    Kind{413, "too-large", "The request is over a limit"},
    Kind{415, "unsupported-media-type", "The body's type is not one the route reads"},
    Kind{422, "unsupported", "This version cannot do that"},
    Kind{431, "headers-too-large", "The request's headers are over the limit"},
    Kind{500, "internal", "The server failed"},
    Kind{503, "unavailable", "The server cannot answer now"},
};

constexpr unsigned kRetryAfterS = 1;

const Kind& kind_of(unsigned http_status) {
  const auto* found =
      std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& kind) { return kind.http_status == http_status; });
  return found == kKinds.end() ? kKinds[kKinds.size() - 2] : *found;
}

unsigned http_status_of(base::ErrorCode code) {
  switch (code) {
    case base::ErrorCode::kOk:
    case base::ErrorCode::kCorrupt:
    case base::ErrorCode::kIo:
    case base::ErrorCode::kInternal:
      return 500;
    case base::ErrorCode::kInvalidInput:
      return 400;
    case base::ErrorCode::kNotFound:
      return 404;
    case base::ErrorCode::kConflict:
      return 409;
    case base::ErrorCode::kTooLarge:
      return 413;
    case base::ErrorCode::kUnsupported:
      return 422;
    case base::ErrorCode::kUnavailable:
      return 503;
  }
  return 500;
}

// Every byte that is no part of well-formed UTF-8 becomes U+FFFD.
std::string utf8_or_replaced(std::string_view text) {
  std::string clean;
  for (std::size_t good = base::utf8_valid_bytes(text); good < text.size(); good = base::utf8_valid_bytes(text)) {
    clean.append(text.substr(0, good)).append("\xEF\xBF\xBD");
    text.remove_prefix(good + 1);
  }
  return clean.append(text);
}

}  // namespace

HttpResponse problem(unsigned http_status, std::string_view detail, std::string_view instance, std::uint64_t line) {
  const Kind& kind = kind_of(http_status);
  boost::json::object document;
  document["type"] = "urn:inkling:problem:" + std::string(kind.slug);
  document["title"] = kind.title;
  document["status"] = http_status;
  // A detail may quote what the client sent, and that need not be UTF-8; the answer always is.
  document["detail"] = utf8_or_replaced(detail);
  document["instance"] = utf8_or_replaced(instance);
  if (line != kNoLine) document["line"] = line;
  HttpResponse response;
  response.status = http_status;
  response.content_type = kProblemType;
  response.body = boost::json::serialize(document);
  if (http_status == 503) response.retry_after_s = kRetryAfterS;
  return response;
}

HttpResponse problem(const base::Status& status, std::string_view instance, std::uint64_t line) {
  return problem(http_status_of(status.code()), status.message(), instance, line);
}

}  // namespace inkling::server
