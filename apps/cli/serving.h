// Runs the HTTP server over a data folder until a signal asks it to stop (verbs serve and standalone).
#pragma once

#include <string>

#include "apps/cli/console.h"
#include "apps/cli/data_folder.h"
#include "server/server_options.h"

namespace inkling::cli {

struct ServeRequest {
  server::ServerOptions options;
  std::string scenes = "scenes";  // folder with <scene>/scene.yaml
  std::string port_file;          // the port is written here once it is known; empty: nowhere
};

[[nodiscard]] base::Status serve(DataFolder& folder, const base::Clock& clock, const ServeRequest& request,
                                 Console& console);

}  // namespace inkling::cli
