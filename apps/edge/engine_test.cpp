// The C ABI as an application uses it, against the fold and the scorer used directly.
#include "apps/edge/engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "apps/edge/edge_for_test.h"
#include "apps/edge/event_reader.h"
#include "artifact/package.h"
#include "base/core/json.h"
#include "base/core/random.h"
#include "models/dipn/dipn_serve.h"

namespace inkling::edge {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::int64_t kStartMs = 1'700'000'000'000;

inkling_edge_sample sample(std::int64_t at_ms, std::uint8_t phase, float x_px, float y_px) {
  return {static_cast<double>(at_ms), x_px, y_px, 1, 3, 0, 1, 2, phase, 0, {}};
}

std::string action_at(std::int64_t ts_ms, const std::string& item) {
  return R"({"type":"action","id":"a)" + std::to_string(ts_ms) + R"(","ts_ms":)" + std::to_string(ts_ms) +
         R"(,"shopper":"ann","action":"view","item":")" + item + R"(","category":["top","leaf"],"page":"detail"})";
}

// A minute of a shopper: swipes, taps and views, by the clock from `ts_ms` on.
void browse(Device& device, std::int64_t ts_ms, base::Random& random) {
  for (int i = 0; i < 20; ++i, ts_ms += 3000) {
    const auto y_px = static_cast<float>(random.uniform(100, 800));
    device.swipe(ts_ms, y_px);
    device.tap(ts_ms + 300, y_px);
    if (i % 3 == 0) device.must_take(action_at(ts_ms + 400, "item-" + std::to_string(random.below(4))));
  }
}

// What a server makes of what the device hands on: its events in their order, folded and scored.
class Server {
 public:
  Server() {
    scorer_ = *models::dipn::DipnScorer::make(package_.manifest, package_.tensors, nullptr);
    memory_ = scorer_->new_memory();
    workspace_ = scorer_->new_workspace();
  }
  void take(const std::string& json) {
    const auto event = read_event(json);
    ASSERT_TRUE(event.ok()) << event.status().message() << json;
    state::apply(state_, *event);
    ASSERT_TRUE(scorer_->catch_up(state_, *memory_));
  }
  std::vector<float> score(std::int64_t now_ms) {
    std::vector<float> probs(scorer_->info().targets.size());
    scorer_->score(state_, *memory_, now_ms, *workspace_, probs);
    return probs;
  }

 private:
  ServerPackage package_;
  std::shared_ptr<const models::dipn::DipnScorer> scorer_;
  std::unique_ptr<feature::ScorerMemory> memory_;
  std::unique_ptr<feature::ScorerWorkspace> workspace_;
  state::ShopperState state_;
};

std::string as_event(const std::string& gestures) {
  return R"({"type":"gestures","id":"g","shopper":"ann",)" + gestures.substr(1);
}

TEST(Edge, scores_as_a_server_that_folds_what_was_handed_on) {
  Device device;
  Server server;
  base::Random random(3);
  for (int visit = 0; visit < 8; ++visit) {
    const std::int64_t ts_ms = kStartMs + visit * 400'000;
    for (int i = 0; i < 30; ++i) {
      const std::int64_t now_ms = ts_ms + i * 900;
      const auto y = static_cast<float>(random.uniform(50, 800));
      device.swipe(now_ms, y);
      if (random.chance(0.4)) device.tap(now_ms + 300, y);
      if (!random.chance(0.3)) continue;
      const std::string action = action_at(now_ms + 500, "item-" + std::to_string(random.below(4)));
      for (const std::string& batch : device.take_all()) server.take(as_event(batch));
      server.take(action);
      device.must_take(action);
      const auto expected = server.score(now_ms + 600);
      const auto found = device.score(now_ms + 600);
      for (std::size_t k = 0; k < expected.size(); ++k) ASSERT_NEAR(found[k], expected[k], 1e-5) << visit << " " << i;
    }
  }
}

TEST(Edge, changes_its_mind_by_gestures_before_they_are_handed_on) {
  Device device;
  device.must_take(action_at(kStartMs, "item-1"));
  const auto before = device.score(kStartMs + 5000);
  for (int i = 0; i < 10; ++i) device.swipe(kStartMs + i * 400, 700);
  EXPECT_NE(device.score(kStartMs + 5000), before);
}

TEST(Edge, tells_about_itself_and_its_attention_as_json) {
  Device device;
  const auto info = base::Json::parse(inkling_edge_info(device.get()));
  ASSERT_TRUE(info.ok());
  EXPECT_EQ(*info->find("abi")->if_integer(), 2);
  EXPECT_EQ(*info->find("model")->if_text(), "dipn");
  EXPECT_EQ(*info->find("precision")->if_text(), "float");
  EXPECT_EQ(info->find("targets")->if_array()->size(), inkling_edge_target_count(device.get()));
  EXPECT_GT(*info->find("memory_bytes")->if_integer(), 1000);
  base::Random random(4);
  browse(device, kStartMs, random);
  const auto attention = base::Json::parse(inkling_edge_explain(device.get(), kStartMs + 60'000));
  ASSERT_TRUE(attention.ok()) << attention.status().message();
  ASSERT_EQ(attention->if_array()->size(), 3U);
  for (const base::Json& view : *attention->if_array()) {
    double sum = 0;
    for (const base::Json& weight : *view.find("intra")->if_array()) sum += *weight.if_number();
    EXPECT_NEAR(sum, 1, 1e-3);
    ASSERT_FALSE(view.find("inter")->if_array()->empty());
    sum = 0;
    for (const base::Json& partner : *view.find("inter")->if_array()) {
      for (const base::Json& weight : *partner.find("weights")->if_array()) sum += *weight.if_number();
    }
    EXPECT_NEAR(sum, 1, 1e-3);
  }
}

TEST(Edge, tells_no_attention_of_a_view_without_records) {
  Device device;
  for (int i = 0; i < 3; ++i) device.swipe(kStartMs + i * 500, 700);
  const auto attention = base::Json::parse(inkling_edge_explain(device.get(), kStartMs + 3000));
  ASSERT_TRUE(attention.ok()) << attention.status().message();
  const base::Json& taps = (*attention->if_array())[1];
  EXPECT_EQ(*taps.find("rows")->if_integer(), 0);
  for (const base::Json& partner : *taps.find("inter")->if_array()) {
    for (const base::Json& weight : *partner.find("weights")->if_array()) EXPECT_EQ(*weight.if_number(), 0);
  }
}

TEST(Edge, refuses_bad_arguments_with_a_sentence_and_goes_on) {
  Device device;
  device.swipe(kStartMs, 500);
  const auto before = device.score(kStartMs + 1000);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const auto refused = [&](std::int32_t status, std::int32_t expected, const char* sentence) {
    EXPECT_EQ(status, expected);
    EXPECT_THAT(inkling_edge_error(device.get()), HasSubstr(sentence));
  };
  refused(inkling_edge_screen(device.get(), nan, 800), INKLING_EDGE_INVALID, "1 to 32767 CSS pixels");
  refused(inkling_edge_screen(device.get(), 390, 0), INKLING_EDGE_INVALID, "1 to 32767 CSS pixels");
  std::vector<inkling_edge_sample> samples(2, sample(kStartMs + 1, 0, 1, 1));
  samples[1].at_ms = nan;
  refused(inkling_edge_samples(device.get(), samples.data(), 2), INKLING_EDGE_INVALID, "sample 1: its time");
  samples[1] = sample(kStartMs, 7, 1, 1);
  refused(inkling_edge_samples(device.get(), samples.data(), 2), INKLING_EDGE_INVALID, "phase 7 is not known");
  samples[1] = sample(kStartMs, 1, 1, 1);
  samples[1].pointer = 3;
  refused(inkling_edge_samples(device.get(), samples.data(), 2), INKLING_EDGE_INVALID, "pointer 3 is not known");
  refused(inkling_edge_samples(device.get(), nullptr, 2), INKLING_EDGE_INVALID, "no samples");
  samples.resize(1025, samples[0]);
  refused(inkling_edge_samples(device.get(), samples.data(), 1025), INKLING_EDGE_FULL, "at most 1024");
  refused(inkling_edge_event(device.get(), "{", 1), INKLING_EDGE_INVALID, "byte 1");
  refused(inkling_edge_event(device.get(), nullptr, 1), INKLING_EDGE_INVALID, "no event");
  std::array<float, 9> probs{};
  refused(inkling_edge_score(device.get(), 0, probs.data(), 9), INKLING_EDGE_INVALID, "room for 9 probabilities");
  refused(inkling_edge_score(device.get(), nan, probs.data(), 1), INKLING_EDGE_INVALID, "time is not a number");
  EXPECT_EQ(inkling_edge_explain(device.get(), nan), nullptr);
  EXPECT_EQ(device.score(kStartMs + 1000), before) << "nothing changed";
  EXPECT_EQ(inkling_edge_samples(nullptr, nullptr, 0), INKLING_EDGE_INVALID);
  inkling_edge_free(nullptr);
}

TEST(Edge, bears_absurd_places_clock_jumps_and_floods) {
  Device device;
  base::Random random(9);
  const double absurd[] = {1e30, -1e30, INFINITY, -INFINITY, NAN, 0, 65535, 400};
  for (int i = 0; i < 5000; ++i) {
    inkling_edge_sample one =
        sample(static_cast<std::int64_t>(random.uniform(0, 7.2e12)), static_cast<std::uint8_t>(random.below(7)),
               static_cast<float>(absurd[random.below(8)]), static_cast<float>(absurd[random.below(8)]));
    one.pointer = static_cast<std::uint8_t>(random.below(3));
    ASSERT_EQ(inkling_edge_samples(device.get(), &one, 1), INKLING_EDGE_OK) << inkling_edge_error(device.get());
    if (i % 64 == 0) device.take_all();
  }
  for (const float prob : device.score(INT64_MAX)) EXPECT_TRUE(prob >= 0 && prob <= 1);
}

TEST(Edge, takes_no_more_samples_while_too_many_gestures_wait) {
  Device device;
  std::int64_t now_ms = kStartMs;
  std::size_t swipes = 0;
  while (device.try_swipe(now_ms += 200, 600) == INKLING_EDGE_OK) ++swipes;
  EXPECT_EQ(swipes, kMaxPending);
  EXPECT_THAT(inkling_edge_error(device.get()), HasSubstr("gestures that nobody took"));
  const auto batches = device.take_all();
  EXPECT_EQ(batches.size(), (kMaxPending + 99) / 100);
  EXPECT_THAT(batches.front(), StartsWith(R"({"ts_ms":17000000)"));
  EXPECT_EQ(device.try_swipe(now_ms + 200, 600), INKLING_EDGE_OK);
}

TEST(Edge, refuses_packages_that_are_damaged_newer_or_of_another_model) {
  const auto create = [](const std::string& bytes, const char* sentence) {
    inkling_edge* edge = nullptr;
    const std::int32_t status = inkling_edge_create(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                                    static_cast<std::uint32_t>(bytes.size()), &edge);
    EXPECT_EQ(edge, nullptr);
    EXPECT_THAT(inkling_edge_error(nullptr), HasSubstr(sentence));
    return status;
  };
  const std::string whole = package_file();
  EXPECT_EQ(create(whole.substr(0, whole.size() / 2), "do not match their checksum"), INKLING_EDGE_CORRUPT);
  EXPECT_EQ(create(whole.substr(0, 5), "5 bytes are no device package"), INKLING_EDGE_CORRUPT);
  EXPECT_EQ(create("", "0 bytes are no device package"), INKLING_EDGE_CORRUPT);
  EXPECT_EQ(create(read_file("fuzz/corpus/package/lstm_all_views"), "export --to edge"), INKLING_EDGE_CORRUPT);
  std::string flipped = whole;
  flipped.back() = static_cast<char>(flipped.back() ^ 4);
  EXPECT_EQ(create(flipped, "do not match their checksum"), INKLING_EDGE_CORRUPT);
  const std::size_t head = artifact::kDeviceMagic.size();  // format, fold, feature, precision, then the model's name
  EXPECT_EQ(create(changed(whole, head, 9), "has format 9"), INKLING_EDGE_UNSUPPORTED);
  EXPECT_EQ(create(changed(whole, head + 1, 2), "fold version 2"), INKLING_EDGE_UNSUPPORTED);
  EXPECT_EQ(create(changed(whole, head + 2, 7), "feature version 7"), INKLING_EDGE_UNSUPPORTED);
  EXPECT_EQ(create(changed(whole, head + 3, 3), "cannot be"), INKLING_EDGE_CORRUPT);
  EXPECT_EQ(create(changed(whole, head + 5, 'k'), "of another model"), INKLING_EDGE_UNSUPPORTED);
  inkling_edge* edge = nullptr;
  EXPECT_EQ(inkling_edge_create(nullptr, 3, &edge), INKLING_EDGE_INVALID);
  EXPECT_EQ(inkling_edge_create(nullptr, 3, nullptr), INKLING_EDGE_INVALID);
}

TEST(Edge, has_no_packages_of_models_that_devices_cannot_serve) {
  ServerPackage package;
  package.manifest.params.set("combine", "tanh_product");
  const auto refused =
      models::dipn::write_device_package(package.manifest, package.tensors, artifact::DevicePrecision::kInt8);
  EXPECT_EQ(refused.status().code(), base::ErrorCode::kUnsupported);
  EXPECT_THAT(refused.status().message(), HasSubstr("combine: \"tanh_product\" has no streamed form"));
}

// Whatever the bytes of a package are, with a checksum that is right: refused with a sentence, or a shopper to play.
TEST(Edge, bears_packages_of_nonsense_with_a_right_checksum) {
  const std::string whole = package_file(artifact::DevicePrecision::kInt8);
  base::Random random(12);
  int loaded = 0;
  for (int i = 0; i < 3000; ++i) {
    const std::size_t place = random.chance(0.5) ? random.below(400) : random.below(whole.size() - 8);
    const std::string package = changed(whole, place, static_cast<char>(random.below(256)));
    inkling_edge* edge = nullptr;
    const std::int32_t status = inkling_edge_create(reinterpret_cast<const std::uint8_t*>(package.data()),
                                                    static_cast<std::uint32_t>(package.size()), &edge);
    if (status != INKLING_EDGE_OK) {
      EXPECT_STRNE(inkling_edge_error(nullptr), "");
      continue;
    }
    ++loaded;
    const std::string event = action_at(kStartMs, "item-1");
    inkling_edge_event(edge, event.data(), static_cast<std::uint32_t>(event.size()));
    std::array<float, 4> probs{};
    EXPECT_EQ(inkling_edge_score(edge, static_cast<double>(kStartMs), probs.data(), inkling_edge_target_count(edge)),
              INKLING_EDGE_OK);
    EXPECT_NE(inkling_edge_explain(edge, static_cast<double>(kStartMs)), nullptr);
    inkling_edge_free(edge);
  }
  EXPECT_GT(loaded, 300) << "changes of weights and the like";
  EXPECT_LT(loaded, 2900);
}

// tests/golden/edge: a package of a server, and the same for devices as this format was first written.
TEST(GoldenDevicePackages, of_format_1_stay_readable_and_are_written_the_same) {
  const auto package = artifact::open_package("tests/golden/edge/dipn/v1", 1, 1);
  ASSERT_TRUE(package.ok()) << package.status().message();
  for (const auto precision :
       {artifact::DevicePrecision::kFloat, artifact::DevicePrecision::kFp16, artifact::DevicePrecision::kInt8}) {
    const std::string name(artifact::device_precision_name(precision));
    const std::string kept = read_file("tests/golden/edge/" + name + ".inkedge");
    const auto written = models::dipn::write_device_package(package->manifest(), package->weights(), precision);
    ASSERT_TRUE(written.ok()) << written.status().message();
    EXPECT_TRUE(text_of(*written) == kept) << name << ": if that was meant, the format needs the next number";
    models::dipn::DeviceModel model;
    EXPECT_TRUE(models::dipn::load_device_package(std::as_bytes(std::span(kept)), model).ok());
    EXPECT_EQ(model.precision, precision);
  }
}

}  // namespace
}  // namespace inkling::edge
