// inkling train: journal in, published package out.
#include <memory>

#include "apps/cli/package_training.h"
#include "apps/cli/verb.h"
#include "artifact/manifest.h"

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
};

base::Status train(TrainArguments& arguments) {
  Console console(arguments.json);
  TrainingRequest& request = arguments.request;
  INKLING_ASSIGN(request.file, load_training_file(arguments.config, arguments.model));
  request.has_file = !arguments.config.empty();
  if (arguments.live) request.publish = Publish::kLive;
  if (arguments.candidate) request.publish = Publish::kCandidate;
  INKLING_ASSIGN(DataFolder folder, open_existing_data_folder(arguments.data, console));
  INKLING_ASSIGN(const artifact::PackageManifest manifest, train_package(folder, std::move(request), console));
  console.result(artifact::manifest_to_json(manifest));
  return {};
}

}  // namespace

void add_train(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<TrainArguments>();
  CLI::App* verb = app.add_subcommand("train", "Train a model on the journal and publish it as a package");
  verb->add_option("--data", arguments->data, "data folder")->required();
  verb->add_option("--config", arguments->config, "training file (YAML): points, horizons, split, features, params");
  verb->add_option("--model", arguments->model, "which model (default: the training file's, or dipn)");
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
  verb->add_option("--seed", arguments->request.seed, "same seed, data and threads: same weights")
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
  verb->add_flag("--json", arguments->json, "answer as one JSON object: the package's manifest");
  verb->callback([arguments, &outcome] { outcome.status = train(*arguments); });
}

}  // namespace inkling::cli
