// The numbers in gestures point into these tables. They are those of the simulated application (sim/app_tables.h),
// because its gestures are what the model of this shop was trained on.

// Page kinds by index; also the names that browse actions carry.
export const PAGES = ["", "home", "feed", "search", "detail", "pictures", "reviews", "cart", "checkout"] as const;
export type PageKind = (typeof PAGES)[number];

export const ACTION = {
  list: 1,
  detail: 2,
  turnPicture: 3,
  skimReviews: 4,
  inspect: 5,
  cart: 6,
  pay: 7,
  topic: 10, // + the topic that is read
} as const;

export const CONTROL = { entry: 1, tab: 2, picture: 3, button: 4, text: 5, back: 6 } as const;

export const BUTTON = {
  none: 0,
  variant: 1,
  quantity: 2,
  more: 3,
  favourite: 4,
  cartAdd: 5,
  cartRemove: 6,
  checkout: 7,
  pay: 8,
  hide: 9,
  search: 10,
  openReviews: 11,
  openCart: 12,
  topic: 20, // + the topic that is asked for
} as const;

export const TOPICS = 8; // of reviews

// The attribute that the kit reads from whatever a gesture begins on.
export function marked(event: number, button: number, action: number = ACTION.list) {
  return { "data-inkling-control": `${event} ${button} ${action}` } as const;
}
