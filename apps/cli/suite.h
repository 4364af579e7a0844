// A suite of purchase intent: which models are trained and tested on which data, and who is compared with whom
// (evaluate --suite).
//
//   title: ...
//   models: [dipn, gbdt]                  # names of the zoo; one that this build does not have is skipped, visibly
//   seeds: [1, 2, 3, 4, 5]                # of simulated data and of the trainings; at least one
//   data: {simulate: {shoppers: 250, days: 10, items: 2000, gestures: true, without: [tempo]}}    # inkling simulate
//   data: {folder: "logs/{seed}"}         # or: data folders that are there; {seed} stands for the seed
//   training: {points, horizons, split, session_gap, utc_offset, views, statistics}   # as in training files
//   params: {dipn: {hidden: 32}}          # by a name of the zoo, or by the model behind it
//   pairs: [[dipn, gbdt]]                 # the first minus the second
//   quick: {...}                          # members that --quick puts in place of the others, object by object
//
// Failure: kInvalidInput with file and line.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "apps/cli/suite_file.h"
#include "apps/cli/training_file.h"
#include "base/core/json.h"
#include "base/core/result.h"
#include "sim/options.h"

namespace inkling::cli {

struct Suite {
  std::string name;
  std::string title;
  std::vector<std::string> models;
  std::vector<std::string> skipped;  // of the file's models: unknown to this build
  std::vector<std::uint64_t> seeds;
  std::string folder;  // empty: simulated
  sim::MarketplaceOptions market;
  base::Json simulate;  // as the file says it
  base::Json training;
  base::Json params;
  std::vector<std::pair<std::string, std::string>> pairs;

  [[nodiscard]] bool simulated() const { return folder.empty(); }
};

[[nodiscard]] base::Result<Suite> load_suite(const SuiteFile& file, const SuiteRequest& request);
// What one model of the suite trains.
[[nodiscard]] base::Result<TrainingFile> training_of(const Suite& suite, const std::string& model);
// The suite's params for one model; null for none.
[[nodiscard]] base::Json params_of(const Suite& suite, const std::string& model);
// Whether the model's loss looks at horizon `target` (by position): later ones may weigh nothing in it.
[[nodiscard]] bool learns(const Suite& suite, const std::string& model, std::size_t target);

}  // namespace inkling::cli
