#include "models/album_sorter/album_sorter_serve.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "math/product.h"
#include "models/album_sorter/album_sorter_architecture.h"
#include "models/album_sorter/album_sorter_params_yaml.h"

namespace inkling::models::album_sorter {
namespace {

using artifact::Safetensors;
using base::JsonView;
using base::Result;

constexpr std::size_t kTriangle = kLikenessWidth * (kLikenessWidth + 1) / 2;
constexpr std::size_t kStrangeWeights = 3;

std::size_t half(std::size_t side) {
  return (side + 1) / 2;
}

struct Workspace final : PictureWorkspace {
  std::vector<float> patches;
  std::vector<float> rows;  // pixels x channels
  std::vector<float> next;
  std::vector<float> likeness;
  std::vector<float> difference;
  std::vector<float> logits;
};

struct Convolution {
  math::PackedMatrix weight;  // [channels_in * 9 x channels]
  std::vector<float> bias;
};

std::vector<float> copy(std::span<const float> values) {
  return {values.begin(), values.end()};
}

class Sorter final : public PictureSorter {
 public:
  static Result<std::shared_ptr<const PictureSorter>> load(const JsonView& features, const Safetensors& weights) {
    auto made = std::make_shared<Sorter>();
    INKLING_TRY(made->read(features, weights));
    return std::shared_ptr<const PictureSorter>(std::move(made));
  }

  [[nodiscard]] std::span<const std::string> albums() const override { return albums_; }
  [[nodiscard]] std::size_t side() const override { return side_; }

  [[nodiscard]] std::unique_ptr<PictureWorkspace> new_workspace() const override {
    auto room = std::make_unique<Workspace>();
    std::size_t most_patches = 0, most_rows = side_ * side_ * kColours, inputs = kColours, side = side_;
    for (const std::size_t channels : kChannels) {
      side = half(side);
      most_patches = std::max(most_patches, side * side * inputs * kKernel * kKernel);
      most_rows = std::max(most_rows, side * side * channels);
      inputs = channels;
    }
    room->patches.resize(most_patches);
    room->rows.resize(most_rows);
    room->next.resize(most_rows);
    room->likeness.resize(kLikenessWidth);
    room->difference.resize(kLikenessWidth);
    room->logits.resize(albums_.size() + 1);
    return room;
  }

  [[nodiscard]] SortedPicture sort(std::span<const float> planes, PictureWorkspace& workspace) const override {
    auto& room = static_cast<Workspace&>(workspace);
    read_planes(planes, room.rows);
    std::size_t side = side_, inputs = kColours, at = 0;
    for (std::size_t layer = 0; layer < kChannels.size(); ++layer) {
      convolve(convolutions_[layer], side, inputs, room);
      side = half(side);
      inputs = kChannels[layer];
      add_likeness(room.rows, side * side, std::span(room.likeness).subspan(at, 2 * inputs));
      at += 2 * inputs;
    }
    SortedPicture answer = choose(std::span<const float>(room.likeness).last(2 * inputs).first(inputs), room.logits);
    const float* strange = strange_.data() + kStrangeWeights * answer.album;
    answer.strangeness = strange[0] * -room.logits[answer.album] + strange[1] * distance(room) + strange[2];
    answer.unsure = !(answer.strangeness <= 1);  // not a number is strange
    return answer;
  }

 private:
  base::Status read(const JsonView& features, const Safetensors& weights) {
    INKLING_ASSIGN(const auto names, features.elements("albums"));
    for (const JsonView& name : names) {
      INKLING_ASSIGN(albums_.emplace_back(), name.as_text());
    }
    if (albums_.size() < 2) return features.refuse("albums has two entries or more");
    INKLING_ASSIGN(const std::int64_t told_side, features.integer("side", kLeastSide, kMostSide));
    side_ = static_cast<std::size_t>(told_side);
    std::size_t inputs = kColours;
    for (std::size_t layer = 0; layer < kChannels.size(); ++layer) {
      const auto out = static_cast<std::int64_t>(kChannels[layer]);
      const auto in = static_cast<std::int64_t>(inputs * kKernel * kKernel);
      INKLING_ASSIGN(const auto weight, weights.floats(layer_name(layer, "weight"), {out, in}));
      INKLING_ASSIGN(const auto bias, weights.floats(layer_name(layer, "bias"), {out}));
      convolutions_.push_back({math::PackedMatrix::from_columns(weight, kChannels[layer]), copy(bias)});
      inputs = kChannels[layer];
    }
    const auto count = static_cast<std::int64_t>(albums_.size()), width = static_cast<std::int64_t>(kLikenessWidth);
    INKLING_ASSIGN(const auto last, weights.floats("albums.weight", {count + 1, static_cast<std::int64_t>(inputs)}));
    INKLING_ASSIGN(const auto last_bias, weights.floats("albums.bias", {count + 1}));
    INKLING_ASSIGN(const auto centres, weights.floats("likeness.centres", {count, width}));
    INKLING_ASSIGN(const auto whitening, weights.floats("likeness.whitening", {count, width * (width + 1) / 2}));
    INKLING_ASSIGN(const auto strange, weights.floats("strangeness", {count, kStrangeWeights}));
    album_weights_ = copy(last);
    album_biases_ = copy(last_bias);
    centres_ = copy(centres);
    whitening_ = copy(whitening);
    strange_ = copy(strange);
    for (std::size_t album = 0; album < albums_.size(); ++album) {
      const float* own = strange_.data() + kStrangeWeights * album;
      if (!(own[0] > 0 && own[1] > 0)) return base::corrupt("strangeness: its weights are no positive numbers");
    }
    return {};
  }

  // Planes as rows of pixels, so that a pixel's channels lie side by side; from -1 to 1.
  void read_planes(std::span<const float> planes, std::span<float> rows) const {
    const std::size_t pixels = side_ * side_;
    for (std::size_t i = 0; i < pixels; ++i) {
      for (std::size_t c = 0; c < kColours; ++c) rows[i * kColours + c] = 2 * planes[c * pixels + i] - 1;
    }
  }

  // room.rows of side x side pixels become those of the next layer.
  static void convolve(const Convolution& layer, std::size_t side, std::size_t inputs, Workspace& room) {
    const std::size_t out_side = half(side), depth = inputs * kKernel * kKernel;
    float* patch = room.patches.data();
    for (std::size_t y = 0; y < out_side; ++y) {
      for (std::size_t x = 0; x < out_side; ++x) {
        for (std::size_t k = 0; k < kKernel * kKernel; ++k, patch += inputs) {
          const std::size_t row = 2 * y + k / kKernel, column = 2 * x + k % kKernel;  // one more than the pixel's
          const bool inside = row >= 1 && row <= side && column >= 1 && column <= side;
          if (inside) {
            std::copy_n(room.rows.data() + ((row - 1) * side + column - 1) * inputs, inputs, patch);
          } else {
            std::fill_n(patch, inputs, 0.0F);
          }
        }
      }
    }
    const std::size_t pixels = out_side * out_side;
    const std::span<float> out = std::span(room.next).first(pixels * layer.bias.size());
    math::packed_product(std::span<const float>(room.patches).first(pixels * depth), layer.weight, layer.bias, out,
                         math::Output::kReplace);
    for (float& value : out) value = std::max(value, kSlope * value);
    std::swap(room.rows, room.next);
  }

  // Behind the means of the channels their deviations.
  static void add_likeness(std::span<const float> rows, std::size_t pixels, std::span<float> likeness) {
    const std::size_t channels = likeness.size() / 2;
    const std::span<float> means = likeness.first(channels), deviations = likeness.last(channels);
    std::ranges::fill(likeness, 0.0F);
    for (std::size_t i = 0; i < pixels; ++i) {
      for (std::size_t c = 0; c < channels; ++c) means[c] += rows[i * channels + c];
    }
    for (float& mean : means) mean /= static_cast<float>(pixels);
    for (std::size_t i = 0; i < pixels; ++i) {
      for (std::size_t c = 0; c < channels; ++c) {
        const float difference = rows[i * channels + c] - means[c];
        deviations[c] += difference * difference;
      }
    }
    for (float& deviation : deviations) {
      deviation = std::sqrt(deviation / static_cast<float>(pixels) + kLeastVariance);
    }
  }

  [[nodiscard]] SortedPicture choose(std::span<const float> means, std::span<float> logits) const {
    for (std::size_t album = 0; album < logits.size(); ++album) {
      const float* weight = album_weights_.data() + album * means.size();
      logits[album] = album_biases_[album];
      for (std::size_t c = 0; c < means.size(); ++c) logits[album] += weight[c] * means[c];
    }
    const auto best = std::ranges::max_element(logits.first(albums_.size()));  // the last is none of them
    float sum = 0;
    for (const float logit : logits) sum += std::exp(logit - *best);
    SortedPicture answer;
    answer.album = static_cast<std::uint32_t>(best - logits.begin());
    answer.prob = 1 / sum;
    return answer;
  }

  // Mahalanobis' distance to the nearest centre, each in the shape of its own album.
  [[nodiscard]] float distance(Workspace& room) const {
    float nearest = std::numeric_limits<float>::infinity();
    for (std::size_t album = 0; album < albums_.size(); ++album) {
      const float* centre = centres_.data() + album * kLikenessWidth;
      for (std::size_t i = 0; i < kLikenessWidth; ++i) room.difference[i] = room.likeness[i] - centre[i];
      const float* row = whitening_.data() + album * kTriangle;
      float squares = 0;
      for (std::size_t i = 0; i < kLikenessWidth && squares < nearest; ++i) {
        float sum = 0;
        for (std::size_t j = 0; j <= i; ++j) sum += row[j] * room.difference[j];
        squares += sum * sum;
        row += i + 1;
      }
      nearest = std::min(nearest, squares);
    }
    return std::sqrt(nearest);
  }

  std::vector<std::string> albums_;
  std::size_t side_ = 0;
  std::vector<Convolution> convolutions_;
  std::vector<float> album_weights_, album_biases_;
  std::vector<float> centres_, whitening_;
  std::vector<float> strange_;  // of each album: of the largest logit, fallen; of the distance; of neither
};

}  // namespace

const PictureModel& picture_model() {
  static const PictureModel kModel = {"album_sorter", kParamsYaml,
                                      [](const artifact::PackageManifest& manifest, const Safetensors& weights) {
                                        return Sorter::load(JsonView(manifest.features, "features"), weights);
                                      }};
  return kModel;
}

}  // namespace inkling::models::album_sorter
