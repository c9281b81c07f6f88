import type { BodyOf } from "@weft/contracts/client";

/** What the office may change about a place. */
export type PlaceChange = BodyOf<"places.update">;
