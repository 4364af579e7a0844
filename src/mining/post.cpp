#include "mining/post.h"

#include <utility>

#include "base/core/json.h"
#include "base/core/suggest.h"
#include "text/normal_form.h"

namespace inkling::mining {

using base::Json;
using base::JsonView;
using base::Result;

namespace {

Result<tag::Source> read_source(const JsonView& line) {
  INKLING_ASSIGN(const std::string found, line.text("source"));
  if (const auto place = tag::place_of(tag::kSourceNames, found)) return static_cast<tag::Source>(*place);
  return base::invalid_input("source: \"" + found + "\" is not known; " +
                             base::expected_one_of(found, std::span<const std::string_view>(tag::kSourceNames)));
}

Result<std::string> read_industry(const JsonView& line) {
  if (!line.has("industry")) return std::string();
  INKLING_ASSIGN(std::string found, line.text("industry"));
  const std::size_t form_bytes = text::normal_form(found).size();
  if (form_bytes > 0 && form_bytes <= tag::kMaxSurfaceBytes && found.size() <= tag::kMaxNameBytes) return found;
  return base::invalid_input("industry: \"" + found + "\" is no name; expected 1 to " +
                             std::to_string(tag::kMaxNameBytes) + " bytes with a letter in them, or no industry");
}

}  // namespace

Result<Post> read_post(std::string_view line) {
  INKLING_ASSIGN(const Json json, Json::parse(line));
  if (!json.is_object()) {
    return base::invalid_input("a line is one JSON object, as in {\"text\": \"...\", \"source\": \"body\"}");
  }
  const JsonView view(json);
  INKLING_TRY(view.only_keys({"text", "source", "industry", "post"}));
  Post post;
  INKLING_ASSIGN(post.text, view.text("text"));
  INKLING_ASSIGN(post.source, read_source(view));
  INKLING_ASSIGN(post.industry, read_industry(view));
  if (view.has("post")) INKLING_TRY(view.text("post").status());
  return post;
}

}  // namespace inkling::mining
