#include "store/rocks/prepared_append.h"

#include <memory>
#include <unordered_map>
#include <utility>
#include <variant>

#include "store/rocks/catalogue.h"
#include "store/rocks/completion.h"
#include "wire/event_json.h"

namespace inkling::store::rocks {
namespace {

using ItemsOfAppend = std::unordered_map<std::string_view, const domain::Item*>;

// Whether anything was filled in. Items told earlier in the same append count before the catalogue.
base::Result<bool> complete(domain::Event& event, const ItemsOfAppend& told, Catalogue& catalogue,
                            wire::EventParser& parser) {
  domain::Action* action = incomplete_action(event);
  if (action == nullptr) return false;
  if (const auto it = told.find(action->item); it != told.end()) return fill(*action, *it->second);
  INKLING_ASSIGN(const auto facts, catalogue.facts(action->item, parser));
  return facts && fill(*action, *facts);
}

base::Status name_event(const base::Status& status, std::size_t position, const domain::Event& event) {
  return status.within("event " + std::to_string(position + 1) + " (id \"" + event.id + "\")");
}

}  // namespace

base::Result<PreparedAppend> PreparedAppend::make(std::span<const domain::Event> events, Catalogue& catalogue) {
  thread_local wire::EventParser parser;
  PreparedAppend made;
  made.events_.reserve(events.size());  // told points into it
  made.ends_.reserve(events.size());
  ItemsOfAppend told;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (auto status = check_ids(events[i]); !status.ok()) return name_event(status, i, events[i]);
    const std::size_t begin = made.text_.size();
    wire::write_event(events[i], made.text_);
    auto read_back = parser.parse(std::string_view(made.text_).substr(begin));
    if (!read_back.ok()) return name_event(read_back.status(), i, events[i]);
    domain::Event& event = made.events_.emplace_back(std::move(read_back).value());
    INKLING_ASSIGN(const bool completed, complete(event, told, catalogue, parser));
    if (completed) {
      made.text_.resize(begin);
      wire::write_event(event, made.text_);
    }
    made.ends_.push_back(made.text_.size());
    if (const auto* item = std::get_if<domain::Item>(&event.body)) told[item->item] = item;
    if (made.text_.size() > kMaxAppendBytes) {
      return base::too_large("one append of more than " + std::to_string(kMaxAppendBytes) +
                             " bytes of events: send them in smaller batches");
    }
  }
  return made;
}

}  // namespace inkling::store::rocks
