// inkling simulate: a marketplace that does not exist, for trying things: as a log, or as shoppers of a running
// server. Simulated, and called so wherever it shows.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <memory>

#include "apps/cli/driver.h"
#include "apps/cli/simulation.h"
#include "apps/cli/verb.h"
#include "base/files.h"
#include "wire/event_json.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::Status;

struct SimulateArguments {
  std::string data;
  std::string out;
  std::string truth;
  std::string against;
  std::string scene = "add-on";
  std::string feed = "on";
  std::string coupons = "none";
  std::vector<std::string> without;
  DriveRequest drive;
  Simulation simulation;
  bool json = false;
};

Status write_file(const SimulateArguments& arguments, Console& console, std::uint64_t& events) {
  std::string text;
  std::string truths;
  const auto on_event = [&](domain::Event&& event) {
    wire::write_event(event, text);
    text += '\n';
    console.progress("simulating", ++events, 0, "events");
    return Status();
  };
  INKLING_TRY(simulate_events(arguments.simulation, on_event, arguments.truth.empty() ? nullptr : &truths));
  console.end_progress();
  if (!arguments.truth.empty()) INKLING_TRY(base::write_file_atomic(arguments.truth, truths));
  return base::write_file_atomic(arguments.out, text);
}

Status drive(const SimulateArguments& arguments) {
  Console console(arguments.json);
  DriveRequest request = arguments.drive;
  request.options.market = arguments.simulation.market;
  if (arguments.simulation.days.days > 0) request.days = {arguments.simulation.days, arguments.scene};
  INKLING_ASSIGN(request.address, server::parse_http_address(arguments.against));
  INKLING_ASSIGN(const DriveReport report, drive_against(std::move(request), base::SystemClock(), console));
  say_report(report, console);
  console.result(report_json(report));
  const std::uint64_t errors = report.counts.error_count();
  if (errors == 0) return {};
  return base::io_error(fmt::format("{} of the calls to {} failed; the first: {}", errors, arguments.against,
                                    report.counts.first_error));
}

Status simulate(const SimulateArguments& arguments) {
  const int places = int{!arguments.data.empty()} + int{!arguments.out.empty()} + int{!arguments.against.empty()};
  if (places != 1) {
    return base::invalid_input(
        "simulate writes into --data DIR or to --out FILE, or plays --against URL; give one of them");
  }
  if (!arguments.truth.empty() && arguments.out.empty()) {
    return base::invalid_input("--truth tells what is behind --out FILE; give that too");
  }
  if (!arguments.against.empty() && arguments.feed == "only") {
    return base::invalid_input("--feed only leaves things out of a log; with --against write --feed on or off");
  }
  if (!arguments.against.empty()) return drive(arguments);
  Console console(arguments.json);
  Filled filled;
  if (arguments.data.empty()) {
    INKLING_TRY(write_file(arguments, console, filled.accepted));
  } else {
    INKLING_ASSIGN(DataFolder folder, open_data_folder(arguments.data, console));
    INKLING_ASSIGN(filled, simulate_into(*folder.store, arguments.simulation, console));
    INKLING_TRY(folder.store->checkpoint());
  }
  const std::string where = arguments.data.empty() ? arguments.out : arguments.data;
  const sim::MarketplaceOptions& market = arguments.simulation.market;
  const std::uint32_t promotion_days = arguments.simulation.days.days;
  console.say(fmt::format(
      "simulated {} events of {} shoppers over {} days{} (seed {}) into {}{}", filled.accepted, market.shoppers,
      market.days, promotion_days > 0 ? fmt::format(" and {} promotion days", promotion_days) : "", market.seed,
      where, filled.duplicates > 0 ? fmt::format("; {} were there already", filled.duplicates) : ""));
  Json result = Json::object();
  result.set("simulated", true);
  result.set("accepted", static_cast<std::int64_t>(filled.accepted));
  result.set("duplicates", static_cast<std::int64_t>(filled.duplicates));
  console.result(result);
  return {};
}

// "none" or "random:0.5".
base::Result<double> coupon_share(const std::string& text) {
  if (text == "none") return 0.0;
  constexpr std::string_view kRandom = "random:";
  double share = -1;
  if (text.starts_with(kRandom)) {
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + kRandom.size(), end, share);
    if (error == std::errc() && stop == end && share >= 0 && share <= 1) return share;
  }
  return base::invalid_input(fmt::format(
      "--coupons: \"{}\" is neither none nor random:SHARE with a share between 0 and 1, such as random:0.5", text));
}

Status apply_switches(SimulateArguments& arguments) {
  arguments.simulation.market.feed = arguments.feed != "off";
  arguments.simulation.market.feed_alone = arguments.feed == "only";
  INKLING_ASSIGN(arguments.simulation.market.coupon_share, coupon_share(arguments.coupons));
  for (const std::string& name : arguments.without) {
    INKLING_TRY(switch_off(arguments.simulation, name).within("--without"));
  }
  return {};
}

void add_gesture_options(CLI::App& verb, SimulateArguments& arguments) {
  const char* group = "Gestures (their signals: sim/gesture_signals.h)";
  verb.add_flag("--gestures", arguments.simulation.market.gestures,
                "tell swipes and taps too; visits follow hidden moods")
      ->group(group);
  verb.add_option("--without", arguments.without,
                  fmt::format("switches a signal off; may be repeated: {}; of promotion days: {}",
                              fmt::join(sim::gesture_signal_names(), ", "),
                              fmt::join(sim::days::promotion_signal_names(), ", ")))
      ->group(group);
  verb.add_option("--coupons", arguments.coupons, "none, or random:SHARE: so many visits begin with one, by chance")
      ->capture_default_str()
      ->group(group);
}

void add_drive_options(CLI::App& verb, SimulateArguments& arguments) {
  const char* group = "Against a running server";
  DriveRequest& drive = arguments.drive;
  verb.add_option("--against", arguments.against, "or: the server's address, as in http://127.0.0.1:8080")
      ->group(group);
  verb.add_option("--scene", arguments.scene, "of --promotion-days: whom to ask for what completes a cart")
      ->capture_default_str()
      ->group(group);
  verb.add_option("--minutes", drive.minutes, "for so long, in real time")->group(group);
  verb.add_option("--sessions", drive.options.sessions, "or for so many visits")->group(group);
  verb.add_option("--connections", drive.options.connections, "how many at once")
      ->capture_default_str()
      ->group(group);
  verb.add_option("--speed", drive.speed, "how much faster simulated time passes than real time")
      ->capture_default_str()
      ->group(group);
  verb.add_option("--page-size", drive.options.page_size, "items of a feed page")
      ->capture_default_str()
      ->group(group);
}

}  // namespace

void add_simulate(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<SimulateArguments>();
  CLI::App* verb =
      app.add_subcommand("simulate", "Make the events of a simulated marketplace (no real person or sale)");
  verb->add_option("--data", arguments->data, "data folder to fill; made when absent");
  verb->add_option("--out", arguments->out, "or: a JSON Lines file to write");
  verb->add_option("--seed", arguments->simulation.market.seed, "same seed, same events")->capture_default_str();
  verb->add_option("--start-ms", arguments->simulation.market.start_ms,
                   "when the log begins, Unix time: a server's popular goods are those of its own last weeks")
      ->capture_default_str();
  verb->add_option("--shoppers", arguments->simulation.market.shoppers, "how many shoppers")->capture_default_str();
  verb->add_option("--days", arguments->simulation.market.days, "how many days")->capture_default_str();
  verb->add_option("--items", arguments->simulation.market.items, "how many items in the catalogue")
      ->capture_default_str();
  verb->add_option("--threads", arguments->simulation.market.threads,
                   "that play shoppers; 0: one a core. Same events with any")
      ->capture_default_str();
  verb->add_option("--feed", arguments->feed,
                   "on or off: whether the shop shows a feed of suggestions; only: tells of nothing else")
      ->check(CLI::IsMember({"on", "off", "only"}))
      ->capture_default_str();
  verb->add_flag("--position-bias,!--no-position-bias", arguments->simulation.market.feed_model.position_bias,
                 "whether a feed's first positions are looked at more often");
  verb->add_flag("--taste,!--no-taste", arguments->simulation.market.feed_model.taste,
                 "whether what a feed shows attracts shoppers by their tastes and intent");
  verb->add_option("--truth", arguments->truth, "with --out: write why shoppers clicked and bought, for judging");
  verb->add_option(
          "--promotion-days", arguments->simulation.days.days,
          "so many days with a spend-threshold promotion behind the others (sim/days); with --against 1: shoppers of "
          "such days instead of ordinary ones")
      ->capture_default_str();
  add_gesture_options(*verb, *arguments);
  add_drive_options(*verb, *arguments);
  verb->add_flag("--json", arguments->json, "answer as one JSON object");
  verb->callback([arguments, &outcome] {
    outcome.status = apply_switches(*arguments);
    if (outcome.status.ok()) outcome.status = simulate(*arguments);
  });
}

}  // namespace inkling::cli
