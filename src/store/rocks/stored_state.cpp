#include "store/rocks/stored_state.h"

#include <utility>

#include "store/rocks/encoding.h"

namespace inkling::store::rocks {

std::string stored_state_bytes(std::uint64_t sequence, const state::ShopperState& state) {
  std::string bytes;
  append_number(bytes, sequence);
  bytes += state::encode(state);
  return bytes;
}

base::Result<StoredState> read_stored_state(std::string_view bytes, const std::string& folder,
                                            std::string_view shopper) {
  const auto damaged = [&](const std::string& reason) {
    return base::corrupt(folder + " is damaged: state of shopper \"" + std::string(shopper) + "\"" + reason +
                         "; restore it from a backup");
  };
  if (bytes.size() < kNumberBytes) return damaged(" has no sequence");
  auto state = state::decode(bytes.substr(kNumberBytes));
  if (!state.ok()) return damaged(": " + state.status().message());
  return StoredState{read_number(bytes), std::move(state).value()};
}

}  // namespace inkling::store::rocks
