#include "bench/replay_equals_online/plant.h"

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <utility>

#include "bench/replay_equals_online/value_of.h"

namespace inkling::bench {
namespace {

using Entries = std::vector<store::JournalEntry>;
using Tampering = std::function<void(Entries&, std::size_t)>;

// Late enough in a history that counts, recencies and sequences are not at their beginnings.
constexpr std::size_t kEarliestEvent = 20;

struct Place {
  std::string shopper;
  std::size_t index = 0;  // among the shopper's entries
};

Entries entries_of(const store::Store& store, std::string_view shopper) {
  Entries entries;
  expect_ok(store.read_shopper(shopper, 1, [&](const store::JournalEntry& entry) {
    if (is_folded(entry.event)) entries.push_back(entry);
    return true;
  }));
  return entries;
}

// A store of one shopper, some of whose events are told otherwise.
class TamperedStore final : public store::Store {
 public:
  TamperedStore(const store::Store& truth, const Place& place, const Tampering& tamper)
      : shopper_(place.shopper), entries_(entries_of(truth, place.shopper)) {
    tamper(entries_, place.index);
  }

  base::Status read_shoppers(const std::function<bool(std::string_view)>& visit) const override {
    visit(shopper_);
    return {};
  }
  base::Status read_shopper(std::string_view, std::uint64_t, const store::JournalVisitor& visit) const override {
    for (const auto& entry : entries_) {
      if (!visit(entry)) break;
    }
    return {};
  }
  store::StoreStatistics statistics() const override { return {}; }
  base::Status read_journal(std::uint64_t, const store::JournalVisitor&) const override { return only_replayed(); }
  base::Status read_promotions(const store::JournalVisitor&) const override { return only_replayed(); }
  base::Result<domain::Item> item(std::string_view) const override { return only_replayed(); }
  base::Result<store::AppendReceipt> append(std::span<const domain::Event>) override { return only_replayed(); }
  base::Result<std::unique_ptr<store::BulkAppend>> begin_bulk() override { return only_replayed(); }
  base::Result<state::ShopperState> shopper_state(std::string_view) override { return only_replayed(); }
  base::Status checkpoint() override { return only_replayed(); }

 private:
  static base::Status only_replayed() { return base::unsupported("a tampered store is only replayed"); }

  std::string shopper_;
  Entries entries_;
};

const domain::Action* action_of(const store::JournalEntry& entry) {
  return std::get_if<domain::Action>(&entry.event.body);
}

// An on-time view after which somebody asked at once, followed by another action: each tampering must show there.
bool is_fit(const Entries& entries, std::size_t index, const Recording& moment) {
  if (index < kEarliestEvent || index + 1 >= entries.size()) return false;
  const domain::Action* action = action_of(entries[index]);
  const domain::Action* next = action_of(entries[index + 1]);
  const std::int64_t ts_ms = entries[index].event.ts_ms;
  const bool on_time = std::all_of(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(index),
                                   [&](const store::JournalEntry& entry) { return entry.event.ts_ms < ts_ms; });
  return action != nullptr && next != nullptr && action->action == domain::ActionKind::kView &&
         next->action != domain::ActionKind::kView && !action->category.empty() && on_time &&
         moment.now_ms == ts_ms && entries[index + 1].event.ts_ms > ts_ms;
}

Place fit_place(const store::Store& store, const Moments& moments) {
  for (const auto& [shopper, recordings] : moments) {
    const Entries entries = entries_of(store, shopper);
    for (const Recording& moment : recordings) {
      const std::size_t index = moment.event_count - 1;
      if (is_fit(entries, index, moment)) return {shopper, index};
    }
  }
  throw std::runtime_error("nobody asked right after an on-time view that another action followed");
}

const std::vector<std::pair<std::string, Tampering>>& tamperings() {
  static const std::vector<std::pair<std::string, Tampering>> kTamperings = {
      {"one event a second later", [](Entries& entries, std::size_t at) { entries[at].event.ts_ms += 1000; }},
      {"one event of another category",
       [](Entries& entries, std::size_t at) {
         std::get<domain::Action>(entries[at].event.body).category = {"another category"};
       }},
      {"one event left out",
       [](Entries& entries, std::size_t at) { entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(at)); }},
      {"one event twice",
       [](Entries& entries, std::size_t at) {
         entries.insert(entries.begin() + static_cast<std::ptrdiff_t>(at), Entries::value_type(entries[at]));
       }},
      {"two events swapped",
       [](Entries& entries, std::size_t at) { std::swap(entries[at].event, entries[at + 1].event); }}};
  return kTamperings;
}

}  // namespace

std::vector<Planted> check_planted(const store::Store& store, const feature::Blueprint& blueprint,
                                   const Moments& moments, const sample::SamplePlan& plan,
                                   const sample::LogSpan& span) {
  const Place place = fit_place(store, moments);
  std::vector<Planted> planted;
  for (const auto& [what, tamper] : tamperings()) {
    const TamperedStore tampered(store, place, tamper);
    planted.push_back({what, check_replay(tampered, blueprint, moments, plan, span)});
  }
  return planted;
}

}  // namespace inkling::bench
