// A small drawing board for made-up pictures: shapes in units of its shorter side, moved and turned as a whole, then
// light, blur and noise of a camera. Thread safety: one thread. Not for anything that people look at.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/core/random.h"
#include "picture/decode.h"

namespace inkling::bench {

struct Colour {
  double r = 0, g = 0, b = 0;  // 0 to 1
};

[[nodiscard]] Colour mix(Colour a, Colour b, double share_of_b);
[[nodiscard]] Colour any_colour(base::Random& random, double low = 0.05, double high = 0.95);
// A colour near this one.
[[nodiscard]] Colour near(Colour colour, double spread, base::Random& random);

struct Point {
  double x = 0, y = 0;
};

// How a thing stands: about its middle, in units of the board's shorter side.
struct Pose {
  Point middle{0.5, 0.5};
  double scale = 1;
  double angle = 0;  // radians
  double flip = 1;   // -1: mirrored
  [[nodiscard]] Point place(Point own) const;
};

class Canvas {
 public:
  Canvas(std::uint32_t width, std::uint32_t height, Colour background);

  [[nodiscard]] double wide() const { return width_ / unit_; }  // in units; the shorter side is 1
  [[nodiscard]] double high() const { return height_ / unit_; }

  void sky(Colour top, Colour bottom, double from = 0, double to = 1);  // shares of the height
  void polygon(const std::vector<Point>& corners, const Pose& pose, Colour colour);
  void box(double x0, double y0, double x1, double y1, const Pose& pose, Colour colour);
  void ellipse(Point middle, double radius_x, double radius_y, const Pose& pose, Colour colour);
  void line(Point from, Point to, double thick, const Pose& pose, Colour colour);

  // Light from one side, a cast of colour, out of focus, noise of the sensor: a little or a lot of each.
  void photograph(base::Random& random);
  [[nodiscard]] picture::Picture develop() const;

 private:
  void blur(double pixels);

  std::uint32_t width_, height_;
  double unit_;
  std::vector<Colour> pixels_;
};

// About the middle of the board, a little off it, turned by up to `turn` radians either way, or mirrored.
[[nodiscard]] Pose pose_of(const Canvas& canvas, base::Random& random, double scale_low, double scale_high,
                           double turn);

}  // namespace inkling::bench
