#include "server/shopper_knowledge.h"

#include <algorithm>
#include <span>
#include <string>

namespace inkling::server {

namespace {

const std::string& model_of(const std::shared_ptr<const feature::Scorer>& scorer) {
  return scorer->info().model;
}
const std::string& model_of(const basket::RankingPackage& package) {
  return package.model;
}

template <typename Live>
base::Status no_such_model(const std::vector<Live>& live, std::string_view model, std::string_view kind) {
  std::string message = "model: no package of \"" + std::string(model) + "\" is live; ";
  if (live.empty()) return base::not_found(message.append("none is, of any model").append(kind));
  std::string names;
  for (const Live& one : live) names.append(names.empty() ? "" : ", ").append(model_of(one));
  return base::not_found(message + "live are: " + names);
}

}  // namespace

const Rankers ScorerWorkspaces::kNoRankers;

ScorerWorkspaces::ScorerWorkspaces(const Scorers& scorers, const Rankers& rankers) : rankers_(rankers) {
  for (const auto& scorer : scorers) workspaces_.push_back(scorer->new_workspace());
  for (const auto& ranker : rankers) ranker_workspaces_.push_back(ranker.scorer->new_workspace());
}

base::Result<scene::ModelAnswer> ShopperKnowledge::score(std::string_view model, std::int64_t now_ms) {
  for (std::size_t i = 0; i < scorers_.size(); ++i) {
    const feature::ScorerInfo& info = scorers_[i]->info();
    if (info.model != model) continue;
    const feature::ScorerMemory* memory = lease_.memory(i);
    if (memory == nullptr) {
      return base::unavailable("model " + info.model + " " + info.version +
                               " cannot follow this shopper: one event holds more records than the state keeps");
    }
    scene::ModelAnswer answer{&info, {}};
    // A shopper's device may run ahead of our clock; time never runs backwards for a model.
    const std::int64_t as_of_ms = std::max(now_ms, shopper_state().clock_ms);
    scorers_[i]->score(shopper_state(), *memory, as_of_ms, workspaces_.of(i),
                       std::span(answer.probs).first(info.targets.size()));
    return answer;
  }
  return no_such_model(scorers_, model, "");
}

base::Result<scene::LiveRanker> ShopperKnowledge::ranker(std::string_view model) {
  const Rankers& rankers = workspaces_.rankers();
  for (std::size_t i = 0; i < rankers.size(); ++i) {
    if (rankers[i].model == model) {
      return scene::LiveRanker{&rankers[i], &workspaces_.of_ranker(i), &lease_.history()};
    }
  }
  return no_such_model(rankers, model, " that orders candidates");
}

const index::VectorSlab* ShopperKnowledge::vectors(std::string_view model) const {
  const auto found = std::ranges::find(*snapshot_.vectors, model,
                                       [](const auto& slab) -> const std::string& { return slab->package().model; });
  return found == snapshot_.vectors->end() ? nullptr : found->get();
}

bool ShopperKnowledge::is_on_devices(std::string_view model, std::string_view version) const {
  const bool is_loaded = std::ranges::any_of(scorers_, [&](const auto& scorer) {
    return scorer->info().model == model && scorer->info().version == version;
  });
  return is_loaded || (rules_ != nullptr && rules_->edge.serves(model, version));
}

}  // namespace inkling::server
