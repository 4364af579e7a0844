// inkling standalone: simulated data, a trained model and a server from one command, for a first look.
#include <fmt/format.h>

#include <memory>

#include "apps/cli/package_training.h"
#include "apps/cli/serving.h"
#include "apps/cli/simulation.h"
#include "apps/cli/verb.h"
#include "registry/registry.h"

namespace inkling::cli {
namespace {

using base::Status;

struct StandaloneArguments {
  std::string data = "inkling-data";
  std::string training;
  std::uint64_t seed = 1;
  sim::MarketplaceOptions market;
  ServeRequest request;
};

Status fill_when_empty(DataFolder& folder, StandaloneArguments& arguments, Console& console) {
  if (folder.store->statistics().last_sequence > 0) {
    console.say(fmt::format("{} holds {} events already", arguments.data, folder.store->statistics().last_sequence));
    return {};
  }
  arguments.market.seed = arguments.seed;
  INKLING_ASSIGN(const Filled filled, simulate_into(*folder.store, {arguments.market, {}}, console));
  INKLING_TRY(folder.store->checkpoint());
  console.say(fmt::format("simulated {} events of {} shoppers over {} days (seed {})", filled.accepted,
                          arguments.market.shoppers, arguments.market.days, arguments.seed));
  return {};
}

Status train_when_none_is_live(DataFolder& folder, const StandaloneArguments& arguments, Console& console) {
  TrainingRequest training;
  INKLING_ASSIGN(training.file, load_training_file(arguments.training));
  INKLING_ASSIGN(const auto live, registry::Registry(folder.path).live(training.file.model));
  if (live.has_value()) return {};
  training.seed = arguments.seed;
  return train_package(folder, std::move(training), console).status();
}

Status standalone(StandaloneArguments& arguments) {
  Console console(false);
  INKLING_ASSIGN(const server::ServerConfig config, configure(arguments.request));
  INKLING_ASSIGN(DataFolder folder, open_data_folder(arguments.data, console, config.store));
  INKLING_TRY(fill_when_empty(folder, arguments, console));
  INKLING_TRY(train_when_none_is_live(folder, arguments, console));
  return serve(folder, *folder.clock, config, arguments.request.port_file, console);
}

}  // namespace

void add_standalone(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<StandaloneArguments>();
  CLI::App* verb = app.add_subcommand("standalone", "Simulate when empty, train when no model is live, then serve");
  verb->add_option("--data", arguments->data, "data folder; made when absent")->capture_default_str();
  verb->add_option("--training", arguments->training, "training file (YAML)");
  verb->add_option("--seed", arguments->seed, "of the simulation and the training")->capture_default_str();
  verb->add_option("--shoppers", arguments->market.shoppers, "simulated shoppers")->capture_default_str();
  verb->add_option("--days", arguments->market.days, "simulated days")->capture_default_str();
  add_serve_options(*verb, arguments->request);
  verb->callback([arguments, &outcome] { outcome.status = standalone(*arguments); });
}

}  // namespace inkling::cli
