#include "scene/asked_page.h"

#include <algorithm>

#include "base/core/hash.h"
#include "scene/request_context.h"

namespace inkling::scene {

base::Result<AskedPage> AskedPage::make(const Exchange& exchange) {
  AskedPage page(exchange.knowledge.world());
  page.items_ = exchange.knowledge.tagged_items();
  page.category_ = said_in_context(exchange.request, "category");
  page.market_ = base::name_hash(said_in_context(exchange.request, "market"));
  if (page.market_ != 0 && page.items_ == nullptr) {
    return base::unavailable("market: which item is in which is known once tags are live, and none are");
  }
  return page;
}

bool AskedPage::is_in_category(std::uint32_t row) const {
  if (category_.empty()) return true;
  const auto path = world_.category_path(row);
  return std::ranges::find(path, category_) != path.end();
}

}  // namespace inkling::scene
