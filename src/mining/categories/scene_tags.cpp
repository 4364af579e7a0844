#include "mining/categories/scene_tags.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/core/suggest.h"
#include "mining/categories/sorted_run.h"
#include "tag/retelling.h"
#include "text/normal_form.h"

namespace inkling::categories {
namespace {

using tag::EdgeType;
using tag::NodeKind;

class Finder {
 public:
  Finder(const Behaviour& behaviour, std::span<const Need> needs, std::span<const NeedTag> need_tags,
         const tag::TagGraph& graph)
      : behaviour_(behaviour), needs_(needs), need_tags_(need_tags), graph_(graph) {
    for (const std::string& name : behaviour.categories) categories_.try_emplace(text::normal_form(name), name);
    for (std::uint32_t i = 0; i < needs.size(); ++i) {
      need_of_.try_emplace(text::normal_form(behaviour.queries[needs[i].query]), i);
    }
  }

  base::Result<std::vector<SceneTag>> find(const std::vector<Scene>& scenes) {
    for (scene_ = 0; scene_ < scenes.size(); ++scene_) {
      for (const SceneMember& member : scenes[scene_].members) {
        if (!take(member)) return base::invalid_input(refusal(member));
      }
    }
    return std::move(found_);
  }

 private:
  // Whether it is known.
  bool take(const SceneMember& member) {
    const std::string form = text::normal_form(member.word);
    const bool is_tag = take_tags(form);
    const bool is_category = take_category(form, !is_tag);
    const auto need = need_of_.find(form);
    if (need != need_of_.end()) take_need(need->second);
    return is_tag || is_category || need != need_of_.end();
  }

  bool take_tags(const std::string& form) {
    bool is_known = false;
    for (const std::uint32_t row : graph_.find(form)) {
      if (graph_.facts(row).kind != NodeKind::kTag) continue;
      add(row, 1, {{"named", 1}, {"count", static_cast<float>(graph_.count(row))}});
      is_known = true;
    }
    return is_known;
  }

  bool take_category(const std::string& form, bool needs_tag) {
    const auto row = graph_.node(NodeKind::kCategory, form, tag::kNoRow);
    const auto own = categories_.find(form);
    if (!row && own == categories_.end()) return false;
    const std::string name = row ? std::string(graph_.name(*row)) : own->second;
    if (needs_tag) found_.push_back({scene_, {NodeKind::kTag, name, ""}, name, 1, {{"named", 1}}});
    if (row) take_tags_of(*row);
    return true;
  }

  void take_tags_of(std::uint32_t category) {
    const auto tags = graph_.hot(category, kMostTagsOfMember);
    if (tags.empty()) return;
    const double most = std::max(static_cast<double>(graph_.count(tags.front())), 1.0);
    for (const std::uint32_t row : tags) {
      const auto count = static_cast<double>(graph_.count(row));
      add(row, static_cast<float>(std::clamp(count / most, 0.01, 1.0)),
          {{"count", static_cast<float>(count)}, {"share", share_of(row, category)}});
    }
  }

  [[nodiscard]] float share_of(std::uint32_t row, std::uint32_t category) const {
    const tag::Edges edges = graph_.edges(row, EdgeType::kInCategory);
    const auto place = std::ranges::find(edges.to, category);
    return place == edges.to.end() ? 1 : edges.weight[static_cast<std::size_t>(place - edges.to.begin())];
  }

  void take_need(std::uint32_t need) {
    for (const NeedTag& each : run_of(need_tags_, need, &NeedTag::need)) {
      add(each.tag, each.weight, {{"served_by", each.weight}});
    }
  }

  void add(std::uint32_t row, float weight, std::vector<tag::SignalValue> evidence) {
    found_.push_back({scene_, tag::key_of(graph_, row), "", weight, std::move(evidence)});
  }

  [[nodiscard]] std::string refusal(const SceneMember& member) const {
    std::vector<std::string> known = behaviour_.categories;
    for (const Need& need : needs_) known.push_back(behaviour_.queries[need.query]);
    for (std::uint32_t row = 0; row < graph_.nodes(); ++row) {
      if (graph_.facts(row).kind == NodeKind::kTag) known.emplace_back(graph_.name(row));
    }
    const std::string near = base::nearest(member.word, known);
    return member.place + ": \"" + member.word + "\" is no tag, category or frequent query that is known" +
           (near.empty() ? std::string() : "; did you mean " + near + "?");
  }

  const Behaviour& behaviour_;
  const std::span<const Need> needs_;
  const std::span<const NeedTag> need_tags_;
  const tag::TagGraph& graph_;
  std::unordered_map<std::string, std::string> categories_;  // by form
  std::unordered_map<std::string, std::uint32_t> need_of_;   // by form
  std::uint32_t scene_ = 0;
  std::vector<SceneTag> found_;
};

}  // namespace

base::Result<std::vector<SceneTag>> tags_of_scenes(const Knowledge& knowledge, const Behaviour& behaviour,
                                                   std::span<const Need> needs, std::span<const NeedTag> need_tags,
                                                   const tag::TagGraph& graph) {
  return Finder(behaviour, needs, need_tags, graph).find(knowledge.scenes);
}

}  // namespace inkling::categories
