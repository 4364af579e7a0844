#include "apps/cli/add_on_runner.h"

#include <fmt/format.h>

#include <utility>

#include "apps/cli/add_on_training.h"
#include "base/core/hash.h"
#include "base/files.h"

namespace inkling::cli {
namespace {

namespace fs = std::filesystem;
using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

// One thread trains: the same suite gives the same figures everywhere.
constexpr int kThreads = 1;

Json to_json(const AddOnRun& run) {
  Json scores = Json::array();
  for (const double score : run.scores) scores.push(score);
  Json json = Json::object();
  json.set("inputs", run.inputs).set("name", run.name).set("seed", static_cast<std::int64_t>(run.seed));
  json.set("train_seconds", run.cost.train_seconds).set("package_bytes", run.cost.package_bytes);
  json.set("candidates_per_second", run.cost.candidates_per_second);
  return json.set("scores", std::move(scores));
}

Result<AddOnRun> run_from(const JsonView& json) {
  AddOnRun run;
  INKLING_ASSIGN(run.inputs, json.text("inputs"));
  INKLING_ASSIGN(run.name, json.text("name"));
  INKLING_ASSIGN(const std::int64_t seed, json.integer("seed", 0));
  run.seed = static_cast<std::uint64_t>(seed);
  INKLING_ASSIGN(run.cost.train_seconds, json.number("train_seconds"));
  INKLING_ASSIGN(run.cost.package_bytes, json.integer("package_bytes"));
  INKLING_ASSIGN(run.cost.candidates_per_second, json.number("candidates_per_second"));
  INKLING_ASSIGN(const auto scores, json.elements("scores"));
  for (const JsonView& score : scores) {
    INKLING_ASSIGN(const double value, score.as_number());
    run.scores.push_back(value);
  }
  return run;
}

class Runner {
 public:
  Runner(const AddOnSuite& suite, fs::path out, Console& console)
      : suite_(suite),
        out_(std::move(out)),
        console_(console),
        total_(suite.seeds.size() * suite.contenders.size()) {}

  Result<std::vector<TriedSeed>> run() {
    INKLING_ASSIGN(const std::string bytes, base::read_file("/proc/self/exe"));
    program_ = base::name_hash(bytes);
    for (const std::string& name : suite_.skipped) {
      console_.say("skipped: " + name + " is no model of this build that orders candidates");
    }
    std::vector<TriedSeed> seeds;
    for (const std::uint64_t seed : suite_.seeds) {
      TriedSeed& tried = seeds.emplace_back();
      INKLING_ASSIGN(tried.trial, make_trial(suite_, seed, console_));
      for (const Contender& contender : suite_.contenders) INKLING_TRY(run_one(contender, tried));
      tried.trial.train = {};  // large, and of no use once all have learnt
      tried.trial.feed = {};
    }
    return seeds;
  }

 private:
  Status run_one(const Contender& contender, TriedSeed& tried) {
    const AddOnTrial& trial = tried.trial;
    INKLING_ASSIGN(const std::string inputs, inputs_of(contender, trial.seed));
    const fs::path file = out_ / "runs" / fmt::format("seed-{}", trial.seed) / (contender.name + ".json");
    const std::string which = fmt::format("{} of {}: seed {}, {}", ++started_, total_, trial.seed, contender.name);
    auto kept = read_kept(file);
    if (kept.ok() && kept->inputs == inputs && kept->scores.size() == trial.test_offers()) {
      console_.say(which + ": kept from before");
      tried.runs.push_back(*std::move(kept));
      return {};
    }
    console_.say(which);
    INKLING_ASSIGN(AddOnRun run, try_contender(suite_, contender, trial, kThreads));
    run.inputs = inputs;
    INKLING_TRY(base::make_directories(file.parent_path().string()));
    INKLING_TRY(base::write_file_atomic(file.string(), to_json(run).to_text()));
    tried.runs.push_back(std::move(run));
    return {};
  }

  static Result<AddOnRun> read_kept(const fs::path& file) {
    INKLING_ASSIGN(const std::string text, base::read_file(file.string()));
    INKLING_ASSIGN(const Json json, Json::parse(text));
    return run_from(JsonView(json));
  }

  [[nodiscard]] Result<std::string> inputs_of(const Contender& contender, std::uint64_t seed) const {
    Json json = Json::object();
    json.set("seed", static_cast<std::int64_t>(seed)).set("data", suite_.data).set("name", contender.name);
    if (contender.learns()) {
      INKLING_ASSIGN(Json params, params_of(suite_, contender));
      json.set("params", std::move(params));
    }
    if (contender.warm) {
      INKLING_ASSIGN(Json params, params_of(suite_, contender, TaughtBy::kFeed));
      json.set("feed_days", static_cast<std::int64_t>(suite_.feed_days)).set("feed_params", std::move(params));
    }
    json.set("program", fmt::format("{:016x}", program_));
    return fmt::format("{:016x}", base::name_hash(json.to_text()));
  }

  const AddOnSuite& suite_;
  fs::path out_;
  Console& console_;
  std::size_t total_;
  std::size_t started_ = 0;
  std::uint64_t program_ = 0;
};

}  // namespace

Result<std::vector<TriedSeed>> run_add_on_suite(const AddOnSuite& suite, const fs::path& out, Console& console) {
  INKLING_TRY(base::make_directories(out.string()));
  return Runner(suite, out, console).run();
}

}  // namespace inkling::cli
