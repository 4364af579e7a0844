#include "bench/caam_speed/fixture.h"

#include <cmath>
#include <map>
#include <string>

#include "base/core/random.h"
#include "base/files.h"

namespace inkling::bench {
namespace {

using artifact::Safetensors;
using artifact::Shape;
using base::Random;
using base::Result;
using base::Status;

constexpr std::uint64_t kSeed = 20261122;
constexpr double kLogitDeviation = 1.0;

struct Part {
  const char* name;
  std::size_t rows, columns;
  std::span<const float> Request::*field;
};
constexpr std::array kParts = {Part{"steps", kSteps, kWidth, &Request::steps},
                               Part{"triggers", kTriggers, kWidth, &Request::triggers},
                               Part{"unticked", 1, kWidth, &Request::unticked},
                               Part{"dense", 1, kRequestDense, &Request::dense},
                               Part{"candidates", kCandidates, kWidth, &Request::candidates},
                               Part{"candidate_dense", kCandidates, kCandidateDense, &Request::candidate_dense}};

std::int64_t side(std::size_t size) {
  return static_cast<std::int64_t>(size);
}

// Tensors by name, drawn so that every layer keeps the size of its inputs.
class Tensors {
 public:
  void draw(const std::string& name, Shape shape, double scale) {
    std::size_t count = 1;
    for (const std::int64_t each : shape) count *= static_cast<std::size_t>(each);
    std::vector<float> values(count);
    for (float& value : values) value = static_cast<float>(scale * random_.normal());
    tensors_[name] = {std::move(shape), std::move(values)};
  }
  void draw_layer(const std::string& name, std::size_t out, std::size_t in) {
    draw(name + ".weight", {side(out), side(in)}, 1.4 / std::sqrt(static_cast<double>(in)));
    draw(name + ".bias", {side(out)}, 0.2);
  }
  void multiply(const std::string& name, double factor) {
    for (float& value : tensors_.at(name).values) value = static_cast<float>(factor * static_cast<double>(value));
  }
  [[nodiscard]] Result<std::vector<std::byte>> bytes() const {
    artifact::SafetensorsWriter writer;
    for (const auto& [name, tensor] : tensors_) {
      INKLING_TRY(writer.add(name, tensor.shape, std::span<const float>(tensor.values)));
    }
    return writer.bytes();
  }

 private:
  struct Tensor {
    Shape shape;
    std::vector<float> values;
  };
  Random random_{kSeed};
  std::map<std::string, Tensor> tensors_;
};

Tensors drawn_weights() {
  Tensors weights;
  const auto [h1, h2] = kAttentionHidden;
  weights.draw_layer("attention.0", h1, 4 * kWidth);
  weights.draw_layer("attention.1", h2, h1);
  weights.draw_layer("attention.2", 1, h2);
  weights.draw("trigger.query", {side(kWidth), side(kWidth)}, 0.3);
  weights.draw("trigger.key", {side(kWidth), side(kWidth)}, 0.3);
  weights.draw("trigger.heads", {side(kHeads)}, 0.5);
  weights.draw("gate.scale", {2}, 1);
  weights.draw("gate.context", {side(kRequestDense)}, 0.2);
  weights.draw("gate.bias", {1}, 0.2);
  std::size_t in = kTopIn;
  for (std::size_t i = 0; i <= kTopHidden.size(); ++i) {
    const std::size_t out = i < kTopHidden.size() ? kTopHidden[i] : 1;
    weights.draw_layer("top." + std::to_string(i), out, in);
    in = out;
  }
  return weights;
}

Status write(const std::filesystem::path& file, std::span<const std::byte> bytes) {
  return base::write_file_atomic(file.string(), {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

Result<double> deviation(std::span<const std::byte> weight_bytes, const std::vector<Request>& requests) {
  INKLING_ASSIGN(const auto weights, Safetensors::parse(weight_bytes));
  INKLING_ASSIGN(auto network, Network::make(weights, math::Precision::kFloat, math::scalar_kernels()));
  double sum = 0, squares = 0;
  for (const Request& request : requests) {
    std::vector<float> logits(nn::lane_rows_size(1, kCandidates));
    network.run(request, logits);
    for (std::size_t n = 0; n < kCandidates; ++n) {
      const auto logit = static_cast<double>(logits[n]);
      sum += logit;
      squares += logit * logit;
    }
  }
  const auto count = static_cast<double>(requests.size() * kCandidates);
  return std::sqrt(squares / count - sum / count * (sum / count));
}

}  // namespace

Result<std::vector<Request>> requests_of(const Safetensors& tensors) {
  std::vector<Request> requests(kRequests);
  for (const Part& part : kParts) {
    const std::size_t size = part.rows * part.columns;
    INKLING_ASSIGN(const auto values,
                   tensors.floats(part.name, {side(kRequests), side(part.rows), side(part.columns)}));
    for (std::size_t i = 0; i < kRequests; ++i) requests[i].*part.field = values.subspan(i * size, size);
  }
  return requests;
}

Status make_fixture(const std::filesystem::path& folder) {
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  Tensors weights = drawn_weights(), inputs;
  for (const Part& part : kParts) inputs.draw(part.name, {side(kRequests), side(part.rows), side(part.columns)}, 0.7);
  INKLING_ASSIGN(const auto input_bytes, inputs.bytes());
  INKLING_ASSIGN(const auto tensors, Safetensors::parse(input_bytes));
  INKLING_ASSIGN(const auto requests, requests_of(tensors));
  INKLING_ASSIGN(const auto unscaled, weights.bytes());
  INKLING_ASSIGN(const double found, deviation(unscaled, requests));
  const std::string last = "top." + std::to_string(kTopHidden.size());
  for (const char* what : {".weight", ".bias"}) weights.multiply(last + what, kLogitDeviation / found);
  INKLING_ASSIGN(const auto weight_bytes, weights.bytes());
  INKLING_TRY(write(folder / "weights.safetensors", weight_bytes));
  return write(folder / "requests.safetensors", input_bytes);
}

Result<Fixture> Fixture::load(const std::filesystem::path& folder) {
  INKLING_ASSIGN(auto weights_file, artifact::MappedFile::open(folder / "weights.safetensors"));
  INKLING_ASSIGN(auto requests_file, artifact::MappedFile::open(folder / "requests.safetensors"));
  Fixture fixture(std::move(weights_file), std::move(requests_file));
  INKLING_ASSIGN(fixture.weights_, Safetensors::parse(fixture.weights_file_.bytes()));
  INKLING_ASSIGN(const auto requests, Safetensors::parse(fixture.requests_file_.bytes()));
  INKLING_ASSIGN(fixture.requests_, requests_of(requests));
  return fixture;
}

}  // namespace inkling::bench
