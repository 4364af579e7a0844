// An item as the API tells it: the canonical members of its event, and on_sale always. Thread safety: pure.
#pragma once

#include <string>

#include "domain/event.h"
#include "wire/event_json.h"

namespace inkling::server {

inline void append_item(const domain::Item& item, std::string& out) {
  wire::write_item(item, out);
  if (!item.on_sale) return;
  // A default, and so left out of the canonical form; but whoever shows an item asks for it every time.
  out.back() = ',';
  out += "\"on_sale\":true}";
}

}  // namespace inkling::server
