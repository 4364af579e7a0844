// Errors as RFC 9457 problem documents: {"type", "title", "status", "detail", "instance"} and, where it is known, the
// "line" of the body that is wrong. Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/core/result.h"
#include "server/http_message.h"

namespace inkling::server {

inline constexpr std::uint64_t kNoLine = 0;

// `status` as HTTP: see base::ErrorCode. `instance` is the request's target.
[[nodiscard]] HttpResponse problem(const base::Status& status, std::string_view instance,
                                   std::uint64_t line = kNoLine);

// The same for what has no ErrorCode of its own: 405, 408, 415, 431 ...
[[nodiscard]] HttpResponse problem(unsigned http_status, std::string_view detail, std::string_view instance,
                                   std::uint64_t line = kNoLine);

}  // namespace inkling::server
