// inkling serve: the HTTP API over a data folder.
#include <memory>

#include "apps/cli/serving.h"
#include "apps/cli/verb.h"

namespace inkling::cli {
namespace {

struct ServeArguments {
  std::string data;
  std::int64_t now_ms = 0;
  bool no_sync = false;
  std::size_t write_buffer_mib = 0;
  store::StoreOptions store;
  ServeRequest request;
};

store::StoreOptions store_options(const ServeArguments& arguments) {
  store::StoreOptions options = arguments.store;
  options.sync = !arguments.no_sync;
  options.write_buffer_bytes = arguments.write_buffer_mib * 1024 * 1024;
  return options;
}

void add_store_options(CLI::App& verb, ServeArguments& arguments) {
  verb.add_flag("--no-sync", arguments.no_sync, "acknowledge before the disk has it: a power cut loses the newest");
  verb.add_option("--checkpoint-events", arguments.store.checkpoint_every_events,
                  "write states out after so many events")
      ->capture_default_str()
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1} << 40));
  verb.add_option("--write-buffer-mib", arguments.write_buffer_mib, "memory of writes not yet in tables; 0: ample")
      ->capture_default_str()
      ->check(CLI::Range(std::size_t{0}, std::size_t{1} << 20));
}

base::Status serve_folder(const ServeArguments& arguments) {
  Console console(false);
  INKLING_ASSIGN(DataFolder folder, open_data_folder(arguments.data, console, store_options(arguments)));
  const base::FixedClock fixed(arguments.now_ms);
  return serve(folder, arguments.now_ms > 0 ? static_cast<const base::Clock&>(fixed) : *folder.clock,
               arguments.request, console);
}

}  // namespace

void add_serve_options(CLI::App& verb, ServeRequest& request) {
  verb.add_option("--address", request.options.address, "IPv4 or IPv6 address to listen on")->capture_default_str();
  verb.add_option("--port", request.options.port, "0: any free one")->capture_default_str();
  verb.add_option("--port-file", request.port_file, "write the port here once listening");
  verb.add_option("--threads", request.options.threads, "threads that answer")->capture_default_str();
  verb.add_option("--max-connections", request.options.max_connections, "one more is answered 503")
      ->capture_default_str();
  verb.add_option("--scenes", request.scenes, "folder of scenes")->capture_default_str();
}

void add_serve(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<ServeArguments>();
  CLI::App* verb = app.add_subcommand("serve", "Answer over HTTP: take events, tell intent, run scenes");
  verb->add_option("--data", arguments->data, "data folder; made when absent")->required();
  verb->add_option("--now-ms", arguments->now_ms, "answer as if it always were this moment: for old logs and tests");
  add_store_options(*verb, *arguments);
  add_serve_options(*verb, arguments->request);
  verb->callback([arguments, &outcome] { outcome.status = serve_folder(*arguments); });
}

}  // namespace inkling::cli
