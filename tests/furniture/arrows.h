// Reads arrows.txt and finds the includes that go against it. Not a preprocessor: an include counts wherever it
// stands at the start of a line.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/furniture/source_tree.h"

namespace inkling::furniture {

struct Room {
  std::string name;
  std::string pattern;  // of paths; a trailing "/" means everything below
  std::vector<std::string> arrows;
};

// Headers from outside that only some rooms may include, or that some rooms may never include.
struct OutsideRule {
  bool only = false;
  std::vector<std::string> headers;  // a trailing "/" means everything below
  std::vector<std::string> rooms;
};

struct Arrows {
  std::vector<Room> rooms;  // the first that fits is a file's room
  std::vector<OutsideRule> outside;
};

struct ArrowsFile {
  Arrows arrows;
  std::vector<std::string> mistakes;  // with line numbers; empty when the file is right
};

[[nodiscard]] ArrowsFile parse_arrows(std::string_view text);

// One sentence for every include that no arrow allows and every source file that is in no room.
[[nodiscard]] std::vector<std::string> forbidden_includes(const Arrows& arrows, const SourceTree& tree);

// "*" stands for anything within one folder.
[[nodiscard]] bool path_fits(std::string_view pattern, std::string_view path);

// The component that a file belongs to, "models/dipn": the folder part of the pattern with its "*" filled in; nullopt
// when no folder of the pattern is a "*".
[[nodiscard]] std::optional<std::string> component_of(std::string_view pattern, std::string_view path);

}  // namespace inkling::furniture
