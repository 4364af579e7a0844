// One connection under load: posts batches of events of random size, some events twice, asks scenes in between, and
// goes on after a kill with what was not acknowledged. Not for judging what became of it: judge.h.
// Thread safety: run() on one thread at a time; the ledger is read when no run() is under way.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "base/core/random.h"
#include "bench/kill_durability/ledger.h"
#include "domain/event.h"
#include "server/http_client.h"

namespace inkling::bench {

class LoadClient {
 public:
  LoadClient(std::size_t number, std::uint64_t seed);

  // Posts until the server is gone or `enough` is set.
  void run(std::uint16_t port, const std::atomic<bool>& enough);
  // Sends again whatever was never acknowledged; throws when that is refused.
  void settle(std::uint16_t port);

  [[nodiscard]] const ClientLedger& ledger() const { return ledger_; }

 private:
  struct Batch {
    std::vector<std::size_t> fresh;  // indexes into the ledger
    std::size_t event_count = 0;     // duplicates included
    std::string body;
  };
  [[nodiscard]] Batch make_batch();
  [[nodiscard]] domain::Event make_event(const std::string& id);
  void repeat_some(Batch& batch);
  [[nodiscard]] bool post(server::HttpClient& http, const Batch& batch);
  void ask_scene(server::HttpClient& http);

  std::size_t number_;
  base::Random random_;
  ClientLedger ledger_;
  std::vector<Batch> unanswered_;  // oldest first
};

}  // namespace inkling::bench
