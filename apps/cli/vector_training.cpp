#include "apps/cli/vector_training.h"

#ifdef INKLING_HAS_TORCH

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "apps/cli/journal_package.h"
#include "apps/cli/zoo.h"
#include "base/core/clock.h"
#include "base/core/hash.h"
#include "train/vector_half.h"
#include "train/visit_log.h"

namespace inkling::cli {
namespace {

using base::Result;
using domain::ActionKind;

const train::VectorHalf* find_half(const std::string& name) {
  const auto halves = plugins::vector_halves();
  const auto found = std::ranges::find(halves, name, [](const auto* half) { return half->name(); });
  return found == halves.end() ? nullptr : *found;
}

// Looking, marking, carting, calling and buying say that items go together; being told to skip one does not.
bool touches(ActionKind kind) {
  switch (kind) {
    case ActionKind::kView:
    case ActionKind::kClick:
    case ActionKind::kFavourite:
    case ActionKind::kCartAdd:
    case ActionKind::kCall:
    case ActionKind::kChat:
    case ActionKind::kPurchase:
      return true;
    default:
      return false;
  }
}

void add_touches(const domain::Event& event, train::VisitMaker& maker) {
  const auto* action = std::get_if<domain::Action>(&event.body);
  if (action == nullptr || !touches(action->action)) return;
  const bool bought = action->action == ActionKind::kPurchase || action->action == ActionKind::kCartAdd;
  const auto add = [&](const std::string& item) {
    if (!item.empty()) maker.add(base::name_hash(event.shopper), event.ts_ms, {base::name_hash(item), bought});
  };
  for (const domain::OrderLine& line : action->lines) add(line.item);
  if (action->lines.empty()) add(action->item);
}

Result<train::VisitLog> read_visits(const store::Store& store, std::int64_t gap_ms) {
  train::VisitMaker maker(gap_ms);
  INKLING_TRY(store.read_journal(1, [&](const store::JournalEntry& entry) {
    add_touches(entry.event, maker);
    return true;
  }));
  train::VisitLog log = maker.finish();
  if (log.size() > 0) return log;
  return base::not_found("the journal tells of nobody who looked at an item; import some, or run inkling simulate");
}

void say_metrics(const train::LearntVectors& learnt, Console& console) {
  if (!learnt.metrics.contains("test.points")) return;
  const auto metric = [&](const char* name) { return learnt.metrics.at(name); };
  console.say(fmt::format(
      "test: {:.0f} next items of later visits among the 20 nearest to the last one, HR@20 {:.4f}, MRR@20 {:.4f}; "
      "by popularity {:.4f}, {:.4f}",
      metric("test.points"), metric("test.hr20"), metric("test.mrr20"), metric("test.popularity.hr20"),
      metric("test.popularity.mrr20")));
}

}  // namespace

Result<artifact::PackageManifest> train_vectors(DataFolder& folder, const TrainingRequest& request,
                                                Console& console) {
  INKLING_TRY(check_journal_request(request, "set its epochs with --set epochs=30"));
  const models::VectorModel& model = *find_vector_model(request.file.model);
  const train::VectorHalf* half = find_half(request.file.model);
  if (half == nullptr) return base::internal_error("the model " + request.file.model + " has no training half");
  INKLING_ASSIGN(const base::Json params, journal_params(model.name, model.params_yaml, request));
  INKLING_ASSIGN(const auto gap_minutes, base::JsonView(params, "params").integer("visit_gap_minutes"));
  INKLING_ASSIGN(const train::VisitLog visits, read_visits(*folder.store, gap_minutes * base::kMinuteMs));
  console.say(fmt::format("{} visits, {} items touched", visits.size(), visits.touches.size()));
  INKLING_ASSIGN(train::LearntVectors learnt, half->train({visits, params, request.seed}));
  say_metrics(learnt, console);
  console.say(fmt::format("{} items have a vector", learnt.items));
  artifact::PackageManifest manifest = journal_manifest(request, params, folder.clock->now_ms());
  manifest.data_from_ms = visits.starts_ms.front();
  manifest.data_to_ms = visits.starts_ms.back();
  manifest.metrics = learnt.metrics;
  INKLING_TRY(write_journal_package(folder, request.publish, std::move(learnt.weights), manifest, console));
  return manifest;
}

}  // namespace inkling::cli

#else

namespace inkling::cli {

base::Result<artifact::PackageManifest> train_vectors(DataFolder&, const TrainingRequest&, Console&) {
  return no_training_half();
}

}  // namespace inkling::cli

#endif
