#include "bench/driver_loop/record_stage.h"

#include <array>
#include <stdexcept>
#include <string_view>

namespace inkling::bench {
namespace {

std::mutex record_mutex;
std::vector<RecordedQuestion>& record() {
  static std::vector<RecordedQuestion> questions;
  return questions;
}

constexpr std::array kParameters = {scene::ParameterSpec{.name = "scene",
                                                         .type = scene::ParameterType::kText,
                                                         .meaning = "the scene that this stage stands in",
                                                         .required = true}};

class Record final : public scene::Stage {
 public:
  explicit Record(std::string scene) : scene_(std::move(scene)) {}

  base::Status run(scene::Exchange& exchange) const override {
    INKLING_ASSIGN(const scene::ModelAnswer answer, exchange.knowledge.score(kRecorderModel, exchange.now_ms));
    if (!exchange.slots.intent) exchange.slots.intent.emplace();
    const std::lock_guard lock(record_mutex);
    record().push_back({{exchange.request.shopper, exchange.knowledge.shopper_state().event_count,
                         static_cast<double>(answer.probs[0])},
                        scene_});
    return {};
  }

 private:
  std::string scene_;
};

}  // namespace

std::vector<RecordedQuestion> recorded_questions() {
  const std::lock_guard lock(record_mutex);
  return record();
}

const scene::StageBlueprint& record_stage() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "record",
      .kind = scene::StageKind::kUnderstand,
      .purpose = "keeps what a model would have read",
      .parameters = kParameters,
      .writes = {scene::Slot::kIntent},
      .make = [](const scene::Parameters& parameters) -> base::Result<std::unique_ptr<scene::Stage>> {
        return std::unique_ptr<scene::Stage>(std::make_unique<Record>(parameters.text("scene")));
      }};
  return kBlueprint;
}

std::string with_record_stage(const std::string& scene_yaml) {
  constexpr std::string_view kStages = "\nstages:\n";
  constexpr std::string_view kScene = "scene: ";
  const std::size_t name = scene_yaml.find(kScene) + kScene.size();
  const std::size_t stages = scene_yaml.find(kStages);
  if (stages == std::string::npos) throw std::runtime_error("the scene file has no line \"stages:\"");
  const std::string scene = scene_yaml.substr(name, scene_yaml.find('\n', name) - name);
  std::string text = scene_yaml;
  return text.insert(stages + kStages.size(), "  - understand/record: {scene: " + scene + "}\n");
}

}  // namespace inkling::bench
