#include "scene/draft.h"

#include <algorithm>
#include <utility>

namespace inkling::scene {

Answer finish(Draft draft) {
  Answer& answer = draft.answer;
  const std::size_t shown = std::min(draft.page, answer.items.size());
  const bool more = draft.more || shown < answer.items.size();
  answer.items.resize(shown);
  if (shown == 0) answer.snapshot.clear();
  if (draft.seen && more) {
    for (const AnswerItem& item : answer.items) draft.seen->add(item.item);
    answer.cursor = draft.seen->cursor();
  }
  return std::move(answer);
}

}  // namespace inkling::scene
