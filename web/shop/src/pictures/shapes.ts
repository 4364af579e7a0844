// Which shape draws which kind of goods: the leaf categories of the simulated marketplace, and a parcel for any other.
import type { Item } from "../api/types";
import { cream, hairDryer, lipstick, perfume, shampoo } from "./beauty";
import { camera, charger, headphones, phoneCase, tablet } from "./electronics";
import { dress, handbag, jacket, shirt, sneaker } from "./fashion";
import { chocolate, coffee, oliveOil, pasta, tea } from "./groceries";
import { bedding, candle, lamp, rug, shelves } from "./home";
import { coffeeMaker, kettle, knife, mug, pan } from "./kitchen";
import { parcel } from "./parcel";
import { bucket, toolbox, van } from "./services";
import type { Shape } from "./shape";
import { backpack, bicycleLight, dumbbell, runningShoe, yogaMat } from "./sports";
import { boardGame, bricks, doll, puzzle, train } from "./toys";

export const SHAPES: Readonly<Record<string, Shape>> = {
  Headphones: headphones,
  "Phone cases": phoneCase,
  Chargers: charger,
  Tablets: tablet,
  Cameras: camera,
  Dresses: dress,
  "T-shirts": shirt,
  Jackets: jacket,
  Sneakers: sneaker,
  Handbags: handbag,
  "Desk lamps": lamp,
  Bedding: bedding,
  Rugs: rug,
  Shelves: shelves,
  Candles: candle,
  Kettles: kettle,
  Pans: pan,
  Knives: knife,
  Mugs: mug,
  "Coffee makers": coffeeMaker,
  "Face cream": cream,
  Shampoo: shampoo,
  Perfume: perfume,
  Lipstick: lipstick,
  "Hair dryers": hairDryer,
  "Running shoes": runningShoe,
  "Yoga mats": yogaMat,
  Backpacks: backpack,
  "Bicycle lights": bicycleLight,
  Dumbbells: dumbbell,
  "Building bricks": bricks,
  Puzzles: puzzle,
  "Board games": boardGame,
  Dolls: doll,
  "Model trains": train,
  Coffee: coffee,
  Tea: tea,
  Chocolate: chocolate,
  "Olive oil": oliveOil,
  Pasta: pasta,
  Toolbox: toolbox,
  "Moving van": van,
  "Cleaning bucket": bucket,
};

const OF_TEMPLATES: Readonly<Record<string, string>> = {
  appliance_repair: "Toolbox",
  moving: "Moving van",
  housekeeping: "Cleaning bucket",
};

// The path by whose leaf an item is drawn: its category, or what the service of a post is done with.
export function drawnAs({ kind, category, attributes }: Pick<Item, "kind" | "category" | "attributes">): readonly string[] {
  return kind === "post" ? [OF_TEMPLATES[attributes?.["template"] ?? ""] ?? "Toolbox"] : (category ?? []);
}

export function shapeOf(category: readonly string[]): Shape {
  for (let i = category.length - 1; i >= 0; --i) {
    const shape = SHAPES[category[i] as string];
    if (shape) return shape;
  }
  return parcel;
}
