import type { Problems } from "@weft/kernel";

export type TourError = { readonly code: "tour.not_demo" } | { readonly code: "tour.unknown" } | { readonly code: "tour.unprepared" };

export const TOUR_PROBLEMS: Problems<TourError> = {
  "tour.not_demo": { status: 404, title: "There is a tour in the demo only" },
  "tour.unknown": { status: 404, title: "This tour has ended; begin another one" },
  "tour.unprepared": { status: 409, title: "The demo chain has no till for the tour" },
};
