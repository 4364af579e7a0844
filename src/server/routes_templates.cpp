// /v1/templates: the forms of posts, what a post says by its text or attributes, and what a post like it costs.
#include <functional>
#include <utility>

#include "server/application.h"
#include "server/post_json.h"
#include "server/post_request.h"
#include "server/problem.h"
#include "server/routes.h"

namespace inkling::server {

namespace {

using base::Json;
using base::Result;

// A text of content::kMaxTextBytes fits, however it is escaped.
constexpr std::size_t kBodyLimitBytes = 512 * 1024;

// Ends on the store thread: a long text, or thousands of posts behind an estimate, take a millisecond.
class TemplateHandler : public Handler {
 public:
  TemplateHandler(Application& application, HttpRequest request)
      : application_(application), request_(std::move(request)) {}

  std::optional<HttpResponse> begin() override {
    if (request_.body.size() <= kBodyLimitBytes) return std::nullopt;
    return refused(base::too_large("body: " + std::to_string(request_.body.size()) + " bytes; at most " +
                                   std::to_string(kBodyLimitBytes) + " are read here"));
  }
  std::optional<HttpResponse> load() override {
    const auto form = find_template(application_.services.templates, request_.params.front());
    return form.ok() ? answer(**form) : refused(form.status());
  }
  HttpResponse finish(ScorerWorkspaces&) override {
    return refused(base::internal_error("/v1/templates ends on the store thread"));
  }

 protected:
  [[nodiscard]] virtual HttpResponse answer(const content::Template& form) = 0;

  [[nodiscard]] HttpResponse refused(const base::Status& status) const { return problem(status, request_.target); }
  [[nodiscard]] static HttpResponse told(const Json& json) {
    HttpResponse response;
    response.body = json.to_text();
    return response;
  }
  // Adds "prices" where there are some.
  [[nodiscard]] Json with_prices(Json json, const content::Template& form) const {
    if (const auto prices = application_.prices.find(form.id)) json.set("prices", prices_json(*prices));
    return json;
  }

  Application& application_;
  HttpRequest request_;
};

class TellTemplates final : public TemplateHandler {
 public:
  using TemplateHandler::TemplateHandler;

  std::optional<HttpResponse> load() override {
    Json rows = Json::array();
    for (const content::Template& form : application_.services.templates) {
      Json row = Json::object().set("template", form.id).set("name", content::names_json(form.name));
      row.set("description", form.description).set("fields", static_cast<std::int64_t>(form.fields.size()));
      rows.push(with_prices(std::move(row), form));
    }
    return told(Json::object().set("templates", std::move(rows)));
  }

 private:
  [[nodiscard]] HttpResponse answer(const content::Template&) override { return {}; }
};

class TellTemplate final : public TemplateHandler {
 public:
  using TemplateHandler::TemplateHandler;

 private:
  [[nodiscard]] HttpResponse answer(const content::Template& form) override {
    return told(with_prices(content::template_json(form), form));
  }
};

class CheckPost final : public TemplateHandler {
 public:
  using TemplateHandler::TemplateHandler;

 private:
  [[nodiscard]] HttpResponse answer(const content::Template& form) override {
    const auto description = described(form);
    application_.telemetry.post_checked(form.id, !description.ok()                    ? "refused"
                                                 : description->post.mistakes.empty() ? "right"
                                                                                      : "wrong");
    return description.ok() ? told(description_json(*description)) : refused(description.status());
  }
  [[nodiscard]] Result<content::PostDescription> described(const content::Template& form) const {
    INKLING_ASSIGN(const CheckRequest request, read_check_request(request_.body));
    return content::describe_post(form, application_.services.templates, request.text, request.attributes);
  }
};

class EstimatePrice final : public TemplateHandler {
 public:
  using TemplateHandler::TemplateHandler;

 private:
  [[nodiscard]] HttpResponse answer(const content::Template& form) override {
    const auto prices = application_.prices.find(form.id);
    if (!prices) return refused(base::not_found(no_prices(form)));
    const auto request = read_estimate_request(request_.body);
    if (!request.ok()) return refused(request.status());
    content::CheckedPost checked = content::check_post(form, request->attributes);
    // An estimate is for whoever still fills in the form: what is not told yet is no mistake.
    std::erase_if(checked.mistakes, std::mem_fn(&content::FieldMistake::is_missing));
    if (!checked.mistakes.empty()) return mistakes_problem(checked.mistakes, request_.target);
    const content::PricedPost post = content::priced_post(form, checked.attributes, {});
    const content::Estimate estimate = prices->estimator.estimate(post);
    Json json = estimate_json(*prices, estimate, post);
    if (request->quote_cents) {
      application_.telemetry.quote_judged(form.id, verdict_name(content::judge(estimate, *request->quote_cents)));
      json.set("quote", quote_json(estimate, *request->quote_cents));
    }
    return told(json);
  }

  [[nodiscard]] static std::string no_prices(const content::Template& form) {
    if (form.price.empty()) return "prices: " + form.id + " has no price field, so nothing can be estimated";
    return "prices: none are live for " + form.id + "; inkling train --data DATA --prices " + form.id +
           " learns them from posts that tell " + form.price;
  }
};

std::vector<RouteAnswer> body_answers(std::string_view right, std::string_view schema, std::string_view absent) {
  return {{200, right, schema},
          {400, "The body is wrong: the detail names each member and what is allowed", "Problem"},
          {404, absent, "Problem"},
          {413, "The body or its text is over the limit", "Problem"},
          {415, "The body is not JSON", "Problem"}};
}

Route check_route() {
  return {
      .method = "POST",
      .pattern = "/v1/templates/{template}/check",
      .operation = "checkPost",
      .summary = "What a post says",
      .description =
          "A text of at most 64 KiB, attributes, or both; attributes win. Mistakes are in the answer, each "
          "a sentence; nothing is written.",
      .bodies = {{kJsonType, "PostToCheck"}},
      .answers = body_answers("What the post says, with its mistakes", "CheckedPost", "There is no such template"),
      .make = make_handler<CheckPost>};
}

Route estimate_route() {
  return {.method = "POST",
          .pattern = "/v1/templates/{template}/estimate",
          .operation = "estimatePrice",
          .summary = "What a post like this costs",
          .description =
              "An interval that holds four of five prices and one that holds 98 of 100, what each option "
              "moves and which posts are most like it. Fields that are not told are no mistakes here.",
          .bodies = {{kJsonType, "PostToEstimate"}},
          .answers = body_answers("The estimate", "PriceEstimate",
                                  "There is no such template, or no prices were learnt for it: the detail says how"),
          .make = make_handler<EstimatePrice>};
}

}  // namespace

std::vector<Route> template_routes() {
  return {{.method = "GET",
           .pattern = "/v1/templates",
           .operation = "tellTemplates",
           .summary = "The templates of posts",
           .description = "By name; `prices` where some are live.",
           .answers = {{200, "The templates", "Templates"}},
           .make = make_handler<TellTemplates>},
          {.method = "GET",
           .pattern = "/v1/templates/{template}",
           .operation = "tellTemplate",
           .summary = "One template with its fields",
           .description = "All that a form needs to be drawn.",
           .answers = {{200, "The template", "Template"}, {404, "There is no such template", "Problem"}},
           .make = make_handler<TellTemplate>},
          check_route(),
          estimate_route()};
}

}  // namespace inkling::server
