#include "bench/baskets/contenders.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <string_view>

#include "base/core/json.h"
#include "models/model.h"
#include "models/ranking_model.h"
#include "train/parameters.h"
#include "train/ranking_half.h"
#include "train/variants.h"

namespace inkling::bench {
namespace {

using base::Json;
using base::JsonView;
using base::Result;

constexpr std::string_view kRecall = "recall", kMix = "mix";

struct Words {
  std::string name, model;
  std::vector<std::string> assignments;
};

Result<Words> parse(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == 0 || colon >= text.size() - 1) {
    return base::invalid_input("\"" + std::string(text) + "\" is not NAME:MODEL[,parameter=value ...]");
  }
  Words words{std::string(text.substr(0, colon)), "", {}};
  text.remove_prefix(colon + 1);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    (words.model.empty() ? words.model : words.assignments.emplace_back()) = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

struct Recipe {
  const models::RankingModel* model = nullptr;
  const train::RankingHalf* half = nullptr;
  Json params;
};

// The model of that name or, where there is none, the one that has a variant of that name.
Result<std::pair<const models::RankingModel*, train::Variant>> find_model(const std::string& name) {
  for (const models::RankingModel* model : plugins::ranking_models()) {
    const std::string shown = "models/" + std::string(model->name);
    if (model->name == name) return std::pair(model, train::Variant{name, name, "", Json::object(), {}});
    INKLING_ASSIGN(const auto table, train::ParameterTable::parse(model->params_yaml, shown + "/params.yaml"));
    for (const models::VariantsFile* file : plugins::variants_files()) {
      if (file->model != model->name) continue;
      INKLING_ASSIGN(const auto variants, train::variants_from_yaml(file->yaml, std::string(model->name), table,
                                                                    shown + "/variants.yaml"));
      const auto variant = std::ranges::find(variants, name, &train::Variant::name);
      if (variant != variants.end()) return std::pair(model, *variant);
    }
  }
  return base::not_found("\"" + name + "\" is no model that orders candidates, and no variant of one");
}

Result<Recipe> recipe_of(const Words& words) {
  INKLING_ASSIGN(const auto found, find_model(words.model));
  const auto& [model, variant] = found;
  Recipe recipe{model, nullptr, Json::object()};
  for (const train::RankingHalf* half : plugins::ranking_halves()) {
    if (half->name() == model->name) recipe.half = half;
  }
  if (recipe.half == nullptr) return base::not_found("the model " + words.model + " has no training half");
  INKLING_ASSIGN(const auto table, train::ParameterTable::parse(model->params_yaml, "params.yaml"));
  Json given = Json::object();
  INKLING_TRY(table.set("test_days=0", given));
  for (const std::string& assignment : words.assignments) {
    INKLING_TRY(train::check_assignment(assignment, variant));
    INKLING_TRY(table.set(assignment, given));
  }
  const Json preset = train::with_presets(given, variant);
  INKLING_ASSIGN(recipe.params, table.complete(JsonView(preset)));
  return recipe;
}

Result<Contender> trained(const Words& words, const Teaching& teaching) {
  INKLING_ASSIGN(const Recipe recipe, recipe_of(words));
  train::RankingJob job;
  job.purchases = teaching.purchases;
  job.end_ms = teaching.end_ms;
  job.seed = teaching.seed;
  job.params = recipe.params;
  const auto start = std::chrono::steady_clock::now();
  INKLING_ASSIGN(const train::RankedModel model, recipe.half->train(job));
  Contender contender{words.name, nullptr, {}, 0, 0};
  contender.training_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  artifact::PackageManifest manifest;
  manifest.params = recipe.params;
  manifest.features = model.features;
  INKLING_ASSIGN(const auto bytes, model.weights.bytes());
  contender.package_bytes = bytes.size();
  INKLING_ASSIGN(const auto tensors, artifact::Safetensors::parse(bytes));
  INKLING_ASSIGN(contender.scorer, recipe.model->load(manifest, tensors));
  return contender;
}

Result<Contender> mix(const Words& words, const std::vector<Contender>& before) {
  Contender contender{words.name, nullptr, {}, 0, 0};
  for (const std::string_view assignment : words.assignments) {
    const std::size_t equals = std::min(assignment.find('='), assignment.size());
    const auto found = std::ranges::find(before, assignment.substr(0, equals), &Contender::name);
    double weight = 0;
    const std::string_view value = assignment.substr(std::min(equals + 1, assignment.size()));
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), weight);
    if (found == before.end() || error != std::errc() || end != value.data() + value.size()) {
      return base::invalid_input(words.name + ": \"" + std::string(assignment) +
                                 "\" is not the name of a contender that stands before, an equals sign and a number");
    }
    contender.mixed.emplace_back(static_cast<std::size_t>(found - before.begin()), weight);
  }
  if (!contender.mixed.empty()) return contender;
  return base::invalid_input(words.name + ": mix needs contenders, as in mix,trees=0.5,net=1");
}

}  // namespace

Result<std::vector<Contender>> train_contenders(std::span<char* const> words, const Teaching& teaching) {
  std::vector<Contender> contenders;
  for (const std::string_view text : words) {
    INKLING_ASSIGN(const Words parsed, parse(text));
    if (parsed.model == kRecall) {
      contenders.push_back({parsed.name, nullptr, {}, 0, 0});
      continue;
    }
    INKLING_ASSIGN(Contender contender, parsed.model == kMix ? mix(parsed, contenders) : trained(parsed, teaching));
    contenders.push_back(std::move(contender));
  }
  return contenders;
}

}  // namespace inkling::bench
