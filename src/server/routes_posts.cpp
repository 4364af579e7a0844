// PUT and DELETE /v1/posts/{post}: publishes a post of a template as an `item` event, and takes it off sale.
#include <algorithm>
#include <utility>

#include "server/application.h"
#include "server/item_json.h"
#include "server/post_json.h"
#include "server/post_request.h"
#include "server/problem.h"
#include "server/routes.h"

namespace inkling::server {

namespace {

using base::Json;
using base::Result;
using base::Status;

constexpr std::size_t kPostLimitBytes = 1024 * 1024;
constexpr std::string_view kOther = "other";  // in metrics: a template that is not known, or not read

std::string_view template_of(const domain::Item& item) {
  const auto told = std::ranges::find(item.attributes, content::kTemplateAttribute, &domain::Attribute::first);
  return told == item.attributes.end() ? std::string_view() : std::string_view(told->second);
}

class PostHandler : public Handler {
 public:
  PostHandler(Application& application, HttpRequest request)
      : application_(application), request_(std::move(request)) {}

  std::optional<HttpResponse> begin() override {
    if (post().size() > domain::kMaxIdBytes) {
      return refused(base::invalid_input("post: its id has " + std::to_string(post().size()) + " bytes; at most " +
                                         std::to_string(domain::kMaxIdBytes) + " are allowed"));
    }
    if (request_.body.size() <= kPostLimitBytes) return std::nullopt;
    return refused(base::too_large("body: " + std::to_string(request_.body.size()) + " bytes; a post has at most " +
                                   std::to_string(kPostLimitBytes)));
  }
  HttpResponse finish(ScorerWorkspaces&) override {
    return refused(base::internal_error("/v1/posts ends on the store thread"));
  }

 protected:
  [[nodiscard]] const std::string& post() const { return request_.params.front(); }
  [[nodiscard]] HttpResponse refused(const Status& status) const { return problem(status, request_.target); }
  [[nodiscard]] std::string new_event_id() { return "post:" + application_.request_ids.next(); }

  // Of an item of another kind a post must not take the place.
  [[nodiscard]] Result<domain::Item> known_post() const {
    INKLING_ASSIGN(domain::Item item, application_.services.store.item(post()));
    if (item.kind == domain::ItemKind::kPost) return item;
    return base::conflict("post: \"" + post() + "\" is known as " +
                          std::string(domain::kItemKindNames[static_cast<std::size_t>(item.kind)]) +
                          ", not as a post; expected another id");
  }

  // On disk when it returns; {"item", "sequence"}.
  [[nodiscard]] Result<Json> journal(const domain::Event& event) {
    INKLING_ASSIGN(const auto receipt, application_.services.store.append(std::span(&event, 1)));
    application_.world.events_appended();
    application_.telemetry.events_taken({.accepted = receipt.accepted, .duplicates = receipt.duplicates});
    std::string item;
    append_item(std::get<domain::Item>(event.body), item);
    INKLING_ASSIGN(Json told, Json::parse(item));
    return Json::object()
        .set("item", std::move(told))
        .set("sequence", static_cast<std::int64_t>(receipt.last_sequence));
  }

  [[nodiscard]] HttpResponse told(const Result<Json>& json) const {
    if (!json.ok()) return refused(json.status());
    HttpResponse response;
    response.body = json->to_text();
    return response;
  }

  Application& application_;
  HttpRequest request_;
};

class PutPost final : public PostHandler {
 public:
  using PostHandler::PostHandler;

  std::optional<HttpResponse> load() override {
    const auto request = read_post_request(request_.body, application_.services.templates);
    if (!request.ok()) {
      application_.telemetry.post_told(kOther, "refused");
      return refused(request.status());
    }
    if (!request->checked.mistakes.empty()) {
      application_.telemetry.post_told(request->form->id, "refused");
      return mistakes_problem(request->checked.mistakes, request_.target);
    }
    const Result<Json> published = publish(*request);
    application_.telemetry.post_told(request->form->id, published.ok() ? "published" : "refused");
    return told(published);
  }

 private:
  [[nodiscard]] Result<Json> publish(const PostRequest& request) {
    const Status known = known_post().status();
    if (!known.ok() && known.code() != base::ErrorCode::kNotFound) return known;
    INKLING_ASSIGN(const domain::Event event,
                   post_event(request, post(), new_event_id(), application_.services.clock.now_ms()));
    INKLING_ASSIGN(Json json, journal(event));
    const content::PricedPost priced = content::priced_post(*request.form, request.checked.attributes, post());
    const auto prices = application_.prices.find(request.form->id);
    if (!prices || priced.price_cents <= 0) return json;
    const content::Estimate estimate = prices->estimator.estimate(priced);
    application_.telemetry.quote_judged(request.form->id, verdict_name(content::judge(estimate, priced.price_cents)));
    return json.set("quote", quote_json(estimate, priced.price_cents));
  }
};

class WithdrawPost final : public PostHandler {
 public:
  using PostHandler::PostHandler;

  std::optional<HttpResponse> load() override {
    auto item = known_post();
    if (item.status().code() == base::ErrorCode::kNotFound) {
      return refused(base::not_found("post: nobody told of \"" + post() + "\""));
    }
    if (!item.ok()) return refused(item.status());
    item->on_sale = false;
    domain::Event event;
    event.id = new_event_id();
    event.ts_ms = application_.services.clock.now_ms();
    event.body = *item;
    const Result<Json> withdrawn = journal(event);
    const std::string_view of = template_of(*item);
    // Only templates that are known are counted by name: labels are kept for ever.
    const bool is_known = find_template(application_.services.templates, of).ok();
    if (withdrawn.ok()) application_.telemetry.post_told(is_known ? of : kOther, "withdrawn");
    return told(withdrawn);
  }
};

}  // namespace

std::vector<Route> post_routes() {
  return {
      {.method = "PUT",
       .pattern = "/v1/posts/{post}",
       .operation = "putPost",
       .summary = "Publish a post, or tell it anew",
       .description = "Its attributes are checked against the template. Answered once the journal has it on disk "
                      "as an item of kind post, with its price; it is shown from the next world snapshot on. The "
                      "price is judged where prices were learnt.",
       .bodies = {{kJsonType, "Post"}},
       .answers = {{200, "It is in the journal", "PostReceipt"},
                   {400, "The post is wrong: `mistakes` has a sentence for each field", "PostProblem"},
                   {409, "The id is another kind of item's", "Problem"},
                   {413, "The body, the title or the text is over the limit", "Problem"},
                   {415, "The body is not JSON", "Problem"}},
       .make = make_handler<PutPost>},
      {.method = "DELETE",
       .pattern = "/v1/posts/{post}",
       .operation = "withdrawPost",
       .summary = "Take a post off sale",
       .description = "What is known of it stays in the catalogue, with on_sale false, from the next world snapshot "
                      "on.",
       .answers = {{200, "Its end is in the journal", "PostReceipt"},
                   {400, "The id is too long", "Problem"},
                   {404, "Nobody told of such a post", "Problem"},
                   {409, "The id is another kind of item's", "Problem"}},
       .make = make_handler<WithdrawPost>}};
}

}  // namespace inkling::server
