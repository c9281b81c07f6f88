import { queryOptions } from "@tanstack/react-query";
import type { BodyOf, ConsentCellView, TermsView } from "@weft/contracts/client";
import { api } from "../api.ts";

/** What a customer agreed to; asked again when they say something on any channel. */
export const termsQuery = (customerId: string) =>
  queryOptions({
    queryKey: ["customer", customerId, "terms"],
    queryFn: ({ signal }) => api.ask("consent.read", { params: { id: "me" }, signal }),
  });

export type Agreed = Pick<TermsView, "cells" | "preferences" | "wordingVersion">;
export type TermsChoice = BodyOf<"consent.decide">["choices"][number];
export type Wishes = BodyOf<"consent.setPreferences">;
export type QuietHours = NonNullable<TermsView["preferences"]["quietHours"]>;

/** The ways that the shop asks about; the others are said to people. */
export const ASKED_KINDS = ["email", "sms", "phone"] as const;

/** The cells of one topic by the kinds that the shop asks about. */
export function topicsOf(cells: readonly ConsentCellView[]): { topic: ConsentCellView["topic"]; cells: ConsentCellView[] }[] {
  const topics = [...new Set(cells.map(({ topic }) => topic))];
  return topics.map((topic) => ({
    topic,
    cells: ASKED_KINDS.flatMap((kind) => cells.filter((cell) => cell.topic === topic && cell.channelKind === kind)),
  }));
}
