// Follows the registry: looks once a second, and whenever it is nudged, on a thread of its own. What a look does,
// such as loading a version that went live, is its owner's. A look that fails is counted and logged, and tried again.
//
// Ownership: `look` is called from the thread between start() and stop(), so its owner stops the watch before
// anything that it uses goes. Thread safety: start and stop from one thread, the rest from any.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "base/core/result.h"
#include "server/server.h"

namespace inkling::server {

class LiveWatch {
 public:
  // `failed` begins the line that the log gets: "tags: the graph stays as it was".
  LiveWatch(std::string failed, LogSink log, std::function<base::Status()> look)
      : failed_(std::move(failed)), log_(std::move(log)), look_(std::move(look)) {}
  ~LiveWatch() { stop(); }

  void start();
  void stop();
  void nudge();
  [[nodiscard]] std::uint64_t failures() const;

 private:
  static constexpr int kLookMs = 1000;

  void follow();
  [[nodiscard]] bool wait();

  std::string failed_;
  LogSink log_;
  std::function<base::Status()> look_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t failures_ = 0;
  bool nudged_ = false;
  bool stopping_ = false;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace inkling::server
