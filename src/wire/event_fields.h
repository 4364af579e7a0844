// The wire form of every event type: one table a struct, one line a member, in the canonical order. Private to
// src/wire. A name here is fixed for ever; a new member goes to the end of its table.
#pragma once

#include "domain/event.h"
#include "wire/json_codec.h"

namespace inkling::wire {

inline constexpr std::string_view kItemKindWhat = "an item kind";
inline constexpr std::string_view kActionWhat = "an action";
inline constexpr std::string_view kPointerWhat = "a pointer";
using ItemKindCodec = ChoiceCodec<domain::ItemKind, domain::kItemKindNames, kItemKindWhat>;
using ActionCodec = ChoiceCodec<domain::ActionKind, domain::kActionKindNames, kActionWhat>;
using PointerCodec = ChoiceCodec<domain::Pointer, domain::kPointerNames, kPointerWhat>;
using IdsCodec = ListCodec<IdCodec>;
using TextsCodec = ListCodec<TextCodec>;
using PriceCodec = OptionalCodec<ObjectCodec<domain::Money>>;

template <>
struct FieldsOf<domain::Money> {
  using T = domain::Money;
  static constexpr std::array kAll = {
      field<T, AmountCodec, &T::cents>("cents", true),
      field<T, CurrencyCodec, &T::currency>("currency"),
  };
};

// The members that every event has; `type` stands before them.
template <>
struct FieldsOf<domain::Event> {
  using T = domain::Event;
  static constexpr std::array kAll = {
      field<T, RequiredIdCodec, &T::id>("id", true),
      field<T, TimeCodec, &T::ts_ms>("ts_ms", true),
      field<T, IdCodec, &T::shopper>("shopper"),
      field<T, IdCodec, &T::session>("session"),
  };
};

template <>
struct FieldsOf<domain::Item> {
  using T = domain::Item;
  static constexpr std::array kAll = {
      field<T, RequiredIdCodec, &T::item>("item", true),
      field<T, ItemKindCodec, &T::kind>("kind"),
      field<T, IdCodec, &T::parent>("parent"),
      field<T, IdCodec, &T::market>("market"),
      field<T, LocationCodec, &T::location>("location"),
      field<T, IdsCodec, &T::category>("category"),
      field<T, PriceCodec, &T::price>("price"),
      field<T, IdsCodec, &T::tags>("tags"),
      field<T, AttributesCodec, &T::attributes>("attributes"),
      field<T, TextCodec, &T::title>("title"),
      field<T, TextCodec, &T::text>("text"),
      field<T, TextsCodec, &T::pictures>("pictures"),
      field<T, FlagCodec, &T::on_sale>("on_sale"),
      field<T, AmountCodec, &T::stock>("stock"),
  };
};

template <>
struct FieldsOf<domain::Profile> {
  using T = domain::Profile;
  static constexpr std::array kAll = {field<T, AttributesCodec, &T::attributes>("attributes")};
};

template <>
struct FieldsOf<domain::Link> {
  using T = domain::Link;
  static constexpr std::array kAll = {
      field<T, RequiredIdCodec, &T::device>("device", true),
      field<T, RequiredIdCodec, &T::account>("account", true),
  };
};

template <>
struct FieldsOf<domain::Promotion> {
  using T = domain::Promotion;
  static constexpr std::array kAll = {
      field<T, RequiredIdCodec, &T::promotion>("promotion", true),
      field<T, DefinitionCodec, &T::definition_json>("definition"),
  };
};

template <>
struct FieldsOf<domain::Campaign> {
  using T = domain::Campaign;
  static constexpr std::array kAll = {
      field<T, RequiredIdCodec, &T::campaign>("campaign", true),
      field<T, DefinitionCodec, &T::definition_json>("definition"),
  };
};

template <>
struct FieldsOf<domain::ImpressionPosition> {
  using T = domain::ImpressionPosition;
  static constexpr std::array kAll = {
      field<T, RequiredIdCodec, &T::item>("item", true), field<T, PriceCodec, &T::price>("price"),
      field<T, RecallsCodec, &T::recalls>("recalls"),    field<T, NumberCodec, &T::score>("score"),
      field<T, IdCodec, &T::display>("display"),
  };
};

template <>
struct FieldsOf<domain::Impression> {
  using T = domain::Impression;
  static constexpr std::array kAll = {
      field<T, IdCodec, &T::request>("request"),
      field<T, IdCodec, &T::scene>("scene"),
      field<T, TextCodec, &T::query>("query"),
      field<T, IdsCodec, &T::ticked>("ticked"),
      field<T, IdsCodec, &T::unticked>("unticked"),
      field<T, AnyIntegerCodec, &T::gap_cents>("gap_cents"),
      field<T, IdCodec, &T::promotion>("promotion"),
      field<T, IdCodec, &T::tier>("tier"),
      field<T, ListCodec<ObjectCodec<domain::ImpressionPosition>>, &T::positions>("positions"),
      field<T, AttributesCodec, &T::models>("models"),
      field<T, IdCodec, &T::snapshot>("snapshot"),
      field<T, AttributesCodec, &T::arms>("arms"),
      field<T, OptionalCodec<ProbabilityCodec>, &T::intent_prob>("intent_prob"),
  };
};

template <>
struct FieldsOf<domain::OrderLine> {
  using T = domain::OrderLine;
  static constexpr std::array kAll = {
      field<T, RequiredIdCodec, &T::item>("item", true), field<T, AmountCodec, &T::quantity>("quantity"),
      field<T, PriceCodec, &T::price>("price"),          field<T, IdsCodec, &T::promotions>("promotions"),
      field<T, IdsCodec, &T::coupons>("coupons"),
  };
};

template <>
struct FieldsOf<domain::Action> {
  using T = domain::Action;
  static constexpr std::array kAll = {
      field<T, ActionCodec, &T::action>("action", true),
      field<T, IdCodec, &T::item>("item"),
      field<T, IdsCodec, &T::category>("category"),
      field<T, IdCodec, &T::page>("page"),
      field<T, AmountCodec, &T::stay_ms>("stay_ms"),
      field<T, TextCodec, &T::query>("query"),
      field<T, IdCodec, &T::tag>("tag"),
      field<T, IdCodec, &T::request>("request"),
      field<T, AmountCodec, &T::quantity>("quantity"),
      field<T, PriceCodec, &T::price>("price"),
      field<T, ListCodec<ObjectCodec<domain::OrderLine>>, &T::lines>("lines"),
      field<T, IdCodec, &T::coupon>("coupon"),
      field<T, AmountCodec, &T::expires_ms>("expires_ms"),
  };
};

// As kept; gestures_form.h reads what may come.
template <>
struct FieldsOf<domain::Gestures> {
  using T = domain::Gestures;
  using S = domain::Swipe;
  using P = domain::Tap;
  using SwipeCodec = RowCodec<S, &S::offset_ms, &S::duration_ms, &S::tap_x, &S::tap_y, &S::start_x, &S::start_y,
                              &S::end_x, &S::end_y, &S::page, &S::action>;
  using TapCodec = RowCodec<P, &P::offset_ms, &P::x, &P::y, &P::page, &P::event, &P::button>;
  using SwipesCodec = ListCodec<SwipeCodec, domain::kMaxSwipes>;
  using TapsCodec = ListCodec<TapCodec, domain::kMaxTaps>;
  static constexpr std::array kAll = {
      field<T, SwipesCodec, &T::swipes>("swipes"),
      field<T, TapsCodec, &T::taps>("taps"),
      field<T, PointerCodec, &T::pointer>("pointer"),
  };
};

}  // namespace inkling::wire
