// A post of strangers, as text and as attributes, and a template of theirs: evidence lies inside the text, what was
// read and is right stays right, and a template that is accepted can be printed.
#include <string>
#include <string_view>

#include "content/post_check.h"
#include "content/post_reader.h"
#include "fuzz/property.h"

namespace {

using namespace inkling;

const content::Template& form() {
  static const content::Template made = content::parse_template(R"(template: moving
fields:
  - {field: vehicle, kind: choice, options: [{option: van, surfaces: [4.2米, 厢货]}, {option: car, name: {zh: 面包车}}]}
  - {field: distance_km, kind: number, unit: km, units: {公里: 1, m: 0.001}, min: 0, max: 3000, surfaces: [距离]}
  - {field: price_per_km, kind: money, per: [公里, km]}
  - {field: total, kind: money, surfaces: [总价]}
  - {field: lift, kind: flag, surfaces: [电梯], not: [无电梯]}
  - {field: note, kind: text}
)",
                                                                "moving.yaml")
                                            .value();
  return made;
}

void check(std::string_view text) {
  const auto post = content::read_post(form(), text);
  fuzz::must(post.ok() || text.size() > content::kMaxTextBytes, "any text that is not too long is read");
  if (!post.ok()) return;
  for (const content::Evidence& each : post->evidence) {
    fuzz::must(each.begin < each.end && each.end <= text.size(), "evidence lies inside the text");
  }
  const auto checked = content::check_post(form(), post->attributes);
  const auto again = content::check_post(form(), checked.attributes);
  fuzz::must(again.mistakes.empty() && again.attributes == checked.attributes, "what is right stays right");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(text);
  if (const auto json = base::Json::parse(text); json.ok()) {
    const auto checked = content::check_post(form(), *json);
    fuzz::must(content::check_post(form(), checked.attributes).mistakes.empty(), "what is right stays right");
  }
  const auto made = content::parse_template(text, "fuzz.yaml");
  if (made.ok())
    fuzz::must(base::Json::parse(content::template_json(*made).to_text()).ok(), "a template can be printed");
  return 0;
}
