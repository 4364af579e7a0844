// Keeps a slab of goods for each live package of item vectors in step with the world: made anew when goods or prices
// are others than when it was made, at most once in `least_rest_ms` and for at most a twentieth of the time.
//
// Between, slabs are a little old: a stage holds what it finds there against the request's own world. Ownership:
// shares the packages. Thread safety: one thread. Cost: follow() asks the world for every vector, and sorts when it
// makes a slab. Failure: a slab that cannot be made leaves the last one in place; the status says why.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/core/result.h"
#include "index/vector_slab.h"
#include "scene/steady_time.h"

namespace inkling::server {

using VectorPackages = std::vector<index::VectorPackage>;

class VectorShelf {
 public:
  VectorShelf(VectorPackages packages, std::int64_t least_rest_ms, const scene::SteadyTime& time)
      : packages_(std::move(packages)), least_rest_ms_(least_rest_ms), time_(time) {}

  // Never null.
  [[nodiscard]] const std::shared_ptr<const index::VectorSlabs>& slabs() const { return slabs_; }
  // There is a newer world than the slabs were held against.
  void world_changed() { behind_ = !packages_.empty(); }
  [[nodiscard]] bool behind() const { return behind_; }
  // Until follow() may be called; at most 0 when it may.
  [[nodiscard]] std::int64_t due_in_us() const { return due_us_ - time_.now_us(); }
  [[nodiscard]] base::Status follow(const index::World& world);

 private:
  [[nodiscard]] base::Status renew(const index::World& world);

  VectorPackages packages_;
  std::int64_t least_rest_ms_;
  const scene::SteadyTime& time_;
  std::shared_ptr<const index::VectorSlabs> slabs_ = std::make_shared<const index::VectorSlabs>();
  std::int64_t due_us_ = 0;
  bool behind_ = false;
};

}  // namespace inkling::server
