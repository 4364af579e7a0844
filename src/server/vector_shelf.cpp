#include "server/vector_shelf.h"

#include <algorithm>
#include <utility>

namespace inkling::server {
namespace {

constexpr std::int64_t kMicrosPerMs = 1000;
constexpr std::int64_t kRestPerRenewal = 20;  // times as long as it took

}  // namespace

base::Status VectorShelf::follow(const index::World& world) {
  const std::int64_t start_us = time_.now_us();
  behind_ = false;
  base::Status status = renew(world);
  const std::int64_t end_us = time_.now_us();
  due_us_ = end_us + std::max(least_rest_ms_ * kMicrosPerMs, kRestPerRenewal * (end_us - start_us));
  return status;
}

base::Status VectorShelf::renew(const index::World& world) {
  index::VectorSlabs next(packages_.size());
  bool changed = false;
  for (std::size_t i = 0; i < packages_.size(); ++i) {
    if (i < slabs_->size()) next[i] = (*slabs_)[i];
    auto goods = index::priced_rows(*packages_[i].vectors, world);
    if (next[i] && std::ranges::equal(next[i]->goods(), goods)) continue;
    INKLING_ASSIGN(auto slab, index::VectorSlab::build(packages_[i], std::move(goods)));
    next[i] = std::make_shared<const index::VectorSlab>(std::move(slab));
    changed = true;
  }
  if (changed) slabs_ = std::make_shared<const index::VectorSlabs>(std::move(next));
  return {};
}

}  // namespace inkling::server
