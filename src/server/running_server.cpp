#include "server/running_server.h"

#include <boost/json.hpp>
#include <utility>

#include "scene/candidates.h"

namespace inkling::server {

namespace {

class OfferAboveHalf final : public scene::Stage {
 public:
  base::Status run(scene::Exchange& exchange) const override {
    INKLING_ASSIGN(const scene::ModelAnswer answer, exchange.knowledge.score("fake", exchange.now_ms));
    exchange.used_model(*answer.info);
    scene::Decision decision;
    decision.offer = answer.probs[0] > 0.5F;
    decision.probability = answer.probs[0];
    decision.reason = "tested";
    exchange.slots.decision = decision;
    return base::Status::ok_status();
  }
};

class Never final : public scene::Stage {
 public:
  base::Status run(scene::Exchange& exchange) const override {
    scene::Decision decision;
    decision.reason = "fell_back";
    exchange.slots.decision = decision;
    return base::Status::ok_status();
  }
};

class Failing final : public scene::Stage {
 public:
  base::Status run(scene::Exchange&) const override { return base::unavailable("this stage always fails"); }
};

class Shelf final : public scene::Stage {
 public:
  base::Status run(scene::Exchange& exchange) const override {
    const index::World& world = exchange.knowledge.world();
    scene::CandidateAdder shelf(exchange.slots, "hot");
    for (const auto& entry : world.hot()) shelf.add(world.facts(entry.row).item, 0.3F, {"popular"});
    exchange.used_model({"shelf", "1", {}});
    if (!exchange.slots.intent.emplace().probs.push({scene::kIntentTarget, "shelf", 0.25F})) {
      return base::internal_error("no room for the intent");
    }
    return base::Status::ok_status();
  }
};

// Which package, and in which form; trees are for servers only.
base::Result<std::vector<std::byte>> made_up_device_package(const artifact::Package& package,
                                                            artifact::DevicePrecision precision) {
  if (package.manifest().name == "trees") return base::unsupported("\"trees\" has no form for devices");
  const std::string text = package.manifest().version + " " + std::string(artifact::device_precision_name(precision));
  const auto bytes = std::as_bytes(std::span(text));
  return std::vector<std::byte>(bytes.begin(), bytes.end());
}

const scene::StageBlueprint kBlueprint{
    .name = "tested", .kind = scene::StageKind::kDecide, .writes = {scene::Slot::kDecision}};

template <typename Stage>
scene::StageSequence only(const std::string& id) {
  scene::StageSequence stages;
  stages.push_back({id, &kBlueprint, std::make_unique<Stage>(), 1});
  return stages;
}

scene::Plan plan_of(const std::string& name, scene::StageSequence stages, bool with_ladder) {
  scene::Plan::Parts parts;
  parts.name = name;
  parts.deadline_ms = 10'000;
  parts.stages = std::move(stages);
  if (with_ladder) parts.fallback.push_back({"decide/never", only<Never>("decide/never")});
  return scene::Plan(std::move(parts));
}

scene::Plan shelf_plan(const std::string& name, bool impressions) {
  static const scene::StageBlueprint kShelf{
      .name = "shelf", .kind = scene::StageKind::kRecall, .writes = {scene::Slot::kCandidates}};
  scene::Plan::Parts parts;
  parts.name = name;
  parts.deadline_ms = 10'000;
  parts.stages.push_back({"recall/shelf", &kShelf, std::make_unique<Shelf>(), 1});
  parts.impressions = impressions;
  return scene::Plan(std::move(parts));
}

}  // namespace

ServerOptions test_options() {
  ServerOptions options;
  options.shed_load = false;  // how busy the machine is must not decide a test
  options.port = 0;
  options.threads = 2;
  return options;
}

std::vector<scene::Plan> test_scenes() {
  std::vector<scene::Plan> scenes;
  scenes.push_back(plan_of("coupon", only<OfferAboveHalf>("decide/half"), true));
  scenes.push_back(plan_of("ladder", only<Failing>("decide/failing"), true));
  scenes.push_back(plan_of("broken", only<Failing>("decide/failing"), false));
  scenes.push_back(shelf_plan("shelf", true));
  scenes.push_back(shelf_plan("quiet", false));
  return scenes;
}

RunningServer::RunningServer(ServerOptions options, Scorers scorers, const std::vector<domain::Event>& journal,
                             const std::string& data_folder, std::vector<scene::Plan> scenes, Rankers rankers) {
  static_cast<void>(store_.append(journal));
  Services services{.store = store_,
                    .clock = clock_,
                    .scorers = std::move(scorers),
                    .scenes = std::move(scenes),
                    .log =
                        [this](std::string_view line) {
                          const std::lock_guard lock(log_mutex_);
                          log_lines_.emplace_back(line);
                        },
                    .data_folder = data_folder,
                    .device_package = made_up_device_package,
                    .rankers = std::move(rankers),
                    .templates = *content::load_templates("templates")};
  server_ = *Server::create(options, std::move(services));
  thread_ = std::thread([this] { run_status_ = server_->run(); });
}

RunningServer::~RunningServer() {
  if (!thread_.joinable()) return;
  store_.open_door();
  server_->stop();
  thread_.join();
}

void RunningServer::await_snapshot() {
  const std::uint64_t wanted = store_.statistics().last_sequence;
  for (HttpClient asking = client();;) {
    const auto told = boost::json::parse(asking.get("/v1/promotions").body);
    if (std::stoull(std::string(told.at("snapshot").as_string()).substr(1)) >= wanted) return;
  }
}

base::Status RunningServer::join() {
  thread_.join();
  return run_status_;
}

std::vector<std::string> RunningServer::log_lines() {
  const std::lock_guard lock(log_mutex_);
  return log_lines_;
}

}  // namespace inkling::server
