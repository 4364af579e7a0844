// An SVG drawing that grows shape by shape, in its own units (about a pixel each). What has a coordinate that is not
// finite is left out, so no NaN ever reaches a page. Colours come from the page's style sheet (style.h).
// Thread safety: plain value.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace inkling::report {

using Place = std::pair<double, double>;  // x to the right, y downwards

enum class Anchor : unsigned char { kStart, kMiddle, kEnd };

// The CSS class of the n-th series; there are kColours of them, then they begin again.
inline constexpr std::size_t kColours = 8;
[[nodiscard]] std::string colour_class(std::size_t series);

class Canvas {
 public:
  Canvas(double width, double height) : width_(width), height_(height) {}

  // `classes` are of style.h; `hint` is what a pointer that rests on the shape is told.
  void line(Place from, Place to, std::string_view classes);
  // Parts where a place is not finite are gaps.
  void path(const std::vector<Place>& places, std::string_view classes, std::string_view hint = {});
  // The area between two rows of places of the same size.
  void band(const std::vector<Place>& upper, const std::vector<Place>& lower, std::string_view classes);
  void dot(Place centre, double radius, std::string_view classes, std::string_view hint = {});
  // `opacity` of 1: as the class says.
  void box(Place corner, double width, double height, std::string_view classes, std::string_view hint = {},
           double opacity = 1);
  void text(Place at, std::string_view text, Anchor anchor = Anchor::kStart, std::string_view classes = {});
  // Turned by a quarter, read from below.
  void upright_text(Place at, std::string_view text);

  // One <svg> element; `title` is its accessible name, `description` what it shows.
  [[nodiscard]] std::string svg(std::string_view title, std::string_view description) const;

 private:
  double width_;
  double height_;
  std::string body_;
};

// How wide a text is, roughly, at the size of tick labels.
[[nodiscard]] double text_width(std::string_view text);

}  // namespace inkling::report
