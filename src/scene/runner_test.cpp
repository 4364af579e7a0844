#include "scene/runner.h"

#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "scene/fixed_knowledge.h"
#include "scene/sample_stages.h"
#include "scene/scene_file.h"

namespace inkling::scene {
namespace {

// Each reading comes `step_us` after the one before.
class Steps final : public SteadyTime {
 public:
  explicit Steps(std::int64_t step_us) : step_us_(step_us) {}
  [[nodiscard]] std::int64_t now_us() const override { return now_us_ += step_us_; }

 private:
  std::int64_t step_us_;
  mutable std::int64_t now_us_ = 1000;
};

Plan plan_of(const std::string& stages, const std::string& fallback) {
  auto plan = parse_scene("scene: s\ndescription: d\ndeadline_ms: 20\nstages: " + stages + "\nfallback: " + fallback,
                          "s.yaml", sample::kSampleStages);
  EXPECT_TRUE(plan.ok()) << plan.status().message();
  return *std::move(plan);
}

Answer answer_of(const Plan& plan, const Request& request = {}, std::int64_t step_us = 3,
                 std::int64_t waited_us = 0) {
  FixedKnowledge knowledge;
  const Steps time(step_us);
  return run(plan, request, knowledge, {.request_id = "r1", .now_ms = 5, .time = time, .waited_us = waited_us});
}

TEST(Run, answers_as_written_when_all_goes_well) {
  const Answer answer = answer_of(plan_of("[understand/intent, decide/yes_if_intent]", "[decide/silent]"));
  EXPECT_EQ(answer.request_id, "r1");
  EXPECT_EQ(answer.scene, "s");
  ASSERT_TRUE(answer.decision);
  EXPECT_TRUE(answer.decision->offer);
  EXPECT_EQ(answer.decision->what, "gift");
  EXPECT_FALSE(answer.degraded);
  EXPECT_FALSE(answer.unanswered());
  EXPECT_FALSE(answer.trace);
  ASSERT_EQ(answer.timings.size(), 2U);
  EXPECT_EQ(answer.timings[0].stage, "understand/intent");
  EXPECT_EQ(answer.timings[1].duration_us, 3);
  EXPECT_EQ(answer.total_us, 6);
}

TEST(Run, hands_items_on_best_first_and_no_more_than_asked_for) {
  const Plan plan =
      plan_of("[recall/two, filter/all, rank/short_first, rerank/as_scored, display/plain]", "[recall/two]");
  const Answer both = answer_of(plan);
  ASSERT_EQ(both.items.size(), 2U);
  EXPECT_EQ(both.items[0].item, "fig");
  EXPECT_EQ(both.items[0].recalls[0].recall, "two");
  EXPECT_EQ(both.items[0].reasons, std::vector<std::string>{"short_name"});
  EXPECT_EQ(both.items[1].item, "apple");
  EXPECT_FLOAT_EQ(both.items[1].score, 0.2F);
  EXPECT_EQ(both.cursor, "");
  EXPECT_EQ(both.snapshot, "w0");
  Request request;
  request.size = 1;
  EXPECT_EQ(answer_of(plan, request).items.size(), 1U);
}

std::optional<float> intent_of(const Plan& plan) {
  FixedKnowledge knowledge;
  const Steps time(3);
  return draft(plan, {}, knowledge, {.request_id = "r1", .now_ms = 5, .time = time}).intent_prob;
}

TEST(Run, tells_the_intent_that_what_answered_knew) {
  EXPECT_EQ(intent_of(plan_of("[understand/intent, decide/yes]", "[decide/silent]")), 0.5F);
  EXPECT_EQ(intent_of(plan_of("[understand/intent, decide/fails]", "[decide/yes]")), std::nullopt);
}

TEST(Run, tells_a_cursor_until_every_item_was_shown) {
  const Plan plan = plan_of("[recall/two, filter/unseen]", "[recall/two]");
  Request request;
  request.size = 1;
  const Answer first = answer_of(plan, request);
  ASSERT_EQ(first.items.size(), 1U);
  EXPECT_EQ(first.items[0].item, "apple");
  request.cursor = first.cursor;
  const Answer second = answer_of(plan, request);
  ASSERT_EQ(second.items.size(), 1U);
  EXPECT_EQ(second.items[0].item, "fig");
  EXPECT_EQ(second.cursor, "");
}

TEST(Run, falls_back_when_a_stage_fails) {
  const Plan plan = plan_of("[decide/fails]", "[decide/yes]");
  const Answer answer = answer_of(plan);
  ASSERT_TRUE(answer.degraded);
  EXPECT_EQ(answer.degraded->cause, DegradedCause::kStageFailed);
  EXPECT_EQ(answer.degraded->stage, "decide/fails");
  EXPECT_EQ(answer.degraded->detail, "the oracle sleeps");
  EXPECT_EQ(answer.degraded->fallback, "decide/yes");
  EXPECT_EQ(answer.decision->reason, "yes");
  EXPECT_EQ(answer.timings.size(), 2U);
}

TEST(Run, falls_back_when_a_stage_throws_or_breaks_its_promise) {
  EXPECT_EQ(answer_of(plan_of("[decide/throws]", "[decide/yes]")).degraded->detail, "threw: out of luck");
  EXPECT_EQ(answer_of(plan_of("[decide/silent]", "[decide/yes]")).degraded->detail, "wrote no decision");
  EXPECT_EQ(answer_of(plan_of("[understand/mute, decide/yes]", "[decide/yes]")).degraded->detail,
            "wrote no query, need");
}

TEST(Run, goes_down_the_ladder_until_somebody_answers) {
  const Plan plan = plan_of("[decide/fails]", "[decide/throws, [understand/intent, decide/yes_if_intent]]");
  const Answer answer = answer_of(plan);
  EXPECT_EQ(answer.degraded->fallback, "understand/intent + decide/yes_if_intent");
  EXPECT_EQ(answer.degraded->detail, "the oracle sleeps; then fallback decide/throws: threw: out of luck");
  EXPECT_TRUE(answer.decision->offer);
  EXPECT_EQ(plan.counts().fallbacks, (std::vector<std::uint64_t>{0, 1}));
}

TEST(Run, forgets_what_failed_stages_had_found) {
  const Plan plan = plan_of("[recall/two, decide/fails]", "[[recall/two, decide/yes]]");
  EXPECT_EQ(answer_of(plan).items.size(), 2U);  // not four
}

TEST(Run, says_so_when_nobody_can_answer) {
  const Plan plan = plan_of("[decide/yes, decide/fails]", "[decide/fails]");
  const Answer answer = answer_of(plan);
  EXPECT_TRUE(answer.unanswered());
  EXPECT_FALSE(answer.decision);
  EXPECT_EQ(plan.counts().unanswered, 1U);
}

TEST(Run, starts_no_stage_after_the_deadline) {
  const Plan plan = plan_of("[understand/intent, decide/yes_if_intent]", "[decide/typed: {count: 1}]");
  const Answer answer = answer_of(plan, {}, 25'000);
  ASSERT_TRUE(answer.degraded);
  EXPECT_EQ(answer.degraded->cause, DegradedCause::kDeadlinePassed);
  EXPECT_EQ(answer.degraded->stage, "decide/yes_if_intent");
  EXPECT_EQ(answer.degraded->detail,
            "the deadline of 20 ms had passed after 25 ms, so decide/yes_if_intent was not started");
  EXPECT_EQ(answer.degraded->fallback, "decide/typed");
  EXPECT_TRUE(answer.decision);
}

TEST(Run, counts_the_wait_for_the_deadline) {
  const Plan plan = plan_of("[understand/intent, decide/yes_if_intent]", "[decide/typed: {count: 1}]");
  EXPECT_FALSE(answer_of(plan, {}, 12'000, 0).degraded);
  const Answer late = answer_of(plan, {}, 16'000, 4'500);
  ASSERT_TRUE(late.degraded);
  EXPECT_EQ(late.degraded->detail,
            "the deadline of 20 ms had passed after 20 ms, so decide/yes_if_intent was not started");
}

TEST(Run, goes_down_the_ladder_the_longer_requests_wait) {
  const Plan plan = plan_of("[decide/yes]", "[decide/typed: {count: 1}, [recall/two, decide/yes], decide/yes]");
  const auto rung = [&](std::int64_t waited_us) {
    const Answer answer = answer_of(plan, {}, 3, waited_us);
    return answer.degraded ? answer.degraded->fallback : "none";
  };
  EXPECT_EQ(rung(4'999), "none");
  EXPECT_EQ(rung(5'000), "decide/typed");
  EXPECT_EQ(rung(7'499), "decide/typed");
  EXPECT_EQ(rung(7'500), "recall/two + decide/yes");
  EXPECT_EQ(rung(10'000), "decide/yes");
  EXPECT_EQ(rung(900'000), "decide/yes");
  const Answer answer = answer_of(plan, {}, 3, 6'000);
  EXPECT_EQ(answer.degraded->cause, DegradedCause::kOverload);
  EXPECT_EQ(answer.degraded->detail,
            "the request waited 6 ms of its deadline of 20 ms, so decide/yes was not started");
  EXPECT_EQ(plan.counts().overloads, 6U);
  EXPECT_EQ(plan.counts().stage_failures, 0U);
}

TEST(Run, keeps_the_answer_of_a_last_stage_that_ends_late) {
  const Answer answer = answer_of(plan_of("[decide/yes]", "[decide/silent]"), {}, 25'000);
  EXPECT_FALSE(answer.degraded);
  EXPECT_TRUE(answer.decision->offer);
}

TEST(Run, traces_every_step_when_asked) {
  Request request;
  request.trace = true;
  const Answer answer = answer_of(plan_of("[understand/intent, decide/fails]", "[decide/yes]"), request);
  ASSERT_TRUE(answer.trace);
  ASSERT_EQ(answer.trace->size(), 3U);
  EXPECT_EQ((*answer.trace)[0].outcome, "ok");
  EXPECT_EQ((*answer.trace)[0].notes, std::vector<std::string>{"half and half"});
  EXPECT_EQ((*answer.trace)[1].outcome, "the oracle sleeps");
  EXPECT_EQ((*answer.trace)[2].stage, "decide/yes");
  EXPECT_TRUE((*answer.trace)[2].notes.empty());
}

TEST(Run, counts_runs_failures_and_misses) {
  const Plan plan = plan_of("[understand/intent, decide/yes_if_intent]", "[decide/yes]");
  (void)answer_of(plan);
  (void)answer_of(plan, {}, 25'000);
  const Plan failing = plan_of("[decide/fails]", "[decide/yes]");
  (void)answer_of(failing);
  EXPECT_EQ(plan.counts().runs, 2U);
  EXPECT_EQ(plan.counts().deadline_misses, 1U);
  EXPECT_EQ(plan.counts().stage_failures, 0U);
  EXPECT_EQ(failing.counts().stage_failures, 1U);
  EXPECT_EQ(failing.counts().unanswered, 0U);
}

TEST(Run, serves_many_threads_with_one_plan) {
  const Plan plan = plan_of("[understand/intent, decide/yes_if_intent]", "[decide/yes]");
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&plan] {
      for (int j = 0; j < 200; ++j) EXPECT_TRUE(answer_of(plan).decision->offer);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(plan.counts().runs, 800U);
}

TEST(Deadline, counts_down) {
  const Steps time(10);  // 1010, 1020, ...
  const Deadline deadline(time, 1030);
  EXPECT_EQ(deadline.remaining_us(), 20);
  EXPECT_FALSE(deadline.passed());
  EXPECT_TRUE(deadline.passed());
}

TEST(Run, hands_over_to_the_rung_below_one_that_finds_nothing) {
  const Plan plan =
      plan_of("[recall/two, decide/fails]", "[[recall/two, filter/unseen, decide/yes], [recall/two, decide/yes]]");
  Request request;
  SeenItems seen;
  for (const char* item : {"apple", "fig"}) seen.add(item);
  request.cursor = seen.cursor();
  const Answer answer = answer_of(plan, request);
  EXPECT_EQ(answer.items.size(), 2U);
  EXPECT_EQ(answer.degraded->fallback, "recall/two + decide/yes");
  EXPECT_EQ(answer.degraded->detail,
            "the oracle sleeps; then fallback recall/two + filter/unseen + decide/yes found nothing");
  EXPECT_EQ(plan.counts().fallbacks, (std::vector<std::uint64_t>{0, 1}));
}

TEST(Run, lets_the_lowest_rung_find_nothing) {
  const Plan plan = plan_of("[recall/two, decide/fails]", "[[recall/two, filter/unseen, decide/yes]]");
  Request request;
  SeenItems seen;
  for (const char* item : {"apple", "fig"}) seen.add(item);
  request.cursor = seen.cursor();
  const Answer answer = answer_of(plan, request);
  EXPECT_TRUE(answer.items.empty());
  EXPECT_FALSE(answer.unanswered());
}

// What the cart is short of: nothing, for nobody offers anything.
const StageBlueprint kNeed{
    .name = "need", .kind = StageKind::kUnderstand, .writes = {Slot::kNeed}, .make = [](const Parameters&) {
      return sample::stage_of([](Exchange& exchange) {
        INKLING_ASSIGN(exchange.slots.need,
                       basket_need(exchange.request, exchange.knowledge.shopper_state(), exchange.knowledge.world(),
                                   exchange.knowledge.offers(), exchange.now_ms, {}));
        return base::Status();
      });
    }};
const StageBlueprint kCached{.name = "cached",
                             .kind = StageKind::kRecall,
                             .writes = {Slot::kCandidates},
                             .reads_cache = true,
                             .make = sample::make_two};

std::uint64_t kept_after(const std::string& stages, const std::string& fallback, std::int64_t waited_us = 0) {
  const std::array<const StageBlueprint*, 4> blueprints = {&kNeed, &kCached, &sample::kTwo, &sample::kFails};
  const auto plan =
      parse_scene("scene: s\ndescription: d\ndeadline_ms: 20\nstages: " + stages + "\nfallback: " + fallback,
                  "s.yaml", blueprints);
  EXPECT_TRUE(plan.ok()) << plan.status().message();
  FixedKnowledge knowledge;
  const Steps time(3);
  AnswerCache cache(100, 60'000);
  static_cast<void>(run(*plan, {}, knowledge,
                        {.request_id = "r1", .now_ms = 5, .time = time, .waited_us = waited_us, .cache = &cache}));
  return cache.counts().kept;
}

TEST(Run, keeps_full_answers_of_scenes_that_answer_from_earlier_ones) {
  const std::string ladder = "[[understand/need, recall/cached]]";
  EXPECT_EQ(kept_after("[understand/need, recall/two]", ladder), 1U);
  EXPECT_EQ(kept_after("[understand/need, recall/two]", ladder, 19'000), 0U) << "a fallback is no full answer";
  EXPECT_EQ(kept_after("[recall/two]", ladder), 0U) << "without a need there is no place for it";
  EXPECT_EQ(kept_after("[understand/need, recall/two]", "[[understand/need, recall/two]]"), 0U)
      << "nobody would read it";
}

TEST(Draft, has_spares_behind_the_page_where_the_plan_checks_live) {
  auto plan = parse_scene(
      "scene: s\ndescription: d\ndeadline_ms: 20\nstages: [recall/two]\nfallback: [recall/two]\n"
      "check: live",
      "s.yaml", sample::kSampleStages);
  ASSERT_TRUE(plan.ok()) << plan.status().message();
  FixedKnowledge knowledge;
  const Steps time(3);
  Request request;
  request.size = 1;
  Draft made = draft(*plan, request, knowledge, {.request_id = "r1", .now_ms = 5, .time = time});
  EXPECT_TRUE(made.checks_live);
  EXPECT_EQ(made.answer.items.size(), 2U);
  EXPECT_EQ(made.prices_cents, (std::vector<std::int64_t>{domain::kMissing, domain::kMissing}));
  EXPECT_EQ(finish(std::move(made)).items.size(), 1U);
}

}  // namespace
}  // namespace inkling::scene
