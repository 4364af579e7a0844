#include "wire/event_reset.h"

#include <array>
#include <utility>

namespace inkling::wire {
namespace {

template <std::size_t... kIndex>
void emplace_body(domain::EventBody& body, std::size_t type, std::index_sequence<kIndex...>) {
  using Emplace = void (*)(domain::EventBody&);
  static constexpr std::array<Emplace, sizeof...(kIndex)> kEmplace = {
      [](domain::EventBody& any) { any.emplace<kIndex>(); }...};
  kEmplace[type](body);
}

void clear(domain::Action& action) {
  action.action = {};
  for (std::string* text :
       {&action.item, &action.page, &action.query, &action.tag, &action.request, &action.coupon}) {
    text->clear();
  }
  action.category.clear();
  action.lines.clear();
  action.price.reset();
  action.quantity = 1;
  action.stay_ms = action.expires_ms = domain::kMissing;
}

}  // namespace

void reset_event(domain::Event& event, std::size_t type) {
  for (std::string* text : {&event.id, &event.shopper, &event.session, &event.unknown_json}) text->clear();
  event.ts_ms = 0;
  if (auto* action = std::get_if<domain::Action>(&event.body); action != nullptr && type == kActionType) {
    clear(*action);
  } else {
    emplace_body(event.body, type, std::make_index_sequence<domain::kEventTypeNames.size()>());
  }
}

}  // namespace inkling::wire
