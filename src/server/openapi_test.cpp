#include "server/openapi.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>

#include "server/routes.h"

namespace inkling::server {
namespace {

boost::json::object document() {
  const auto routes = all_routes();
  return boost::json::parse(openapi_document(routes, "1.2.3")).as_object();
}

// Every "$ref" below `value` names a schema of the document.
void expect_references_resolve(const boost::json::value& value, const boost::json::object& schemas) {
  if (const auto* array = value.if_array()) {
    for (const auto& element : *array) expect_references_resolve(element, schemas);
  }
  if (const auto* object = value.if_object()) {
    for (const auto& [key, member] : *object) {
      expect_references_resolve(member, schemas);
      if (key != "$ref") continue;
      const std::string name = std::string(member.as_string()).substr(std::string("#/components/schemas/").size());
      EXPECT_TRUE(schemas.contains(name)) << name;
    }
  }
}

TEST(OpenApi, describes_every_route_of_the_table) {
  const auto paths = document().at("paths").as_object();
  std::size_t operations = 0;
  for (const auto& [path, methods] : paths) operations += methods.as_object().size();
  EXPECT_EQ(operations, all_routes().size());
  EXPECT_TRUE(paths.at("/v1/events").as_object().contains("post"));
  EXPECT_EQ(paths.at("/v1/shoppers/{id}").at("get").at("parameters").at(0).at("name"), "id");
}

TEST(OpenApi, says_its_version_and_the_builds) {
  EXPECT_EQ(document().at("openapi"), "3.1.0");
  EXPECT_EQ(document().at("info").at("version"), "1.2.3");
}

TEST(OpenApi, every_reference_resolves) {
  const auto whole = document();
  expect_references_resolve(whole, whole.at("components").at("schemas").as_object());
}

TEST(OpenApi, every_operation_documents_problems_and_at_least_one_success) {
  const auto whole = document();
  for (const auto& [path, methods] : whole.at("paths").as_object()) {
    for (const auto& [method, operation] : methods.as_object()) {
      const auto& responses = operation.at("responses").as_object();
      EXPECT_TRUE(responses.contains("200")) << path;
      EXPECT_TRUE(responses.at("default").at("content").as_object().contains("application/problem+json")) << path;
    }
  }
}

}  // namespace
}  // namespace inkling::server
