#include "server/warm_up.h"

#include <algorithm>
#include <utility>

#include "base/core/json.h"
#include "base/files.h"
#include "base/progress.h"
#include "scene/answer_json.h"
#include "scene/runner.h"
#include "server/application.h"
#include "server/shopper_knowledge.h"

namespace inkling::server {
namespace {

constexpr std::int64_t kSayEveryUs = 1'000'000;
constexpr std::int64_t kMicrosPerMs = 1000;

base::Result<RecordedRequest> read_line(std::string_view line) {
  INKLING_ASSIGN(const base::Json json, base::Json::parse(line));
  const base::JsonView view(json);
  INKLING_TRY(view.only_keys({"scene", "request"}));
  RecordedRequest recorded;
  INKLING_ASSIGN(recorded.scene, view.text("scene"));
  INKLING_ASSIGN(const base::JsonView request, view.member("request"));
  INKLING_ASSIGN(recorded.request, scene::request_from_json(request.json().to_text()));
  recorded.request.hint.reset();  // offers that rest on devices are few, and not for this
  return recorded;
}

class Replay {
 public:
  Replay(Application& application, std::size_t total, std::int64_t limit_ms)
      : application_(application),
        workspaces_(application.live.scorers(), application.live.rankers()),
        total_(total),
        start_us_(application.steady_time.now_us()),
        due_us_(start_us_ + limit_ms * kMicrosPerMs) {}

  // False: the time is over.
  bool answer(const RecordedRequest& recorded) {
    const std::int64_t now_us = application_.steady_time.now_us();
    if (now_us >= due_us_) return report_.in_time = false;
    ++(run(recorded) ? report_.answered : report_.passed_over);
    if (now_us - said_us_ >= kSayEveryUs) say(now_us);
    return true;
  }

  [[nodiscard]] const WarmUpReport& report() const { return report_; }

 private:
  bool run(const RecordedRequest& recorded) {
    const auto& scenes = application_.services.scenes;
    const auto plan = std::ranges::find(scenes, recorded.scene, &scene::Plan::name);
    if (plan == scenes.end()) return false;
    const auto lease = application_.live.bring(recorded.request.shopper);
    if (!lease.ok()) return false;
    ShopperKnowledge knowledge(application_.live.scorers(), *lease, workspaces_, application_.world.snapshot());
    const scene::Draft draft = scene::draft(*plan, recorded.request, knowledge,
                                            {.request_id = application_.request_ids.next(),
                                             .now_ms = application_.services.clock.now_ms(),
                                             .time = application_.steady_time,
                                             .cache = &application_.answers});
    return !scene::answer_to_json(draft.answer).empty();
  }

  void say(std::int64_t now_us) {
    said_us_ = now_us;
    const std::size_t done = report_.answered + report_.passed_over;
    const std::string text =
        "warming up: " + base::progress_text(done, total_, (now_us - start_us_) / kMicrosPerMs, "requests");
    application_.readiness.set_not_ready(text);
    if (application_.services.log) application_.services.log(text);
  }

  Application& application_;
  ScorerWorkspaces workspaces_;
  const std::size_t total_;
  const std::int64_t start_us_;
  const std::int64_t due_us_;
  std::int64_t said_us_ = 0;
  WarmUpReport report_;
};

}  // namespace

base::Result<std::vector<RecordedRequest>> read_recorded(const std::string& path) {
  INKLING_ASSIGN(const std::string text, base::read_file(path, kMaxRecorded * (kMaxRecordedBytes + 100)));
  std::vector<RecordedRequest> requests;
  int number = 1;
  for (std::size_t begin = 0; begin < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    begin = end + 1;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    auto recorded = read_line(line);
    if (!recorded.ok()) {
      return base::invalid_input(path + ":" + std::to_string(number) + ": " + recorded.status().message());
    }
    if (requests.size() == kMaxRecorded) {
      return base::invalid_input(path + ":" + std::to_string(number) + ": more than " + std::to_string(kMaxRecorded) +
                                 " requests; keep the newest of them");
    }
    requests.push_back(*std::move(recorded));
  }
  return requests;
}

void RequestRecorder::note(std::string_view scene, std::string_view body) {
  if (newest_ == 0 || body.size() > kMaxRecordedBytes) return;
  std::string line = "{\"scene\":\"" + std::string(scene) + "\",\"request\":" + std::string(body) + "}";
  // Between the tokens of a JSON text only: a line break within a text is written as two letters.
  std::ranges::replace_if(
      line, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  const std::lock_guard lock(mutex_);
  if (lines_.size() < newest_) {
    lines_.push_back(std::move(line));
  } else {
    lines_[next_] = std::move(line);
    next_ = (next_ + 1) % newest_;
  }
}

base::Status RequestRecorder::write() const {
  std::string text;
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < lines_.size(); ++i) text += lines_[(next_ + i) % lines_.size()] + "\n";
  return base::write_file_atomic(path_, text);
}

WarmUpReport warm_up(Application& application, std::span<const RecordedRequest> requests, std::int64_t limit_ms,
                     const std::function<bool()>& stopped) {
  Replay replay(application, requests.size(), limit_ms);
  for (const RecordedRequest& recorded : requests) {
    if (stopped() || !replay.answer(recorded)) break;
  }
  return replay.report();
}

}  // namespace inkling::server
