// inkling report: what the journal of a data folder says about how a scene does, as a page and as JSON.
#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "apps/cli/add_on_page.h"
#include "apps/cli/add_on_summary.h"
#include "apps/cli/data_folder.h"
#include "apps/cli/verb.h"
#include "base/files.h"

namespace inkling::cli {
namespace {

using base::Result;
using base::Status;
using funnel::Deed;

struct ReportArguments {
  std::string data;
  std::string out;
  std::string scene = "add-on";
  bool json = false;
};

Result<AddOnSummary> read_summary(const ReportArguments& arguments, Console& console) {
  INKLING_ASSIGN(const DataFolder folder, open_existing_data_folder(arguments.data, console));
  const std::uint64_t total = folder.store->statistics().last_sequence;
  funnel::JournalFollower follower({.scene = arguments.scene});
  std::uint64_t events = 0;
  INKLING_TRY(folder.store->read_journal(1, [&](const store::JournalEntry& entry) {
    follower.take(entry.event);
    console.progress("reading the journal", ++events, total, "events");
    return true;
  }));
  console.end_progress();
  return summarise_add_on(follower, events);
}

void say(const AddOnSummary& summary, Console& console) {
  for (const PromotionSteps& each : summary.promotions) {
    const funnel::StepSummary& steps = each.steps;
    console.say(fmt::format("{}: {} orders, {:.1f} % within 25 % below a step, overshoot median {} p90 {} cents",
                            each.promotion, steps.orders, 100 * steps.just_below_share(),
                            steps.overshoot.median_cents, steps.overshoot.p90_cents));
  }
  for (const funnel::ArmSummary& arm : summary.arms) {
    console.say(fmt::format("{}: {} looks, {} shown, {} clicked, {} carted, {} bought, {} orders",
                            arm.arm.empty() ? "all" : arm.arm, arm.looks, arm.of(Deed::kShown),
                            arm.of(Deed::kClicked), arm.of(Deed::kCarted), arm.of(Deed::kBought), arm.orders));
  }
}

Status report_add_on(const ReportArguments& arguments) {
  Console console(arguments.json);
  INKLING_ASSIGN(const AddOnSummary summary, read_summary(arguments, console));
  const std::filesystem::path out = arguments.out.empty()
                                        ? std::filesystem::path(arguments.data) / "reports" / "add-on.html"
                                        : std::filesystem::path(arguments.out);
  if (arguments.out.empty()) INKLING_TRY(base::make_directories(out.parent_path().string()));
  INKLING_TRY(base::write_file_atomic(out.string(), add_on_page(summary)));
  say(summary, console);
  console.say("report " + out.string());
  console.result(to_json(summary));
  return {};
}

}  // namespace

void add_report(CLI::App& app, Outcome& outcome) {
  CLI::App* verb = app.add_subcommand("report", "Tell from the journal how a scene does, as a page");
  verb->require_subcommand(1);
  auto arguments = std::make_shared<ReportArguments>();
  CLI::App* add_on = verb->add_subcommand(
      "add-on", "Completing baskets: orders below steps, overshoot, clicks to orders by arm, category cross-scores");
  add_on->add_option("--data", arguments->data, "data folder")->required();
  add_on->add_option("--out", arguments->out, "HTML file to write (default: DATA/reports/add-on.html)");
  add_on->add_option("--scene", arguments->scene, "whose answers to follow")->capture_default_str();
  add_on->add_flag("--json", arguments->json, "answer as one JSON object");
  add_on->callback([arguments, &outcome] { outcome.status = report_add_on(*arguments); });
}

}  // namespace inkling::cli
