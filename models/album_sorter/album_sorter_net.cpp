#include "models/album_sorter/album_sorter_net.h"

#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "base/core/random.h"
#include "models/album_sorter/album_sorter_architecture.h"
#include "models/album_sorter/album_sorter_foreign_net.h"
#include "train/tensor_bytes.h"

namespace inkling::models::album_sorter {
namespace {

using base::JsonView;
using base::Result;
using base::Status;
using torch::Tensor;

struct Options {
  std::int64_t epochs = 0, batch_size = 0, shift = 0;
  double learning_rate = 0, weight_decay = 0, light = 0, foreign = 0, held_out = 0, shrinkage = 0, trusted = 0,
         unsure_share = 0;
};

Result<Options> read_options(const base::Json& json) {
  const JsonView params(json, "params");
  Options options;
  INKLING_ASSIGN(options.epochs, params.integer("epochs"));
  INKLING_ASSIGN(options.batch_size, params.integer("batch_size"));
  INKLING_ASSIGN(options.shift, params.integer("shift"));
  INKLING_ASSIGN(options.learning_rate, params.number("learning_rate"));
  INKLING_ASSIGN(options.weight_decay, params.number("weight_decay"));
  INKLING_ASSIGN(options.light, params.number("light"));
  INKLING_ASSIGN(options.foreign, params.number("foreign"));
  INKLING_ASSIGN(options.held_out, params.number("held_out"));
  INKLING_ASSIGN(options.shrinkage, params.number("shrinkage"));
  INKLING_ASSIGN(options.trusted, params.number("trusted"));
  INKLING_ASSIGN(options.unsure_share, params.number("unsure_share"));
  return options;
}

struct Network : torch::nn::Module {
  // The last class is "none of the albums".
  explicit Network(std::int64_t classes) {
    auto inputs = static_cast<std::int64_t>(kColours);
    for (std::size_t layer = 0; layer < kChannels.size(); ++layer) {
      const auto channels = static_cast<std::int64_t>(kChannels[layer]);
      convolutions.push_back(register_module(
          layer_name(layer, "conv").replace(5, 1, "_"),
          torch::nn::Conv2d(torch::nn::Conv2dOptions(inputs, channels, static_cast<std::int64_t>(kKernel))
                                .stride(2)
                                .padding(1)
                                .bias(false))));
      norms.push_back(
          register_module(layer_name(layer, "norm").replace(5, 1, "_"), torch::nn::BatchNorm2d(channels)));
      inputs = channels;
    }
    last = register_module("albums", torch::nn::Linear(inputs, classes));
  }

  struct Output {
    Tensor logits;    // [pictures x albums + 1]
    Tensor likeness;  // [pictures x kLikenessWidth]
  };
  Output forward(Tensor rows) {
    std::vector<Tensor> likeness;
    for (std::size_t layer = 0; layer < convolutions.size(); ++layer) {
      rows = torch::leaky_relu(norms[layer](convolutions[layer](rows)), double{kSlope});
      likeness.push_back(rows.mean({2, 3}));
      likeness.push_back(torch::sqrt(rows.var({2, 3}, false) + double{kLeastVariance}));
    }
    return {last(likeness[likeness.size() - 2]), torch::cat(likeness, 1)};
  }

  std::vector<torch::nn::Conv2d> convolutions;
  std::vector<torch::nn::BatchNorm2d> norms;
  torch::nn::Linear last{nullptr};
};

struct Pictures {
  Tensor rows;    // [pictures x colours x side x side], -1 to 1
  Tensor albums;  // [pictures]
  [[nodiscard]] std::int64_t size() const { return rows.size(0); }
};

// The same and behind them pictures of none of the albums, `share` of their number.
Pictures with_foreign(const Pictures& own, double share, std::int64_t none, base::Random& random) {
  const auto count = std::max<std::int64_t>(1, std::llround(share * static_cast<double>(own.size())));
  return {torch::cat({own.rows, foreign_pictures(own.rows, count, random)}),
          torch::cat({own.albums, torch::full({count}, none, torch::kInt64)})};
}

Pictures take(const train::LabelledPictures& all, const std::vector<std::size_t>& which) {
  const auto side = static_cast<std::int64_t>(train::kPictureSide);
  Pictures made{
      torch::empty({static_cast<std::int64_t>(which.size()), static_cast<std::int64_t>(kColours), side, side}),
      torch::empty({static_cast<std::int64_t>(which.size())}, torch::kInt64)};
  float* out = made.rows.data_ptr<float>();
  for (std::size_t i = 0; i < which.size(); ++i) {
    const train::LabelledPicture& picture = all.pictures[which[i]];
    made.albums.data_ptr<std::int64_t>()[i] = picture.album;
    for (const std::uint8_t value : picture.planes) *out++ = 2 * static_cast<float>(value) / 255 - 1;
  }
  return made;
}

// Of every album the same share, drawn by the seed.
struct Split {
  std::vector<std::size_t> learnt, held_out;
};
Split split(const train::LabelledPictures& all, double share, std::uint64_t seed) {
  Split made;
  base::Random random(seed);
  for (std::uint32_t album = 0; album < all.albums.size(); ++album) {
    std::vector<std::size_t> own;
    for (std::size_t i = 0; i < all.pictures.size(); ++i) {
      if (all.pictures[i].album == album) own.push_back(i);
    }
    for (std::size_t i = own.size(); i > 1; --i) std::swap(own[i - 1], own[random.below(i)]);
    const auto out = std::max<std::size_t>(2, static_cast<std::size_t>(share * static_cast<double>(own.size())));
    made.held_out.insert(made.held_out.end(), own.begin(), own.begin() + static_cast<std::ptrdiff_t>(out));
    made.learnt.insert(made.learnt.end(), own.begin() + static_cast<std::ptrdiff_t>(out), own.end());
  }
  return made;
}

// Moved, mirrored and in another light: each batch as a whole moved, each picture on its own the rest.
Tensor varied(const Tensor& rows, const Options& options, base::Random& random) {
  const auto shift = [&] {
    return options.shift == 0
               ? 0
               : static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(2 * options.shift + 1)));
  };
  const std::int64_t p = options.shift, side = rows.size(2), down = shift(), right = shift();
  Tensor made = rows;
  if (p > 0) {
    made =
        torch::nn::functional::pad(rows, torch::nn::functional::PadFuncOptions({p, p, p, p}).mode(torch::kReplicate));
    made = made.slice(2, down, down + side).slice(3, right, right + side);
  }
  made = made.clone();
  for (std::int64_t i = 0; i < made.size(0); ++i) {
    Tensor one = made[i];
    if (random.chance(0.5)) one.copy_(one.flip({2}).clone());
    for (std::int64_t c = 0; c < made.size(1); ++c) one[c].mul_(random.uniform(1 - options.light, 1 + options.light));
    one.add_(random.uniform(-options.light, options.light) / 2);
  }
  return made;
}

void fit(Network& network, const Pictures& pictures, const Options& options, const train::PictureJob& job) {
  base::Random random(base::mix64(job.seed) + 1);
  torch::optim::AdamW optimiser(network.parameters(),
                                torch::optim::AdamWOptions(options.learning_rate).weight_decay(options.weight_decay));
  const auto none = static_cast<std::int64_t>(job.pictures.albums.size());
  std::vector<std::int64_t> order(static_cast<std::size_t>(pictures.size()));
  std::iota(order.begin(), order.end(), 0);
  const std::int64_t batches = (pictures.size() + options.batch_size - 1) / options.batch_size;
  network.train();
  for (std::int64_t epoch = 0, step = 0; epoch < options.epochs; ++epoch) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
    double loss_sum = 0;
    for (std::int64_t batch = 0; batch < batches; ++batch, ++step) {
      const auto begin = static_cast<std::size_t>(batch * options.batch_size);
      const auto count = std::min(order.size() - begin, static_cast<std::size_t>(options.batch_size));
      if (count < 2) continue;  // nothing to normalise over
      const Tensor which =
          torch::tensor(std::vector<std::int64_t>(order.begin() + static_cast<std::ptrdiff_t>(begin),
                                                  order.begin() + static_cast<std::ptrdiff_t>(begin + count)));
      const double done = static_cast<double>(step) / static_cast<double>(batches * options.epochs);
      const double length = options.learning_rate *
                            (done < 0.2 ? 0.1 + 4.5 * done : 0.5 + 0.5 * std::cos(3.14159265 * (done - 0.2) / 0.8));
      static_cast<torch::optim::AdamWOptions&>(optimiser.param_groups()[0].options()).lr(length);
      optimiser.zero_grad();
      const Pictures own{pictures.rows.index_select(0, which), pictures.albums.index_select(0, which)};
      const Pictures seen =
          with_foreign({varied(own.rows, options, random), own.albums}, options.foreign, none, random);
      const auto output = network.forward(seen.rows);
      const Tensor loss = torch::nn::functional::cross_entropy(output.logits, seen.albums);
      loss.backward();
      optimiser.step();
      loss_sum += loss.item<double>();
    }
    if (job.on_note)
      job.on_note("epoch " + std::to_string(epoch + 1) + ": loss " +
                  std::to_string(loss_sum / static_cast<double>(batches)));
  }
  network.eval();
}

Network::Output run(Network& network, const Pictures& pictures) {
  constexpr std::int64_t kAtOnce = 64;
  std::vector<Tensor> logits, likeness;
  for (std::int64_t at = 0; at < pictures.size(); at += kAtOnce) {
    const auto output = network.forward(pictures.rows.slice(0, at, at + kAtOnce));
    logits.push_back(output.logits);
    likeness.push_back(output.likeness);
  }
  return {torch::cat(logits), torch::cat(likeness)};
}

// By which logits are divided so that probabilities held out are likeliest.
double temperature_of(const Tensor& logits, const Tensor& albums) {
  double best = 1, least = INFINITY;
  for (double tried = 0.25; tried < 8; tried *= 1.05) {
    const double loss = torch::nn::functional::cross_entropy(logits / tried, albums).item<double>();
    if (loss >= least) continue;
    least = loss;
    best = tried;
  }
  return best;
}

// What `count` pictures of an album say weighs so much, beside what all albums say.
double own_share(std::int64_t count, double trusted) {
  return static_cast<double>(count) / (static_cast<double>(count) + trusted);
}

struct Likeness {
  Tensor centres;    // [albums x width]
  Tensor whitening;  // [albums x width x width], lower triangles: inverses of the covariances' Cholesky factors
};

Tensor covariance_of(const Tensor& differences) {
  return differences.t().matmul(differences) / static_cast<double>(differences.size(0));
}

Tensor whitening_of(const Tensor& covariance, double shrinkage) {
  const Tensor diagonal = covariance.diagonal();
  const Tensor shrunk =
      (1 - shrinkage) * covariance + torch::diag(shrinkage * diagonal + 1e-6 * diagonal.mean().item<double>());
  const Tensor factor = torch::linalg_cholesky(shrunk);
  return torch::linalg_solve_triangular(factor, torch::eye(factor.size(0), torch::kFloat64), false).tril();
}

Likeness likeness_of(const Tensor& rows, const Tensor& albums, std::int64_t count, const Options& options) {
  std::vector<Tensor> centres, differences, whitening;
  for (std::int64_t album = 0; album < count; ++album) {
    const Tensor own = rows.index_select(0, (albums == album).nonzero().flatten()).to(torch::kFloat64);
    centres.push_back(own.mean(0));
    differences.push_back(own - centres.back());
  }
  const Tensor common = covariance_of(torch::cat(differences));
  for (const Tensor& own : differences) {
    const double share = own_share(own.size(0), options.trusted);
    whitening.push_back(whitening_of(share * covariance_of(own) + (1 - share) * common, options.shrinkage));
  }
  return {torch::stack(centres), torch::stack(whitening)};
}

Tensor distances_of(const Tensor& rows, const Likeness& likeness) {
  std::vector<Tensor> distances;
  for (std::int64_t album = 0; album < likeness.centres.size(0); ++album) {
    const Tensor differences = rows.to(torch::kFloat64) - likeness.centres[album];
    distances.push_back(differences.matmul(likeness.whitening[album].t()).norm(2, {1}));
  }
  return torch::stack(distances, 1).amin(1);
}

// The rows of each lower triangle behind one another: [albums x width * (width + 1) / 2].
Tensor triangles_of(const Tensor& squares) {
  const Tensor at = torch::tril_indices(squares.size(1), squares.size(2));
  return squares.flatten(1).index_select(1, at[0] * squares.size(2) + at[1]);
}

double quantile_of(const Tensor& values, double share) {
  const Tensor sorted = std::get<0>(values.sort());
  const auto at = static_cast<std::int64_t>(std::lround(share * static_cast<double>(sorted.size(0) - 1)));
  return sorted[at].item<double>();
}

// Strangeness is a sum of two parts, each measured from its middle in steps to its tenth largest of own pictures:
// those of the album that is answered, so that a narrow album lets no more strangers pass than a wide one.
struct Part {
  Tensor middles, steps;  // [albums]
  Part(const Tensor& held_out, const Tensor& albums, std::int64_t count, double trusted)
      : middles(torch::empty({count}, torch::kFloat64)), steps(torch::empty({count}, torch::kFloat64)) {
    const double common = quantile_of(held_out, 0.5), common_step = quantile_of(held_out, 0.9) - common;
    for (std::int64_t album = 0; album < count; ++album) {
      const Tensor own = held_out.index_select(0, (albums == album).nonzero().flatten());
      const double share = own_share(own.size(0), trusted), middle = quantile_of(own, 0.5);
      const double step = share * (quantile_of(own, 0.9) - middle) + (1 - share) * common_step;
      middles[album] = share * middle + (1 - share) * common;
      steps[album] = std::max(1e-6, step);
    }
  }
};

// How strange pictures are of which the network answers an album.
struct Seen {
  Tensor fallen, distances;  // the largest logit of an album, fallen; the distance
  Tensor answered;           // albums
};

struct Strangeness {
  Tensor weights;  // [albums x 3]: of the largest logit, fallen; of the distance; of neither
  [[nodiscard]] Tensor of(const Seen& seen) const {
    const Tensor own = weights.index_select(0, seen.answered);
    return own.select(1, 0) * seen.fallen + own.select(1, 1) * seen.distances + own.select(1, 2);
  }
};

// Such that `unsure_share` of what is held out is stranger than 1.
Strangeness strangeness_of(const Seen& seen, const Tensor& albums, std::int64_t count, const Options& options) {
  const Part logit(seen.fallen, albums, count, options.trusted);
  const Part distance(seen.distances, albums, count, options.trusted);
  Strangeness made{torch::stack(
      {1 / logit.steps, 1 / distance.steps, -logit.middles / logit.steps - distance.middles / distance.steps}, 1)};
  made.weights /= std::max(1e-3, quantile_of(made.of(seen), 1 - options.unsure_share));
  return made;
}

// Weights with the normalisation folded in, in the serving half's order: channels of a pixel side by side.
Status add_convolutions(Network& network, artifact::SafetensorsWriter& out) {
  for (std::size_t layer = 0; layer < kChannels.size(); ++layer) {
    auto& norm = network.norms[layer];
    const Tensor scale = norm->weight / torch::sqrt(norm->running_var + norm->options.eps());
    const Tensor weight = network.convolutions[layer]->weight * scale.view({-1, 1, 1, 1});
    INKLING_TRY(train::add_tensor(out, layer_name(layer, "weight"),
                                  weight.permute({0, 2, 3, 1}).reshape({weight.size(0), -1}).contiguous()));
    INKLING_TRY(
        train::add_tensor(out, layer_name(layer, "bias"), (norm->bias - norm->running_mean * scale).contiguous()));
  }
  return {};
}

Result<train::LearntSorter> learn(const train::PictureJob& job, const Options& options) {
  torch::manual_seed(job.seed);
  const auto albums = static_cast<std::int64_t>(job.pictures.albums.size());
  const Split parts = split(job.pictures, options.held_out, job.seed);
  const Pictures learnt = take(job.pictures, parts.learnt), held_out = take(job.pictures, parts.held_out);
  Network network(albums + 1);
  fit(network, learnt, options, job);
  const torch::NoGradGuard no_gradient;
  const auto own = run(network, learnt), out = run(network, held_out);
  base::Random random(base::mix64(job.seed) + 2);
  const Pictures judged = with_foreign(held_out, options.foreign, albums, random);
  const double temperature = temperature_of(run(network, judged).logits, judged.albums);
  const Likeness likeness = likeness_of(own.likeness, learnt.albums, albums, options);
  const auto [largest, answered] = (out.logits.slice(1, 0, albums) / temperature).max(1);
  const Seen seen{-largest.to(torch::kFloat64), distances_of(out.likeness, likeness), answered};
  const Strangeness strangeness = strangeness_of(seen, held_out.albums, albums, options);
  train::LearntSorter made;
  INKLING_TRY(add_convolutions(network, made.weights));
  INKLING_TRY(train::add_tensor(made.weights, "albums.weight", (network.last->weight / temperature).contiguous()));
  INKLING_TRY(train::add_tensor(made.weights, "albums.bias", (network.last->bias / temperature).contiguous()));
  INKLING_TRY(train::add_tensor(made.weights, "likeness.centres", likeness.centres.to(torch::kFloat32).contiguous()));
  INKLING_TRY(train::add_tensor(made.weights, "likeness.whitening",
                                triangles_of(likeness.whitening).to(torch::kFloat32).contiguous()));
  INKLING_TRY(train::add_tensor(made.weights, "strangeness", strangeness.weights.to(torch::kFloat32).contiguous()));
  const Tensor right = answered == held_out.albums, strange = strangeness.of(seen);
  made.metrics = {{"held_out.pictures", static_cast<double>(held_out.size())},
                  {"held_out.accuracy", right.to(torch::kFloat64).mean().item<double>()},
                  {"held_out.sure", (strange <= 1).to(torch::kFloat64).mean().item<double>()},
                  {"held_out.strangest", strange.max().item<double>()},
                  {"temperature", temperature}};
  base::Json names = base::Json::array();
  for (const std::string& album : job.pictures.albums) names.push(album);
  made.features = base::Json::object();
  made.features.set("albums", std::move(names)).set("side", static_cast<std::int64_t>(train::kPictureSide));
  return made;
}

class AlbumTraining final : public train::PictureHalf {
 public:
  [[nodiscard]] std::string_view name() const override { return "album_sorter"; }
  [[nodiscard]] Result<train::LearntSorter> train(const train::PictureJob& job) const override {
    INKLING_ASSIGN(const Options options, read_options(job.params));
    if (job.pictures.albums.size() < 2)
      return base::invalid_input("the pictures have fewer than two albums to tell apart.");
    torch::set_num_threads(std::max(1, job.threads));
    try {
      return learn(job, options);
    } catch (const std::exception& error) {
      return base::internal_error(std::string("album_sorter: ") + error.what());
    }
  }
};

}  // namespace

const train::PictureHalf& picture_half() {
  static const AlbumTraining kHalf;
  return kHalf;
}

}  // namespace inkling::models::album_sorter
