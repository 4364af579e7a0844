#include "feature/target_json.h"

#include <string>
#include <utility>

namespace inkling::feature {

using base::Json;
using base::JsonView;
using base::Result;

Json targets_to_json(const std::vector<Target>& targets) {
  Json list = Json::array();
  for (const Target& target : targets) {
    Json json = Json::object();
    json.set("name", target.name);
    json.set("horizon_ms", target.horizon_ms);
    list.push(std::move(json));
  }
  return list;
}

Result<std::vector<Target>> targets_from_json(const JsonView& params) {
  INKLING_ASSIGN(const auto elements, params.elements("targets"));
  std::vector<Target> targets;
  for (const JsonView& element : elements) {
    Target target;
    INKLING_ASSIGN(target.name, element.text("name"));
    INKLING_ASSIGN(target.horizon_ms, element.integer("horizon_ms", 1));
    targets.push_back(std::move(target));
  }
  if (targets.empty() || targets.size() > kMaxTargets) {
    return params.refuse("targets must be between 1 and " + std::to_string(kMaxTargets) + ", found " +
                         std::to_string(targets.size()));
  }
  return targets;
}

}  // namespace inkling::feature
