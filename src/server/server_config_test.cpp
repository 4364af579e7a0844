#include "server/server_config.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "base/files.h"

namespace inkling::server {
namespace {

std::string mistakes_of(const std::string& yaml) {
  const auto config = parse_server_config(yaml, "s.yaml");
  return config.ok() ? "none" : config.status().message();
}

// The members of a struct as its header declares them.
std::set<std::string> members_in(const std::string& header, const std::string& name) {
  const auto text = base::read_file(header);
  EXPECT_TRUE(text.ok()) << text.status().message();
  const std::size_t begin = text->find("struct " + name + " {");
  const std::string body = text->substr(begin, text->find("\n};", begin) - begin);
  const std::regex member(R"(\n  [\w:]+ (\w+) = )");
  std::set<std::string> members;
  for (std::sregex_iterator at(body.begin(), body.end(), member), end; at != end; ++at) members.insert((*at)[1]);
  return members;
}

std::set<std::string> keys_of(std::string_view section) {
  const auto keys = config_keys(section);
  return {keys.begin(), keys.end()};
}

TEST(ServerConfig, sets_every_limit_of_server_and_store) {
  EXPECT_EQ(keys_of("server"), members_in("src/server/server_options.h", "ServerOptions"));
  EXPECT_EQ(keys_of("store"), members_in("src/store/store.h", "StoreOptions"));
  EXPECT_EQ(keys_of(""), (std::set<std::string>{"server", "store", "timetable", "scenes", "templates", "precision"}));
}

TEST(ServerConfig, reads_what_is_given_and_keeps_the_defaults_of_the_rest) {
  const auto config = parse_server_config(
      "server: {address: '::1', port: 0, idle_timeout_ms: 5}\nstore: {sync: false, cached_shoppers: 7}\n"
      "scenes: /etc/scenes\nprecision: reduced\n",
      "s.yaml");
  ASSERT_TRUE(config.ok()) << config.status().message();
  EXPECT_EQ(config->server.address, "::1");
  EXPECT_EQ(config->server.port, 0);
  EXPECT_EQ(config->server.idle_timeout_ms, 5);
  EXPECT_EQ(config->server.threads, ServerOptions().threads);
  EXPECT_FALSE(config->store.sync);
  EXPECT_EQ(config->store.cached_shoppers, 7U);
  EXPECT_EQ(config->store.id_window_ms, store::StoreOptions().id_window_ms);
  EXPECT_EQ(config->scenes, "/etc/scenes");
  EXPECT_EQ(config->precision, "reduced");
  EXPECT_EQ(ServerConfig().precision, "float");
}

TEST(ServerConfig, accepts_its_own_defaults_and_both_ends_of_every_range) {
  EXPECT_TRUE(check_options({}).ok());
  for (const ConfigOption& option : config_options()) {
    if (option.spec.type != scene::ParameterType::kInteger) continue;
    for (const double end : {option.spec.min, option.spec.max}) {
      const std::string line =
          std::string(option.spec.name) + ": " + std::to_string(static_cast<std::int64_t>(end)) + "\n";
      EXPECT_EQ(mistakes_of(std::string(option.section) + ":\n  " + line), "none");
    }
  }
}

TEST(ServerConfig, tells_all_mistakes_at_once_with_their_lines) {
  EXPECT_EQ(
      mistakes_of("server:\n  port: 70000\n  threads: 0\n  adress: x\n  address: localhost\n"
                  "store:\n  sync: maybe\n  sync: true\nport: 80\n"),
      "s.yaml:2: server.port: 70000 is above 65535; allowed is a whole number from 0 to 65535\n"
      "s.yaml:3: server.threads: 0 is below 1; allowed is a whole number from 1 to 1024\n"
      "s.yaml:4: server.adress: there is no such key; expected one of address, port, threads, store_threads, "
      "max_connections, header_limit_bytes, body_limit_bytes, body_memory_bytes, store_queue_requests, "
      "idle_timeout_ms, read_timeout_ms, write_timeout_ms, request_deadline_ms, shed_load, stop_grace_ms, "
      "max_future_ms, live_shopper_bytes, hot_shopper_bytes, www, console, world_journal_events, world_rest_ms, "
      "cached_answers, cached_answer_ms, checker, checker_deadline_ms, checker_failures, checker_rest_ms, warm_up, "
      "warm_up_limit_ms ... (32 in all); did you mean address?\n"
      "s.yaml:5: server.address: \"localhost\" is no IPv4 or IPv6 address; expected one such as 127.0.0.1, "
      "0.0.0.0 or ::1\n"
      "s.yaml:7: store.sync: \"maybe\" is neither; allowed is true or false\n"
      "s.yaml:8: store.sync: stands twice, first in line 7; keep one of them\n"
      "s.yaml:9: port: stands outside its section; expected it below server:");
}

TEST(ServerConfig, checks_options_of_the_command_line_by_the_same_table) {
  ServerOptions options;
  options.threads = 0;
  options.address = "nowhere";
  EXPECT_EQ(check_options(options).message(),
            "threads: 0 is below 1; allowed is a whole number from 1 to 1024\n"
            "address: \"nowhere\" is no IPv4 or IPv6 address; expected one such as 127.0.0.1, 0.0.0.0 or ::1");
}

TEST(ServerConfig, publishes_a_schema_with_the_ranges_and_defaults_of_its_table) {
  const base::Json schema = server_config_schema();
  const base::Json* port = schema.find("properties")->find("server")->find("properties")->find("port");
  ASSERT_NE(port, nullptr);
  EXPECT_EQ(*port->find("maximum"), base::Json(65535));
  EXPECT_EQ(*port->find("default"), base::Json(8080));
  EXPECT_EQ(*schema.find("additionalProperties"), base::Json(false));
}

TEST(ServerConfig, reads_a_timetable) {
  const auto config = parse_server_config(
      "timetable:\n"
      "  - {days: [fri, sat], from: \"19:30\", to: \"23:00\", threads: 8}\n"
      "  - {from: \"00:00\", to: \"24:00\", shed_load: false}\n",
      "s.yaml");
  ASSERT_TRUE(config.ok()) << config.status().message();
  ASSERT_EQ(config->server.timetable.size(), 2U);
  EXPECT_EQ(config->server.timetable[0].weekdays, 0b0110000);
  EXPECT_EQ(config->server.timetable[0].from_minute, 19 * 60 + 30);
  EXPECT_EQ(config->server.timetable[0].limits.threads, 8U);
  EXPECT_EQ(config->server.timetable[1].limits.shed_load, false);
}

TEST(ServerConfig, tells_mistakes_of_a_timetable_with_their_lines) {
  EXPECT_EQ(
      mistakes_of("timetable:\n"
                  "  - from: \"19:30\"\n"
                  "    to: \"25:00\"\n"
                  "    threads: 8\n"
                  "  - from: \"19:30\"\n"
                  "    to: \"20:00\"\n"
                  "    threads: 0\n"
                  "    thread: 1\n"
                  "  - noon\n"),
      "s.yaml:3: timetable[0].to: \"25:00\" is no time of a day; allowed is 00:00 to 24:00, in quotes\n"
      "s.yaml:7: timetable[1].threads: 0 is below 1; allowed is a whole number from 1 to 1024\n"
      "s.yaml:8: timetable[1].thread: there is no such parameter; expected one of days, dates, from, to, threads, "
      "max_connections, store_queue_requests, shed_load; did you mean threads?\n"
      "s.yaml:9: timetable[2]: allowed is a mapping, as {from: \"19:30\", to: \"23:00\", threads: 8}");
  EXPECT_EQ(mistakes_of("timetable: always\n"), "s.yaml:1: timetable: expected a list, found \"always\"");
}

TEST(ServerConfig, takes_the_address_of_a_checker_and_no_name) {
  EXPECT_EQ(mistakes_of("server: {checker: 'http://127.0.0.1:9100'}"), "none");
  EXPECT_EQ(
      mistakes_of("server: {checker: 'http://prices.shop:9100'}"),
      "s.yaml:1: server.checker: \"http://prices.shop:9100\" is no HTTP address; allowed is one without a name, as "
      "http://127.0.0.1:9100");
}

}  // namespace
}  // namespace inkling::server
