// GET and PATCH /v1/carts/{shopper}: the cart is a part of the shopper's state, and a patch is a batch of the
// shopper's actions.
#include <utility>

#include "server/application.h"
#include "server/cart_json.h"
#include "server/cart_patch.h"
#include "server/problem.h"
#include "server/routes.h"

namespace inkling::server {

namespace {

// 200 changes with the longest ids stay far below.
constexpr std::size_t kPatchBodyLimitBytes = 256 * 1024;

class CartHandler : public Handler {
 public:
  CartHandler(Application& application, HttpRequest request)
      : application_(application), request_(std::move(request)) {}

  HttpResponse finish(ScorerWorkspaces&) override {
    return refused(base::internal_error("/v1/carts ends on the store thread"));
  }

 protected:
  const std::string& shopper() const { return request_.params.front(); }
  std::optional<HttpResponse> refuse_shopper() const {
    if (shopper().size() <= domain::kMaxIdBytes) return std::nullopt;
    return refused(base::invalid_input("shopper: has " + std::to_string(shopper().size()) + " bytes; at most " +
                                       std::to_string(domain::kMaxIdBytes) + " are allowed"));
  }
  HttpResponse refused(const base::Status& status) const { return problem(status, request_.target); }

  HttpResponse told() const {
    auto state = application_.services.store.shopper_state(shopper());
    if (!state.ok()) return refused(state.status());
    auto cart = cart_to_json(shopper(), *state, application_.services.store, application_.world.snapshot().offers,
                             application_.services.clock.now_ms());
    if (!cart.ok()) return refused(cart.status());
    HttpResponse response;
    response.body = *std::move(cart);
    return response;
  }

  Application& application_;
  HttpRequest request_;
};

class TellCart final : public CartHandler {
 public:
  using CartHandler::CartHandler;
  std::optional<HttpResponse> begin() override { return refuse_shopper(); }
  std::optional<HttpResponse> load() override { return told(); }
};

class ChangeCart final : public CartHandler {
 public:
  using CartHandler::CartHandler;

  std::optional<HttpResponse> begin() override {
    if (auto refusal = refuse_shopper()) return refusal;
    if (request_.body.size() > kPatchBodyLimitBytes) {
      return refused(base::too_large("body: " + std::to_string(request_.body.size()) +
                                     " bytes; a patch has at most " + std::to_string(kPatchBodyLimitBytes)));
    }
    auto patch = parse_cart_patch(request_.body);
    if (!patch.ok()) return refused(patch.status());
    patch_ = *std::move(patch);
    return std::nullopt;
  }

  std::optional<HttpResponse> load() override {
    if (base::Status status = change(); !status.ok()) return refused(status);
    return told();
  }

 private:
  // One patch of a shopper at a time: "so many pieces" becomes a difference to the cart as it is.
  base::Status change() {
    const auto turn = application_.shopper_turns.take(shopper());
    INKLING_ASSIGN(state::ShopperState state, application_.services.store.shopper_state(shopper()));
    const auto events = events_of(patch_, shopper(), application_.services.clock.now_ms(), state);
    INKLING_ASSIGN(const store::AppendReceipt receipt, application_.services.store.append(events));
    application_.live.events_appended(events);
    application_.world.events_appended();
    application_.telemetry.events_taken({.accepted = receipt.accepted, .duplicates = receipt.duplicates});
    return {};
  }

  CartPatch patch_;
};

}  // namespace

std::vector<Route> cart_routes() {
  return {{.method = "GET",
           .pattern = "/v1/carts/{shopper}",
           .operation = "tellCart",
           .summary = "A shopper's cart",
           .description = "The newest 32 lines with the catalogue's prices and what the promotions give for the "
                          "ticked ones; empty for "
                          "a shopper nobody told of.",
           .answers = {{200, "The cart", "Cart"}, {400, "The id is too long", "Problem"}},
           .make = make_handler<TellCart>},
          {.method = "PATCH",
           .pattern = "/v1/carts/{shopper}",
           .operation = "changeCart",
           .summary = "Change a shopper's cart",
           .description =
               "At most 200 changes, one after another, all or nothing. Answered with the new cart once the journal "
               "has the shopper's cart actions on disk; the same id again changes nothing.",
           .bodies = {{kJsonType, "CartPatch"}},
           .answers = {{200, "The cart as it is now", "Cart"},
                       {400, "The patch is wrong: the detail names the change and what is allowed", "Problem"},
                       {413, "The body is over the limit", "Problem"},
                       {415, "The body is not JSON", "Problem"}},
           .make = make_handler<ChangeCart>}};
}

}  // namespace inkling::server
