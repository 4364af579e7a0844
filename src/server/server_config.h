// The configuration file of `inkling serve` (YAML): every limit of the server and of the store, the folders of scenes
// and templates, and a timetable. All members are optional; what is left out keeps its default.
//
//   server: {address: 127.0.0.1, port: 8080, threads: 2, body_limit_bytes: 8388608}  # server_options.h
//   store: {sync: true, cached_shoppers: 100000}  # StoreOptions of store/store.h
//   timetable: [{days: [fri], from: "19:30", to: "23:00", threads: 8}]  # timetable.h
//   scenes: /etc/inkling/scenes
//   templates: /etc/inkling/templates
//   precision: reduced  # arithmetic of the models, math/precision.h
//
// One table (config_options) describes every option: checks, the published schema and the documents follow from it,
// so a new option is one row. Thread safety: plain values. Failure: kNotFound, kTooLarge, or kInvalidInput with every
// mistake, one sentence a line: "<file>:<line>: server.port: 70000 is above 65535; allowed is ...".
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/core/json.h"
#include "base/core/result.h"
#include "scene/parameter.h"
#include "server/server_options.h"
#include "store/store.h"

namespace inkling::server {

struct ServerConfig {
  ServerOptions server;
  store::StoreOptions store;
  std::string scenes = "scenes";        // folder with <scene>/scene.yaml
  std::string templates = "templates";  // folder with <template>.yaml
  std::string precision = "float";      // of the models: one of math::kPrecisionNames
};

// One row of the table. `section` is "server", "store" or "" for the file itself.
struct ConfigOption {
  std::string_view section;
  scene::ParameterSpec spec;
  scene::ParameterValue (*get)(const ServerConfig&);
  void (*set)(ServerConfig&, const scene::ParameterValue&);
};

[[nodiscard]] std::span<const ConfigOption> config_options();
// The keys of a section, or of the file itself for "".
[[nodiscard]] std::span<const std::string_view> config_keys(std::string_view section);

[[nodiscard]] base::Result<ServerConfig> load_server_config(const std::string& path);
// `shown_name` stands for the file in messages.
[[nodiscard]] base::Result<ServerConfig> parse_server_config(std::string_view yaml, const std::string& shown_name);

// JSON Schema 2020-12 of such a file.
[[nodiscard]] base::Json server_config_schema();

}  // namespace inkling::server
