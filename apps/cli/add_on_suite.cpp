#include "apps/cli/add_on_suite.h"

#include <algorithm>

#include "apps/cli/ranker_zoo.h"
#include "base/core/suggest.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

Status read_signals(const JsonView& simulate, const SuiteRequest& request, AddOnSuite& suite) {
  std::vector<std::string> without;
  if (simulate.has("without")) {
    INKLING_ASSIGN(without, read_texts(simulate, "without"));
  }
  without.insert(without.end(), request.without.begin(), request.without.end());
  Json names = Json::array();
  for (const std::string& name : without) {
    const Status known = sim::days::switch_off(suite.simulation.days.model, name);
    if (!known.ok()) return simulate.refuse("without: " + known.message());
    names.push(name);
  }
  suite.data.set("without", std::move(names));
  if (suite.simulation.days.model.thresholds) return {};
  return simulate.refuse("without: nobody asks for add-ons when \"thresholds\" is off, so there is nothing to learn");
}

Status read_data(const JsonView& json, const SuiteRequest& request, AddOnSuite& suite) {
  INKLING_ASSIGN(const JsonView data, json.member("data"));
  suite.data = data.json();
  INKLING_TRY(data.only_keys({"simulate", "test_days"}));
  INKLING_ASSIGN(const JsonView simulate, data.member("simulate"));
  INKLING_TRY(simulate.only_keys({"shoppers", "days", "items", "promotion_days", "without"}));
  sim::MarketplaceOptions& market = suite.simulation.market;
  std::uint32_t& promotion_days = suite.simulation.days.days;
  promotion_days = 2;
  INKLING_TRY(read_count(simulate, "shoppers", 1, sim::kMostShoppers, market.shoppers));
  INKLING_TRY(read_count(simulate, "days", 1, sim::kMostDays, market.days));
  INKLING_TRY(read_count(simulate, "items", 1, sim::kMostItems, market.items));
  INKLING_TRY(read_count(simulate, "promotion_days", 2, sim::days::kMostPromotionDays, promotion_days));
  INKLING_TRY(read_count(data, "test_days", 1, promotion_days - 1, suite.test_days));
  return read_signals(simulate, request, suite);
}

Status read_feed(const JsonView& json, AddOnSuite& suite) {
  suite.feed_params = Json::object();
  if (!json.has("feed")) return {};
  INKLING_ASSIGN(const JsonView feed, json.member("feed"));
  INKLING_TRY(feed.only_keys({"days", "params"}));
  suite.feed_days = 1;
  INKLING_TRY(read_count(feed, "days", 1, sim::kMostDays, suite.feed_days));
  if (feed.has("params")) suite.feed_params = *feed.json().find("params");
  return {};
}

Result<std::vector<std::string>> known_names() {
  std::vector<std::string> known = {kRecallOrder};
  INKLING_ASSIGN(const auto entries, ranker_zoo());
  for (const RankerEntry& entry : entries) known.push_back(entry.variant.name);
  return known;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

Status read_contenders(const JsonView& json, const SuiteRequest& request, AddOnSuite& suite) {
  INKLING_ASSIGN(auto names, read_texts(json, "models"));
  if (!request.models.empty()) names = request.models;
  std::vector<std::string> warm;
  if (json.has("warm") && suite.feed_days > 0) {
    INKLING_ASSIGN(warm, read_texts(json, "warm"));
  }
  INKLING_ASSIGN(const auto known, known_names());
  for (const std::string& name : names) {
    if (!has(known, name)) {
      suite.skipped.push_back(name);
      continue;
    }
    suite.contenders.push_back({name, name, false});
    if (has(warm, name)) suite.contenders.push_back({name + " warm", name, true});
  }
  if (std::ranges::any_of(suite.contenders, &Contender::learns)) return {};
  return json.refuse("none of its models that learn is one of this build; " +
                     base::expected_one_of(names.empty() ? "" : names.front(), known));
}

// Pairs of contenders that this build lacks, or that the request leaves out, are nobody's concern.
Status read_comparisons(const JsonView& json, AddOnSuite& suite) {
  INKLING_ASSIGN(auto pairs, read_pairs(json));
  std::vector<std::string> names;
  for (const Contender& contender : suite.contenders) names.push_back(contender.name);
  for (auto& pair : pairs) {
    if (has(names, pair.first) && has(names, pair.second)) suite.pairs.push_back(std::move(pair));
  }
  return {};
}

Result<AddOnSuite> read(const JsonView& json, const SuiteRequest& request) {
  INKLING_TRY(
      json.only_keys({"title", "task", "models", "warm", "seeds", "data", "params", "feed", "pairs", "quick"}));
  AddOnSuite suite;
  INKLING_ASSIGN(suite.title, json.text("title"));
  INKLING_ASSIGN(suite.seeds, read_seeds(json, request));
  INKLING_TRY(read_data(json, request, suite));
  INKLING_TRY(read_feed(json, suite));
  INKLING_TRY(read_contenders(json, request, suite));
  INKLING_TRY(read_comparisons(json, suite));
  suite.params = json.has("params") ? *json.json().find("params") : Json::object();
  for (const Contender& contender : suite.contenders) {
    if (contender.learns()) INKLING_TRY(params_of(suite, contender).status());
    if (contender.warm) INKLING_TRY(params_of(suite, contender, TaughtBy::kFeed).status().within("feed"));
  }
  return suite;
}

}  // namespace

Result<Json> params_of(const AddOnSuite& suite, const Contender& contender, TaughtBy by) {
  INKLING_ASSIGN(const RankerEntry entry, find_ranker(contender.model));
  const Json* own = suite.params.find(contender.model);
  const Json* given = own != nullptr ? own : suite.params.find(entry.variant.model);
  Json own_params = given != nullptr ? *given : Json::object();
  const Json::Object* above = by == TaughtBy::kFeed ? suite.feed_params.if_object() : nullptr;
  for (std::size_t i = 0; above != nullptr && i < above->size(); ++i)
    own_params.set((*above)[i].key, (*above)[i].value);
  const Json params = train::with_presets(own_params, entry.variant);
  return entry.parameters.complete(JsonView(params, "params." + contender.model));
}

Result<AddOnSuite> load_add_on_suite(const SuiteFile& file, const SuiteRequest& request) {
  auto suite = read(JsonView(file.members), request);
  if (!suite.ok()) return file.document.located(suite.status());
  return suite;
}

}  // namespace inkling::cli
