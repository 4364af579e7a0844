#include "scene/stage.h"

namespace inkling::scene {
namespace {

base::Status broken(const StageBlueprint& blueprint, const std::string& complaint) {
  return base::internal_error("stage " + stage_id(blueprint) + ": " + complaint);
}

base::Status check_slots(const StageBlueprint& blueprint) {
  const KindRule& rule = kind_rule(blueprint.kind);
  const std::string kind = "a stage of kind " + std::string(rule.name);
  if (const SlotSet unread = rule.must_read.without(blueprint.reads); !unread.empty()) {
    return broken(blueprint,
                  kind + " must read " + slot_names(unread) + "; this one reads " + slot_names(blueprint.reads));
  }
  const SlotSet foreign = blueprint.writes.without(rule.may_write);
  if (blueprint.writes.empty() || !foreign.empty()) {
    return broken(blueprint, kind + " must write " + slot_names(rule.may_write) +
                                 " and nothing else; this one writes " + slot_names(blueprint.writes));
  }
  return {};
}

base::Status check_table(const StageBlueprint& blueprint) {
  for (const ParameterSpec& spec : blueprint.parameters) {
    const std::string name(spec.name);
    if (spec.name.empty() || spec.meaning.empty()) return broken(blueprint, "a parameter has no name or no meaning");
    if (spec.required && !spec.default_text.empty())
      return broken(blueprint, name + " is required, yet has a default");
    if (spec.default_text.empty()) continue;
    const std::vector<RawParameter> given = {RawParameter::plain(name, spec.default_text)};
    const auto checked = make_parameters(std::span(&spec, 1), given);
    if (!checked.ok()) return broken(blueprint, "the default of " + checked.status().message());
  }
  return {};
}

}  // namespace

std::string stage_id(const StageBlueprint& blueprint) {
  return std::string(kind_rule(blueprint.kind).name) + "/" + std::string(blueprint.name);
}

base::Status check_blueprint(const StageBlueprint& blueprint) {
  if (blueprint.name.empty() || blueprint.make == nullptr) return broken(blueprint, "it has no name or no make");
  INKLING_TRY(check_slots(blueprint));
  return check_table(blueprint);
}

}  // namespace inkling::scene
