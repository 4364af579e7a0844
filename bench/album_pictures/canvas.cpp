#include "bench/album_pictures/canvas.h"

#include <algorithm>
#include <cmath>

namespace inkling::bench {

Colour mix(Colour a, Colour b, double share_of_b) {
  const double own = 1 - share_of_b;
  return {own * a.r + share_of_b * b.r, own * a.g + share_of_b * b.g, own * a.b + share_of_b * b.b};
}

Colour any_colour(base::Random& random, double low, double high) {
  return {random.uniform(low, high), random.uniform(low, high), random.uniform(low, high)};
}

Colour near(Colour colour, double spread, base::Random& random) {
  const auto moved = [&](double value) { return std::clamp(value + spread * random.normal(), 0.0, 1.0); };
  return {moved(colour.r), moved(colour.g), moved(colour.b)};
}

Point Pose::place(Point own) const {
  const double x = flip * scale * own.x, y = scale * own.y;
  return {middle.x + x * std::cos(angle) - y * std::sin(angle), middle.y + x * std::sin(angle) + y * std::cos(angle)};
}

Canvas::Canvas(std::uint32_t width, std::uint32_t height, Colour background)
    : width_(width),
      height_(height),
      unit_(std::min(width, height)),
      pixels_(std::size_t{width} * height, background) {}

void Canvas::sky(Colour top, Colour bottom, double from, double to) {
  const auto first = static_cast<std::uint32_t>(std::clamp(from, 0.0, 1.0) * height_);
  const auto last = static_cast<std::uint32_t>(std::clamp(to, 0.0, 1.0) * height_);
  for (std::uint32_t y = first; y < last; ++y) {
    const Colour colour = mix(top, bottom, static_cast<double>(y - first) / std::max(1U, last - first));
    std::fill_n(pixels_.begin() + static_cast<std::ptrdiff_t>(y) * width_, width_, colour);
  }
}

void Canvas::polygon(const std::vector<Point>& corners, const Pose& pose, Colour colour) {
  std::vector<Point> placed;
  for (const Point& corner : corners) {
    const Point at = pose.place(corner);
    placed.push_back({at.x * unit_, at.y * unit_});
  }
  std::vector<double> crossings;
  for (std::uint32_t y = 0; y < height_; ++y) {
    const double middle = y + 0.5;
    crossings.clear();
    for (std::size_t i = 0; i < placed.size(); ++i) {
      const Point a = placed[i], b = placed[(i + 1) % placed.size()];
      if ((a.y <= middle) != (b.y <= middle)) crossings.push_back(a.x + (middle - a.y) / (b.y - a.y) * (b.x - a.x));
    }
    std::ranges::sort(crossings);
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
      const auto from = static_cast<std::int64_t>(std::ceil(std::max(0.0, crossings[i] - 0.5)));
      const auto to = static_cast<std::int64_t>(std::floor(std::min(width_ - 1.0, crossings[i + 1] - 0.5)));
      for (std::int64_t x = from; x <= to; ++x)
        pixels_[std::size_t{y} * width_ + static_cast<std::size_t>(x)] = colour;
    }
  }
}

void Canvas::box(double x0, double y0, double x1, double y1, const Pose& pose, Colour colour) {
  polygon({{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, pose, colour);
}

void Canvas::ellipse(Point middle, double radius_x, double radius_y, const Pose& pose, Colour colour) {
  constexpr int kCorners = 40;
  std::vector<Point> corners;
  for (int i = 0; i < kCorners; ++i) {
    const double turn = 6.283185307179586 * i / kCorners;
    corners.push_back({middle.x + radius_x * std::cos(turn), middle.y + radius_y * std::sin(turn)});
  }
  polygon(corners, pose, colour);
}

void Canvas::line(Point from, Point to, double thick, const Pose& pose, Colour colour) {
  const double length = std::max(1e-9, std::hypot(to.x - from.x, to.y - from.y));
  const double dx = -(to.y - from.y) / length * thick / 2, dy = (to.x - from.x) / length * thick / 2;
  polygon({{from.x + dx, from.y + dy}, {to.x + dx, to.y + dy}, {to.x - dx, to.y - dy}, {from.x - dx, from.y - dy}},
          pose, colour);
}

// Three passes of a box each way are near a Gaussian.
void Canvas::blur(double pixels) {
  const auto reach = static_cast<std::int64_t>(std::lround(pixels));
  if (reach < 1) return;
  const auto pass = [&](std::int64_t count, std::int64_t lines, std::int64_t step, std::int64_t line_step) {
    std::vector<Colour> row(static_cast<std::size_t>(count));
    for (std::int64_t line = 0; line < lines; ++line) {
      for (std::int64_t i = 0; i < count; ++i) {
        Colour sum;
        const std::int64_t from = std::max<std::int64_t>(0, i - reach), to = std::min(count - 1, i + reach);
        for (std::int64_t j = from; j <= to; ++j) {
          const Colour& each = pixels_[static_cast<std::size_t>(line * line_step + j * step)];
          sum = {sum.r + each.r, sum.g + each.g, sum.b + each.b};
        }
        const double share = 1.0 / static_cast<double>(to - from + 1);
        row[static_cast<std::size_t>(i)] = {sum.r * share, sum.g * share, sum.b * share};
      }
      for (std::int64_t i = 0; i < count; ++i) {
        pixels_[static_cast<std::size_t>(line * line_step + i * step)] = row[static_cast<std::size_t>(i)];
      }
    }
  };
  pass(width_, height_, 1, width_);
  pass(height_, width_, width_, 1);
}

void Canvas::photograph(base::Random& random) {
  const double angle = random.uniform(0, 6.28), light = random.uniform(0, 0.35), level = random.uniform(0.75, 1.2);
  const Colour cast = {random.uniform(0.88, 1.12), random.uniform(0.92, 1.08), random.uniform(0.88, 1.12)};
  if (random.chance(0.6)) blur(random.uniform(0.5, 2.5) * unit_ / 160);
  const double noise = random.uniform(0, 0.06);
  for (std::uint32_t y = 0; y < height_; ++y) {
    for (std::uint32_t x = 0; x < width_; ++x) {
      Colour& pixel = pixels_[std::size_t{y} * width_ + x];
      const double across = (x / unit_ - 0.5) * std::cos(angle) + (y / unit_ - 0.5) * std::sin(angle);
      const double bright = level * (1 + light * across);
      pixel = {pixel.r * bright * cast.r + noise * random.normal(),
               pixel.g * bright * cast.g + noise * random.normal(),
               pixel.b * bright * cast.b + noise * random.normal()};
    }
  }
}

picture::Picture Canvas::develop() const {
  picture::Picture picture{width_, height_, {}};
  picture.rgb.reserve(pixels_.size() * 3);
  for (const Colour& pixel : pixels_) {
    for (const double value : {pixel.r, pixel.g, pixel.b}) {
      picture.rgb.push_back(static_cast<std::uint8_t>(std::lround(255 * std::clamp(value, 0.0, 1.0))));
    }
  }
  return picture;
}

Pose pose_of(const Canvas& canvas, base::Random& random, double scale_low, double scale_high, double turn) {
  return {{canvas.wide() / 2 + random.uniform(-0.12, 0.12), canvas.high() / 2 + random.uniform(-0.1, 0.1)},
          random.uniform(scale_low, scale_high),
          random.uniform(-turn, turn),
          random.chance(0.5) ? 1.0 : -1.0};
}

}  // namespace inkling::bench
