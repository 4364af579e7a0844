#include "models/album_sorter/album_sorter_drawings_net.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace inkling::models::album_sorter {
namespace {

using base::Random;

constexpr double kTurn = 2 * std::numbers::pi;

enum class Form { kEllipse, kBox, kTriangle, kBand, kPolygon };

// In a frame of its own, turned.
struct Shape {
  Form form = Form::kEllipse;
  double x = 0, y = 0, reach_u = 1, reach_v = 1, turn = 0;
  std::vector<double> corners;  // of a polygon: how far out each lies, at equal turns

  [[nodiscard]] bool covers(double u, double v) const {
    switch (form) {
      case Form::kEllipse:
        return u * u + v * v < 1;
      case Form::kBox:
        return std::abs(u) < 1 && std::abs(v) < 1;
      case Form::kTriangle:
        return std::abs(v) < 1 && std::abs(u) < (1 - v) / 2;
      case Form::kBand:
        return std::abs(v) < 1;
      case Form::kPolygon:
        break;
    }
    const double around = std::atan2(v, u) / kTurn + 1, at = (around - std::floor(around)) * double(corners.size());
    const auto first = static_cast<std::size_t>(at) % corners.size();
    const double share = at - std::floor(at);
    return std::hypot(u, v) < (1 - share) * corners[first] + share * corners[(first + 1) % corners.size()];
  }
  // From its middle to its farthest point at most.
  [[nodiscard]] double reach() const { return form == Form::kBand ? 1e9 : 1.5 * std::max(reach_u, reach_v); }
};

void paint(Sheet& sheet, const Shape& shape, const Colour& colour) {
  const double cosine = std::cos(shape.turn), sine = std::sin(shape.turn), most = double(sheet.side);
  const auto bound = [&](double value) { return static_cast<std::size_t>(std::clamp(value, 0.0, most)); };
  const std::size_t right = bound(shape.x + shape.reach() + 1), below = bound(shape.y + shape.reach() + 1);
  for (std::size_t y = bound(shape.y - shape.reach()); y < below; ++y) {
    for (std::size_t x = bound(shape.x - shape.reach()); x < right; ++x) {
      const double dx = double(x) - shape.x, dy = double(y) - shape.y;
      const double u = (dx * cosine + dy * sine) / shape.reach_u, v = (dy * cosine - dx * sine) / shape.reach_v;
      if (shape.covers(u, v)) sheet.set(y * sheet.side + x, colour);
    }
  }
}

// One colour, or from one to another: downwards, or any way.
struct Fade {
  Colour from, to;
  double turn = 0;
  Fade(const Colours& colours, Random& random) : from(colours.any(random)), to(from) {
    if (random.chance(0.5)) to = colours.any(random);
    turn = random.chance(0.3) ? random.uniform(0, kTurn) : kTurn / 4;
  }
  [[nodiscard]] Colour at(double x, double y, double side) const {
    const double along = ((x / side - 0.5) * std::cos(turn) + (y / side - 0.5) * std::sin(turn)) / 1.4 + 0.5;
    Colour colour;
    for (std::size_t c = 0; c < 3; ++c) colour[c] = from[c] + static_cast<float>(along) * (to[c] - from[c]);
    return colour;
  }
};

// Where `in` says so.
template <typename In>
void fill(Sheet& sheet, const Fade& fade, In in) {
  for (std::size_t i = 0; i < sheet.side * sheet.side; ++i) {
    const double x = double(i % sheet.side), y = double(i / sheet.side), side = double(sheet.side);
    if (in(x / side, y / side)) sheet.set(i, fade.at(x, y, side));
  }
}

template <std::size_t kCount>
std::size_t one_of(const std::array<std::size_t, kCount>& choices, Random& random) {
  return choices[random.below(kCount)];
}

// A part of a thing, in units of the thing's size.
struct Part {
  Shape shape;
  Colour colour;
};

Part any_part(std::span<const Colour> palette, Random& random) {
  constexpr std::array kForms = {Form::kEllipse, Form::kBox, Form::kBox, Form::kTriangle, Form::kPolygon};
  Part part;
  part.shape.form = kForms[random.below(kForms.size())];
  if (part.shape.form == Form::kPolygon) {
    part.shape.corners.resize(3 + random.below(8));
    for (double& corner : part.shape.corners) corner = random.uniform(0.4, 1.1);
  }
  part.shape.reach_u = std::pow(random.uniform(0.05, 0.9), 1.3);
  part.shape.reach_v = part.shape.reach_u * random.uniform(0.15, 1.2);
  part.shape.turn = random.chance(0.6) ? 0 : random.uniform(0, kTurn);
  part.shape.x = random.uniform(-0.8, 0.8);
  part.shape.y = random.uniform(-0.8, 0.8);
  part.colour = palette[random.below(palette.size())];
  for (float& value : part.colour)
    value = std::clamp(value + 0.08F * static_cast<float>(random.normal()), -1.0F, 1.0F);
  return part;
}

// The part alone, in a row or in a ring of smaller ones.
std::vector<Shape> repeated(const Shape& one, Random& random) {
  const double kind = random.uniform();
  std::vector<Shape> made;
  if (kind < 0.6) return {one};
  if (kind < 0.85) {
    const std::size_t count = 2 + random.below(7);
    const double step_x = random.uniform(-0.5, 0.5), step_y = random.chance(0.6) ? 0 : random.uniform(-0.5, 0.5);
    const double share = std::max(0.25, 0.6 * std::min(1.0, std::hypot(step_x, step_y) / std::max(0.1, one.reach_u)));
    for (std::size_t i = 0; i < count; ++i) {
      const double along = 3 * double(i) / double(count) - 1;
      made.push_back(one);
      made.back().x += along * step_x;
      made.back().y += along * step_y;
      made.back().reach_u *= share;
      made.back().reach_v *= share;
    }
    return made;
  }
  const std::size_t count = 3 + random.below(7);
  const double radius = random.uniform(0.2, 0.8);
  for (std::size_t i = 0; i < count; ++i) {
    const double turn = kTurn * double(i) / double(count);
    made.push_back(one);
    made.back().x = 0.3 * one.x + radius * std::cos(turn);
    made.back().y = 0.3 * one.y + radius * std::sin(turn);
    made.back().reach_u /= 2;
    made.back().reach_v /= 2;
    made.back().turn = turn;
  }
  return made;
}

struct Place {
  double x = 0, y = 0, size = 0, turn = 0;
};

Shape placed(Shape shape, const Place& place, double side) {
  const double x = shape.x * side, y = shape.y;  // side -1: mirrored
  shape.x = place.x + place.size * (x * std::cos(place.turn) - y * std::sin(place.turn));
  shape.y = place.y + place.size * (x * std::sin(place.turn) + y * std::cos(place.turn));
  shape.reach_u = std::max(0.6, shape.reach_u * place.size);
  shape.reach_v = std::max(0.6, shape.reach_v * place.size);
  shape.turn = place.turn + side * shape.turn;
  return shape;
}

void add_thing(Sheet& sheet, Place place, std::span<const Colour> palette, Random& random) {
  if (random.chance(0.5)) place.turn = random.chance(0.6) ? random.uniform(-0.6, 0.6) : random.uniform(0, kTurn);
  const bool mirrored = random.chance(0.4);
  const std::size_t parts = 1 + random.below(8);
  for (std::size_t i = 0; i < parts; ++i) {
    const Part part = any_part(palette, random);
    for (const Shape& shape : repeated(part.shape, random)) {
      paint(sheet, placed(shape, place, 1), part.colour);
      if (mirrored) paint(sheet, placed(shape, place, -1), part.colour);
    }
  }
}

}  // namespace

Colour Sheet::at(std::size_t pixel) const {
  const std::size_t plane = side * side;
  return {values[pixel], values[plane + pixel], values[2 * plane + pixel]};
}

void Sheet::set(std::size_t pixel, const Colour& colour) {
  for (std::size_t c = 0; c < 3; ++c) values[c * side * side + pixel] = colour[c];
}

Colours::Colours(std::span<const float> own, Random& random) {
  if (random.chance(0.6)) own_ = own;
  if (random.chance(0.5)) strength_ = random.uniform();
}

Colour Colours::any(Random& random) const {
  Colour colour;
  if (!own_.empty() && random.chance(0.8)) {
    const std::size_t plane = own_.size() / 3, pixel = random.below(plane);
    for (std::size_t c = 0; c < 3; ++c) {
      colour[c] = std::clamp(own_[c * plane + pixel] + 0.05F * static_cast<float>(random.normal()), -1.0F, 1.0F);
    }
    return colour;
  }
  for (float& value : colour) value = static_cast<float>(random.uniform(-1, 1));
  const float grey = (colour[0] + colour[1] + colour[2]) / 3, strength = static_cast<float>(strength_);
  for (float& value : colour) value = strength * value + (1 - strength) * grey;
  return colour;
}

Sheet dead_leaves(std::size_t side, const Colours& colours, Random& random) {
  constexpr std::array kForms = {Form::kEllipse, Form::kBox, Form::kTriangle, Form::kBand};
  Sheet sheet(side);
  fill(sheet, Fade(colours, random), [](double, double) { return true; });
  const std::array<Colour, 3> palette = {colours.any(random), colours.any(random), colours.any(random)};
  const bool few_colours = random.chance(0.5), one_form = random.chance(0.4);
  const Form form = kForms[random.below(kForms.size())];
  const double largest = std::exp(random.uniform(std::log(3.0), std::log(26.0))) * double(side) / 64;
  const std::size_t leaves = 3 + random.below(40);
  for (std::size_t i = 0; i < leaves; ++i) {
    Shape leaf;
    leaf.form = one_form ? form : kForms[random.below(kForms.size())];
    leaf.x = random.uniform(0, double(side));
    leaf.y = random.uniform(0, double(side));
    leaf.reach_u = leaf.form == Form::kBand ? random.uniform(1, 5) : largest * std::pow(random.uniform(0.15, 1), 1.5);
    leaf.reach_v = leaf.reach_u * random.uniform(0.25, 1);
    if (!random.chance(0.4)) leaf.turn = random.uniform(0, kTurn);
    paint(sheet, leaf, few_colours ? palette[random.below(palette.size())] : colours.any(random));
  }
  return sheet;
}

Sheet ground(std::size_t side, const Colours& colours, Random& random) {
  Sheet sheet(side);
  fill(sheet, Fade(colours, random), [](double, double) { return true; });
  const std::size_t more = one_of<5>({0, 1, 1, 2, 3}, random);
  for (std::size_t i = 0; i < more; ++i) {
    const double turn = random.chance(0.6) ? 0 : random.uniform(0, kTurn), at = random.uniform(0.2, 0.9);
    fill(sheet, Fade(colours, random),
         [&](double x, double y) { return (y - at) * std::cos(turn) + (x - 0.5) * std::sin(turn) > 0; });
  }
  return sheet;
}

void add_things(Sheet& sheet, const Colours& colours, Random& random) {
  std::vector<Colour> palette(2 + random.below(4));
  for (Colour& colour : palette) colour = colours.any(random);
  const std::size_t things = one_of<7>({1, 1, 1, 2, 3, 5, 9}, random);
  const double side = double(sheet.side), spread = things == 1 ? 0.22 : 0.47;
  for (std::size_t i = 0; i < things; ++i) {
    const Place place{side * (0.5 + random.uniform(-spread, spread)), side * (0.5 + random.uniform(-spread, spread)),
                      side * random.uniform(0.22, 0.53) / std::sqrt(double(things))};
    add_thing(sheet, place, palette, random);
  }
}

void photograph(Sheet& sheet, Random& random) {
  const std::size_t side = sheet.side;
  if (random.chance(0.5)) {
    const std::vector<float> sharp = sheet.values;
    for (std::size_t i = 0; i < sharp.size(); ++i) {
      const std::size_t x = i % side, y = i / side % side;
      float sum = 0;
      for (const std::size_t up : {y == 0 ? 0 : side, std::size_t{0}}) {
        for (const std::size_t left : {x == 0 ? 0 : std::size_t{1}, std::size_t{0}}) sum += sharp[i - up - left];
      }
      sheet.values[i] = sum / 4;
    }
  }
  const double turn = random.uniform(0, kTurn), light = random.uniform(0, 0.35), noise = random.uniform(0, 0.09);
  for (std::size_t i = 0; i < sheet.values.size(); ++i) {
    const double across = (double(i % side) / double(side) - 0.5) * std::cos(turn) +
                          (double(i / side % side) / double(side) - 0.5) * std::sin(turn);
    const double lit = (double{sheet.values[i]} + 1) * (1 + light * across) - 1;
    sheet.values[i] = static_cast<float>(std::clamp(lit + noise * random.normal(), -1.0, 1.0));
  }
}

}  // namespace inkling::models::album_sorter
