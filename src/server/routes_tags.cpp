// /v1/tags: what the live tag graph knows, which tags stand in a text, and what editors decide about them.
#include <utility>

#include "server/application.h"
#include "server/problem.h"
#include "server/query.h"
#include "server/routes.h"
#include "server/tag_edit_request.h"
#include "server/tag_json.h"
#include "server/tag_lookup.h"

namespace inkling::server {

namespace {

using base::Json;

constexpr std::size_t kUsualEdges = 12, kMostEdges = 100;  // of a type and direction
constexpr std::size_t kTextLimitBytes = 16 * 1024;         // some milliseconds on an HTTP thread
constexpr std::size_t kEditLimitBytes = 8 * 1024;

// Ends on the store thread, unless begin() does it.
class TagHandler : public Handler {
 public:
  TagHandler(Application& application, HttpRequest request)
      : application_(application), request_(std::move(request)), tags_(application.tags.snapshot()) {}

  std::optional<HttpResponse> begin() override {
    if (tags_) return std::nullopt;
    return refused(base::not_found("tags: no version of the package \"tags\" is live; mine tags and promote one"));
  }
  std::optional<HttpResponse> load() override { return refused(base::internal_error("/v1/tags ends elsewhere")); }
  HttpResponse finish(ScorerWorkspaces&) override {
    return refused(base::internal_error("/v1/tags ends on the store thread"));
  }

 protected:
  [[nodiscard]] HttpResponse refused(const base::Status& status) const { return problem(status, request_.target); }

  [[nodiscard]] static HttpResponse told(const Json& json) {
    HttpResponse response;
    response.body = json.to_text();
    return response;
  }

  // Of which graph the answer tells.
  [[nodiscard]] Json head() const {
    return Json::object().set("version", tags_->version).set("edit_lines", tags_->edit_lines);
  }

  [[nodiscard]] std::optional<HttpResponse> refuse_long_body(std::size_t limit) const {
    if (request_.body.size() <= limit) return std::nullopt;
    return refused(base::too_large("body: " + std::to_string(request_.body.size()) + " bytes; at most " +
                                   std::to_string(limit) + " are read here"));
  }

  Application& application_;
  HttpRequest request_;
  std::shared_ptr<const TagSnapshot> tags_;
};

class FindTags final : public TagHandler {
 public:
  using TagHandler::TagHandler;

  std::optional<HttpResponse> load() override {
    const auto query = read_tag_query(tags_->graph, request_.target);
    if (!query.ok()) return refused(query.status());
    const FoundTags found = find_tags(*tags_, *query);
    Json rows = Json::array();
    for (const std::uint32_t row : found.rows) rows.push(tag_json(tags_->graph, row));
    return told(head().set("total", static_cast<std::int64_t>(found.total)).set("tags", std::move(rows)));
  }
};

class TellTag final : public TagHandler {
 public:
  using TagHandler::TagHandler;

  std::optional<HttpResponse> load() override {
    const auto kind = tag::place_of(tag::kNodeKindNames, request_.params.front());
    if (!kind) {
      return refused(base::not_found("kind: \"" + request_.params.front() +
                                     "\" is none; expected tag, category, need, dimension or scene"));
    }
    const std::string industry = query_value(request_.target, "industry").value_or("");
    const auto most = read_limit(request_.target, kUsualEdges, kMostEdges);
    if (!most.ok()) return refused(most.status());
    const auto row = find_node(tags_->graph, {static_cast<tag::NodeKind>(*kind), request_.params[1], industry});
    if (!row.ok()) return refused(row.status());
    return told(head().set("tag", tag_page_json(*tags_, *row, *most)));
  }
};

// On the HTTP thread: a text of 200 characters takes a tenth of a millisecond.
class ExtractTags final : public TagHandler {
 public:
  using TagHandler::TagHandler;

  std::optional<HttpResponse> begin() override {
    if (auto refusal = TagHandler::begin()) return refusal;
    if (auto refusal = refuse_long_body(kTextLimitBytes)) return refusal;
    const auto answer = extracted();
    return answer.ok() ? told(*answer) : refused(answer.status());
  }

 private:
  [[nodiscard]] base::Result<Json> extracted() const {
    INKLING_ASSIGN(const Json body, Json::parse(request_.body));
    const base::JsonView object(body);
    INKLING_TRY(object.only_keys({"text", "industry"}));
    INKLING_ASSIGN(const std::string text, object.text("text"));
    std::uint32_t industry = tag::kNoRow;
    if (object.has("industry")) {
      INKLING_ASSIGN(const std::string name, object.text("industry"));
      INKLING_ASSIGN(industry, find_node(tags_->graph, {tag::NodeKind::kCategory, name, ""}));
    }
    thread_local tag::Extractor extractor;
    return head().set("matches", matches_json(tags_->graph, text, extractor.extract(tags_->graph, text, industry)));
  }
};

class TellEdits final : public TagHandler {
 public:
  using TagHandler::TagHandler;

  std::optional<HttpResponse> begin() override { return std::nullopt; }
  std::optional<HttpResponse> load() override {
    return told(Json::object().set("edits", edits_json(*application_.tags.edits(), tags_.get())));
  }
};

class TakeEdit final : public TagHandler {
 public:
  using TagHandler::TagHandler;

  std::optional<HttpResponse> begin() override {
    if (auto refusal = TagHandler::begin()) return refusal;
    return refuse_long_body(kEditLimitBytes);
  }
  std::optional<HttpResponse> load() override {
    const auto edit = read_edit_request(request_.body, application_.services.clock.now_ms());
    if (!edit.ok()) return refused(edit.status());
    const auto receipt = application_.tags.take(*edit);
    if (!receipt.ok()) return refused(receipt.status());
    return told(Json::object().set("number", receipt->line).set("applied", receipt->applied));
  }
};

Route find_route() {
  return {
      .method = "GET",
      .pattern = "/v1/tags",
      .operation = "findTags",
      .summary = "Tags by beginning, kind, category and polarity",
      .description =
          "Most seen first: without q the hot words. A beginning is of the name or of any variant, in "
          "any spelling of one normal form.",
      .queries = {{"q", "What a surface begins with", false},
                  {"kind", "tag, category, need, dimension or scene", false},
                  {"category", "A category's name: what is of it or leads to it; general: what is of none", false},
                  {"polarity", "-1, 0, 1 or unknown", false},
                  {"accepted", "true or false: by an editor", false},
                  {"limit", "From 1 to 200; 20 when it is left out", false}},
      .answers = {{200, "What was found", "Tags"},
                  {400, "A member of the query is wrong", "Problem"},
                  {404, "No graph is live, or there is no such category", "Problem"}},
      .make = make_handler<FindTags>};
}

Route tell_route() {
  return {.method = "GET",
          .pattern = "/v1/tags/{kind}/{name}",
          .operation = "tellTag",
          .summary = "All that is known of a tag",
          .description =
              "Counts by source, variants, example sentences, and its neighbourhood: each edge with its "
              "evidence and one sentence.",
          .queries = {{"industry", "The category that it is of; left out: a general one", false},
                      {"limit", "Edges of a type and direction, from 1 to 100; 12 when it is left out", false}},
          .answers = {{200, "The tag", "TagPage"},
                      {400, "The limit is none", "Problem"},
                      {404, "There is none; the detail says whose variant the name is, if so", "Problem"}},
          .make = make_handler<TellTag>};
}

Route extract_route() {
  return {
      .method = "POST",
      .pattern = "/v1/tags/extract",
      .operation = "extractTags",
      .summary = "Which tags stand in a text",
      .description = "From left to right, at each place the longest surface that means something in the industry.",
      .bodies = {{kJsonType, "TagText"}},
      .answers = {{200, "The tags and where they stand", "TagMatches"},
                  {400, "The body is wrong", "Problem"},
                  {404, "No graph is live, or there is no such industry", "Problem"},
                  {413, "The body has more than 16 KiB", "Problem"},
                  {415, "The body is not JSON", "Problem"}},
      .make = make_handler<ExtractTags>};
}

Route edits_route() {
  return {.method = "GET",
          .pattern = "/v1/tags/edits",
          .operation = "tellTagEdits",
          .summary = "What editors decided",
          .description = "Newest first, undone ones too. An edit that the live graph has no place for says why.",
          .answers = {{200, "The edits", "TagEdits"}},
          .make = make_handler<TellEdits>};
}

Route edit_route() {
  return {.method = "POST",
          .pattern = "/v1/tags/edits",
          .operation = "editTags",
          .summary = "Decide about a tag",
          .description =
              "accept, ban, rename, merge, split or undo, with who and why. Answered once it is on disk; "
              "`applied` says whether the graph that answers has it already. It is laid over every later "
              "graph too, until it is undone.",
          .bodies = {{kJsonType, "TagEdit"}},
          .answers = {{200, "It is on disk", "TagEditReceipt"},
                      {400, "A member is wrong: the detail names it", "Problem"},
                      {404, "No graph is live, or it has no such tag", "Problem"},
                      {409, "It contradicts an earlier edit or the graph", "Problem"},
                      {413, "The body has more than 8 KiB", "Problem"},
                      {415, "The body is not JSON", "Problem"}},
          .make = make_handler<TakeEdit>};
}

}  // namespace

std::vector<Route> tag_routes() {
  return {find_route(), extract_route(), edits_route(), edit_route(), tell_route()};
}

}  // namespace inkling::server
