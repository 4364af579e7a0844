// inkling simulate: a marketplace that does not exist, for trying things. Simulated, and called so wherever it shows.
#include <fmt/format.h>

#include <memory>

#include "apps/cli/simulation.h"
#include "apps/cli/verb.h"
#include "base/files.h"
#include "sim/marketplace.h"
#include "wire/event_json.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::Status;

struct SimulateArguments {
  std::string data;
  std::string out;
  sim::MarketplaceOptions market;
  bool json = false;
};

Status write_file(const SimulateArguments& arguments, Console& console, std::uint64_t& events) {
  std::string text;
  INKLING_TRY(sim::Marketplace(arguments.market).generate([&](domain::Event&& event) {
    wire::write_event(event, text);
    text += '\n';
    console.progress("simulating", ++events, 0, "events");
    return Status();
  }));
  console.end_progress();
  return base::write_file_atomic(arguments.out, text);
}

Status simulate(const SimulateArguments& arguments) {
  if (arguments.data.empty() == arguments.out.empty()) {
    return base::invalid_input("simulate writes either into --data DIR or to --out FILE; give one of them");
  }
  Console console(arguments.json);
  Filled filled;
  if (arguments.data.empty()) {
    INKLING_TRY(write_file(arguments, console, filled.accepted));
  } else {
    INKLING_ASSIGN(DataFolder folder, open_data_folder(arguments.data, console));
    INKLING_ASSIGN(filled, simulate_into(*folder.store, arguments.market, console));
    INKLING_TRY(folder.store->checkpoint());
  }
  const std::string where = arguments.data.empty() ? arguments.out : arguments.data;
  console.say(fmt::format("simulated {} events of {} shoppers over {} days (seed {}) into {}{}", filled.accepted,
                          arguments.market.shoppers, arguments.market.days, arguments.market.seed, where,
                          filled.duplicates > 0 ? fmt::format("; {} were there already", filled.duplicates) : ""));
  Json result = Json::object();
  result.set("simulated", true);
  result.set("accepted", static_cast<std::int64_t>(filled.accepted));
  result.set("duplicates", static_cast<std::int64_t>(filled.duplicates));
  console.result(result);
  return {};
}

}  // namespace

void add_simulate(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<SimulateArguments>();
  CLI::App* verb =
      app.add_subcommand("simulate", "Make the events of a simulated marketplace (no real person or sale)");
  verb->add_option("--data", arguments->data, "data folder to fill; made when absent");
  verb->add_option("--out", arguments->out, "or: a JSON Lines file to write");
  verb->add_option("--seed", arguments->market.seed, "same seed, same events")->capture_default_str();
  verb->add_option("--shoppers", arguments->market.shoppers, "how many shoppers")->capture_default_str();
  verb->add_option("--days", arguments->market.days, "how many days")->capture_default_str();
  verb->add_option("--items", arguments->market.items, "how many items in the catalogue")->capture_default_str();
  verb->add_flag("--json", arguments->json, "answer as one JSON object");
  verb->callback([arguments, &outcome] { outcome.status = simulate(*arguments); });
}

}  // namespace inkling::cli
