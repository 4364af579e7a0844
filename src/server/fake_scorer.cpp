#include "server/fake_scorer.h"

#include "wire/event_json.h"

namespace inkling::server {

namespace {

constexpr std::int64_t kFirstViewMs = 1'700'000'000'000;
// Odd and even seconds weigh differently, and what is older fades: the order of the records matters.
float step(float sum, std::int64_t ts_ms) {
  return sum * 0.97F + (ts_ms / 1000 % 2 == 0 ? 0.01F : 0.02F);
}

struct Sum final : feature::ScorerMemory {
  float sum = 0;
  std::uint64_t read = 0;
  bool streams = false;
  [[nodiscard]] std::size_t memory_bytes() const override {
    return sizeof(Sum) + (streams ? FakeScorer::kHotBytes : 0);
  }
};

struct Nothing final : feature::ScorerWorkspace {};

}  // namespace

std::unique_ptr<feature::ScorerMemory> FakeScorer::new_memory() const {
  return std::make_unique<Sum>();
}
std::unique_ptr<feature::ScorerWorkspace> FakeScorer::new_workspace() const {
  return std::make_unique<Nothing>();
}

bool FakeScorer::catch_up(const state::ShopperState& state, feature::ScorerMemory& memory) const {
  auto& mine = dynamic_cast<Sum&>(memory);
  if (state.browses.first() > mine.read) return false;
  for (; mine.read < state.browses.total(); ++mine.read) {
    mine.sum = step(mine.sum, state.browses.at(mine.read).time.ts_ms);
  }
  return true;
}

void FakeScorer::score(const state::ShopperState&, const feature::ScorerMemory& memory, std::int64_t,
                       feature::ScorerWorkspace&, std::span<float> probs) const {
  probs[0] = dynamic_cast<const Sum&>(memory).sum;
}

void FakeScorer::set_streaming(feature::ScorerMemory& memory, bool streaming) const {
  dynamic_cast<Sum&>(memory).streams = streaming;
}
bool FakeScorer::streams(const feature::ScorerMemory& memory) {
  return dynamic_cast<const Sum&>(memory).streams;
}

float FakeScorer::expected_prob(std::uint64_t views) {
  float sum = 0;
  for (std::uint64_t n = 0; n < views; ++n) sum = step(sum, view_event("anybody", n).ts_ms);
  return sum;
}

domain::Event view_event(const std::string& shopper, std::uint64_t n) {
  domain::Event event;
  event.id = shopper + "-" + std::to_string(n);
  event.ts_ms = kFirstViewMs + static_cast<std::int64_t>(n) * 1000;
  event.shopper = shopper;
  domain::Action action;
  action.action = domain::ActionKind::kView;
  action.item = "coat";
  event.body = action;
  return event;
}

std::string view_json(const std::string& shopper, std::uint64_t n) {
  std::string json;
  wire::write_event(view_event(shopper, n), json);
  return json;
}

}  // namespace inkling::server
