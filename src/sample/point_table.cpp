#include "sample/point_table.h"

#include <utility>

#include "base/core/number_text.h"
#include "base/files.h"
#include "feature/blueprint.h"

namespace inkling::sample {
namespace {

using base::Status;

constexpr std::string_view kPartNames[] = {"train", "validation", "test"};

class TableVisitor final : public ReplayVisitor {
 public:
  TableVisitor(const feature::Blueprint& blueprint, const SamplePlan& plan, std::string& out)
      : blueprint_(blueprint), plan_(plan), out_(out), values_(blueprint.spec().statistics.size()) {}

  Status begin_shopper(std::string_view shopper) override {
    shopper_cell_ = csv_cell(shopper);
    return {};
  }
  Status folded(const state::ShopperState&) override { return {}; }
  Status point(const state::ShopperState& state, const DecisionPoint& point) override {
    if (point.part == Part::kUnused) return {};
    out_ += shopper_cell_ + "," + std::to_string(point.ts_ms) + ",";
    out_ += kPartNames[static_cast<std::size_t>(point.part)];
    for (std::size_t k = 0; k < plan_.targets.size(); ++k) out_ += point.labels[k] ? ",1" : ",0";
    blueprint_.read_statistics(state, point.ts_ms, values_);
    for (const feature::Value& value : values_) {
      out_ += ',';
      if (!value.missing) out_ += base::number_text(value.number);
    }
    out_ += '\n';
    ++rows_;
    return {};
  }
  [[nodiscard]] std::uint64_t rows() const { return rows_; }

 private:
  const feature::Blueprint& blueprint_;
  const SamplePlan& plan_;
  std::string& out_;
  std::string shopper_cell_;
  std::vector<feature::Value> values_;
  std::uint64_t rows_ = 0;
};

std::string header(const SamplePlan& plan, const std::vector<std::string>& statistics) {
  std::string line = "shopper,ts_ms,part";
  for (const auto& target : plan.targets) line += "," + target.name;
  for (const std::string& name : statistics) line += "," + name;
  return line + "\n";
}

}  // namespace

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string cell = "\"";
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c;
  }
  return cell + "\"";
}

base::Result<std::uint64_t> write_point_table(const store::Store& store, const SamplePlan& plan,
                                              const feature::BlueprintSpec& times, const LogSpan& span,
                                              const std::vector<std::string>& statistics,
                                              const std::filesystem::path& path, const store::Progress& progress) {
  feature::BlueprintSpec spec;
  spec.session_gap_ms = times.session_gap_ms;
  spec.utc_offset_ms = times.utc_offset_ms;
  for (const std::string& name : statistics) spec.statistics.push_back({name, feature::Encoder{}});
  INKLING_ASSIGN(const feature::Blueprint blueprint, feature::Blueprint::make(std::move(spec)));
  std::string table = header(plan, statistics);
  TableVisitor visitor(blueprint, plan, table);
  INKLING_TRY(replay(store, plan, times.utc_offset_ms, span, visitor, progress));
  INKLING_TRY(base::write_file_atomic(path.string(), table));
  return visitor.rows();
}

}  // namespace inkling::sample
