// replay_equals_online [--quick] [--plant] [--seed N]: serves simulated traffic over HTTP, records what the features
// were whenever somebody asked, replays the journal and compares. The last line is one JSON object for the figure of
// the same name. Exit status 0: no mismatch (and, with --plant, every planted difference was found).
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "bench/replay_equals_online/moments.h"
#include "bench/replay_equals_online/plant.h"
#include "bench/replay_equals_online/report.h"
#include "bench/replay_equals_online/serving.h"
#include "bench/replay_equals_online/temp_folder.h"
#include "bench/replay_equals_online/traffic.h"
#include "bench/replay_equals_online/value_of.h"
#include "bench/replay_equals_online/yesterday.h"
#include "bench/run_program.h"

namespace inkling::bench {
namespace {

struct Options {
  bool quick = false;
  bool plant = false;
  std::uint64_t seed = 1;
};

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument(argv[i]);
    if (argument == "--quick") {
      options.quick = true;
    } else if (argument == "--plant") {
      options.plant = true;
    } else if (argument == "--seed" && i + 1 < argc) {
      options.seed = std::stoull(argv[++i]);
    } else {
      throw std::runtime_error("\"" + std::string(argument) +
                               "\" is no option; there are --quick, --plant, --seed N");
    }
  }
  return options;
}

TrafficOptions traffic_options(const Options& options) {
  TrafficOptions traffic;
  traffic.seed = options.seed;
  traffic.shoppers = options.quick ? 200 : 500;
  traffic.days = options.quick ? 3 : 6;
  return traffic;
}

TrafficOptions yesterdays(TrafficOptions options) {
  options.seed += 1'000'000;
  options.shoppers = 200;
  options.days = 3;
  return options;
}

void report_traffic(const Traffic& traffic, const Served& served, const JournalOrder& order, Report& report) {
  report.count("events_sent", traffic.arrivals.size());
  report.count("sent_late", traffic.delayed);
  report.count("sent_twice", traffic.repeated);
  report.count("sent_out_of_order", traffic.swapped);
  report.count("duplicates_dropped", served.duplicates_dropped);
  report.count("repeated_after_restart", served.repeated_after_restart);
  report.count("journaled", order.events);
  report.count("journaled_behind", order.behind);
  report.count("behind_a_minute", order.behind_a_minute);
  report.count("behind_an_hour", order.behind_an_hour);
  report.count("behind_a_day", order.behind_a_day);
  report.count("requests", served.requests);
  report.count("restarts", served.restarts);
  report.count("warm_shoppers_dropped", served.memories_dropped);
  report.count("rebuilt_from_journal", served.rebuilds);
}

int run(const Options& options) {
  const TempFolder folder("replay_equals_online");
  const TrafficOptions simulated = traffic_options(options);
  const feature::BlueprintSpec fitted = fitted_blueprint(yesterdays(simulated), folder / "yesterday");
  const auto recorder = std::make_shared<const Recorder>(value_of(feature::Blueprint::make(fitted)));
  const Traffic traffic = value_of(make_traffic(simulated));
  MovedClock clock;
  const std::string data = folder / "data";
  const Served served = serve(traffic, recorder, clock, {.seed = options.seed, .data_folder = data});

  const auto store = value_of(store::open_store(data, {}, clock));
  const Moments moments = moments_of(served.asked, *recorder);
  const sample::LogSpan span = value_of(sample::log_span(*store));
  const sample::SamplePlan plan = value_of(sample::with_boundaries(every_action_plan(), span));
  const ReplayCheck replayed = check_replay(*store, recorder->blueprint(), moments, plan, span);
  const ReplayCheck sharded = check_shards(*store, fitted, moments, plan, span, folder / "samples");

  Report report;
  report_traffic(traffic, served, journal_order(*store), report);
  report.count("moments_recorded", served.asked.size());
  report.count("moments_in_a_session", replayed.live);
  const std::uint64_t behind = answers_behind(served.asked, *recorder);
  report.count("answers_behind", behind);
  report.check("moments", replayed);
  report.check("shard_rows", sharded);
  bool ok =
      behind == 0 && replayed.mismatches == 0 && sharded.mismatches == 0 && replayed.compared == served.asked.size();
  if (options.plant) {
    ok = report.planted(check_planted(*store, recorder->blueprint(), moments, plan, span)) && ok;
  }
  report.finish();
  return ok ? 0 : 1;
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  return inkling::bench::run_program("replay_equals_online",
                                     [&] { return inkling::bench::run(inkling::bench::parse(argc, argv)); });
}
