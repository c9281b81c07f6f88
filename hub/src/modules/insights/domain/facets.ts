import type { Facet } from "@weft/contracts";

/** Every facet, in the order in which reports show them. One that is missing here does not compile. */
const ORDER: Readonly<Record<Facet, number>> = {
  identity: 1,
  cart: 2,
  price: 3,
  promise: 4,
  order: 5,
  loyalty: 6,
  conversation: 7,
  preferences: 8,
};

// The keys are those of the table above.
export const FACETS = Object.keys(ORDER) as readonly Facet[];
