#include "scene/answer_json.h"

#include <cmath>

#include "base/core/number_text.h"
#include "wire/json_text.h"

namespace inkling::scene {
namespace {

constexpr std::size_t kItemBytes = 200;  // of a usual item; a guess too low costs a copy
constexpr std::size_t kOtherBytes = 1500;

// Writes straight into the text: an answer has some hundred values, and a tree of them would cost more than all the
// rest of a fallback.
class Writer {
 public:
  explicit Writer(std::size_t bytes) { out_.reserve(bytes); }

  Writer& open(char bracket) {
    separate();
    out_ += bracket;
    return *this;
  }
  Writer& close(char bracket) {
    out_ += bracket;
    return *this;
  }
  Writer& key(std::string_view name) {
    separate();
    wire::append_json_string(name, out_);
    out_ += ':';
    return *this;
  }
  Writer& raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
  }
  Writer& text(std::string_view text) {
    separate();
    wire::append_json_string(text, out_);
    return *this;
  }
  Writer& text_or_null(std::string_view text_) { return text_.empty() ? raw("null") : text(text_); }
  Writer& integer(std::int64_t value) {
    separate();
    wire::append_integer(value, out_);
    return *this;
  }
  // What is no number is null.
  Writer& number(double value) { return raw(std::isfinite(value) ? base::number_text(value) : "null"); }
  // As people mean it.
  Writer& number(float value) { return number(base::tidy_double(value)); }
  Writer& boolean(bool value) { return raw(value ? "true" : "false"); }
  Writer& cents_or_null(std::int64_t cents) { return cents == domain::kMissing ? raw("null") : integer(cents); }

  [[nodiscard]] std::string take() && { return std::move(out_); }

 private:
  // No text ends in any of these: it ends in a quote.
  void separate() {
    if (out_.empty()) return;
    const char last = out_.back();
    if (last != '{' && last != '[' && last != ':') out_ += ',';
  }

  std::string out_;
};

template <typename Values, typename Write>
void write_list(Writer& out, const Values& values, Write write) {
  out.open('[');
  for (const auto& value : values) write(value);
  out.close(']');
}

void write_texts(Writer& out, const std::vector<std::string>& texts) {
  write_list(out, texts, [&](const std::string& text) { out.text(text); });
}

void write_attributes(Writer& out, const std::vector<domain::Attribute>& pairs) {
  out.open('{');
  for (const auto& [name, value] : pairs) out.key(name).text(value);
  out.close('}');
}

void write_item(Writer& out, const AnswerItem& item) {
  out.open('{').key("item").text(item.item).key("score").number(item.score).key("recalls");
  write_list(out, item.recalls, [&](const domain::RecallScore& mark) {
    out.open('{').key("recall").text(mark.recall).key("score").number(mark.score).close('}');
  });
  out.key("reasons");
  write_texts(out, item.reasons);
  out.key("display");
  write_attributes(out, item.display);
  if (!item.with.empty()) out.key("with").text(item.with);
  out.close('}');
}

void write_decision(Writer& out, const std::optional<Decision>& decision) {
  if (!decision) {
    out.raw("null");
    return;
  }
  out.open('{').key("offer").boolean(decision->offer).key("what").text_or_null(decision->what);
  out.key("target").text_or_null(decision->target).key("probability");
  decision->probability ? out.number(*decision->probability) : out.raw("null");
  out.key("band");
  if (decision->band) {
    out.open('{')
        .key("low")
        .number(decision->band->low_prob)
        .key("high")
        .number(decision->band->high_prob)
        .close('}');
  } else {
    out.raw("null");
  }
  out.key("reason").text(decision->reason).key("score_from").text_or_null(decision->score_from);
  if (!decision->hint.empty()) out.key("hint").text(decision->hint);
  out.close('}');
}

void write_degraded(Writer& out, const std::optional<Degraded>& degraded) {
  if (!degraded) {
    out.raw("null");
    return;
  }
  out.open('{').key("cause").text(kDegradedCauseNames[static_cast<std::size_t>(degraded->cause)]);
  out.key("stage").text(degraded->stage).key("detail").text(degraded->detail);
  out.key("fallback").text_or_null(degraded->fallback).close('}');
}

void write_check(Writer& out, const LiveCheck& check) {
  out.open('{').key("source").text(check.source).key("snapshot").text(check.snapshot).key("dropped");
  write_list(out, check.dropped, [&](const DroppedItem& item) {
    out.open('{').key("item").text(item.item).key("reason").text(item.reason).close('}');
  });
  out.key("repriced");
  write_list(out, check.repriced, [&](const RepricedItem& item) {
    out.open('{').key("item").text(item.item).key("from_cents").cents_or_null(item.from_cents);
    out.key("to_cents").cents_or_null(item.to_cents).close('}');
  });
  out.key("offer_gone").text_or_null(check.offer_gone).close('}');
}

void write_trace(Writer& out, const std::vector<TraceLine>& lines) {
  write_list(out, lines, [&](const TraceLine& line) {
    out.open('{').key("stage").text(line.stage).key("outcome").text(line.outcome).key("notes");
    write_texts(out, line.notes);
    out.key("duration_us").integer(line.duration_us).close('}');
  });
}

void write_how(Writer& out, const Answer& answer) {
  out.key("models").open('{');
  for (const ModelVersion& model : answer.models) out.key(model.model).text(model.version);
  out.close('}').key("arms");
  write_attributes(out, answer.arms);
  out.key("timings");
  write_list(out, answer.timings, [&](const StageTiming& timing) {
    out.open('{').key("stage").text(timing.stage).key("duration_us").integer(timing.duration_us).close('}');
  });
  out.key("total_us").integer(answer.total_us).key("degraded");
  write_degraded(out, answer.degraded);
  out.key("snapshot").text_or_null(answer.snapshot);
}

}  // namespace

std::string answer_to_json(const Answer& answer) {
  Writer out(kOtherBytes + kItemBytes * answer.items.size());
  out.open('{').key("request_id").text(answer.request_id).key("scene").text(answer.scene).key("items");
  write_list(out, answer.items, [&](const AnswerItem& item) { write_item(out, item); });
  out.key("decision");
  write_decision(out, answer.decision);
  out.key("offer").raw(answer.offer ? std::string_view(answer.offer->quote_json) : "null");
  out.key("cursor").text_or_null(answer.cursor);
  write_how(out, answer);
  if (answer.check) write_check(out.key("check"), *answer.check);
  if (answer.trace) write_trace(out.key("trace"), *answer.trace);
  out.close('}');
  return std::move(out).take();
}

}  // namespace inkling::scene
