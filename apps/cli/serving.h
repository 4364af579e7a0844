// Runs the HTTP server over a data folder until a signal asks it to stop (verbs serve and standalone).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "apps/cli/console.h"
#include "apps/cli/data_folder.h"
#include "server/server_config.h"

namespace inkling::cli {

// What the command line says; everything but the port file stands above the configuration file.
struct ServeRequest {
  std::string config;     // server configuration (YAML); empty: defaults
  std::string port_file;  // the port is written here once it is known; empty: nowhere
  std::optional<std::string> address;
  std::optional<std::uint16_t> port;
  std::optional<std::size_t> threads;
  std::optional<std::string> scenes;
  std::optional<std::string> templates;
  std::optional<std::string> www;
  std::optional<std::string> console;
};

// The configuration file with the command line's options above it.
[[nodiscard]] base::Result<server::ServerConfig> configure(const ServeRequest& request);

// `port_file` as in ServeRequest.
[[nodiscard]] base::Status serve(DataFolder& folder, const base::Clock& clock, const server::ServerConfig& config,
                                 const std::string& port_file, Console& console);

}  // namespace inkling::cli
