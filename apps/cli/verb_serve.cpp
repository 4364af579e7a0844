// inkling serve: the HTTP API over a data folder.
#include <memory>

#include "apps/cli/serving.h"
#include "apps/cli/verb.h"

namespace inkling::cli {
namespace {

struct ServeArguments {
  std::string data;
  std::int64_t now_ms = 0;
  ServeRequest request;
};

base::Status serve_folder(const ServeArguments& arguments) {
  Console console(false);
  INKLING_ASSIGN(const server::ServerConfig config, configure(arguments.request));
  INKLING_ASSIGN(DataFolder folder, open_data_folder(arguments.data, console, config.store));
  const base::FixedClock fixed(arguments.now_ms);
  return serve(folder, arguments.now_ms > 0 ? static_cast<const base::Clock&>(fixed) : *folder.clock, config,
               arguments.request.port_file, console);
}

}  // namespace

void add_serve_options(CLI::App& verb, ServeRequest& request) {
  const server::ServerConfig defaults;
  verb.add_option("--config", request.config, "server configuration (YAML); the options here stand above it");
  verb.add_option("--address", request.address, "IPv4 or IPv6 address to listen on")
      ->default_str(defaults.server.address);
  verb.add_option("--port", request.port, "0: any free one")->default_str(std::to_string(defaults.server.port));
  verb.add_option("--port-file", request.port_file, "write the port here once listening");
  verb.add_option("--threads", request.threads, "threads that answer")
      ->default_str(std::to_string(defaults.server.threads));
  verb.add_option("--scenes", request.scenes, "folder of scenes")->default_str(defaults.scenes);
  verb.add_option("--templates", request.templates,
                  "folder of templates of posts (default: templates, if it is there)");
  verb.add_option("--www", request.www, "folder of files served at /, as a shop's pages");
  verb.add_option("--console", request.console, "folder of the console's pages, served at /console");
}

void add_serve(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<ServeArguments>();
  CLI::App* verb = app.add_subcommand("serve", "Answer over HTTP: take events, tell intent, run scenes");
  verb->add_option("--data", arguments->data, "data folder; made when absent")->required();
  verb->add_option("--now-ms", arguments->now_ms, "answer as if it always were this moment: for old logs and tests");
  add_serve_options(*verb, arguments->request);
  verb->callback([arguments, &outcome] { outcome.status = serve_folder(*arguments); });
}

}  // namespace inkling::cli
