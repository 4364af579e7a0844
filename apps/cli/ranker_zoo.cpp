#include "apps/cli/ranker_zoo.h"

#include <utility>

#include "base/core/suggest.h"
#include "models/model.h"

namespace inkling::cli {

using base::Result;

Result<std::vector<RankerEntry>> ranker_zoo() {
  std::vector<RankerEntry> entries;
  for (const models::RankingModel* model : plugins::ranking_models()) {
    const std::string name(model->name);
    RankerEntry entry;
    entry.model = model;
    entry.variant.name = entry.variant.model = name;
    INKLING_ASSIGN(entry.parameters,
                   train::ParameterTable::parse(model->params_yaml, "models/" + name + "/params.yaml"));
    entries.push_back(entry);
    for (const models::VariantsFile* file : plugins::variants_files()) {
      if (file->model != name) continue;
      INKLING_ASSIGN(auto variants, train::variants_from_yaml(file->yaml, name, entry.parameters,
                                                              "models/" + name + "/variants.yaml"));
      for (train::Variant& variant : variants) entries.push_back({model, entry.parameters, std::move(variant)});
    }
  }
  return entries;
}

Result<RankerEntry> find_ranker(const std::string& name) {
  INKLING_ASSIGN(auto entries, ranker_zoo());
  std::vector<std::string> names;
  for (RankerEntry& entry : entries) {
    if (entry.variant.name == name) return std::move(entry);
    names.push_back(entry.variant.name);
  }
  return base::not_found("\"" + name + "\" is no model of this build that orders candidates; " +
                         base::expected_one_of(name, names));
}

}  // namespace inkling::cli
