// Foreign subjects that are only tested: drawn once, after the method had been chosen on the others, and not looked
// at by it before. Seven of them are near an album on purpose: statues to people, trains and bicycles to vehicles,
// stages to rooms, vending machines to storefronts, keys to tools, playing cards to documents.
#include <algorithm>
#include <array>
#include <cmath>

#include "bench/album_pictures/subjects.h"

namespace inkling::bench {
namespace {

using base::Random;

constexpr double kTurn = 6.283185307179586;

Point on_circle(Point middle, double radius, double turn) {
  return {middle.x + radius * std::cos(turn), middle.y + radius * std::sin(turn)};
}

// A ring with what is behind it in its hole.
void ring(Canvas& canvas, Point middle, double radius, double thick, const Pose& pose, Colour colour) {
  constexpr int kPieces = 28;
  for (int i = 0; i < kPieces; ++i) {
    canvas.line(on_circle(middle, radius, kTurn * i / kPieces),
                on_circle(middle, radius, kTurn * (i + 1.2) / kPieces), thick, pose, colour);
  }
}

void draw_statue(Canvas& canvas, Random& random) {  // a bust on its pedestal
  const Colour ground = any_colour(random, 0.2, 0.85);
  canvas.sky(ground, near(ground, 0.1, random));
  const Colour stone = mix({0.88, 0.86, 0.8}, {0.35, 0.4, 0.34}, random.uniform()), dark = mix(stone, {0, 0, 0}, 0.3);
  const Colour light = mix(stone, {1, 1, 1}, 0.35);
  const Pose pose = pose_of(canvas, random, 0.8, 1.15, 0.06);
  const double shoulder = random.uniform(0.2, 0.3);
  canvas.box(-0.16, 0.36, 0.16, 0.9, pose, dark);
  canvas.box(-0.22, 0.33, 0.22, 0.4, pose, stone);
  canvas.polygon({{-0.09, 0.33},
                  {-shoulder, 0.2},
                  {-0.9 * shoulder, 0.1},
                  {-0.08, 0.03},
                  {0.08, 0.03},
                  {0.9 * shoulder, 0.1},
                  {shoulder, 0.2},
                  {0.09, 0.33}},
                 pose, stone);
  const int folds = 2 + static_cast<int>(random.below(4));
  for (int i = 0; i < folds; ++i) {  // of a robe
    const double x = random.uniform(-0.7, 0.7) * shoulder;
    canvas.line({x, 0.1}, {0.4 * x, 0.31}, 0.012, pose, i % 2 == 0 ? dark : light);
  }
  canvas.polygon({{-0.06, 0.1}, {-0.055, -0.05}, {0.055, -0.05}, {0.06, 0.1}}, pose, dark);
  canvas.ellipse({0, -0.16}, 0.13, 0.17, pose, stone);
  const int curls = 7 + static_cast<int>(random.below(5));
  for (int i = 0; i < curls; ++i) {
    canvas.ellipse(on_circle({0, -0.18}, 0.13, kTurn / 2 * (1 + (i + 0.5) / curls)), 0.045, 0.04, pose,
                   i % 2 == 0 ? dark : stone);
  }
  if (random.chance(0.4)) {  // a beard
    for (int i = 0; i < 5; ++i) canvas.ellipse({-0.08 + 0.04 * i, -0.01 + 0.01 * (i % 2)}, 0.035, 0.05, pose, dark);
  }
  for (const double x : {-0.05, 0.05}) {
    canvas.ellipse({x, -0.18}, 0.026, 0.014, pose, dark);
    canvas.line({x - 0.03, -0.21}, {x + 0.03, -0.21}, 0.012, pose, light);
  }
  canvas.polygon({{-0.005, -0.18}, {0.03, -0.1}, {-0.02, -0.1}}, pose, light);
  canvas.line({-0.035, -0.06}, {0.035, -0.06}, 0.012, pose, dark);
}

void draw_train(Canvas& canvas, Random& random) {  // a steam engine and a wagon
  canvas.sky(near({0.6, 0.74, 0.9}, 0.1, random), near({0.87, 0.89, 0.9}, 0.05, random), 0, 0.6);
  canvas.sky(near({0.42, 0.52, 0.3}, 0.08, random), near({0.4, 0.36, 0.3}, 0.06, random), 0.6, 1);
  const Pose pose = pose_of(canvas, random, 0.85, 1.15, 0.05);
  const Colour paint = any_colour(random, 0.1, 0.9), black = near({0.12, 0.12, 0.13}, 0.03, random);
  for (int i = -12; i < 12; ++i) canvas.box(0.09 * i, 0.27, 0.09 * i + 0.045, 0.3, pose, {0.35, 0.25, 0.18});
  canvas.box(-2, 0.25, 2, 0.27, pose, {0.5, 0.48, 0.47});
  canvas.box(-0.14, -0.1, 0.3, 0.08, pose, paint);  // the boiler
  canvas.ellipse({0.3, -0.01}, 0.04, 0.09, pose, black);
  for (const double x : {-0.04, 0.08, 0.2})
    canvas.box(x, -0.1, x + 0.014, 0.08, pose, near({0.85, 0.7, 0.3}, 0.05, random));
  canvas.box(-0.3, -0.22, -0.12, 0.12, pose, paint);
  canvas.box(-0.33, -0.26, -0.09, -0.21, pose, black);
  canvas.box(-0.26, -0.17, -0.16, -0.05, pose, near({0.55, 0.68, 0.75}, 0.07, random));
  canvas.polygon({{0.2, -0.1}, {0.22, -0.22}, {0.18, -0.29}, {0.32, -0.29}, {0.28, -0.22}, {0.28, -0.1}}, pose,
                 black);
  canvas.ellipse({0.08, -0.11}, 0.05, 0.05, pose, mix(paint, {1, 0.9, 0.4}, 0.4));
  canvas.box(-0.32, 0.1, 0.34, 0.15, pose, black);
  canvas.polygon({{0.33, 0.1}, {0.33, 0.24}, {0.44, 0.24}}, pose, any_colour(random, 0.2, 0.8));
  for (const double x : {-0.22, -0.05, 0.12}) {
    canvas.ellipse({x, 0.17}, 0.08, 0.08, pose, black);
    canvas.ellipse({x, 0.17}, 0.055, 0.055, pose, mix(paint, {0.6, 0.2, 0.15}, 0.6));
  }
  canvas.ellipse({0.26, 0.2}, 0.05, 0.05, pose, black);
  canvas.line({-0.22, 0.19}, {0.12, 0.19}, 0.018, pose, {0.7, 0.7, 0.72});
  const Colour wagon = any_colour(random, 0.15, 0.9);
  canvas.box(-0.8, -0.14, -0.36, 0.15, pose, wagon);
  for (int i = 0; i < 3; ++i) canvas.box(-0.77 + 0.14 * i, -0.08, -0.67 + 0.14 * i, 0.03, pose, {0.75, 0.82, 0.85});
  for (const double x : {-0.7, -0.46}) canvas.ellipse({x, 0.2}, 0.05, 0.05, pose, black);
  const double drift = random.uniform(0.08, 0.16);
  for (int i = 0; i < 5; ++i) {  // smoke
    canvas.ellipse({0.25 - drift * i, -0.33 - 0.035 * i}, 0.05 + 0.012 * i, 0.04 + 0.01 * i, pose,
                   near({0.85, 0.85, 0.86}, 0.05, random));
  }
}

void draw_bicycle(Canvas& canvas, Random& random) {
  const double path = random.uniform(0.55, 0.75);
  const Colour wall = mix(near({0.7, 0.78, 0.82}, 0.1, random), any_colour(random, 0.4, 0.9), random.uniform());
  canvas.sky(wall, near(wall, 0.06, random), 0, path);
  canvas.sky(near({0.5, 0.5, 0.46}, 0.08, random), near({0.4, 0.39, 0.37}, 0.06, random), path, 1);
  const Pose pose = pose_of(canvas, random, 0.85, 1.15, 0.07);
  const Colour paint = any_colour(random, 0.05, 0.9), black = {0.1, 0.1, 0.1};
  const Point back = {-0.27, 0.16}, front = {0.27, 0.16}, crank = {-0.05, 0.17}, seat = {-0.12, -0.1},
              head = {0.18, -0.12};
  const double radius = random.uniform(0.16, 0.19);
  for (const Point& hub : {back, front}) {
    for (int i = 0; i < 6; ++i) {
      canvas.line(on_circle(hub, radius, kTurn / 12 * i), on_circle(hub, radius, kTurn / 12 * i + kTurn / 2), 0.006,
                  pose, {0.7, 0.7, 0.72});
    }
    ring(canvas, hub, radius, 0.022, pose, black);
    canvas.ellipse(hub, 0.018, 0.018, pose, black);
  }
  const bool low = random.chance(0.35);  // to step through
  canvas.line(back, crank, 0.018, pose, paint);
  canvas.line(back, seat, 0.018, pose, paint);
  canvas.line(crank, seat, 0.024, pose, paint);
  canvas.line(crank, head, 0.024, pose, paint);
  canvas.line(low ? Point{-0.08, 0.06} : seat, head, 0.024, pose, paint);
  canvas.line(head, front, 0.022, pose, paint);
  canvas.line(seat, {-0.14, -0.17}, 0.016, pose, black);
  canvas.line({-0.21, -0.18}, {-0.07, -0.17}, 0.035, pose, near({0.25, 0.16, 0.1}, 0.06, random));
  canvas.line(head, {0.16, -0.2}, 0.018, pose, black);
  canvas.line({0.16, -0.2}, {random.uniform(0.2, 0.26), -0.21}, 0.02, pose, black);
  canvas.ellipse(crank, 0.045, 0.045, pose, {0.55, 0.55, 0.57});
  const double turn = random.uniform(0, kTurn);
  canvas.line(on_circle(crank, 0.09, turn), on_circle(crank, 0.09, turn + kTurn / 2), 0.016, pose, black);
  if (random.chance(0.5)) {  // a basket
    canvas.polygon({{0.24, -0.19}, {0.42, -0.19}, {0.39, -0.05}, {0.26, -0.05}}, pose,
                   near({0.65, 0.5, 0.3}, 0.06, random));
    for (int i = 1; i < 4; ++i)
      canvas.line({0.25, -0.19 + 0.035 * i}, {0.4, -0.19 + 0.035 * i}, 0.008, pose, {0.35, 0.25, 0.15});
  }
}

void draw_player(Canvas& canvas, Random& random, const Pose& pose, double x) {
  const Colour clothes = any_colour(random, 0.1, 0.95);
  canvas.polygon({{x - 0.03, 0.1}, {x + 0.03, 0.1}, {x + 0.06, 0.29}, {x - 0.06, 0.29}}, pose, clothes);
  canvas.ellipse({x, 0.07}, 0.028, 0.035, pose, near({0.8, 0.62, 0.5}, 0.1, random));
  canvas.line({x, 0.14}, {x + random.uniform(-0.09, 0.09), random.uniform(0.08, 0.2)}, 0.018, pose, clothes);
}

void draw_stage(Canvas& canvas, Random& random) {  // of a theatre
  const Colour hall = near({0.1, 0.08, 0.09}, 0.04, random), velvet = any_colour(random, 0.15, 0.75);
  canvas.sky(hall, hall);
  const Pose pose = pose_of(canvas, random, 0.95, 1.25, 0.04);
  const Colour scenery = any_colour(random, 0.3, 0.95), boards = near({0.5, 0.36, 0.24}, 0.08, random);
  canvas.box(-0.46, -0.38, 0.46, 0.2, pose, scenery);
  if (random.chance(0.5)) {  // painted hills and a sun
    canvas.ellipse({random.uniform(-0.2, 0.2), random.uniform(-0.2, 0)}, 0.08, 0.08, pose, {0.98, 0.9, 0.6});
    for (int i = 0; i < 3; ++i) {
      canvas.ellipse({-0.3 + 0.3 * i, 0.2}, 0.24, random.uniform(0.1, 0.2), pose,
                     near({0.3, 0.5, 0.35}, 0.1, random));
    }
  } else {  // painted columns
    for (int i = 0; i < 4; ++i) {
      canvas.box(-0.35 + 0.2 * i, -0.25, -0.29 + 0.2 * i, 0.18, pose, mix(scenery, {1, 1, 1}, 0.4));
      canvas.box(-0.37 + 0.2 * i, -0.28, -0.27 + 0.2 * i, -0.24, pose, mix(scenery, {0, 0, 0}, 0.25));
    }
  }
  canvas.polygon({{-0.4, 0.16}, {0.4, 0.16}, {0.52, 0.36}, {-0.52, 0.36}}, pose, boards);
  canvas.box(-0.52, 0.36, 0.52, 0.42, pose, mix(boards, {0, 0, 0}, 0.5));
  const int players = static_cast<int>(random.below(4));
  for (int i = 0; i < players; ++i) draw_player(canvas, random, pose, random.uniform(-0.27, 0.27));
  for (const double side : {-1.0, 1.0}) {
    for (int i = 0; i < 5; ++i) {  // curtains in folds
      const double x = side * (0.5 - 0.035 * i);
      canvas.polygon(
          {{x - 0.02, -0.4}, {x + 0.02, -0.4}, {x + side * 0.02 + 0.02, 0.34}, {x + side * 0.02 - 0.02, 0.34}}, pose,
          mix(velvet, {0, 0, 0}, i % 2 == 0 ? 0 : 0.3));
    }
  }
  canvas.box(-0.54, -0.46, 0.54, -0.34, pose, velvet);
  for (int i = 0; i < 9; ++i)
    canvas.ellipse({-0.48 + 0.12 * i, -0.34}, 0.06, 0.04, pose, mix(velvet, {0, 0, 0}, 0.15));
  const int heads = 6 + static_cast<int>(random.below(5));
  for (int i = 0; i < heads; ++i) {  // who looks on
    canvas.ellipse({-0.55 + 1.1 * (i + random.uniform()) / heads, 0.53}, 0.05, 0.07, pose,
                   near({0.06, 0.05, 0.06}, 0.02, random));
  }
}

void draw_vending_machine(Canvas& canvas, Random& random) {
  const Colour wall = any_colour(random, 0.4, 0.92), tin = any_colour(random, 0.1, 0.9);
  canvas.sky(wall, near(wall, 0.06, random));
  const Pose pose = pose_of(canvas, random, 0.9, 1.2, 0.05);
  canvas.box(-2, 0.38, 2, 2, pose, near({0.48, 0.46, 0.45}, 0.08, random));
  canvas.box(-0.29, -0.44, 0.29, 0.42, pose, tin);
  canvas.box(-0.27, -0.42, 0.27, -0.34, pose, any_colour(random, 0.3, 1));
  const int letters = 4 + static_cast<int>(random.below(3));
  for (int i = 0; i < letters; ++i)
    canvas.box(-0.2 + 0.4 * i / letters, -0.4, -0.15 + 0.4 * i / letters, -0.36, pose, {0.97, 0.97, 0.95});
  canvas.box(-0.26, -0.31, 0.12, 0.2, pose, near({0.16, 0.18, 0.22}, 0.04, random));
  const int shelves = 3 + static_cast<int>(random.below(3)), columns = 4 + static_cast<int>(random.below(2));
  const double step = 0.5 / shelves, pitch = 0.36 / columns;
  for (int shelf = 0; shelf < shelves; ++shelf) {
    const double floor = -0.31 + step * (shelf + 1) - 0.012;
    const bool bottles = random.chance(0.5);
    for (int i = 0; i < columns; ++i) {
      const double x = -0.25 + pitch * i;
      const Colour pack = any_colour(random, 0.15, 1);
      if (bottles) {
        canvas.box(x + 0.25 * pitch, floor - 0.8 * step, x + 0.5 * pitch, floor, pose,
                   mix(pack, {0.1, 0.1, 0.1}, 0.2));
        canvas.ellipse({x + 0.4 * pitch, floor - 0.3 * step}, 0.3 * pitch, 0.3 * step, pose, pack);
      } else {
        canvas.box(x + 0.1 * pitch, floor - 0.7 * step, x + 0.8 * pitch, floor, pose, pack);
        canvas.box(x + 0.2 * pitch, floor - 0.5 * step, x + 0.7 * pitch, floor - 0.3 * step, pose,
                   mix(pack, {1, 1, 1}, 0.6));
      }
    }
    canvas.box(-0.26, floor, 0.12, floor + 0.012, pose, {0.75, 0.76, 0.78});
  }
  canvas.box(0.15, -0.28, 0.26, -0.2, pose, {0.25, 0.5, 0.35});
  for (int i = 0; i < 12; ++i) {
    canvas.box(0.155 + 0.035 * (i % 3), -0.16 + 0.04 * (i / 3), 0.18 + 0.035 * (i % 3), -0.13 + 0.04 * (i / 3), pose,
               {0.9, 0.9, 0.9});
  }
  canvas.box(0.19, 0.04, 0.22, 0.1, pose, {0.08, 0.08, 0.08});
  canvas.box(-0.22, 0.25, 0.1, 0.35, pose, {0.1, 0.1, 0.11});
}

void draw_one_key(Canvas& canvas, Random& random, const Pose& pose) {
  const Colour metal = mix({0.72, 0.72, 0.74}, {0.75, 0.6, 0.28}, random.uniform());
  const double end = random.uniform(0.26, 0.36);
  if (random.chance(0.5)) {  // of an old lock
    ring(canvas, {0, -0.2}, 0.075, 0.03, pose, metal);
    canvas.line({0, -0.12}, {0, end}, 0.032, pose, metal);
    canvas.box(0, end - 0.11, 0.08, end - 0.07, pose, metal);
    canvas.box(0, end - 0.04, 0.1, end, pose, metal);
  } else {  // of a flat
    const Colour grip = random.chance(0.5) ? metal : any_colour(random, 0.1, 0.9);
    canvas.ellipse({0, -0.18}, 0.1, random.uniform(0.08, 0.11), pose, grip);
    canvas.ellipse({0, -0.23}, 0.022, 0.022, pose, {0.2, 0.18, 0.16});
    canvas.box(-0.032, -0.1, 0.032, end, pose, metal);
    for (int i = 0; i < 4; ++i) {
      const double y = -0.02 + 0.07 * i;
      canvas.polygon({{0.03, y}, {random.uniform(0.045, 0.065), y + 0.03}, {0.03, y + 0.06}}, pose, metal);
    }
    canvas.line({0, -0.08}, {0, end - 0.03}, 0.01, pose, mix(metal, {0, 0, 0}, 0.35));
  }
}

void draw_keys(Canvas& canvas, Random& random) {
  const Colour board = mix(near({0.62, 0.46, 0.3}, 0.08, random), any_colour(random, 0.3, 0.9), random.uniform());
  canvas.sky(board, near(board, 0.05, random));
  const Point hook = {canvas.wide() / 2 + random.uniform(-0.1, 0.1),
                      canvas.high() / 2 + random.uniform(-0.22, -0.12)};
  const int keys = 2 + static_cast<int>(random.below(4));
  const double first = random.uniform(-0.9, -0.5), spread = random.uniform(1.2, 1.8);
  const bool bunch = random.chance(0.7);
  for (int i = 0; i < keys; ++i) {
    const double angle = first + spread * i / (keys - 1), scale = random.uniform(0.75, 1.05);
    const Point hung = {hook.x - 0.25 * scale * std::sin(angle), hook.y + 0.25 * scale * std::cos(angle)};
    const Point strewn = {canvas.wide() * (i + 0.5) / keys, canvas.high() / 2 + random.uniform(-0.12, 0.12)};
    draw_one_key(canvas, random,
                 {bunch ? hung : strewn, scale, bunch ? angle : 2 * angle, random.chance(0.5) ? 1.0 : -1.0});
  }
  if (!bunch) return;
  ring(canvas, {0, 0}, 0.1, 0.014, {hook}, {0.75, 0.75, 0.78});
  const Colour tag = any_colour(random, 0.15, 0.95);
  const Pose pose = {{hook.x + 0.02, hook.y - 0.1}, 1, random.uniform(-1.2, 1.2), 1};
  canvas.polygon({{-0.05, -0.02}, {0.05, -0.02}, {0.07, -0.08}, {0.07, -0.22}, {-0.07, -0.22}, {-0.07, -0.08}}, pose,
                 tag);
  canvas.box(-0.05, -0.18, 0.05, -0.1, pose, mix(tag, {1, 1, 1}, 0.7));
}

void draw_pip(Canvas& canvas, Point at, double size, int suit, const Pose& pose, Colour ink) {
  if (suit == 0) {
    canvas.polygon({{at.x, at.y - size}, {at.x + 0.75 * size, at.y}, {at.x, at.y + size}, {at.x - 0.75 * size, at.y}},
                   pose, ink);
    return;
  }
  const double up = suit == 1 ? -1 : 1;  // a heart, or a spade: a heart on its head, with a stem
  for (const double x : {-0.42, 0.42})
    canvas.ellipse({at.x + x * size, at.y + 0.3 * up * size}, 0.48 * size, 0.48 * size, pose, ink);
  canvas.polygon({{at.x - 0.86 * size, at.y + 0.4 * up * size},
                  {at.x + 0.86 * size, at.y + 0.4 * up * size},
                  {at.x, at.y - up * size}},
                 pose, ink);
  if (suit == 2)
    canvas.polygon({{at.x, at.y}, {at.x + 0.35 * size, at.y + size}, {at.x - 0.35 * size, at.y + size}}, pose, ink);
}

void draw_cards(Canvas& canvas, Random& random) {  // for playing
  const Colour table = mix(near({0.1, 0.4, 0.22}, 0.06, random), any_colour(random, 0.1, 0.85), random.uniform());
  canvas.sky(table, near(table, 0.05, random));
  const int cards = 1 + static_cast<int>(random.below(5));
  const Colour pattern = any_colour(random, 0.1, 0.7);
  const double lean = random.uniform(-0.2, 0.2), fan = random.uniform(0.15, 0.35), scale = random.uniform(0.85, 1.15);
  for (int i = 0; i < cards; ++i) {
    const double place = i - 0.5 * (cards - 1);
    const Pose pose = {
        {canvas.wide() / 2 + 0.14 * place, canvas.high() / 2 + 0.03 * std::abs(place)}, scale, lean + fan * place, 1};
    canvas.box(-0.235, -0.335, 0.235, 0.335, pose, {0.35, 0.35, 0.35});
    canvas.box(-0.23, -0.33, 0.23, 0.33, pose, near({0.97, 0.97, 0.95}, 0.02, random));
    if (random.chance(0.2)) {  // its back
      canvas.box(-0.2, -0.3, 0.2, 0.3, pose, pattern);
      for (int j = 0; j < 15; ++j) {
        draw_pip(canvas, {-0.13 + 0.13 * (j % 3), -0.24 + 0.12 * (j / 3)}, 0.04, 0, pose,
                 mix(pattern, {1, 1, 1}, 0.6));
      }
      continue;
    }
    const int suit = static_cast<int>(random.below(3)), rows = 1 + static_cast<int>(random.below(4));
    const Colour ink = suit == 2 ? Colour{0.08, 0.08, 0.1} : Colour{0.82, 0.1, 0.12};
    const bool pairs = rows > 1 && random.chance(0.7);
    for (int row = 0; row < rows; ++row) {
      const double y = rows == 1 ? 0 : -0.2 + 0.4 * row / (rows - 1);
      for (const double x : {-0.09, 0.09}) {
        if (pairs || x < 0) draw_pip(canvas, {pairs ? x : 0, y}, rows == 1 ? 0.12 : 0.05, suit, pose, ink);
      }
    }
    for (const double side : {-1.0, 1.0}) {
      canvas.line({0.2 * side, 0.3 * side}, {0.17 * side, 0.24 * side}, 0.016, pose, ink);
      draw_pip(canvas, {0.19 * side, 0.2 * side}, 0.025, suit, pose, ink);
    }
  }
}

void draw_one_bird(Canvas& canvas, Random& random, const Pose& pose) {
  const Colour feathers = any_colour(random, 0.1, 0.9), belly = mix(feathers, {1, 0.95, 0.85}, 0.55);
  canvas.polygon({{-0.1, 0.02}, {-0.32, 0.1}, {-0.3, 0.02}, {-0.12, -0.05}}, pose, mix(feathers, {0, 0, 0}, 0.3));
  canvas.ellipse({0, 0}, 0.17, 0.1, pose, feathers);
  canvas.ellipse({0.03, 0.03}, 0.12, 0.065, pose, belly);
  canvas.ellipse({0.16, -0.09}, 0.075, 0.07, pose, feathers);
  canvas.polygon({{0.22, -0.11}, {0.32, -0.08}, {0.22, -0.06}}, pose, near({0.9, 0.65, 0.2}, 0.06, random));
  canvas.ellipse({0.18, -0.11}, 0.014, 0.014, pose, {0.05, 0.05, 0.05});
  if (random.chance(0.5)) {  // it flies
    const double lift = random.uniform(-0.3, 0.2);
    canvas.polygon({{-0.08, -0.02}, {0.08, -0.03}, {-0.1, lift - 0.06}, {-0.2, lift}}, pose,
                   mix(feathers, {0, 0, 0}, 0.25));
  } else {
    canvas.polygon({{0.06, -0.05}, {-0.18, 0.07}, {-0.04, 0.05}}, pose, mix(feathers, {0, 0, 0}, 0.25));
    for (const double x : {-0.02, 0.05}) canvas.line({x, 0.08}, {x, 0.17}, 0.012, pose, {0.5, 0.35, 0.2});
  }
}

void draw_birds(Canvas& canvas, Random& random) {
  canvas.sky(near({0.5, 0.7, 0.92}, 0.1, random), near({0.85, 0.88, 0.85}, 0.08, random));
  Point last = {-0.05, canvas.high() * random.uniform(0.6, 0.8)};
  const Colour bark = near({0.35, 0.25, 0.18}, 0.06, random), leaf = near({0.3, 0.5, 0.22}, 0.08, random);
  for (int i = 1; i < 8; ++i) {  // a branch
    const Point next = {canvas.wide() * i / 7 + 0.05, last.y + random.uniform(-0.06, 0.05)};
    canvas.line(last, next, 0.05 - 0.004 * i, {{0, 0}}, bark);
    if (random.chance(0.7)) {
      const Pose pose = {{next.x - 0.05, next.y - 0.05}, 1, random.uniform(-1.5, 1.5), 1};
      canvas.ellipse({0, 0}, 0.065, 0.03, pose, leaf);
    }
    last = next;
  }
  const int birds = 1 + static_cast<int>(random.below(3));
  for (int i = 0; i < birds; ++i) {
    draw_one_bird(
        canvas, random,
        {{canvas.wide() * (i + 0.5) / birds + random.uniform(-0.05, 0.05), canvas.high() * random.uniform(0.3, 0.55)},
         random.uniform(0.8, 1.4) / std::sqrt(birds),
         random.uniform(-0.3, 0.3),
         random.chance(0.5) ? 1.0 : -1.0});
  }
}

void draw_clock(Canvas& canvas, Random& random) {
  const Colour wall = any_colour(random, 0.3, 0.95);
  canvas.sky(wall, near(wall, 0.06, random));
  const Pose pose = pose_of(canvas, random, 0.8, 1.2, 0.08);
  const Colour frame = any_colour(random, 0.05, 0.9),
               face = mix({0.97, 0.96, 0.92}, any_colour(random, 0.1, 1), random.uniform(0, 0.4));
  const Colour ink = face.r + face.g + face.b > 1.5 ? Colour{0.1, 0.1, 0.12} : Colour{0.95, 0.95, 0.95};
  switch (random.below(3)) {
    case 0:  // round, on a wall
      canvas.ellipse({0, 0}, 0.38, 0.38, pose, frame);
      break;
    case 1:  // with two bells
      for (const double x : {-0.22, 0.22}) {
        canvas.line({x, 0.25}, {1.3 * x, 0.4}, 0.04, pose, mix(frame, {0, 0, 0}, 0.3));
        canvas.ellipse({x, -0.33}, 0.12, 0.1, pose, mix(frame, {1, 1, 1}, 0.3));
      }
      canvas.ellipse({0, 0}, 0.37, 0.37, pose, frame);
      break;
    default:  // in a case, with a pendulum
      canvas.polygon({{-0.3, -0.32}, {0, -0.48}, {0.3, -0.32}, {0.3, 0.34}, {-0.3, 0.34}}, pose, frame);
      canvas.box(-0.2, 0.3, 0.2, 0.62, pose, mix(frame, {0, 0, 0}, 0.4));
      canvas.line({0, 0.3}, {random.uniform(-0.1, 0.1), 0.52}, 0.014, pose, {0.85, 0.7, 0.3});
  }
  const double size = random.uniform(0.26, 0.31);
  canvas.ellipse({0, 0}, size, size, pose, face);
  for (int i = 0; i < 12; ++i) {
    canvas.line(on_circle({0, 0}, 0.92 * size, kTurn * i / 12),
                on_circle({0, 0}, (i % 3 == 0 ? 0.72 : 0.8) * size, kTurn * i / 12), i % 3 == 0 ? 0.026 : 0.014, pose,
                ink);
  }
  canvas.line({0, 0}, on_circle({0, 0}, 0.5 * size, random.uniform(0, kTurn)), 0.03, pose, ink);
  canvas.line({0, 0}, on_circle({0, 0}, 0.8 * size, random.uniform(0, kTurn)), 0.02, pose, ink);
  if (random.chance(0.5))
    canvas.line({0, 0}, on_circle({0, 0}, 0.85 * size, random.uniform(0, kTurn)), 0.008, pose, {0.8, 0.15, 0.1});
  canvas.ellipse({0, 0}, 0.022, 0.022, pose, ink);
}

void draw_guitar(Canvas& canvas, Random& random) {
  const Colour ground = any_colour(random, 0.15, 0.9);
  canvas.sky(ground, near(ground, 0.08, random));
  const bool electric = random.chance(0.4);
  const Colour wood =
      electric ? any_colour(random, 0.1, 0.95) : mix({0.85, 0.6, 0.3}, {0.4, 0.22, 0.12}, random.uniform());
  const Colour neck = near({0.3, 0.2, 0.14}, 0.05, random), steel = {0.8, 0.8, 0.8};
  Pose pose = pose_of(canvas, random, 0.8, 1.1, 0.7);
  if (canvas.wide() > 1.1) pose.angle += kTurn / 5;
  canvas.ellipse({0, 0.24}, 0.23, 0.19, pose, mix(wood, {0, 0, 0}, 0.35));
  canvas.ellipse({0, 0.24}, 0.215, 0.175, pose, wood);
  canvas.ellipse({0, 0.03}, 0.17, 0.13, pose, mix(wood, {0, 0, 0}, 0.35));
  canvas.ellipse({0, 0.03}, 0.155, 0.125, pose, wood);
  canvas.box(-0.14, 0.08, 0.14, 0.2, pose, wood);
  if (electric) {
    canvas.polygon({{0.03, 0.05}, {0.13, 0.1}, {0.17, 0.3}, {0.02, 0.22}}, pose, {0.95, 0.95, 0.93});
    for (const double y : {0.08, 0.16}) canvas.box(-0.06, y, 0.06, y + 0.035, pose, {0.1, 0.1, 0.1});
    for (const double y : {0.24, 0.3}) canvas.ellipse({0.11, y}, 0.018, 0.018, pose, {0.15, 0.15, 0.15});
    for (const double x : {-0.12, 0.12}) canvas.polygon({{x - 0.04, 0}, {x + 0.04, 0}, {1.3 * x, -0.17}}, pose, wood);
  } else {
    canvas.ellipse({0, 0.08}, 0.075, 0.075, pose, mix(wood, {1, 0.9, 0.6}, 0.5));
    canvas.ellipse({0, 0.08}, 0.06, 0.06, pose, {0.1, 0.07, 0.05});
  }
  canvas.box(-0.03, -0.4, 0.03, 0.03, pose, neck);
  for (int i = 0; i < 8; ++i) canvas.box(-0.03, -0.38 + 0.05 * i, 0.03, -0.374 + 0.05 * i, pose, steel);
  canvas.polygon({{-0.03, -0.39}, {0.03, -0.39}, {0.055, -0.53}, {-0.055, -0.53}}, pose, mix(neck, wood, 0.4));
  for (int i = 0; i < 3; ++i) {
    for (const double x : {-0.065, 0.065}) canvas.ellipse({x, -0.42 - 0.04 * i}, 0.014, 0.012, pose, steel);
  }
  canvas.box(-0.08, 0.28, 0.08, 0.31, pose, {0.15, 0.1, 0.08});
  for (const double x : {-0.02, -0.007, 0.007, 0.02}) canvas.line({x, -0.39}, {x, 0.29}, 0.004, pose, steel);
}

constexpr std::array kTested = {Subject{"bicycles", draw_bicycle}, Subject{"birds", draw_birds},
                                Subject{"cards", draw_cards},      Subject{"clocks", draw_clock},
                                Subject{"guitars", draw_guitar},   Subject{"keys", draw_keys},
                                Subject{"stages", draw_stage},     Subject{"statues", draw_statue},
                                Subject{"trains", draw_train},     Subject{"vending", draw_vending_machine}};

}  // namespace

std::span<const Subject> tested_foreign_subjects() {
  return kTested;
}

}  // namespace inkling::bench
