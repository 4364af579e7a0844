#include "scene/runner.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

#include "base/core/number_text.h"

namespace inkling::scene {
namespace {

constexpr std::int64_t kMicrosPerMs = 1000;
// Shares of the deadline (runner.h).
constexpr double kOverloadBegins = 0.25;
constexpr double kLowestRung = 0.5;

AnswerItem to_item(Candidate& candidate) {
  AnswerItem item{std::string(candidate.item), candidate.score, {}, {}, std::move(candidate.display),
                  std::string(candidate.with)};
  for (const RecallMark& mark : candidate.recalls) {
    item.recalls.push_back({std::string(mark.recall), base::tidy_double(mark.score)});
  }
  for (const Reason& reason : candidate.reasons) {
    std::string& text = item.reasons.emplace_back(reason.code);
    if (!reason.about.empty()) text.append(":").append(reason.about);
  }
  return item;
}

std::optional<float> prob_of(const Intent& intent, std::string_view target) {
  const IntentProb* found = intent.find(target);
  return found == nullptr ? std::nullopt : std::optional(found->prob);
}

// How many items behind a page wait for one of it to fall out.
std::size_t spares_of(std::size_t page) {
  return (page + 1) / 2;
}

std::int64_t price_cents(const index::World& world, std::string_view item) {
  const auto row = world.find(item);
  const auto goods = row ? goods_of(world, *row) : std::nullopt;
  return goods ? goods->price_cents : domain::kMissing;
}

// Of a pair both together.
std::int64_t shown_cents(const index::World& world, const AnswerItem& item) {
  const std::int64_t cents = price_cents(world, item.item);
  if (item.with.empty() || cents == domain::kMissing) return cents;
  const std::int64_t partner_cents = price_cents(world, item.with);
  return partner_cents == domain::kMissing ? domain::kMissing : cents + partner_cents;
}

// What a stage said it would write and did not: a broken plugin must not look like an empty answer.
SlotSet unwritten(const StageBlueprint& blueprint, const Slots& slots) {
  SlotSet missing;
  if (!slots.query) missing = missing | SlotSet{Slot::kQuery};
  if (!slots.intent) missing = missing | SlotSet{Slot::kIntent};
  if (!slots.need) missing = missing | SlotSet{Slot::kNeed};
  if (!slots.decision) missing = missing | SlotSet{Slot::kDecision};
  return missing & blueprint.writes;
}

base::Status guarded_run(const PlannedStage& planned, Exchange& exchange) {
  try {
    INKLING_TRY(planned.stage->run(exchange));
  } catch (const std::exception& error) {
    return base::internal_error(std::string("threw: ") + error.what());
  }
  const SlotSet missing = unwritten(*planned.blueprint, exchange.slots);
  return missing.empty() ? base::Status() : base::internal_error("wrote no " + slot_names(missing));
}

// The memory of candidates, which grows to some hundred KiB: kept by each thread from run to run.
struct SlotMemory {
  std::vector<Candidate> candidates;
  std::vector<std::uint32_t> scratch;
};

SlotMemory& slot_memory() {
  thread_local SlotMemory memory;
  return memory;
}

void empty(Slots& slots) {
  SlotMemory memory{std::move(slots.candidates), std::move(slots.scratch)};
  memory.candidates.clear();
  slots = {};
  slots.candidates = std::move(memory.candidates);
  slots.scratch = std::move(memory.scratch);
}

class Run {
 public:
  Run(const Plan& plan, const Request& request, Knowledge& knowledge, RunConditions conditions)
      : plan_(plan),
        time_(conditions.time),
        start_us_(time_.now_us()),
        last_us_(start_us_),
        waited_us_(conditions.waited_us),
        due_us_(start_us_ + plan.deadline_ms() * kMicrosPerMs - waited_us_),
        exchange_{.request = request,
                  .knowledge = knowledge,
                  .now_ms = conditions.now_ms,
                  .deadline = Deadline(time_, due_us_),
                  .cache = conditions.cache,
                  .scene = plan.name()} {
    std::swap(exchange_.slots.candidates, slot_memory().candidates);
    std::swap(exchange_.slots.scratch, slot_memory().scratch);
    answer_.request_id = std::move(conditions.request_id);
    answer_.scene = plan.name();
    if (request.trace) answer_.trace.emplace();
    answer_.timings.reserve(plan.stages().size());
  }
  ~Run() {
    empty(exchange_.slots);
    std::swap(exchange_.slots.candidates, slot_memory().candidates);
    std::swap(exchange_.slots.scratch, slot_memory().scratch);
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  Draft draft() && {
    plan_.counter().count_run();
    const std::optional<std::size_t> rung = overload_rung();
    rung ? skip_stages() : run_stages();
    if (answer_.degraded) run_ladder(rung.value_or(0));
    if (!answer_.degraded && plan_.reads_cache()) keep_answer(exchange_);
    return fill_draft();
  }

 private:
  // Where the ladder begins when the request waited too long for the stages.
  [[nodiscard]] std::optional<std::size_t> overload_rung() const {
    const std::size_t rungs = plan_.fallback().size();
    const double share = static_cast<double>(waited_us_) / static_cast<double>(plan_.deadline_ms() * kMicrosPerMs);
    if (rungs == 0 || share < kOverloadBegins) return std::nullopt;
    const double depth = (share - kOverloadBegins) / (kLowestRung - kOverloadBegins);
    return static_cast<std::size_t>(std::min(depth, 1.0) * static_cast<double>(rungs - 1));
  }

  void skip_stages() {
    const std::string& first = plan_.stages().front().id;
    const std::string detail = "the request waited " + std::to_string(waited_us_ / kMicrosPerMs) +
                               " ms of its deadline of " + std::to_string(plan_.deadline_ms()) + " ms, so " + first +
                               " was not started";
    plan_.counter().count_overload();
    trace(first, detail, 0);
    answer_.degraded = {DegradedCause::kOverload, first, detail, {}};
  }

  void run_stages() {
    for (const PlannedStage& planned : plan_.stages()) {
      if (last_us_ >= due_us_) return miss_deadline(planned);
      const base::Status status = execute(planned);
      if (status.ok()) continue;
      plan_.counter().count_stage_failure();
      answer_.degraded = {DegradedCause::kStageFailed, planned.id, status.message(), {}};
      return;
    }
  }

  void miss_deadline(const PlannedStage& planned) {
    const std::string detail = "the deadline of " + std::to_string(plan_.deadline_ms()) + " ms had passed after " +
                               std::to_string((waited_us_ + last_us_ - start_us_) / kMicrosPerMs) + " ms, so " +
                               planned.id + " was not started";
    plan_.counter().count_deadline_miss();
    trace(planned.id, detail, 0);
    answer_.degraded = {DegradedCause::kDeadlinePassed, planned.id, detail, {}};
  }

  void run_ladder(std::size_t first) {
    for (std::size_t i = first; i < plan_.fallback().size(); ++i) {
      const Rung& rung = plan_.fallback()[i];
      empty(exchange_.slots);
      exchange_.models.clear();
      if (!run_rung(rung)) continue;
      if (found_nothing(rung) && i + 1 < plan_.fallback().size()) {
        answer_.degraded->detail += "; then fallback " + rung.name + " found nothing";
        continue;
      }
      answer_.degraded->fallback = rung.name;
      plan_.counter().count_fallback(i);
      return;
    }
    empty(exchange_.slots);
    exchange_.models.clear();
    plan_.counter().count_unanswered();
  }

  [[nodiscard]] bool found_nothing(const Rung& rung) const {
    const bool finds = std::ranges::any_of(
        rung.stages, [](const PlannedStage& planned) { return planned.blueprint->writes.has(Slot::kCandidates); });
    return finds && exchange_.slots.candidates.empty();
  }

  bool run_rung(const Rung& rung) {
    for (const PlannedStage& planned : rung.stages) {
      const base::Status status = execute(planned);
      if (status.ok()) continue;
      answer_.degraded->detail += "; then fallback " + planned.id + ": " + status.message();
      return false;
    }
    return true;
  }

  base::Status execute(const PlannedStage& planned) {
    base::Status status = guarded_run(planned, exchange_);
    const std::int64_t now_us = time_.now_us();
    answer_.timings.push_back({planned.id, now_us - last_us_});
    trace(planned.id, status.ok() ? "ok" : status.message(), now_us - last_us_);
    last_us_ = now_us;
    return status;
  }

  void trace(const std::string& stage, const std::string& outcome, std::int64_t duration_us) {
    if (answer_.trace) answer_.trace->push_back({stage, outcome, std::move(exchange_.notes), duration_us});
    exchange_.notes.clear();
  }

  Draft fill_draft() {
    Draft draft;
    draft.page = static_cast<std::size_t>(std::max<std::int64_t>(exchange_.request.size, 0));
    const std::size_t wanted = draft.page + (plan_.check_live() ? spares_of(draft.page) : 0);
    std::vector<Candidate>& candidates = exchange_.slots.candidates;
    const std::size_t count = std::min(wanted, candidates.size());
    answer_.items.reserve(count);
    for (std::size_t i = 0; i < count; ++i) answer_.items.push_back(to_item(candidates[i]));
    if (count > 0) answer_.snapshot = exchange_.knowledge.world().name();
    answer_.decision = std::move(exchange_.slots.decision);
    if (exchange_.slots.need) answer_.offer = offer_of(*exchange_.slots.need);
    draft.more = count < candidates.size();
    draft.seen = std::move(exchange_.slots.seen);
    if (exchange_.slots.intent) draft.intent_prob = prob_of(*exchange_.slots.intent, kIntentTarget);
    answer_.models = std::move(exchange_.models);
    answer_.arms = std::move(exchange_.arms);
    answer_.total_us = last_us_ - start_us_;
    draft.answer = std::move(answer_);
    if (plan_.check_live()) note_for_check(draft);
    return draft;
  }

  void note_for_check(Draft& draft) const {
    draft.checks_live = true;
    const index::World& world = exchange_.knowledge.world();
    draft.prices_cents.reserve(draft.answer.items.size());
    for (const AnswerItem& item : draft.answer.items) draft.prices_cents.push_back(shown_cents(world, item));
    if (!draft.answer.offer) return;
    draft.cart = cart_lines(exchange_.request, exchange_.knowledge.shopper_state());
    draft.stretch = exchange_.slots.need->stretch;
  }

  const Plan& plan_;
  const SteadyTime& time_;
  const std::int64_t start_us_;
  std::int64_t last_us_;  // when the stage before ended: one reading of the clock serves two stages
  const std::int64_t waited_us_;
  const std::int64_t due_us_;
  Exchange exchange_;
  Answer answer_;
};

}  // namespace

Draft draft(const Plan& plan, const Request& request, Knowledge& knowledge, RunConditions conditions) {
  return Run(plan, request, knowledge, std::move(conditions)).draft();
}

Answer run(const Plan& plan, const Request& request, Knowledge& knowledge, RunConditions conditions) {
  return finish(draft(plan, request, knowledge, std::move(conditions)));
}

}  // namespace inkling::scene
