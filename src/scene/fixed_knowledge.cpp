#include "scene/fixed_knowledge.h"

#include <cassert>

namespace inkling::scene {
namespace {

template <typename Named>
base::Status none_is_live(std::string_view model, const Named& live) {
  std::string names;
  for (const auto& [name, unused] : live) names += (names.empty() ? "" : ", ") + name;
  return base::not_found("no package of model \"" + std::string(model) +
                         "\" is live; live are: " + (names.empty() ? "none" : names));
}

}  // namespace

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
  return none_is_live(model, models_);
}

void FixedKnowledge::set_ranker(basket::RankingPackage package) {
  FixedRanker& fixed = rankers_[package.model];
  fixed.workspace = package.scorer->new_workspace();
  fixed.package = std::move(package);
}

base::Result<LiveRanker> FixedKnowledge::ranker(std::string_view model) {
  const auto found = rankers_.find(model);
  if (found == rankers_.end()) return none_is_live(model, rankers_);
  return LiveRanker{&found->second.package, found->second.workspace.get(), &history_};
}

bool FixedKnowledge::is_on_devices(std::string_view model, std::string_view version) const {
  const auto found = models_.find(model);
  return found != models_.end() && found->second.info.version == version;
}

}  // namespace inkling::scene
