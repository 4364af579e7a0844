// Errors as values: Status says whether something worked, Result<T> also carries what it made.
// Not for programming mistakes of our own (those are asserts) and never thrown.
//
// A message is one sentence that names the place (file, line, field), the value found and what would be right.
// Thread safety: plain values. Cost: success allocates nothing. Wasm-clean: no exceptions, no I/O.
#pragma once

#include <cassert>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace inkling::base {

// What kind of failure: decides the exit code of the program and the HTTP status of an answer.
enum class ErrorCode : std::uint8_t {
  kOk = 0,
  kInvalidInput,   // the caller's data is wrong: exit 2, HTTP 400
  kNotFound,       // the thing named does not exist: exit 2, HTTP 404
  kConflict,       // it exists already, or is in use by another process: exit 3, HTTP 409
  kTooLarge,       // over a stated limit: exit 2, HTTP 413
  kUnsupported,    // understood, but not by this version or build: exit 2, HTTP 422
  kCorrupt,        // our own files are damaged: exit 4, HTTP 500
  kIo,             // the disk or network failed: exit 4, HTTP 500
  kUnavailable,    // overloaded, not ready or past the deadline: exit 5, HTTP 503
  kInternal,       // our bug: exit 70, HTTP 500
};

class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(ErrorCode code, std::string message) : code_(code), message_(std::move(message)) {}

  static Status ok_status() { return {}; }
  [[nodiscard]] bool ok() const { return code_ == ErrorCode::kOk; }
  [[nodiscard]] ErrorCode code() const { return code_; }
  [[nodiscard]] const std::string& message() const { return message_; }

  // The same error, told from one floor higher: "<where>: <message>".
  [[nodiscard]] Status within(const std::string& where) const {
    return ok() ? *this : Status(code_, where + ": " + message_);
  }

 private:
  ErrorCode code_ = ErrorCode::kOk;
  std::string message_;
};

inline Status invalid_input(std::string message) { return {ErrorCode::kInvalidInput, std::move(message)}; }
inline Status not_found(std::string message) { return {ErrorCode::kNotFound, std::move(message)}; }
inline Status conflict(std::string message) { return {ErrorCode::kConflict, std::move(message)}; }
inline Status too_large(std::string message) { return {ErrorCode::kTooLarge, std::move(message)}; }
inline Status unsupported(std::string message) { return {ErrorCode::kUnsupported, std::move(message)}; }
inline Status corrupt(std::string message) { return {ErrorCode::kCorrupt, std::move(message)}; }
inline Status io_error(std::string message) { return {ErrorCode::kIo, std::move(message)}; }
inline Status unavailable(std::string message) { return {ErrorCode::kUnavailable, std::move(message)}; }
inline Status internal_error(std::string message) { return {ErrorCode::kInternal, std::move(message)}; }

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}                                     // NOLINT: implicit on purpose
  Result(Status status) : status_(std::move(status)) { assert(!status_.ok()); }     // NOLINT: implicit on purpose

  [[nodiscard]] bool ok() const { return value_.has_value(); }
  explicit operator bool() const { return ok(); }
  [[nodiscard]] const Status& status() const { return status_; }

  T& value() & { assert(ok()); return *value_; }
  const T& value() const& { assert(ok()); return *value_; }
  // By value, so that `for (auto& x : *make())` and `const auto& x = *make();` hold what they name.
  T value() && { assert(ok()); return *std::move(value_); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  std::optional<T> value_;
  Status status_;
};

}  // namespace inkling::base

// Leaves the function with the error, if there is one.
#define INKLING_TRY(expression)                                    \
  do {                                                             \
    if (auto try_status = (expression); !try_status.ok()) return try_status; \
  } while (false)

#define INKLING_JOIN_(a, b) a##b
#define INKLING_JOIN(a, b) INKLING_JOIN_(a, b)
#define INKLING_ASSIGN_(temporary, target, expression)       \
  auto temporary = (expression);                             \
  if (!temporary.ok()) return temporary.status();            \
  target = *std::move(temporary)

// INKLING_ASSIGN(auto x, make_x()): x, or leaves the function with the error.
#define INKLING_ASSIGN(target, expression) INKLING_ASSIGN_(INKLING_JOIN(try_result_, __LINE__), target, expression)
