// Every text of the shop. zh.ts has the same members; the compiler and a test hold it to that.

const count = (n: number, one: string, many: string) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

export const en = {
  shop: "Saltmarsh",
  tagline: "Everyday things, well made",
  simulated: "A simulated shop. Goods, prices and reviews are made up; nothing is sold.",
  nav: { feed: "Shop", search: "Search", favourites: "Saved", cart: "Cart", main: "Main", back: "Back", skip: "Skip to content" },
  settings: {
    title: "Settings", open: "Settings", language: "Language", theme: "Appearance", auto: "Auto", light: "Light",
    dark: "Dark", meter: "Intent meter", meterHint: "Shows what the model makes of your gestures, while you make them.",
    consent: "Data about your visit", change: "Change", close: "Close",
  },
  consent: {
    title: "May we learn from how you browse?",
    text: "With your yes, this shop notes which pages you open and how your finger moves over them – never what you type elsewhere – and a small model on this device guesses whether you are about to buy. A coupon may follow.",
    without: "Without it everything here works the same, and nothing of that is noted.",
    yes: "Yes, that's fine", no: "No, thanks", granted: "You said yes", denied: "You said no",
  },
  feed: {
    title: "For you", lead: "Picked while you look around", end: "That was everything for now.", more: "Loading more goods",
    empty: "There is nothing on the shelves yet.", why: { popular: "Much wanted", newest: "New", similar_to: "Goes with what you saw", recent: "Seen lately" } as Record<string, string>,
  },
  search: {
    title: "Search", label: "Search for goods", placeholder: "Shoes, lamp, coffee …", clear: "Clear", submit: "Search",
    found: (n: number, query: string) => `${count(n, "find", "finds")} for “${query}”`,
    some: (n: number, query: string) => `${n} and more for “${query}”`,
    fresh: "New on the shelves",
    none: (query: string) => `Nothing is called “${query}”.`, noneHint: "Try fewer words, or one of these:",
    hintTitle: "How to ask precisely",
    hints: [["running shoes", "both words"], ["\"desk lamps\"", "these words together"], ["tea OR coffee", "one of them"], ["mugs -olive", "without a word"], ["head", "the beginning of a word"]] as [string, string][],
    tries: ["shoes", "lamps", "coffee OR tea", "board games"],
  },
  item: {
    pictures: "Pictures", picture: (n: number, of: number) => `Picture ${n} of ${of}`, enlarge: "Enlarge", closePictures: "Close pictures",
    description: "Description", specifications: "Specifications", reviews: "Reviews", tabs: "About this item",
    addToCart: "Add to cart", added: "In your cart", save: "Save", saved: "Saved", quantity: "Quantity", similar: "Similar goods",
    inStock: "In stock", few: (n: number) => `Only ${n} left`, soldOut: "Sold out", gone: "This item is no longer here.",
    noText: "The maker says nothing more about it.", category: "Category", number: "Item number", delivery: "Free returns within 30 days", simulatedDelivery: "Simulated: nothing is sent",
    rated: (rating: string) => `Rated ${rating} of 5`, ratings: (n: number) => count(n, "rating", "ratings"),
  },
  reviews: {
    simulated: "These reviews are simulated from the item's rating.", topics: "What is it about?", all: "All",
    topic: ["Fit", "Quality", "Delivery", "Value", "Looks", "Use", "Packaging", "Service"],
    none: "Nobody has rated this yet.", by: (name: string, date: string) => `${name}, ${date}`,
  },
  cart: {
    title: "Cart", empty: "Your cart is empty", emptyHint: "What you add waits here, on every device of yours.", browse: "Look around",
    tick: (title: string) => `Buy ${title} now`, all: "All", remove: "Remove", removed: "Removed", undo: "Undo", less: "One less", more: "One more",
    pieces: (n: number) => count(n, "piece", "pieces"), subtotal: "Subtotal", coupon: "Surprise coupon", delivery: "Delivery", free: "Free", total: "Total",
    checkout: (n: number) => `Check out (${n})`, nothingTicked: "Tick what you want to buy now.", rolledBack: "The cart could not be changed, so it is as before.",
    saved: "Prices as of now",
  },
  checkout: {
    title: "Checkout", deliverTo: "Deliver to", address: "Ann Example, 12 Shore Road, Harbour Town", pay: "Payment",
    card: "Card ending 4242", simulated: "The payment is simulated: no card, no money, no parcel.", order: "Your order",
    place: (total: string) => `Pay ${total} (simulated)`, placing: "Paying …", nothing: "There is nothing to pay for.", arrives: (date: string) => `Would arrive by ${date}`,
  },
  done: { title: "Thank you", text: "Your simulated order is placed.", order: (id: string) => `Order ${id}`, on: "Back to the shop" },
  favourites: { title: "Saved", empty: "Nothing saved yet", emptyHint: "Tap the heart of what you like; it stays on this device." },
  coupon: {
    title: "A surprise for you", off: (percent: number) => `${percent} % off`, ends: "Ends in", use: "Use it now", later: "Keep it for later",
    why: { device: "Decided by a model on this device: its score lies in the band where a coupon helps.", server: "Decided by the server from what this visit told it: the score lies in the band where a coupon helps." },
    over: "Your coupon has run out", held: (percent: number) => `${percent} % off, in your cart`, probability: (p: string) => `Purchase within the hour: ${p}`,
  },
  meter: {
    title: "Intent meter", open: "Open the intent meter", close: "Close the intent meter", fold: "Fold the intent meter", within: { "1h": "Within the hour", "1d": "Within the day" } as Record<string, string>,
    waiting: "Looks around with you. A score comes after the first gestures.", off: "The meter needs your yes to data about your visit.",
    from: { device: "Scored on this device", server: "Scored by the server" }, version: (v: string) => `model ${v}`,
    band: "Coupon band", over: "Over time", attention: "What it looks at", views: { swipe: "Swipes", tap: "Taps", browse: "Pages" } as Record<string, string>,
    oldest: "older", newest: "now", gauge: (p: string) => `Probability of a purchase within the hour: ${p}`,
    below: "Just looking", inside: "Undecided", above: "About to buy",
  },
  problem: {
    offline: "No connection. What you do is kept and sent later.", busy: "The shop is busy just now.", missing: "This is not here.",
    refused: "The shop could not do that.", retry: "Try again", offlineBar: "You are offline",
    crash: "Something in this page broke.", reload: "Reload", lost: "There is no such page.",
  },
  categories: {} as Record<string, string>,
  attributes: { brand: "Brand", colour: "Colour", material: "Material", weight: "Weight", weight_g: "Weight", size: "Size", rating: "Rating", rating_count: "Ratings", origin: "Origin" } as Record<string, string>,
};

export type Texts = typeof en;
