#include "tests/furniture/arrows.h"

#include <algorithm>
#include <array>
#include <set>
#include <sstream>

namespace inkling::furniture {
namespace {

struct Include {
  std::size_t line = 0;
  std::string target;
  bool quoted = false;
};

std::vector<std::string> words_of(std::string_view line) {
  std::istringstream in{std::string(line)};
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::optional<OutsideRule> parse_outside(const std::vector<std::string>& words) {
  const auto in = std::ranges::find(words, "in");
  if (in == words.end() || in == words.begin() + 1 || in + 1 == words.end()) return std::nullopt;
  return OutsideRule{words[0] == "only", {words.begin() + 1, in}, {in + 1, words.end()}};
}

std::optional<Room> parse_room(const std::vector<std::string>& words) {
  if (words.size() < 3) return std::nullopt;
  Room room{words[0], words[1], {words.begin() + 2, words.end()}};
  if (room.arrows == std::vector<std::string>{"-"}) room.arrows.clear();
  return room;
}

// What is wrong with the line, or nothing.
std::string add_line(const std::vector<std::string>& words, Arrows& arrows) {
  if (words[0] == "only" || words[0] == "never") {
    const auto rule = parse_outside(words);
    if (!rule) return "a rule is written: only|never HEADERS in ROOMS";
    arrows.outside.push_back(*rule);
  } else {
    const auto room = parse_room(words);
    if (!room) return "a room is written: NAME FILES ROOMS, or - for no rooms";
    arrows.rooms.push_back(*room);
  }
  return "";
}

std::string at(std::size_t line, const std::string& mistake) {
  return "arrows.txt:" + std::to_string(line) + ": " + mistake;
}

const Room* room_named(const Arrows& arrows, std::string_view name) {
  const auto room = std::ranges::find(arrows.rooms, name, &Room::name);
  return room == arrows.rooms.end() ? nullptr : &*room;
}

void check_names(ArrowsFile& file) {
  const auto check = [&](const std::vector<std::string>& names, const std::string& where) {
    for (const std::string& name : names) {
      if (room_named(file.arrows, name) == nullptr) {
        file.mistakes.push_back("arrows.txt: " + where + " names \"" + name + "\", which is no room");
      }
    }
  };
  for (const Room& room : file.arrows.rooms) check(room.arrows, "room " + room.name);
  for (const OutsideRule& rule : file.arrows.outside) check(rule.rooms, "the rule of " + rule.headers.front());
}

const Room* room_of(const Arrows& arrows, std::string_view path) {
  const auto room =
      std::ranges::find_if(arrows.rooms, [&](const Room& each) { return path_fits(each.pattern, path); });
  return room == arrows.rooms.end() ? nullptr : &*room;
}

void collect_reachable(const Arrows& arrows, const Room& from, std::set<std::string>& reached) {
  for (const std::string& name : from.arrows) {
    const Room* room = room_named(arrows, name);
    if (room != nullptr && reached.insert(name).second) collect_reachable(arrows, *room, reached);
  }
}

void check_circles(ArrowsFile& file) {
  for (const Room& room : file.arrows.rooms) {
    std::set<std::string> reached;
    collect_reachable(file.arrows, room, reached);
    if (reached.contains(room.name)) file.mistakes.push_back("arrows.txt: room " + room.name + " can reach itself");
  }
}

std::optional<Include> parse_include(std::string_view line, std::size_t number) {
  const auto words = words_of(line);
  std::string joined_line;
  for (const std::string& word : words) joined_line += word;
  constexpr std::string_view kInclude = "#include";
  if (!joined_line.starts_with(kInclude) || joined_line.size() < kInclude.size() + 3) return std::nullopt;
  const char open = joined_line[kInclude.size()];
  if (open != '"' && open != '<') return std::nullopt;
  const std::size_t start = kInclude.size() + 1;
  const std::size_t end = joined_line.find(open == '"' ? '"' : '>', start);
  if (end == std::string::npos) return std::nullopt;
  return Include{number, joined_line.substr(start, end - start), open == '"'};
}

bool header_fits(const std::string& rule, const std::string& header) {
  return rule.ends_with('/') ? header.starts_with(rule) : header == rule;
}

class Inspector {
 public:
  Inspector(const Arrows& arrows, const SourceTree& tree) : arrows_(arrows) {
    for (const SourceFile& file : tree) {
      if (is_cpp(file.path)) folders_.insert(top_folder(file.path));
    }
  }

  std::vector<std::string> inspect(const SourceTree& tree) {
    for (const SourceFile& file : tree) {
      if (is_cpp(file.path)) inspect_file(file);
    }
    return std::move(complaints_);
  }

 private:
  // The first folder of an include as it is written: "base" of src/base/..., "models" of models/...
  static std::string top_folder(std::string_view path) {
    if (path.starts_with("src/")) path.remove_prefix(4);
    return std::string(path.substr(0, path.find('/')));
  }

  void inspect_file(const SourceFile& file) {
    const Room* room = room_of(arrows_, file.path);
    if (room == nullptr) {
      complaints_.push_back(file.path + ": is in no room of arrows.txt");
      return;
    }
    std::set<std::string> reachable = {room->name};
    collect_reachable(arrows_, *room, reachable);
    const auto lines = lines_of(file.text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const auto include = parse_include(lines[i], i + 1);
      if (include) inspect_include(file, *room, reachable, *include);
    }
  }

  void inspect_include(const SourceFile& file, const Room& from, const std::set<std::string>& reachable,
                       const Include& include) {
    if (!include.quoted || !folders_.contains(top_folder(include.target)))
      return inspect_outside(file, from, include);
    const std::array<std::string, 2> paths = {"src/" + include.target, include.target};
    for (const std::string& path : paths) {
      const Room* to = room_of(arrows_, path);
      if (to == nullptr) continue;
      if (!reachable.contains(to->name)) {
        return complain(file, include, "room " + from.name + " has no arrow to room " + to->name);
      }
      const auto own = component_of(from.pattern, file.path);
      const auto other = component_of(to->pattern, path);
      if (own && other && own != other) complain(file, include, *own + " must not know " + *other);
      return;
    }
    complain(file, include, "it is in no room of arrows.txt");
  }

  void inspect_outside(const SourceFile& file, const Room& room, const Include& include) {
    for (const OutsideRule& rule : arrows_.outside) {
      const bool fits = std::ranges::any_of(
          rule.headers, [&](const std::string& header) { return header_fits(header, include.target); });
      const bool listed = std::ranges::find(rule.rooms, room.name) != rule.rooms.end();
      if (!fits || rule.only == listed) continue;
      if (rule.only || !is_test(file.path)) complain(file, include, "not allowed in room " + room.name);
    }
  }

  void complain(const SourceFile& file, const Include& include, const std::string& reason) {
    complaints_.push_back(file.path + ":" + std::to_string(include.line) + ": includes " + include.target + ": " +
                          reason);
  }

  const Arrows& arrows_;
  std::set<std::string> folders_;
  std::vector<std::string> complaints_;
};

}  // namespace

ArrowsFile parse_arrows(std::string_view text) {
  ArrowsFile file;
  const auto lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto words = words_of(lines[i].substr(0, lines[i].find('#')));
    if (words.empty()) continue;
    const std::string mistake = add_line(words, file.arrows);
    if (!mistake.empty()) file.mistakes.push_back(at(i + 1, mistake));
  }
  check_names(file);
  check_circles(file);
  return file;
}

bool path_fits(std::string_view pattern, std::string_view path) {
  if (pattern.empty()) return path.empty();
  if (pattern == "/") return path.size() > 1 && path[0] == '/';
  if (pattern[0] != '*')
    return !path.empty() && path[0] == pattern[0] && path_fits(pattern.substr(1), path.substr(1));
  for (std::size_t taken = 0;; ++taken) {
    if (path_fits(pattern.substr(1), path.substr(taken))) return true;
    if (taken == path.size() || path[taken] == '/') return false;
  }
}

std::optional<std::string> component_of(std::string_view pattern, std::string_view path) {
  const std::string_view folders = pattern.substr(0, pattern.rfind('/') + 1);
  if (folders.find('*') == std::string_view::npos) return std::nullopt;
  std::size_t end = 0;
  for (auto depth = std::ranges::count(folders, '/'); depth > 0; --depth) end = path.find('/', end) + 1;
  return std::string(path.substr(0, end - 1));
}

std::vector<std::string> forbidden_includes(const Arrows& arrows, const SourceTree& tree) {
  return Inspector(arrows, tree).inspect(tree);
}

}  // namespace inkling::furniture
