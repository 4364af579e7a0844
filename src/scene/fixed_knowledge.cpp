#include "scene/fixed_knowledge.h"

#include <cassert>

namespace inkling::scene {

void FixedKnowledge::set_model(const std::string& model, const std::string& version,
                               const std::vector<std::pair<std::string, float>>& target_probs) {
  assert(target_probs.size() <= feature::kMaxTargets);
  FixedModel& fixed = models_[model];
  fixed.info = {model, version, {}};
  for (std::size_t i = 0; i < target_probs.size(); ++i) {
    fixed.info.targets.push_back({target_probs[i].first, 0});
    fixed.probs[i] = target_probs[i].second;
  }
}

base::Result<ModelAnswer> FixedKnowledge::score(std::string_view model, std::int64_t) {
  if (const auto found = models_.find(model); found != models_.end()) {
    return ModelAnswer{&found->second.info, found->second.probs};
  }
  std::string live;
  for (const auto& [name, unused] : models_) live += (live.empty() ? "" : ", ") + name;
  return base::not_found("no package of model \"" + std::string(model) +
                         "\" is live; live are: " + (live.empty() ? "none" : live));
}

bool FixedKnowledge::is_on_devices(std::string_view model, std::string_view version) const {
  const auto found = models_.find(model);
  return found != models_.end() && found->second.info.version == version;
}

}  // namespace inkling::scene
