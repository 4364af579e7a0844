#include "apps/cli/serving.h"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <utility>

#include "apps/cli/device_form.h"
#include "apps/cli/signal_watch.h"
#include "base/files.h"
#include "content/template_file.h"
#include "scene/scene_file.h"
#include "scene/stage_registry.h"
#include "server/server.h"

namespace inkling::cli {
namespace {

using base::Status;

// Up to the hard limit. RocksDB and the connections share them.
void raise_open_files(std::size_t max_connections, Console& console) {
  constexpr rlim_t kBesidesConnections = 1000;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  if (limit.rlim_max >= max_connections + kBesidesConnections) return;
  console.say(fmt::format("only {} files may be open at once (ulimit -n): {} connections need {}", limit.rlim_max,
                          max_connections, max_connections + kBesidesConnections));
}

void say_loaded(const server::Services& services, Console& console) {
  for (const auto& scorer : services.scorers) {
    console.say(fmt::format("model {} {}", scorer->info().model, scorer->info().version));
  }
  for (const auto& ranker : services.rankers) console.say(fmt::format("model {} {}", ranker.model, ranker.version));
  for (const auto& package : services.vectors)
    console.say(fmt::format("model {} {}", package.model, package.version));
  for (const auto& plan : services.scenes) console.say("scene " + plan.name());
  for (const auto& form : services.templates) console.say("template " + form.id);
  if (services.scorers.empty() && services.rankers.empty() && services.vectors.empty()) {
    console.say("no model is live yet: scenes answer by their fallbacks until one is trained");
  }
}

// None where nobody named a folder and none is here: not every marketplace has posts.
base::Result<std::vector<content::Template>> load_templates(const std::string& folder) {
  auto templates = content::load_templates(folder);
  const bool is_usual = folder == server::ServerConfig().templates;
  if (is_usual && templates.status().code() == base::ErrorCode::kNotFound) return std::vector<content::Template>();
  return templates;
}

}  // namespace

base::Result<server::ServerConfig> configure(const ServeRequest& request) {
  server::ServerConfig config;
  if (!request.config.empty()) {
    INKLING_ASSIGN(config, server::load_server_config(request.config));
  }
  config.server.address = request.address.value_or(config.server.address);
  config.server.port = request.port.value_or(config.server.port);
  config.server.threads = request.threads.value_or(config.server.threads);
  config.scenes = request.scenes.value_or(config.scenes);
  config.templates = request.templates.value_or(config.templates);
  config.server.www = request.www.value_or(config.server.www);
  config.server.console = request.console.value_or(config.server.console);
  INKLING_TRY(server::check_options(config.server));
  return config;
}

Status serve(DataFolder& folder, const base::Clock& clock, const server::ServerConfig& config,
             const std::string& port_file, Console& console) {
  const auto logger = std::make_shared<spdlog::logger>("inkling", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  server::Services services{
      *folder.store,        clock,         {}, {}, [logger](std::string_view line) { logger->info("{}", line); },
      folder.path.string(), device_package};
  INKLING_ASSIGN(services.scorers, load_live_scorers(folder.path, math::precision_named(config.precision)));
  INKLING_ASSIGN(services.rankers, load_live_rankers(folder.path));
  INKLING_ASSIGN(services.vectors, load_live_vectors(folder.path));
  INKLING_ASSIGN(services.scenes, scene::load_scenes(config.scenes, plugins::stages()));
  INKLING_ASSIGN(services.templates, load_templates(config.templates));
  say_loaded(services, console);
  raise_open_files(config.server.max_connections, console);
  auto created = server::Server::create(config.server, std::move(services));
  if (!created.ok()) return created.status();
  server::Server& server = **created;
  const SignalWatch watch([&server] { server.stop(); });  // before anybody is told that it listens
  if (!port_file.empty()) {
    INKLING_TRY(base::write_file_atomic(port_file, std::to_string(server.port()) + "\n"));
  }
  console.say(fmt::format("listening on http://{}:{}/ (stop with Ctrl-C)", config.server.address, server.port()));
  const Status ran = server.run();
  std::error_code ignored;
  if (!port_file.empty()) std::filesystem::remove(port_file, ignored);
  INKLING_TRY(ran);
  INKLING_TRY(folder.store->checkpoint());
  console.say("stopped; everything acknowledged is in the journal");
  return {};
}

}  // namespace inkling::cli
