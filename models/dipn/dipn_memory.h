// What DIPN keeps of one shopper between events, and the buffers one scoring thread works in. Internal to
// models/dipn.
#pragma once

#include <algorithm>
#include <memory>
#include <span>
#include <vector>

#include "feature/record_reader.h"
#include "models/dipn/dipn_serve.h"
#include "models/dipn/dipn_stream.h"

namespace inkling::models::dipn {

// Where a block of records is projected.
struct DipnScorer::BlockBuffers {
  std::vector<float> projected, gathered, recurrent;
  std::vector<math::HalfLine> lines;

  [[nodiscard]] std::size_t bytes() const {
    return (projected.size() + gathered.size() + recurrent.size()) * sizeof(float) +
           lines.size() * sizeof(math::HalfLine);
  }
};

// Per view: the recurrent state carried from the session's start and a ring of the last `window` hidden states.
class DipnScorer::Memory final : public feature::ScorerMemory {
 public:
  struct ViewMemory {
    std::vector<float> state;  // state_size
    std::span<float> hidden;   // ring [window x H], inside `rings`
    std::size_t window = 0;
    std::uint64_t steps = 0;  // since the session began
    [[nodiscard]] std::size_t rows() const { return std::min<std::size_t>(steps, window); }
  };

  [[nodiscard]] std::size_t memory_bytes() const override {
    std::size_t bytes = sizeof(*this);
    for (const ViewMemory& view : views)
      bytes += (view.state.size() + view.hidden.size()) * sizeof(float) + sizeof(view);
    return bytes + block.bytes() + (stream ? stream->bytes() : 0);
  }
  void begin_session() {
    for (ViewMemory& view : views) {
      std::fill(view.state.begin(), view.state.end(), 0.0F);
      view.steps = 0;
    }
  }

  std::shared_ptr<float[]> rings;  // of all views, one after the other
  std::vector<ViewMemory> views;
  std::unique_ptr<Stream> stream;  // of a hot shopper
  feature::RecordCursor cursor;
  BlockBuffers block;  // for kCatchUpRecords
};

class DipnScorer::Workspace final : public feature::ScorerWorkspace {
 public:
  BlockBuffers block;                   // for kBlockRecords
  std::vector<float> attended;          // h' of v0 v1 v2 and v0 once more: whom a view looks at is contiguous
  std::vector<float> attended_columns;  // the same turned on its side, [H x column_stride]
  std::size_t column_stride = 0;
  std::vector<std::size_t> first_row;  // of each view in `attended`
  std::vector<std::size_t> rows;       // of each view
  std::size_t total_rows = 0;
  std::vector<float> alpha, context, scratch;
  std::vector<math::HalfLine> lines;
  StreamBuffers stream;
  std::vector<float> mlp_input, mlp_scratch, wide;
  std::vector<float> numbers;
  std::vector<std::uint32_t> ids;
  std::vector<float> logits;
};

}  // namespace inkling::models::dipn
