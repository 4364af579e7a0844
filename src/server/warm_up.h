// Scene requests as they were once asked, and their replay before a server says that it is ready: shoppers come into
// memory, the answer cache fills, and code and allocator have run before anybody waits for them. Nothing is
// journaled, granted or counted as an answer.
//
// The file: JSON Lines, {"scene": "add-on", "request": {...}} each, at most kMaxRecorded of them. A RequestRecorder
// writes one: it keeps the newest requests and writes them when the server stops. They name shoppers: treat the file
// as the journal. Thread safety: note from any thread. Failure: read_recorded as base::read_file, or kInvalidInput
// with file and line; a request of a scene that is not loaded is passed over and counted.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "scene/request.h"

namespace inkling::server {

struct Application;

inline constexpr std::size_t kMaxRecorded = 100'000;
inline constexpr std::size_t kMaxRecordedBytes = 4096;  // of one request; longer ones are not recorded

struct RecordedRequest {
  std::string scene;
  scene::Request request;
};

[[nodiscard]] base::Result<std::vector<RecordedRequest>> read_recorded(const std::string& path);

class RequestRecorder {
 public:
  // "": records nothing.
  RequestRecorder(std::string path, std::size_t newest) : path_(std::move(path)), newest_(newest) {}

  [[nodiscard]] bool records() const { return !path_.empty(); }
  // `body`: the JSON of a request that was read.
  void note(std::string_view scene, std::string_view body);
  [[nodiscard]] base::Status write() const;

 private:
  const std::string path_;
  const std::size_t newest_;
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;  // a ring
  std::size_t next_ = 0;
};

struct WarmUpReport {
  std::size_t answered = 0;
  std::size_t passed_over = 0;  // their scene is not loaded, or the store could not be read
  bool in_time = true;          // false: the limit ended it
};

// On a thread of its own; `stopped` ends it early. Says in the log and in /health/ready how far it is.
[[nodiscard]] WarmUpReport warm_up(Application& application, std::span<const RecordedRequest> requests,
                                   std::int64_t limit_ms, const std::function<bool()>& stopped);

}  // namespace inkling::server
