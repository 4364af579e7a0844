// A data folder as the verbs use it: its store, opened with progress, and where everything else lies.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "apps/cli/console.h"
#include "base/core/result.h"
#include "base/system_clock.h"
#include "basket/candidate_scorer.h"
#include "feature/scorer.h"
#include "index/vector_slab.h"
#include "math/precision.h"
#include "models/picture_model.h"
#include "models/tagging_model.h"
#include "store/store.h"

namespace inkling::cli {

struct DataFolder {
  std::filesystem::path path;
  std::unique_ptr<base::Clock> clock;
  std::unique_ptr<store::Store> store;

  [[nodiscard]] std::filesystem::path samples(const std::string& model) const { return path / "samples" / model; }
  [[nodiscard]] std::filesystem::path training(const std::string& model) const { return path / "training" / model; }
};

[[nodiscard]] base::Result<DataFolder> open_data_folder(const std::string& path, Console& console,
                                                        store::StoreOptions options = {});
// The same, but the folder must hold a store already (verbs that only read).
[[nodiscard]] base::Result<DataFolder> open_existing_data_folder(const std::string& path, Console& console);

// `version` if it is not empty, else the live one.
[[nodiscard]] base::Result<std::string> chosen_version(const std::filesystem::path& data, const std::string& model,
                                                       const std::string& version);
// One package as a scorer that owns its bytes. Models without a reduced form ignore `precision`.
[[nodiscard]] base::Result<std::shared_ptr<const feature::Scorer>> load_scorer(
    const std::filesystem::path& data, const std::string& model, const std::string& version,
    math::Precision precision = math::Precision::kFloat);
// Every live package of a model that scores shoppers.
[[nodiscard]] base::Result<std::vector<std::shared_ptr<const feature::Scorer>>> load_live_scorers(
    const std::filesystem::path& data, math::Precision precision = math::Precision::kFloat);
// Every live package of a model that orders candidates.
[[nodiscard]] base::Result<std::vector<basket::RankingPackage>> load_live_rankers(const std::filesystem::path& data);
// One package of a model that tags texts.
[[nodiscard]] base::Result<std::shared_ptr<const models::TextTagger>> load_tagger(const std::filesystem::path& data,
                                                                                  const models::TaggingModel& model,
                                                                                  const std::string& version);
// One package of a model that sorts pictures.
[[nodiscard]] base::Result<std::shared_ptr<const models::PictureSorter>> load_sorter(
    const std::filesystem::path& data, const models::PictureModel& model, const std::string& version);
// Every live package of a model that gives items vectors.
[[nodiscard]] base::Result<std::vector<index::VectorPackage>> load_live_vectors(const std::filesystem::path& data);

}  // namespace inkling::cli
