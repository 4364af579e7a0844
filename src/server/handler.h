// What one request does, in at most three steps. Not for sockets, limits or metrics: connection.cpp and server.cpp do
// those around it.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "server/http_message.h"
#include "server/shopper_knowledge.h"

namespace inkling::server {

struct Application;

// One object a request. Ownership: dispatch.cpp's; one whose deadline passed during load() is dropped when that
// returns. Thread safety: the steps never overlap.
class Handler {
 public:
  virtual ~Handler() = default;

  // On the HTTP thread, must not block. A response ends the request; nullopt: load() comes next, unless loaded().
  [[nodiscard]] virtual std::optional<HttpResponse> begin() = 0;
  // True when begin() found everything in memory: load() is skipped.
  [[nodiscard]] virtual bool loaded() const { return false; }
  // On a store thread, may wait for the disk. A response ends the request; nullopt: finish() comes next.
  [[nodiscard]] virtual std::optional<HttpResponse> load() = 0;
  // On the HTTP thread, must not block; `workspaces` belong to that thread.
  [[nodiscard]] virtual HttpResponse finish(ScorerWorkspaces& workspaces) = 0;
};

using MakeHandler = std::unique_ptr<Handler> (*)(Application& application, HttpRequest request);

// For a route's table: make_handler<AnswerScene>.
template <typename SomeHandler>
std::unique_ptr<Handler> make_handler(Application& application, HttpRequest request) {
  return std::make_unique<SomeHandler>(application, std::move(request));
}

}  // namespace inkling::server
