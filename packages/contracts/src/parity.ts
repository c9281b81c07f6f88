import { z } from "zod";
import { PARITY_ATTRIBUTES, PARITY_VERDICTS, PARITY_WINDOWS } from "./parity-words.ts";
import { Because, IdParams, Instant, Locale, LocalizedText, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

const Window = z.enum(PARITY_WINDOWS);
const Attribute = z.enum(PARITY_ATTRIBUTES);
const Verdict = z.enum(PARITY_VERDICTS);

export const ParityCheck = z
  .object({
    id: Uuid,
    cause: z.enum(["nightly", "asked", "feed_renewed"]),
    state: z.enum(["waiting", "running", "done", "failed"]),
    /** The only store that was looked at; null: all of them. */
    placeId: Uuid.nullable(),
    askedAt: Instant,
    startedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    /** Products looked at so far, and how many there are. */
    done: z.int(),
    total: z.int(),
    /** Values that were compared, and how many of them differ. */
    compared: z.int(),
    wrong: z.int(),
    lagging: z.int(),
    allowed: z.int(),
    /** Differences that are only counted, because too many were kept already. */
    notKept: z.int(),
  })
  .meta({ id: "ParityCheck" });

/** Differences of one kind, by where they were and what they are about. */
export const ParityCount = z
  .object({ window: Window, channelId: Uuid, channelName: z.string(), attribute: Attribute, verdict: Verdict, count: z.int() })
  .meta({ id: "ParityCount" });

/** Where a difference is mended. */
const Fix = z.enum(["renew_feed", "price_list", "promotion", "product", "assortment", "channel", "store", "none"]);

export const ParityDifference = z
  .object({
    id: Uuid,
    verdict: Verdict,
    window: Window,
    channelId: Uuid,
    channelName: z.string(),
    placeId: Uuid.nullable(),
    placeName: z.string().nullable(),
    /** Null where it is about a store. */
    productId: Uuid.nullable(),
    sku: z.string().nullable(),
    name: LocalizedText.nullable(),
    attribute: Attribute,
    /** What the hub's own records say, and what is shown; null: nothing. */
    expected: z.string().nullable(),
    shown: z.string().nullable(),
    because: Because,
    /** Of what lags: the change that is not shown yet. */
    since: Instant.nullable(),
    fix: Fix,
    /** What the fix is about: the price list, the promotion. */
    fixId: z.string().nullable(),
  })
  .meta({ id: "ParityDifference" });

const ParityCell = z
  .object({
    attribute: Attribute,
    expected: z.string().nullable(),
    shown: z.string().nullable(),
    verdict: z.enum(["same", ...PARITY_VERDICTS]),
    because: Because.nullable(),
    since: Instant.nullable(),
    fix: Fix,
    fixId: z.string().nullable(),
  })
  .meta({ id: "ParityCell" });

/** A product as one window shows it now; of a feed: as it was made. */
export const ParityProduct = z
  .object({
    productId: Uuid,
    name: LocalizedText,
    at: Instant,
    windows: z.array(
      z.object({
        window: Window,
        channelId: Uuid,
        channelName: z.string(),
        placeId: Uuid.nullable(),
        placeName: z.string().nullable(),
        /** Of a feed: when it was made; null: nobody has asked for it yet. */
        madeAt: Instant.nullable(),
        variants: z.array(z.object({ sku: z.string(), name: LocalizedText, cells: z.array(ParityCell) })),
      }),
    ),
  })
  .meta({ id: "ParityProduct" });

const DifferenceFilter = {
  /** `open`: what is wrong or late. */
  verdict: z.enum([...PARITY_VERDICTS, "open"]).optional(),
  window: Window.optional(),
  channelId: Uuid.optional(),
  placeId: Uuid.optional(),
  attribute: Attribute.optional(),
  /** SKU, or its beginning. */
  query: z.string().max(64).optional(),
};

export const parityEndpoints = {
  "parity.checks": {
    summary: "The checks of whether all channels show the same, newest first",
    tag: "parity",
    query: z.object({ ...PageQuery }),
    response: pageOf(ParityCheck),
    status: 200,
  },
  "parity.check": {
    summary: "One check with its counts by window, channel and attribute",
    tag: "parity",
    params: IdParams,
    response: ParityCheck.extend({ counts: z.array(ParityCount) }),
    status: 200,
  },
  "parity.start": {
    summary: "Compare what all channels show, in the background; a check that is under way is answered instead of another",
    tag: "parity",
    body: z.object({
      /** Only what is shown at this store, beside what is shown at none. */
      placeId: Uuid.nullable().default(null),
      /** The feeds of this channel are made anew first. */
      renewFeedsOf: Uuid.nullable().default(null),
    }),
    response: ParityCheck,
    status: 201,
  },
  "parity.differences": {
    summary: "What differed at the last check that came to its end: what is wrong first",
    tag: "parity",
    query: z.object({ ...PageQuery, ...DifferenceFilter }),
    response: pageOf(ParityDifference),
    status: 200,
  },
  "parity.export": {
    summary: "All of what differed at the last check that came to its end as CSV, a line per difference",
    tag: "parity",
    query: z.object({ ...DifferenceFilter, language: Locale.default("en") }),
    response: z.string(),
    status: 200,
    raw: true,
  },
  "parity.product": {
    summary: "One product as every channel shows it now, at a store",
    tag: "parity",
    params: IdParams,
    query: z.object({ placeId: Uuid.optional() }),
    response: ParityProduct,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
