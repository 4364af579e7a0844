// GET /v1/items and /v1/items/{item}: what the catalogue knows of the things on sale.
#include <utility>

#include "base/core/utf8.h"
#include "server/application.h"
#include "server/item_json.h"
#include "server/problem.h"
#include "server/query.h"
#include "server/routes.h"

namespace inkling::server {

namespace {

constexpr std::size_t kMaxItems = 200;

// `member`: of the query.
base::Status add_ids(const std::string& member, std::string_view list, std::vector<std::string>& ids) {
  if (!base::valid_utf8(list)) return base::invalid_input(member + ": is not UTF-8 once percent-decoded");
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    if (end > domain::kMaxIdBytes) {
      return base::invalid_input(member + ": an id of " + std::to_string(end) + " bytes; at most " +
                                 std::to_string(domain::kMaxIdBytes) + " are allowed");
    }
    if (end > 0) ids.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return {};
}

base::Result<std::vector<std::string>> asked_ids(std::string_view target, const std::string& member) {
  std::vector<std::string> ids;
  for (const std::string& list : query_values(target, member)) INKLING_TRY(add_ids(member, list, ids));
  if (ids.size() <= kMaxItems) return ids;
  return base::invalid_input(member + ": has " + std::to_string(ids.size()) + " of them; at most " +
                             std::to_string(kMaxItems) + " are answered at once");
}

struct AskedItems {
  std::vector<std::string> ids;
  std::vector<std::string> parents;  // whose skus are asked for
};

base::Result<AskedItems> asked_items(std::string_view target) {
  AskedItems asked;
  INKLING_ASSIGN(asked.ids, asked_ids(target, "ids"));
  INKLING_ASSIGN(asked.parents, asked_ids(target, "parent"));
  if (!asked.ids.empty() && !asked.parents.empty()) {
    return base::invalid_input("parent: stands beside ids; expected one of them");
  }
  if (!asked.ids.empty() || !asked.parents.empty()) return asked;
  return base::invalid_input(
      "ids: is missing; expected item ids with commas between: ?ids=a,b or, for the skus of goods, ?parent=a,b");
}

class TellItems final : public Handler {
 public:
  TellItems(Application& application, HttpRequest request)
      : application_(application), request_(std::move(request)) {}

  std::optional<HttpResponse> begin() override {
    if (!request_.params.empty()) {
      ids_ = std::move(request_.params);
      return std::nullopt;
    }
    auto asked = asked_items(request_.target);
    if (!asked.ok()) return problem(asked.status(), request_.target);
    ids_ = std::move(asked->ids);
    for (const std::string& parent : asked->parents) add_skus(parent);
    return std::nullopt;
  }

  std::optional<HttpResponse> load() override {
    HttpResponse response;
    response.body = "{\"items\":[";
    for (const std::string& id : ids_) {
      auto item = application_.services.store.item(id);
      if (item.status().code() == base::ErrorCode::kNotFound) continue;
      if (!item.ok()) return problem(item.status(), request_.target);
      if (response.body.back() == '}') response.body += ',';
      append_item(*item, response.body);
    }
    response.body += "]}";
    return response;
  }

  HttpResponse finish(ScorerWorkspaces&) override {
    return problem(base::internal_error("GET /v1/items ends on the store thread"), request_.target);
  }

 private:
  void add_skus(const std::string& parent) {
    const auto world = application_.world.world();
    for (const std::uint32_t row : world->skus_of(parent)) {
      if (ids_.size() < kMaxItems) ids_.push_back(world->facts(row).item);
    }
  }

  Application& application_;
  HttpRequest request_;
  std::vector<std::string> ids_;
};

}  // namespace

std::vector<Route> item_routes() {
  return {{.method = "GET",
           .pattern = "/v1/items",
           .operation = "tellItems",
           .summary = "What is known of some items",
           .description =
               "By ids or by parent. At most 200, in the order asked for, skus in the order in which they were "
               "first told. Those that no event told of are left out; new skus count from the next world "
               "snapshot on.",
           .queries = {{"ids", "Item ids with commas between; one that holds a comma is asked for alone", false},
                       {"parent", "Ids of goods with commas between: their skus are answered", false}},
           .answers = {{200, "The items that are known", "Items"},
                       {400, "No id, too many, one that is too long, or ids and parent", "Problem"}},
           .make = make_handler<TellItems>},
          {.method = "GET",
           .pattern = "/v1/items/{item}",
           .operation = "tellItem",
           .summary = "What is known of one item",
           .description = "The same answer for one id: no item when no event told of it.",
           .answers = {{200, "The item, if it is known", "Items"}},
           .make = make_handler<TellItems>}};
}

}  // namespace inkling::server
