#include "bench/kill_durability/judge.h"

#include <unordered_map>
#include <vector>

#include "state/shopper_state.h"
#include "wire/event_json.h"

namespace inkling::bench {
namespace {

struct Place {
  std::size_t client = 0;
  std::size_t index = 0;
};

class Judge {
 public:
  explicit Judge(std::span<const ClientLedger* const> ledgers) : ledgers_(ledgers) {
    for (std::size_t client = 0; client < ledgers.size(); ++client) {
      const auto& events = ledgers[client]->events;
      sequences_.emplace_back(events.size(), 0);
      for (std::size_t i = 0; i < events.size(); ++i) places_[events[i].id] = {client, i};
    }
  }

  Findings judge(const World& world) {
    read_journal(world);
    for (std::size_t client = 0; client < ledgers_.size(); ++client) read_ledger(client);
    compare("state of shopper ", states_of(world), world.states, findings_.wrong_states);
    compare("catalogue's item ", catalogue_of(world), world.catalogue, findings_.wrong_catalogue);
    return std::move(findings_);
  }

 private:
  void wrong(std::uint64_t& count, const std::string& what) {
    ++count;
    if (findings_.first.empty()) findings_.first = what;
  }

  void read_journal(const World& world) {
    std::uint64_t expected = 1;
    for (const WorldEntry& entry : world.entries) {
      ++findings_.journaled;
      if (entry.sequence != expected)
        wrong(findings_.holes, "sequence " + std::to_string(expected) + " is not there");
      expected = entry.sequence + 1;
      read_entry(entry);
    }
  }

  void read_entry(const WorldEntry& entry) {
    const auto place = places_.find(entry.event.id);
    if (place == places_.end()) return wrong(findings_.never_sent, entry.event.id + " was never sent");
    const SentEvent& sent = ledgers_[place->second.client]->events[place->second.index];
    std::uint64_t& sequence = sequences_[place->second.client][place->second.index];
    if (sequence != 0) return wrong(findings_.repeated, entry.event.id + " is there twice");
    sequence = entry.sequence;
    text_.clear();
    wire::write_event(entry.event, text_);
    if (text_ != sent.json) wrong(findings_.altered, entry.event.id + " has other bytes than were sent");
  }

  void read_ledger(std::size_t client) {
    const auto& events = ledgers_[client]->events;
    std::vector<std::size_t> present(ledgers_[client]->batches, 0);
    std::vector<std::size_t> size(ledgers_[client]->batches, 0);
    std::uint64_t newest = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
      const std::uint64_t sequence = sequences_[client][i];
      ++size[events[i].batch];
      if (events[i].acknowledged) ++findings_.acknowledged;
      if (sequence == 0) {
        if (events[i].acknowledged) wrong(findings_.missing, events[i].id + " was acknowledged and is not there");
        continue;
      }
      ++present[events[i].batch];
      if (!events[i].acknowledged) ++findings_.unacknowledged_present;
      if (sequence < newest) wrong(findings_.disordered, events[i].id + " stands before what was sent before it");
      newest = std::max(newest, sequence);
    }
    for (std::size_t batch = 0; batch < size.size(); ++batch) {
      if (present[batch] == 0 || present[batch] == size[batch]) continue;
      wrong(findings_.torn_batches, "only " + std::to_string(present[batch]) + " of " + std::to_string(size[batch]) +
                                        " events of one body are there");
    }
  }

  static std::map<std::string, std::string> states_of(const World& world) {
    std::map<std::string, state::ShopperState> folded;
    for (const WorldEntry& entry : world.entries) {
      if (!entry.event.shopper.empty()) state::apply(folded[entry.event.shopper], entry.event);
    }
    std::map<std::string, std::string> encoded;
    for (const auto& [shopper, state] : folded) encoded[shopper] = state::encode(state);
    return encoded;
  }

  static std::map<std::string, std::string> catalogue_of(const World& world) {
    std::map<std::string, std::string> newest;
    for (const WorldEntry& entry : world.entries) {
      if (const auto* item = std::get_if<domain::Item>(&entry.event.body)) newest[item->item] = item_text(*item);
    }
    return newest;
  }

  void compare(const char* what, const std::map<std::string, std::string>& expected,
               const std::map<std::string, std::string>& found, std::uint64_t& count) {
    for (const auto& [name, bytes] : expected) {
      const auto there = found.find(name);
      if (there == found.end() || there->second != bytes) wrong(count, what + name + " is not the journal's");
    }
    for (const auto& [name, bytes] : found) {
      if (!expected.contains(name)) wrong(count, what + name + " has no event");
    }
  }

  std::span<const ClientLedger* const> ledgers_;
  std::unordered_map<std::string, Place> places_;
  std::vector<std::vector<std::uint64_t>> sequences_;  // by client and event; 0: not there
  std::string text_;
  Findings findings_;
};

}  // namespace

Findings judge(std::span<const ClientLedger* const> ledgers, const World& world) {
  return Judge(ledgers).judge(world);
}

}  // namespace inkling::bench
