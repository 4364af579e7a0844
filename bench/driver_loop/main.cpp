// driver_loop --data DIR --scenes DIR [--minutes M] [--speed X] [--shoppers N] [--seed N]: serves DIR over HTTP as
// `inkling serve` does, lets simulated shoppers play against it, and then holds the journal to what they saw: the
// features at every question, every acknowledged event, every impression. The last line is one JSON object for the
// figure driver-loop. Exit status 0: nothing differed, and every planted difference was found.
#include <algorithm>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

#include "apps/cli/data_folder.h"
#include "apps/cli/driver.h"
#include "base/files.h"
#include "bench/driver_loop/record_stage.h"
#include "bench/driver_loop/watched_shop.h"
#include "bench/replay_equals_online/moments.h"
#include "bench/replay_equals_online/plant.h"
#include "bench/replay_equals_online/report.h"
#include "bench/replay_equals_online/temp_folder.h"
#include "bench/replay_equals_online/value_of.h"
#include "bench/replay_equals_online/yesterday.h"
#include "bench/run_program.h"
#include "scene/scene_file.h"
#include "scene/stage_registry.h"
#include "server/server.h"

namespace inkling::bench {
namespace {

struct Options {
  std::string data;
  std::string scenes;
  cli::DriveRequest drive;
};

Options parse(int argc, char** argv) {
  Options options;
  options.drive.minutes = 10;
  options.drive.options.market.shoppers = 500;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name(argv[i]);
    const std::string value(argv[i + 1]);
    if (name == "--data") {
      options.data = value;
    } else if (name == "--scenes") {
      options.scenes = value;
    } else if (name == "--minutes") {
      options.drive.minutes = std::stod(value);
    } else if (name == "--speed") {
      options.drive.speed = std::stod(value);
    } else if (name == "--shoppers") {
      options.drive.options.market.shoppers = static_cast<std::uint32_t>(std::stoul(value));
    } else if (name == "--seed") {
      options.drive.options.market.seed = std::stoull(value);
    } else {
      throw std::runtime_error("\"" + std::string(name) +
                               "\" is no option; there are --data, --scenes, --minutes, --speed, --shoppers, --seed");
    }
  }
  if (options.data.empty() || options.scenes.empty()) throw std::runtime_error("--data and --scenes are needed");
  return options;
}

std::vector<scene::Plan> recorded_scenes(const std::string& folder) {
  std::vector<const scene::StageBlueprint*> stages(plugins::stages().begin(), plugins::stages().end());
  stages.push_back(&record_stage());
  std::vector<scene::Plan> plans;
  for (const char* name : {"coupon", "feed"}) {
    const std::string path = folder + "/" + name + "/scene.yaml";
    plans.push_back(value_of(scene::parse_scene(with_record_stage(value_of(base::read_file(path))), path, stages)));
  }
  return plans;
}

// The server from start to stop; a stop writes the impressions that wait.
class Serving {
 public:
  Serving(cli::DataFolder& folder, const std::shared_ptr<const Recorder>& recorder, const std::string& scenes) {
    server::ServerOptions options;
    options.port = 0;
    server::Services services{
        *folder.store, *folder.clock, value_of(cli::load_live_scorers(folder.path)), recorded_scenes(scenes), {}};
    services.scorers.push_back(recorder);
    server_ = value_of(server::Server::create(options, std::move(services)));
    thread_ = std::jthread([this] { status_ = server_->run(); });
  }
  ~Serving() {
    server_->stop();
    thread_.join();
  }
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;
  [[nodiscard]] std::uint16_t port() const { return server_->port(); }

 private:
  std::unique_ptr<server::Server> server_;
  base::Status status_;
  std::jthread thread_;
};

std::map<std::string, std::uint64_t> folded_counts(const store::Store& store) {
  std::map<std::string, std::uint64_t> counts;
  expect_ok(store.read_journal(1, [&](const store::JournalEntry& entry) {
    if (!entry.event.shopper.empty() && is_folded(entry.event)) ++counts[entry.event.shopper];
    return true;
  }));
  return counts;
}

// Questions answered from a state that lacked events acknowledged before, or had others; and questions that one side
// knows of and the other does not.
std::uint64_t behind(const std::vector<RecordedQuestion>& questions, const Watch& watch,
                     const std::map<std::string, std::uint64_t>& before) {
  std::map<std::string, std::vector<std::uint64_t>> read;
  for (const RecordedQuestion& question : questions) {
    read[question.asked.shopper].push_back(question.asked.event_count);
  }
  std::uint64_t differ = 0;
  for (const auto& [shopper, known] : watch.known_then) {
    const auto& counts = read[shopper];
    const auto found = before.find(shopper);
    const std::uint64_t old = found == before.end() ? 0 : found->second;
    for (std::size_t i = 0; i < std::max(known.size(), counts.size()); ++i) {
      differ += i < known.size() && i < counts.size() && counts[i] == old + known[i] ? 0U : 1U;
    }
  }
  return differ;
}

struct JournalCheck {
  std::uint64_t events = 0;
  std::uint64_t unacknowledged = 0;  // journaled, and nobody was told so
  std::uint64_t lost = 0;            // acknowledged, not journaled
  std::uint64_t doubled = 0;
  std::uint64_t impressions = 0;
  std::uint64_t impressions_wrong = 0;    // of no answer, doubled, or with other items than were shown
  std::uint64_t impressions_missing = 0;  // answers that no impression tells of
};

JournalCheck check_journal(const store::Store& store, std::uint64_t first_sequence, const Watch& watch) {
  JournalCheck check;
  std::unordered_set<std::string> seen;
  expect_ok(store.read_journal(first_sequence, [&](const store::JournalEntry& entry) {
    const bool is_new = seen.insert(entry.event.id).second;
    if (const auto* impression = std::get_if<domain::Impression>(&entry.event.body)) {
      ++check.impressions;
      std::vector<std::string> items;
      for (const auto& position : impression->positions) items.push_back(position.item);
      const auto shown = watch.shown.find(impression->request);
      check.impressions_wrong += is_new && shown != watch.shown.end() && shown->second == items ? 0U : 1U;
      return true;
    }
    ++check.events;
    check.doubled += is_new ? 0U : 1U;
    check.unacknowledged += watch.acknowledged.contains(entry.event.id) ? 0U : 1U;
    return true;
  }));
  for (const auto& id : watch.acknowledged) check.lost += seen.contains(id) ? 0U : 1U;
  for (const auto& [request, items] : watch.shown) check.impressions_missing += seen.contains(request) ? 0U : 1U;
  return check;
}

void report_journal(const JournalCheck& check, Report& report) {
  report.count("journaled_events", check.events);
  report.count("journaled_unacknowledged", check.unacknowledged);
  report.count("acknowledged_lost", check.lost);
  report.count("journaled_twice", check.doubled);
  report.count("impressions", check.impressions);
  report.count("impressions_wrong", check.impressions_wrong);
  report.count("impressions_missing", check.impressions_missing);
}

bool is_clean(const JournalCheck& check) {
  return check.unacknowledged + check.lost + check.doubled + check.impressions_wrong + check.impressions_missing == 0;
}

// Of every scene, how often it was asked.
void report_questions(const std::vector<RecordedQuestion>& questions, Report& report) {
  std::map<std::string, std::uint64_t> counts;
  for (const RecordedQuestion& question : questions) ++counts[question.scene];
  for (const auto& [scene, count] : counts) report.count(("recorded_" + scene).c_str(), count);
}

int run(Options options) {
  const TempFolder temporary("driver_loop");
  cli::Console console(false);
  const TrafficOptions yesterday{.seed = options.drive.options.market.seed + 1'000'000, .shoppers = 100, .days = 2};
  const feature::BlueprintSpec fitted = fitted_blueprint(yesterday, temporary / "yesterday");
  const auto recorder = std::make_shared<const Recorder>(value_of(feature::Blueprint::make(fitted)));
  cli::DataFolder folder = value_of(cli::open_data_folder(options.data, console));
  const store::Store& store = *folder.store;
  const std::uint64_t last_before = store.statistics().last_sequence;
  const auto before = folded_counts(store);

  Watch watch;
  cli::DriveReport driven;
  {
    const Serving serving(folder, recorder, options.scenes);
    options.drive.address.port = serving.port();
    driven = value_of(cli::drive_against(options.drive, *folder.clock, console, [&](std::unique_ptr<sim::Shop> shop) {
      return std::make_unique<WatchedShop>(std::move(shop), watch);
    }));
  }
  cli::say_report(driven, console);

  const std::vector<RecordedQuestion> questions = recorded_questions();
  std::vector<Asked> asked;
  for (const RecordedQuestion& question : questions) asked.push_back(question.asked);
  const Moments moments = moments_of(asked, *recorder);
  const sample::LogSpan span = value_of(sample::log_span(store));
  const sample::SamplePlan plan = value_of(sample::with_boundaries(every_action_plan(), span));
  const ReplayCheck replayed = check_replay(store, recorder->blueprint(), moments, plan, span);
  const JournalCheck journal = check_journal(store, last_before + 1, watch);
  const std::uint64_t questions_behind = behind(questions, watch, before);

  Report report;
  report.set("driver", cli::report_json(driven));
  report_questions(questions, report);
  report.count("answers_behind", questions_behind);
  report.check("moments", replayed);
  report.count("moments_in_a_session", replayed.live);
  report_journal(journal, report);
  const bool found = report.planted(check_planted(store, recorder->blueprint(), moments, plan, span));
  report.finish();
  const bool ok = found && driven.counts.error_count() == 0 && questions_behind == 0 && replayed.mismatches == 0 &&
                  replayed.compared == questions.size() && is_clean(journal);
  return ok ? 0 : 1;
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  return inkling::bench::run_program("driver_loop",
                                     [&] { return inkling::bench::run(inkling::bench::parse(argc, argv)); });
}
