#include "artifact/safetensors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <string>

namespace inkling::artifact {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Bytes = std::vector<std::byte>;

// A file as another program would write it: header text, then `data_bytes` zeros.
Bytes file_of(const std::string& header, std::size_t data_bytes) {
  Bytes file(8 + header.size() + data_bytes);
  const std::uint64_t length = header.size();
  std::memcpy(file.data(), &length, 8);
  std::memcpy(file.data() + 8, header.data(), header.size());
  return file;
}

std::string error_of(const Bytes& file) {
  const auto parsed = Safetensors::parse(file);
  if (parsed.ok()) return "accepted";
  EXPECT_EQ(parsed.status().code(), base::ErrorCode::kCorrupt) << parsed.status().message();
  return parsed.status().message();
}

std::string header_error(const std::string& header, std::size_t data_bytes) {
  return error_of(file_of(header, data_bytes));
}

Bytes sample_file() {
  SafetensorsWriter writer;
  EXPECT_TRUE(writer.add<float>("kernel", {2, 3}, std::array<float, 6>{1, 2, 3, 4, 5, 6}).ok());
  EXPECT_TRUE(writer.add<std::int8_t>("tags", {3}, std::array<std::int8_t, 3>{-1, 0, 1}).ok());
  EXPECT_TRUE(writer.add<double>("empty", {0, 4}, std::span<const double>{}).ok());
  EXPECT_TRUE(writer.add<double>("scalar", {}, std::array<double, 1>{0.5}).ok());
  const std::array<std::byte, 4> halves{};
  EXPECT_TRUE(writer.add_bytes("halves", Dtype::kBf16, {2}, halves).ok());
  writer.set_metadata("note", "tags \"and\" more");
  auto bytes = writer.bytes();
  EXPECT_TRUE(bytes.ok()) << bytes.status().message();
  return *std::move(bytes);
}

TEST(Safetensors, reads_back_what_was_written) {
  const Bytes file = sample_file();
  const auto parsed = Safetensors::parse(file);
  ASSERT_TRUE(parsed.ok()) << parsed.status().message();
  EXPECT_THAT(*parsed->floats("kernel", {2, 3}), ElementsAre(1, 2, 3, 4, 5, 6));
  EXPECT_THAT(*parsed->values<std::int8_t>("tags", {-1}), ElementsAre(-1, 0, 1));
  EXPECT_THAT(*parsed->values<double>("scalar", {}), ElementsAre(0.5));
  EXPECT_TRUE(parsed->values<double>("empty", {0, 4})->empty());
  EXPECT_EQ(parsed->find("halves")->element_count(), 2u);
  EXPECT_EQ(parsed->metadata().at("note"), "tags \"and\" more");
  EXPECT_TRUE(parsed->verify_checksums().ok());
}

TEST(Safetensors, hides_filler_and_starts_every_tensor_at_64_bytes) {
  const Bytes file = sample_file();
  const auto parsed = Safetensors::parse(file);
  ASSERT_TRUE(parsed.ok());
  std::vector<std::string> names;
  for (const TensorView& tensor : parsed->tensors()) {
    names.push_back(tensor.name);
    EXPECT_TRUE(tensor.bytes.empty() || tensor.offset % 64 == 0) << tensor.name;
  }
  EXPECT_THAT(names, ElementsAre("kernel", "tags", "empty", "scalar", "halves"));
}

TEST(Safetensors, writes_the_same_bytes_for_the_same_calls) {
  EXPECT_EQ(sample_file(), sample_file());
}

TEST(Safetensors, reads_a_file_of_another_program) {
  Bytes file = file_of(R"({"b":{"dtype":"U8","shape":[2],"data_offsets":[4,6]},)"
                       R"("a":{"dtype":"F16","shape":[1,2],"data_offsets":[0,4]}}  )",
                       6);
  file.back() = std::byte{9};
  const auto parsed = Safetensors::parse(file);
  ASSERT_TRUE(parsed.ok()) << parsed.status().message();
  EXPECT_EQ(parsed->tensors().front().name, "a");
  EXPECT_THAT(*parsed->values<std::uint8_t>("b", {2}), ElementsAre(0, 9));
  EXPECT_THAT(parsed->verify_checksums().message(), HasSubstr("has no \"inkling_checksums\""));
}

TEST(Safetensors, names_found_and_expected_shape) {
  const Bytes file = sample_file();
  const auto parsed = *Safetensors::parse(file);
  EXPECT_EQ(parsed.floats("kernel", {3, 2}).status().message(),
            "tensor \"kernel\": found F32 of shape [2, 3], expected F32 of shape [3, 2].");
  EXPECT_EQ(parsed.floats("scalar", {}).status().message(),
            "tensor \"scalar\": found F64 of shape [], expected F32 of shape [].");
  EXPECT_EQ(parsed.floats("kernl", {2, 3}).status().message(),
            "tensor \"kernl\": it is missing from the file, the nearest name is \"kernel\".");
}

TEST(Safetensors, refuses_typed_access_to_unaligned_data) {
  const std::string header = R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
  alignas(8) std::array<std::byte, 128> memory{};
  const Bytes file = file_of(header, 4);
  ASSERT_LT(file.size() + 1, memory.size());
  const std::size_t shift = (8 + header.size()) % 4 == 0 ? 1 : 0;
  std::memcpy(memory.data() + shift, file.data(), file.size());
  const auto parsed = Safetensors::parse(std::span(memory).subspan(shift, file.size()));
  ASSERT_TRUE(parsed.ok());
  EXPECT_THAT(parsed->floats("x", {1}).status().message(), HasSubstr("not aligned to 4 bytes"));
}

TEST(Safetensors, refuses_a_wrong_header_length) {
  EXPECT_EQ(error_of(Bytes(7)), "the file has 7 bytes, but a safetensors file begins with 8 bytes of header length.");
  Bytes file = file_of("{}", 0);
  file[0] = std::byte{3};
  EXPECT_EQ(error_of(file), "offset 0: the header length 3 is above the 2 bytes that follow.");
  file[7] = std::byte{0xff};
  EXPECT_THAT(error_of(file), HasSubstr("is above the 2 bytes that follow"));
}

TEST(Safetensors, refuses_a_header_that_is_no_object_of_tensors) {
  EXPECT_EQ(header_error("[]", 0), "header: expected a JSON object.");
  EXPECT_EQ(header_error("{", 0), "header: byte 1: expected a member name in double quotes, found the end.");
  EXPECT_EQ(header_error(R"({"x":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"x":{}})", 0),
            "header: byte 53: the member \"x\" is given twice, first at byte 1.");
  EXPECT_EQ(header_error(R"({"__metadata__":{"a":1}})", 0), "header: __metadata__.a: expected a text, found 1.");
  EXPECT_EQ(header_error(R"({"x":{"dtype":"U8","shape":[-1],"data_offsets":[0,0]}})", 0),
            "header: x.shape[0]: -1 is below 0.");
}

TEST(Safetensors, refuses_overlaps_holes_and_bytes_that_belong_to_nothing) {
  const std::string a = R"("a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]})";
  // 8 bytes of length, 105 or 107 of header: offsets in messages count from the start of the file.
  EXPECT_THAT(header_error("{" + a + R"(,"b":{"dtype":"U8","shape":[2],"data_offsets":[3,5]}})", 5),
              HasSubstr("tensor \"b\": its begin at offset 116 overlaps what reaches to offset 117."));
  EXPECT_THAT(header_error("{" + a + R"(,"b":{"dtype":"U8","shape":[2],"data_offsets":[5,7]}})", 7),
              HasSubstr("tensor \"b\": its begin at offset 118 leaves a hole behind offset 117."));
  EXPECT_THAT(header_error("{" + a + "}", 6), HasSubstr("2 bytes behind the last tensor belong to nothing."));
}

TEST(Safetensors, refuses_offsets_and_shapes_that_disagree_or_overflow) {
  EXPECT_THAT(header_error(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})", 4),
              HasSubstr("a: at offset 62 stand 4 bytes, but F32 of shape [2] takes 8."));
  EXPECT_THAT(header_error(R"({"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}})", 4),
              HasSubstr("not an ascending range within the 4 bytes of data"));
  EXPECT_THAT(header_error(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[4,0]}})", 4),
              HasSubstr("not an ascending range"));
  EXPECT_THAT(header_error(R"({"a":{"dtype":"F64","shape":[4294967296,4294967296],"data_offsets":[0,0]}})", 0),
              HasSubstr("the product of the shape [4294967296, 4294967296] is too large"));
  EXPECT_THAT(header_error(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0]}})", 4),
              HasSubstr("data_offsets must be [begin, end]"));
}

TEST(Safetensors, names_a_dtype_it_does_not_know) {
  const Bytes file = file_of(R"({"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}})", 1);
  const auto parsed = Safetensors::parse(file);
  EXPECT_EQ(parsed.status().code(), base::ErrorCode::kUnsupported);
  EXPECT_EQ(parsed.status().message(), "tensor \"a\": the dtype F8_E4M3 is not supported.");
}

TEST(Safetensors, notices_every_flipped_bit_of_data_and_names_the_tensor) {
  Bytes file = sample_file();
  const TensorView kernel = *Safetensors::parse(file)->find("kernel");
  for (std::size_t bit = 0; bit < kernel.bytes.size() * 8; ++bit) {
    std::byte& damaged = file[kernel.offset + bit / 8];
    damaged ^= std::byte{1} << (bit % 8);
    const auto parsed = Safetensors::parse(file);
    ASSERT_TRUE(parsed.ok());
    const auto status = parsed->verify_checksums();
    ASSERT_EQ(status.code(), base::ErrorCode::kCorrupt) << bit;
    ASSERT_THAT(status.message(), HasSubstr("tensor \"kernel\": its 24 bytes at offset"));
    damaged ^= std::byte{1} << (bit % 8);
  }
}

TEST(Safetensors, notices_every_flipped_bit_of_the_header_or_reads_the_same) {
  Bytes file = sample_file();
  const std::size_t header_end = Safetensors::parse(file)->find("kernel")->offset;
  for (std::size_t bit = 0; bit < header_end * 8; ++bit) {
    file[bit / 8] ^= std::byte{1} << (bit % 8);
    const auto parsed = Safetensors::parse(file);
    if (parsed.ok() && parsed->verify_checksums().ok()) {
      // Filler is not covered: only its name may have changed, and it carries nothing.
      ASSERT_THAT(*parsed->floats("kernel", {2, 3}), ElementsAre(1, 2, 3, 4, 5, 6)) << bit;
      ASSERT_EQ(parsed->metadata().at("note"), "tags \"and\" more") << bit;
    }
    file[bit / 8] ^= std::byte{1} << (bit % 8);
  }
}

TEST(Safetensors, survives_every_truncation) {
  const Bytes file = sample_file();
  for (std::size_t size = 0; size < file.size(); ++size) {
    const Bytes shorter(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_FALSE(Safetensors::parse(shorter).ok()) << size;
  }
}

TEST(SafetensorsWriter, refuses_wrong_sizes_and_names) {
  SafetensorsWriter writer;
  const std::array<float, 2> two{};
  EXPECT_EQ(writer.add<float>("x", {3}, two).message(),
            "tensor \"x\": F32 of shape [3] takes 12 bytes, but 8 were given.");
  EXPECT_EQ(writer.add<float>("x", {-2}, two).message(), "tensor \"x\": the shape [-2] is negative or too large.");
  ASSERT_TRUE(writer.add<float>("x", {2}, two).ok());
  ASSERT_TRUE(writer.add<float>("x", {2}, two).ok());
  EXPECT_EQ(writer.bytes().status().message(), "tensor \"x\": this name is given twice.");
}

TEST(SafetensorsWriter, refuses_reserved_names_and_texts_that_are_not_utf8) {
  const std::array<float, 1> one{};
  for (const char* name : {"", "__metadata__", "__pad__3"}) {
    SafetensorsWriter writer;
    ASSERT_TRUE(writer.add<float>(name, {1}, one).ok());
    EXPECT_EQ(writer.bytes().status().code(), base::ErrorCode::kInvalidInput) << name;
  }
  SafetensorsWriter writer;
  writer.set_metadata("note", "\xff");
  EXPECT_THAT(writer.bytes().status().message(), HasSubstr("not UTF-8"));
}

TEST(TensorChecksum, does_not_depend_on_the_pieces_but_on_dtype_shape_and_length) {
  const TensorSpec spec{"x", Dtype::kU8, {21}};
  std::array<std::byte, 21> data{};
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = static_cast<std::byte>(i * 37);
  TensorChecksum whole(spec);
  whole.update(data);
  for (std::size_t cut = 0; cut <= data.size(); ++cut) {
    TensorChecksum pieces(spec);
    pieces.update(std::span(data).first(cut));
    pieces.update(std::span(data).subspan(cut));
    EXPECT_EQ(pieces.text(), whole.text()) << cut;
  }
  TensorChecksum reshaped({"x", Dtype::kU8, {3, 7}});
  reshaped.update(data);
  EXPECT_NE(reshaped.text(), whole.text());
  TensorChecksum longer(spec);
  longer.update(data);
  longer.update(std::array<std::byte, 1>{});
  EXPECT_NE(longer.text(), whole.text());
}

}  // namespace
}  // namespace inkling::artifact
