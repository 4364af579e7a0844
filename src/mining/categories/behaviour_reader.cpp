#include "mining/categories/behaviour_reader.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "domain/event.h"
#include "text/normal_form.h"
#include "wire/event_json.h"
#include "wire/line_reader.h"

namespace inkling::categories {
namespace {

using domain::ActionKind;

// Names by number, in the order in which they came.
class Numbers {
 public:
  std::uint32_t of(const std::string& name) {
    const auto [place, is_new] = numbers_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
    if (is_new) names_.push_back(name);
    return place->second;
  }
  [[nodiscard]] std::size_t size() const { return names_.size(); }
  std::vector<std::string> take() { return std::move(names_); }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> names_;
};

constexpr std::uint64_t kLinesAReport = 8192;

class Reader {
 public:
  explicit Reader(const std::function<void(std::uint64_t)>& on_progress) : on_progress_(on_progress) {}

  base::Status read(const std::string& path) {
    INKLING_ASSIGN(auto reader, wire::LineReader::open(path));
    for (;;) {
      INKLING_ASSIGN(const bool more, reader.next());
      if (!more) return {};
      if (reader.line().empty()) continue;
      if (++log_.lines % kLinesAReport == 0 && on_progress_) on_progress_(log_.lines);
      const auto status = parser_.parse_into(reader.line(), event_);
      if (!status.ok()) return status.within(path + ":" + std::to_string(reader.line_number()));
      if (const auto* item = std::get_if<domain::Item>(&event_.body)) take_item(*item);
      if (const auto* action = std::get_if<domain::Action>(&event_.body)) take_action(*action);
    }
  }

  BehaviourLog finish() {
    Behaviour& behaviour = log_.behaviour;
    behaviour.categories = categories_.take();
    behaviour.queries = queries_.take();
    for (Step& step : steps_) {
      if (step.kind != StepKind::kSearch) {
        const auto place = post_of_item_.find(step.what);
        if (place == post_of_item_.end()) {
          ++log_.unknown_items;
          continue;
        }
        step.what = place->second;
      }
      behaviour.steps.push_back(step);
    }
    std::ranges::stable_sort(behaviour.steps, {},
                             [](const Step& step) { return std::tuple(step.shopper, step.ts_ms); });
    return std::move(log_);
  }

 private:
  void take_item(const domain::Item& item) {
    if (item.category.empty()) return;
    const std::uint32_t number = items_.of(item.item);
    auto& posts = log_.behaviour.posts;
    const auto [place, is_new] = post_of_item_.try_emplace(number, static_cast<std::uint32_t>(posts.size()));
    if (is_new) posts.emplace_back();
    posts[place->second] = {item.item, categories_.of(item.category.back()), item.title, item.tags};
  }

  void take_action(const domain::Action& action) {
    switch (action.action) {
      case ActionKind::kSearch:
        if (const std::string form = text::normal_form(action.query); !form.empty()) {
          add(StepKind::kSearch, queries_.of(form));
        }
        return;
      case ActionKind::kClick:
      case ActionKind::kView:
        return add_item(StepKind::kClick, action.item);
      case ActionKind::kCall:
      case ActionKind::kChat:
        return add_item(StepKind::kConvert, action.item);
      case ActionKind::kPurchase:
        for (const domain::OrderLine& line : action.lines) add_item(StepKind::kConvert, line.item);
        if (action.lines.empty()) add_item(StepKind::kConvert, action.item);
        return;
      default:
        return;
    }
  }

  void add_item(StepKind kind, const std::string& item) {
    if (!item.empty()) add(kind, items_.of(item));
  }
  void add(StepKind kind, std::uint32_t what) {
    steps_.push_back({shoppers_.of(event_.shopper), event_.ts_ms, kind, what});
  }

  const std::function<void(std::uint64_t)>& on_progress_;
  wire::EventParser parser_;
  domain::Event event_;
  BehaviourLog log_;
  Numbers shoppers_, categories_, queries_, items_;
  std::unordered_map<std::uint32_t, std::uint32_t> post_of_item_;
  std::vector<Step> steps_;  // of items, not of posts
};

}  // namespace

base::Result<BehaviourLog> read_behaviour(const std::vector<std::string>& files,
                                          const std::function<void(std::uint64_t)>& on_progress) {
  Reader reader(on_progress);
  for (const std::string& file : files) INKLING_TRY(reader.read(file));
  return reader.finish();
}

}  // namespace inkling::categories
