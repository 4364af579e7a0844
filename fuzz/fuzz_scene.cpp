// Scene files over the stages of this build. A refusal is one sentence a line, each with file and line. A scene that
// loads answers every probability with the same, valid JSON twice, and a decision about no other number than it got.
#include <array>

#include "base/core/json.h"
#include "fuzz/property.h"
#include "scene/answer_json.h"
#include "scene/fixed_knowledge.h"
#include "scene/runner.h"
#include "scene/scene_file.h"
#include "scene/stage_registry.h"

namespace inkling::fuzz {
namespace {

constexpr std::string_view kSceneName = "scene.yaml";

class StandingTime final : public scene::SteadyTime {
 public:
  [[nodiscard]] std::int64_t now_us() const override { return 0; }
};

void check_mistakes(const base::Status& status) {
  std::string_view lines = status.message();
  must(!lines.empty(), "a refusal says why");
  while (!lines.empty()) {
    const std::string_view line = take_until(lines, "\n");
    must(line.starts_with(kSceneName), "every mistake names the scene file", status.message());
  }
}

scene::Answer answer_of(const scene::Plan& plan, float probability) {
  scene::FixedKnowledge knowledge;
  knowledge.set_model("dipn", "v1", {{"purchase_1h", probability}, {"purchase_1d", probability}});
  scene::Request request;
  request.shopper = "ann";
  request.trace = true;
  const StandingTime time;
  return scene::run(plan, request, knowledge, {"r-1", 1'700'000'000'000, time});
}

void check_answer(const scene::Plan& plan, float probability) {
  const scene::Answer answer = answer_of(plan, probability);
  if (answer.decision && answer.decision->probability) {
    must(*answer.decision->probability == probability, "a decision is about the model's probability");
  }
  const std::string text = scene::answer_to_json(answer);
  must(base::Json::parse(text).ok(), "an answer is JSON", text);
  must(scene::answer_to_json(answer_of(plan, probability)) == text, "the same request has the same answer", text);
}

void check(std::string_view yaml) {
  const auto plan = scene::parse_scene(yaml, std::string(kSceneName), plugins::stages());
  if (!plan.ok()) return check_mistakes(plan.status());
  must(plan->deadline_ms() > 0 && plan->deadline_ms() <= scene::kMaxDeadlineMs, "a deadline within its limits");
  must(!plan->stages().empty(), "a scene has a stage");
  for (const float probability : std::array{0.0F, 0.05F, 0.5F, 1.0F}) check_answer(*plan, probability);
}

}  // namespace
}  // namespace inkling::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  inkling::fuzz::check(inkling::fuzz::as_text(data, size));
  return 0;
}
