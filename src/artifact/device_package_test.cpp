#include "artifact/device_package.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "base/core/hash.h"
#include "base/core/random.h"

namespace inkling::artifact {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Bytes = std::vector<std::byte>;

constexpr DeviceVersions kVersions = {3, 4};
constexpr std::size_t kRows = 7, kColumns = 33;
constexpr float kBias[] = {0.1F, -0.2F, 1e-7F};

std::vector<float> some_weights() {
  base::Random random(11);
  std::vector<float> values(kRows * kColumns);
  for (float& value : values) value = static_cast<float>(random.normal());
  for (std::size_t i = 0; i < kColumns; ++i) values[2 * kColumns + i] = 0;  // a row without a scale
  for (std::size_t i = 0; i < kColumns; ++i) values[3 * kColumns + i] *= 1e-3F;
  return values;
}

// A text, a matrix and a vector.
base::Result<Bytes> package_of(DevicePrecision precision, std::span<const float> weights) {
  DeviceWriter writer(precision, kVersions);
  writer.fields().text("model");
  INKLING_TRY(writer.add_matrix("w", kRows, weights));
  INKLING_TRY(writer.add_vector("b", kBias));
  return writer.finish();
}

struct Opened {
  base::Status status;
  DevicePrecision precision{};
  std::string text;
  std::span<const float> weights, bias;
  std::shared_ptr<const void> owner;
};

base::Status read_into(DeviceReader& reader, Opened& opened, DeviceVersions versions) {
  INKLING_TRY(reader.open(versions));
  opened.precision = reader.precision();
  opened.text = reader.fields().text(10);
  INKLING_TRY(reader.tensor(kRows, kColumns, opened.weights));
  INKLING_TRY(reader.tensor(std::size(kBias), 1, opened.bias));
  return reader.finish();
}

Opened open(std::span<const std::byte> bytes, DeviceVersions versions = kVersions) {
  DeviceReader reader(bytes);
  Opened opened;
  opened.status = read_into(reader, opened, versions);
  opened.owner = reader.owner();
  return opened;
}

// As damage that the checksum does not tell would be: by somebody who computes it.
void sum_anew(Bytes& bytes) {
  base::ByteWriter sum;
  sum.fixed(base::name_hash({reinterpret_cast<const char*>(bytes.data()), bytes.size() - 8}), 8);
  std::ranges::copy(sum.written(), bytes.end() - 8);
}

TEST(DevicePackages, of_floats_keep_every_bit) {
  const auto exact = some_weights();
  const Bytes bytes = *package_of(DevicePrecision::kFloat, exact);
  const Opened opened = open(bytes);
  ASSERT_TRUE(opened.status.ok()) << opened.status.message();
  EXPECT_EQ(opened.precision, DevicePrecision::kFloat);
  EXPECT_EQ(opened.text, "model");
  EXPECT_TRUE(std::ranges::equal(opened.weights, exact));
  EXPECT_THAT(opened.bias, ElementsAre(0.1F, -0.2F, 1e-7F));
}

TEST(DevicePackages, of_fp16_keep_eleven_bits_and_biases_whole) {
  const auto exact = some_weights();
  const Bytes bytes = *package_of(DevicePrecision::kFp16, exact);
  const Opened opened = open(bytes);
  ASSERT_TRUE(opened.status.ok()) << opened.status.message();
  EXPECT_EQ(opened.precision, DevicePrecision::kFp16);
  for (std::size_t i = 0; i < exact.size(); ++i) {
    EXPECT_NEAR(opened.weights[i], exact[i], std::fabs(exact[i]) * 0x1p-11F + 0x1p-25F) << i;
  }
  EXPECT_FALSE(std::ranges::equal(opened.weights, exact)) << "nothing was rounded";
  EXPECT_THAT(opened.bias, ElementsAre(0.1F, -0.2F, 1e-7F));
  EXPECT_LT(bytes.size(), exact.size() * 2 + 64);
}

TEST(DevicePackages, of_int8_are_off_by_half_a_level_of_their_row) {
  const auto exact = some_weights();
  const Bytes bytes = *package_of(DevicePrecision::kInt8, exact);
  const Opened opened = open(bytes);
  ASSERT_TRUE(opened.status.ok()) << opened.status.message();
  for (std::size_t row = 0; row < kRows; ++row) {
    float most = 0;
    for (std::size_t i = row * kColumns; i < (row + 1) * kColumns; ++i) most = std::max(most, std::fabs(exact[i]));
    for (std::size_t i = row * kColumns; i < (row + 1) * kColumns; ++i) {
      EXPECT_NEAR(opened.weights[i], exact[i], most / 127 / 2 * 1.001F) << i;
    }
  }
  EXPECT_THAT(opened.bias, ElementsAre(0.1F, -0.2F, 1e-7F));
  EXPECT_LT(bytes.size(), exact.size() + kRows * sizeof(float) + 64);
}

TEST(DevicePackages, refuse_weights_that_the_form_cannot_hold) {
  auto weights = some_weights();
  weights[5] = 70000;
  const auto as_fp16 = package_of(DevicePrecision::kFp16, weights);
  EXPECT_EQ(as_fp16.status().code(), base::ErrorCode::kInvalidInput);
  EXPECT_THAT(as_fp16.status().message(), HasSubstr("tensor \"w\": the weight 70000.000000 is beyond the 65504"));
  EXPECT_TRUE(package_of(DevicePrecision::kInt8, weights).ok());
  weights[5] = std::numeric_limits<float>::infinity();
  for (const auto precision : {DevicePrecision::kFloat, DevicePrecision::kFp16, DevicePrecision::kInt8}) {
    EXPECT_THAT(package_of(precision, weights).status().message(),
                HasSubstr("tensor \"w\": the weight inf is not a finite number"));
  }
}

TEST(DevicePackages, notice_every_single_changed_byte_and_every_cut) {
  const Bytes whole = *package_of(DevicePrecision::kInt8, some_weights());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    Bytes changed = whole;
    changed[i] ^= std::byte{4};
    const auto code = open(changed).status.code();
    EXPECT_TRUE(code == base::ErrorCode::kCorrupt ||
                (i == kDeviceMagic.size() && code == base::ErrorCode::kUnsupported))
        << i;
    EXPECT_FALSE(open(std::span(whole).first(i)).status.ok()) << i;
  }
}

TEST(DevicePackages, of_newer_formats_or_other_versions_are_told_from_damage) {
  const Bytes whole = *package_of(DevicePrecision::kFloat, some_weights());
  EXPECT_THAT(open(whole, {5, 4}).status.message(), HasSubstr("fold version 3, but this build has fold version 5"));
  EXPECT_THAT(open(whole, {3, 1}).status.message(), HasSubstr("feature version 4, but this build has"));
  EXPECT_EQ(open(whole, {3, 1}).status.code(), base::ErrorCode::kUnsupported);
  Bytes newer = whole;
  newer[kDeviceMagic.size()] = std::byte{9};  // nobody knows how a newer format is summed
  EXPECT_EQ(open(newer).status.code(), base::ErrorCode::kUnsupported);
  EXPECT_THAT(open(newer).status.message(), HasSubstr("has format 9, but this build reads 1"));
  const std::string_view other = "PK and some more bytes of no package";
  EXPECT_THAT(open(std::as_bytes(std::span(other))).status.message(), HasSubstr("are no device package"));
}

TEST(DevicePackages, with_a_right_checksum_over_nonsense_are_corrupt) {
  const Bytes whole = *package_of(DevicePrecision::kFloat, some_weights());
  const std::size_t head = kDeviceMagic.size() + 4, first_tensor = head + 6;
  const auto changed = [&](std::size_t place, int value) {
    Bytes bytes = whole;
    bytes[place] = static_cast<std::byte>(value);
    sum_anew(bytes);
    return open(bytes).status;
  };
  EXPECT_EQ(changed(head - 1, 3).code(), base::ErrorCode::kCorrupt) << "a precision";
  EXPECT_EQ(changed(head, 200).code(), base::ErrorCode::kCorrupt) << "a length";
  EXPECT_EQ(changed(first_tensor, 3).code(), base::ErrorCode::kCorrupt) << "a form of weights";
  EXPECT_EQ(changed(first_tensor, 2).code(), base::ErrorCode::kCorrupt) << "bytes that are left";
  Bytes infinite = whole;
  infinite[first_tensor + 3] = std::byte{0x80};
  infinite[first_tensor + 4] = std::byte{0x7f};
  sum_anew(infinite);
  EXPECT_EQ(open(infinite).status.code(), base::ErrorCode::kCorrupt);
  Bytes longer = whole;
  longer.insert(longer.end(), 3, std::byte{0});
  sum_anew(longer);
  EXPECT_EQ(open(longer).status.code(), base::ErrorCode::kCorrupt);
}

TEST(DevicePackages, refuse_a_tensor_larger_than_they_are_before_room_is_made_for_it) {
  const Bytes whole = *package_of(DevicePrecision::kFloat, some_weights());
  DeviceReader large(whole);
  ASSERT_TRUE(large.open(kVersions).ok());
  std::span<const float> none;
  constexpr std::size_t kHalf = std::numeric_limits<std::size_t>::max() / 2 + 1;
  EXPECT_EQ(large.tensor(kHalf, 2, none).code(), base::ErrorCode::kCorrupt) << "the product overflows";
  DeviceReader again(whole);
  ASSERT_TRUE(again.open(kVersions).ok());
  EXPECT_EQ(again.tensor(1 << 20, 1 << 10, none).code(), base::ErrorCode::kCorrupt);
}

TEST(DevicePackages, are_named_as_people_write_them) {
  EXPECT_EQ(*device_precision_from("int8"), DevicePrecision::kInt8);
  EXPECT_EQ(device_precision_name(DevicePrecision::kFp16), "fp16");
  EXPECT_EQ(device_precision_from("in8").status().message(),
            "precision: \"in8\" is not known; expected one of float, fp16, int8; did you mean int8?.");
}

}  // namespace
}  // namespace inkling::artifact
