// Asks a remote checker on a worker's event loop: a coroutine, so no thread ever waits for it. Keeps its connections
// for the next call. Not for what the answer means: scene/live_check.h.
//
// One a worker. Ownership: the checker must outlive it. Thread safety: its worker's thread only. Failure: within the
// deadline an answer or a sentence why there is none; a connection that the checker had closed meanwhile is replaced
// once.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <memory>
#include <vector>

#include "base/core/clock.h"
#include "server/checker.h"

namespace inkling::server {

inline constexpr std::size_t kMostChecks = 256;  // of one worker at once

class RemoteCheck {
 public:
  using Executor = boost::asio::io_context::executor_type;
  template <typename T>
  using Task = boost::asio::awaitable<T, Executor>;

  RemoteCheck(boost::asio::io_context& context, Checker& checker);
  ~RemoteCheck();

  [[nodiscard]] Task<CheckAnswer> ask(CheckQuestion question);

 private:
  struct Call;
  [[nodiscard]] Task<base::Result<std::string>> call(std::shared_ptr<Call> call, std::string body);
  [[nodiscard]] CheckAnswer silent(CheckOutcome outcome, std::string why);
  [[nodiscard]] CheckAnswer settle(const base::Result<std::string>& body, bool late, std::int64_t limit_ms);

  boost::asio::io_context& context_;
  Checker& checker_;
  std::vector<std::shared_ptr<Call>> idle_;  // with connections that are open
  std::size_t under_way_ = 0;
};

}  // namespace inkling::server
