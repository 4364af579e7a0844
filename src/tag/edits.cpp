#include "tag/edits.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/core/file_mistakes.h"
#include "base/core/json.h"
#include "base/core/suggest.h"
#include "text/normal_form.h"

namespace inkling::tag {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

constexpr std::array<std::string_view, 6> kActionNames = {"accept", "ban", "rename", "merge", "split", "undo"};
// "it was ... in line 3"
constexpr std::array<std::string_view, 6> kDone = {"accepted", "banned", "renamed", "merged", "split", "undone"};

std::string_view done(const Edit& edit) {
  return kDone[static_cast<std::size_t>(edit.action)];
}

template <std::size_t N>
Result<std::size_t> choice(const JsonView& object, std::string_view key,
                           const std::array<std::string_view, N>& names) {
  INKLING_ASSIGN(const std::string found, object.text(key));
  if (const auto place = place_of(names, found)) return *place;
  return base::invalid_input(std::string(key) + ": \"" + found + "\" is not known; " +
                             base::expected_one_of(found, std::span<const std::string_view>(names)));
}

// "" when it is left out.
Result<std::string> optional_text(const JsonView& object, std::string_view key) {
  if (!object.has(key)) return std::string();
  return object.text(key);
}

Status read_node(const JsonView& object, NodeKey& node) {
  if (object.has("kind")) {
    INKLING_ASSIGN(const std::size_t kind, choice(object, "kind", kNodeKindNames));
    node.kind = static_cast<NodeKind>(kind);
  }
  INKLING_ASSIGN(node.name, object.text("name"));
  INKLING_ASSIGN(node.industry, optional_text(object, "industry"));
  return {};
}

Status read_rest(const JsonView& object, Edit& edit) {
  switch (edit.action) {
    case EditAction::kUndo: {
      INKLING_TRY(object.only_keys({"edit", "at_ms", "who", "why", "line"}));
      INKLING_ASSIGN(const std::int64_t line, object.integer("line", 1, edit.line - 1));
      edit.undone_line = static_cast<int>(line);
      return {};
    }
    case EditAction::kRename: {
      INKLING_TRY(object.only_keys({"edit", "at_ms", "who", "why", "kind", "name", "industry", "to"}));
      INKLING_ASSIGN(edit.to, object.text("to"));
      break;
    }
    case EditAction::kMerge: {
      INKLING_TRY(object.only_keys({"edit", "at_ms", "who", "why", "kind", "name", "industry", "to", "to_industry"}));
      INKLING_ASSIGN(edit.to, object.text("to"));
      INKLING_ASSIGN(edit.to_industry, optional_text(object, "to_industry"));
      break;
    }
    case EditAction::kSplit: {
      INKLING_TRY(object.only_keys({"edit", "at_ms", "who", "why", "kind", "name", "industry", "variant", "to"}));
      INKLING_ASSIGN(edit.variant, object.text("variant"));
      INKLING_ASSIGN(edit.to, optional_text(object, "to"));
      break;
    }
    default:
      INKLING_TRY(object.only_keys({"edit", "at_ms", "who", "why", "kind", "name", "industry"}));
      break;
  }
  return read_node(object, edit.node);
}

NodeKey target_of(const Edit& edit) {
  switch (edit.action) {
    case EditAction::kMerge:
      return {edit.node.kind, edit.to, edit.to_industry};
    case EditAction::kSplit:
      return {edit.node.kind, edit.to.empty() ? edit.variant : edit.to, edit.node.industry};
    default:
      return {edit.node.kind, edit.to, edit.node.industry};
  }
}

// The same for every spelling.
NodeKey in_form(const NodeKey& key) {
  return {key.kind, text::normal_form(key.name), text::normal_form(key.industry)};
}

// Follows the edits of a file and finds those that contradict an earlier one.
class History {
 public:
  // The contradiction in a sentence, "" when there is none.
  std::string take(const Edit& edit) {
    const NodeKey node = in_form(edit.node), target = in_form(target_of(edit));
    if (const Edit* earlier = gone(node)) {
      const bool is_repeated = earlier->action == edit.action && told(in_form(target_of(*earlier))) == told(target);
      return is_repeated ? "" : contradicts("name", edit.node, *earlier);
    }
    const bool has_target = edit.action != EditAction::kAccept && edit.action != EditAction::kBan;
    if (const Edit* earlier = has_target ? gone(target) : nullptr)
      return contradicts("to", target_of(edit), *earlier);
    switch (edit.action) {
      case EditAction::kAccept:
        accepted_.emplace(told(node), edit);
        return "";
      case EditAction::kBan:
        if (const auto found = accepted_.find(told(node)); found != accepted_.end()) {
          return contradicts("name", edit.node, found->second);
        }
        gone_.emplace(told(node), edit);
        return "";
      case EditAction::kSplit:
        return take_split(edit, node, target);
      default:
        return take_move(edit, node, target);
    }
  }

 private:
  [[nodiscard]] const Edit* gone(const NodeKey& key) const {
    const auto found = gone_.find(told(key));
    return found == gone_.end() ? nullptr : &found->second;
  }

  static std::string contradicts(std::string_view key, const NodeKey& node, const Edit& earlier) {
    const std::string line = std::to_string(earlier.line);
    return std::string(key) + ": " + told(node) + " was " + std::string(done(earlier)) + " in line " + line +
           "; undo line " + line + " first";
  }

  // A rename or a merge: the node goes on under another name.
  std::string take_move(const Edit& edit, const NodeKey& node, const NodeKey& target) {
    if (told(node) == told(target)) {
      return edit.action == EditAction::kRename ? "" : "to: " + told(edit.node) + " cannot become part of itself";
    }
    gone_.emplace(told(node), edit);
    if (const auto found = accepted_.find(told(node)); found != accepted_.end()) {
      accepted_.emplace(told(target), found->second);
    }
    return "";
  }

  std::string take_split(const Edit& edit, const NodeKey& node, const NodeKey& target) {
    const std::string variant = text::normal_form(edit.variant);
    if (variant == node.name || told(node) == told(target)) {
      return "variant: \"" + edit.variant + "\" would stay with " + told(edit.node) +
             "; expected another name or variant";
    }
    const auto [place, is_new] = split_.try_emplace({told(node), variant}, edit);
    const bool is_same = told(in_form(target_of(place->second))) == told(target);
    return is_new || is_same ? "" : contradicts("variant", edit.node, place->second);
  }

  std::map<std::string, Edit> gone_;
  std::map<std::string, Edit> accepted_;
  std::map<std::pair<std::string, std::string>, Edit> split_;  // by node and variant
};

// Leaves out what is undone. An undo cannot be undone: the edit is told again.
std::vector<Edit> that_hold(std::vector<Edit> edits, base::FileMistakes& mistakes) {
  std::vector<int> undone;
  for (const Edit& edit : edits) {
    if (edit.action != EditAction::kUndo) continue;
    const auto target = std::ranges::find(edits, edit.undone_line, &Edit::line);
    if (target == edits.end() || target->action == EditAction::kUndo ||
        std::ranges::count(undone, edit.undone_line) != 0) {
      mistakes.add(edit.line, "line: " + std::to_string(edit.undone_line) +
                                  " is no edit that holds; expected an earlier line that is not undone yet");
    }
    undone.push_back(edit.undone_line);
  }
  std::erase_if(edits, [&](const Edit& edit) {
    return edit.action == EditAction::kUndo || std::ranges::count(undone, edit.line) != 0;
  });
  return edits;
}

Status apply_split(TagGraphBuilder& builder, TagGraphBuilder::Handle node, const Edit& edit) {
  INKLING_TRY(builder.remove_variant(node, edit.variant));
  INKLING_ASSIGN(const auto target, builder.add(target_of(edit)));
  return builder.add_variant(target, edit.variant);
}

Status apply_edit(TagGraphBuilder& builder, const Edit& edit) {
  INKLING_ASSIGN(const auto node, builder.find(edit.node));
  switch (edit.action) {
    case EditAction::kAccept:
      builder.accept(node);
      return {};
    case EditAction::kBan:
      return builder.remove(node);
    case EditAction::kRename:
      return builder.rename(node, edit.to);
    case EditAction::kMerge: {
      INKLING_ASSIGN(const auto into, builder.find(target_of(edit)));
      return builder.merge(node, into);
    }
    case EditAction::kSplit:
      return apply_split(builder, node, edit);
    case EditAction::kUndo:
      break;
  }
  return base::internal_error("an undo is no edit to apply");
}

}  // namespace

Result<Edit> read_edit(std::string_view text, int line) {
  INKLING_ASSIGN(const Json json, Json::parse(text));
  const JsonView object(json);
  Edit edit;
  edit.line = line;
  INKLING_ASSIGN(const std::size_t action, choice(object, "edit", kActionNames));
  edit.action = static_cast<EditAction>(action);
  INKLING_ASSIGN(edit.at_ms, object.integer("at_ms", 0));
  INKLING_ASSIGN(edit.who, object.text("who"));
  INKLING_ASSIGN(edit.why, object.text("why"));
  INKLING_TRY(read_rest(object, edit));
  return edit;
}

Result<std::vector<Edit>> read_edits(std::string_view json_lines, const std::string& shown_name) {
  base::FileMistakes mistakes(shown_name);
  std::vector<Edit> edits;
  for (int line = 1; !json_lines.empty(); ++line) {
    const std::size_t end = std::min(json_lines.find('\n'), json_lines.size());
    const std::string_view text = json_lines.substr(0, end);
    json_lines.remove_prefix(std::min(end + 1, json_lines.size()));
    if (text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    auto edit = read_edit(text, line);
    if (edit.ok()) {
      edits.push_back(*std::move(edit));
    } else {
      mistakes.add(line, edit.status().message());
    }
  }
  INKLING_TRY(mistakes.status());
  edits = that_hold(std::move(edits), mistakes);
  History history;
  for (const Edit& edit : edits) {
    if (const std::string contradiction = history.take(edit); !contradiction.empty()) {
      mistakes.add(edit.line, contradiction);
    }
  }
  INKLING_TRY(mistakes.status());
  return edits;
}

std::string edit_text(const Edit& edit) {
  Json json = Json::object();
  json.set("edit", kActionNames[static_cast<std::size_t>(edit.action)]);
  json.set("at_ms", edit.at_ms).set("who", edit.who).set("why", edit.why);
  if (edit.action == EditAction::kUndo) return json.set("line", edit.undone_line).to_text();
  json.set("kind", kNodeKindNames[static_cast<std::size_t>(edit.node.kind)]).set("name", edit.node.name);
  if (!edit.node.industry.empty()) json.set("industry", edit.node.industry);
  if (edit.action == EditAction::kSplit) json.set("variant", edit.variant);
  if (!edit.to.empty()) json.set("to", edit.to);
  if (!edit.to_industry.empty()) json.set("to_industry", edit.to_industry);
  return json.to_text();
}

EditReport apply_edits(TagGraphBuilder& builder, std::span<const Edit> edits) {
  EditReport report;
  for (const Edit& edit : edits) {
    const Status status = apply_edit(builder, edit);
    if (status.ok()) {
      ++report.applied;
    } else {
      report.unfit.push_back({edit.line, status.message()});
    }
  }
  return report;
}

}  // namespace inkling::tag
