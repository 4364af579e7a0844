// Goods of the fake server, in the form of the simulated marketplace's.

const KINDS = {
  Electronics: [
    ["Headphones", 7900],
    ["Phone cases", 1900],
    ["Chargers", 2400],
    ["Tablets", 32900],
    ["Cameras", 44900],
  ],
  Fashion: [
    ["Dresses", 5900],
    ["T-shirts", 1900],
    ["Jackets", 8900],
    ["Sneakers", 7400],
    ["Handbags", 6900],
  ],
  Home: [
    ["Desk lamps", 3900],
    ["Bedding", 5400],
    ["Rugs", 9900],
    ["Shelves", 6400],
    ["Candles", 1400],
  ],
  Kitchen: [
    ["Kettles", 3900],
    ["Pans", 4400],
    ["Knives", 5200],
    ["Mugs", 1200],
    ["Coffee makers", 12900],
  ],
  Beauty: [
    ["Face cream", 2600],
    ["Shampoo", 900],
    ["Perfume", 5900],
    ["Lipstick", 1700],
    ["Hair dryers", 4900],
  ],
  Sports: [
    ["Running shoes", 9900],
    ["Yoga mats", 2900],
    ["Backpacks", 6400],
    ["Bicycle lights", 2700],
    ["Dumbbells", 3400],
  ],
  Toys: [
    ["Building bricks", 3900],
    ["Puzzles", 1800],
    ["Board games", 3200],
    ["Dolls", 2400],
    ["Model trains", 8400],
  ],
  Groceries: [
    ["Coffee", 1100],
    ["Tea", 700],
    ["Chocolate", 500],
    ["Olive oil", 1300],
    ["Pasta", 300],
  ],
};
const WORDS = ["Amber", "Birch", "Coastal", "Daily", "Ember", "Field", "Granite", "Harbour", "Indigo", "Juniper"];
const COLOURS = ["black", "red", "green", "blue", "beige", "orange", "teal", "white"];

const leaves = Object.entries(KINDS).flatMap(([top, list]) => list.map(([leaf, cents]) => ({ top, leaf, cents })));

export const goods = Array.from({ length: 120 }, (_, number) => {
  const { top, leaf, cents } = leaves[(number * 7) % leaves.length];
  const word = WORDS[(number * 3) % WORDS.length];
  return {
    item: `item-${number}`,
    title: `${word} ${leaf} No. ${1 + (number % 9)}`,
    category: [top, leaf],
    price: { cents: Math.round((cents * (80 + ((number * 13) % 50))) / 1000) * 10 + 9, currency: "EUR" },
    text: `${word} is made in small batches, and meant to be used every day.`,
    attributes: {
      brand: ["Norrvik", "Alder & Son", "Lumo"][number % 3],
      colour: COLOURS[number % COLOURS.length],
      material: ["cotton", "steel", "oak", "wool"][number % 4],
      weight: `${120 + ((number * 37) % 900)} g`,
      rating: (3 + ((number * 7) % 20) / 10).toFixed(1),
      rating_count: String(12 + ((number * 53) % 900)),
    },
    on_sale: number !== 13,
    stock: (number * 11) % 40,
  };
});

// Of one kind of goods; the first colour costs what the goods do, and one of its sizes is sold out.
export const skus = goods
  .filter(({ category }) => category.at(-1) === "T-shirts")
  .flatMap((parent) =>
    ["white", "teal"].flatMap((colour, number) =>
      ["S", "M", "L"].map((size) => ({
        ...parent,
        item: `${parent.item}-${colour}-${size}`,
        kind: "sku",
        parent: parent.item,
        title: `${parent.title}, ${colour}, ${size}`,
        price: { ...parent.price, cents: parent.price.cents + 200 * number },
        attributes: { ...parent.attributes, colour, size },
        stock: number === 0 && size === "L" ? 0 : 9,
      })),
    ),
  );
