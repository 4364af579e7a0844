#include "apps/cli/zoo.h"

#include <algorithm>
#include <span>
#include <utility>

#include "apps/cli/ranker_zoo.h"
#include "base/core/suggest.h"

namespace inkling::cli {

using base::Result;

namespace {

base::Status add_variants(const ZooEntry& model, std::vector<ZooEntry>& entries) {
  const std::string name(model.serving->name);
  for (const models::VariantsFile* file : plugins::variants_files()) {
    if (file->model != model.serving->name) continue;
    INKLING_ASSIGN(auto variants, train::variants_from_yaml(file->yaml, name, model.parameters,
                                                            "models/" + name + "/variants.yaml"));
    for (train::Variant& variant : variants) entries.push_back({model.serving, model.parameters, std::move(variant)});
  }
  return {};
}

template <typename Model>
const Model* find_named(std::span<const Model* const> models, std::string_view name) {
  const auto found = std::ranges::find(models, name, [](const Model* model) { return model->name; });
  return found == models.end() ? nullptr : *found;
}

template <typename Model>
std::vector<std::string> names_of(std::span<const Model* const> models) {
  std::vector<std::string> names;
  for (const Model* model : models) names.emplace_back(model->name);
  return names;
}

}  // namespace

Result<std::vector<ZooEntry>> zoo() {
  std::vector<ZooEntry> entries;
  for (const models::ServingModel* serving : plugins::models()) {
    const std::string name(serving->name);
    ZooEntry model;
    model.serving = serving;
    model.variant.name = model.variant.model = name;
    INKLING_ASSIGN(model.parameters,
                   train::ParameterTable::parse(serving->params_yaml, "models/" + name + "/params.yaml"));
    entries.push_back(model);
    INKLING_TRY(add_variants(model, entries));
  }
  return entries;
}

Result<std::vector<std::string>> zoo_names() {
  INKLING_ASSIGN(const auto entries, zoo());
  std::vector<std::string> names;
  for (const ZooEntry& entry : entries) names.push_back(entry.variant.name);
  return names;
}

Result<ZooEntry> find_in_zoo(const std::string& name) {
  INKLING_ASSIGN(auto entries, zoo());
  std::vector<std::string> names;
  for (ZooEntry& entry : entries) {
    if (entry.variant.name == name) return std::move(entry);
    names.push_back(entry.variant.name);
  }
  INKLING_ASSIGN(const auto rankers, ranker_zoo());
  for (const RankerEntry& ranker : rankers) names.push_back(ranker.variant.name);
  for (const models::VectorModel* model : plugins::vector_models()) names.emplace_back(model->name);
  for (const std::string& tagger : tagging_model_names()) names.push_back(tagger);
  for (const std::string& sorter : picture_model_names()) names.push_back(sorter);
  return base::not_found("\"" + name + "\" is no model of this build; " + base::expected_one_of(name, names));
}

const models::RankingModel* find_ranking_model(std::string_view name) {
  const auto entry = find_ranker(std::string(name));
  return entry.ok() ? entry->model : nullptr;
}

const models::VectorModel* find_vector_model(std::string_view name) {
  return find_named(plugins::vector_models(), name);
}

const models::TaggingModel* find_tagging_model(std::string_view name) {
  return find_named(plugins::tagging_models(), name);
}

std::vector<std::string> tagging_model_names() {
  return names_of(plugins::tagging_models());
}

const models::PictureModel* find_picture_model(std::string_view name) {
  return find_named(plugins::picture_models(), name);
}

std::vector<std::string> picture_model_names() {
  return names_of(plugins::picture_models());
}

}  // namespace inkling::cli
