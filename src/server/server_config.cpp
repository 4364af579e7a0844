#include "server/server_config.h"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <type_traits>
#include <vector>

#include "base/core/clock.h"
#include "base/core/file_mistakes.h"
#include "base/core/json_keys.h"
#include "base/files.h"
#include "base/yaml_document.h"
#include "math/precision.h"
#include "scene/parameter_schema.h"
#include "scene/raw_parameter.h"
#include "server/checker.h"
#include "server/warm_up.h"

namespace inkling::server {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;
using scene::ParameterSpec;
using scene::ParameterType;
using scene::ParameterValue;

// A configuration file is written by hand.
constexpr std::uint64_t kMaxConfigBytes = std::uint64_t{1} << 18;
constexpr double kDay = static_cast<double>(base::kDayMs);
constexpr double kKiB = 1024;
constexpr double kMiB = 1024 * kKiB;
constexpr double kGiB = 1024 * kMiB;

template <typename Struct, typename Value>
Struct struct_of(Value Struct::*);
template <typename Struct, typename Value>
Value member_of(Value Struct::*);

template <auto kMember, typename Config>
auto& slot(Config& config) {
  using Struct = decltype(struct_of(kMember));
  if constexpr (std::is_same_v<Struct, ServerOptions>) {
    return config.server.*kMember;
  } else if constexpr (std::is_same_v<Struct, store::StoreOptions>) {
    return config.store.*kMember;
  } else {
    return config.*kMember;
  }
}

// The alternative of ParameterValue that holds a member: all whole numbers share one.
template <typename Value>
using Held = std::conditional_t<std::is_integral_v<Value> && !std::is_same_v<Value, bool>, std::int64_t, Value>;

template <auto kMember>
constexpr ConfigOption option(ParameterSpec spec) {
  using Struct = decltype(struct_of(kMember));
  using Value = decltype(member_of(kMember));
  spec.type = std::is_same_v<Value, bool>          ? ParameterType::kBoolean
              : std::is_same_v<Value, std::string> ? ParameterType::kText
                                                   : ParameterType::kInteger;
  return {std::is_same_v<Struct, ServerOptions>  ? "server"
          : std::is_same_v<Struct, ServerConfig> ? ""
                                                 : "store",
          spec,
          [](const ServerConfig& config) {
            return ParameterValue(std::in_place_type<Held<Value>>, static_cast<Held<Value>>(slot<kMember>(config)));
          },
          [](ServerConfig& config, const ParameterValue& value) {
            slot<kMember>(config) = static_cast<Value>(std::get<Held<Value>>(value));
          }};
}

using S = ServerOptions;
using T = store::StoreOptions;

constexpr std::array kOptions = {
    option<&S::address>({.name = "address", .meaning = "IPv4 or IPv6 address to listen on"}),
    option<&S::port>({.name = "port", .meaning = "port to listen on; 0: any free one", .min = 0, .max = 65535}),
    option<&S::threads>({.name = "threads", .meaning = "threads that read, score and write", .min = 1, .max = 1024}),
    option<&S::store_threads>(
        {.name = "store_threads", .meaning = "threads that wait for the disk", .min = 1, .max = 1024}),
    option<&S::max_connections>(
        {.name = "max_connections", .meaning = "one more is answered 503 and closed", .min = 1, .max = 1'000'000}),
    option<&S::header_limit_bytes>({.name = "header_limit_bytes",
                                    .unit = "bytes",
                                    .meaning = "request line and headers; 431 beyond",
                                    .min = 256,
                                    .max = kMiB}),
    option<&S::body_limit_bytes>({.name = "body_limit_bytes",
                                  .unit = "bytes",
                                  .meaning = "body of a request; 413 beyond",
                                  .min = kKiB,
                                  .max = kGiB}),
    option<&S::body_memory_bytes>({.name = "body_memory_bytes",
                                   .unit = "bytes",
                                   .meaning = "bodies held at once, all together; 503 beyond",
                                   .min = kKiB,
                                   .max = 1024 * kGiB}),
    option<&S::store_queue_requests>({.name = "store_queue_requests",
                                      .meaning = "requests that wait for a disk thread or keep one busy; 503 beyond",
                                      .min = 1,
                                      .max = 1e6}),
    option<&S::idle_timeout_ms>({.name = "idle_timeout_ms",
                                 .unit = "ms",
                                 .meaning = "from the last answer to a complete request header; closed beyond",
                                 .min = 1,
                                 .max = kDay}),
    option<&S::read_timeout_ms>({.name = "read_timeout_ms",
                                 .unit = "ms",
                                 .meaning = "from the header to the end of the body; 408 beyond",
                                 .min = 1,
                                 .max = kDay}),
    option<&S::write_timeout_ms>(
        {.name = "write_timeout_ms", .unit = "ms", .meaning = "for one whole answer", .min = 1, .max = kDay}),
    option<&S::request_deadline_ms>({.name = "request_deadline_ms",
                                     .unit = "ms",
                                     .meaning = "from the end of the body to the answer; 503 beyond",
                                     .min = 1,
                                     .max = kDay}),
    option<&S::shed_load>(
        {.name = "shed_load", .meaning = "whether time spent waiting counts for the deadlines of scenes"}),
    option<&S::stop_grace_ms>({.name = "stop_grace_ms",
                               .unit = "ms",
                               .meaning = "what requests in flight may take after a stop",
                               .min = 0,
                               .max = kDay}),
    option<&S::max_future_ms>({.name = "max_future_ms",
                               .unit = "ms",
                               .meaning = "how far an event's ts_ms may lie ahead of the clock; 400 beyond",
                               .min = 0,
                               .max = 365 * kDay}),
    option<&S::live_shopper_bytes>({.name = "live_shopper_bytes",
                                    .unit = "bytes",
                                    .meaning = "memory for states and model memories kept warm",
                                    .min = 0,
                                    .max = 1024 * kGiB}),
    option<&S::hot_shopper_bytes>({.name = "hot_shopper_bytes",
                                   .unit = "bytes",
                                   .meaning = "of these, for shoppers whose attention is kept from event to event",
                                   .min = 0,
                                   .max = 1024 * kGiB}),
    option<&S::www>({.name = "www", .meaning = "folder of files served at /; none when it is empty"}),
    option<&S::console>(
        {.name = "console", .meaning = "folder of the console's pages, served at /console; none when it is empty"}),
    option<&S::world_journal_events>({.name = "world_journal_events",
                                      .meaning = "newest events that the world snapshot is made of at the start",
                                      .min = 0,
                                      .max = 1e12}),
    option<&S::world_rest_ms>({.name = "world_rest_ms",
                               .unit = "ms",
                               .meaning = "from one world snapshot to the next, at least",
                               .min = 0,
                               .max = kDay}),
    option<&S::cached_answers>({.name = "cached_answers",
                                .meaning = "answers kept for scenes that answer from earlier ones; 0: none",
                                .min = 0,
                                .max = 1e7}),
    option<&S::cached_answer_ms>({.name = "cached_answer_ms",
                                  .unit = "ms",
                                  .meaning = "an answer kept for longer is not used",
                                  .min = 0,
                                  .max = 365 * kDay}),
    option<&S::checker>({.name = "checker",
                         .meaning = "service asked for price and stock of answers that are checked live, as "
                                    "http://127.0.0.1:9100; without one the catalogue is"}),
    option<&S::checker_deadline_ms>({.name = "checker_deadline_ms",
                                     .unit = "ms",
                                     .meaning = "of one call; the catalogue's word stands beyond",
                                     .min = 1,
                                     .max = 10'000}),
    option<&S::checker_failures>({.name = "checker_failures",
                                  .meaning = "calls in a row that fail before it is not asked for a while",
                                  .min = 1,
                                  .max = 1e6}),
    option<&S::checker_rest_ms>({.name = "checker_rest_ms",
                                 .unit = "ms",
                                 .meaning = "how long it is not asked then; after that one call tries",
                                 .min = 1,
                                 .max = kDay}),
    option<&S::warm_up>({.name = "warm_up", .meaning = "file of recorded requests, replayed before it is ready"}),
    option<&S::warm_up_limit_ms>({.name = "warm_up_limit_ms",
                                  .unit = "ms",
                                  .meaning = "it is ready then, however far the replay came",
                                  .min = 0,
                                  .max = kDay}),
    option<&S::record_requests>(
        {.name = "record_requests", .meaning = "file for the newest requests of scenes, written at the stop"}),
    option<&S::recorded_requests>({.name = "recorded_requests",
                                   .meaning = "how many of them",
                                   .min = 1,
                                   .max = static_cast<double>(kMaxRecorded)}),
    option<&T::sync>({.name = "sync", .meaning = "wait for the disk before acknowledging an event"}),
    option<&T::id_window_ms>({.name = "id_window_ms",
                              .unit = "ms",
                              .meaning = "how long an event id is remembered, by arrival",
                              .min = 0,
                              .max = 365 * kDay}),
    option<&T::checkpoint_dirty_shoppers>({.name = "checkpoint_dirty_shoppers",
                                           .meaning = "write states out when so many have changed",
                                           .min = 1,
                                           .max = 1e9}),
    option<&T::checkpoint_every_events>({.name = "checkpoint_every_events",
                                         .meaning = "or when so many events were journaled since",
                                         .min = 1,
                                         .max = 1e12}),
    option<&T::cached_shoppers>({.name = "cached_shoppers",
                                 .meaning = "clean states kept in memory, and states of an import",
                                 .min = 0,
                                 .max = 1e9}),
    option<&T::bulk_part_events>({.name = "bulk_part_events",
                                  .meaning = "of an import: ids and index of so many are gathered in memory",
                                  .min = 1,
                                  .max = 1e9}),
    option<&T::write_buffer_bytes>({.name = "write_buffer_bytes",
                                    .unit = "bytes",
                                    .meaning = "memory of writes not yet in tables; 0: ample",
                                    .min = 0,
                                    .max = 1024 * kGiB}),
    option<&ServerConfig::scenes>({.name = "scenes", .meaning = "folder with <scene>/scene.yaml"}),
    option<&ServerConfig::templates>({.name = "templates", .meaning = "folder with <template>.yaml, of posts"}),
    option<&ServerConfig::precision>({.name = "precision",
                                      .meaning = "arithmetic of the models; reduced: 16-bit factors where the "
                                                 "processor is faster with them, float elsewhere",
                                      .choices = math::kPrecisionNames}),
};

constexpr std::array<std::string_view, 2> kSections = {"server", "store"};
constexpr std::string_view kTimetable = "timetable";

Status check_address(const std::string& address) {
  boost::system::error_code error;
  boost::asio::ip::make_address(address, error);
  if (!error) return {};
  return base::invalid_input("address: \"" + address +
                             "\" is no IPv4 or IPv6 address; expected one such as 127.0.0.1, 0.0.0.0 or ::1");
}

// What the table cannot say of a text.
Status check_text(std::string_view option, const ServerOptions& options) {
  if (option == "address") return check_address(options.address);
  if (option != "checker" || options.checker.empty()) return {};
  const Status status = checker_address(options.checker).status();
  return status.ok() ? status : base::invalid_input("checker: " + status.message());
}

ParameterValue value_of(const scene::Parameters& parameters, const ParameterSpec& spec) {
  if (spec.type == ParameterType::kBoolean) return parameters.boolean(spec.name);
  if (spec.type == ParameterType::kInteger) return parameters.integer(spec.name);
  return parameters.text(spec.name);
}

// Reads one section, "" for the file itself, into the config.
class SectionReader {
 public:
  SectionReader(const base::YamlDocument& file, ServerConfig& config, base::Refusals& refusals)
      : file_(file), config_(config), refusals_(refusals) {}

  void read_timetable(const JsonView& table) {
    const auto rows = table.as_elements();
    if (!refusals_.note(rows.status())) return;
    for (const JsonView& row : *rows) {
      auto read = read_row(row);
      if (refusals_.note(read.status())) config_.server.timetable.push_back(*std::move(read));
    }
  }

  void read(const JsonView& section, std::string_view name) {
    refusals_.note(check_keys(section, name));
    for (const ConfigOption& option : kOptions) {
      if (option.section != name || !section.has(option.spec.name)) continue;
      refusals_.note(read_option(*section.member(option.spec.name), option));
    }
  }

 private:
  // An option that somebody wrote one level too high is the usual mistake here.
  static Status check_keys(const JsonView& section, std::string_view name) {
    if (!name.empty() || !section.json().is_object()) return base::only_keys(section, config_keys(name));
    Json others = Json::object();
    base::Refusals refusals;
    for (const base::JsonMember& member : *section.json().if_object()) {
      const auto option = std::ranges::find(kOptions, member.key, [](const auto& row) { return row.spec.name; });
      if (option == kOptions.end() || option->section.empty()) {
        others.set(member.key, member.value);
        continue;
      }
      refusals.note(base::invalid_input(member.key + ": stands outside its section; expected it below " +
                                        std::string(option->section) + ":"));
    }
    refusals.note(base::only_keys(JsonView(others), config_keys(name)));
    return refusals.status();
  }

  Result<TimetableRow> read_row(const JsonView& row) {
    if (!row.json().is_object())
      return row.refuse("allowed is a mapping, as {from: \"19:30\", to: \"23:00\", threads: 8}");
    std::vector<scene::RawParameter> given;
    for (const base::JsonMember& member : *row.json().if_object()) {
      given.push_back(scene::raw_parameter(member.key, member.value, file_.is_quoted(row.path() + "." + member.key)));
    }
    std::vector<scene::ParameterMistake> mistakes;
    const auto checked = scene::check_parameters(timetable_specs(), given, mistakes);
    std::string sentences;
    for (const auto& mistake : mistakes) {
      sentences += (sentences.empty() ? "" : "\n") + row.path() + "." + mistake.message;
    }
    if (!mistakes.empty()) return base::invalid_input(sentences);
    auto read = timetable_row(checked);
    return read.ok() ? read : base::invalid_input(row.path() + "." + read.status().message());
  }

  Status read_option(const JsonView& value, const ConfigOption& option) {
    const std::string prefix = option.section.empty() ? "" : std::string(option.section) + ".";
    const std::array given = {
        scene::raw_parameter(std::string(option.spec.name), value.json(), file_.is_quoted(value.path()))};
    std::vector<scene::ParameterMistake> mistakes;
    const auto checked = scene::check_parameters(std::span(&option.spec, 1), given, mistakes);
    if (!mistakes.empty()) return base::invalid_input(prefix + mistakes.front().message);
    option.set(config_, value_of(checked, option.spec));
    const Status text = check_text(option.spec.name, config_.server);
    return text.ok() ? text : base::invalid_input(prefix + text.message());
  }

  const base::YamlDocument& file_;
  ServerConfig& config_;
  base::Refusals& refusals_;
};

}  // namespace

std::span<const ConfigOption> config_options() {
  return kOptions;
}

std::span<const std::string_view> config_keys(std::string_view section) {
  static const auto kKeys = [] {
    std::array<std::vector<std::string_view>, 3> keys;
    keys[0].assign(kSections.begin(), kSections.end());
    keys[0].push_back(kTimetable);
    for (const ConfigOption& option : kOptions) {
      keys[option.section.empty() ? 0 : option.section == "server" ? 1 : 2].push_back(option.spec.name);
    }
    return keys;
  }();
  return kKeys[section.empty() ? 0 : section == "server" ? 1 : 2];
}

Status check_options(const ServerOptions& options) {
  ServerConfig config;
  config.server = options;
  base::Refusals refusals;
  for (const ConfigOption& option : kOptions) {
    const ParameterValue value = option.get(config);
    const auto* number = std::get_if<std::int64_t>(&value);
    if (option.section != "server" || number == nullptr) continue;
    const std::array given = {scene::RawParameter::plain(option.spec.name, std::to_string(*number))};
    refusals.note(scene::make_parameters(std::span(&option.spec, 1), given).status());
  }
  for (const std::string_view text : {"address", "checker"}) refusals.note(check_text(text, options));
  if (options.body_memory_bytes < options.body_limit_bytes) {
    refusals.note(base::invalid_input("body_memory_bytes: " + std::to_string(options.body_memory_bytes) +
                                      " is less than body_limit_bytes (" + std::to_string(options.body_limit_bytes) +
                                      "); expected room for one whole body at least"));
  }
  return refusals.status();
}

Result<ServerConfig> parse_server_config(std::string_view yaml, const std::string& shown_name) {
  base::FileMistakes mistakes(shown_name);
  INKLING_ASSIGN(const base::YamlDocument file,
                 base::YamlDocument::parse(yaml, shown_name, {.scalars_as_text = true, .mistakes = &mistakes}));
  ServerConfig config;
  base::Refusals refusals;
  SectionReader reader(file, config, refusals);
  reader.read(file.view(), "");
  for (const std::string_view section : kSections) {
    if (file.view().has(section)) reader.read(*file.view().member(section), section);
  }
  if (file.view().has(kTimetable)) reader.read_timetable(*file.view().member(kTimetable));
  file.tell(refusals.status(), mistakes);
  INKLING_TRY(mistakes.status());
  return config;
}

Result<ServerConfig> load_server_config(const std::string& path) {
  INKLING_ASSIGN(const std::string yaml, base::read_file(path, kMaxConfigBytes));
  return parse_server_config(yaml, path);
}

Json server_config_schema() {
  const ServerConfig defaults;
  const auto members_of = [&](std::string_view section) {
    Json members = Json::object();
    for (const ConfigOption& option : kOptions) {
      if (option.section != section) continue;
      Json schema = scene::parameter_schema(option.spec);
      std::visit(
          [&](const auto& value) {
            using Value = std::decay_t<decltype(value)>;
            if constexpr (!std::is_same_v<Value, std::monostate> &&
                          !std::is_same_v<Value, std::vector<std::string>>) {
              schema.set("default", value);
            }
          },
          option.get(defaults));
      members.set(option.spec.name, std::move(schema));
    }
    return members;
  };
  Json members = Json::object();
  for (const std::string_view section : kSections) {
    members.set(section, scene::object_schema(members_of(section), {}));
  }
  Json rows = Json::object();
  rows.set("type", "array").set("items", scene::parameters_schema(timetable_specs()));
  members.set(kTimetable, std::move(rows));
  const Json scenes = members_of("");
  for (const auto& member : *scenes.if_object()) members.set(member.key, member.value);
  return scene::schema_document("Inkling's server configuration", scene::object_schema(std::move(members), {}));
}

}  // namespace inkling::server
