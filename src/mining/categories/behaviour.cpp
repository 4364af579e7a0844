#include "mining/categories/behaviour.h"

#include <optional>

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

void for_each_answer(const Behaviour& behaviour, const std::function<void(std::uint32_t query, const Step&)>& each) {
  for_each_session(behaviour, [&](std::span<const Step> session) {
    std::optional<std::uint32_t> query;
    for (const Step& step : session) {
      if (step.kind == StepKind::kSearch) {
        query = step.what;
      } else if (query) {
        each(*query, step);
      }
    }
  });
}

void for_each_shopper(const Behaviour& behaviour, const std::function<void(std::span<const Step>)>& each) {
  if (behaviour.steps.empty()) return;
  for_each_part(behaviour.steps, each,
                [](const Step& step, const Step& next) { return step.shopper == next.shopper; });
}

}  // namespace inkling::categories
