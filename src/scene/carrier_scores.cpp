#include "scene/carrier_scores.h"

namespace inkling::scene {

void CarrierScores::begin(const tag::CarriedTags& carried) {
  for (const std::uint32_t place : touched_) score_[place] = 0;
  touched_.clear();
  if (score_.size() < carried.places()) score_.resize(carried.places());
  if (touched_.capacity() < carried.places()) touched_.reserve(carried.places());
  carried_ = &carried;
  looked_at_ = 0;
}

void CarrierScores::add(std::uint32_t tag, float score) {
  const auto all = carried_->carriers(tag);
  const auto places = all.first(std::min(all.size(), kMaxCarriers - looked_at_));
  looked_at_ += places.size();
  for (const std::uint32_t place : places) {
    if (score_[place] == 0) touched_.push_back(place);
    score_[place] += score;
  }
}

}  // namespace inkling::scene
