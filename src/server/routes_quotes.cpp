// POST /v1/quote: what the promotions give for a cart that the request brings. Nothing is journaled.
#include <utility>

#include "server/application.h"
#include "server/problem.h"
#include "server/quote_request.h"
#include "server/routes.h"

namespace inkling::server {

namespace {

// 200 lines with the longest ids stay far below.
constexpr std::size_t kQuoteBodyLimitBytes = 256 * 1024;

class QuoteCart final : public Handler {
 public:
  QuoteCart(Application& application, HttpRequest request)
      : application_(application), request_(std::move(request)) {}

  std::optional<HttpResponse> begin() override {
    if (request_.body.size() > kQuoteBodyLimitBytes) {
      return refused(base::too_large("body: " + std::to_string(request_.body.size()) +
                                     " bytes; a quote has at most " + std::to_string(kQuoteBodyLimitBytes)));
    }
    auto quote = parse_quote_request(request_.body);
    if (!quote.ok()) return refused(quote.status());
    quote_ = *std::move(quote);
    return std::nullopt;
  }

  std::optional<HttpResponse> load() override {
    auto json = quote_to_json(quote_, application_.services.store, application_.world.snapshot().offers,
                              application_.services.clock.now_ms());
    if (!json.ok()) return refused(json.status());
    HttpResponse response;
    response.body = *std::move(json);
    return response;
  }

  HttpResponse finish(ScorerWorkspaces&) override {
    return refused(base::internal_error("POST /v1/quote ends on the store thread"));
  }

 private:
  HttpResponse refused(const base::Status& status) const { return problem(status, request_.target); }

  Application& application_;
  HttpRequest request_;
  QuoteRequest quote_;
};

}  // namespace

std::vector<Route> quote_routes() {
  return {{.method = "POST",
           .pattern = "/v1/quote",
           .operation = "quoteCart",
           .summary = "What the promotions give for some lines",
           .description =
               "At most 200 lines, with the catalogue's prices at this moment. A line that cannot be bought "
               "is left out, a price that is not the one shown is told; both say why.",
           .bodies = {{kJsonType, "QuoteRequest"}},
           .answers = {{200, "The quote", "Quote"},
                       {400, "A line is wrong, an item is unknown or currencies are mixed", "Problem"},
                       {413, "The body is over the limit", "Problem"},
                       {415, "The body is not JSON", "Problem"}},
           .make = make_handler<QuoteCart>}};
}

}  // namespace inkling::server
