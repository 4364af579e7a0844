// What the server says of itself: live models, health, metrics, its own description.
#include <boost/json.hpp>
#include <utility>

#include "server/application.h"
#include "server/openapi.h"
#include "server/problem.h"
#include "server/routes.h"

namespace inkling::server {

namespace {

using Tell = HttpResponse (*)(Application& application, const HttpRequest& request);
enum class Where { kHttpThread, kStoreThread };

// A route that is one function of the application.
template <Tell tell, Where where = Where::kHttpThread>
class TellHandler final : public Handler {
 public:
  TellHandler(Application& application, HttpRequest request)
      : application_(application), request_(std::move(request)) {}

  std::optional<HttpResponse> begin() override {
    if (where == Where::kHttpThread) return tell(application_, request_);
    return std::nullopt;
  }
  std::optional<HttpResponse> load() override { return tell(application_, request_); }
  HttpResponse finish(ScorerWorkspaces&) override { return tell(application_, request_); }

 private:
  Application& application_;
  HttpRequest request_;
};

HttpResponse json_response(std::string_view name, boost::json::value value) {
  boost::json::object document;
  document[name] = std::move(value);
  HttpResponse response;
  response.body = boost::json::serialize(document);
  return response;
}

HttpResponse tell_models(Application& application, const HttpRequest&) {
  boost::json::array models;
  for (const auto& scorer : application.live.scorers()) {
    boost::json::array targets;
    for (const auto& target : scorer->info().targets) {
      targets.push_back({{"target", target.name}, {"horizon_ms", target.horizon_ms}});
    }
    const feature::ScorerInfo& info = scorer->info();
    models.push_back({{"model", info.model},
                      {"version", info.version},
                      {"arithmetic", info.arithmetic},
                      {"targets", std::move(targets)}});
  }
  for (const basket::RankingPackage& ranker : application.live.rankers()) {
    models.push_back({{"model", ranker.model},
                      {"version", ranker.version},
                      {"arithmetic", "float"},
                      {"targets", boost::json::array()},
                      {"orders", "candidates"}});
  }
  for (const index::VectorPackage& package : application.services.vectors) {
    models.push_back({{"model", package.model},
                      {"version", package.version},
                      {"arithmetic", "float"},
                      {"targets", boost::json::array()},
                      {"vectors", package.vectors->rows()}});
  }
  return json_response("models", std::move(models));
}

HttpResponse tell_live(Application&, const HttpRequest&) {
  return json_response("status", "live");
}

HttpResponse tell_ready(Application& application, const HttpRequest& request) {
  if (auto reason = application.readiness.why_not()) return problem(503, "not ready: " + *reason, request.target);
  return json_response("status", "ready");
}

HttpResponse tell_metrics(Application& application, const HttpRequest&) {
  HttpResponse response;
  response.content_type = kMetricsType;
  const Observed observed = {
      application.live.statistics(),
      application.services.store.statistics(),
      application.world.statistics(),
      application.impressions.counts(),
      {application.in_flight.store_requests.used(), application.in_flight.body_bytes.used()},
      {application.capacity.threads, application.connections.limit(), application.in_flight.store_requests.limit()},
      application.answers.counts(),
      application.checker ? std::optional(application.checker->counts()) : std::nullopt,
      application.tags.statistics(),
      application.prices.statistics()};
  response.body = application.telemetry.text(observed);
  return response;
}

HttpResponse tell_openapi(Application& application, const HttpRequest&) {
  HttpResponse response;
  response.body = openapi_document(application.routes.routes(), inkling_version());
  return response;
}

}  // namespace

std::vector<Route> system_routes() {
  return {{.method = "GET",
           .pattern = "/v1/models",
           .operation = "tellModels",
           .summary = "The models that are live",
           .description = "One package a model, with what it predicts of a shopper, or what it puts in order.",
           .answers = {{200, "The live packages", "Models"}},
           .make = make_handler<TellHandler<tell_models>>},
          {.method = "GET",
           .pattern = "/health/live",
           .operation = "tellLive",
           .summary = "Whether the process answers",
           .description = "For a supervisor: restart it when this fails.",
           .answers = {{200, "It does", "Health"}},
           .needs_ready = false,
           .make = make_handler<TellHandler<tell_live>>},
          {.method = "GET",
           .pattern = "/health/ready",
           .operation = "tellReady",
           .summary = "Whether requests may be sent here",
           .description = "For a load balancer. 503 until everything is loaded.",
           .answers = {{200, "They may", "Health"}, {503, "Not now: the detail says why", "Problem"}},
           .needs_ready = false,
           .make = make_handler<TellHandler<tell_ready>>},
          {.method = "GET",
           .pattern = "/metrics",
           .operation = "tellMetrics",
           .summary = "Counters and latencies",
           .description = "Prometheus' text format 0.0.4.",
           .answers = {{200, "All series", "", "text/plain"}},
           .needs_ready = false,
           .make = make_handler<TellHandler<tell_metrics, Where::kStoreThread>>},
          {.method = "GET",
           .pattern = "/openapi.json",
           .operation = "tellOpenApi",
           .summary = "This description",
           .description = "OpenAPI 3.1, made from the table that routes requests.",
           .answers = {{200, "The document", "OpenApi"}},
           .needs_ready = false,
           .make = make_handler<TellHandler<tell_openapi>>}};
}

}  // namespace inkling::server
