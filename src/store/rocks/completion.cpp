#include "store/rocks/completion.h"

#include <string>
#include <variant>

namespace inkling::store::rocks {
namespace {

base::Status check_id(const char* field, const std::string& id) {
  if (id.size() <= domain::kMaxIdBytes) return {};
  return base::too_large(std::string(field) + ": it has " + std::to_string(id.size()) + " bytes, at most " +
                         std::to_string(domain::kMaxIdBytes) + " are allowed");
}

}  // namespace

base::Status check_ids(const domain::Event& event) {
  if (event.id.empty()) return base::invalid_input("id: it is empty, every event needs its own idempotency key");
  INKLING_TRY(check_id("id", event.id));
  INKLING_TRY(check_id("shopper", event.shopper));
  if (event.shopper.find('\0') != std::string::npos) {
    return base::invalid_input("shopper: it holds a NUL character, which no shopper id may");
  }
  if (const auto* item = std::get_if<domain::Item>(&event.body)) {
    if (item->item.empty()) return base::invalid_input("item: it is empty, an item event needs the item's id");
  }
  return {};
}

domain::Action* incomplete_action(domain::Event& event) {
  auto* action = std::get_if<domain::Action>(&event.body);
  if (action == nullptr || action->item.empty()) return nullptr;
  return action->category.empty() || !action->price ? action : nullptr;
}

}  // namespace inkling::store::rocks
