// One split of bench/figures/price-estimate: learns from the posts of one file, estimates those of another.
//   price_estimate TRAIN TEST      (JSON Lines: id, price_cents, choices, texts and numbers as [field, value])
// One JSON line a test post, then one with the settings that were chosen and the seconds it took.
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "base/core/json.h"
#include "base/files.h"
#include "bench/run_program.h"
#include "content/price_estimate.h"

namespace inkling::bench {
namespace {

using base::Json;
using base::Result;
using content::PricedPost;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Calls with field and value of every pair of a member.
template <class Visitor>
base::Status visit_pairs(const base::JsonView& view, std::string_view name, const Visitor& visit) {
  INKLING_ASSIGN(const auto pairs, view.elements(name));
  for (const base::JsonView& pair : pairs) {
    INKLING_ASSIGN(const auto parts, pair.as_elements());
    if (parts.size() != 2) return pair.refuse("is no [field, value]");
    INKLING_ASSIGN(const std::string field, parts[0].as_text());
    INKLING_TRY(visit(field, parts[1]));
  }
  return {};
}

Result<std::vector<content::FieldText>> texts_of(const base::JsonView& view, std::string_view name) {
  std::vector<content::FieldText> made;
  INKLING_TRY(visit_pairs(view, name, [&](const std::string& field, const base::JsonView& value) -> base::Status {
    INKLING_ASSIGN(std::string text, value.as_text());
    made.push_back({field, std::move(text)});
    return {};
  }));
  return made;
}

Result<PricedPost> post_of(const base::JsonView& view) {
  PricedPost post;
  INKLING_ASSIGN(post.id, view.text("id"));
  INKLING_ASSIGN(post.price_cents, view.integer("price_cents", 1));
  INKLING_ASSIGN(post.choices, texts_of(view, "choices"));
  INKLING_ASSIGN(post.texts, texts_of(view, "texts"));
  INKLING_TRY(
      visit_pairs(view, "numbers", [&](const std::string& field, const base::JsonView& value) -> base::Status {
        INKLING_ASSIGN(const double number, value.as_number());
        post.numbers.push_back({field, number});
        return {};
      }));
  return post;
}

Result<std::vector<PricedPost>> read_posts(const std::string& path) {
  INKLING_ASSIGN(const std::string text, base::read_file(path));
  std::vector<PricedPost> posts;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    INKLING_ASSIGN(const Json line, Json::parse(std::string_view(text).substr(at, end - at)));
    INKLING_ASSIGN(PricedPost post, post_of(base::JsonView(line)));
    posts.push_back(std::move(post));
    at = end + 1;
  }
  return posts;
}

void print(const content::Estimate& estimate, const PricedPost& post) {
  Json json = Json::object();
  json.set("id", post.id).set("price_cents", post.price_cents);
  json.set("low_cents", estimate.low_cents).set("middle_cents", estimate.middle_cents);
  json.set("high_cents", estimate.high_cents).set("quote", static_cast<int>(judge(estimate, post.price_cents)));
  Json moves = Json::array(), like = Json::array();
  for (const auto& move : estimate.moves)
    moves.push(move.field + "=" + move.value + " x" + std::to_string(move.factor));
  for (const auto& other : estimate.like_posts) like.push(other.id);
  std::printf("%s\n", json.set("moves", std::move(moves)).set("like", std::move(like)).to_text().c_str());
}

base::Status measure(const std::string& train_path, const std::string& test_path) {
  INKLING_ASSIGN(const auto train, read_posts(train_path));
  INKLING_ASSIGN(const auto test, read_posts(test_path));
  auto start = Clock::now();
  INKLING_ASSIGN(const auto settings, content::PriceEstimator::choose(train));
  const double choose_s = seconds_since(start);
  start = Clock::now();
  INKLING_ASSIGN(const auto estimator, content::PriceEstimator::learn(train, settings));
  const double learn_s = seconds_since(start);
  start = Clock::now();
  for (const PricedPost& post : test) print(estimator.estimate(post), post);
  Json weights = Json::object(), json = Json::object();
  for (const auto& [field, weight] : settings.field_weights) weights.set(field, weight);
  json.set("weights", std::move(weights)).set("like_weight", settings.like_weight);
  json.set("like_reach", settings.like_reach).set("spread_posts", settings.spread_posts);
  json.set("choose_s", choose_s).set("learn_s", learn_s);
  json.set("estimate_us", seconds_since(start) * 1e6 / static_cast<double>(test.size()));
  std::printf("%s\n", json.to_text().c_str());
  return {};
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  return inkling::bench::run_program("price_estimate", [&] {
    return argc == 3 ? inkling::bench::measure(argv[1], argv[2])
                     : inkling::base::invalid_input("expected TRAIN TEST");
  });
}
