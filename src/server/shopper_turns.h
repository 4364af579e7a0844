// Whose turn it is to change a shopper by what was just read of the shopper: one at a time, so that the second sees
// what the first wrote. Not for readers, and not for events that do not depend on the state.
// Thread safety: any thread; take() may wait for the disk of another: call it on the store executor only. Shoppers
// share kTurns locks by a hash, so at most one turn may be held by a thread at a time.
#pragma once

#include <array>
#include <mutex>
#include <string_view>

#include "base/core/hash.h"

namespace inkling::server {

class ShopperTurns {
 public:
  [[nodiscard]] std::unique_lock<std::mutex> take(std::string_view shopper) {
    return std::unique_lock(turns_[base::name_hash(shopper) % kTurns]);
  }

 private:
  static constexpr std::size_t kTurns = 64;
  std::array<std::mutex, kTurns> turns_;
};

}  // namespace inkling::server
