#include "scene/scene_file.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "base/core/file_mistakes.h"
#include "base/core/suggest.h"
#include "base/files.h"
#include "scene/scene_yaml.h"

namespace inkling::scene {
namespace {

// Resolves what was written against the stages that there are.
class Planner {
 public:
  // `folder`: of the scene file.
  Planner(StageBlueprints blueprints, std::string folder, base::FileMistakes& mistakes)
      : blueprints_(blueprints), folder_(std::move(folder)), mistakes_(mistakes) {
    for (const StageBlueprint* blueprint : blueprints_) ids_.push_back(stage_id(*blueprint));
  }

  Plan::Parts parts(const WrittenScene& written) {
    Plan::Parts parts{written.name, written.description, written.deadline_ms, sequence(written.stages),
                      {},           written.impressions, written.check_live};
    const SlotSet answer = written_slots(parts.stages) & kAnswerSlots;
    if (!written.stages.empty() && all_known(written.stages, parts.stages) && answer.empty()) {
      mistakes_.add(written.stages_line, "stages: no stage writes " + slot_names(kAnswerSlots) +
                                             ", so the scene answers nothing; add a stage of kind recall or decide");
    }
    for (const WrittenSequence& stages : written.fallback) parts.fallback.push_back(rung(stages, answer));
    return parts;
  }

 private:
  StageSequence sequence(const WrittenSequence& written) {
    StageSequence stages;
    SlotSet available;
    for (const WrittenStage& stage : written) {
      const StageBlueprint* blueprint = find(stage);
      if (blueprint == nullptr) {
        available =
            available | SlotSet{Slot::kQuery, Slot::kIntent,  Slot::kNeed,    Slot::kCandidates, Slot::kScores,
                                Slot::kOrder, Slot::kDisplay, Slot::kDecision};  // no trail of mistakes
        continue;
      }
      check_reads(stage, *blueprint, available);
      available = available.without(kind_rule(blueprint->kind).invalidates) | blueprint->writes;
      stages.push_back({stage.id, blueprint, make(stage, *blueprint), stage.line});
    }
    return stages;
  }

  Rung rung(const WrittenSequence& written, SlotSet answer) {
    Rung rung{{}, sequence(written)};
    for (const WrittenStage& stage : written) rung.name += (rung.name.empty() ? "" : " + ") + stage.id;
    const SlotSet missing = answer.without(written_slots(rung.stages));
    if (all_known(written, rung.stages) && !missing.empty()) {
      mistakes_.add(written.front().line, "fallback: " + rung.name + " does not write " + slot_names(missing) +
                                              ", which the scene answers; allowed are stages that do");
    }
    return rung;
  }

  static bool all_known(const WrittenSequence& written, const StageSequence& stages) {
    return written.size() == stages.size();
  }

  static SlotSet written_slots(const StageSequence& stages) {
    SlotSet slots;
    for (const PlannedStage& planned : stages) slots = slots | planned.blueprint->writes;
    return slots;
  }

  const StageBlueprint* find(const WrittenStage& stage) {
    const auto found = std::ranges::find(ids_, stage.id);
    if (found != ids_.end()) return blueprints_[static_cast<std::size_t>(found - ids_.begin())];
    const std::vector<std::string_view> known(ids_.begin(), ids_.end());
    mistakes_.add(stage.line, stage.id + ": there is no such stage; " + base::expected_one_of(stage.id, known));
    return nullptr;
  }

  void check_reads(const WrittenStage& stage, const StageBlueprint& blueprint, SlotSet available) {
    const SlotSet missing = blueprint.reads.without(available);
    if (missing.empty()) return;
    std::string writers;
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      if ((blueprints_[i]->writes & missing).empty()) continue;
      writers += (writers.empty() ? "" : ", ") + ids_[i];
    }
    mistakes_.add(stage.line, stage.id + ": reads " + slot_names(missing) + ", which no stage before it writes; " +
                                  (writers.empty() ? "no stage of this build does" : "put before it: " + writers));
  }

  std::unique_ptr<const Stage> make(const WrittenStage& stage, const StageBlueprint& blueprint) {
    std::vector<ParameterMistake> found;
    Parameters parameters = check_parameters(blueprint.parameters, stage.parameters, found);
    parameters.set_folder(folder_);
    for (const ParameterMistake& mistake : found) {
      const bool missing = mistake.raw == ParameterMistake::kMissing;
      mistakes_.add(missing ? stage.line : stage.parameter_lines[mistake.raw], stage.id + ": " + mistake.message);
    }
    if (!found.empty()) return nullptr;
    auto made = blueprint.make(parameters);
    if (made.ok()) return *std::move(made);
    mistakes_.add(stage.line, stage.id + ": " + made.status().message());
    return nullptr;
  }

  StageBlueprints blueprints_;
  std::string folder_;
  base::FileMistakes& mistakes_;
  std::vector<std::string> ids_;
};

base::Result<std::string> read_scene(const std::string& file) {
  auto text = base::read_file(file, kMaxSceneBytes);
  if (text.status().code() != base::ErrorCode::kNotFound) return text;
  return base::not_found(text.status().message() + "; a scene is a folder with a scene.yaml");
}

// `named`: what the scene must be called; "": anything. `folder`: where the file stands.
base::Result<Plan> parse(std::string_view yaml, const std::string& shown_name, const std::string& named,
                         const std::string& folder, StageBlueprints stages) {
  for (const StageBlueprint* blueprint : stages) INKLING_TRY(check_blueprint(*blueprint));
  base::FileMistakes mistakes(shown_name);
  INKLING_ASSIGN(const WrittenScene written, read_scene_yaml(yaml, shown_name, mistakes));
  if (!named.empty() && !written.name.empty() && written.name != named) {
    mistakes.add(written.name_line,
                 "scene: \"" + written.name + "\" is not the name of its folder; allowed is \"" + named + "\"");
  }
  Plan::Parts parts = Planner(stages, folder, mistakes).parts(written);
  if (!mistakes.empty()) return mistakes.status();
  return Plan(std::move(parts));
}

}  // namespace

base::Result<Plan> parse_scene(std::string_view yaml, const std::string& shown_name, StageBlueprints stages) {
  return parse(yaml, shown_name, "", "", stages);
}

base::Result<Plan> load_scene(const std::string& path, StageBlueprints stages) {
  std::error_code error;
  std::filesystem::path file(path);
  if (std::filesystem::is_directory(file, error)) file /= "scene.yaml";
  INKLING_ASSIGN(const std::string yaml, read_scene(file.string()));
  // A draft may have any name; what serves is <scene>/scene.yaml.
  const bool named = file.filename() == "scene.yaml";
  const std::filesystem::path folder = std::filesystem::absolute(file, error).parent_path().filename();
  const std::filesystem::path shown = file.lexically_normal();
  const std::string beside = shown.has_parent_path() ? shown.parent_path().string() : ".";
  return parse(yaml, shown.string(), named ? folder.string() : "", beside, stages);
}

base::Result<std::vector<Plan>> load_scenes(const std::string& folder, StageBlueprints stages) {
  std::error_code error;
  std::vector<std::string> paths;
  std::filesystem::directory_iterator entries(folder, error);
  if (error) return base::not_found(folder + ": is no folder of scenes (" + error.message() + ")");
  for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
    const std::filesystem::path file = entries->path() / "scene.yaml";
    if (std::error_code absent; std::filesystem::exists(file, absent)) paths.push_back(file.string());
  }
  if (error) return base::io_error(folder + ": listing it failed (" + error.message() + ")");
  std::ranges::sort(paths);
  std::vector<Plan> plans;
  std::string mistakes;
  for (const std::string& path : paths) {
    auto plan = load_scene(path, stages);
    if (!plan.ok()) mistakes += (mistakes.empty() ? "" : "\n") + plan.status().message();
    if (plan.ok()) plans.push_back(*std::move(plan));
  }
  if (!mistakes.empty()) return base::invalid_input(std::move(mistakes));
  return plans;
}

}  // namespace inkling::scene
