#include "bench/kill_durability/load_client.h"

#include <exception>
#include <stdexcept>
#include <utility>

#include "base/core/clock.h"
#include "base/core/json.h"
#include "bench/replay_equals_online/value_of.h"
#include "server/event_body.h"
#include "wire/event_json.h"

namespace inkling::bench {
namespace {

constexpr std::uint64_t kShoppers = 400;  // shared by all connections, so that their events interleave
constexpr std::uint64_t kItems = 300;
constexpr std::int64_t kFirstMs = 1'700'000'000'000;

domain::EventBody item_of(base::Random& random) {
  domain::Item item;
  item.item = "item" + std::to_string(random.below(kItems));
  item.category = {"top", "leaf" + std::to_string(random.below(20))};
  item.price = domain::Money{static_cast<std::int64_t>(random.below(100'000)), "EUR"};
  return item;
}

// Category and price are always said: what the server would fill in depends on the other connections.
domain::EventBody action_of(base::Random& random) {
  domain::Action action;
  action.action = static_cast<domain::ActionKind>(random.below(domain::kActionKindCount));
  action.item = "item" + std::to_string(random.below(kItems));
  action.category = {"top", "leaf" + std::to_string(random.below(20))};
  action.price = domain::Money{static_cast<std::int64_t>(random.below(100'000)), "EUR"};
  if (action.action == domain::ActionKind::kGrant) action.coupon = "coupon" + std::to_string(random.below(9));
  if (random.chance(0.3)) action.stay_ms = static_cast<std::int64_t>(random.below(90'000));
  return action;
}

domain::EventBody gestures_of(base::Random& random) {
  domain::Gestures gestures;
  for (std::uint64_t i = 1 + random.below(8); i > 0; --i) {
    gestures.swipes.push_back({.offset_ms = static_cast<std::int32_t>(i), .duration_ms = 80, .start_y = 9000});
    gestures.taps.push_back({.offset_ms = static_cast<std::int32_t>(i), .x = 5000, .y = 5000});
  }
  return gestures;
}

domain::EventBody profile_of(base::Random& random) {
  return domain::Profile{{{"city", "city" + std::to_string(random.below(50))}}};
}

// Mostly small, sometimes hundreds: a batch that spans many pages of the log is cut by a kill more often.
std::uint64_t batch_size(base::Random& random) {
  return random.chance(0.2) ? 1 + random.below(600) : 1 + random.below(30);
}

}  // namespace

LoadClient::LoadClient(std::size_t number, std::uint64_t seed)
    : number_(number), random_(base::Random::stream(seed, number)) {}

void LoadClient::run(std::uint16_t port, const std::atomic<bool>& enough) {
  try {
    server::HttpClient http(port);
    // Most are told again; the others stay unacknowledged for good, and may be there wholly or not at all.
    std::vector<Batch> again = std::exchange(unanswered_, {});
    for (Batch& batch : again) {
      if (random_.chance(0.3)) continue;
      unanswered_.push_back(std::move(batch));
    }
    while (!unanswered_.empty()) {
      ++ledger_.batches_sent_again;
      if (!post(http, unanswered_.front())) return;
      unanswered_.erase(unanswered_.begin());
    }
    while (!enough.load()) {
      unanswered_.push_back(make_batch());
      if (!post(http, unanswered_.back())) return;
      unanswered_.clear();
      if (random_.chance(0.15)) ask_scene(http);
    }
  } catch (const std::exception&) {  // the server is gone: that is what this is about
  }
}

void LoadClient::settle(std::uint16_t port) {
  server::HttpClient http(port);
  for (const Batch& batch : std::exchange(unanswered_, {})) {
    ++ledger_.batches_sent_again;
    if (!post(http, batch)) throw std::runtime_error("a batch is refused: " + ledger_.first_refusal);
  }
}

LoadClient::Batch LoadClient::make_batch() {
  Batch batch;
  for (std::uint64_t n = batch_size(random_); n > 0; --n) {
    SentEvent sent;
    sent.id = "c" + std::to_string(number_) + "-" + std::to_string(ledger_.events.size());
    sent.batch = ledger_.batches;
    wire::write_event(make_event(sent.id), sent.json);
    batch.body += sent.json + "\n";
    batch.fresh.push_back(ledger_.events.size());
    ledger_.events.push_back(std::move(sent));
  }
  batch.event_count = batch.fresh.size();
  repeat_some(batch);
  ++ledger_.batches;
  return batch;
}

domain::Event LoadClient::make_event(const std::string& id) {
  domain::Event event;
  event.id = id;
  event.ts_ms = kFirstMs + static_cast<std::int64_t>(random_.below(3 * base::kDayMs));
  const double kind = random_.uniform();
  if (kind < 0.1) {
    event.body = item_of(random_);
    return event;
  }
  event.shopper = "shopper" + std::to_string(random_.below(kShoppers));
  event.session = "session" + std::to_string(random_.below(3));
  event.body = kind < 0.15 ? profile_of(random_) : kind < 0.3 ? gestures_of(random_) : action_of(random_);
  if (random_.chance(0.3)) event.unknown_json = R"({"note":")" + std::string(random_.below(500), 'x') + "\"}";
  return event;
}

// Events of this very batch and of any before it, acknowledged or not.
void LoadClient::repeat_some(Batch& batch) {
  if (!random_.chance(0.3)) return;
  for (std::uint64_t n = 1 + random_.below(10); n > 0; --n) {
    const SentEvent& old = ledger_.events[random_.below(ledger_.events.size())];
    // One that was given up would be let in by the repetition, out of its place.
    if (!old.acknowledged && old.batch != ledger_.batches) continue;
    batch.body += old.json + "\n";
    ++batch.event_count;
    ++ledger_.repeated_events;
  }
}

// False: refused. Throws when the server is gone.
bool LoadClient::post(server::HttpClient& http, const Batch& batch) {
  const auto answer = http.post("/v1/events", batch.body, server::kJsonLinesType);
  if (answer.status != 200) {
    if (ledger_.refusals++ == 0) ledger_.first_refusal = answer.body;
    return false;
  }
  for (const std::size_t fresh : batch.fresh) ledger_.events[fresh].acknowledged = true;
  const base::Json receipt = value_of(base::Json::parse(answer.body));
  const auto accepted = value_of(base::JsonView(receipt).integer("accepted"));
  const auto duplicates = value_of(base::JsonView(receipt).integer("duplicates"));
  if (accepted + duplicates != static_cast<std::int64_t>(batch.event_count)) ++ledger_.wrong_receipts;
  ledger_.duplicates_dropped += static_cast<std::uint64_t>(duplicates);
  return true;
}

void LoadClient::ask_scene(server::HttpClient& http) {
  const std::string shopper = "shopper" + std::to_string(random_.below(kShoppers));
  const auto answer = http.post("/v1/scenes/coupon", R"({"shopper":")" + shopper + "\"}");
  if (answer.status == 200) {
    ++ledger_.scenes_answered;
  } else if (ledger_.refusals++ == 0) {
    ledger_.first_refusal = answer.body;
  }
}

}  // namespace inkling::bench
