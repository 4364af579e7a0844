#include "scene/slot.h"

namespace inkling::scene {

std::string slot_names(SlotSet slots) {
  std::string names;
  for (std::size_t i = 0; i < kSlotNames.size(); ++i) {
    if (!slots.has(static_cast<Slot>(i))) continue;
    if (!names.empty()) names += ", ";
    names += kSlotNames[i];
  }
  return names.empty() ? "nothing" : names;
}

}  // namespace inkling::scene
