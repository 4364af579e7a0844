#include "bench/replay_equals_online/recorder.h"

#include <cmath>
#include <utility>

namespace inkling::bench {
namespace {

// A power of two, so that ticket / kTickets is a float whose decimal text reads back as the same ticket.
constexpr double kTickets = 1 << 22;

struct NoWorkspace final : feature::ScorerWorkspace {};

}  // namespace

class Recorder::Memory final : public feature::ScorerMemory {
 public:
  Memory(const feature::Blueprint& blueprint, std::atomic<std::uint64_t>& dropped)
      : session(blueprint), dropped_(dropped) {}
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  ~Memory() override { dropped_ += session.has_read() ? 1 : 0; }

  [[nodiscard]] std::size_t memory_bytes() const override { return session.memory_bytes(); }

  SessionIds session;

 private:
  std::atomic<std::uint64_t>& dropped_;
};

std::unique_ptr<feature::ScorerMemory> Recorder::new_memory() const {
  return std::make_unique<Memory>(blueprint_, memories_dropped_);
}

std::unique_ptr<feature::ScorerWorkspace> Recorder::new_workspace() const {
  return std::make_unique<NoWorkspace>();
}

bool Recorder::catch_up(const state::ShopperState& state, feature::ScorerMemory& memory) const {
  return dynamic_cast<Memory&>(memory).session.catch_up(state);
}

void Recorder::score(const state::ShopperState& state, const feature::ScorerMemory& memory, std::int64_t now_ms,
                     feature::ScorerWorkspace&, std::span<float> probs) const {
  Recording recording{state.event_count, now_ms,
                      feature_bytes(blueprint_, dynamic_cast<const Memory&>(memory).session, state, now_ms)};
  const std::lock_guard lock(mutex_);
  probs[0] = static_cast<float>(static_cast<double>(recordings_.size()) / kTickets);
  recordings_.push_back(std::move(recording));
}

const Recording& Recorder::recording(double answered_prob) const {
  const auto ticket = static_cast<std::size_t>(std::llround(answered_prob * kTickets));
  const std::lock_guard lock(mutex_);
  return recordings_.at(ticket);
}

std::size_t Recorder::recording_count() const {
  const std::lock_guard lock(mutex_);
  return recordings_.size();
}

}  // namespace inkling::bench
