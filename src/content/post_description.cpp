#include "content/post_description.h"

#include <utility>

#include "base/core/utf8.h"

namespace inkling::content {
namespace {

using base::Json;
using base::Result;

// Fewer fields than this in a text of one's own, and at least so many more of another template: it may be of that
// one.
constexpr std::size_t kFewFields = 2, kManyMore = 2;
constexpr std::size_t kComparedBytes = 4096;  // of the text, with each other template

std::size_t fields_of(const ReadPost& read) {
  return read.attributes.if_object()->size();
}

// "" where the text is of no other template.
std::string doubt_of_template(const Template& form, std::span<const Template> all, std::string_view text,
                              std::size_t own_fields) {
  if (own_fields >= kFewFields) return {};
  const Template* nearest = nullptr;
  std::size_t most = own_fields + kManyMore - 1;
  for (const Template& other : all) {
    if (other.id == form.id) continue;
    const auto read = read_post(other, base::utf8_cut(text, kComparedBytes));
    if (!read.ok() || fields_of(*read) <= most) continue;
    most = fields_of(*read);
    nearest = &other;
  }
  if (nearest != nullptr) {
    return "text: tells " + std::to_string(own_fields) + " fields of " + form.id + ", but " + std::to_string(most) +
           " of " + nearest->id + "; is it a post of that template?";
  }
  return own_fields == 0 ? "text: tells no field of " + form.id + "; expected words such as its options and units"
                         : std::string();
}

// Fields that text and attributes tell differently, once both are in one form.
void add_differences(const Json& from_text, const Json& counted, std::vector<std::string>& doubts) {
  for (const base::JsonMember& member : *from_text.if_object()) {
    const Json* other = counted.find(member.key);
    if (other == nullptr || *other == member.value) continue;
    doubts.push_back(member.key + ": the text says " + member.value.to_text() + ", the attributes " +
                     other->to_text() + "; the attributes count");
  }
}

Json merged(Json from_text, const Json& attributes) {
  for (const base::JsonMember& member : *attributes.if_object()) from_text.set(member.key, member.value);
  return from_text;
}

}  // namespace

Result<PostDescription> describe_post(const Template& form, std::span<const Template> all,
                                      std::optional<std::string_view> text, const Json& attributes) {
  PostDescription made;
  const bool are_told = !attributes.is_null();
  if (!text || (are_told && !attributes.is_object())) {
    made.post = check_post(form, attributes);
    return made;
  }
  if (text->find_first_not_of(" \t\r\n") == text->npos) {
    return base::invalid_input("text: is empty; expected what the post says");
  }
  INKLING_ASSIGN(ReadPost read, read_post(form, *text));
  made.post = check_post(form, are_told ? merged(read.attributes, attributes) : read.attributes);
  made.doubts = std::move(read.doubts);
  if (are_told) add_differences(check_post(form, read.attributes).attributes, made.post.attributes, made.doubts);
  std::string doubt = doubt_of_template(form, all, *text, fields_of(read));
  if (!doubt.empty()) made.doubts.push_back(std::move(doubt));
  for (Evidence& each : read.evidence) {
    if (!are_told || attributes.find(each.field) == nullptr) made.evidence.push_back(std::move(each));
  }
  return made;
}

}  // namespace inkling::content
