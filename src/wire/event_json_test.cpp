#include "wire/event_json.h"

#include <gtest/gtest.h>

#include <limits>

namespace inkling::wire {
namespace {

using domain::Event;

Event parsed(std::string_view json) {
  EventParser parser;
  auto event = parser.parse(json);
  EXPECT_TRUE(event.ok()) << event.status().message();
  return event.ok() ? *std::move(event) : Event{};
}

std::string written(const Event& event) {
  std::string json;
  write_event(event, json);
  return json;
}

std::string mistake(std::string_view json) {
  EventParser parser;
  const auto event = parser.parse(json);
  EXPECT_FALSE(event.ok()) << json;
  EXPECT_EQ(event.status().code(), event.ok() ? base::ErrorCode::kOk : base::ErrorCode::kInvalidInput);
  return event.status().message();
}

// An event of type `type` with everything that it needs and the given members.
std::string action_with(const std::string& members) {
  return R"({"type":"action","id":"e","ts_ms":1,"shopper":"s","action":"view",)" + members + "}";
}

Event envelope() {
  Event event;
  event.id = "e-1";
  event.ts_ms = 1'700'000'000'123;
  event.shopper = "ann";
  event.session = "s\"1\"\n";
  return event;
}

std::vector<Event> full_events() {
  std::vector<Event> events(8, envelope());
  domain::Item item;
  item.item = "i";
  item.kind = domain::ItemKind::kService;
  item.parent = "shop";
  item.market = "北京";
  item.location = {39.9042, -116.5};
  item.category = {"home", "repair"};
  item.price = domain::Money{1250, "EUR"};
  item.tags = {"a", "b"};
  item.attributes = {{"size", "L"}, {"colour", ""}};
  item.title = "t";
  item.text = "u";
  item.pictures = {"p.jpg"};
  item.on_sale = false;
  item.stock = 0;
  events[0].body = item;
  events[1].body = domain::Profile{{{"age", "30"}}};
  events[2].body = domain::Link{"phone", "ann@x"};
  events[3].body = domain::Promotion{"p", R"({"spend":[300,1.50],"x y":{}})"};
  events[4].body = domain::Campaign{"c", R"({"budget_cents":12345678901})"};
  domain::Impression impression;
  impression.request = "r";
  impression.scene = "feed";
  impression.query = "q";
  impression.ticked = {"a"};
  impression.unticked = {"b", "c"};
  impression.gap_cents = -4000;
  impression.promotion = "p";
  impression.tier = "300-50";
  impression.positions = {{"x", domain::Money{1, ""}, {{"hot", 0.1}, {"swing", -1e-300}}, 1.0 / 3, "wide"},
                          {"y", std::nullopt, {}, 0, ""}};
  impression.models = {{"dipn", "7"}};
  impression.snapshot = "w";
  impression.arms = {{"exp", "model"}};
  impression.intent_prob = 0.25;
  events[5].body = impression;
  domain::Action action;
  action.action = domain::ActionKind::kPurchase;
  action.item = "i";
  action.category = {"top"};
  action.page = "home";
  action.stay_ms = 0;
  action.query = "q";
  action.tag = "t";
  action.request = "r";
  action.quantity = 0;
  action.price = domain::Money{0, "JPY"};
  action.lines = {{"i", 2, domain::Money{99, "EUR"}, {"p"}, {"c1", "c2"}}, {"j", 1, std::nullopt, {}, {}}};
  action.coupon = "c";
  action.expires_ms = 9'999'999'999'999;
  events[6].body = action;
  domain::Gestures gestures;
  gestures.swipes = {{0, 120, -1, -1, 5000, 9000, 5000, 2000, 3, 4},
                     {2'147'483'647, -2'147'483'647 - 1, 32767, -32768, 0, 0, 0, 0, 0, 0}};
  gestures.taps = {{10, 1, 2, 3, 4, 5}};
  events[7].body = gestures;
  events[7].unknown_json = R"({"firmware":{"v":[1.0,null]},"x":"\u00e9"})";
  return events;
}

TEST(EventJson, reads_back_every_type_as_it_was_written) {
  for (const Event& event : full_events()) {
    const std::string json = written(event);
    EXPECT_EQ(parsed(json), event) << json;
    EXPECT_EQ(written(parsed(json)), json);
  }
}

TEST(EventJson, reads_back_every_type_with_nothing_but_what_it_needs) {
  for (const std::string_view json : {
           R"({"type":"item","id":"e","ts_ms":0,"item":"i"})",
           R"({"type":"shopper","id":"e","ts_ms":1,"shopper":"s"})",
           R"({"type":"link","id":"e","ts_ms":1,"shopper":"s","device":"d","account":"a"})",
           R"({"type":"promotion","id":"e","ts_ms":1,"promotion":"p"})",
           R"({"type":"campaign","id":"e","ts_ms":1,"campaign":"c"})",
           R"({"type":"impression","id":"e","ts_ms":1,"shopper":"s"})",
           R"({"type":"action","id":"e","ts_ms":1,"shopper":"s","action":"view"})",
           R"({"type":"gestures","id":"e","ts_ms":7258118399999,"shopper":"s"})",
       }) {
    EXPECT_EQ(written(parsed(json)), json);
  }
}

TEST(EventJson, writes_the_canonical_text) {
  EXPECT_EQ(written(full_events()[0]),
            R"({"type":"item","id":"e-1","ts_ms":1700000000123,"shopper":"ann","session":"s\"1\"\n","item":"i",)"
            R"("kind":"service","parent":"shop","market":"北京","location":[39.9042,-116.5],)"
            R"("category":["home","repair"],"price":{"cents":1250,"currency":"EUR"},"tags":["a","b"],)"
            R"("attributes":{"size":"L","colour":""},"title":"t","text":"u","pictures":["p.jpg"],)"
            R"("on_sale":false,"stock":0})");
  const std::string gestures = written(full_events()[7]);
  EXPECT_NE(gestures.find(R"("swipes":[[0,120,-1,-1,5000,9000,5000,2000,3,4],[2147483647,)"), std::string::npos);
  EXPECT_NE(gestures.find(R"("taps":[[10,1,2,3,4,5]],"firmware":)"), std::string::npos);
}

TEST(EventJson, knows_every_action_and_item_kind_by_name) {
  for (const std::string_view name : domain::kActionKindNames) {
    const Event event =
        parsed(R"({"type":"action","id":"e","ts_ms":1,"shopper":"s","action":")" + std::string(name) + "\"}");
    EXPECT_EQ(domain::action_name(std::get<domain::Action>(event.body).action), name);
  }
  for (std::size_t i = 0; i < domain::kItemKindNames.size(); ++i) {
    const Event event = parsed(R"({"type":"item","id":"e","ts_ms":1,"item":"i","kind":")" +
                               std::string(domain::kItemKindNames[i]) + "\"}");
    EXPECT_EQ(static_cast<std::size_t>(std::get<domain::Item>(event.body).kind), i);
  }
}

TEST(EventJson, makes_any_order_and_spacing_canonical) {
  const Event event = parsed(
      " { \"price\" : { \"currency\":\"EUR\", \"cents\":5 } , \"action\":\"cart_add\",\"shopper\":\"s\",\r\n"
      "\"ts_ms\":7,\"quantity\":1,\"item\":\"\\u0069\",\"id\":\"e\",\"type\":\"action\" } ");
  EXPECT_EQ(written(event), R"({"type":"action","id":"e","ts_ms":7,"shopper":"s","action":"cart_add","item":"i",)"
                            R"("price":{"cents":5,"currency":"EUR"}})");
}

TEST(EventJson, takes_null_for_not_said) {
  EXPECT_EQ(written(parsed(action_with(R"("item":null,"price":null,"stay_ms":null)"))),
            R"({"type":"action","id":"e","ts_ms":1,"shopper":"s","action":"view"})");
  EXPECT_EQ(mistake(R"({"type":"action","id":"e","ts_ms":null,"shopper":"s","action":"view"})"), "ts_ms: is missing");
}

TEST(EventJson, keeps_unknown_members_token_by_token) {
  const Event event =
      parsed(action_with("\"b\": [1.50, 1e5 ,\n \"x \\u0041\"],\"item\":\"i\",\"a\\n\" :{ } ,\"n\":null,\"m\":-0"));
  EXPECT_EQ(event.unknown_json, "{\"b\":[1.50,1e5,\"x \\u0041\"],\"a\\n\":{},\"n\":null,\"m\":-0}");
  EXPECT_EQ(parsed(written(event)), event);
  EXPECT_EQ(std::get<domain::Action>(event.body).item, "i");
}

TEST(EventJson, keeps_members_of_other_types_as_unknown) {
  EXPECT_EQ(parsed(R"({"type":"link","id":"e","ts_ms":1,"shopper":"s","device":"d","account":"a","stay_ms":5})")
                .unknown_json,
            R"({"stay_ms":5})");
}

TEST(EventJson, keeps_definitions_token_by_token) {
  const Event event =
      parsed(R"({"definition": {"rate": 1.10, "n": [ ]}, "type":"promotion","id":"e","ts_ms":1,"promotion":"p"})");
  EXPECT_EQ(std::get<domain::Promotion>(event.body).definition_json, R"({"rate":1.10,"n":[]})");
  EXPECT_EQ(mistake(R"({"type":"campaign","id":"e","ts_ms":1,"campaign":"c","definition":"x"})"),
            "definition: \"x\" is not an object");
}

TEST(EventJson, names_what_is_missing) {
  EXPECT_EQ(
      mistake(R"({"id":"e"})"),
      "type: is missing; expected one of item, shopper, link, promotion, campaign, impression, action, gestures");
  EXPECT_EQ(mistake(R"({"type":"item","ts_ms":1,"item":"i"})"), "id: is missing");
  EXPECT_EQ(mistake(R"({"type":"item","id":"e","item":"i"})"), "ts_ms: is missing");
  EXPECT_EQ(mistake(R"({"type":"item","id":"e","ts_ms":1})"), "item: is missing");
  EXPECT_EQ(mistake(R"({"type":"action","id":"e","ts_ms":1,"shopper":"s"})"), "action: is missing");
  EXPECT_EQ(mistake(R"({"type":"link","id":"e","ts_ms":1,"shopper":"s","device":"d"})"), "account: is missing");
  EXPECT_EQ(mistake(action_with(R"("lines":[{"item":"a"},{"quantity":2}])")), "lines[1].item: is missing");
  EXPECT_EQ(mistake(action_with(R"("price":{"currency":"EUR"})")), "price.cents: is missing");
}

TEST(EventJson, wants_a_shopper_where_one_acts) {
  for (const std::string body : {R"("shopper")", R"("link","device":"d","account":"a")", R"("impression")",
                                 R"("action","action":"view")", R"("gestures")"}) {
    const std::string rest = ",\"id\":\"e\",\"ts_ms\":1";
    const std::string expected =
        "shopper: is missing; an event of type " + body.substr(1, body.find('"', 1) - 1) + " needs one";
    EXPECT_EQ(mistake("{\"type\":" + body + rest + "}"), expected);
    EXPECT_EQ(mistake("{\"type\":" + body + rest + ",\"shopper\":\"\"}"), expected);
  }
}

TEST(EventJson, refuses_a_known_member_given_twice) {
  EXPECT_EQ(mistake(R"({"type":"item","type":"item","id":"e","ts_ms":1,"item":"i"})"), "type: is given twice");
  EXPECT_EQ(mistake(R"({"type":"item","id":"e","ts_ms":1,"id":"f","item":"i"})"), "id: is given twice");
  EXPECT_EQ(mistake(action_with(R"("page":"a","page":null)")), "page: is given twice");
  EXPECT_EQ(mistake(action_with(R"("price":{"cents":1,"cents":2})")), "price.cents: is given twice");
  EXPECT_EQ(mistake(R"({"type":"shopper","id":"e","ts_ms":1,"shopper":"s","attributes":{"a":"1","a":"2"}})"),
            "attributes.a: is given twice");
  std::string many;
  for (int i = 0; i < 40; ++i) many += "\"k" + std::to_string(i % 39) + "\":\"v\",";
  many.pop_back();
  EXPECT_EQ(mistake(R"({"type":"shopper","id":"e","ts_ms":1,"shopper":"s","attributes":{)" + many + "}}"),
            "attributes.k0: is given twice");
}

TEST(EventJson, names_the_value_of_a_wrong_type) {
  EXPECT_EQ(mistake(R"({"type":"item","id":"e","ts_ms":"yesterday","item":"i"})"),
            "ts_ms: \"yesterday\" is not an integer number of milliseconds");
  EXPECT_EQ(mistake(R"({"type":"item","id":"e","ts_ms":1.5,"item":"i"})"),
            "ts_ms: 1.5 is not an integer number of milliseconds");
  EXPECT_EQ(mistake(R"({"type":"item","id":7,"ts_ms":1,"item":"i"})"), "id: 7 is not a text");
  EXPECT_EQ(mistake(R"({"type":7,"id":"e","ts_ms":1})"), "type: 7 is not a text");
  EXPECT_EQ(mistake(action_with(R"("item":["i"])")), "item: [\"i\"] is not a text");
  EXPECT_EQ(mistake(action_with(R"("category":"top")")), "category: \"top\" is not an array");
  EXPECT_EQ(mistake(action_with(R"("category":["top",null])")), "category[1]: null is not a text");
  EXPECT_EQ(mistake(action_with(R"("quantity":1.5)")), "quantity: 1.5 is not an integer");
  EXPECT_EQ(mistake(action_with(R"("price":12)")), "price: 12 is not an object");
  EXPECT_EQ(mistake(R"({"type":"item","id":"e","ts_ms":1,"item":"i","on_sale":1})"),
            "on_sale: 1 is neither true nor false");
  EXPECT_EQ(mistake(R"({"type":"item","id":"e","ts_ms":1,"item":"i","attributes":{"a":1}})"),
            "attributes.a: 1 is not a text");
  EXPECT_EQ(mistake(R"({"type":"item","id":"e","ts_ms":1,"item":"i","attributes":["a"]})"),
            R"(attributes: ["a"] is not an object of texts, such as {"size": "L"})");
  EXPECT_EQ(mistake(R"({"type":"impression","id":"e","ts_ms":1,"shopper":"s",)"
                    R"("positions":[{"item":"i","recalls":{"hot":"x"}}]})"),
            "positions[0].recalls.hot: \"x\" is not a number");
  EXPECT_EQ(mistake(R"({"type":"impression","id":"e","ts_ms":1,"shopper":"s","intent_prob":1.5})"),
            "intent_prob: 1.5 is no probability; expected a number from 0 to 1");
  EXPECT_EQ(mistake("[1,2]"), "[1,2] is not an event; expected a JSON object");
}

TEST(EventJson, names_the_range_of_a_number) {
  EXPECT_EQ(mistake(R"({"type":"item","id":"e","ts_ms":-1,"item":"i"})"),
            "ts_ms: -1 is out of range; expected milliseconds since 1970, before the year 2200");
  EXPECT_EQ(mistake(R"({"type":"item","id":"e","ts_ms":7258118400000,"item":"i"})"),
            "ts_ms: 7258118400000 is out of range; expected milliseconds since 1970, before the year 2200");
  EXPECT_EQ(mistake(action_with(R"("quantity":-1)")), "quantity: -1 is out of range; expected 0 or more");
  EXPECT_EQ(mistake(action_with(R"("price":{"cents":-1})")), "price.cents: -1 is out of range; expected 0 or more");
  EXPECT_EQ(mistake(action_with(R"("lines":[{"item":"a","quantity":-2}])")),
            "lines[0].quantity: -2 is out of range; expected 0 or more");
  EXPECT_EQ(mistake(action_with(R"("stay_ms":18446744073709551615)")),
            "stay_ms: 18446744073709551615 is out of range; expected 0 or more");
  EXPECT_EQ(mistake(R"({"type":"item","id":"e","ts_ms":1,"item":"i","location":[91,0]})"),
            "location[0]: 91 is out of range; expected -90 to 90 degrees");
  EXPECT_EQ(mistake(R"({"type":"item","id":"e","ts_ms":1,"item":"i","location":[1]})"),
            "location: [1] is not a location; expected [latitude, longitude] in degrees");
  EXPECT_EQ(mistake(action_with(R"("price":{"cents":1,"currency":"euro"})")),
            "price.currency: \"euro\" is not an ISO 4217 code of three capitals, such as EUR");
}

TEST(EventJson, checks_gestures_cell_by_cell) {
  const auto gestures = [](const std::string& members) {
    return R"({"type":"gestures","id":"e","ts_ms":1,"shopper":"s",)" + members + "}";
  };
  EXPECT_EQ(mistake(gestures(R"("taps":[[0,0,0,0,0,0],[0,32768,0,0,0,0]])")),
            "taps[1][1]: 32768 is out of range; expected -32768 to 32767");
  EXPECT_EQ(mistake(gestures(R"("swipes":[[0,0,0,0,0,0,0,0,0,-32769]])")),
            "swipes[0][9]: -32769 is out of range; expected -32768 to 32767");
  EXPECT_EQ(mistake(gestures(R"("taps":[[2147483648,0,0,0,0,0]])")),
            "taps[0][0]: 2147483648 is out of range; expected -2147483648 to 2147483647");
  EXPECT_EQ(mistake(gestures(R"("taps":[[0,0,0,0,0]])")), "taps[0]: [0,0,0,0,0] is not an array of 6 integers");
  EXPECT_EQ(mistake(gestures(R"("swipes":[[0,0,0,0,0,0,0,0,0,0,0]])")),
            "swipes[0]: [0,0,0,0,0,0,0,0,0,0,0] is not an array of 10 integers");
  EXPECT_EQ(mistake(gestures(R"("taps":[[0,0.5,0,0,0,0]])")), "taps[0][1]: 0.5 is not an integer");
}

TEST(EventJson, bounds_the_gestures_of_one_event) {
  const auto gestures = [](std::size_t swipes, std::size_t taps) {
    Event event{"e", 1, "s", "", domain::Gestures{}, ""};
    std::get<domain::Gestures>(event.body).swipes.resize(swipes);
    std::get<domain::Gestures>(event.body).taps.resize(taps);
    return event;
  };
  EXPECT_EQ(parsed(written(gestures(100, 50))), gestures(100, 50));
  EXPECT_EQ(mistake(written(gestures(101, 0))), "swipes: has 101 elements; at most 100 are allowed in one event");
  EXPECT_EQ(mistake(written(gestures(100, 51))), "taps: has 51 elements; at most 50 are allowed in one event");
}

TEST(EventJson, suggests_the_nearest_name) {
  EXPECT_EQ(mistake(R"({"type":"impresion","id":"e","ts_ms":1})"),
            "type: \"impresion\" is not an event type; expected one of item, shopper, link, promotion, campaign, "
            "impression, action, gestures; did you mean impression?");
  const std::string action = mistake(R"({"type":"action","id":"e","ts_ms":1,"shopper":"s","action":"card_add"})");
  EXPECT_TRUE(action.starts_with("action: \"card_add\" is not an action; expected one of page_enter, ")) << action;
  EXPECT_TRUE(action.ends_with("; did you mean cart_add?")) << action;
  EXPECT_EQ(mistake(R"({"type":"item","id":"e","ts_ms":1,"item":"i","kind":"good"})"),
            "kind: \"good\" is not an item kind; expected one of goods, sku, post, shop, service, tag, task; "
            "did you mean goods?");
  EXPECT_EQ(mistake(action_with(R"("price":{"cents":1,"curency":"EUR"})")),
            "price: unknown member \"curency\"; expected one of cents, currency; did you mean currency?");
}

TEST(EventJson, bounds_ids_and_what_it_shows) {
  const std::string longest(128, 'x');
  EXPECT_EQ(parsed(R"({"type":"item","id":")" + longest + R"(","ts_ms":1,"item":"i"})").id, longest);
  EXPECT_EQ(mistake(R"({"type":"item","id":")" + longest + R"(y","ts_ms":1,"item":"i"})"),
            "id: \"" + std::string(60, 'x') + "...\" has 129 bytes; at most 128 are allowed");
  EXPECT_EQ(mistake(R"({"type":"item","id":"","ts_ms":1,"item":"i"})"), "id: is empty; expected 1 to 128 bytes");
  EXPECT_EQ(mistake(action_with(R"("category":[")" + longest + "y\"]")),
            "category[0]: \"" + std::string(60, 'x') + "...\" has 129 bytes; at most 128 are allowed");
  // Free texts are not ids.
  const std::string text(1000, 't');
  EXPECT_EQ(std::get<domain::Action>(parsed(action_with(R"("query":")" + text + "\"")).body).query, text);
}

TEST(EventJson, tells_cut_garbled_and_foreign_text_apart) {
  const std::string whole = written(full_events()[5]);
  for (std::size_t length = 1; length < whole.size(); ++length) {
    EXPECT_EQ(mistake(std::string_view(whole).substr(0, length)),
              "is cut off: the JSON ends before its last string or bracket is closed")
        << length;
  }
  EXPECT_EQ(mistake("  "), "is empty; expected a JSON object");
  EXPECT_EQ(mistake(""), "is empty; expected a JSON object");
  EXPECT_TRUE(mistake("{\"type\":item}").starts_with("is not JSON: "));
  EXPECT_TRUE(mistake(whole + whole).starts_with("is not JSON: "));
  EXPECT_TRUE(mistake(action_with(R"("quantity":NaN)")).starts_with("is not JSON: "));
  EXPECT_TRUE(mistake(action_with(R"("stay_ms":Infinity)")).starts_with("is not JSON: "));
  EXPECT_EQ(mistake("{\"type\":\"it\xFF\"}"), "is not UTF-8: byte 12 belongs to no character");
}

TEST(EventJson, writes_doubles_that_read_back_equal) {
  EventParser parser;
  for (const double score : {0.1, 1.0 / 3, 5.0, -1e15, 1.2345678901234567e20, 1.7976931348623157e308, 5e-324, 1e22}) {
    Event event = full_events()[5];
    std::get<domain::Impression>(event.body).positions[0].score = score;
    const auto read = parser.parse(written(event));
    ASSERT_TRUE(read.ok()) << read.status().message();
    EXPECT_EQ(*read, event) << score;
  }
}

TEST(EventJson, parser_recovers_after_errors_and_moves) {
  EventParser parser;
  EXPECT_FALSE(parser.parse("{").ok());
  EXPECT_FALSE(parser.parse(action_with(R"("x":1,"quantity":-1)")).ok());
  EventParser moved = std::move(parser);
  const auto event = moved.parse(action_with(R"("y":2)"));
  ASSERT_TRUE(event.ok());
  EXPECT_EQ(event->unknown_json, R"({"y":2})");
}

}  // namespace
}  // namespace inkling::wire
