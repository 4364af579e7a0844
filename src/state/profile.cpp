#include "state/profile.h"

namespace inkling::state {
namespace {

std::size_t text_bytes(const ShopperState& state) {
  std::size_t bytes = 0;
  for (const auto& [name, value] : state.profile) bytes += name.size() + value.size();
  return bytes;
}

void merge_attribute(ShopperState& state, const std::string& name, const std::string& value) {
  if (name.empty()) return;
  state.profile.erase(name);
  const bool fits = state.profile.size() < kProfileAttributes && name.size() <= kProfileBytes &&
                    value.size() <= kProfileBytes && text_bytes(state) + name.size() + value.size() <= kProfileBytes;
  if (!value.empty() && fits) state.profile.emplace(name, value);
}

}  // namespace

void merge_profile(ShopperState& state, const domain::Profile& profile) {
  for (const auto& [name, value] : profile.attributes) merge_attribute(state, name, value);
}

}  // namespace inkling::state
