// inkling train: journal in, published package out.
#include <memory>

#include "apps/cli/journal_package.h"
#include "apps/cli/package_training.h"
#include "apps/cli/picture_training.h"
#include "apps/cli/price_training.h"
#include "apps/cli/ranking_training.h"
#include "apps/cli/table_training.h"
#include "apps/cli/tagging_training.h"
#include "apps/cli/vector_training.h"
#include "apps/cli/verb.h"
#include "apps/cli/zoo.h"
#include "base/core/suggest.h"
#include "base/system_clock.h"
#include "content/price_package.h"

namespace inkling::cli {
namespace {

struct TrainArguments {
  std::string data;
  std::string config;
  std::string model;
  TrainingRequest request;
  bool live = false;
  bool candidate = false;
  bool json = false;
  std::string labelled;
  std::string pictures;
  PriceRequest prices;
  std::string table;
  std::string predictions;
  int folds = 0;
  CLI::Option* seed = nullptr;

  [[nodiscard]] bool seed_is_given() const { return seed->count() > 0; }
};

base::Status train_table(const TrainArguments& arguments, Console& console) {
  if (arguments.config.empty()) return base::invalid_input("--table: needs --config with a table spec (YAML)");
  TableRequest request;
  INKLING_ASSIGN(request.spec, load_table_spec(arguments.config, arguments.model));
  request.data = arguments.data;
  request.table = arguments.table;
  request.assignments = arguments.request.assignments;
  request.threads = arguments.request.threads;
  request.predictions = arguments.predictions;
  if (arguments.folds > 0) request.spec.folds = arguments.folds;
  if (arguments.seed_is_given()) request.spec.seed = arguments.request.seed;
  INKLING_ASSIGN(const artifact::PackageManifest manifest, train_on_table(request, console));
  console.result(artifact::manifest_to_json(manifest));
  return {};
}

// Models that learn from what people labelled, by `train` (train_tagger or train_sorter) from `labelled`; the data
// folder takes the package and may be new.
template <typename Train>
base::Status train_on_labels(TrainArguments& arguments, const std::string& labelled, Train train, Console& console) {
  arguments.request.file.model = arguments.model;
  DataFolder folder;
  folder.path = arguments.data;
  folder.clock = std::make_unique<base::SystemClock>();
  INKLING_ASSIGN(const auto manifest, train(folder, labelled, arguments.request, console));
  console.result(artifact::manifest_to_json(manifest));
  return {};
}

base::Status train_on_texts(TrainArguments& arguments, Console& console) {
  if (arguments.labelled.empty()) {
    return base::invalid_input("--model " + arguments.model + ": needs --labelled with labelled texts (JSON Lines)");
  }
  if (find_tagging_model(arguments.model) == nullptr) {
    return base::invalid_input("--labelled: --model " + arguments.model + " tags no texts; " +
                               base::expected_one_of(arguments.model, tagging_model_names()));
  }
  return train_on_labels(arguments, arguments.labelled, train_tagger, console);
}

// The only model that sorts pictures need not be named.
base::Status train_on_pictures(TrainArguments& arguments, Console& console) {
  if (arguments.pictures.empty()) {
    return base::invalid_input("--model " + arguments.model + ": needs --pictures with a folder for each album");
  }
  const std::vector<std::string> names = picture_model_names();
  if (arguments.model.empty() && names.size() == 1) arguments.model = names.front();
  if (find_picture_model(arguments.model) == nullptr) {
    return base::invalid_input("--pictures: --model " + arguments.model + " sorts no pictures; " +
                               base::expected_one_of(arguments.model, names));
  }
  return train_on_labels(arguments, arguments.pictures, train_sorter, console);
}

base::Status train_on_prices(TrainArguments& arguments, Console& console) {
  if (!arguments.request.assignments.empty() || !arguments.model.empty()) {
    return base::invalid_input("--prices: learns one thing without parameters; leave --model and --set out");
  }
  arguments.request.file.model = content::price_package_name(arguments.prices.template_id);
  INKLING_TRY(check_journal_request(arguments.request, "choose posts with --posts"));
  arguments.prices.data = arguments.data;
  arguments.prices.publish = arguments.request.publish;
  INKLING_ASSIGN(const auto manifest, train_prices(arguments.prices, console));
  console.result(artifact::manifest_to_json(manifest));
  return {};
}

// Models that learn from the whole journal, by `train` (train_ranking or train_vectors).
template <typename Train>
base::Status train_by_name(TrainArguments& arguments, Train train, Console& console) {
  if (!arguments.config.empty()) {
    return base::unsupported("--config: model " + arguments.model +
                             " has no training file; set its parameters with --set");
  }
  arguments.request.file.model = arguments.model;
  INKLING_ASSIGN(DataFolder folder, open_existing_data_folder(arguments.data, console));
  INKLING_ASSIGN(const auto manifest, train(folder, arguments.request, console));
  console.result(artifact::manifest_to_json(manifest));
  return {};
}

base::Status train(TrainArguments& arguments) {
  Console console(arguments.json);
  if (!arguments.table.empty()) return train_table(arguments, console);
  if (arguments.live) arguments.request.publish = Publish::kLive;
  if (arguments.candidate) arguments.request.publish = Publish::kCandidate;
  if (!arguments.prices.template_id.empty()) return train_on_prices(arguments, console);
  if (!arguments.pictures.empty() || find_picture_model(arguments.model) != nullptr) {
    return train_on_pictures(arguments, console);
  }
  if (!arguments.labelled.empty() || find_tagging_model(arguments.model) != nullptr) {
    return train_on_texts(arguments, console);
  }
  if (find_ranking_model(arguments.model) != nullptr) return train_by_name(arguments, train_ranking, console);
  if (find_vector_model(arguments.model) != nullptr) return train_by_name(arguments, train_vectors, console);
  TrainingRequest& request = arguments.request;
  INKLING_ASSIGN(request.file, load_training_file(arguments.config, arguments.model));
  request.has_file = !arguments.config.empty();
  INKLING_ASSIGN(DataFolder folder, open_existing_data_folder(arguments.data, console));
  INKLING_ASSIGN(const TrainingRecord record, train_package(folder, std::move(request), console));
  console.result(artifact::manifest_to_json(record.manifest));
  return {};
}

}  // namespace

void add_train(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<TrainArguments>();
  CLI::App* verb = app.add_subcommand("train", "Train a model on the journal and publish it as a package");
  verb->add_option("--data", arguments->data, "data folder")->required();
  auto* config = verb->add_option("--config", arguments->config,
                                  "training file (YAML): points, horizons, split, features, params");
  verb->add_option("--model", arguments->model,
                   "what to train, a name that inkling models zoo lists (default: the training file's, or dipn)");
  verb->add_option("--set", arguments->request.assignments, "a model parameter, name=value; may be repeated");
  verb->add_option("--from", arguments->request.from,
                   "go on from this older version (v3, or live) on newer days; "
                   "its vocabularies grow");
  auto* since = verb->add_option("--since", arguments->request.since, "first day to train on, like 2026-01-08");
  verb->add_option("--until", arguments->request.until,
                   "last day to train on; the test part begins once its labels are over");
  verb->add_option("--days", arguments->request.days, "train on the last so many training days")
      ->check(CLI::Range(1, 100'000))
      ->excludes(since);
  arguments->seed = verb->add_option("--seed", arguments->request.seed, "same seed, data and threads: same weights")
                        ->capture_default_str();
  verb->add_option("--threads", arguments->request.threads,
                   "more than one pays only for wide networks on idle cores; 0: all of them")
      ->capture_default_str();
  verb->add_option("--loader-threads", arguments->request.loader_threads,
                   "prepare batches ahead with so many threads; 0: none. The weights do not depend on it")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
  verb->add_option("--device", arguments->request.device, "cpu, or cuda where LibTorch has it")
      ->capture_default_str();
  verb->add_option("--checkpoint-every", arguments->request.checkpoint_every,
                   "a duration (60s) or a number of steps; 0: after every epoch only")
      ->capture_default_str();
  verb->add_flag("--resume", arguments->request.resume, "continue where the same job was stopped or killed");
  auto* live = verb->add_flag("--live", arguments->live, "make it live at once (default: only when no version is)");
  verb->add_flag("--candidate", arguments->candidate, "never make it live")->excludes(live);
  auto* table = verb->add_option("--table", arguments->table,
                                 "train on a CSV file with one row a session instead; --config is its table spec");
  auto* labelled =
      verb->add_option("--labelled", arguments->labelled,
                       "texts that people labelled (JSON Lines, docs/formats.md), for a model that tags texts")
          ->excludes(table)
          ->excludes(config);
  auto* pictures =
      verb->add_option(
              "--pictures", arguments->pictures,
              "a folder with a folder of pictures (JPEG, PNG) for each album, for a model that sorts pictures")
          ->excludes(table)
          ->excludes(config)
          ->excludes(labelled);
  auto* prices = verb->add_option("--prices", arguments->prices.template_id,
                                  "learn what posts of this template cost, instead of a model")
                     ->excludes(table)
                     ->excludes(config)
                     ->excludes(labelled)
                     ->excludes(pictures);
  verb->add_option("--templates", arguments->prices.templates, "with --prices: folder of templates")
      ->capture_default_str()
      ->needs(prices);
  verb->add_option("--posts", arguments->prices.posts,
                   "with --prices: posts (JSON Lines, docs/formats.md) instead of those of the journal")
      ->needs(prices);
  verb->add_option("--folds", arguments->folds, "with --table: cross-validation over so many parts")
      ->check(CLI::Range(2, static_cast<int>(kMostFolds)))
      ->needs(table);
  verb->add_option("--predictions", arguments->predictions, "with --table: write the tested rows' scores to this CSV")
      ->needs(table);
  verb->add_flag("--json", arguments->json, "answer as one JSON object: the package's manifest");
  verb->callback([arguments, &outcome] { outcome.status = train(*arguments); });
}

}  // namespace inkling::cli
