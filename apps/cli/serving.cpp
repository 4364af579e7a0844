#include "apps/cli/serving.h"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <utility>

#include "apps/cli/signal_watch.h"
#include "base/files.h"
#include "scene/scene_file.h"
#include "scene/stage_registry.h"
#include "server/server.h"

namespace inkling::cli {
namespace {

using base::Status;

void say_loaded(const server::Services& services, Console& console) {
  for (const auto& scorer : services.scorers) {
    console.say(fmt::format("model {} {}", scorer->info().model, scorer->info().version));
  }
  for (const auto& plan : services.scenes) console.say("scene " + plan.name());
  if (services.scorers.empty()) {
    console.say("no model is live yet: scenes answer by their fallbacks until one is trained");
  }
}

}  // namespace

Status serve(DataFolder& folder, const base::Clock& clock, const ServeRequest& request, Console& console) {
  const auto logger = std::make_shared<spdlog::logger>("inkling", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  server::Services services{
      *folder.store, clock, {}, {}, [logger](std::string_view line) { logger->info("{}", line); }};
  INKLING_ASSIGN(services.scorers, load_live_scorers(folder.path));
  INKLING_ASSIGN(services.scenes, scene::load_scenes(request.scenes, plugins::stages()));
  say_loaded(services, console);
  auto created = server::Server::create(request.options, std::move(services));
  if (!created.ok()) return created.status();
  server::Server& server = **created;
  if (!request.port_file.empty()) {
    INKLING_TRY(base::write_file_atomic(request.port_file, std::to_string(server.port()) + "\n"));
  }
  console.say(fmt::format("listening on http://{}:{}/ (stop with Ctrl-C)", request.options.address, server.port()));
  const SignalWatch watch([&server] { server.stop(); });
  const Status ran = server.run();
  std::error_code ignored;
  if (!request.port_file.empty()) std::filesystem::remove(request.port_file, ignored);
  INKLING_TRY(ran);
  INKLING_TRY(folder.store->checkpoint());
  console.say("stopped; everything acknowledged is in the journal");
  return {};
}

}  // namespace inkling::cli
