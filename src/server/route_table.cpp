#include "server/route_table.h"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "base/core/utf8.h"
#include "server/problem.h"

namespace inkling::server {

namespace {

bool is_placeholder(std::string_view segment) {
  return segment.starts_with('{');
}

std::vector<std::string> split(std::string_view pattern) {
  std::vector<std::string> segments;
  while (!pattern.empty()) {
    pattern.remove_prefix(1);
    const std::size_t end = std::min(pattern.find('/'), pattern.size());
    segments.emplace_back(pattern.substr(0, end));
    pattern.remove_prefix(end);
  }
  return segments;
}

// The target's path, decoded; nullopt when it is no origin-form target (RFC 9112 section 3.2.1).
std::optional<std::vector<std::string>> path_segments(std::string_view target) {
  const auto url = boost::urls::parse_origin_form(boost::urls::string_view(target.data(), target.size()));
  if (url.has_error()) return std::nullopt;
  std::vector<std::string> segments;
  for (const auto& segment : url->segments()) segments.emplace_back(segment);
  return segments;
}

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  return pattern.size() == path.size() &&
         std::equal(pattern.begin(), pattern.end(), path.begin(), [](const auto& expected, const auto& found) {
           return is_placeholder(expected) ? !found.empty() : expected == found;
         });
}

// Levenshtein distance in bytes.
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
    }
  }
  return row.back();
}

// How far a path is from a pattern: edits within segments, and the length of those that one side lacks.
std::size_t distance(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < std::max(pattern.size(), path.size()); ++i) {
    if (i >= path.size()) {
      sum += pattern[i].size();
    } else if (i >= pattern.size()) {
      sum += path[i].size() + 1;
    } else if (!is_placeholder(pattern[i])) {
      sum += edits(pattern[i], path[i]);
    }
  }
  return sum;
}

RouteMatch refuse(HttpResponse refusal) {
  RouteMatch match;
  match.refusal = std::move(refusal);
  return match;
}

bool answers_method(const Route& route, std::string_view method) {
  return route.method == method || (route.method == "GET" && method == "HEAD");
}

RouteMatch take_params(const std::vector<std::string>& pattern, std::vector<std::string> path,
                       std::string_view target) {
  RouteMatch match;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (!is_placeholder(pattern[i])) continue;
    if (!base::valid_utf8(path[i])) {
      return refuse(
          problem(400, "path: " + pattern[i] + " is not UTF-8 once percent-decoded; encode its UTF-8 bytes", target));
    }
    match.params.push_back(std::move(path[i]));
  }
  return match;
}

}  // namespace

RouteTable::RouteTable(std::vector<Route> routes) : routes_(std::move(routes)) {
  for (const auto& route : routes_) patterns_.push_back(split(route.pattern));
}

std::string RouteTable::allowed_methods(const Segments& path) const {
  std::string methods;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (!fits(patterns_[i], path)) continue;
    if (!methods.empty()) methods += ", ";
    methods += routes_[i].method;
    if (routes_[i].method == "GET") methods += ", HEAD";
  }
  return methods;
}

std::string_view RouteTable::nearest_pattern(const Segments& path) const {
  std::string_view nearest;
  std::size_t nearest_distance = std::numeric_limits<std::size_t>::max();
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    const std::size_t here = distance(patterns_[i], path);
    if (here < nearest_distance) {
      nearest_distance = here;
      nearest = routes_[i].pattern;
    }
  }
  return nearest;
}

RouteMatch RouteTable::match(std::string_view method, std::string_view target) const {
  auto path = path_segments(target);
  if (!path) {
    return refuse(problem(400, "target: not a valid path; it must begin with '/' and be percent-encoded", target));
  }
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (!answers_method(routes_[i], method) || !fits(patterns_[i], *path)) continue;
    RouteMatch match = take_params(patterns_[i], std::move(*path), target);
    if (match.refusal.body.empty()) match.route = &routes_[i];
    match.route_index = i;
    return match;
  }
  const std::string allowed = allowed_methods(*path);
  if (allowed.empty()) {
    std::string detail = "target: no such route; the nearest is " + std::string(nearest_pattern(*path));
    return refuse(problem(404, detail + " (all of them: /openapi.json)", target));
  }
  RouteMatch match = refuse(problem(405, "method: " + std::string(method) + " is not one of " + allowed, target));
  match.refusal.allow = allowed;
  return match;
}

}  // namespace inkling::server
