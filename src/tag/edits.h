// What editors decide about tags, kept apart from what mining finds: an append-only JSON Lines file, laid over every
// mining run anew. Not for access rights (server) and not for what to mine.
//
// A line: `edit` (accept, ban, rename, merge, split or undo), `at_ms`, `who`, `why`; the node by `kind` (tag when
// left out), `name` and `industry` (general when left out); and by edit:
//   rename  `to`: the new name; the old one stays a variant
//   merge   `to`, of the same kind, and `to_industry`: what it becomes part of
//   split   `variant`: a surface that does not mean the node; `to`: whose it is instead (left out: a node called so)
//   undo    `line`: an earlier line of the file that holds no longer; no node
// Edits that contradict each other are refused with both lines named: a node that is banned, renamed or merged is
// gone until that line is undone, and nobody can ban what was accepted. Thread safety: free functions, plain values.
// Cost: linear. Failure: kInvalidInput, one sentence a line of the file.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "tag/tag_graph_builder.h"

namespace inkling::tag {

enum class EditAction : std::uint8_t { kAccept, kBan, kRename, kMerge, kSplit, kUndo };

struct Edit {
  int line = 0;  // of the file, from 1; not written
  EditAction action = EditAction::kAccept;
  std::int64_t at_ms = 0;
  std::string who;
  std::string why;
  NodeKey node;
  std::string to;
  std::string to_industry;
  std::string variant;
  int undone_line = 0;
  friend bool operator==(const Edit&, const Edit&) = default;
};

// All edits that hold, in order: those undone are left out, and the undoing ones. `shown_name` is the file's, for
// mistakes. Blank lines are skipped.
[[nodiscard]] base::Result<std::vector<Edit>> read_edits(std::string_view json_lines, const std::string& shown_name);

// One line as number `line` of a file, from which on an undo may name those before.
[[nodiscard]] base::Result<Edit> read_edit(std::string_view json, int line);

// One line without its end, which read_edits gives back equal.
[[nodiscard]] std::string edit_text(const Edit& edit);

struct UnfitEdit {
  int line = 0;
  std::string sentence;  // why it no longer fits
};

struct EditReport {
  std::size_t applied = 0;
  std::vector<UnfitEdit> unfit;
};

// Lays them over what was mined, in order. What no longer fits is left out and reported, as mining may have lost the
// node.
[[nodiscard]] EditReport apply_edits(TagGraphBuilder& builder, std::span<const Edit> edits);

}  // namespace inkling::tag
