// The package that fuzz_edge plays with: one browse and one swipe view, two numbers wide. Made up, the same every
// time.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "artifact/manifest.h"
#include "artifact/safetensors.h"
#include "base/core/byte_writer.h"
#include "base/core/hash.h"
#include "base/core/random.h"
#include "fuzz/property.h"
#include "models/dipn/dipn_device.h"

namespace inkling::fuzz {

inline constexpr std::string_view kEdgeManifest = R"({"format":1,"name":"dipn","version":"v1","created_ms":1,"seed":7,
"fold_version":1,"feature_version":1,"data_from_ms":0,"data_to_ms":9,"metrics":{},"params":{"hidden":2,"embedding_dim":2,
"attention_size":1,"mlp":[2],"intra":true,"intra_scale_by_length":true,"inter":true,"wide":false,"cell":"gru",
"inter_scope":"others","combine":"residual","readout":"last_and_mean",
"targets":[{"name":"purchase_1h","horizon_ms":3600000}]},"features":{"session_gap_ms":1800000,"utc_offset_ms":0,"views":[
{"view":"swipe","window":3,"features":[{"source":"page","encoder":{"kind":"index","size":4}}]},
{"view":"browse","window":3,"features":[{"source":"action","encoder":{"kind":"index","size":22}}]}],"statistics":[]}})";

inline std::string small_package(artifact::DevicePrecision precision) {
  struct Tensor {
    const char* name;
    artifact::Shape shape;
  };
  static const Tensor kTensors[] = {
      {"view.swipe.embed.0", {6, 2}},
      {"view.browse.embed.0", {24, 2}},
      {"view.swipe.rnn.weight_ih", {6, 2}},
      {"view.browse.rnn.weight_ih", {6, 2}},
      {"view.swipe.rnn.weight_hh", {6, 2}},
      {"view.browse.rnn.weight_hh", {6, 2}},
      {"view.swipe.rnn.bias_ih", {6}},
      {"view.browse.rnn.bias_ih", {6}},
      {"view.swipe.rnn.bias_hh", {6}},
      {"view.browse.rnn.bias_hh", {6}},
      {"view.swipe.intra.state", {1, 2}},
      {"view.browse.intra.state", {1, 2}},
      {"view.swipe.intra.last", {1, 2}},
      {"view.browse.intra.last", {1, 2}},
      {"view.swipe.intra.bias", {1}},
      {"view.browse.intra.bias", {1}},
      {"view.swipe.intra.query", {1}},
      {"view.browse.intra.query", {1}},
      {"view.swipe.inter.merged", {2, 2}},
      {"view.browse.inter.merged", {2, 2}},
      {"view.swipe.inter.bias", {2}},
      {"view.browse.inter.bias", {2}},
      {"mlp.0.weight", {2, 8}},
      {"mlp.0.bias", {2}},
      {"mlp.1.weight", {1, 2}},
      {"mlp.1.bias", {1}},
  };
  base::Random random(3);
  artifact::SafetensorsWriter writer;
  for (const Tensor& tensor : kTensors) {
    std::size_t count = 1;
    for (const std::int64_t size : tensor.shape) count *= static_cast<std::size_t>(size);
    std::vector<float> values(count);
    for (float& value : values) value = static_cast<float>(random.normal());
    must(writer.add<float>(tensor.name, tensor.shape, values).ok(), "the small package is written");
  }
  std::string manifest(kEdgeManifest);
  std::erase(manifest, '\n');
  const auto file = *writer.bytes();
  const auto written = models::dipn::write_device_package(*artifact::manifest_from_json(*base::Json::parse(manifest)),
                                                          *artifact::Safetensors::parse(file), precision);
  must(written.ok(), "the small package is for devices");
  return {reinterpret_cast<const char*>(written->data()), written->size()};
}

// The same, cut and with a few bytes changed, as `how` says. `summed`: with a checksum that is right, or nothing
// behind it would ever be read.
inline std::string damaged_package(std::string_view how, bool summed) {
  const auto precision = static_cast<artifact::DevicePrecision>(how.size() % 3);
  std::string package = small_package(precision);
  const std::size_t sum_bytes = summed ? sizeof(std::uint64_t) : 0;
  package.resize(package.size() - sum_bytes);
  for (std::size_t i = 0; i + 2 < how.size(); i += 3) {
    const auto at = [&](std::size_t k) { return static_cast<std::size_t>(static_cast<unsigned char>(how[i + k])); };
    const std::size_t place = (at(0) << 8U | at(1)) % package.size();
    if (at(2) == 0) package.resize(std::max<std::size_t>(place, 1));
    package[place % package.size()] = how[i + 2];
  }
  if (!summed) return package;
  base::ByteWriter sum;
  sum.fixed(base::name_hash(package), sum_bytes);
  package.append(reinterpret_cast<const char*>(sum.written().data()), sum_bytes);
  return package;
}

}  // namespace inkling::fuzz
