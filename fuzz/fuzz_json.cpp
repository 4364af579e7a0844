// base::Json: what parses is written so that it parses to the same value, and the canonical text is a fixed point.
#include "base/core/json.h"
#include "fuzz/property.h"

using inkling::base::Json;
using inkling::fuzz::must;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto value = Json::parse(inkling::fuzz::as_text(data, size));
  if (!value.ok()) {
    must(!value.status().message().empty(), "a refusal says why");
    return 0;
  }
  const std::string text = value->to_text();
  const auto again = Json::parse(text);
  must(again.ok(), "what was written parses", text);
  must(*again == *value, "what was written is the same value", text);
  must(again->to_text() == text, "the canonical text is a fixed point", text);
  const std::string pretty = value->to_pretty_text();
  const auto indented = Json::parse(pretty);
  must(indented.ok() && *indented == *value, "the indented text is the same value", pretty);
  return 0;
}
