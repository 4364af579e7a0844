// POST /v1/events: parse, append, mark the shoppers stale, acknowledge; all of it on a store thread, because parsing
// a large body would hold up other requests.
#include <boost/json.hpp>
#include <utility>

#include "server/application.h"
#include "server/event_body.h"
#include "server/problem.h"
#include "server/routes.h"

namespace inkling::server {

namespace {

HttpResponse acknowledged(const store::AppendReceipt& receipt) {
  HttpResponse response;
  response.body = boost::json::serialize(boost::json::object{
      {"accepted", receipt.accepted}, {"duplicates", receipt.duplicates}, {"last_sequence", receipt.last_sequence}});
  return response;
}

class TakeEvents final : public Handler {
 public:
  TakeEvents(Application& application, HttpRequest request)
      : application_(application), request_(std::move(request)) {}

  std::optional<HttpResponse> begin() override { return std::nullopt; }

  std::optional<HttpResponse> load() override {
    const FutureLimit limit{application_.services.clock.now_ms(), application_.max_future_ms};
    const ParsedEvents parsed = parse_events(request_.content_type, request_.body, limit);
    if (!parsed.status.ok()) {
      application_.telemetry.events_taken({.refused = 1});
      return problem(parsed.status, request_.target, parsed.line);
    }
    const auto receipt = application_.services.store.append(parsed.events);
    if (!receipt.ok()) return problem(receipt.status(), request_.target);
    application_.live.events_appended(parsed.events);
    application_.world.events_appended();
    application_.telemetry.events_taken({.accepted = receipt->accepted, .duplicates = receipt->duplicates});
    return acknowledged(*receipt);
  }

  HttpResponse finish(ScorerWorkspaces&) override {
    return problem(base::internal_error("POST /v1/events ends on the store thread"), request_.target);
  }

 private:
  Application& application_;
  HttpRequest request_;
};

}  // namespace

std::vector<Route> event_routes() {
  return {{.method = "POST",
           .pattern = "/v1/events",
           .operation = "takeEvents",
           .summary = "Take events in",
           .description =
               "JSON Lines, one JSON object or a JSON array of objects. All or nothing: one bad event and nothing is "
               "written; an event dated more than a day ahead of the server's clock is bad. Answered only after the "
               "journal has them on disk; sending the same ids again is harmless.",
           .bodies = {{kJsonLinesType, "Event"}, {kJsonType, "Events"}},
           .answers = {{200, "Every event is in the journal", "EventReceipt"},
                       {400, "Some event is wrong: the detail names its line, field and value", "Problem"},
                       {413, "The body is over the limit", "Problem"},
                       {415, "The body is neither JSON Lines nor JSON", "Problem"}},
           .make = make_handler<TakeEvents>}};
}

}  // namespace inkling::server
