#include "sample/shard.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <limits>
#include <string>
#include <system_error>
#include <vector>

#include "artifact/safetensors.h"
#include "base/files.h"

namespace inkling::sample {
namespace {

class ShardTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string form = testing::TempDir() + "inkling-shard-XXXXXX";
    ASSERT_NE(::mkdtemp(form.data()), nullptr);
    folder_ = form;
    plan_.targets = {{"purchase_1h", 3'600'000}, {"purchase_1d", 86'400'000}};
  }
  void TearDown() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  [[nodiscard]] std::filesystem::path path() const { return folder_ / "part.safetensors"; }
  [[nodiscard]] base::Status write(const ShardColumns& columns) const {
    return write_shard(path(), columns, blueprint(), plan_);
  }
  [[nodiscard]] std::string refusal() const {
    const auto shard = Shard::open(path());
    if (shard.ok()) return "accepted";
    EXPECT_EQ(shard.status().message().rfind(path().string() + ": ", 0), 0U) << shard.status().message();
    return shard.status().message();
  }
  // Writes the columns and reads them back as they would be after the damage.
  template <typename Damage>
  std::string refusal_after(const Damage& damage) {
    ShardColumns columns = two_views();
    damage(columns);
    EXPECT_TRUE(write(columns).ok());
    return refusal();
  }

  static feature::Blueprint blueprint() {
    feature::BlueprintSpec spec;
    feature::Encoder index;
    index.kind = feature::EncoderKind::kIndex;
    index.size = 8;
    spec.views = {{feature::View::kSwipe, 50, {{"page", index}}},
                  {feature::View::kBrowse, 50, {{"action", index}, {"item_repeat", index}}}};
    feature::Encoder raw;
    raw.kind = feature::EncoderKind::kRaw;
    spec.statistics = {{"cart.items", raw}, {"hour", index}, {"idle_ms", {}}};
    auto blueprint = feature::Blueprint::make(std::move(spec));
    EXPECT_TRUE(blueprint.ok()) << blueprint.status().message();
    return *std::move(blueprint);
  }
  // Three samples over two swipes and three browse records.
  static ShardColumns two_views() {
    ShardColumns columns;
    columns.views = {{{2, 3}, {0, 0, 2}, {1, 2, 2}}, {{4, 2, 5, 3, 6, 4}, {0, 1, 1}, {0, 2, 3}}};
    columns.numbers = {0.5F, -1.5F, 0, 1, 2, 3};
    columns.statistic_ids = {7, 8, 9};
    columns.labels = {0, 1, 0, 0, 1, 1};
    columns.part = {0, 1, 2};
    columns.ts_ms = {100, 200, 300};
    columns.sequence = {1, 2, 3};
    columns.shopper = {-5, 6, 7};
    return columns;
  }

  std::filesystem::path folder_;
  SamplePlan plan_;
};

template <typename T>
std::vector<T> list(std::span<const T> values) {
  return {values.begin(), values.end()};
}

TEST_F(ShardTest, reads_back_what_was_written) {
  const ShardColumns columns = two_views();
  ASSERT_TRUE(write(columns).ok());
  const auto shard = Shard::open(path());
  ASSERT_TRUE(shard.ok()) << shard.status().message();
  EXPECT_EQ(shard->sample_count(), 3U);
  ASSERT_EQ(shard->views.size(), 2U);
  for (std::size_t v = 0; v < 2; ++v) {
    EXPECT_EQ(list(shard->views[v].ids), columns.views[v].ids);
    EXPECT_EQ(list(shard->views[v].begin), columns.views[v].begin);
    EXPECT_EQ(list(shard->views[v].end), columns.views[v].end);
    EXPECT_EQ(shard->views[v].features, v + 1);
  }
  EXPECT_EQ(list(shard->numbers), columns.numbers);
  EXPECT_EQ(list(shard->statistic_ids), columns.statistic_ids);
  EXPECT_EQ(list(shard->labels), columns.labels);
  EXPECT_EQ(list(shard->part), columns.part);
  EXPECT_EQ(list(shard->ts_ms), columns.ts_ms);
  EXPECT_EQ(list(shard->sequence), columns.sequence);
  EXPECT_EQ(list(shard->shopper), columns.shopper);
  EXPECT_EQ(shard->number_count, 2U);
  EXPECT_EQ(shard->statistic_id_count, 1U);
  EXPECT_EQ(shard->target_count, 2U);
  EXPECT_EQ(shard->blueprint_json, blueprint_to_json(blueprint().spec()).to_text());
  EXPECT_EQ(shard->plan_json, sample_plan_to_json(plan_).to_text());
}

TEST_F(ShardTest, keeps_its_spans_when_it_is_moved) {
  ASSERT_TRUE(write(two_views()).ok());
  auto opened = Shard::open(path());
  ASSERT_TRUE(opened.ok());
  std::vector<Shard> shards;
  shards.push_back(*std::move(opened));
  EXPECT_EQ(list(shards[0].views[1].ids), two_views().views[1].ids);
}

TEST_F(ShardTest, may_hold_no_samples_at_all) {
  ShardColumns columns;
  columns.views.resize(2);
  ASSERT_TRUE(write(columns).ok());
  const auto shard = Shard::open(path());
  ASSERT_TRUE(shard.ok()) << shard.status().message();
  EXPECT_EQ(shard->sample_count(), 0U);
  EXPECT_EQ(shard->number_count, 2U);
}

TEST_F(ShardTest, counts_its_bytes) {
  // 6 numbers, 3 samples of 24 bytes of times and 4 of small facts; views: 2 and 6 ids, and 16 bytes a sample each.
  EXPECT_EQ(two_views().bytes(), 6U * 4 + 3 * (24 + 4) + (2 + 6) * 4 + 2 * 3 * 16);
}

TEST_F(ShardTest, refuses_ranges_outside_its_records) {
  EXPECT_NE(refusal_after([](ShardColumns& c) {
              c.views[0].begin[1] = -1;
            }).find("sample.swipe: sample 1 names records [-1, 2) of 2"),
            std::string::npos);
  EXPECT_NE(refusal_after([](ShardColumns& c) {
              c.views[1].end[2] = 4;
            }).find("sample.browse: sample 2 names records [1, 4) of 3"),
            std::string::npos);
  EXPECT_NE(refusal_after([](ShardColumns& c) {
              c.views[1].begin[0] = 1;
            }).find("sample.browse: sample 0 names records [1, 0) of 3"),
            std::string::npos);
}

TEST_F(ShardTest, refuses_a_part_that_does_not_exist) {
  EXPECT_NE(refusal_after([](ShardColumns& c) { c.part[2] = 3; }).find("sample.part: sample 2 is in part 3"),
            std::string::npos);
}

TEST_F(ShardTest, refuses_numbers_that_are_none_and_labels_that_are_no_answer) {
  const auto with_number = [&](float number) {
    return refusal_after([&](ShardColumns& c) { c.numbers[1] = number; });
  };
  EXPECT_NE(with_number(std::numeric_limits<float>::quiet_NaN()).find("is nan; every number must be finite"),
            std::string::npos);
  const auto raw_number = [&](float number) {
    return refusal_after([&](ShardColumns& c) { c.numbers[0] = number; });
  };
  EXPECT_EQ(raw_number(std::numeric_limits<float>::quiet_NaN()), "accepted");
  EXPECT_NE(raw_number(std::numeric_limits<float>::infinity()).find("every number must be finite"),
            std::string::npos);
  EXPECT_NE(with_number(-std::numeric_limits<float>::infinity()).find("sample.numbers: number "), std::string::npos);
  EXPECT_NE(refusal_after([](ShardColumns& c) { c.labels[0] = 2; }).find("sample.labels: label 0 of sample 0 is 2"),
            std::string::npos);
}

TEST_F(ShardTest, names_the_tensor_that_is_missing_or_misshapen) {
  ASSERT_TRUE(write(two_views()).ok());
  const auto bytes = base::read_file(path().string());
  ASSERT_TRUE(bytes.ok());
  const auto whole = artifact::Safetensors::parse(std::as_bytes(std::span(*bytes)));
  ASSERT_TRUE(whole.ok());
  const auto rewrite = [&](const std::string& left_out, const std::string& misshapen) {
    artifact::SafetensorsWriter writer;
    for (const auto& [key, value] : whole->metadata()) {
      if (key != artifact::kChecksumsKey) writer.set_metadata(key, value);
    }
    for (const auto& tensor : whole->tensors()) {
      artifact::Shape shape = tensor.shape;
      if (tensor.name == misshapen) shape.push_back(1);
      if (tensor.name == left_out) continue;
      EXPECT_TRUE(writer.add_bytes(tensor.name, tensor.dtype, shape, tensor.bytes).ok());
    }
    const auto again = writer.bytes();
    EXPECT_TRUE(again.ok()) << again.status().message();
    const std::string text(reinterpret_cast<const char*>(again->data()), again->size());
    EXPECT_TRUE(base::write_file_atomic(path().string(), text).ok());
    return refusal();
  };
  EXPECT_EQ(rewrite("", ""), "accepted");
  for (const auto& tensor : whole->tensors()) {
    const std::string missing = rewrite(tensor.name, "");
    if (tensor.name.rfind("view.", 0) == 0) {
      EXPECT_EQ(missing, "accepted") << "a blueprint may leave out any view";
    } else {
      EXPECT_NE(missing.find(tensor.name), std::string::npos) << tensor.name << " -> " << missing;
    }
    const std::string misshapen = rewrite("", tensor.name);
    EXPECT_NE(misshapen.find(tensor.name), std::string::npos) << tensor.name << " -> " << misshapen;
  }
}

TEST_F(ShardTest, refuses_another_format_and_files_that_are_none) {
  EXPECT_EQ(Shard::open(path()).status().code(), base::ErrorCode::kNotFound);
  ASSERT_TRUE(base::write_file_atomic(path().string(), "not a shard at all").ok());
  EXPECT_EQ(Shard::open(path()).status().code(), base::ErrorCode::kCorrupt);
  artifact::SafetensorsWriter writer;
  writer.set_metadata("format", "2");
  const auto bytes = writer.bytes();
  ASSERT_TRUE(bytes.ok());
  const std::string text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  ASSERT_TRUE(base::write_file_atomic(path().string(), text).ok());
  EXPECT_EQ(Shard::open(path()).status().code(), base::ErrorCode::kUnsupported);
  EXPECT_NE(refusal().find("sample format \"2\" is not 1; build the samples again"), std::string::npos);
}

TEST_F(ShardTest, refuses_a_file_that_was_cut_short) {
  ASSERT_TRUE(write(two_views()).ok());
  const auto bytes = base::read_file(path().string());
  ASSERT_TRUE(bytes.ok());
  for (const std::size_t kept : {std::size_t{0}, std::size_t{7}, bytes->size() / 2, bytes->size() - 1}) {
    ASSERT_TRUE(base::write_file_atomic(path().string(), bytes->substr(0, kept)).ok());
    EXPECT_EQ(Shard::open(path()).status().code(), base::ErrorCode::kCorrupt) << kept;
  }
}

TEST_F(ShardTest, is_not_there_until_it_is_complete) {
  ShardColumns columns = two_views();
  columns.labels.pop_back();
  EXPECT_FALSE(write(columns).ok());
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

}  // namespace
}  // namespace inkling::sample
