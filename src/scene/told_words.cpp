#include "scene/told_words.h"

namespace inkling::scene {

void ToldWords::add(std::int64_t ts_ms, const domain::Action& action) {
  const bool picked = action.action == domain::ActionKind::kTagPick;
  if (!picked && action.action != domain::ActionKind::kSearch) return;
  const std::string& text = !picked ? action.query : action.item.empty() ? action.tag : action.item;
  if (text.empty() || text.size() > kMaxToldWordBytes) return;
  if (words_.size() == kMaxToldWords) words_.erase(words_.begin());
  words_.push_back({ts_ms, picked, text});
}

std::size_t ToldWords::memory_bytes() const {
  std::size_t bytes = words_.capacity() * sizeof(ToldWord);
  for (const ToldWord& word : words_) bytes += word.text.capacity();
  return bytes;
}

}  // namespace inkling::scene
