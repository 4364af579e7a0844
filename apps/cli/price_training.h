// From posts with prices to a published package of what posts like them cost (inkling train --prices). Failure: as
// inkling train tells it.
#pragma once

#include <string>

#include "apps/cli/console.h"
#include "apps/cli/package_training.h"

namespace inkling::cli {

struct PriceRequest {
  std::string data;
  std::string template_id;
  std::string templates = "templates";  // folder
  std::string posts;                    // file of JSON Lines; "": the journal
  Publish publish = Publish::kWhenNoneIsLive;
};

[[nodiscard]] base::Result<artifact::PackageManifest> train_prices(const PriceRequest& request, Console& console);

}  // namespace inkling::cli
