// The published schema of mappings against their reader: both must know the same keys.
#include "wire/mapping_schema.h"

#include <gtest/gtest.h>

#include <set>

#include "wire/mapping.h"

namespace inkling::wire {
namespace {

using Keys = std::set<std::string>;

Keys members_of(const base::Json& schema) {
  Keys keys;
  for (const auto& member : *schema.find("properties")->if_object()) keys.insert(member.key);
  return keys;
}

// What the reader says is allowed where it finds the key "zzzz".
Keys allowed_by_reader(const std::string& yaml) {
  const std::string message = Mapping::parse(yaml, "m.yaml").status().message();
  const std::string_view begin = "zzzz: unknown key; expected one of ";
  const std::size_t at = message.find(begin);
  EXPECT_NE(at, std::string::npos) << message;
  const std::string list =
      message.substr(at + begin.size(), message.find_first_of(";\n", at + begin.size()) - at - begin.size());
  Keys keys;
  for (std::size_t from = 0; from < list.size();) {
    const std::size_t comma = std::min(list.find(", ", from), list.size());
    keys.insert(list.substr(from, comma - from));
    from = comma + 2;
  }
  return keys;
}

const base::Json& fields_of_actions(const base::Json& schema) {
  const base::Json& action = schema.find("allOf")->if_array()->front();
  return *action.find("then")->find("properties")->find("fields")->find("properties");
}

TEST(MappingSchema, names_the_keys_of_the_file_that_the_reader_knows) {
  EXPECT_EQ(members_of(mapping_schema()), allowed_by_reader("zzzz: 1"));
}

TEST(MappingSchema, names_the_keys_of_a_field_that_the_reader_knows) {
  const base::Json schema = mapping_schema();
  for (const std::string field : {"ts_ms", "price"}) {
    EXPECT_EQ(members_of(*fields_of_actions(schema).find(field)),
              allowed_by_reader("event: action\nfields: {" + field + ": {zzzz: 1}}"))
        << field;
  }
  EXPECT_EQ(members_of(fields_of_actions(schema).find("action")->find("anyOf")->if_array()->back()),
            allowed_by_reader("event: action\nfields: {action: {zzzz: 1}}"));
}

TEST(MappingSchema, names_the_keys_of_a_skip_rule_that_the_reader_knows) {
  const base::Json schema = mapping_schema();
  EXPECT_EQ(members_of(*schema.find("properties")->find("skip")->find("items")),
            allowed_by_reader("skip: [{zzzz: 1}]"));
}

}  // namespace
}  // namespace inkling::wire
