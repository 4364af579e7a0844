#include "report/canvas.h"

#include <cmath>
#include <cstdio>

#include "report/markup.h"

namespace inkling::report {
namespace {

constexpr double kLetterWidth = 6.3;

// A tenth of a pixel is finer than anybody sees.
std::string coordinate(double value) {
  char text[40];
  std::snprintf(text, sizeof(text), "%.1f", value);
  std::string number(text);
  if (number.ends_with(".0")) number.resize(number.size() - 2);
  return number == "-0" ? "0" : number;
}

bool finite(Place place) {
  return std::isfinite(place.first) && std::isfinite(place.second);
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + escaped(value) + "\"";
}

std::string classes_of(std::string_view classes) {
  return classes.empty() ? "" : attribute("class", classes);
}

std::string at(std::string_view x, std::string_view y, Place place) {
  return attribute(x, coordinate(place.first)) + attribute(y, coordinate(place.second));
}

std::string closed(std::string_view tag, std::string_view hint) {
  if (hint.empty()) return "/>";
  return "><title>" + escaped(hint) + "</title></" + std::string(tag) + ">";
}

std::string step(char command, Place place) {
  return command + coordinate(place.first) + " " + coordinate(place.second);
}

}  // namespace

std::string colour_class(std::size_t series) {
  return "c" + std::to_string(series % kColours);
}

double text_width(std::string_view text) {
  double letters = 0;
  for (const char c : text) letters += (static_cast<unsigned char>(c) & 0xC0) == 0x80 ? 0 : 1;
  return letters * kLetterWidth;
}

void Canvas::line(Place from, Place to, std::string_view classes) {
  if (!finite(from) || !finite(to)) return;
  body_ += "<line" + at("x1", "y1", from) + at("x2", "y2", to) + classes_of(classes) + "/>";
}

void Canvas::path(const std::vector<Place>& places, std::string_view classes, std::string_view hint) {
  std::string d;
  bool drawing = false;
  for (const Place& place : places) {
    if (finite(place)) d += step(drawing ? 'L' : 'M', place);
    drawing = finite(place);
  }
  if (!d.empty()) body_ += "<path" + attribute("d", d) + classes_of(classes) + closed("path", hint);
}

void Canvas::band(const std::vector<Place>& upper, const std::vector<Place>& lower, std::string_view classes) {
  std::string there, back;
  for (std::size_t i = 0; i < upper.size() && i < lower.size(); ++i) {
    if (!finite(upper[i]) || !finite(lower[i])) continue;
    there += step(there.empty() ? 'M' : 'L', upper[i]);
    back = step('L', lower[i]) + back;
  }
  if (!there.empty()) body_ += "<path" + attribute("d", there + back + "Z") + classes_of(classes) + "/>";
}

void Canvas::dot(Place centre, double radius, std::string_view classes, std::string_view hint) {
  if (!finite(centre)) return;
  body_ += "<circle" + at("cx", "cy", centre) + attribute("r", coordinate(radius)) + classes_of(classes) +
           closed("circle", hint);
}

void Canvas::box(Place corner, double width, double height, std::string_view classes, std::string_view hint,
                 double opacity) {
  if (!finite(corner) || !finite({width, height}) || !std::isfinite(opacity)) return;
  char faint[24];
  std::snprintf(faint, sizeof(faint), "%.3f", opacity);
  body_ += "<rect" + at("x", "y", corner) + attribute("width", coordinate(width)) +
           attribute("height", coordinate(height)) + (opacity < 1 ? attribute("fill-opacity", faint) : "") +
           classes_of(classes) + closed("rect", hint);
}

void Canvas::text(Place place, std::string_view words, Anchor anchor, std::string_view classes) {
  if (!finite(place)) return;
  constexpr const char* kAnchors[] = {"", " text-anchor=\"middle\"", " text-anchor=\"end\""};
  body_ += "<text" + at("x", "y", place) + kAnchors[static_cast<std::size_t>(anchor)] + classes_of(classes) + ">" +
           escaped(words) + "</text>";
}

void Canvas::upright_text(Place place, std::string_view words) {
  if (!finite(place)) return;
  const std::string turn = "rotate(-90 " + coordinate(place.first) + " " + coordinate(place.second) + ")";
  body_ += "<text" + at("x", "y", place) + " text-anchor=\"middle\"" + attribute("transform", turn) + ">" +
           escaped(words) + "</text>";
}

std::string Canvas::svg(std::string_view title, std::string_view description) const {
  std::string svg = "<svg viewBox=\"0 0 " + coordinate(width_) + " " + coordinate(height_) + "\" role=\"img\"" +
                    attribute("aria-label", title) + "><title>" + escaped(title) + "</title>";
  if (!description.empty()) svg += "<desc>" + escaped(description) + "</desc>";
  return svg + body_ + "</svg>";
}

}  // namespace inkling::report
