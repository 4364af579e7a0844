// Every route of the API, told once: matching, 404 with the nearest route, 405 with Allow and the OpenAPI document
// are all read from this table, so they cannot disagree. Not for what a route does: that is its Handler. Thread
// safety: immutable after construction. Cost: match is linear in the routes (a dozen).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "server/handler.h"

namespace inkling::server {

// One documented answer. `schema` names one of openapi_schemas(); "" for a body that is not JSON.
struct RouteAnswer {
  unsigned status;
  std::string_view description;
  std::string_view schema;
  std::string_view content_type = kJsonType;
};

struct RouteBody {
  std::string_view content_type;
  std::string_view schema;
};

// One documented member of the target's query: ?ids=a,b. Others are ignored.
struct RouteQuery {
  std::string_view name;
  std::string_view description;
  bool required = false;
};

struct Route {
  std::string_view method{};     // "GET" also answers HEAD
  std::string_view pattern{};    // "/v1/shoppers/{id}": a placeholder stands for one non-empty segment
  std::string_view operation{};  // operationId
  std::string_view summary{};
  std::string_view description{};
  std::vector<RouteQuery> queries{};
  std::vector<RouteBody> bodies{};  // what it reads; empty: no body
  std::vector<RouteAnswer> answers{};
  bool needs_ready = true;  // 503 while the server is not ready
  MakeHandler make = nullptr;
};

struct RouteMatch {
  const Route* route = nullptr;  // null: `refusal` says why
  std::size_t route_index = 0;
  std::vector<std::string> params;
  HttpResponse refusal;  // 400 (target is no valid path), 404 or 405
};

class RouteTable {
 public:
  explicit RouteTable(std::vector<Route> routes);

  [[nodiscard]] std::span<const Route> routes() const { return routes_; }
  // `target` as sent: percent-encoded, with its query.
  [[nodiscard]] RouteMatch match(std::string_view method, std::string_view target) const;

 private:
  using Segments = std::vector<std::string>;
  [[nodiscard]] std::string allowed_methods(const Segments& path) const;
  [[nodiscard]] std::string_view nearest_pattern(const Segments& path) const;

  std::vector<Route> routes_;
  std::vector<Segments> patterns_;  // of routes_, split at '/'
};

}  // namespace inkling::server
