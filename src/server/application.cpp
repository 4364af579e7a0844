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

// A file of one of the folders.
class TellFile final : public Handler {
 public:
  TellFile(Application& application, HttpRequest request) : application_(application), request_(std::move(request)) {}

  std::optional<HttpResponse> begin() override { return std::nullopt; }
  std::optional<HttpResponse> load() override {
    const auto folder = std::ranges::find_if(application_.folders,
                                             [&](const FileFolder& each) { return each.holds(request_.target); });
    if (folder == application_.folders.end()) return problem(404, "path: there is no such file", request_.target);
    return folder->answer(request_, application_.in_flight.body_bytes);
  }
  HttpResponse finish(ScorerWorkspaces&) override {
    return problem(base::internal_error("files end on the store thread"), request_.target);
  }

 private:
  Application& application_;
  HttpRequest request_;
};

// What no route knows is a file, unless it is asked for as one of the API: there a typing mistake wants its answer.
bool is_for_files(const Application& application, const HttpRequest& request, const HttpResponse& refusal) {
  const bool reads = request.method == "GET" || request.method == "HEAD";
  return !application.folders.empty() && reads && refusal.status == 404 && !request.target.starts_with("/v1/");
}

}  // namespace

std::string_view inkling_version() {
  return INKLING_VERSION;
}

Application::Application(const ServerOptions& options, Services lent, std::uint64_t process_seed)
    : services(std::move(lent)),
      max_future_ms(options.max_future_ms),
      in_flight(options),
      capacity(options),
      connections(options.max_connections),
      live(services.store, services.scorers, options.live_shopper_bytes, options.hot_shopper_bytes, services.rankers,
           [this] { return tag_shelf.snapshot() != nullptr; }),
      world(services.store, services.log, options.world_rest_ms, services.vectors),
      impressions(services.store, services.log, [this] { world.events_appended(); }),
      routes(all_routes()),
      telemetry(routes.routes(), services.scenes, inkling_version()),
      request_ids(process_seed),
      answers(options.cached_answers, options.cached_answer_ms),
      recorder(options.record_requests, options.recorded_requests),
      edge(services.data_folder, services.device_package, steady_time),
      tags(services.data_folder, services.log),
      tag_shelf(services.store, world, tags, services.log, options.world_rest_ms),
      prices(services.data_folder, services.templates, services.log) {
  if (!options.checker.empty()) checker.emplace(options);
}

base::Status Application::prepare(const ServerOptions& options) {
  const auto serve_files = [this](std::string_view option, const std::string& path, std::string at) -> base::Status {
    if (path.empty()) return {};
    INKLING_ASSIGN(auto folder, FileFolder::open(option, path, std::move(at)));
    folders.push_back(std::move(folder));
    return {};
  };
  INKLING_TRY(serve_files("console", options.console, "/console"));
  INKLING_TRY(serve_files("www", options.www, ""));
  INKLING_TRY(tags.prepare());
  INKLING_TRY(prices.prepare());
  const std::int64_t now_ms = services.clock.now_ms();
  return world.read_journal(options.world_journal_events,
                            [&](const store::JournalEntry& entry) { grants.recover(entry.event, now_ms); });
}

void Application::start() {
  world.start([this](const store::JournalEntry& entry) {
    const auto* item = std::get_if<domain::Item>(&entry.event.body);
    if (item != nullptr) tag_shelf.item_told(entry.sequence, item->item);
  });
  impressions.start();
  tags.start();
  prices.start();
  tag_shelf.start();
}

void Application::stop() {
  tag_shelf.stop();
  prices.stop();
  tags.stop();
  impressions.stop();
  world.stop();
  if (!recorder.records()) return;
  const base::Status written = recorder.write();
  if (!written.ok() && services.log) services.log("recorded requests: " + written.message());
}

Opened open_request(Application& application, HttpRequest request) {
  Opened opened;
  RouteMatch match = application.routes.match(request.method, request.target);
  if (match.route == nullptr) {
    opened.route_index = application.routes.routes().size();
    if (is_for_files(application, request, match.refusal)) {
      opened.route_index = application.routes.routes().size() + 1;
      opened.handler = make_handler<TellFile>(application, std::move(request));
      return opened;
    }
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
