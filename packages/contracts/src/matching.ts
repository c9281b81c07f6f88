import { z } from "zod";
import { SourceRecord } from "./customers.ts";
import { ChannelKind, IdParams, Instant, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

/**
 * What one field says about a pair. `bits` above 0 speak for one person, below 0 for two: each bit doubles the odds. `code` says how the
 * values agree: `equal`, `slip`, `sounds` … The value itself is in the records.
 */
export const MatchReason = z.object({ field: z.string(), code: z.string(), bits: z.number() }).meta({ id: "MatchReason" });

/** A customer as one side of a pair, with every record that a channel keeps of them. */
const MatchSide = z.object({ customerId: Uuid, records: z.array(SourceRecord) });

/** Two records that may be one person. */
export const Match = z
  .object({
    id: Uuid,
    a: SourceRecord,
    b: SourceRecord,
    /** The customers whom the two records belong to now. */
    sides: z.array(MatchSide),
    because: z.string(),
    /** That they are one person, by what the whole file has taught; null where nothing was learned yet. */
    chance: z.number().nullable(),
    reasons: z.array(MatchReason),
    status: z.enum(["open", "linked", "different"]),
    putOffUntil: Instant.nullable(),
    at: Instant,
    decidedAt: Instant.nullable(),
  })
  .meta({ id: "Match" });

const MatchRun = z
  .object({
    id: Uuid,
    state: z.enum(["running", "stopped", "done", "failed"]),
    phase: z.enum(["read", "compare", "keys", "apply"]),
    /** Of this phase; `total` is 0 while nobody knows it. */
    done: z.int(),
    total: z.int(),
    records: z.int(),
    compared: z.int(),
    linked: z.int(),
    asked: z.int(),
    withdrawn: z.int(),
    createdAt: Instant,
    endedAt: Instant.nullable(),
  })
  .meta({ id: "MatchRun" });

/** What matching goes by, what was learned last, and the last run. */
export const MatchingState = z
  .object({
    settings: z.object({ joins: z.boolean(), precision: z.number(), reviewFrom: z.number() }),
    model: z
      .object({
        version: z.int(),
        learnedAt: Instant,
        records: z.int(),
        compared: z.int(),
        /** The chance from which on two records are joined. */
        joinsFrom: z.number(),
        expectedPrecision: z.number(),
      })
      .nullable(),
    run: MatchRun.nullable(),
    /** Links by likeness that hold now, and pairs that wait for a person. */
    linked: z.int(),
    open: z.int(),
  })
  .meta({ id: "MatchingState" });

/** A limit that stopped something from being joined. */
export const Violation = z
  .object({
    id: Uuid,
    /** Of the identifier, or `likeness`. */
    kind: z.string(),
    rule: z.enum([
      "values_per_customer",
      "customers_per_value",
      "links_per_customer",
      "records_per_customer",
      "device_of_another",
      "kind_joins_no_longer",
      "apart_but_proven",
    ]),
    recordId: Uuid,
    customerId: Uuid,
    name: z.string().nullable(),
    /** The other side, if there is one. */
    withCustomerId: Uuid.nullable(),
    withName: z.string().nullable(),
    at: Instant,
  })
  .meta({ id: "Violation" });

const RULES = ["verified", "most_recent", "channel_priority"] as const;

/** Which of several values a profile shows. What no rule decides, the oldest record does. */
export const FieldRules = z
  .object({
    fields: z.array(
      z.object({
        field: z.enum(["givenName", "familyName", "email", "phone", "birthDate", "address", "locale"]),
        /** Asked one after the other. */
        rules: z.array(z.enum(RULES)).min(1).max(RULES.length),
      }),
    ),
    /** Whom to believe first, where channels decide. */
    channels: z.array(ChannelKind).max(20),
  })
  .meta({ id: "FieldRules" });

export const FieldRulesState = FieldRules.extend({
  /** Profiles that are still built by the rules before. */
  isRebuilding: z.boolean(),
}).meta({ id: "FieldRulesState" });

export const matchingEndpoints = {
  "customers.matches": {
    summary: "Pairs that a person must judge, the likeliest first; `later` are those that were put off",
    tag: "customers",
    query: z.object({ ...PageQuery, status: z.enum(["open", "later", "linked", "different"]).default("open") }),
    response: pageOf(Match),
    status: 200,
  },
  "customers.judgeMatch": {
    summary: "Same person, different for ever, or later: asked again tomorrow",
    tag: "customers",
    params: IdParams,
    body: z.object({ decision: z.enum(["same", "different", "later"]), reason: z.string().max(500).optional() }),
    response: Match,
    status: 200,
  },
  "customers.undoMatch": {
    summary: "Take a judgment back: the pair waits again, and both sides are as before",
    tag: "customers",
    params: IdParams,
    response: Match,
    status: 200,
  },
  "customers.keepApart": {
    summary: "These are different people, for ever: nothing joins or asks about them again",
    tag: "customers",
    params: IdParams,
    body: z.object({ otherId: Uuid, reason: z.string().min(3).max(500) }),
    response: z.object({ id: Uuid }).meta({ id: "Apart" }),
    status: 201,
  },
  "customers.violations": {
    summary: "Limits that stopped something from being joined, newest first, and how often each did in the last 30 days",
    tag: "customers",
    query: z.object(PageQuery),
    response: pageOf(Violation).extend({ counts: z.array(z.object({ rule: Violation.shape.rule, count: z.int() })) }),
    status: 200,
  },
  "matching.read": {
    summary: "What matching goes by, what was learned last, and the last run over the whole file",
    tag: "customers",
    response: MatchingState,
    status: 200,
  },
  "matching.configure": {
    summary: "From which expected precision on records are joined, from which chance on a person is asked",
    tag: "customers",
    body: z.object({
      joins: z.boolean().optional(),
      precision: z.number().min(0.9).max(0.9999).optional(),
      reviewFrom: z.number().min(0.05).max(0.9).optional(),
    }),
    response: MatchingState,
    status: 200,
  },
  "matching.start": {
    summary: "Learn from the whole customer file and compare it, in the background; one run at a time",
    tag: "customers",
    response: MatchingState,
    status: 201,
  },
  "matching.moveRun": {
    summary: "Stop a run, go on with one that was stopped, or give it up; what it joined stays",
    tag: "customers",
    params: IdParams,
    body: z.object({ state: z.enum(["running", "stopped", "given_up"]) }),
    response: MatchingState,
    status: 200,
  },
  "customers.fieldRules": {
    summary: "Which of several values a profile shows",
    tag: "customers",
    response: FieldRulesState,
    status: 200,
  },
  "customers.setFieldRules": {
    summary: "Change which of several values a profile shows; all profiles are built again in the background",
    tag: "customers",
    body: FieldRules,
    response: FieldRulesState,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
