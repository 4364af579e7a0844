#include "mining/categories/behaviour.h"

namespace inkling::categories {
namespace {

template <typename SamePart>
void for_each_part(std::span<const Step> steps, const std::function<void(std::span<const Step>)>& each,
                   SamePart same_part) {
  std::size_t begin = 0;
  for (std::size_t i = 1; i <= steps.size(); ++i) {
    if (i < steps.size() && same_part(steps[i - 1], steps[i])) continue;
    each(steps.subspan(begin, i - begin));
    begin = i;
  }
}

}  // namespace

void for_each_session(const Behaviour& behaviour, const std::function<void(std::span<const Step>)>& each) {
  if (behaviour.steps.empty()) return;
  for_each_part(behaviour.steps, each, [](const Step& step, const Step& next) {
    return step.shopper == next.shopper && next.ts_ms - step.ts_ms < kSessionGapMs;
  });
}

void for_each_shopper(const Behaviour& behaviour, const std::function<void(std::span<const Step>)>& each) {
  if (behaviour.steps.empty()) return;
  for_each_part(behaviour.steps, each,
                [](const Step& step, const Step& next) { return step.shopper == next.shopper; });
}

}  // namespace inkling::categories
