#include "scene/scene_schema.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "scene/parameter_schema.h"
#include "scene/scene_yaml.h"

namespace inkling::scene {
namespace {

using base::Json;

Json one_of(Json choices) {
  Json schema = Json::object();
  schema.set("anyOf", std::move(choices));
  return schema;
}

Json list_of(Json element) {
  Json schema = Json::object();
  schema.set("type", "array");
  schema.set("minItems", 1);
  schema.set("items", std::move(element));
  return schema;
}

Json reference(std::string_view name) {
  Json schema = Json::object();
  schema.set("$ref", "#/$defs/" + std::string(name));
  return schema;
}

bool needs_parameters(const StageBlueprint& blueprint) {
  return std::ranges::any_of(blueprint.parameters, &ParameterSpec::required);
}

// `- kind/name` for the stages without required parameters, `- kind/name: {parameters}` for all.
Json stage_schema(StageBlueprints stages) {
  Json bare = Json::array();
  Json choices = Json::array();
  for (const StageBlueprint* blueprint : stages) {
    const std::string id = stage_id(*blueprint);
    if (!needs_parameters(*blueprint)) bare.push(id);
    Json parameters = parameters_schema(blueprint->parameters);
    parameters.set("description", blueprint->purpose);
    if (!needs_parameters(*blueprint)) {
      Json types = Json::array();
      types.push("object").push("null");
      parameters.set("type", std::move(types));
    }
    Json members = Json::object();
    members.set(id, std::move(parameters));
    choices.push(object_schema(std::move(members), std::array<std::string_view, 1>{id}));
  }
  if (!bare.if_array()->empty()) choices.push(Json::object().set("enum", std::move(bare)));
  return one_of(std::move(choices));
}

Json name_schema() {
  Json schema = Json::object();
  schema.set("description", "the name of its folder");
  schema.set("type", "string");
  schema.set("pattern", "^[a-z0-9_-]+$");
  return schema;
}

}  // namespace

std::span<const std::string_view> scene_keys() {
  return kSceneKeys;
}

Json scene_schema(StageBlueprints stages) {
  static constexpr ParameterSpec kDescription = {.name = "description", .meaning = "who is served, in a sentence"};
  Json members = Json::object();
  members.set("scene", name_schema());
  members.set("description", parameter_schema(kDescription));
  members.set("deadline_ms", parameter_schema(deadline_spec().front()));
  members.set("stages", reference("stages"));
  const Json stage_or_stages = one_of(Json::array().push(reference("stage")).push(reference("stages")));
  members.set("fallback", list_of(stage_or_stages));
  members.set("impressions", parameter_schema(impressions_spec().front()));
  members.set("check", parameter_schema(check_spec().front()));
  Json schema = object_schema(std::move(members), std::span(kSceneKeys).first(kNeededSceneKeys));
  Json definitions = Json::object();
  definitions.set("stage", stage_schema(stages));
  definitions.set("stages", list_of(stage_or_stages));
  schema.set("$defs", std::move(definitions));
  return schema_document("A scene of Inkling", schema);
}

}  // namespace inkling::scene
