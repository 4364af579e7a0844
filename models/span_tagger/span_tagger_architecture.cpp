#include "models/span_tagger/span_tagger_architecture.h"

#include <algorithm>

#include "models/span_tagger/span_tagger_chain.h"

namespace inkling::models::span_tagger {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

constexpr std::int64_t kMaxTypes = 64;

Result<std::vector<std::string>> read_names(const JsonView& features, std::string_view key) {
  INKLING_ASSIGN(const auto elements, features.elements(key));
  std::vector<std::string> names;
  for (const JsonView& element : elements) {
    INKLING_ASSIGN(names.emplace_back(), element.as_text());
  }
  return names;
}

Json names_json(const std::vector<std::string>& names) {
  Json json = Json::array();
  for (const std::string& name : names) json.push(name);
  return json;
}

Status read_chains(const JsonView& features, Architecture& out) {
  INKLING_ASSIGN(const auto chains, features.elements("chain_of"));
  if (chains.size() != out.types.size() || chains.empty() || static_cast<std::int64_t>(chains.size()) > kMaxTypes)
    return features.refuse("chain_of has one entry a type, 1 to 64 of them");
  for (const JsonView& chain : chains) {
    INKLING_ASSIGN(const std::int64_t number, chain.as_integer(0, static_cast<std::int64_t>(chains.size()) - 1));
    out.chain_of.push_back(static_cast<std::uint32_t>(number));
  }
  for (std::size_t chain = 0; chain < out.chains(); ++chain) {
    if (out.types_of(chain).empty()) return features.refuse("chain_of leaves a chain without types");
  }
  return {};
}

Status read_joints(const JsonView& features, Architecture& out) {
  INKLING_ASSIGN(const auto joints, features.elements("joints"));
  const auto last = static_cast<std::int64_t>(out.types.size()) - 1;
  for (const JsonView& joint : joints) {
    INKLING_ASSIGN(const auto ends, joint.as_elements());
    if (ends.size() != 2) return joint.refuse("a joint is [type, type]");
    INKLING_ASSIGN(const std::int64_t first, ends[0].as_integer(0, last));
    INKLING_ASSIGN(const std::int64_t second, ends[1].as_integer(0, last));
    out.joints.push_back({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(second)});
  }
  return {};
}

}  // namespace

std::size_t Architecture::chains() const {
  return chain_of.empty() ? 0 : 1 + *std::ranges::max_element(chain_of);
}

std::vector<std::uint32_t> Architecture::types_of(std::size_t chain) const {
  std::vector<std::uint32_t> found;
  for (std::uint32_t type = 0; type < chain_of.size(); ++type) {
    if (chain_of[type] == chain) found.push_back(type);
  }
  return found;
}

std::uint32_t Architecture::place_of(std::uint32_t type) const {
  return static_cast<std::uint32_t>(std::count(chain_of.begin(), chain_of.begin() + type, chain_of[type]));
}

std::size_t Architecture::first_tag(std::size_t chain) const {
  std::size_t first = 0;
  for (std::size_t before = 0; before < chain; ++before) first += tag_count(types_of(before).size());
  return first;
}

bool Architecture::joins(std::uint32_t first, std::uint32_t second) const {
  return std::ranges::find(joints, Joint{first, second}) != joints.end();
}

Json features_json(const Architecture& architecture) {
  Json chains = Json::array(), joints = Json::array(), json = Json::object();
  for (const std::uint32_t chain : architecture.chain_of) chains.push(chain);
  for (const Joint& joint : architecture.joints) joints.push(Json(Json::Array{joint.first, joint.second}));
  json.set("types", names_json(architecture.types));
  json.set("chain_of", std::move(chains));
  json.set("relations", names_json(architecture.relations));
  json.set("joints", std::move(joints));
  return json;
}

Result<Architecture> architecture_of(const JsonView& features) {
  Architecture read;
  INKLING_ASSIGN(read.types, read_names(features, "types"));
  INKLING_ASSIGN(read.relations, read_names(features, "relations"));
  INKLING_TRY(read_chains(features, read));
  INKLING_TRY(read_joints(features, read));
  return read;
}

}  // namespace inkling::models::span_tagger
