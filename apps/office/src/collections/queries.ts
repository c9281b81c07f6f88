import { queryOptions } from "@tanstack/react-query";
import type { AnswerOf } from "@weft/contracts/client";
import { api } from "../api.ts";

export type CollectionDay = AnswerOf<"fulfillments.day">;
export type DaySlot = CollectionDay["slots"][number];

/** A day of a place's slots; below the subject of the place's work, so that a new order or a step taken elsewhere asks for it again. */
export const dayQuery = (placeId: string, date: string | undefined) =>
  queryOptions({
    queryKey: ["work", placeId, "slots", date ?? "today"],
    queryFn: ({ signal }) => api.ask("fulfillments.day", { params: { id: placeId }, query: date === undefined ? {} : { date }, signal }),
  });
