// Foreign subjects of the third test of album_sorter; since their scores were seen, they are spent as a test. Half of
// them are near an album on purpose: robots to people, prams to vehicles, houses to storefronts, bookcases to rooms,
// pencils to tools.
#include <algorithm>
#include <array>
#include <cmath>

#include "bench/album_pictures/subjects.h"

namespace inkling::bench {
namespace {

using base::Random;

constexpr double kTurn = 6.283185307179586;

void draw_robot(Canvas& canvas, Random& random) {  // a toy, from the front
  const Colour ground = any_colour(random, 0.3, 0.9);
  canvas.sky(ground, near(ground, 0.08, random));
  const Colour tin = any_colour(random, 0.25, 0.9), dark = mix(tin, {0, 0, 0}, 0.35);
  const Colour lamp = any_colour(random, 0.4, 1);
  const Pose pose = pose_of(canvas, random, 0.85, 1.15, 0.12);
  const double shoulder = random.uniform(0.2, 0.27), jaw = random.uniform(0.12, 0.17);
  for (const double side : {-1.0, 1.0}) {
    const double lift = random.chance(0.3) ? -0.12 : 0.34;
    canvas.line({side * shoulder, 0.1}, {side * (shoulder + 0.12), 0.1 + 0.7 * lift}, 0.06, pose, dark);
    canvas.ellipse({side * (shoulder + 0.12), 0.1 + 0.7 * lift}, 0.05, 0.05, pose, tin);
    canvas.box(side * 0.11 - 0.06, 0.38, side * 0.11 + 0.06, 0.6, pose, dark);
  }
  canvas.box(-shoulder, 0.04, shoulder, 0.4, pose, tin);
  canvas.box(-0.6 * shoulder, 0.1, 0.6 * shoulder, 0.28, pose, mix(tin, {1, 1, 1}, 0.5));
  for (int i = 0; i < 3; ++i)
    canvas.ellipse({-0.08 + 0.08 * i, 0.16}, 0.025, 0.025, pose, any_colour(random, 0.2, 1));
  canvas.line({-0.09, 0.23}, {0.09, 0.23}, 0.02, pose, dark);
  canvas.box(-0.05, -0.03, 0.05, 0.05, pose, dark);
  canvas.box(-jaw, -0.3, jaw, -0.02, pose, mix(tin, {1, 1, 1}, 0.2));
  for (const double x : {-0.45 * jaw, 0.45 * jaw}) {
    canvas.ellipse({x, -0.2}, 0.035, 0.035, pose, {0.95, 0.95, 0.9});
    canvas.ellipse({x, -0.2}, 0.02, 0.02, pose, lamp);
  }
  canvas.box(-0.6 * jaw, -0.1, 0.6 * jaw, -0.06, pose, {0.15, 0.15, 0.17});
  if (random.chance(0.7)) {
    canvas.line({0, -0.3}, {0, -0.4}, 0.014, pose, dark);
    canvas.ellipse({0, -0.41}, 0.025, 0.025, pose, lamp);
  }
}

void draw_pram(Canvas& canvas, Random& random) {
  const double path = random.uniform(0.58, 0.7);
  canvas.sky(near({0.65, 0.78, 0.9}, 0.1, random), near({0.6, 0.75, 0.5}, 0.1, random), 0, path);
  canvas.sky(near({0.6, 0.57, 0.52}, 0.06, random), near({0.48, 0.46, 0.43}, 0.05, random), path, 1);
  const Pose pose = pose_of(canvas, random, 0.85, 1.2, 0.06);
  const Colour cloth = any_colour(random), metal = near({0.55, 0.56, 0.58}, 0.08, random);
  canvas.line({-0.28, 0.28}, {0.2, 0.05}, 0.025, pose, metal);
  canvas.line({0.26, 0.28}, {-0.2, 0.05}, 0.025, pose, metal);
  canvas.line({0.28, -0.02}, {0.44, -0.18}, 0.025, pose, metal);
  canvas.line({0.42, -0.2}, {0.47, -0.14}, 0.035, pose, {0.12, 0.12, 0.12});
  canvas.polygon({{-0.34, -0.06}, {0.34, -0.06}, {0.28, 0.12}, {0.18, 0.17}, {-0.2, 0.17}, {-0.3, 0.1}}, pose, cloth);
  std::vector<Point> hood = {{-0.04, -0.06}};
  for (int i = 0; i <= 10; ++i) {
    const double turn = kTurn / 2 + kTurn / 4 * 1.3 * i / 10;
    hood.push_back({-0.04 + 0.3 * std::cos(turn), -0.06 + 0.3 * std::sin(turn)});
  }
  canvas.polygon(hood, pose, mix(cloth, {0, 0, 0}, 0.2));
  for (int i = 3; i < 10; i += 3) {
    canvas.line(hood[0], hood[static_cast<std::size_t>(i)], 0.01, pose, mix(cloth, {0, 0, 0}, 0.5));
  }
  canvas.box(-0.3, -0.06, 0.34, -0.02, pose, mix(cloth, {1, 1, 1}, 0.5));
  for (const double x : {-0.26, 0.25}) {
    const double size = x > 0 ? random.uniform(0.09, 0.13) : 0.1;
    canvas.ellipse({x, 0.28}, size, size, pose, {0.1, 0.1, 0.1});
    canvas.ellipse({x, 0.28}, 0.75 * size, 0.75 * size, pose, near({0.62, 0.6, 0.56}, 0.05, random));
    for (int i = 0; i < 3; ++i) {
      const double turn = kTurn / 6 * i;
      canvas.line({x - size * std::cos(turn), 0.28 - size * std::sin(turn)},
                  {x + size * std::cos(turn), 0.28 + size * std::sin(turn)}, 0.012, pose, metal);
    }
  }
}

void draw_house(Canvas& canvas, Random& random) {
  canvas.sky(near({0.6, 0.75, 0.95}, 0.1, random), near({0.85, 0.9, 0.95}, 0.06, random));
  const Pose pose = pose_of(canvas, random, 0.85, 1.15, 0.05);
  canvas.box(-2, 0.32, 2, 2, pose, near({0.4, 0.58, 0.3}, 0.07, random));  // a lawn
  canvas.polygon({{-0.06, 0.34}, {0.08, 0.34}, {0.2, 0.8}, {-0.1, 0.8}}, pose, near({0.7, 0.66, 0.6}, 0.05, random));
  const Colour wall = any_colour(random, 0.45, 0.95), frame = near({0.94, 0.94, 0.92}, 0.04, random);
  const Colour tiles = mix({0.6, 0.28, 0.2}, {0.3, 0.3, 0.33}, random.uniform());
  const Colour glass = near({0.4, 0.52, 0.62}, 0.07, random);
  canvas.box(0.2, -0.4, 0.28, -0.2, pose, mix(tiles, {0, 0, 0}, 0.3));  // a chimney
  canvas.box(-0.38, -0.12, 0.38, 0.34, pose, wall);
  if (random.chance(0.5)) {
    canvas.polygon({{-0.44, -0.12}, {0, -0.42}, {0.44, -0.12}}, pose, tiles);
    canvas.ellipse({0, -0.22}, 0.05, 0.05, pose, glass);
  } else {
    canvas.polygon({{-0.45, -0.12}, {-0.3, -0.36}, {0.3, -0.36}, {0.45, -0.12}}, pose, tiles);
    for (int i = 1; i < 4; ++i) {
      canvas.line({-0.44 + 0.03 * i, -0.12 - 0.06 * i}, {0.44 - 0.03 * i, -0.12 - 0.06 * i}, 0.008, pose,
                  mix(tiles, {0, 0, 0}, 0.35));
    }
  }
  for (const double x : {-0.3, 0.14}) {
    for (const double y : {-0.06, 0.14}) {
      canvas.box(x - 0.02, y - 0.02, x + 0.16, y + 0.13, pose, frame);
      canvas.box(x, y, x + 0.065, y + 0.11, pose, glass);
      canvas.box(x + 0.075, y, x + 0.14, y + 0.11, pose, glass);
    }
  }
  canvas.box(-0.07, 0.12, 0.08, 0.34, pose, any_colour(random, 0.1, 0.8));
  canvas.ellipse({0.05, 0.24}, 0.012, 0.012, pose, {0.9, 0.8, 0.4});
  const int bushes = 1 + static_cast<int>(random.below(4));
  for (int i = 0; i < bushes; ++i) {
    canvas.ellipse({random.chance(0.5) ? random.uniform(-0.55, -0.2) : random.uniform(0.2, 0.55), 0.34},
                   random.uniform(0.06, 0.13), random.uniform(0.06, 0.12), pose,
                   near({0.22, 0.42, 0.18}, 0.06, random));
  }
}

void draw_bookcase(Canvas& canvas, Random& random) {
  const Colour wall = any_colour(random, 0.6, 0.95),
               wood = mix({0.85, 0.7, 0.5}, {0.35, 0.22, 0.13}, random.uniform());
  canvas.sky(wall, near(wall, 0.03, random));
  const Pose pose = pose_of(canvas, random, 0.95, 1.25, 0.04);
  canvas.box(-2, 0.36, 2, 2, pose, near({0.5, 0.38, 0.28}, 0.09, random));
  canvas.box(-0.36, -0.42, 0.36, 0.42, pose, wood);
  const int shelves = 3 + static_cast<int>(random.below(3));
  const double step = 0.78 / shelves;
  for (int shelf = 0; shelf < shelves; ++shelf) {
    const double top = -0.39 + step * shelf, bottom = top + step - 0.03;
    canvas.box(-0.33, top, 0.33, bottom, pose, mix(wood, {0, 0, 0}, 0.5));
    double x = -0.32;
    while (x < 0.28) {
      const double thick = random.uniform(0.02, 0.05), high = (step - 0.04) * random.uniform(0.6, 0.95);
      if (random.chance(0.12)) {  // something else stands there
        canvas.ellipse({x + 0.05, bottom - 0.05}, 0.045, 0.05, pose, any_colour(random, 0.3, 0.95));
        x += 0.12;
      } else {
        const Colour cover = any_colour(random, 0.1, 0.9);
        canvas.box(x, bottom - high, std::min(x + thick, 0.32), bottom, pose, cover);
        canvas.box(x, bottom - 0.8 * high, std::min(x + thick, 0.32), bottom - 0.7 * high, pose,
                   mix(cover, {1, 0.95, 0.7}, 0.6));
        x += thick + 0.004;
      }
    }
  }
}

void draw_one_pencil(Canvas& canvas, Random& random, const Pose& pose) {
  const Colour paint = any_colour(random, 0.1, 0.95);
  switch (random.below(3)) {
    case 0:  // a pencil
      canvas.box(-0.03, -0.2, 0.03, 0.28, pose, paint);
      canvas.box(-0.01, -0.2, 0.01, 0.28, pose, mix(paint, {1, 1, 1}, 0.3));
      canvas.polygon({{-0.03, -0.2}, {0.03, -0.2}, {0, -0.32}}, pose, {0.9, 0.75, 0.55});
      canvas.polygon({{-0.011, -0.28}, {0.011, -0.28}, {0, -0.33}}, pose, mix(paint, {0, 0, 0}, 0.5));
      canvas.box(-0.03, 0.28, 0.03, 0.34, pose, {0.9, 0.55, 0.55});
      break;
    case 1:  // a brush
      canvas.polygon({{-0.012, 0.36}, {0.012, 0.36}, {0.028, -0.12}, {-0.028, -0.12}}, pose, paint);
      canvas.box(-0.032, -0.2, 0.032, -0.12, pose, {0.7, 0.7, 0.72});
      canvas.polygon({{-0.035, -0.2}, {0.035, -0.2}, {0.02, -0.32}, {0, -0.36}, {-0.02, -0.32}}, pose,
                     any_colour(random, 0.1, 0.8));
      break;
    default:  // a felt pen with its cap
      canvas.box(-0.038, -0.05, 0.038, 0.32, pose, near({0.92, 0.92, 0.9}, 0.04, random));
      canvas.box(-0.042, -0.26, 0.042, -0.03, pose, paint);
      canvas.box(0.02, -0.24, 0.05, -0.02, pose, mix(paint, {0, 0, 0}, 0.3));
      canvas.box(-0.038, 0.27, 0.038, 0.32, pose, paint);
  }
}

void draw_pencils(Canvas& canvas, Random& random) {
  const Colour desk = mix(near({0.75, 0.6, 0.42}, 0.07, random), any_colour(random, 0.5, 0.95), random.uniform());
  canvas.sky(desk, near(desk, 0.04, random));
  if (random.chance(0.5)) {  // a sheet with a scribble
    const Pose sheet = pose_of(canvas, random, 0.9, 1.1, 0.5);
    canvas.box(-0.3, -0.4, 0.3, 0.4, sheet, {0.97, 0.97, 0.95});
    Point last = {random.uniform(-0.25, 0.25), random.uniform(-0.3, 0.3)};
    const Colour ink = any_colour(random, 0.1, 0.8);
    for (int i = 0; i < 9; ++i) {
      const Point next = {random.uniform(-0.25, 0.25), random.uniform(-0.3, 0.3)};
      canvas.line(last, next, 0.008, sheet, ink);
      last = next;
    }
  }
  const int pencils = 3 + static_cast<int>(random.below(4));
  for (int i = 0; i < pencils; ++i) {
    draw_one_pencil(canvas, random,
                    {{canvas.wide() * (i + 0.5) / pencils + random.uniform(-0.06, 0.06),
                      canvas.high() / 2 + random.uniform(-0.15, 0.15)},
                     random.uniform(0.7, 1.1),
                     random.uniform(-1.2, 1.2),
                     1});
  }
}

void draw_keyboard(Canvas& canvas, Random& random) {
  const Colour table = any_colour(random, 0.15, 0.8);
  canvas.sky(table, near(table, 0.04, random));
  const bool dark = random.chance(0.5);
  const Colour board = dark ? near({0.16, 0.16, 0.18}, 0.04, random) : near({0.85, 0.85, 0.86}, 0.04, random);
  const Colour key = dark ? Colour{0.28, 0.28, 0.31} : Colour{0.97, 0.97, 0.97};
  const Pose pose = pose_of(canvas, random, 0.95, 1.25, 0.3);
  canvas.box(-0.47, -0.2, 0.47, 0.2, pose, board);
  const int columns = 11 + static_cast<int>(random.below(4));
  const double step = 0.9 / columns;
  for (int row = 0; row < 4; ++row) {
    const double shift = 0.25 * step * (row % 3);
    for (int i = 0; i < columns; ++i) {
      const double x = std::min(-0.45 + step * i + shift, 0.45 - 0.8 * step), y = -0.17 + 0.075 * row;
      canvas.box(x, y, x + 0.82 * step, y + 0.06, pose, key);
      canvas.box(x + 0.3 * step, y + 0.018, x + 0.5 * step, y + 0.038, pose, mix(key, {0.5, 0.5, 0.5}, 0.7));
    }
  }
  canvas.box(-0.2, 0.13, 0.2, 0.185, pose, key);
  for (const double x : {-0.44, -0.33, 0.23, 0.34}) canvas.box(x, 0.13, x + 0.09, 0.185, pose, key);
  if (random.chance(0.6)) {  // a mouse above or below it
    const double y = random.chance(0.5) ? -0.36 : 0.36;
    canvas.ellipse({random.uniform(-0.1, 0.4), y}, 0.07, 0.1, pose, board);
    canvas.line({random.uniform(-0.3, 0.3), y}, {0.1, 2 * y}, 0.012, pose, board);
  }
}

void draw_aquarium(Canvas& canvas, Random& random) {
  canvas.sky(near({0.25, 0.6, 0.75}, 0.09, random), near({0.05, 0.25, 0.45}, 0.07, random));
  const double floor = random.uniform(0.8, 0.9);
  canvas.sky(near({0.8, 0.72, 0.5}, 0.07, random), near({0.55, 0.47, 0.32}, 0.06, random), floor, 1);
  const int weeds = 2 + static_cast<int>(random.below(4));
  for (int i = 0; i < weeds; ++i) {
    Point last = {random.uniform(0, canvas.wide()), floor * canvas.high() + 0.03};
    const Colour green = mix({0.1, 0.45, 0.2}, {0.5, 0.35, 0.15}, random.uniform());
    for (int joint = 0; joint < 5; ++joint) {
      const Point next = {last.x + (joint % 2 == 0 ? 0.04 : -0.04), last.y - random.uniform(0.06, 0.12)};
      canvas.line(last, next, 0.03, {{0, 0}}, green);
      last = next;
    }
  }
  const int fish = 2 + static_cast<int>(random.below(4));
  for (int i = 0; i < fish; ++i) {
    const Pose pose = {{canvas.wide() * random.uniform(0.15, 0.85), canvas.high() * random.uniform(0.12, 0.72)},
                       random.uniform(0.5, 1.1),
                       random.uniform(-0.3, 0.3),
                       random.chance(0.5) ? 1.0 : -1.0};
    const Colour scales = any_colour(random, 0.3, 1), stripe = any_colour(random, 0.1, 1);
    canvas.polygon({{-0.12, 0}, {-0.24, -0.09}, {-0.21, 0}, {-0.24, 0.09}}, pose, stripe);
    canvas.polygon({{-0.06, -0.07}, {0.05, -0.15}, {0.08, -0.06}}, pose, stripe);
    canvas.ellipse({0, 0}, 0.16, random.uniform(0.07, 0.11), pose, scales);
    for (const double x : {-0.05, 0.03}) canvas.box(x, -0.065, x + 0.025, 0.065, pose, stripe);
    canvas.ellipse({0.1, -0.02}, 0.02, 0.02, pose, {0.97, 0.97, 0.97});
    canvas.ellipse({0.105, -0.02}, 0.01, 0.01, pose, {0.05, 0.05, 0.05});
  }
  for (int i = 0; i < 14; ++i) {
    const double size = random.uniform(0.006, 0.02);
    canvas.ellipse({random.uniform(0, canvas.wide()), random.uniform(0, floor * canvas.high())}, size, size, {{0, 0}},
                   {0.8, 0.92, 0.97});
  }
}

void draw_cake(Canvas& canvas, Random& random) {
  const Colour wall = any_colour(random, 0.3, 0.9);
  canvas.sky(wall, near(wall, 0.05, random), 0, 0.7);
  canvas.sky(near({0.9, 0.88, 0.85}, 0.06, random), near({0.8, 0.77, 0.73}, 0.06, random), 0.7, 1);
  const Pose pose = pose_of(canvas, random, 0.85, 1.2, 0.04);
  canvas.ellipse({0, 0.33}, 0.46, 0.07, pose, {0.93, 0.94, 0.96});
  const int tiers = 1 + static_cast<int>(random.below(3));
  const Colour cream = mix({0.98, 0.95, 0.9}, any_colour(random, 0.5, 1), random.uniform()),
               icing = any_colour(random, 0.25, 0.95);
  const double high = 0.42 / tiers;
  double bottom = 0.33, half = 0.38;
  for (int tier = 0; tier < tiers; ++tier) {
    const double top = bottom - high;
    canvas.box(-half, top, half, bottom, pose, cream);
    canvas.ellipse({0, bottom}, half, 0.045, pose, cream);
    canvas.box(-half, top + 0.45 * high, half, top + 0.55 * high, pose, mix(cream, {0.5, 0.25, 0.15}, 0.5));
    const int drops = 7 + static_cast<int>(random.below(4));
    for (int i = 0; i < drops; ++i) {
      const double x = -half + 2 * half * (i + 0.5) / drops;
      canvas.ellipse({x, top + 0.02}, half / drops, random.uniform(0.03, 0.07), pose, icing);
    }
    canvas.ellipse({0, top}, half, 0.045, pose, mix(icing, {1, 1, 1}, 0.25));
    bottom = top;
    half *= 0.72;
  }
  const int candles = 1 + static_cast<int>(random.below(5));
  for (int i = 0; i < candles; ++i) {
    const double x = half * (2.0 * (i + 0.5) / candles - 1);
    canvas.line({x, bottom}, {x, bottom - 0.11}, 0.022, pose, any_colour(random, 0.4, 1));
    canvas.ellipse({x, bottom - 0.14}, 0.014, 0.028, pose, {1, 0.8, 0.3});
  }
}

void draw_sign(Canvas& canvas, Random& random) {  // at a road
  const double horizon = random.uniform(0.6, 0.8);
  canvas.sky(near({0.5, 0.68, 0.9}, 0.1, random), near({0.88, 0.9, 0.93}, 0.05, random), 0, horizon);
  canvas.sky(near({0.35, 0.52, 0.28}, 0.07, random), near({0.25, 0.4, 0.2}, 0.06, random), horizon, 1);
  for (int i = 0; i < 5; ++i) {  // trees far away
    canvas.ellipse({random.uniform(0, canvas.wide()), horizon * canvas.high()}, random.uniform(0.08, 0.2),
                   random.uniform(0.05, 0.12), {{0, 0}}, near({0.2, 0.36, 0.2}, 0.05, random));
  }
  const Pose pose = pose_of(canvas, random, 0.85, 1.2, 0.08);
  canvas.box(-0.025, -0.1, 0.025, 1.2, pose, near({0.6, 0.61, 0.63}, 0.05, random));
  const Colour red = near({0.8, 0.12, 0.12}, 0.05, random), white = {0.96, 0.96, 0.96}, black = {0.1, 0.1, 0.1};
  switch (random.below(3)) {
    case 0:  // a warning
      canvas.polygon({{0, -0.42}, {0.32, 0.1}, {-0.32, 0.1}}, pose, red);
      canvas.polygon({{0, -0.32}, {0.235, 0.055}, {-0.235, 0.055}}, pose, white);
      canvas.line({0, -0.2}, {0, -0.06}, 0.04, pose, black);
      canvas.ellipse({0, 0}, 0.025, 0.025, pose, black);
      break;
    case 1:  // a limit
      canvas.ellipse({0, -0.15}, 0.29, 0.29, pose, red);
      canvas.ellipse({0, -0.15}, 0.22, 0.22, pose, white);
      for (const double x : {-0.08, 0.08}) {
        canvas.ellipse({x, -0.15}, 0.06, 0.1, pose, black);
        canvas.ellipse({x, -0.15}, 0.025, 0.06, pose, white);
      }
      break;
    default: {  // places, with arrows
      const Colour board = mix({0.1, 0.35, 0.65}, {0.95, 0.8, 0.2}, random.chance(0.5) ? 1 : 0);
      canvas.box(-0.36, -0.4, 0.36, 0.08, pose, white);
      canvas.box(-0.34, -0.38, 0.34, 0.06, pose, board);
      const Colour ink = board.b > 0.4 ? white : black;
      for (const double y : {-0.28, -0.16, -0.04}) {
        canvas.box(-0.16, y - 0.025, random.uniform(0.05, 0.28), y + 0.025, pose, ink);
        canvas.polygon({{-0.3, y}, {-0.22, y - 0.04}, {-0.22, y + 0.04}}, pose, ink);
      }
    }
  }
}

void draw_balloons(Canvas& canvas, Random& random) {
  canvas.sky(near({0.4, 0.62, 0.92}, 0.1, random), near({0.8, 0.88, 0.96}, 0.06, random));
  for (int i = 0; i < 6; ++i) {  // clouds
    canvas.ellipse({random.uniform(0, canvas.wide()), random.uniform(0, canvas.high())}, random.uniform(0.08, 0.22),
                   random.uniform(0.03, 0.07), {{0, 0}}, near({0.95, 0.96, 0.98}, 0.02, random));
  }
  const int balloons = 1 + static_cast<int>(random.below(4));
  for (int i = 0; i < balloons; ++i) {
    const Pose pose = {
        {canvas.wide() * (i + random.uniform(0.35, 0.65)) / balloons, canvas.high() * random.uniform(0.3, 0.6)},
        random.uniform(0.6, 1.2) / std::sqrt(balloons),
        random.uniform(-0.08, 0.08),
        1};
    const Colour first = any_colour(random, 0.2, 1), second = any_colour(random, 0.2, 1);
    for (const double x : {-0.07, 0.07}) canvas.line({2.2 * x, 0.2}, {x, 0.4}, 0.01, pose, {0.3, 0.25, 0.2});
    canvas.polygon({{-0.27, 0.02}, {0.27, 0.02}, {0.1, 0.27}, {-0.1, 0.27}}, pose, first);
    canvas.ellipse({0, -0.08}, 0.3, 0.3, pose, first);
    for (const double wide : {0.2, 0.09}) {
      canvas.ellipse({0, -0.08}, wide, 0.3, pose, wide > 0.1 ? second : first);
      canvas.polygon({{-0.9 * wide, 0.02}, {0.9 * wide, 0.02}, {wide / 3, 0.27}, {-wide / 3, 0.27}}, pose,
                     wide > 0.1 ? second : first);
    }
    canvas.box(-0.075, 0.38, 0.075, 0.47, pose, near({0.5, 0.33, 0.18}, 0.05, random));
  }
}

constexpr std::array kThird = {Subject{"aquariums", draw_aquarium}, Subject{"balloons", draw_balloons},
                               Subject{"bookcases", draw_bookcase}, Subject{"cakes", draw_cake},
                               Subject{"houses", draw_house},       Subject{"keyboards", draw_keyboard},
                               Subject{"pencils", draw_pencils},    Subject{"prams", draw_pram},
                               Subject{"robots", draw_robot},       Subject{"signs", draw_sign}};

}  // namespace

std::span<const Subject> third_test_subjects() {
  return kThird;
}

}  // namespace inkling::bench
