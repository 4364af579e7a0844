// GET /v1/models/{model}/edge: the package that a shopper's device runs.
#include <utility>

#include "server/application.h"
#include "server/problem.h"
#include "server/query.h"
#include "server/routes.h"

namespace inkling::server {

namespace {

constexpr std::string_view kPackageType = "application/octet-stream";

class TellEdgePackage final : public Handler {
 public:
  TellEdgePackage(Application& application, HttpRequest request)
      : application_(application), request_(std::move(request)) {}

  std::optional<HttpResponse> begin() override {
    const auto precision =
        artifact::device_precision_from(query_value(request_.target, "precision").value_or("int8"));
    if (!precision.ok()) return problem(precision.status(), request_.target);
    precision_ = *precision;
    return std::nullopt;
  }

  std::optional<HttpResponse> load() override {
    const std::string shopper = query_value(request_.target, "shopper").value_or("");
    const std::string& model = request_.params.front();
    auto package = application_.edge.package_for(model, shopper, precision_);
    if (!package.ok()) return problem(package.status(), request_.target);
    HttpResponse response = whole(**package);
    const bool known = names_etag(request_.if_none_match, response.etag);
    application_.telemetry.edge_package_told(model, (*package)->version, known ? "not_modified" : "sent");
    return known ? not_modified(std::move(response)) : std::move(response);
  }

  HttpResponse finish(ScorerWorkspaces&) override {
    return problem(base::internal_error("GET /v1/models/{model}/edge ends on the store thread"), request_.target);
  }

 private:
  HttpResponse whole(const EdgePackage& package) const {
    const bool packed = accepts_gzip(request_.accept_encoding);
    HttpResponse response;
    response.content_type = kPackageType;
    response.body = packed ? package.packed : package.bytes;
    response.etag = package.etag;
    if (packed) {
      response.content_encoding = "gzip";
      response.etag.insert(response.etag.size() - 1, "-gzip");
    }
    // Which version it is depends on the shopper and the rollout: a copy is kept, but asked about each time.
    response.cache_control = "private, no-cache";
    response.fields = {{"Inkling-Version", package.version}, {"Vary", "Accept-Encoding"}};
    return response;
  }

  Application& application_;
  HttpRequest request_;
  artifact::DevicePrecision precision_ = artifact::DevicePrecision::kInt8;
};

}  // namespace

std::vector<Route> edge_routes() {
  return {{.method = "GET",
           .pattern = "/v1/models/{model}/edge",
           .operation = "tellEdgePackage",
           .summary = "The package that a shopper's device runs",
           .description =
               "One device package. Inkling-Version names the version: the canary's for the share of shoppers that "
               "it is rolled out to, else the live one's. ETag and If-None-Match, gzip when accepted.",
           .queries = {{"precision", "float, fp16 or int8 (default): how the weights are kept"},
                       {"shopper", "Whose device it is; left out: the live version"}},
           .answers = {{200, "The package", "", kPackageType},
                       {400, "There is no such precision", "Problem"},
                       {404, "No version of this model is live", "Problem"},
                       {422, "The model has no form for devices", "Problem"}},
           .make = make_handler<TellEdgePackage>}};
}

}  // namespace inkling::server
