// GET, PUT and DELETE /v1/promotions: what is in force, and `promotion` events told one at a time. A change counts
// from the next world snapshot on.
#include <utility>

#include "offer/promotion_json.h"
#include "server/application.h"
#include "server/problem.h"
#include "server/routes.h"

namespace inkling::server {

namespace {

using base::Json;

// Five lists of a thousand names fit.
constexpr std::size_t kDefinitionLimitBytes = 1024 * 1024;

Json in_force_json(const offer::Promotion& promotion) {
  return Json::Object{{"promotion", promotion.id}, {"in_force", true}, {"definition", offer::to_json(promotion)}};
}

Json refused_json(const offer::Refused& refused) {
  Json json = Json::Object{{"promotion", refused.id}, {"in_force", false}, {"reason", refused.reason}};
  if (refused.promotion) json.set("definition", offer::to_json(*refused.promotion));
  return json;
}

class PromotionHandler : public Handler {
 public:
  PromotionHandler(Application& application, HttpRequest request)
      : application_(application), request_(std::move(request)) {}

  std::optional<HttpResponse> begin() override {
    if (request_.params.empty() || id().size() <= domain::kMaxIdBytes) return std::nullopt;
    return refused(base::invalid_input("promotion: its id has " + std::to_string(id().size()) + " bytes; at most " +
                                       std::to_string(domain::kMaxIdBytes) + " are allowed"));
  }

  HttpResponse finish(ScorerWorkspaces&) override {
    return refused(base::internal_error("/v1/promotions ends on the store thread"));
  }

 protected:
  const std::string& id() const { return request_.params.front(); }
  HttpResponse refused(const base::Status& status) const { return problem(status, request_.target); }

  static HttpResponse told(const Json& json) {
    HttpResponse response;
    response.body = json.to_text();
    return response;
  }

  base::Result<std::uint64_t> journal(std::string definition_json) {
    domain::Event event;
    event.id = "promotion:" + application_.request_ids.next();
    event.ts_ms = application_.services.clock.now_ms();
    event.body = domain::Promotion{id(), std::move(definition_json)};
    INKLING_ASSIGN(const auto receipt, application_.services.store.append(std::span(&event, 1)));
    application_.world.events_appended();
    application_.telemetry.events_taken({.accepted = receipt.accepted, .duplicates = receipt.duplicates});
    return receipt.last_sequence;
  }

  Application& application_;
  HttpRequest request_;
};

class TellPromotions final : public PromotionHandler {
 public:
  using PromotionHandler::PromotionHandler;

  std::optional<HttpResponse> load() override {
    const WorldSnapshot snapshot = application_.world.snapshot();
    Json rows = Json::array();
    for (std::uint32_t row = 0; row < snapshot.offers->size(); ++row) {
      rows.push(in_force_json(snapshot.offers->promotion(row)));
    }
    for (const offer::Refused& each : snapshot.offers->refused()) rows.push(refused_json(each));
    return told(Json::Object{{"snapshot", snapshot.world->name()}, {"promotions", std::move(rows)}});
  }
};

class TellPromotion final : public PromotionHandler {
 public:
  using PromotionHandler::PromotionHandler;

  std::optional<HttpResponse> load() override {
    const auto offers = application_.world.snapshot().offers;
    if (const auto row = offers->find(id())) return told(in_force_json(offers->promotion(*row)));
    for (const offer::Refused& each : offers->refused()) {
      if (each.id == id()) return told(refused_json(each));
    }
    return refused(base::not_found("promotion: none is called \"" + id() + "\"; GET /v1/promotions lists them"));
  }
};

class PutPromotion final : public PromotionHandler {
 public:
  using PromotionHandler::PromotionHandler;

  std::optional<HttpResponse> begin() override {
    if (auto refusal = PromotionHandler::begin()) return refusal;
    if (request_.body.size() <= kDefinitionLimitBytes) return std::nullopt;
    return refused(base::too_large("body: " + std::to_string(request_.body.size()) +
                                   " bytes; a definition has at most " + std::to_string(kDefinitionLimitBytes)));
  }

  std::optional<HttpResponse> load() override {
    auto promotion = offer::read_promotion(id(), request_.body, "definition");
    if (!promotion.ok()) return refused(promotion.status());
    if (!*promotion)
      return refused(base::invalid_input("definition.withdrawn: expected a definition; DELETE withdraws"));
    const base::Status fits = application_.world.snapshot().offers->check(**promotion);
    if (!fits.ok()) return refused(fits);
    Json definition = offer::to_json(**promotion);
    const auto sequence = journal(definition.to_text());
    if (!sequence.ok()) return refused(sequence.status());
    return told(Json::Object{{"promotion", id()},
                             {"definition", std::move(definition)},
                             {"last_sequence", static_cast<std::int64_t>(*sequence)}});
  }
};

class WithdrawPromotion final : public PromotionHandler {
 public:
  using PromotionHandler::PromotionHandler;

  std::optional<HttpResponse> load() override {
    const auto sequence = journal(offer::withdrawn_json());
    if (!sequence.ok()) return refused(sequence.status());
    return told(Json::Object{{"promotion", id()}, {"last_sequence", static_cast<std::int64_t>(*sequence)}});
  }
};

Route tell_one() {
  return {.method = "GET",
          .pattern = "/v1/promotions/{promotion}",
          .operation = "tellPromotion",
          .summary = "One promotion",
          .description = "As the newest world snapshot has it; one that is not in force says why.",
          .answers = {{200, "The promotion", "Promotion"}, {404, "No promotion has that id", "Problem"}},
          .make = make_handler<TellPromotion>};
}

}  // namespace

std::vector<Route> promotion_routes() {
  return {
      {.method = "GET",
       .pattern = "/v1/promotions",
       .operation = "tellPromotions",
       .summary = "All promotions",
       .description = "Those of the newest world snapshot; those that are not in force, last and with the reason.",
       .answers = {{200, "The promotions", "Promotions"}},
       .make = make_handler<TellPromotions>},
      tell_one(),
      {.method = "PUT",
       .pattern = "/v1/promotions/{promotion}",
       .operation = "putPromotion",
       .summary = "Tell a promotion, or tell it anew",
       .description = "The body is its whole definition. Answered once the journal has it on disk; it counts from "
                      "the next world snapshot on.",
       .bodies = {{kJsonType, "PromotionDefinition"}},
       .answers = {{200, "It is in the journal", "PromotionReceipt"},
                   {400, "The definition is wrong: the detail names each member and what is allowed", "Problem"},
                   {409, "With those that are in force it could save more than the goods cost", "Problem"},
                   {413, "The body is over the limit", "Problem"},
                   {415, "The body is not JSON", "Problem"}},
       .make = make_handler<PutPromotion>},
      {.method = "DELETE",
       .pattern = "/v1/promotions/{promotion}",
       .operation = "withdrawPromotion",
       .summary = "Withdraw a promotion",
       .description = "From the next world snapshot on it counts no more. The same for an id that nobody told.",
       .answers = {{200, "Its end is in the journal", "PromotionReceipt"}, {400, "The id is too long", "Problem"}},
       .make = make_handler<WithdrawPromotion>}};
}

}  // namespace inkling::server
