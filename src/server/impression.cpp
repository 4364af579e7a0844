#include "server/impression.h"

#include <utility>

#include "base/core/number_text.h"

namespace inkling::server {

namespace {

domain::ImpressionPosition position_of(const scene::AnswerItem& item, const index::World& world) {
  domain::ImpressionPosition position;
  position.item = item.item;
  if (const auto row = world.find(item.item)) position.price = world.facts(*row).price;
  position.recalls = item.recalls;
  position.score = base::tidy_double(item.score);
  return position;
}

}  // namespace

KnownBeside known_beside(const scene::Request& request, const state::ShopperState& state,
                         std::optional<float> intent_prob) {
  KnownBeside known{{}, {}, intent_prob};
  const auto add = [&](const std::string& item, bool ticked) {
    (ticked ? known.ticked : known.unticked).push_back(item);
  };
  if (request.cart) {
    for (const auto& line : *request.cart) add(line.item, line.ticked);
  } else {
    for (const auto& line : state.cart) add(line.item, line.ticked);
  }
  return known;
}

domain::Event impression_of(const scene::Answer& answer, const scene::Request& request, KnownBeside known,
                            const index::World& world, std::int64_t now_ms) {
  domain::Impression shown;
  shown.request = answer.request_id;
  shown.scene = answer.scene;
  shown.query = request.query;
  shown.ticked = std::move(known.ticked);
  shown.unticked = std::move(known.unticked);
  if (answer.offer) {
    shown.promotion = answer.offer->promotion;
    shown.tier = std::to_string(answer.offer->step);
    shown.gap_cents = answer.offer->gap_cents;
  }
  for (const scene::AnswerItem& item : answer.items) shown.positions.push_back(position_of(item, world));
  for (const scene::ModelVersion& model : answer.models) shown.models.emplace_back(model.model, model.version);
  shown.snapshot = answer.snapshot;
  shown.arms = answer.arms;
  if (known.intent_prob) shown.intent_prob = base::tidy_double(*known.intent_prob);
  domain::Event event;
  event.id = answer.request_id;
  event.ts_ms = now_ms;
  event.shopper = request.shopper;
  event.session = request.session;
  event.body = std::move(shown);
  return event;
}

}  // namespace inkling::server
