#include "sim/gesture_signals.h"

#include <array>
#include <string>
#include <utility>

#include "base/core/suggest.h"

namespace inkling::sim {
namespace {

constexpr std::array<std::pair<std::string_view, bool GestureSignals::*>, 6> kSignals = {{
    {"tempo", &GestureSignals::tempo},
    {"reading", &GestureSignals::reading},
    {"crossing", &GestureSignals::crossing},
    {"focus", &GestureSignals::focus},
    {"dwell", &GestureSignals::dwell},
    {"plans", &GestureSignals::plans},
}};

}  // namespace

std::vector<std::string_view> gesture_signal_names() {
  std::vector<std::string_view> names;
  for (const auto& [name, member] : kSignals) names.push_back(name);
  return names;
}

base::Status switch_off(GestureSignals& signals, std::string_view name) {
  for (const auto& [known, member] : kSignals) {
    if (known != name) continue;
    signals.*member = false;
    return base::Status::ok_status();
  }
  return base::invalid_input("simulated marketplace: signal \"" + std::string(name) + "\" is not known; " +
                             base::expected_one_of(name, gesture_signal_names()));
}

}  // namespace inkling::sim
