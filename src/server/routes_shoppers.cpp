// GET /v1/shoppers/{id}: what is known of one shopper, and what the live models say now.
#include <boost/json.hpp>
#include <utility>

#include "server/application.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/shopper_json.h"

namespace inkling::server {

namespace {

class TellShopper final : public Handler {
 public:
  TellShopper(Application& application, HttpRequest request)
      : application_(application), request_(std::move(request)) {}

  std::optional<HttpResponse> begin() override {
    if (shopper().size() > domain::kMaxIdBytes) {
      return problem(base::invalid_input("id: has " + std::to_string(shopper().size()) + " bytes; at most " +
                                         std::to_string(domain::kMaxIdBytes) + " are allowed"),
                     request_.target);
    }
    lease_ = application_.live.try_lease(shopper());
    return std::nullopt;
  }

  bool loaded() const override { return lease_.has_value(); }

  std::optional<HttpResponse> load() override {
    auto lease = application_.live.bring(shopper());
    if (!lease.ok()) return problem(lease.status(), request_.target);
    lease_ = *std::move(lease);
    return std::nullopt;
  }

  HttpResponse finish(ScorerWorkspaces& workspaces) override {
    const ShopperLease lease = *std::move(lease_);
    lease_.reset();
    if (lease.shopper_state().event_count == 0) {
      return problem(base::not_found("id: no event of a shopper \"" + shopper() + "\" is known"), request_.target);
    }
    ShopperKnowledge knowledge(application_.live.scorers(), lease, workspaces, application_.world.snapshot());
    HttpResponse response;
    response.body =
        shopper_to_json(shopper(), knowledge, application_.live.scorers(), application_.services.clock.now_ms());
    return response;
  }

 private:
  const std::string& shopper() const { return request_.params.front(); }

  Application& application_;
  HttpRequest request_;
  std::optional<ShopperLease> lease_;
};

}  // namespace

std::vector<Route> shopper_routes() {
  return {{.method = "GET",
           .pattern = "/v1/shoppers/{id}",
           .operation = "tellShopper",
           .summary = "What is known of one shopper",
           .description =
               "Counts of actions (also fading, by half-life), cart, recent actions, profile, coupons, and "
               "the live models' probabilities as of now.",
           .answers = {{200, "The shopper's state and intent", "Shopper"},
                       {404, "No event of this shopper is known", "Problem"}},
           .make = make_handler<TellShopper>}};
}

}  // namespace inkling::server
