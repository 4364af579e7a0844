// Swipes of the Balabit sessions as a table, for bench/figures/balabit-gestures: one row a swipe, the fourteen fields
// as a model's swipe view reads them: extracted by src/gesture, folded by src/state, read by src/feature. Arguments:
// unpacked CSV. Prints CSV: user, session, the fields (empty: missing). A session is a shopper of its own.
#include <cstdio>
#include <memory>
#include <string>

#include "bench/gestures/balabit.h"
#include "feature/source.h"
#include "feature/source_names.h"
#include "gesture/extractor.h"
#include "state/shopper_state.h"

namespace inkling::bench {
namespace {

using base::Status;

// Folds every gesture as it comes and prints the record that it leaves.
class Table final : public gesture::Sink {
 public:
  Table(const PointerSession& session, std::vector<const feature::RecordSource<state::SwipeRecord>*> sources)
      : session_(session), sources_(std::move(sources)) {}

  void swipe(const domain::Swipe& swipe, domain::Pointer pointer) override {
    fold({.swipes = {swipe}, .taps = {}, .pointer = pointer});
    const state::SwipeRecord& record = state_->swipes.newest();
    std::printf("%s,%s", session_.user.c_str(), session_.name.c_str());
    for (const auto* source : sources_) {
      const feature::Value value = source->value(record, feature::LocalTime{});
      if (value.missing) {
        std::printf(",");
      } else {
        std::printf(",%.0f", value.number);
      }
    }
    std::printf("\n");
  }
  void tap(const domain::Tap& tap, domain::Pointer pointer) override {
    fold({.swipes = {}, .taps = {tap}, .pointer = pointer});
  }

 private:
  void fold(domain::Gestures gestures) { state::apply(*state_, {"", 0, session_.name, "", std::move(gestures), ""}); }

  const PointerSession& session_;
  std::vector<const feature::RecordSource<state::SwipeRecord>*> sources_;
  std::unique_ptr<state::ShopperState> state_ = std::make_unique<state::ShopperState>();
};

Status print_table(const std::string& path) {
  INKLING_ASSIGN(const auto sessions, read_balabit(path));
  std::vector<const feature::RecordSource<state::SwipeRecord>*> sources;
  std::printf("user,session");
  for (const std::string& name : feature::view_source_names(feature::View::kSwipe)) {
    INKLING_ASSIGN(const auto* source, feature::swipe_source(name));
    sources.push_back(source);
    std::printf(",%s", name.c_str());
  }
  std::printf("\n");
  for (const PointerSession& session : sessions) {
    Table table(session, sources);
    gesture::Extractor extractor(session.screen);
    for (const gesture::Sample& sample : session.samples) extractor.push(sample, table);
    extractor.finish(table);
  }
  return {};
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "gesture_table: expected one argument, an unpacked CSV\n");
    return 2;
  }
  const auto status = inkling::bench::print_table(argv[1]);
  if (!status.ok()) std::fprintf(stderr, "gesture_table: %s\n", status.message().c_str());
  return status.ok() ? 0 : 1;
}
