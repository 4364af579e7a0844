#include "models/add_on_gbdt/add_on_gbdt_serve.h"

#include <array>
#include <utility>

#include "basket/statistics_tensors.h"
#include "models/add_on_gbdt/add_on_gbdt_params_yaml.h"

namespace inkling::models::add_on_gbdt {

using base::Result;

class AddOnScorer::Workspace final : public basket::CandidateWorkspace {
 public:
  basket::CandidateReader reader;
};

Result<std::shared_ptr<const AddOnScorer>> AddOnScorer::load(const artifact::Safetensors& weights) {
  INKLING_ASSIGN(basket::CoBasket statistics, basket::read_statistics(weights));
  INKLING_ASSIGN(forest::ReadTrees trees, forest::read_trees(weights, 0, basket::kCandidateFeatureCount));
  return std::make_shared<const AddOnScorer>(std::make_shared<const basket::CoBasket>(std::move(statistics)),
                                             std::move(trees));
}

std::unique_ptr<basket::CandidateWorkspace> AddOnScorer::new_workspace() const {
  return std::make_unique<Workspace>();
}

void AddOnScorer::start(const basket::AddOnRequest& request, basket::CandidateWorkspace& workspace) const {
  basket::AddOnRequest own = request;
  own.statistics = statistics_.get();
  static_cast<Workspace&>(workspace).reader.start(own);
}

void AddOnScorer::score(std::span<const basket::Candidate> candidates, basket::CandidateWorkspace& workspace,
                        std::span<float> scores) const {
  const basket::CandidateReader& reader = static_cast<Workspace&>(workspace).reader;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const auto row = reader.read(candidates[i].row, candidates[i].price_cents).row();
    scores[i] = trees_.trees.sum(row, trees_.start_logit);
  }
}

base::Json feature_names() {
  base::Json names = base::Json::array(), features = base::Json::object();
  for (const std::string_view name : basket::kCandidateFeatureNames) names.push(std::string(name));
  features.set("candidate", std::move(names));
  return features;
}

const RankingModel& ranking_model() {
  static const RankingModel kModel = {
      "add_on_gbdt", kParamsYaml,
      [](const artifact::PackageManifest& manifest,
         const artifact::Safetensors& weights) -> Result<std::shared_ptr<const basket::CandidateScorer>> {
        if (manifest.features != feature_names()) {
          return base::unsupported(
              "features: this package ranks by other candidate features than this version; "
              "train it again with inkling train --model add_on_gbdt");
        }
        INKLING_ASSIGN(auto scorer, AddOnScorer::load(weights));
        return std::shared_ptr<const basket::CandidateScorer>(std::move(scorer));
      }};
  return kModel;
}

}  // namespace inkling::models::add_on_gbdt
