// Foreign subjects of the second test of album_sorter; since their scores were seen, they are spent as a test and
// settings are chosen on them. Some are near an album on purpose: boats to vehicles, teddies to people, chats to
// documents, meals with their cutlery to tools.
#include <algorithm>
#include <array>
#include <cmath>

#include "bench/album_pictures/subjects.h"

namespace inkling::bench {
namespace {

using base::Random;

constexpr double kTurn = 6.283185307179586;

void draw_parasol(Canvas& canvas, Random& random, const Pose& pose) {
  const Colour cloth = any_colour(random, 0.2, 1);
  canvas.line({0, -0.2}, {0.03, 0.25}, 0.02, pose, {0.9, 0.88, 0.82});
  for (int i = 0; i < 6; ++i) {
    const double from = -0.24 + 0.08 * i;
    canvas.polygon({{0, -0.28}, {from, -0.08}, {from + 0.08, -0.08}}, pose,
                   i % 2 == 0 ? cloth : Colour{0.96, 0.95, 0.92});
  }
  canvas.box(0.1, 0.22, 0.38, 0.29, pose, any_colour(random, 0.2, 0.95));  // a towel
}

void draw_beach(Canvas& canvas, Random& random) {
  const double horizon = random.uniform(0.25, 0.45), shore = random.uniform(0.55, 0.68);
  canvas.sky(near({0.45, 0.7, 0.95}, 0.08, random), near({0.85, 0.92, 0.97}, 0.05, random), 0, horizon);
  canvas.sky(near({0.1, 0.4, 0.6}, 0.07, random), near({0.35, 0.7, 0.75}, 0.07, random), horizon, shore);
  canvas.sky(near({0.9, 0.82, 0.62}, 0.05, random), near({0.8, 0.7, 0.5}, 0.05, random), shore, 1);
  for (int i = 0; i < 9; ++i) {  // surf
    const double x = random.uniform(-0.1, canvas.wide()), y = canvas.high() * random.uniform(horizon + 0.05, shore);
    canvas.line({x, y}, {x + random.uniform(0.05, 0.3), y + random.uniform(-0.01, 0.01)}, 0.01, {{0, 0}},
                {0.95, 0.97, 0.98});
  }
  const int parasols = 1 + static_cast<int>(random.below(3));
  for (int i = 0; i < parasols; ++i) {
    draw_parasol(canvas, random,
                 {{canvas.wide() * (i + random.uniform(0.3, 0.7)) / parasols,
                   canvas.high() * (shore + random.uniform(0.02, 0.12))},
                  random.uniform(0.5, 0.9),
                  random.uniform(-0.2, 0.2),
                  random.chance(0.5) ? 1.0 : -1.0});
  }
}

void draw_houseplant(Canvas& canvas, Random& random) {
  const Colour wall = any_colour(random, 0.55, 0.95), pot = any_colour(random, 0.2, 0.85);
  canvas.sky(wall, near(wall, 0.04, random), 0, 0.75);
  canvas.sky(near({0.6, 0.45, 0.32}, 0.08, random), near({0.5, 0.36, 0.25}, 0.06, random), 0.75, 1);
  const Pose pose = pose_of(canvas, random, 0.85, 1.2, 0.06);
  const int leaves = 7 + static_cast<int>(random.below(8));
  const double slim = random.uniform(0.2, 0.5);
  for (int i = 0; i < leaves; ++i) {
    const double lean = -1.3 + 2.6 * (i + random.uniform(-0.3, 0.3)) / leaves, reach = random.uniform(0.2, 0.36);
    const Point tip = {reach * std::sin(lean), 0.12 - reach * std::cos(lean)};
    const Colour green = mix({0.15, 0.4, 0.15}, {0.5, 0.72, 0.3}, random.uniform());
    canvas.line({0, 0.14}, tip, 0.016, pose, mix(green, {0, 0, 0}, 0.3));
    const double wide = slim * reach / 2;
    canvas.polygon({{0.35 * tip.x, 0.14 + 0.35 * (tip.y - 0.14)},
                    {0.7 * tip.x + wide * std::cos(lean), 0.14 + 0.7 * (tip.y - 0.14) + wide * std::sin(lean)},
                    {1.2 * tip.x, 0.14 + 1.2 * (tip.y - 0.14)},
                    {0.7 * tip.x - wide * std::cos(lean), 0.14 + 0.7 * (tip.y - 0.14) - wide * std::sin(lean)}},
                   pose, green);
  }
  canvas.polygon({{-0.17, 0.12}, {0.17, 0.12}, {0.12, 0.4}, {-0.12, 0.4}}, pose, pot);
  canvas.box(-0.19, 0.1, 0.19, 0.16, pose, mix(pot, {0, 0, 0}, 0.2));
}

void draw_teddy(Canvas& canvas, Random& random) {
  const Colour blanket = any_colour(random, 0.3, 0.9);
  canvas.sky(blanket, near(blanket, 0.06, random));
  const Colour fur = mix({0.75, 0.55, 0.3}, {0.4, 0.25, 0.15}, random.uniform());
  const Colour pale = mix(fur, {1, 0.95, 0.85}, 0.5), dark = mix(fur, {0, 0, 0}, 0.2);
  const Pose pose = pose_of(canvas, random, 0.8, 1.15, 0.3);
  for (const double side : {-1.0, 1.0}) {
    canvas.ellipse({side * 0.24, 0.12}, 0.08, 0.14, pose, dark);
    canvas.ellipse({side * 0.17, 0.4}, 0.11, 0.09, pose, dark);
    canvas.ellipse({side * 0.17, 0.41}, 0.06, 0.05, pose, pale);
    canvas.ellipse({side * 0.15, -0.33}, 0.08, 0.08, pose, fur);
    canvas.ellipse({side * 0.15, -0.33}, 0.045, 0.045, pose, pale);
  }
  canvas.ellipse({0, 0.2}, 0.22, 0.23, pose, fur);
  canvas.ellipse({0, 0.22}, 0.12, 0.14, pose, pale);
  canvas.ellipse({0, -0.17}, 0.21, 0.19, pose, fur);
  canvas.ellipse({0, -0.1}, 0.1, 0.08, pose, pale);
  canvas.ellipse({0, -0.14}, 0.035, 0.025, pose, {0.1, 0.07, 0.06});
  for (const double x : {-0.08, 0.08}) canvas.ellipse({x, -0.21}, 0.02, 0.02, pose, {0.08, 0.06, 0.06});
  if (random.chance(0.5)) {  // a bow
    const Colour bow = any_colour(random, 0.2, 0.95);
    canvas.polygon({{0, 0.02}, {-0.11, -0.04}, {-0.11, 0.08}}, pose, bow);
    canvas.polygon({{0, 0.02}, {0.11, -0.04}, {0.11, 0.08}}, pose, bow);
  }
}

void draw_pie_chart(Canvas& canvas, Random& random, const Pose& pose) {
  const int parts = 3 + static_cast<int>(random.below(4));
  double from = random.uniform(0, kTurn);
  for (int i = 0; i < parts; ++i) {
    const double to = from + kTurn / parts * random.uniform(0.6, 1.2);
    std::vector<Point> slice = {{-0.08, 0.03}};
    for (int step = 0; step <= 12; ++step) {
      const double turn = from + (to - from) * step / 12;
      slice.push_back({-0.08 + 0.3 * std::cos(turn), 0.03 + 0.3 * std::sin(turn)});
    }
    const Colour colour = any_colour(random, 0.15, 0.95);
    canvas.polygon(slice, pose, colour);
    canvas.box(0.3, -0.2 + 0.08 * i, 0.34, -0.16 + 0.08 * i, pose, colour);
    canvas.box(0.36, -0.19 + 0.08 * i, random.uniform(0.41, 0.48), -0.17 + 0.08 * i, pose, {0.3, 0.3, 0.3});
    from = to;
  }
}

void draw_line_chart(Canvas& canvas, Random& random, const Pose& pose) {
  for (int i = 0; i <= 5; ++i) {
    canvas.line({-0.42, -0.3 + 0.12 * i}, {0.45, -0.3 + 0.12 * i}, 0.006, pose, {0.82, 0.82, 0.84});
    canvas.box(-0.49, -0.31 + 0.12 * i, -0.45, -0.29 + 0.12 * i, pose, {0.35, 0.35, 0.35});
  }
  const int series = 1 + static_cast<int>(random.below(3));
  for (int s = 0; s < series; ++s) {
    const Colour colour = any_colour(random, 0.1, 0.85);
    Point last = {-0.42, random.uniform(-0.2, 0.25)};
    for (int i = 1; i <= 8; ++i) {
      const Point next = {-0.42 + 0.87 * i / 8, std::clamp(last.y + random.uniform(-0.14, 0.12), -0.3, 0.28)};
      canvas.line(last, next, 0.016, pose, colour);
      canvas.ellipse(next, 0.014, 0.014, pose, colour);
      last = next;
    }
  }
}

void draw_chart(Canvas& canvas, Random& random) {
  const Colour paper = near({0.96, 0.96, 0.97}, 0.03, random);
  canvas.sky(paper, paper);
  const Pose pose = pose_of(canvas, random, 0.85, 1.1, 0.03);
  canvas.box(-0.4, -0.44, random.uniform(-0.15, 0.25), -0.39, pose, {0.2, 0.2, 0.22});
  if (random.chance(0.5)) {
    draw_pie_chart(canvas, random, {pose.middle, pose.scale, pose.angle, 1});
  } else {
    draw_line_chart(canvas, random, {pose.middle, pose.scale, pose.angle, 1});
  }
}

void draw_chat(Canvas& canvas, Random& random) {  // a screen
  const bool at_night = random.chance(0.3);
  const Colour ground = at_night ? near({0.1, 0.11, 0.14}, 0.02, random) : near({0.92, 0.92, 0.93}, 0.03, random);
  const Colour own = any_colour(random, 0.3, 0.9), other = at_night ? Colour{0.22, 0.23, 0.27} : Colour{1, 1, 1};
  canvas.sky(ground, ground);
  canvas.box(0, 0, canvas.wide(), 0.11, {{0, 0}}, mix(ground, own, 0.6));
  canvas.box(0.15, 0.04, random.uniform(0.3, 0.5), 0.07, {{0, 0}}, {0.95, 0.95, 0.95});
  double y = 0.16;
  while (y < canvas.high() - 0.2) {
    const bool mine = random.chance(0.5);
    const int lines = 1 + static_cast<int>(random.below(3));
    const double wide = canvas.wide() * random.uniform(0.3, 0.6), high = 0.045 * lines + 0.03;
    const double x = mine ? canvas.wide() - wide - 0.13 : 0.13;
    canvas.ellipse({mine ? canvas.wide() - 0.065 : 0.065, y + 0.045}, 0.045, 0.045, {{0, 0}},
                   any_colour(random, 0.2, 0.9));
    canvas.box(x, y, x + wide, y + high, {{0, 0}}, mine ? own : other);
    for (int line = 0; line < lines; ++line) {
      const double end = line + 1 == lines ? random.uniform(0.3, 0.9) : 0.92;
      canvas.box(x + 0.02, y + 0.02 + 0.045 * line, x + wide * end, y + 0.042 + 0.045 * line, {{0, 0}},
                 mine || at_night ? Colour{0.97, 0.97, 0.97} : Colour{0.25, 0.25, 0.28});
    }
    y += high + random.uniform(0.03, 0.07);
  }
  canvas.box(0.04, canvas.high() - 0.11, canvas.wide() - 0.15, canvas.high() - 0.03, {{0, 0}}, other);
  canvas.ellipse({canvas.wide() - 0.075, canvas.high() - 0.07}, 0.045, 0.045, {{0, 0}}, own);
}

void draw_meal(Canvas& canvas, Random& random) {
  const Colour table =
      mix(near({0.65, 0.48, 0.3}, 0.08, random), any_colour(random, 0.3, 0.9), random.chance(0.5) ? 1 : 0);
  canvas.sky(table, near(table, 0.05, random));
  const Pose pose = pose_of(canvas, random, 0.85, 1.15, 0.3);
  canvas.ellipse({0, 0}, 0.36, 0.34, pose, near({0.95, 0.95, 0.94}, 0.03, random));
  canvas.ellipse({0, 0}, 0.27, 0.25, pose, near({0.88, 0.88, 0.87}, 0.03, random));
  for (int i = 0; i < 26; ++i) {  // rice, noodles
    const double turn = random.uniform(0, kTurn), out = random.uniform(0, 0.17);
    const Point at = {-0.06 + out * std::cos(turn), 0.03 + out * std::sin(turn)};
    canvas.line(at, {at.x + random.uniform(-0.05, 0.05), at.y + random.uniform(-0.05, 0.05)}, 0.014, pose,
                near({0.93, 0.83, 0.55}, 0.06, random));
  }
  canvas.ellipse({0.1, -0.07}, 0.12, 0.08, pose, near({0.5, 0.28, 0.14}, 0.06, random));
  for (int i = 0; i < 7; ++i) {
    canvas.ellipse({random.uniform(-0.15, 0.18), random.uniform(0.03, 0.18)}, 0.03, 0.025, pose,
                   mix({0.25, 0.55, 0.2}, {0.85, 0.25, 0.15}, random.chance(0.4) ? 1 : 0));
  }
  const Colour metal = near({0.72, 0.73, 0.75}, 0.05, random);
  canvas.box(0.42, -0.3, 0.455, 0.3, pose, metal);
  canvas.polygon({{0.42, -0.3}, {0.47, -0.25}, {0.47, 0}, {0.42, 0}}, pose, metal);
  canvas.box(-0.455, -0.05, -0.425, 0.3, pose, metal);
  for (const double x : {-0.48, -0.447, -0.415}) canvas.box(x, -0.3, x + 0.014, -0.12, pose, metal);
  canvas.box(-0.48, -0.13, -0.4, -0.05, pose, metal);
}

void draw_boat(Canvas& canvas, Random& random) {
  const double horizon = random.uniform(0.4, 0.58);
  canvas.sky(near({0.55, 0.72, 0.92}, 0.1, random), near({0.9, 0.88, 0.85}, 0.06, random), 0, horizon);
  canvas.sky(near({0.2, 0.42, 0.55}, 0.08, random), near({0.08, 0.22, 0.35}, 0.05, random), horizon, 1);
  const Pose pose = pose_of(canvas, random, 0.8, 1.15, 0.1);
  const Colour hull = any_colour(random, 0.1, 0.95), sail = near({0.95, 0.94, 0.9}, 0.04, random);
  if (random.chance(0.6)) {  // under sail
    canvas.line({0, -0.42}, {0, 0.14}, 0.018, pose, {0.4, 0.28, 0.18});
    canvas.polygon({{0.02, -0.4}, {0.02, 0.08}, {0.3, 0.08}}, pose, sail);
    canvas.polygon({{-0.02, -0.33}, {-0.02, 0.08}, {-0.2, 0.08}}, pose,
                   random.chance(0.5) ? sail : any_colour(random, 0.3, 0.95));
  } else {  // with a cabin and a funnel
    canvas.box(-0.2, -0.08, 0.16, 0.14, pose, sail);
    for (int i = 0; i < 3; ++i) canvas.box(-0.16 + 0.11 * i, -0.03, -0.09 + 0.11 * i, 0.05, pose, {0.2, 0.3, 0.4});
    canvas.box(-0.02, -0.25, 0.08, -0.08, pose, any_colour(random, 0.1, 0.9));
  }
  canvas.polygon({{-0.4, 0.12}, {0.44, 0.12}, {0.3, 0.3}, {-0.32, 0.3}}, pose, hull);
  canvas.box(-0.37, 0.16, 0.4, 0.185, pose, mix(hull, {1, 1, 1}, 0.6));
  for (int i = 0; i < 12; ++i) {  // waves
    const double x = random.uniform(-0.1, canvas.wide()), y = canvas.high() * random.uniform(horizon + 0.1, 1);
    canvas.line({x, y}, {x + random.uniform(0.04, 0.2), y}, 0.01, {{0, 0}}, near({0.5, 0.68, 0.75}, 0.06, random));
  }
}

void draw_cloth(Canvas& canvas, Random& random) {
  const Colour ground = any_colour(random), first = any_colour(random), second = any_colour(random);
  canvas.sky(ground, near(ground, 0.03, random));
  const Pose pose = {{canvas.wide() / 2, canvas.high() / 2}, 1, random.uniform(-0.5, 0.5), 1};
  const double step = random.uniform(0.14, 0.26);
  const bool dots = random.chance(0.4);
  for (int i = -8; i <= 8; ++i) {
    if (dots) {
      for (int j = -8; j <= 8; ++j) {
        const Point at = {step * (i + (j % 2 == 0 ? 0 : 0.5)), step * j};
        canvas.ellipse(at, step * 0.26, step * 0.26, pose, (i + j) % 3 == 0 ? first : second);
      }
    } else {  // tartan
      canvas.box(-2, step * i, 2, step * i + 0.35 * step, pose, mix(ground, first, 0.6));
      canvas.box(step * i, -2, step * i + 0.35 * step, 2, pose, mix(ground, first, 0.4));
    }
  }
  for (int i = -8; i <= 8 && !dots; ++i) {
    canvas.box(-2, step * (i + 0.62), 2, step * (i + 0.7), pose, second);
    canvas.box(step * (i + 0.62), -2, step * (i + 0.7), 2, pose, mix(second, ground, 0.3));
  }
  for (int i = 0; i < 3; ++i) {  // folds
    const double x = random.uniform(0, canvas.wide()), lean = random.uniform(-0.2, 0.2);
    canvas.line({x, -0.1}, {x + lean, canvas.high() + 0.1}, random.uniform(0.01, 0.03), {{0, 0}},
                mix(ground, {0, 0, 0}, 0.45));
  }
}

constexpr std::array kSecond = {Subject{"beaches", draw_beach}, Subject{"boats", draw_boat},
                                Subject{"charts", draw_chart},  Subject{"chats", draw_chat},
                                Subject{"cloth", draw_cloth},   Subject{"houseplants", draw_houseplant},
                                Subject{"meals", draw_meal},    Subject{"teddies", draw_teddy}};

}  // namespace

std::span<const Subject> second_test_subjects() {
  return kSecond;
}

}  // namespace inkling::bench
