#include "server/application.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "server/problem.h"
#include "server/routes.h"

namespace inkling::server {

namespace {

std::string listed_types(const Route& route) {
  std::string types;
  for (const auto& body : route.bodies) types += (types.empty() ? "" : ", ") + std::string(body.content_type);
  return types;
}

std::optional<HttpResponse> refuse_body_type(const Route& route, const HttpRequest& request) {
  if (route.bodies.empty()) return std::nullopt;
  if (!request.content_encoding.empty() && request.content_encoding != "identity") {
    return problem(415, "Content-Encoding: \"" + request.content_encoding + "\" is not read; send the body as it is",
                   request.target);
  }
  const bool known = std::any_of(route.bodies.begin(), route.bodies.end(),
                                 [&](const RouteBody& body) { return body.content_type == request.content_type; });
  if (known || request.content_type.empty()) return std::nullopt;
  return problem(415, "Content-Type: \"" + request.content_type + "\" is not one of " + listed_types(route),
                 request.target);
}

std::optional<HttpResponse> refuse(const Application& application, const Route& route, const HttpRequest& request) {
  if (route.needs_ready) {
    if (auto reason = application.readiness.why_not()) return problem(503, "not ready: " + *reason, request.target);
  }
  return refuse_body_type(route, request);
}

}  // namespace

std::string_view inkling_version() {
  return INKLING_VERSION;
}

Application::Application(const ServerOptions& options, Services lent, std::uint64_t process_seed)
    : services(std::move(lent)),
      max_future_ms(options.max_future_ms),
      in_flight(options),
      live(services.store, services.scorers, options.live_shopper_bytes, options.hot_shopper_bytes),
      world(services.store, services.log, options.world_rest_ms),
      impressions(services.store, services.log, [this] { world.events_appended(); }),
      routes(all_routes()),
      telemetry(routes.routes(), inkling_version()),
      request_ids(process_seed) {}

base::Status Application::prepare(const ServerOptions& options) {
  return world.read_journal(options.world_journal_events);
}

void Application::start() {
  world.start();
  impressions.start();
}

void Application::stop() {
  impressions.stop();
  world.stop();
}

Opened open_request(Application& application, HttpRequest request) {
  Opened opened;
  RouteMatch match = application.routes.match(request.method, request.target);
  if (match.route == nullptr) {
    opened.route_index = application.routes.routes().size();
    opened.refusal = std::move(match.refusal);
    return opened;
  }
  opened.route_index = match.route_index;
  request.params = std::move(match.params);
  if (auto refusal = refuse(application, *match.route, request)) {
    opened.refusal = *std::move(refusal);
  } else {
    opened.handler = match.route->make(application, std::move(request));
  }
  return opened;
}

}  // namespace inkling::server
