import type { Because, ParityAttribute, ParityVerdict, ParityWindowKind } from "@weft/contracts";
import type { ChannelId, Id, PlaceId } from "@weft/kernel";

export type CheckId = Id<"parity check">;

/** Where goods are shown: one kind of screen or file of one channel, at a store where it is about one. */
export type Window = { readonly kind: ParityWindowKind; readonly channelId: ChannelId; readonly placeId: PlaceId | null };

/** What a window says of one thing, as texts that compare; an attribute that it says nothing about is absent. */
export type Values = { readonly [A in ParityAttribute]?: string | null };

/**
 * What should be said there: by the records for everybody (`house`), and for this very channel (`own`), which differs where it has prices or
 * goods of its own. `reasons` say why `own` differs.
 */
export type Expected = {
  readonly house: Values;
  readonly own: Values;
  readonly reasons: { readonly [A in ParityAttribute]?: Reason };
};

/** Why something is not as everywhere else, and what it comes from: a price list by its id. */
export type Reason = { readonly because: Because; readonly fix: Fix; readonly fixId: string | null };

/** Where a difference is mended. */
export type Fix = "renew_feed" | "price_list" | "promotion" | "product" | "assortment" | "channel" | "store" | "none";

/** What the records are read from changes, and a window that is older than its last change may lag behind it. */
export type Source = "catalog" | "pricing" | "stock" | "places";

/** Since when a window is behind each source; absent where it is not. */
export type Behind = { readonly [S in Source]?: Date };

export type Judged =
  | { readonly verdict: "same" }
  | {
      readonly verdict: ParityVerdict;
      readonly because: Because;
      readonly since: Date | null;
      readonly fix: Fix;
      readonly fixId: string | null;
    };

/** What was found of one attribute of one thing at one window. */
export type Cell = {
  readonly attribute: ParityAttribute;
  readonly expected: string | null;
  readonly shown: string | null;
  readonly judged: Judged;
};
