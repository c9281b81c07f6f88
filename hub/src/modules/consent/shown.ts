import type { TermsView } from "@weft/contracts";
import type { Actor, ShownTouch } from "../../platform/index.ts";

/** Somebody's own terms as a channel of theirs showed them [CNS-10]: each answer is a showing of its own, they have no version. */
export function shownTerms({ preferences, cells }: Pick<TermsView, "preferences" | "cells">, actor: Actor): ShownTouch | null {
  const { customer, channelId, placeId, device } = actor;
  if (!customer || channelId === null) return null;
  const said = cells.flatMap(({ topic, channelKind, state }) =>
    state === "granted" || state === "withdrawn" ? [{ topic, channelKind, state }] : [],
  );
  return {
    recordId: customer.recordId,
    channelId,
    placeId: device?.placeId ?? placeId,
    subject: `customer/${customer.recordId}`,
    version: Date.now(),
    kind: "terms.shown",
    shown: { preferences: { ...preferences, said } },
  };
}
