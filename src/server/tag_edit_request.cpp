#include "server/tag_edit_request.h"

#include <algorithm>
#include <limits>
#include <string>

#include "base/core/json.h"
#include "server/tag_lookup.h"
#include "text/normal_form.h"

namespace inkling::server {

namespace {

using base::Json;
using base::Result;
using base::Status;

Status check_said(std::string_view member, std::string_view text, std::size_t most) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return base::invalid_input(std::string(member) + ": is empty; expected " +
                               (member == "who" ? "the editor's name" : "a reason, for those who ask later"));
  }
  if (text.size() <= most) return {};
  return base::invalid_input(std::string(member) + ": has " + std::to_string(text.size()) + " bytes; at most " +
                             std::to_string(most) + " are kept");
}

Status check_name(std::string_view member, const std::string& name) {
  const std::string form = text::normal_form(name);
  if (form.empty()) return base::invalid_input(std::string(member) + ": says nothing");
  if (name.size() <= tag::kMaxNameBytes && form.size() <= tag::kMaxSurfaceBytes) return {};
  return base::invalid_input(std::string(member) + ": has " + std::to_string(std::max(name.size(), form.size())) +
                             " bytes; a name has at most " + std::to_string(tag::kMaxNameBytes));
}

Status check_rename(const tag::TagGraph& graph, const tag::Edit& edit, std::uint32_t row) {
  INKLING_TRY(check_name("to", edit.to));
  const auto taken = graph.node(edit.node.kind, edit.to, graph.facts(row).industry);
  if (!taken || *taken == row) return {};
  return base::conflict("to: " + tag::told({edit.node.kind, edit.to, edit.node.industry}) +
                        " is there already; merge into it instead");
}

Status check_split(const tag::TagGraph& graph, const tag::Edit& edit, std::uint32_t row) {
  INKLING_TRY(check_name("variant", edit.variant));
  if (!edit.to.empty()) INKLING_TRY(check_name("to", edit.to));
  const std::string form = text::normal_form(edit.variant);
  const auto variants = graph.facts(row).variants;
  if (std::ranges::any_of(variants, [&](std::uint32_t each) { return graph.surface(each) == form; })) return {};
  return base::not_found("variant: \"" + edit.variant + "\" is no variant of " + tag::told(edit.node));
}

}  // namespace

Result<tag::Edit> read_edit_request(std::string_view body, std::int64_t now_ms) {
  INKLING_ASSIGN(Json json, Json::parse(body));
  if (!json.is_object()) return base::invalid_input("body: expected an object with edit, who, why and name");
  if (json.find("at_ms") != nullptr) {
    return base::invalid_input("at_ms: is set by the server; leave it out");
  }
  json.set("at_ms", now_ms);
  INKLING_ASSIGN(tag::Edit edit, tag::read_edit(json.to_text(), std::numeric_limits<int>::max()));
  INKLING_TRY(check_said("who", edit.who, kMaxWhoBytes));
  INKLING_TRY(check_said("why", edit.why, kMaxWhyBytes));
  return edit;
}

Status check_fits(const tag::TagGraph& graph, const tag::Edit& edit) {
  if (edit.action == tag::EditAction::kUndo) return {};
  INKLING_ASSIGN(const std::uint32_t row, find_node(graph, edit.node));
  switch (edit.action) {
    case tag::EditAction::kRename:
      return check_rename(graph, edit, row);
    case tag::EditAction::kMerge:
      return find_node(graph, {edit.node.kind, edit.to, edit.to_industry}).status().within("to");
    case tag::EditAction::kSplit:
      return check_split(graph, edit, row);
    default:
      return {};
  }
}

}  // namespace inkling::server
