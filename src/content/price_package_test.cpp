#include "content/price_package.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "artifact/test_folder.h"
#include "content/price_arrays.h"
#include "content/priced_posts_for_test.h"
#include "text/normal_form.h"

namespace inkling::content {
namespace {

using artifact::PackageManifest;
using testing::HasSubstr;

template <typename T>
T must(base::Result<T> result) {
  EXPECT_TRUE(result.ok()) << result.status().message();
  return std::move(result).value();
}

// With words and a field that few tell, so that every kind of column is there.
std::vector<PricedPost> posts() {
  auto made = moves(60, 1);
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (i % 3 == 0) made[i].texts = {{"note", "小心钢琴, careful"}};
    if (i % 4 == 0) made[i].numbers.push_back({"helpers", static_cast<double>(i % 5)});
  }
  return made;
}

PriceEstimator learnt() {
  const auto all = posts();
  return must(PriceEstimator::learn(all, must(PriceEstimator::choose(all))));
}

PackageManifest manifest(const PriceEstimator& estimator) {
  PackageManifest made;
  made.version = "v1";
  return price_manifest(std::move(made), "moving", estimator);
}

void expect_same(const Estimate& a, const Estimate& b) {
  EXPECT_EQ(a.low_cents, b.low_cents);
  EXPECT_EQ(a.middle_cents, b.middle_cents);
  EXPECT_EQ(a.high_cents, b.high_cents);
  EXPECT_EQ(a.far_low_cents, b.far_low_cents);
  EXPECT_EQ(a.far_high_cents, b.far_high_cents);
  ASSERT_EQ(a.moves.size(), b.moves.size());
  for (std::size_t i = 0; i < a.moves.size(); ++i) {
    EXPECT_EQ(a.moves[i].field, b.moves[i].field);
    EXPECT_EQ(a.moves[i].value, b.moves[i].value);
    EXPECT_EQ(a.moves[i].factor, b.moves[i].factor) << "to the bit";
  }
  ASSERT_EQ(a.like_posts.size(), b.like_posts.size());
  for (std::size_t i = 0; i < a.like_posts.size(); ++i) {
    EXPECT_EQ(a.like_posts[i].id, b.like_posts[i].id);
    EXPECT_EQ(a.like_posts[i].likeness, b.like_posts[i].likeness);
    EXPECT_EQ(a.like_posts[i].price_cents, b.like_posts[i].price_cents);
  }
}

TEST(PricePackage, gives_back_what_was_learnt_to_the_bit) {
  const artifact::TestFolder data;
  const PriceEstimator estimator = learnt();
  must(artifact::write_package(data.path(), manifest(estimator), must(price_tensors(estimator))));
  const PriceEstimator loaded = must(open_price_package(data.path(), "moving", "v1"));
  EXPECT_EQ(loaded.posts(), 60U);
  EXPECT_EQ(loaded.settings().field_weights, estimator.settings().field_weights);
  for (const PricedPost& post : moves(50, 2)) expect_same(loaded.estimate(post), estimator.estimate(post));
  for (const PricedPost& post : posts()) expect_same(loaded.estimate(post), estimator.estimate(post));
  expect_same(loaded.estimate({}), estimator.estimate({}));
  EXPECT_EQ(loaded.left_out().estimated.mean_width_cents, estimator.left_out().estimated.mean_width_cents);
}

TEST(PricePackage, tells_the_posts_and_how_well_they_are_estimated) {
  const PriceEstimator estimator = learnt();
  const PackageManifest made = manifest(estimator);
  EXPECT_EQ(made.name, "prices_moving");
  EXPECT_EQ(made.metrics.at("posts"), 60);
  EXPECT_EQ(made.metrics.at("left_out.coverage"), estimator.left_out().estimated.coverage);
  EXPECT_LT(made.metrics.at("left_out.mean_width_cents"), made.metrics.at("quantiles.mean_width_cents"));
  EXPECT_EQ(*made.params.find("template")->if_text(), "moving");
}

TEST(PricePackage, is_the_same_byte_for_byte) {
  EXPECT_EQ(must(must(price_tensors(learnt())).bytes()), must(must(price_tensors(learnt())).bytes()));
  EXPECT_EQ(manifest(learnt()), manifest(learnt()));
}

TEST(PricePackage, of_another_template_or_damaged_is_refused) {
  const artifact::TestFolder data;
  const PriceEstimator estimator = learnt();
  PackageManifest other = manifest(estimator);
  other.name = "prices_housekeeping";
  const auto folder = must(artifact::write_package(data.path(), other, must(price_tensors(estimator))));
  const auto opened = [&] { return open_price_package(data.path(), "housekeeping", "v1").status(); };
  EXPECT_THAT(opened().message(), HasSubstr("params.template: is not housekeeping"));
  const std::string file = "packages/prices_housekeeping/v1/weights.safetensors";
  const std::string bytes = data.read(file);
  std::string flipped = bytes;
  flipped[flipped.size() - 5] ^= 1;
  data.write(file, flipped);
  EXPECT_EQ(opened().code(), base::ErrorCode::kCorrupt);
  EXPECT_THAT(opened().message(), HasSubstr("fade"));
  for (std::size_t size = 0; size < bytes.size(); size += 501) {
    data.write(file, bytes.substr(0, size));
    ASSERT_EQ(opened().code(), base::ErrorCode::kCorrupt) << size;
  }
}

TEST(PricePackage, of_a_newer_format_is_refused_with_the_remedy) {
  const PriceEstimator estimator = learnt();
  const auto bytes = must(must(price_tensors(estimator)).bytes());
  const auto weights = must(artifact::Safetensors::parse(bytes));
  const auto read = [&](std::string_view key, base::Json value) {
    PackageManifest changed = manifest(estimator);
    changed.params.set(key, std::move(value));
    return read_price_tensors(changed, weights).status();
  };
  EXPECT_TRUE(read("price_format", kPriceFormat).ok());
  EXPECT_EQ(read("price_format", kPriceFormat + 1).code(), base::ErrorCode::kUnsupported);
  EXPECT_THAT(read("normal_form", text::kNormalFormVersion + 1).message(), HasSubstr("learn them anew"));
  EXPECT_EQ(read("price_format", 0).code(), base::ErrorCode::kCorrupt);
  EXPECT_EQ(read("settings", base::Json::object()).code(), base::ErrorCode::kCorrupt);
  EXPECT_THAT(read("settings", base::Json::object()).message(), HasSubstr("params.settings"));
}

TEST(PricePackage, without_a_tensor_is_refused_by_its_name) {
  const PriceEstimator estimator = learnt();
  artifact::SafetensorsWriter none;
  const auto bytes = must(none.bytes());
  const auto status = read_price_tensors(manifest(estimator), must(artifact::Safetensors::parse(bytes))).status();
  EXPECT_EQ(status.code(), base::ErrorCode::kCorrupt);
  EXPECT_THAT(status.message(), HasSubstr("field.start"));
}

// Every bound of check_arrays: what breaks it, and the tensor that the refusal must name.
TEST(PricePackage, refuses_arrays_out_of_bounds_by_the_tensors_name) {
  const PriceArrays right = learnt().arrays();
  ASSERT_TRUE(check_arrays(right).ok()) << check_arrays(right).message();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  using Change = std::function<void(PriceArrays&)>;
  const std::vector<std::pair<std::string, Change>> changes = {
      {"field.start", [](PriceArrays& a) { a.field.start[0] = 1; }},
      {"field.start", [](PriceArrays& a) { a.field.start.clear(); }},
      {"field.start", [](PriceArrays& a) { std::swap(a.field.start[1], a.field.start[2]); }},
      {"field.start", [](PriceArrays& a) { a.field.bytes.push_back('x'); }},
      {"field.bytes", [](PriceArrays& a) { a.field.bytes[3] = '\xFF'; }},
      {"field.bytes", [](PriceArrays& a) { a.field.push(std::string(a.field[0])); }},
      {"column.field", [](PriceArrays& a) { a.column_field[0] = 1000; }},
      {"column.field", [](PriceArrays& a) { a.column_field.pop_back(); }},
      {"column.field", [](PriceArrays& a) { a.column_field.back() = a.column_field[a.column_field.size() - 6]; }},
      {"column.kind", [](PriceArrays& a) { a.column_kind[0] = 4; }},
      {"column.kind", [](PriceArrays& a) { a.column_kind[0] = 1; }},
      {"column.kind", [](PriceArrays& a) { a.column_kind.back() = 2; }},
      {"column.value.start", [](PriceArrays& a) { a.column_value.push("more"); }},
      {"column.value.bytes", [](PriceArrays& a) { a.column_value.bytes[0] = '\xC3'; }},
      {"column.weight", [](PriceArrays& a) { a.column_weight[0] = -1; }},
      {"column.weight", [](PriceArrays& a) { a.column_weight.pop_back(); }},
      {"column.move", [](PriceArrays& a) { a.column_move[1] = nan; }},
      {"scale.mean", [](PriceArrays& a) { a.scale_mean[0] = nan; }},
      {"scale.mean", [](PriceArrays& a) { a.scale_mean.push_back(0); }},
      {"scale.deviation", [](PriceArrays& a) { a.scale_deviation[0] = 0; }},
      {"scale.quartiles", [](PriceArrays& a) { a.scale_quartiles.pop_back(); }},
      {"scale.quartiles", [](PriceArrays& a) { a.scale_quartiles[0] = 1e300; }},
      {"post.id.start", [](PriceArrays& a) { a.post_id = {}; }},
      {"post.price_cents", [](PriceArrays& a) { a.post_price_cents[7] = 0; }},
      {"post.like_share", [](PriceArrays& a) { a.post_like_share[7] = nan; }},
      {"post.error", [](PriceArrays& a) { a.post_error[7] = 1e9; }},
      {"row.start", [](PriceArrays& a) { a.row_start.back() += 1; }},
      {"row.start", [](PriceArrays& a) { a.row_start.push_back(a.row_start.back()); }},
      {"row.column", [](PriceArrays& a) { a.row_column[a.row_start[1] - 1] = 1000; }},
      {"row.column", [](PriceArrays& a) { a.row_column[1] = a.row_column[0]; }},
      {"row.value", [](PriceArrays& a) { a.row_value[0] = std::numeric_limits<float>::infinity(); }},
      {"row.value", [](PriceArrays& a) { a.row_value.pop_back(); }},
      {"share", [](PriceArrays& a) { a.share.front() = 9; }},
      {"share", [](PriceArrays& a) { a.share.back() = nan; }},
      {"share", [](PriceArrays& a) { a.share.pop_back(); }},
      {"base_log", [](PriceArrays& a) { a.base_log[0] = nan; }},
      {"base_log", [](PriceArrays& a) { a.base_log.clear(); }},
      {"fade", [](PriceArrays& a) { a.fade[0] = 0; }}};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    PriceArrays wrong = right;
    changes[i].second(wrong);
    const auto status = PriceEstimator::over(wrong, {}).status();
    EXPECT_EQ(status.code(), base::ErrorCode::kCorrupt) << i << " " << changes[i].first;
    EXPECT_THAT(status.message(), HasSubstr("tensor \"" + changes[i].first + "\"")) << i;
  }
}

}  // namespace
}  // namespace inkling::content
