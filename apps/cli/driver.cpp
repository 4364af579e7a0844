#include "apps/cli/driver.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <utility>

#include "apps/cli/signal_watch.h"
#include "base/progress.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::Result;
using base::Status;
using domain::ActionKind;
using sim::Call;

constexpr double kMostSpeed = 100'000;
constexpr double kMostMinutes = 30 * 24 * 60;

std::uint64_t answered(const sim::Counts& counts, Call call) {
  return counts.answered[static_cast<std::size_t>(call)];
}

Status check(const DriveRequest& request) {
  if (!(request.speed > 0 && request.speed <= kMostSpeed)) {
    return base::invalid_input(fmt::format("--speed: {} is not above 0 and at most {}", request.speed, kMostSpeed));
  }
  if (!(request.minutes >= 0 && request.minutes <= kMostMinutes)) {
    return base::invalid_input(fmt::format("--minutes: {} is not between 0 and {}", request.minutes, kMostMinutes));
  }
  if (request.minutes > 0 || request.options.sessions > 0) return {};
  return base::invalid_input("--against needs an end: give --minutes, --sessions or both");
}

void show_progress(const sim::Counts& counts, Console& console) {
  console.progress("driving", counts.events, 0, "events",
                   fmt::format("{} sessions  {} feeds  {} add-ons  {} coupons asked  {} errors", counts.sessions,
                               answered(counts, Call::kFeed), answered(counts, Call::kAddOn),
                               answered(counts, Call::kCoupon), counts.error_count()));
}

DriveReport report_of(const sim::Counts& counts, const Latencies& latencies, double seconds) {
  DriveReport report{counts, seconds, {}};
  for (std::size_t i = 0; i < report.latencies.size(); ++i) {
    const auto call = static_cast<Call>(i);
    report.latencies[i] = {latencies.quantile_us(call, 0.5), latencies.quantile_us(call, 0.99)};
  }
  return report;
}

double share(double part, std::uint64_t whole) {
  return whole == 0 ? 0 : part / static_cast<double>(whole);
}

Status open_promotion(const DriveRequest& request) {
  return bring_into_force(request.address,
                          sim::days::promotion_of(request.days->days.ladder, request.options.market.currency, 0, 0));
}

}  // namespace

Result<DriveReport> drive_against(DriveRequest request, const base::Clock& wall, Console& console,
                                  const WrapShop& wrap) {
  INKLING_TRY(check(request));
  WallPacer pacer(wall, request.speed, static_cast<std::int64_t>(request.minutes * base::kMinuteMs));
  request.options.market.start_ms = pacer.start_ms();
  request.options.run = std::to_string(wall.now_ms());
  if (request.days) INKLING_TRY(sim::days::check(request.days->days));
  const sim::MakePlayer make =
      request.days ? sim::days::day_shoppers(request.options, *request.days) : sim::MakePlayer();
  Latencies latencies;
  sim::Tally tally;
  const auto open_shop = [&]() -> std::unique_ptr<sim::Shop> {
    auto shop = std::make_unique<HttpShop>(request.address, latencies);
    return wrap ? wrap(std::move(shop)) : std::move(shop);
  };
  if (request.days) INKLING_TRY(open_promotion(request));
  const SignalWatch watch([&pacer] { pacer.close(); });
  const auto start = std::chrono::steady_clock::now();
  auto driving =
      std::async(std::launch::async, [&] { return sim::drive(request.options, open_shop, pacer, tally, make); });
  while (driving.wait_for(std::chrono::seconds(1)) != std::future_status::ready) {
    show_progress(tally.counts(), console);
  }
  console.end_progress();
  INKLING_TRY(driving.get());
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
  return report_of(tally.counts(), latencies, passed.count());
}

Json report_json(const DriveReport& report) {
  const sim::Counts& counts = report.counts;
  const auto number = [](std::uint64_t value) { return Json(static_cast<std::int64_t>(value)); };
  Json calls = Json::object();
  for (std::size_t i = 0; i < sim::kCallNames.size(); ++i) {
    calls.set(sim::kCallNames[i], Json(Json::Object{{"answered", number(counts.answered[i])},
                                                    {"p50_us", report.latencies[i].p50_us},
                                                    {"p99_us", report.latencies[i].p99_us}}));
  }
  Json actions = Json::object();
  for (std::size_t i = 0; i < counts.actions.size(); ++i) {
    if (counts.actions[i] > 0) actions.set(domain::kActionKindNames[i], number(counts.actions[i]));
  }
  Json errors = Json::object();
  for (const auto& [kind, count] : counts.errors) errors.set(kind, number(count));
  Json json = Json::object();
  json.set("simulated", true).set("seconds", report.seconds);
  json.set("calls", std::move(calls));
  json.set("events", number(counts.events));
  json.set("actions", std::move(actions));
  json.set("sessions", number(counts.sessions));
  json.set("positions_shown", number(counts.positions));
  json.set("unknown_items_shown", number(counts.unknown_items));
  json.set("mean_true_attraction", share(counts.attraction, counts.positions));
  json.set("other_gaps", number(counts.other_gaps));
  json.set("short_positions_shown", number(counts.short_positions));
  json.set("coupons_offered", number(counts.offers));
  json.set("degraded", number(counts.degraded));
  json.set("retries", number(counts.retries));
  json.set("error_count", number(counts.error_count()));
  json.set("errors", std::move(errors));
  return json;
}

void say_report(const DriveReport& report, Console& console) {
  const sim::Counts& counts = report.counts;
  console.say(fmt::format("played {} sessions in {:.1f} s: {} events acknowledged ({:.0f}/s), all simulated",
                          counts.sessions, report.seconds, counts.events,
                          static_cast<double>(counts.events) / std::max(report.seconds, 1e-3)));
  console.say(fmt::format("  {:8} {:>9} {:>9} {:>9}", "call", "answered", "p50 ms", "p99 ms"));
  for (std::size_t i = 0; i < sim::kCallNames.size(); ++i) {
    const auto& latency = report.latencies[i];
    console.say(fmt::format("  {:8} {:9} {:9.2f} {:9.2f}", sim::kCallNames[i], counts.answered[i],
                            static_cast<double>(latency.p50_us) / 1000, static_cast<double>(latency.p99_us) / 1000));
  }
  console.say(fmt::format("  {} clicks, {} cart adds, {} purchases; {} coupons offered, {} used",
                          counts.of(ActionKind::kClick), counts.of(ActionKind::kCartAdd),
                          counts.of(ActionKind::kPurchase), counts.offers, counts.of(ActionKind::kRedeem)));
  console.say(fmt::format("  {} positions shown, mean true attraction {:.4f}, {} of unknown items", counts.positions,
                          share(counts.attraction, counts.positions), counts.unknown_items));
  if (answered(counts, Call::kAddOn) > 0) {
    console.say(
        fmt::format("  {} add-on answers for another gap than the shopper's own, {} positions that do not fill it",
                    counts.other_gaps, counts.short_positions));
  }
  console.say(fmt::format("  {} degraded answers, {} retries, {} errors", counts.degraded, counts.retries,
                          counts.error_count()));
  for (const auto& [kind, count] : counts.errors) console.say(fmt::format("    {}: {}", kind, count));
}

}  // namespace inkling::cli
