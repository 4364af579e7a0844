// How far up a hidden item stands: HR@10 and MRR@10, ties against it.
#pragma once

#include <cstddef>
#include <span>

#include "base/core/json.h"

namespace inkling::bench {

class Hits {
 public:
  // `scores` of one case, of which `target` is the hidden one's.
  void add(std::span<const float> scores, std::size_t target) {
    std::size_t rank = 0;
    for (const float score : scores) rank += score >= scores[target] ? 1 : 0;
    ++cases_;
    if (rank > 10) return;
    ++hits_;
    reciprocal_ += 1.0 / static_cast<double>(rank);
  }

  // A hidden item that nobody could have ranked.
  void miss() { ++cases_; }

  [[nodiscard]] base::Json to_json() const {
    base::Json json = base::Json::object();
    const auto cases = static_cast<double>(cases_ == 0 ? 1 : cases_);
    json.set("cases", static_cast<std::int64_t>(cases_));
    json.set("hr10", static_cast<double>(hits_) / cases).set("mrr10", reciprocal_ / cases);
    return json;
  }

 private:
  std::size_t cases_ = 0, hits_ = 0;
  double reciprocal_ = 0;
};

}  // namespace inkling::bench
