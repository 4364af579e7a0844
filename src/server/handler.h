// What one request does, in at most five steps. Not for sockets, limits or metrics: connection.cpp and server.cpp do
// those around it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "server/checker.h"
#include "server/http_message.h"
#include "server/shopper_knowledge.h"

namespace inkling::server {

struct Application;

// One object a request. Ownership: dispatch.cpp's; one whose deadline passed during load() or write() is dropped
// when that returns, and one whose deadline passed before is not started. Thread safety: the steps never overlap.
class Handler {
 public:
  virtual ~Handler() = default;

  // On the HTTP thread, must not block. A response ends the request; nullopt: load() comes next, unless loaded().
  [[nodiscard]] virtual std::optional<HttpResponse> begin() = 0;
  // True when begin() found everything in memory: load() is skipped.
  [[nodiscard]] virtual bool loaded() const { return false; }
  // On a store thread, may wait for the disk. A response ends the request; nullopt: finish() comes next.
  [[nodiscard]] virtual std::optional<HttpResponse> load() = 0;
  // How long the request has waited until finish(), which comes next: for its thread and for the disk.
  virtual void waited(std::int64_t /*us*/) {}
  // On the HTTP thread, must not block; `workspaces` belong to that thread.
  [[nodiscard]] virtual HttpResponse finish(ScorerWorkspaces& workspaces) = 0;
  // What a remote checker is to be asked before finish()'s response may leave; nullopt: nothing. The answer comes to
  // settle(), on the HTTP thread, whose response leaves in its place.
  [[nodiscard]] virtual std::optional<CheckQuestion> question() { return std::nullopt; }
  [[nodiscard]] virtual HttpResponse settle(CheckAnswer /*answer*/) { return {}; }
  // True when finish()'s response must not leave before write() has made durable what it promises.
  [[nodiscard]] virtual bool must_write() const { return false; }
  // On a store thread, may wait for the disk. A response leaves in place of finish()'s; nullopt: that one does.
  [[nodiscard]] virtual std::optional<HttpResponse> write() { return std::nullopt; }
};

using MakeHandler = std::unique_ptr<Handler> (*)(Application& application, HttpRequest request);

// For a route's table: make_handler<AnswerScene>.
template <typename SomeHandler>
std::unique_ptr<Handler> make_handler(Application& application, HttpRequest request) {
  return std::make_unique<SomeHandler>(application, std::move(request));
}

}  // namespace inkling::server
