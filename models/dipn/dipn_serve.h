// The serving half of DIPN: a package's weights as nn layers, run for one shopper at a time.
//
// Per shopper it keeps a Memory: each view's recurrent state, carried from the session's start, and the last `window`
// hidden states (models.md A.3 step 5: exactly what training computes). A new record costs one recurrent step of its
// view, several at once share the product with their inputs; score() runs attention and MLP over the kept states.
// Thread safety and cost: see feature::Scorer. Memory size: (window + 1) x H floats a view (LSTM: + 2), and room
// to project kCatchUpRecords records; of a hot shopper (set_streaming) also what dipn_stream.h says. Wasm-clean.
// In reduced precision (math/precision.h) the products with inputs and in attention and the GRU's recurrence have
// 16-bit factors; MLP, wide part, curves and an LSTM's recurrence stay float. A memory serves only the scorer that
// made it. Source: models.md A.3; deviations: none beyond its [P] switches.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "artifact/device_package.h"
#include "feature/blueprint.h"
#include "feature/scorer.h"
#include "math/kernels.h"
#include "math/precision.h"
#include "models/dipn/dipn_architecture.h"
#include "models/model.h"
#include "nn/dense.h"
#include "nn/embedding.h"
#include "nn/input_projection.h"
#include "nn/inter_attention.h"
#include "nn/intra_attention.h"
#include "nn/recurrent_cell.h"

namespace inkling::models::dipn {

class DipnScorer final : public feature::Scorer {
 public:
  [[nodiscard]] static base::Result<std::shared_ptr<const DipnScorer>> make(
      const artifact::PackageManifest& manifest, const artifact::Safetensors& weights,
      std::shared_ptr<const void> owner, math::Precision precision = math::Precision::kFloat,
      const math::Kernels& kernels = math::simd_kernels());

  // For device packages (dipn_device.h): blueprint, architecture and info of a package, and no layers yet; such a
  // scorer with its weights, once; and the whole one, behind the head and the model's name.
  [[nodiscard]] static base::Result<std::shared_ptr<DipnScorer>> without_layers(
      const artifact::PackageManifest& manifest, math::Precision precision, const math::Kernels& kernels);
  [[nodiscard]] base::Status write_device(const artifact::Safetensors& weights, artifact::DeviceWriter& writer);
  [[nodiscard]] static base::Status read_device(artifact::DeviceReader& reader,
                                                std::shared_ptr<const DipnScorer>& out);

  [[nodiscard]] const feature::ScorerInfo& info() const override { return info_; }
  [[nodiscard]] const feature::Blueprint& blueprint() const { return blueprint_; }
  [[nodiscard]] std::unique_ptr<feature::ScorerMemory> new_memory() const override;
  [[nodiscard]] std::unique_ptr<feature::ScorerWorkspace> new_workspace() const override;
  [[nodiscard]] bool catch_up(const state::ShopperState& state, feature::ScorerMemory& memory) const override;
  void set_streaming(feature::ScorerMemory& memory, bool streaming) const override;  // dipn_stream.h
  void score(const state::ShopperState& state, const feature::ScorerMemory& memory, std::int64_t now_ms,
             feature::ScorerWorkspace& workspace, std::span<float> probs) const override;
  [[nodiscard]] base::Status score_statistics(std::span<const float> numbers, std::span<const std::uint32_t> ids,
                                              feature::ScorerWorkspace& workspace,
                                              std::span<float> probs) const override;
  // Weights inside views without the factor T, and rows of A between views; nothing without attention.
  [[nodiscard]] std::vector<feature::ViewAttention> explain(const state::ShopperState& state,
                                                            const feature::ScorerMemory& memory, std::int64_t now_ms,
                                                            feature::ScorerWorkspace& workspace) const override;

  // The same from encoded features, without a state: used to score samples and to compare with the training half.
  // advance takes any number of records of a view, [records x features], oldest first.
  void restart(feature::ScorerMemory& memory) const;  // as a new memory, without allocating
  void advance(std::size_t view_index, std::span<const std::uint32_t> ids, feature::ScorerMemory& memory,
               feature::ScorerWorkspace& workspace) const;
  void score_encoded(const feature::ScorerMemory& memory, bool session_live, std::span<const float> numbers,
                     std::span<const std::uint32_t> ids, feature::ScorerWorkspace& workspace,
                     std::span<float> logits) const;

 private:
  // Records that are projected by one product: what one call brings at once, and the few that a memory, of which
  // there is one a shopper, has room for when it catches up.
  static constexpr std::size_t kBlockRecords = 128;
  static constexpr std::size_t kCatchUpRecords = 8;

  struct ViewLayers {
    std::unique_ptr<nn::InputProjection> input;
    std::unique_ptr<nn::RecurrentCell> cell;
    std::unique_ptr<nn::IntraAttention> intra;
    std::unique_ptr<nn::InterAttention> inter;
    std::size_t window = 0;
  };
  struct BlockBuffers;
  struct StreamPlan;
  struct Stream;
  struct StreamBuffers;
  class Memory;
  class Workspace;
  class Reader;
  friend class DipnBatch;
  friend class DipnLoader;

  DipnScorer(math::Precision precision, const math::Kernels& kernels)
      : reduced_(math::reduced_paths(precision, kernels)), kernels_(&kernels) {}
  [[nodiscard]] math::ProductPath product_path() const {
    return reduced_ ? reduced_->product : math::ProductPath::kScalar;  // the latter needs no tiles
  }
  [[nodiscard]] BlockBuffers block_buffers(std::size_t records) const;
  void run_block(std::size_t view_index, std::span<const std::uint32_t> ids, Memory& memory,
                 BlockBuffers& buffers) const;
  // The full form (dipn_full.cpp). Workspace::rows says how many rows of each view count.
  void size_full(Workspace& workspace) const;
  void pool_full(const Memory& memory, Workspace& workspace) const;
  void explain_full(const Memory& memory, std::size_t view_index, Workspace& workspace,
                    feature::ViewAttention& attention) const;
  void attend_rows(const Memory& memory, std::size_t view_index, std::size_t rows, Workspace& workspace) const;
  void gather_rows(const Memory& memory, Workspace& workspace) const;
  [[nodiscard]] nn::InterAttentionInput inter_input(std::size_t view_index, const Workspace& workspace) const;
  void read_out(std::size_t view_index, Workspace& workspace, std::span<float> out) const;
  void read_context(std::size_t view_index, const nn::InterAttentionInput& input, Workspace& workspace,
                    std::span<float> out) const;
  [[nodiscard]] std::vector<std::size_t> partners_of(std::size_t view_index) const;
  // The streamed form (dipn_stream.cpp), and why there is none.
  [[nodiscard]] base::Status check_streams() const;
  void explain_stream(const Memory& memory, std::size_t view_index, const Workspace& workspace,
                      feature::ViewAttention& attention) const;
  [[nodiscard]] StreamPlan stream_plan() const;
  std::size_t cut_stream(float* floats, Stream& stream) const;
  [[nodiscard]] std::unique_ptr<Stream> new_stream() const;
  [[nodiscard]] StreamBuffers stream_buffers() const;
  void await_stream(std::size_t view_index, const Memory& memory) const;
  void stream_rows(std::size_t view_index, std::size_t slot, std::size_t steps, Memory& memory) const;
  void stream_row(std::size_t view_index, std::size_t slot, Memory& memory) const;
  void stream_column(std::size_t viewer, std::size_t view_index, std::size_t slot, Memory& memory) const;
  void weigh_stream(Memory& memory) const;
  void weigh_columns(std::span<const float> weights, std::span<const float> kept_terms, std::span<float> factors,
                     std::span<float> terms) const;
  [[nodiscard]] bool stream_scores(const Memory& memory, std::size_t view_index, Workspace& workspace) const;
  void pool_stream(const Memory& memory, Workspace& workspace) const;
  void pool_partners(const Memory& memory, std::size_t view_index, std::size_t last_slot, Workspace& workspace) const;
  void stream_context(Memory& memory, std::size_t view_index, std::size_t partner) const;
  void multiply_stream(const Memory& memory, Workspace& workspace) const;
  [[nodiscard]] bool sees(std::size_t view_index, std::size_t partner, std::span<const std::size_t> rows) const;
  bool share_stream(const Memory& memory, std::size_t view_index, std::size_t partner,
                    std::span<const std::size_t> rows, std::span<float> shares) const;
  void add_statistics(std::span<const float> numbers, std::span<const std::uint32_t> ids, std::span<float> out) const;

  std::shared_ptr<const void> owner_;
  feature::ScorerInfo info_;
  feature::Blueprint blueprint_;
  Architecture architecture_;
  math::Reducible<math::ReducedPaths> reduced_;  // nothing: float
  const math::Kernels* kernels_;
  std::vector<ViewLayers> views_;
  std::vector<nn::Embedding> statistic_embeddings_;
  std::unique_ptr<nn::Mlp> mlp_;
  std::unique_ptr<nn::Dense> wide_;
  std::shared_ptr<const StreamPlan> stream_plan_;  // none: nothing is streamed
};

// The registry's entry (models/model.h).
[[nodiscard]] const ServingModel& serving_half();

}  // namespace inkling::models::dipn
