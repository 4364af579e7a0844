#include "offer/selection.h"

#include <algorithm>
#include <utility>

#include "base/core/file_mistakes.h"
#include "domain/event.h"

namespace inkling::offer {

namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

Json entry_json(const std::string& name) {
  return name;
}
Json entry_json(const CategoryPath& path) {
  return Json::Array(path.begin(), path.end());
}

Result<std::string> read_name(const JsonView& view) {
  return bounded_text(view, 1, domain::kMaxIdBytes);
}

Result<CategoryPath> read_path(const JsonView& view) {
  INKLING_ASSIGN(const std::vector<JsonView> elements, view.as_elements());
  if (elements.empty() || elements.size() > kMaxCategoryDepth) {
    return view.refuse("has " + std::to_string(elements.size()) + " names; expected a path of 1 to " +
                       std::to_string(kMaxCategoryDepth) + ", top first");
  }
  CategoryPath path;
  for (const JsonView& element : elements) {
    INKLING_ASSIGN(std::string name, read_name(element));
    path.push_back(std::move(name));
  }
  return path;
}

template <typename T>
Status read_list(const JsonView& owner, std::string_view key, Result<T> (*read)(const JsonView&),
                 std::vector<T>& list) {
  if (!owner.has(key)) return {};
  INKLING_ASSIGN(const std::vector<JsonView> views, owner.elements(key));
  INKLING_ASSIGN(const JsonView whole, owner.member(key));
  if (views.empty() || views.size() > kMaxSelectionNames) {
    return whole.refuse("has " + std::to_string(views.size()) + " entries; expected 1 to " +
                        std::to_string(kMaxSelectionNames) + ", or no such member");
  }
  for (const JsonView& view : views) {
    INKLING_ASSIGN(T value, read(view));
    list.push_back(std::move(value));
  }
  std::ranges::sort(list);
  const auto twice = std::ranges::adjacent_find(list);
  return twice == list.end() ? Status() : whole.refuse(entry_json(*twice).to_text() + " stands there twice");
}

template <typename T>
void set_list(Json& json, std::string_view key, const std::vector<T>& list) {
  if (list.empty()) return;
  Json rows = Json::array();
  for (const T& each : list) rows.push(entry_json(each));
  json.set(key, std::move(rows));
}

bool holds(const std::vector<std::string>& sorted, std::string_view name) {
  return std::ranges::binary_search(sorted, name, std::less<>(),
                                    [](const std::string& s) { return std::string_view(s); });
}

}  // namespace

bool holds_item(const Selection& selection, std::string_view item) {
  return holds(selection.items, item);
}

bool holds_shop(const Selection& selection, std::string_view shop) {
  return holds(selection.shops, shop);
}

bool holds_path(const Selection& selection, std::span<const std::string> path) {
  const auto before = [](std::span<const std::string> a, std::span<const std::string> b) {
    return std::ranges::lexicographical_compare(a, b);
  };
  const auto as_span = [](const CategoryPath& listed) { return std::span<const std::string>(listed); };
  if (selection.categories.empty()) return false;
  for (std::size_t depth = 1; depth <= std::min(path.size(), kMaxCategoryDepth); ++depth) {
    if (std::ranges::binary_search(selection.categories, path.first(depth), before, as_span)) return true;
  }
  return false;
}

Status read_selection(const JsonView& view, bool with_items, Selection& into) {
  if (with_items) INKLING_TRY(view.only_keys({"items", "shops", "categories"}));
  if (!with_items) INKLING_TRY(view.only_keys({"shops", "categories"}));
  base::Refusals refused;
  refused.note(read_list(view, "items", read_name, into.items));
  refused.note(read_list(view, "shops", read_name, into.shops));
  refused.note(read_list(view, "categories", read_path, into.categories));
  return refused.status();
}

Json to_json(const Selection& selection) {
  Json lists = Json::object();
  set_list(lists, "items", selection.items);
  set_list(lists, "shops", selection.shops);
  set_list(lists, "categories", selection.categories);
  return lists;
}

Result<std::string> bounded_text(const JsonView& view, std::size_t least, std::size_t most) {
  INKLING_ASSIGN(std::string value, view.as_text());
  if (value.size() >= least && value.size() <= most) return value;
  return view.refuse("has " + std::to_string(value.size()) + " bytes; expected a text of " + std::to_string(least) +
                     " to " + std::to_string(most));
}

}  // namespace inkling::offer
