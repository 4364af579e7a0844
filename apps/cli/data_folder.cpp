#include "apps/cli/data_folder.h"

#include <utility>

#include "apps/cli/zoo.h"
#include "content/price_package.h"
#include "feature/blueprint.h"
#include "registry/registry.h"
#include "state/shopper_state.h"
#include "tag/tag_package.h"

namespace inkling::cli {

using base::Result;

Result<DataFolder> open_data_folder(const std::string& path, Console& console, store::StoreOptions options) {
  DataFolder folder;
  folder.path = path;
  folder.clock = std::make_unique<base::SystemClock>();
  INKLING_ASSIGN(folder.store, store::open_store(path, options, *folder.clock,
                                                 console.reporter("replaying the journal's tail", "events")));
  console.end_progress();
  return folder;
}

Result<DataFolder> open_existing_data_folder(const std::string& path, Console& console) {
  if (!std::filesystem::exists(std::filesystem::path(path) / "store")) {
    return base::not_found("--data " + path + ": holds no store; fill it with inkling import or inkling simulate");
  }
  return open_data_folder(path, console);
}

Result<std::string> chosen_version(const std::filesystem::path& data, const std::string& model,
                                   const std::string& version) {
  if (!version.empty()) return version;
  INKLING_ASSIGN(const auto live, registry::Registry(data).live(model));
  if (live.has_value()) return *live;
  return base::not_found("no version of \"" + model + "\" is live; name one with --version");
}

namespace {

Result<artifact::Package> open_version(const std::filesystem::path& data, const std::string& model,
                                       const std::string& version) {
  return artifact::open_package(artifact::package_folder(data, model, version), static_cast<int>(state::kFoldVersion),
                                static_cast<int>(feature::kFeatureVersion));
}

// `name`: the model's, or that of a variant of it.
Result<basket::RankingPackage> load_ranker(const std::filesystem::path& data, const models::RankingModel& model,
                                           const std::string& name, const std::string& version) {
  basket::RankingPackage ranker{name, version, nullptr};
  INKLING_ASSIGN(const artifact::Package package, open_version(data, ranker.model, version));
  auto scorer = model.load(package.manifest(), package.weights());
  if (!scorer.ok()) return scorer.status().within(artifact::package_folder(data, ranker.model, version).string());
  ranker.scorer = *std::move(scorer);
  return ranker;
}

Result<index::VectorPackage> load_vectors(const std::filesystem::path& data, const models::VectorModel& model,
                                          const std::string& version) {
  index::VectorPackage vectors{std::string(model.name), version, nullptr};
  INKLING_ASSIGN(const artifact::Package package, open_version(data, vectors.model, version));
  auto loaded = model.load(package.manifest(), package.weights());
  if (!loaded.ok()) return loaded.status().within(artifact::package_folder(data, vectors.model, version).string());
  vectors.vectors = std::make_shared<const index::ItemVectors>(*std::move(loaded));
  return vectors;
}

// What a model that needs nothing but its package makes of one.
template <typename Model>
auto load_version(const std::filesystem::path& data, const Model& model, const std::string& version)
    -> decltype(model.load(std::declval<artifact::Package>().manifest(),
                           std::declval<artifact::Package>().weights())) {
  const std::string name(model.name);
  INKLING_ASSIGN(const artifact::Package package, open_version(data, name, version));
  auto loaded = model.load(package.manifest(), package.weights());
  if (!loaded.ok()) return loaded.status().within(artifact::package_folder(data, name, version).string());
  return loaded;
}

}  // namespace

Result<std::shared_ptr<const feature::Scorer>> load_scorer(const std::filesystem::path& data,
                                                           const std::string& model, const std::string& version,
                                                           math::Precision precision) {
  INKLING_ASSIGN(artifact::Package opened, open_version(data, model, version));
  const auto package = std::make_shared<const artifact::Package>(std::move(opened));
  const std::string where = artifact::package_folder(data, model, version).string();
  const auto entry = find_in_zoo(artifact::model_of(package->manifest()));
  if (!entry.ok()) return entry.status().within(where);
  auto scorer = entry->serving->load(package->manifest(), package->weights(), package, precision);
  if (!scorer.ok()) return scorer.status().within(where);
  return scorer;
}

namespace {

// Whether a package scores shoppers; the others are loaded by whoever they are for.
bool is_scorer(const std::string& name) {
  return find_ranking_model(name) == nullptr && find_vector_model(name) == nullptr &&
         find_tagging_model(name) == nullptr && name != tag::kPackageName &&
         !name.starts_with(content::kPricePackagePrefix);
}

}  // namespace

Result<std::vector<std::shared_ptr<const feature::Scorer>>> load_live_scorers(const std::filesystem::path& data,
                                                                              math::Precision precision) {
  const registry::Registry registry(data);
  INKLING_ASSIGN(const auto entries, registry.list());
  std::vector<std::shared_ptr<const feature::Scorer>> scorers;
  for (const registry::PackageEntry& entry : entries) {
    if (entry.state != registry::PackageState::kLive || !is_scorer(entry.name)) continue;
    INKLING_ASSIGN(auto scorer, load_scorer(data, entry.name, entry.version, precision));
    scorers.push_back(std::move(scorer));
  }
  return scorers;
}

Result<std::vector<basket::RankingPackage>> load_live_rankers(const std::filesystem::path& data) {
  INKLING_ASSIGN(const auto entries, registry::Registry(data).list());
  std::vector<basket::RankingPackage> rankers;
  for (const registry::PackageEntry& entry : entries) {
    const models::RankingModel* model = find_ranking_model(entry.name);
    if (entry.state != registry::PackageState::kLive || model == nullptr) continue;
    INKLING_ASSIGN(auto ranker, load_ranker(data, *model, entry.name, entry.version));
    rankers.push_back(std::move(ranker));
  }
  return rankers;
}

Result<std::shared_ptr<const models::TextTagger>> load_tagger(const std::filesystem::path& data,
                                                              const models::TaggingModel& model,
                                                              const std::string& version) {
  return load_version(data, model, version);
}

Result<std::shared_ptr<const models::PictureSorter>> load_sorter(const std::filesystem::path& data,
                                                                 const models::PictureModel& model,
                                                                 const std::string& version) {
  return load_version(data, model, version);
}

Result<std::vector<index::VectorPackage>> load_live_vectors(const std::filesystem::path& data) {
  INKLING_ASSIGN(const auto entries, registry::Registry(data).list());
  std::vector<index::VectorPackage> packages;
  for (const registry::PackageEntry& entry : entries) {
    const models::VectorModel* model = find_vector_model(entry.name);
    if (entry.state != registry::PackageState::kLive || model == nullptr) continue;
    INKLING_ASSIGN(auto package, load_vectors(data, *model, entry.version));
    packages.push_back(std::move(package));
  }
  return packages;
}

}  // namespace inkling::cli
