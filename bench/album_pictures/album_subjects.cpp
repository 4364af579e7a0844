#include <array>
#include <cmath>

#include "bench/album_pictures/subjects.h"

namespace inkling::bench {
namespace {

using base::Random;

void draw_storefront(Canvas& canvas, Random& random) {
  const Colour wall = any_colour(random, 0.35, 0.9), sign = any_colour(random);
  canvas.sky(near({0.6, 0.75, 0.95}, 0.1, random), near({0.85, 0.9, 0.95}, 0.06, random));
  const Pose pose = pose_of(canvas, random, 0.9, 1.25, 0.06);
  canvas.box(-2, 0.36, 2, 1.2, pose, near({0.5, 0.5, 0.5}, 0.08, random));  // pavement
  canvas.box(-0.5, -0.42, 0.5, 0.37, pose, wall);
  canvas.box(-0.47, -0.33, 0.47, random.uniform(-0.22, -0.16), pose, sign);
  const int letters = 3 + static_cast<int>(random.below(5));
  for (int i = 0; i < letters; ++i) {
    const double x = -0.36 + 0.72 * i / letters;
    canvas.box(x, -0.3, x + 0.06, -0.21, pose, near({0.97, 0.95, 0.8}, 0.05, random));
  }
  const int stripes = 6 + static_cast<int>(random.below(5));
  const Colour awning = any_colour(random);
  for (int i = 0; i < stripes; ++i) {
    const double x = -0.48 + 0.96 * i / stripes;
    canvas.polygon({{x, -0.15}, {x + 0.96 / stripes, -0.15}, {x + 0.96 / stripes, -0.06}, {x, -0.06}}, pose,
                   i % 2 == 0 ? awning : Colour{0.95, 0.95, 0.93});
  }
  const double door = random.uniform(-0.3, 0.25);
  const Colour glass = near({0.35, 0.5, 0.6}, 0.08, random);
  canvas.box(-0.44, -0.03, door - 0.03, 0.26, pose, glass);
  canvas.box(door + 0.17, -0.03, 0.44, 0.26, pose, glass);
  canvas.box(door, -0.03, door + 0.14, 0.36, pose, near({0.4, 0.25, 0.15}, 0.1, random));
}

void draw_one_tool(Canvas& canvas, Random& random, const Pose& pose) {
  const Colour metal = near({0.6, 0.62, 0.65}, 0.06, random), handle = any_colour(random, 0.1, 0.9);
  switch (random.below(3)) {
    case 0:  // a hammer
      canvas.box(-0.03, -0.15, 0.03, 0.35, pose, handle);
      canvas.box(-0.15, -0.24, 0.12, -0.13, pose, metal);
      break;
    case 1:  // a spanner
      canvas.box(-0.03, -0.2, 0.03, 0.25, pose, metal);
      canvas.ellipse({0, -0.25}, 0.09, 0.09, pose, metal);
      canvas.ellipse({0, 0.28}, 0.07, 0.07, pose, metal);
      canvas.box(-0.03, -0.37, 0.03, -0.24, pose, {0.3, 0.3, 0.32});
      break;
    default:  // a screwdriver
      canvas.box(-0.05, 0.02, 0.05, 0.3, pose, handle);
      canvas.box(-0.014, -0.3, 0.014, 0.03, pose, metal);
      canvas.polygon({{-0.025, -0.3}, {0.025, -0.3}, {0.012, -0.36}, {-0.012, -0.36}}, pose, metal);
  }
}

void draw_tools(Canvas& canvas, Random& random) {
  const Colour bench =
      mix(near({0.65, 0.48, 0.3}, 0.06, random), near({0.4, 0.42, 0.45}, 0.05, random), random.uniform());
  canvas.sky(bench, near(bench, 0.03, random));
  for (int i = 0; i < 9; ++i) {  // boards
    const double y = i / 9.0 * canvas.high();
    canvas.line({0, y}, {canvas.wide(), y + random.uniform(-0.02, 0.02)}, 0.006, {{0, 0}},
                mix(bench, {0, 0, 0}, 0.3));
  }
  const int tools = 2 + static_cast<int>(random.below(3));
  for (int i = 0; i < tools; ++i) {
    const Pose pose = {{canvas.wide() * (i + 0.5) / tools + random.uniform(-0.06, 0.06),
                        canvas.high() / 2 + random.uniform(-0.15, 0.15)},
                       random.uniform(0.7, 1.15),
                       random.uniform(-1.2, 1.2),
                       1};
    draw_one_tool(canvas, random, pose);
  }
}

void draw_room(Canvas& canvas, Random& random) {
  const Colour wall = any_colour(random, 0.6, 0.95), floor = near({0.55, 0.4, 0.28}, 0.1, random);
  const Pose pose = pose_of(canvas, random, 1, 1.3, 0.04);
  canvas.sky(wall, wall);
  canvas.box(-2, 0.15, 2, 2, pose, floor);
  canvas.polygon({{-2, -2}, {-0.42, -0.35}, {-0.42, 0.15}, {-2, 0.9}}, pose, mix(wall, {0, 0, 0}, 0.15));
  canvas.polygon({{-2, -2}, {2, -2}, {0.42, -0.35}, {-0.42, -0.35}}, pose, mix(wall, {1, 1, 1}, 0.4));
  const double window = random.uniform(-0.25, 0.1);
  canvas.box(window, -0.25, window + 0.24, 0, pose, {0.95, 0.95, 0.95});
  canvas.box(window + 0.02, -0.23, window + 0.11, -0.02, pose, near({0.65, 0.8, 0.95}, 0.05, random));
  canvas.box(window + 0.13, -0.23, window + 0.22, -0.02, pose, near({0.65, 0.8, 0.95}, 0.05, random));
  const Colour sofa = any_colour(random, 0.15, 0.8);
  if (random.chance(0.75)) {  // after: furnished
    canvas.box(-0.3, 0.08, 0.2, 0.2, pose, sofa);
    canvas.box(-0.33, 0.17, 0.23, 0.3, pose, mix(sofa, {0, 0, 0}, 0.2));
    canvas.ellipse({0.3, 0.36}, 0.12, 0.05, pose, near({0.5, 0.33, 0.2}, 0.08, random));
  } else {  // before: rubbish on the floor
    for (int i = 0; i < 7; ++i) {
      const double x = random.uniform(-0.4, 0.4), y = random.uniform(0.2, 0.42), size = random.uniform(0.02, 0.06);
      canvas.box(x, y, x + size, y + size, pose, any_colour(random, 0.2, 0.8));
    }
  }
}

void draw_document(Canvas& canvas, Random& random) {
  const Colour table = any_colour(random, 0.1, 0.7), ink = near({0.15, 0.15, 0.2}, 0.06, random);
  canvas.sky(table, near(table, 0.04, random));
  const Pose pose = pose_of(canvas, random, 0.9, 1.2, 0.3);
  canvas.box(-0.31, -0.42, 0.31, 0.42, pose, near({0.95, 0.94, 0.9}, 0.03, random));
  canvas.box(-0.2, -0.37, random.uniform(0, 0.2), -0.33, pose, ink);
  const int lines = 10 + static_cast<int>(random.below(8));
  for (int i = 0; i < lines; ++i) {
    const double y = -0.27 + 0.55 * i / lines;
    double x = -0.26;
    const double end = i % 5 == 4 ? random.uniform(-0.1, 0.15) : 0.26;
    while (x < end) {
      const double word = random.uniform(0.02, 0.09);
      canvas.box(x, y, std::min(x + word, 0.26), y + 0.014, pose, ink);
      x += word + 0.015;
    }
  }
  if (random.chance(0.6)) canvas.ellipse({0.17, 0.34}, 0.06, 0.06, pose, near({0.8, 0.2, 0.2}, 0.06, random));
}

void draw_person(Canvas& canvas, Random& random) {
  const Colour background = any_colour(random, 0.3, 0.9);
  canvas.sky(background, near(background, 0.08, random));
  const Colour skin = mix({0.95, 0.8, 0.68}, {0.45, 0.3, 0.2}, random.uniform());
  const Colour clothes = any_colour(random, 0.05, 0.9),
               hair = mix({0.08, 0.06, 0.05}, {0.55, 0.4, 0.2}, random.uniform());
  const Pose pose = pose_of(canvas, random, 0.85, 1.2, 0.12);
  canvas.polygon({{-0.32, 0.7}, {-0.26, 0.22}, {-0.1, 0.13}, {0.1, 0.13}, {0.26, 0.22}, {0.32, 0.7}}, pose, clothes);
  if (random.chance(0.5)) canvas.line({-0.3, 0.3}, {-0.38, 0.65}, 0.1, pose, mix(clothes, {0, 0, 0}, 0.15));
  if (random.chance(0.5)) canvas.line({0.3, 0.3}, {0.38, 0.65}, 0.1, pose, mix(clothes, {0, 0, 0}, 0.15));
  canvas.box(-0.05, 0.05, 0.05, 0.17, pose, mix(skin, {0, 0, 0}, 0.1));
  canvas.ellipse({0, -0.17}, 0.17, random.uniform(0.2, 0.3), pose, hair);
  canvas.ellipse({0, -0.11}, 0.13, 0.18, pose, skin);
  for (const double x : {-0.05, 0.05}) canvas.ellipse({x, -0.14}, 0.018, 0.012, pose, {0.1, 0.08, 0.08});
  canvas.line({0, -0.12}, {0.01, -0.07}, 0.012, pose, mix(skin, {0, 0, 0}, 0.25));
  canvas.line({-0.04, -0.01}, {0.04, -0.01}, 0.016, pose, near({0.7, 0.3, 0.3}, 0.06, random));
}

void draw_vehicle(Canvas& canvas, Random& random) {
  canvas.sky(near({0.6, 0.75, 0.9}, 0.1, random), near({0.85, 0.88, 0.9}, 0.05, random), 0, 0.62);
  canvas.sky(near({0.4, 0.4, 0.42}, 0.06, random), near({0.3, 0.3, 0.32}, 0.05, random), 0.62, 1);
  const Colour paint = any_colour(random), glass = near({0.25, 0.35, 0.45}, 0.06, random);
  const Pose pose = pose_of(canvas, random, 0.9, 1.25, 0.06);
  switch (random.below(3)) {
    case 0:  // a box truck
      canvas.box(-0.42, -0.25, 0.16, 0.2, pose, near({0.9, 0.9, 0.88}, 0.06, random));
      canvas.polygon({{0.18, 0.2}, {0.18, -0.1}, {0.33, -0.1}, {0.42, 0.05}, {0.42, 0.2}}, pose, paint);
      canvas.polygon({{0.25, 0.04}, {0.25, -0.06}, {0.32, -0.06}, {0.38, 0.04}}, pose, glass);
      break;
    case 1:  // a minibus
      canvas.polygon({{-0.42, 0.2}, {-0.42, -0.18}, {0.25, -0.18}, {0.42, 0.05}, {0.42, 0.2}}, pose, paint);
      for (int i = 0; i < 3; ++i) canvas.box(-0.37 + 0.2 * i, -0.12, -0.21 + 0.2 * i, 0, pose, glass);
      break;
    default:  // a car
      canvas.polygon({{-0.44, 0.2},
                      {-0.44, 0.06},
                      {-0.25, 0.03},
                      {-0.15, -0.12},
                      {0.12, -0.12},
                      {0.25, 0.03},
                      {0.44, 0.08},
                      {0.44, 0.2}},
                     pose, paint);
      canvas.polygon({{-0.2, 0.02}, {-0.12, -0.09}, {-0.02, -0.09}, {-0.02, 0.02}}, pose, glass);
      canvas.polygon({{0.01, 0.02}, {0.01, -0.09}, {0.1, -0.09}, {0.19, 0.02}}, pose, glass);
  }
  for (const double x : {-0.27, 0.27}) {
    canvas.ellipse({x, 0.21}, 0.085, 0.085, pose, {0.07, 0.07, 0.08});
    canvas.ellipse({x, 0.21}, 0.04, 0.04, pose, {0.65, 0.65, 0.67});
  }
}

constexpr std::array kAlbums = {
    Subject{"storefront", draw_storefront}, Subject{"tools", draw_tools},   Subject{"rooms", draw_room},
    Subject{"documents", draw_document},    Subject{"people", draw_person}, Subject{"vehicles", draw_vehicle}};

}  // namespace

std::span<const Subject> album_subjects() {
  return kAlbums;
}

picture::Picture take_picture(const Subject& subject, base::Random& random) {
  constexpr std::array<std::array<std::uint32_t, 2>, 4> kForms = {{{160, 120}, {120, 160}, {192, 128}, {144, 144}}};
  const auto& [width, height] = kForms[random.below(kForms.size())];
  Canvas canvas(width, height, {});
  subject.draw(canvas, random);
  canvas.photograph(random);
  return canvas.develop();
}

}  // namespace inkling::bench
