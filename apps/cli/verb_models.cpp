// inkling models: what was trained, what is live, and which parameters a model has.
#include <fmt/format.h>

#include <memory>

#include "apps/cli/console.h"
#include "apps/cli/ranker_zoo.h"
#include "apps/cli/verb.h"
#include "apps/cli/zoo.h"
#include "artifact/package.h"
#include "base/system_clock.h"
#include "registry/registry.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::Status;

struct ModelsArguments {
  std::string data;
  std::string name;
  std::string version;
  int percent = 0;
  bool json = false;
};

std::string metrics_text(const artifact::PackageManifest& manifest) {
  std::string text;
  for (const auto& [name, value] : manifest.metrics) {
    if (name.ends_with(".auc") || name.ends_with(".hr10") || name.ends_with(".mrr10")) {
      text += fmt::format("  {} {:.4f}", name, value);
    }
  }
  return text;
}

Status list(const ModelsArguments& arguments) {
  Console console(arguments.json);
  INKLING_ASSIGN(const auto entries, registry::Registry(arguments.data).list());
  Json rows = Json::array();
  for (const auto& entry : entries) {
    INKLING_ASSIGN(const auto manifest,
                   artifact::read_manifest(artifact::package_folder(arguments.data, entry.name, entry.version)));
    console.say(fmt::format("{:<12} {:<6} {:<10}{}", entry.name, entry.version, registry::state_name(entry.state),
                            metrics_text(manifest)));
    Json row = artifact::manifest_to_json(manifest);
    row.set("state", registry::state_name(entry.state));
    rows.push(std::move(row));
  }
  if (entries.empty()) console.say("no packages yet; inkling train makes one");
  console.result(rows);
  return {};
}

Status promote(const ModelsArguments& arguments) {
  const base::SystemClock clock;
  INKLING_TRY(registry::Registry(arguments.data).promote(arguments.name, arguments.version, clock.now_ms()));
  Console(arguments.json).say(fmt::format("{} {} is live", arguments.name, arguments.version));
  return {};
}

Status rollout(const ModelsArguments& arguments) {
  const base::SystemClock clock;
  const registry::Registry registry(arguments.data);
  INKLING_TRY(registry.rollout(arguments.name, arguments.version, arguments.percent, clock.now_ms()));
  Console(arguments.json)
      .say(
          fmt::format("{} {} is given to {} % of the devices", arguments.name, arguments.version, arguments.percent));
  return {};
}

Status params(const ModelsArguments& arguments) {
  Console console(false);
  const auto say = [&](const train::Variant& variant, std::string_view params_yaml) {
    for (const base::JsonMember& preset : *variant.params.if_object()) {
      console.say(fmt::format("# preset by {}: {}: {}", arguments.name, preset.key, preset.value.to_text()));
    }
    console.say(params_yaml);
    return Status();
  };
  const auto ranker = find_ranker(arguments.name);
  if (ranker.ok()) return say(ranker->variant, ranker->model->params_yaml);
  if (const auto* vectors = find_vector_model(arguments.name)) return say({}, vectors->params_yaml);
  if (const auto* tagger = find_tagging_model(arguments.name)) return say({}, tagger->params_yaml);
  if (const auto* sorter = find_picture_model(arguments.name)) return say({}, sorter->params_yaml);
  INKLING_ASSIGN(const ZooEntry entry, find_in_zoo(arguments.name));
  return say(entry.variant, entry.serving->params_yaml);
}

std::string zoo_line(const train::Variant& variant, std::string_view what) {
  if (variant.name == variant.model) return variant.name + (what.empty() ? "" : "  " + std::string(what));
  std::string line = fmt::format("  {:<18} {}", variant.name, variant.params.to_text());
  for (const feature::View view : variant.views) line += fmt::format(" view {}", feature::view_name(view));
  return line + (variant.meaning.empty() ? "" : "  " + variant.meaning);
}

Json zoo_row(const train::Variant& variant, std::string_view what) {
  Json views = Json::array();
  for (const feature::View view : variant.views) views.push(feature::view_name(view));
  Json row = Json::object();
  row.set("name", variant.name).set("model", variant.model);
  row.set("meaning", variant.meaning.empty() ? std::string(what) : variant.meaning);
  return row.set("params", variant.params).set("views", std::move(views));
}

// A model without variants.
train::Variant named(std::string_view model) {
  train::Variant variant;
  variant.name = variant.model = model;
  return variant;
}

Status list_zoo(const ModelsArguments& arguments) {
  Console console(arguments.json);
  INKLING_ASSIGN(const auto entries, zoo());
  INKLING_ASSIGN(const auto rankers, ranker_zoo());
  Json rows = Json::array();
  const auto add = [&](const train::Variant& variant, std::string_view what) {
    console.say(zoo_line(variant, what));
    rows.push(zoo_row(variant, what));
  };
  for (const ZooEntry& entry : entries) add(entry.variant, "");
  for (const RankerEntry& entry : rankers) add(entry.variant, "orders candidates");
  for (const auto* model : plugins::vector_models()) add(named(model->name), "gives items vectors");
  for (const auto* model : plugins::tagging_models()) add(named(model->name), "tags texts, learns with --labelled");
  for (const auto* model : plugins::picture_models())
    add(named(model->name), "sorts pictures, learns with --pictures");
  console.result(rows);
  return {};
}

}  // namespace

void add_models(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<ModelsArguments>();
  CLI::App* verb = app.add_subcommand("models", "List packages, make one live, show what can be trained");
  verb->require_subcommand(1);
  CLI::App* list_verb = verb->add_subcommand("list", "Every package with its state and measured figures");
  list_verb->add_option("--data", arguments->data, "data folder")->required();
  list_verb->add_flag("--json", arguments->json, "answer as one JSON array");
  list_verb->callback([arguments, &outcome] { outcome.status = list(*arguments); });
  CLI::App* promote_verb = verb->add_subcommand("promote", "Make a version live; the one before it is retired");
  promote_verb->add_option("--data", arguments->data, "data folder")->required();
  promote_verb->add_option("name", arguments->name, "model")->required();
  promote_verb->add_option("version", arguments->version, "version, like v2")->required();
  promote_verb->callback([arguments, &outcome] { outcome.status = promote(*arguments); });
  CLI::App* rollout_verb = verb->add_subcommand("rollout", "Give a version to a share of the shoppers' devices");
  rollout_verb->add_option("--data", arguments->data, "data folder")->required();
  rollout_verb->add_option("name", arguments->name, "model")->required();
  rollout_verb->add_option("version", arguments->version, "version, like v2")->required();
  rollout_verb->add_option("--percent", arguments->percent, "of the shoppers; 0 takes it back, 100 is promote")
      ->required();
  rollout_verb->callback([arguments, &outcome] { outcome.status = rollout(*arguments); });
  CLI::App* zoo_verb = verb->add_subcommand("zoo", "Every name that train --model takes, and what it presets");
  zoo_verb->add_flag("--json", arguments->json, "answer as one JSON array");
  zoo_verb->callback([arguments, &outcome] { outcome.status = list_zoo(*arguments); });
  CLI::App* params_verb = verb->add_subcommand("params", "A model's parameters: meaning, unit, range, default");
  params_verb->add_option("name", arguments->name, "model")->required();
  params_verb->callback([arguments, &outcome] { outcome.status = params(*arguments); });
}

}  // namespace inkling::cli
