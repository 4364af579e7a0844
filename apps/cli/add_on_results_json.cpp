// The results of an add-on suite for machines: report.json, and what --json answers with.
#include "apps/cli/add_on_results.h"

namespace inkling::cli {
namespace {

using base::Json;
using funnel::Deed;

Json count(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

Json list_of(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double value : values) list.push(value);
  return list;
}

Json to_json(const funnel::SampleCounts& counts) {
  const auto deeds = [](const funnel::SampleCounts::ByDeed& of) {
    Json json = Json::object();
    json.set("exposure", count(of[0])).set("click", count(of[1])).set("cart", count(of[2]));
    return json.set("buy", count(of[3]));
  };
  Json json = Json::object();
  json.set("looks", count(counts.looks)).set("samples", count(counts.samples()));
  json.set("looks_unclicked", count(counts.looks_unclicked)).set("looks_empty", count(counts.looks_empty));
  json.set("looks_open", count(counts.looks_open)).set("positions", count(counts.positions));
  json.set("shown_again", count(counts.shown_again)).set("carted_at_once", count(counts.carted_at_once));
  json.set("all", deeds(counts.all)).set("kept", deeds(counts.kept));
  json.set("exposure_to_click", funnel::to_one(counts.kept, Deed::kShown, Deed::kClicked));
  json.set("click_to_cart", funnel::to_one(counts.kept, Deed::kClicked, Deed::kCarted));
  return json.set("cart_to_buy", funnel::to_one(counts.kept, Deed::kCarted, Deed::kBought));
}

Json to_json(const DeedResult& result) {
  Json json = Json::object();
  json.set("name", result.name).set("deed", result.deed).set("definition", result.definition);
  json.set("gauc_shopper", list_of(result.gauc_shopper)).set("gauc_look", list_of(result.gauc_look));
  return json.set("auc", list_of(result.auc)).set("dropped_share", result.dropped_share);
}

Json to_json(const DeedPair& pair) {
  Json within = Json::array();
  for (const eval::Difference& difference : pair.within) {
    Json json = Json::object();
    json.set("difference", difference.value).set("low", difference.low).set("high", difference.high);
    within.push(json.set("p_value", difference.p_value));
  }
  Json json = Json::object();
  json.set("first", pair.first).set("second", pair.second).set("deed", pair.deed);
  json.set("difference", pair.over.mean).set("low", pair.over.low).set("high", pair.over.high);
  json.set("wins", count(pair.over.wins)).set("t_p_value", pair.over.t_p_value);
  return json.set("within_seeds", std::move(within));
}

Json to_json(const std::array<ScoreTenth, kTenths>& tenths) {
  Json list = Json::array();
  for (const ScoreTenth& tenth : tenths) {
    Json json = Json::object();
    json.set("offers", count(tenth.offers));
    for (std::size_t d = 0; d < kRankedDeeds.size(); ++d) json.set(kRankedDeeds[d], count(tenth.deeds[d]));
    list.push(std::move(json));
  }
  return list;
}

Json seed_json(const TriedSeed& seed) {
  Json runs = Json::array();
  for (const AddOnRun& run : seed.runs) {
    Json json = Json::object();
    json.set("name", run.name).set("train_seconds", run.cost.train_seconds);
    json.set("package_bytes", run.cost.package_bytes);
    runs.push(json.set("candidates_per_second", run.cost.candidates_per_second));
  }
  Json json = Json::object();
  json.set("seed", count(seed.trial.seed)).set("test_looks", count(seed.trial.test.size()));
  json.set("test_offers", count(seed.trial.test_offers())).set("feed_exposures", count(seed.trial.feed_shown));
  json.set("train", to_json(seed.trial.train_counts)).set("all", to_json(seed.trial.all_counts));
  return json.set("runs", std::move(runs));
}

}  // namespace

Json to_json(const AddOnSuite& suite, const AddOnResults& results, const std::vector<TriedSeed>& seeds) {
  Json tried = Json::array(), skipped = Json::array(), found = Json::array(), pairs = Json::array();
  for (const TriedSeed& seed : seeds) tried.push(seed_json(seed));
  for (const std::string& name : suite.skipped) skipped.push(name);
  for (const DeedResult& result : results.results) found.push(to_json(result));
  for (const DeedPair& pair : results.pairs) pairs.push(to_json(pair));
  Json calibration = Json::object();
  for (std::size_t c = 0; c < results.names.size(); ++c) {
    calibration.set(results.names[c], to_json(results.calibration[c]));
  }
  Json json = Json::object();
  json.set("title", suite.title).set("simulated", true).set("data", suite.data).set("skipped", std::move(skipped));
  json.set("seeds", std::move(tried)).set("results", std::move(found)).set("pairs", std::move(pairs));
  return json.set("calibration", std::move(calibration));
}

}  // namespace inkling::cli
