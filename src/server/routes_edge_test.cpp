#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <string>

#include "artifact/package.h"
#include "artifact/test_folder.h"
#include "feature/blueprint.h"
#include "registry/registry.h"
#include "server/gzip.h"
#include "server/running_server.h"

namespace inkling::server {
namespace {

using testing::HasSubstr;

std::string unpacked(std::string_view packed) {
  std::string bytes(1 << 20, '\0');
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  bytes.resize(stream.total_out);
  inflateEnd(&stream);
  return bytes;
}

TEST(Gzip, reads_back_as_it_was) {
  const std::string text = std::string(50'000, 'a') + "b";
  EXPECT_EQ(unpacked(*gzip(text)), text);
  EXPECT_LT(gzip(text)->size(), 1000U);
  EXPECT_EQ(unpacked(*gzip("")), "");
}

class EdgeTest : public testing::Test {
 protected:
  EdgeTest() {
    publish("dipn", "v1", 1);
    publish("dipn", "v2", 2);
    EXPECT_TRUE(registry_.promote("dipn", "v1", 10).ok());
  }

  void publish(const std::string& model, const std::string& version, float weight) const {
    artifact::PackageManifest manifest;
    manifest.name = model;
    manifest.version = version;
    manifest.fold_version = static_cast<int>(state::kFoldVersion);
    manifest.feature_version = static_cast<int>(feature::kFeatureVersion);
    artifact::SafetensorsWriter writer;
    EXPECT_TRUE(writer.add<float>("w", {2, 2}, std::array<float, 4>{weight, 2, 3, 4}).ok());
    EXPECT_TRUE(artifact::write_package(data_.path(), manifest, writer).ok());
    EXPECT_TRUE(registry_.publish(model, version, 1).ok());
  }
  ClientAnswer ask(const std::string& target, const std::string& fields) {
    client_.write_raw("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n");
    return client_.read_answer();
  }

  artifact::TestFolder data_;
  registry::Registry registry_{data_.path()};
  RunningServer running_{test_options(), {std::make_shared<FakeScorer>()}, {}, data_.path().string()};
  HttpClient client_ = running_.client();
};

TEST_F(EdgeTest, gives_the_live_version_in_the_form_asked_for) {
  const ClientAnswer small = client_.get("/v1/models/dipn/edge");
  EXPECT_EQ(small.status, 200U);
  EXPECT_EQ(small.fields.at("content-type"), "application/octet-stream");
  EXPECT_EQ(small.fields.at("inkling-version"), "v1");
  EXPECT_EQ(small.fields.at("cache-control"), "private, no-cache");
  EXPECT_EQ(small.body, "v1 int8");
  const ClientAnswer whole = client_.get("/v1/models/dipn/edge?precision=float&shopper=ann");
  EXPECT_EQ(whole.body, "v1 float");
  EXPECT_NE(whole.fields.at("etag"), small.fields.at("etag"));
}

TEST_F(EdgeTest, packs_for_those_who_take_it_and_sends_no_copy_again) {
  const ClientAnswer packed = ask("/v1/models/dipn/edge", "Accept-Encoding: br, gzip\r\n");
  EXPECT_EQ(packed.fields.at("content-encoding"), "gzip");
  EXPECT_EQ(packed.fields.at("vary"), "Accept-Encoding");
  EXPECT_EQ(unpacked(packed.body), "v1 int8");
  const ClientAnswer plain = client_.get("/v1/models/dipn/edge");
  EXPECT_NE(plain.fields.at("etag"), packed.fields.at("etag"));
  const ClientAnswer again = ask("/v1/models/dipn/edge", "Accept-Encoding: gzip\r\nIf-None-Match: \"other\", " +
                                                             packed.fields.at("etag") + "\r\n");
  EXPECT_EQ(again.status, 304U);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(again.fields.at("inkling-version"), "v1");
  const std::string metrics = client_.get("/metrics").body;
  EXPECT_THAT(metrics, HasSubstr(R"(inkling_edge_packages_total{model="dipn",result="sent",version="v1"} 2)"));
  EXPECT_THAT(metrics,
              HasSubstr(R"(inkling_edge_packages_total{model="dipn",result="not_modified",version="v1"} 1)"));
}

TEST_F(EdgeTest, follows_a_rollout_without_a_restart) {
  ASSERT_TRUE(registry_.rollout("dipn", "v2", 50, 11).ok());
  int canaries = 0;
  for (int i = 0; i < 100; ++i) {
    const ClientAnswer answer = client_.get("/v1/models/dipn/edge?shopper=s" + std::to_string(i));
    const std::string version = answer.fields.at("inkling-version");
    EXPECT_EQ(answer.body, version + " int8");
    canaries += version == "v2";
  }
  EXPECT_GT(canaries, 25);
  EXPECT_LT(canaries, 75);
  EXPECT_EQ(client_.get("/v1/models/dipn/edge").fields.at("inkling-version"), "v1");
  ASSERT_TRUE(registry_.rollout("dipn", "v2", 100, 12).ok());
  EXPECT_EQ(client_.get("/v1/models/dipn/edge").fields.at("inkling-version"), "v2");
}

TEST_F(EdgeTest, refuses_what_is_not_there) {
  const ClientAnswer precision = client_.get("/v1/models/dipn/edge?precision=int4");
  EXPECT_EQ(precision.status, 400U);
  EXPECT_THAT(precision.body, HasSubstr("int8"));
  EXPECT_EQ(client_.get("/v1/models/caam/edge").status, 404U);
  EXPECT_EQ(client_.get("/v1/models/..%2F..%2Fdipn/edge").status, 404U);
  ASSERT_TRUE(registry_.retire("dipn", "v1", 12).ok());
  EXPECT_THAT(client_.get("/v1/models/dipn/edge").body, HasSubstr("no live version"));
  RunningServer without;
  HttpClient client = without.client();
  EXPECT_EQ(client.get("/v1/models/dipn/edge").status, 404U);
}

TEST_F(EdgeTest, tells_that_a_model_is_not_for_devices) {
  publish("trees", "v1", 1);
  ASSERT_TRUE(registry_.promote("trees", "v1", 10).ok());
  const ClientAnswer answer = client_.get("/v1/models/trees/edge");
  EXPECT_EQ(answer.status, 422U);
  EXPECT_THAT(answer.body, HasSubstr("has no form for devices"));
}

TEST_F(EdgeTest, a_damaged_package_is_told_and_not_sent) {
  const auto weights = artifact::package_folder(data_.path(), "dipn", "v1") / "weights.safetensors";
  data_.write(weights, "nonsense");
  const ClientAnswer answer = client_.get("/v1/models/dipn/edge");
  EXPECT_EQ(answer.status, 500U);
  EXPECT_THAT(answer.body, HasSubstr("weights.safetensors"));
}

}  // namespace
}  // namespace inkling::server
