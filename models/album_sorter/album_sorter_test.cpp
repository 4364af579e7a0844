#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/core/random.h"
#include "models/album_sorter/album_sorter_architecture.h"
#include "models/album_sorter/album_sorter_net.h"
#include "models/album_sorter/album_sorter_serve.h"
#include "train/parameters.h"

namespace inkling::models::album_sorter {
namespace {

using artifact::Safetensors;
constexpr std::size_t kSide = train::kPictureSide;
constexpr std::size_t kPixels = kSide * kSide;

// Album 0: a bright disc on dark ground; album 1: dark bars on bright ground; each of its own colour, place and size.
std::vector<std::uint8_t> draw(std::uint32_t album, base::Random& random) {
  std::vector<std::uint8_t> planes(3 * kPixels);
  const double x = random.uniform(20, 44), y = random.uniform(20, 44), size = random.uniform(10, 18);
  for (std::size_t c = 0; c < 3; ++c) {
    const double bright = random.uniform(150, 250), dark = random.uniform(10, 90);
    for (std::size_t i = 0; i < kPixels; ++i) {
      const double dx = static_cast<double>(i % kSide) - x, dy = static_cast<double>(i / kSide) - y;
      const bool shape =
          album == 0 ? dx * dx + dy * dy < size * size : std::fmod(std::abs(dx) + 100, size) < size / 2;
      planes[c * kPixels + i] = static_cast<std::uint8_t>((shape == (album == 0)) ? bright : dark);
    }
  }
  return planes;
}

train::LabelledPictures pictures(std::size_t of_each, std::uint64_t seed) {
  train::LabelledPictures made{{"discs", "bars"}, {}, {}};
  base::Random random(seed);
  for (std::uint32_t album = 0; album < 2; ++album) {
    for (std::size_t i = 0; i < of_each; ++i)
      made.pictures.push_back({std::to_string(i), album, draw(album, random)});
  }
  return made;
}

std::vector<float> floats_of(const std::vector<std::uint8_t>& planes) {
  std::vector<float> made;
  for (const std::uint8_t value : planes) made.push_back(static_cast<float>(value) / 255);
  return made;
}

struct Learnt {
  std::vector<std::byte> bytes;
  Safetensors tensors;
  artifact::PackageManifest manifest;
  std::map<std::string, double> metrics;
};

base::Json params() {
  const auto table = train::ParameterTable::parse(picture_model().params_yaml, "params.yaml");
  base::Json given = base::Json::object();
  EXPECT_TRUE(table->set("epochs=12", given).ok());
  EXPECT_TRUE(table->set("batch_size=16", given).ok());
  return table->complete(base::JsonView(given, "params")).value();
}

Learnt learn(std::uint64_t seed) {
  const auto learnt = picture_half().train({pictures(60, 1), params(), seed, 1, {}});
  EXPECT_TRUE(learnt.ok()) << learnt.status().message();
  Learnt made;
  made.bytes = learnt->weights.bytes().value();
  made.tensors = Safetensors::parse(made.bytes).value();
  made.manifest.features = learnt->features;
  made.metrics = learnt->metrics;
  return made;
}

const Learnt& shared() {
  static const Learnt learnt = learn(1);
  return learnt;
}

std::shared_ptr<const PictureSorter> sorter() {
  return picture_model().load(shared().manifest, shared().tensors).value();
}

TEST(AlbumSorter, sorts_pictures_that_it_never_saw) {
  const auto sorts = sorter();
  EXPECT_THAT(sorts->albums(), testing::ElementsAre("discs", "bars"));
  const auto workspace = sorts->new_workspace();
  const train::LabelledPictures unseen = pictures(50, 2);
  std::size_t right = 0, unsure = 0;
  for (const auto& picture : unseen.pictures) {
    const SortedPicture sorted = sorts->sort(floats_of(picture.planes), *workspace);
    right += sorted.album == picture.album ? 1 : 0;
    unsure += sorted.unsure ? 1 : 0;
  }
  EXPECT_GE(right, 95u);
  EXPECT_LE(unsure, 20u);
}

TEST(AlbumSorter, is_unsure_of_what_is_in_no_album) {
  const auto sorts = sorter();
  const auto workspace = sorts->new_workspace();
  base::Random random(3);
  std::size_t unsure = 0;
  for (int round = 0; round < 20; ++round) {
    std::vector<float> noise(3 * kPixels);
    for (float& value : noise) value = static_cast<float>(random.uniform());
    unsure += sorts->sort(noise, *workspace).unsure ? 1 : 0;
  }
  EXPECT_EQ(unsure, 20u);
}

// The network once more, loop by loop, from the package alone.
struct Reference {
  std::vector<double> means, likeness;
  std::vector<double> logits, probs;
  double strangeness = 0;
};

std::vector<double> convolved(const std::vector<double>& rows, std::size_t side, std::size_t inputs,
                              std::span<const float> weight, std::span<const float> bias) {
  const std::size_t out_side = (side + 1) / 2;
  std::vector<double> made;
  for (std::size_t y = 0; y < out_side; ++y) {
    for (std::size_t x = 0; x < out_side; ++x) {
      for (std::size_t o = 0; o < bias.size(); ++o) {
        double sum = double{bias[o]};
        for (std::size_t k = 0; k < 9; ++k) {
          const std::size_t row = 2 * y + k / 3 - 1, column = 2 * x + k % 3 - 1;  // -1 is beyond every side
          if (row >= side || column >= side) continue;
          for (std::size_t c = 0; c < inputs; ++c) {
            sum += rows[(row * side + column) * inputs + c] * double{weight[(o * 9 + k) * inputs + c]};
          }
        }
        made.push_back(sum > 0 ? sum : double{kSlope} * sum);
      }
    }
  }
  return made;
}

double nearest_distance(const std::vector<double>& likeness) {
  const auto width = static_cast<std::int64_t>(likeness.size());
  const auto centres = *shared().tensors.floats("likeness.centres", {2, width});
  const auto whitening = *shared().tensors.floats("likeness.whitening", {2, width * (width + 1) / 2});
  double nearest = INFINITY;
  for (std::size_t album = 0; album < 2; ++album) {
    double squares = 0;
    std::size_t at = album * whitening.size() / 2;
    for (std::size_t i = 0; i < likeness.size(); ++i) {
      double sum = 0;
      for (std::size_t j = 0; j <= i; ++j) {
        sum += double{whitening[at++]} * (likeness[j] - double{centres[album * likeness.size() + j]});
      }
      squares += sum * sum;
    }
    nearest = std::min(nearest, std::sqrt(squares));
  }
  return nearest;
}

Reference reference(const std::vector<float>& planes) {
  std::vector<double> rows;
  for (std::size_t i = 0; i < kPixels; ++i) {
    for (std::size_t c = 0; c < 3; ++c) rows.push_back(2 * double{planes[c * kPixels + i]} - 1);
  }
  Reference made;
  std::size_t side = kSide, inputs = 3;
  for (std::size_t layer = 0; layer < kChannels.size(); ++layer) {
    const auto out = static_cast<std::int64_t>(kChannels[layer]);
    rows =
        convolved(rows, side, inputs,
                  *shared().tensors.floats(layer_name(layer, "weight"), {out, static_cast<std::int64_t>(inputs * 9)}),
                  *shared().tensors.floats(layer_name(layer, "bias"), {out}));
    side = (side + 1) / 2;
    inputs = kChannels[layer];
    std::vector<double> deviations(inputs, 0);
    made.means.assign(inputs, 0);
    for (std::size_t i = 0; i < rows.size(); ++i)
      made.means[i % inputs] += rows[i] / static_cast<double>(side * side);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      deviations[i % inputs] += std::pow(rows[i] - made.means[i % inputs], 2) / static_cast<double>(side * side);
    }
    for (double& deviation : deviations) deviation = std::sqrt(deviation + double{kLeastVariance});
    made.likeness.insert(made.likeness.end(), made.means.begin(), made.means.end());
    made.likeness.insert(made.likeness.end(), deviations.begin(), deviations.end());
  }
  const auto weight = *shared().tensors.floats("albums.weight", {3, static_cast<std::int64_t>(inputs)});
  const auto bias = *shared().tensors.floats("albums.bias", {3});
  double sum = 0;
  for (std::size_t album = 0; album < 3; ++album) {
    double logit = double{bias[album]};
    for (std::size_t c = 0; c < inputs; ++c) logit += double{weight[album * inputs + c]} * made.means[c];
    made.logits.push_back(logit);
    made.probs.push_back(std::exp(logit));
    sum += made.probs.back();
  }
  for (double& prob : made.probs) prob /= sum;
  const auto all = *shared().tensors.floats("strangeness", {2, 3});
  const auto strange = all.subspan(made.logits[1] > made.logits[0] ? 3 : 0, 3);
  made.strangeness = double{strange[2]} + double{strange[1]} * nearest_distance(made.likeness) -
                     double{strange[0]} * std::max(made.logits[0], made.logits[1]);
  return made;
}

TEST(AlbumSorter, answers_what_the_plain_loops_answer) {
  const auto sorts = sorter();
  const auto workspace = sorts->new_workspace();
  for (const auto& picture : pictures(5, 4).pictures) {
    const std::vector<float> planes = floats_of(picture.planes);
    const SortedPicture sorted = sorts->sort(planes, *workspace);
    const Reference plain = reference(planes);
    EXPECT_NEAR(sorted.prob, plain.probs[sorted.album], 1e-4);
    EXPECT_GE(plain.probs[sorted.album] + 1e-6, plain.probs[1 - sorted.album]);
    EXPECT_NEAR(sorted.strangeness, plain.strangeness, 1e-3 * (1 + std::abs(plain.strangeness)));
    EXPECT_EQ(sorted.unsure, sorted.strangeness > 1);
  }
}

// The strangest picture held out, as the training half's network saw it, is one of the pictures that were given.
TEST(AlbumSorter, serves_what_the_network_learnt) {
  const auto sorts = sorter();
  const auto workspace = sorts->new_workspace();
  const double strangest = shared().metrics.at("held_out.strangest");
  double nearest = INFINITY;
  for (const auto& picture : pictures(60, 1).pictures) {
    const SortedPicture sorted = sorts->sort(floats_of(picture.planes), *workspace);
    nearest = std::min(nearest, std::abs(double{sorted.strangeness} - strangest));
  }
  EXPECT_LT(nearest, 1e-3 * (1 + std::abs(strangest)));
}

TEST(AlbumSorter, refuses_a_package_that_would_never_be_unsure) {
  std::vector<std::byte> bytes = shared().bytes;
  const auto strange = *shared().tensors.floats("strangeness", {2, 3});
  const auto at =
      std::search(bytes.begin(), bytes.end(), std::as_bytes(strange).begin(), std::as_bytes(strange).end());
  ASSERT_NE(at, bytes.end());
  std::fill_n(at, sizeof(float), std::byte{0});
  const Safetensors damaged = Safetensors::parse(bytes).value();
  EXPECT_THAT(picture_model().load(shared().manifest, damaged).status().message(), testing::HasSubstr("strangeness"));
}

TEST(AlbumSorter, learns_the_same_bytes_from_the_same_seed) {
  EXPECT_EQ(learn(1).bytes, shared().bytes);
  EXPECT_NE(learn(2).bytes, shared().bytes);
}

TEST(AlbumSorter, refuses_packages_that_do_not_fit) {
  artifact::PackageManifest manifest = shared().manifest;
  manifest.features.set("side", 7);
  EXPECT_THAT(picture_model().load(manifest, shared().tensors).status().message(),
              testing::HasSubstr("features.side"));
  manifest = shared().manifest;
  manifest.features.set("albums", base::Json(base::Json::Array{"a", "b", "c"}));
  EXPECT_FALSE(picture_model().load(manifest, shared().tensors).ok()) << "three names, tensors of two albums";
}

TEST(AlbumSorter, refuses_one_album) {
  train::LabelledPictures one = pictures(10, 1);
  one.albums.resize(1);
  EXPECT_FALSE(picture_half().train({one, params(), 1, 1, {}}).ok());
}

}  // namespace
}  // namespace inkling::models::album_sorter
