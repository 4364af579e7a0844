#include "server/openapi.h"

#include <boost/json.hpp>
#include <cctype>

namespace inkling::server {

namespace {

namespace json = boost::json;

json::object content(std::string_view content_type, std::string_view schema) {
  json::object media;
  if (!schema.empty()) media["schema"] = {{"$ref", "#/components/schemas/" + std::string(schema)}};
  json::object by_type;
  by_type[content_type] = std::move(media);
  return by_type;
}

json::object answer_json(std::string_view description, std::string_view content_type, std::string_view schema) {
  json::object answer;
  answer["description"] = description;
  answer["content"] = content(schema.ends_with("Problem") ? kProblemType : content_type, schema);
  return answer;
}

json::object answers_json(const Route& route) {
  json::object answers;
  for (const auto& answer : route.answers) {
    answers[std::to_string(answer.status)] = answer_json(answer.description, answer.content_type, answer.schema);
  }
  answers["default"] = answer_json("Any other error", kProblemType, "Problem");
  return answers;
}

json::array parameters_json(const Route& route) {
  const std::string_view pattern = route.pattern;
  json::array parameters;
  for (std::size_t open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', open + 1)) {
    const std::string_view name = pattern.substr(open + 1, pattern.find('}', open) - open - 1);
    json::object schema;
    schema["type"] = "string";
    schema["minLength"] = 1;
    parameters.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", std::move(schema)}});
  }
  for (const auto& query : route.queries) {
    parameters.push_back({{"name", query.name},
                          {"in", "query"},
                          {"required", query.required},
                          {"description", query.description},
                          {"schema", {{"type", "string"}}}});
  }
  return parameters;
}

json::object body_json(const Route& route) {
  json::object by_type;
  for (const auto& body : route.bodies) {
    for (auto& media : content(body.content_type, body.schema)) by_type[media.key()] = std::move(media.value());
  }
  json::object body;
  body["required"] = true;
  body["content"] = std::move(by_type);
  return body;
}

json::object operation_json(const Route& route) {
  json::object operation;
  operation["operationId"] = route.operation;
  operation["summary"] = route.summary;
  operation["description"] = route.description;
  if (auto parameters = parameters_json(route); !parameters.empty()) {
    operation["parameters"] = std::move(parameters);
  }
  if (!route.bodies.empty()) operation["requestBody"] = body_json(route);
  operation["responses"] = answers_json(route);
  return operation;
}

json::object all_schemas() {
  json::object all;
  for (const std::string_view schemas : {openapi_schemas(), openapi_post_schemas()}) {
    const json::value some = json::parse(json::string_view(schemas.data(), schemas.size()));
    for (const auto& [name, schema] : some.as_object()) all[name] = schema;
  }
  return all;
}

std::string lower_case(std::string_view text) {
  std::string lower;
  for (const char c : text) lower.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  return lower;
}

}  // namespace

std::string openapi_document(std::span<const Route> routes, std::string_view version) {
  json::object paths;
  for (const auto& route : routes) {
    json::value& path = paths[route.pattern];
    if (path.is_null()) path.emplace_object();
    path.as_object()[lower_case(route.method)] = operation_json(route);
  }
  json::object document;
  document["openapi"] = "3.1.0";
  document["info"] = {{"title", "Inkling"},
                      {"version", version},
                      {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}},
                      {"description", "Real-time purchase intent for marketplaces. Errors are RFC 9457 problems."}};
  document["paths"] = std::move(paths);
  json::object components;
  components["schemas"] = all_schemas();
  document["components"] = std::move(components);
  return json::serialize(document);
}

}  // namespace inkling::server
