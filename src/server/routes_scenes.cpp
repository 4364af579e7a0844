// POST /v1/scenes/{scene}: the shopper is brought into memory (on a store thread, unless warm), then the scene runs
// on the HTTP thread over that thread's workspaces. Where the scene checks live, the answer is looked at once more as
// it leaves, after a remote checker was asked if there is one.
#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include "base/core/suggest.h"
#include "scene/answer_json.h"
#include "scene/live_check.h"
#include "scene/runner.h"
#include "server/application.h"
#include "server/impression.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/shopper_knowledge.h"

namespace inkling::server {

namespace {

// A request with a full cart and context stays far below; reading more would hold up the HTTP thread.
constexpr std::size_t kSceneBodyLimitBytes = 512 * 1024;

base::Status no_such_scene(const std::vector<scene::Plan>& scenes, std::string_view name) {
  const std::string message = "scene: \"" + std::string(name) + "\" does not exist; ";
  if (scenes.empty()) return base::not_found(message + "no scene is loaded");
  std::vector<std::string_view> names;
  for (const auto& plan : scenes) names.push_back(plan.name());
  return base::not_found(message + base::expected_one_of(name, names));
}

constexpr std::int64_t kMicrosPerMs = 1000;
constexpr double kMicrosPerSecond = 1e6;

class AnswerScene final : public Handler {
 public:
  AnswerScene(Application& application, HttpRequest request)
      : application_(application), http_request_(std::move(request)) {}

  std::optional<HttpResponse> begin() override {
    const auto& scenes = application_.services.scenes;
    const std::string& name = http_request_.params.front();
    const auto plan =
        std::find_if(scenes.begin(), scenes.end(), [&](const auto& known) { return known.name() == name; });
    if (plan == scenes.end()) return refused(no_such_scene(scenes, name));
    if (http_request_.body.size() > kSceneBodyLimitBytes) {
      return refused(base::too_large("body: " + std::to_string(http_request_.body.size()) +
                                     " bytes; a scene reads at "
                                     "most " +
                                     std::to_string(kSceneBodyLimitBytes)));
    }
    auto request = scene::request_from_json(http_request_.body);
    if (!request.ok()) return refused(request.status());
    plan_ = &*plan;
    request_ = *std::move(request);
    if (application_.recorder.records()) application_.recorder.note(name, http_request_.body);
    // Whether a hint's version is on devices may have changed: the registry is on the disk.
    const bool must_look = request_.hint && !application_.edge.is_fresh();
    if (!must_look) lease_ = application_.live.try_lease(request_.shopper);
    return std::nullopt;
  }

  bool loaded() const override { return lease_.has_value(); }

  std::optional<HttpResponse> load() override {
    if (request_.hint && !application_.edge.is_fresh()) {
      if (base::Status status = application_.edge.refresh(); !status.ok()) return refused(status);
    }
    auto lease = application_.live.bring(request_.shopper);
    if (!lease.ok()) return refused(lease.status());
    lease_ = *std::move(lease);
    return std::nullopt;
  }

  void waited(std::int64_t us) override { waited_us_ = us; }

  HttpResponse finish(ScorerWorkspaces& workspaces) override {
    start_us_ = application_.steady_time.now_us();
    run_scene(workspaces);
    asks_ = application_.checker && draft_.checks_live && !draft_.answer.items.empty();
    return asks_ ? HttpResponse() : leave({});
  }

  std::optional<CheckQuestion> question() override {
    if (!asks_) return std::nullopt;
    CheckQuestion question;
    for (const scene::AnswerItem& item : draft_.answer.items) {
      question.items.push_back(item.item);
      if (!item.with.empty()) question.items.push_back(item.with);
    }
    question.time_left_ms = plan_->deadline_ms() - spent_us() / kMicrosPerMs;
    return question;
  }

  HttpResponse settle(CheckAnswer answer) override {
    const bool answered = answer.why_silent.empty();
    if (!answered) scene::checker_was_silent(draft_, std::move(answer.why_silent));
    return leave(answered ? std::optional(std::span<const scene::ToldFacts>(answer.told)) : std::nullopt);
  }

  bool must_write() const override { return grant_.has_value(); }

  std::optional<HttpResponse> write() override {
    const std::span<const domain::Event> events(&*grant_, 1);
    const auto receipt = application_.services.store.append(events);
    application_.telemetry.grant_made(plan_->name(), score_from_, receipt.ok() ? "written" : "failed");
    if (!receipt.ok()) return refused(receipt.status());
    application_.live.events_appended(events);
    application_.world.events_appended();
    granting_.reset();  // from here on the state says it
    return std::nullopt;
  }

 private:
  void count_hint(const scene::Decision& decision) const {
    const bool taken = decision.hint.empty() && decision.score_from == "device";
    const bool was_decided = taken || !decision.hint.empty();
    application_.telemetry.hint_told(plan_->name(), taken ? "taken" : was_decided ? decision.hint : "not_looked_at");
  }

  // While the lease is held: nobody else may decide about this shopper before the offer is known to be under way.
  void prepare_grant(const scene::Answer& answer, std::int64_t now_ms) {
    if (!answer.decision || !answer.decision->grant) return;
    granting_.emplace(application_.grants, request_.shopper, answer.decision->what);
    score_from_ = answer.decision->score_from;
    grant_ = grant_event(answer, request_, now_ms);
  }

  // Of the request's deadline.
  [[nodiscard]] std::int64_t spent_us() const { return waited_us_ + application_.steady_time.now_us() - start_us_; }

  // `told`: by a checker; nullopt: none was asked, or it was silent.
  HttpResponse leave(std::optional<std::span<const scene::ToldFacts>> told) {
    const WorldSnapshot newest = application_.world.snapshot();
    scene::check_live(draft_, {.world = *newest.world,
                               .offers = newest.offers,
                               .now_ms = application_.services.clock.now_ms(),
                               .told = told.value_or(std::span<const scene::ToldFacts>()),
                               .from_checker = told.has_value()});
    const scene::Answer answer = scene::finish(std::move(draft_));
    application_.telemetry.scene_answered(plan_->name(), answer, static_cast<double>(spent_us()) / kMicrosPerSecond);
    if (answer.unanswered())
      return refused(base::unavailable("scene " + plan_->name() + ": " + answer.degraded->detail));
    if (request_.hint && answer.decision) count_hint(*answer.decision);
    if (known_beside_ && !answer.items.empty()) {
      application_.impressions.take(
          impression_of(answer, request_, *std::move(known_beside_), *newest.world, now_ms_));
    }
    HttpResponse response;
    response.body = scene::answer_to_json(answer);
    return response;
  }

  // The lease ends with the run: writing the answer needs the shopper no more.
  void run_scene(ScorerWorkspaces& workspaces) {
    const ShopperLease lease = *std::move(lease_);
    lease_.reset();
    const WorldSnapshot snapshot = application_.world.snapshot();
    now_ms_ = application_.services.clock.now_ms();
    const OfferRules rules{application_.grants, application_.edge, plan_->name(), request_.shopper, now_ms_};
    ShopperKnowledge knowledge(application_.live.scorers(), lease, workspaces, snapshot, &rules,
                               application_.tag_shelf.snapshot());
    draft_ = scene::draft(*plan_, request_, knowledge,
                          {.request_id = application_.request_ids.next(),
                           .now_ms = now_ms_,
                           .time = application_.steady_time,
                           .waited_us = waited_us_,
                           .cache = &application_.answers});
    if (plan_->impressions() && !draft_.answer.items.empty())
      known_beside_ = known_beside(request_, lease.shopper_state(), draft_.intent_prob);
    prepare_grant(draft_.answer, now_ms_);
  }

  HttpResponse refused(const base::Status& status) const { return problem(status, http_request_.target); }

  Application& application_;
  HttpRequest http_request_;
  const scene::Plan* plan_ = nullptr;
  scene::Request request_;
  std::optional<ShopperLease> lease_;
  std::int64_t waited_us_ = 0;
  std::int64_t start_us_ = 0;
  std::int64_t now_ms_ = 0;
  scene::Draft draft_;
  bool asks_ = false;                        // a remote checker, before the answer leaves
  std::optional<KnownBeside> known_beside_;  // of answers that are journaled
  std::optional<domain::Event> grant_;
  std::string score_from_;
  std::optional<GrantUnderWay> granting_;
};

}  // namespace

std::vector<Route> scene_routes() {
  return {{.method = "POST",
           .pattern = "/v1/scenes/{scene}",
           .operation = "answerScene",
           .summary = "Ask a scene",
           .description =
               "What to put in front of this shopper here and now. When the scene cannot answer as written "
               "in time, its fallbacks do, and \"degraded\" says so. Answers with items are journaled as "
               "impressions under their request id, at most once; an offer that a scene grants is journaled before "
               "its answer leaves.",
           .bodies = {{kJsonType, "SceneRequest"}},
           .answers = {{200, "The scene's answer", "SceneAnswer"},
                       {400, "The request is wrong: the detail names every field and value", "Problem"},
                       {404, "There is no such scene", "Problem"},
                       {413, "The body is over the limit", "Problem"},
                       {415, "The body is not JSON", "Problem"},
                       {503, "Neither the scene nor its fallbacks could answer", "Problem"}},
           .make = make_handler<AnswerScene>}};
}

}  // namespace inkling::server
