import { z } from "zod";
import { IdParams, Instant, LocalDate, Uuid, type Endpoint } from "./shared.ts";

/** The day with which fiscal years begin, `07-15`: one that every year has, so 29 February is none. */
export const YearStart = z
  .string()
  .regex(/^((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))$/);

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
/** ECDSA P-256 with SHA-256: r and s, base64url. */
const Signature = z.string().regex(/^[\w-]{86}$/);
/** A signature; the hash of an entry that the hub wrote before the register had a key; nothing before the first. */
const Link = z.string().regex(/^([\w-]{86}|[0-9a-f]{64})?$/);
const Seq = z.int().positive();
const Chain = z.enum(["T", "P", "I", "B", "G", "L", "A", "C", "X"]);

const ENTRY_TYPES = [
  "sale",
  "collection",
  "return",
  "exchange",
  "empties",
  "payment",
  "invoice",
  "bill",
  "shift",
  "day",
  "month",
  "year",
  "event",
  "duplicate",
  "archive",
] as const;

/** An entry as its register signed it: `hub/src/modules/till/fiscal/types.ts` says what each field holds. */
export const SignedEntry = z
  .object({
    entityId: Uuid,
    placeId: Uuid,
    registerId: Uuid,
    register: z.string().max(40),
    chain: Chain,
    seq: Seq,
    journalSeq: Seq,
    /** The register's clock with its offset, to the second. */
    ts: z.iso.datetime({ offset: true, precision: 0 }),
    businessDate: LocalDate,
    operator: Uuid.nullable(),
    type: z.enum(ENTRY_TYPES),
    softwareVersion: z.string().max(80),
    payload: z.string().max(4000),
    bodyHash: Hash,
    prevSig: Link,
    journalPrevSig: Link,
    keyId: Hash,
    sig: Signature,
    body: z.looseObject({ document: z.record(z.string(), z.unknown()) }),
  })
  .strict()
  .meta({ id: "SignedEntry" });

/** What a register says of the entries that it sent, signed: so many from one number in its journal to another. */
export const UploadManifest = z
  .object({ registerId: Uuid, fromSeq: Seq, toSeq: Seq, count: Seq, headSignature: Signature, keyId: Hash, sig: Signature })
  .strict()
  .meta({ id: "UploadManifest" });

const Head = z.object({ seq: z.int(), sig: z.string() });

/** What the hub did for a register that signs its journal itself, for the register to sign. `kind` as its entry will have it. */
export const UnsignedDocument = z
  .object({
    commandId: Uuid,
    kind: z.string(),
    at: Instant,
    operatorId: Uuid.nullable(),
    document: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "UnsignedDocument" });

/** Where the journal of a register stands at the hub after a command, and which of its entries were refused and kept as evidence. */
export const JournalAnswer = z
  .object({
    ...Head.shape,
    refused: z.array(z.object({ journalSeq: z.int().nullable(), code: z.string(), detail: z.string() })),
  })
  .meta({ id: "JournalAnswer" });

/** A register's journal as the hub has it: what a register that begins, or lost its own, goes on from. */
export const RegisterJournal = z
  .object({
    register: z.object({
      entityId: Uuid,
      placeId: Uuid,
      registerId: Uuid,
      code: z.string(),
      timeZone: z.string(),
      dayEnd: z.int(),
      training: z.boolean(),
      /** The day with which the fiscal years of its legal entity begin; absent: 1 January. */
      yearStart: YearStart.optional(),
    }),
    /** The key that signs now; null: none was enrolled, and the hub writes its entries. */
    keyId: z.string().nullable(),
    /** Where its chains stood when the first key was enrolled; a journal that begins goes on from there. */
    base: z.object({ heads: z.record(z.string(), Head), journal: Head }),
    /** The hub's fold of its entries (`RegisterBook`); null before its first. */
    book: z.record(z.string(), z.unknown()).nullable(),
    toSign: z.array(UnsignedDocument),
    /** Up to which entry the register last said, signed, that all of them were sent; 0 before it ever did. */
    uploadedTo: z.int(),
    /** Entries that were refused and kept, and not settled by a new key yet. */
    defects: z.int(),
  })
  .meta({ id: "RegisterJournal" });

/** That an entry is under the root of its day: from the entry to the register's root, and from there to the day's. */
const Steps = z.array(z.object({ side: z.enum(["left", "right"]), hash: Hash }));
export const EntryProof = z
  .object({
    day: LocalDate,
    entry: z.object({ leaf: z.string(), steps: Steps, root: Hash }),
    register: z.object({ leaf: z.string(), steps: Steps, root: Hash }),
    /** Of the day's root, by the hub's key of `/.well-known/jwks.json`: over `weft journal <day> <root>`. */
    signature: z.string(),
    keyId: z.string(),
    madeAt: Instant,
  })
  .meta({ id: "EntryProof" });

export const tillJournalEndpoints = {
  "till.journal": {
    summary: "The journal of this till's register as the hub has it: its key, its book, and what is still to be signed",
    tag: "till",
    params: IdParams,
    response: RegisterJournal,
    status: 200,
  },
  "till.enrollKey": {
    summary:
      "Enroll the key with which this till's register signs its journal. Another one in its place needs a manager, because the one before is lost",
    tag: "till",
    params: IdParams,
    body: z.object({
      publicKey: z.object({ kty: z.literal("EC"), crv: z.literal("P-256"), x: z.string().max(60), y: z.string().max(60) }),
      /** The key's signature over `weft register key <registerId> <keyId>`, where the id is the key's thumbprint (RFC 7638, hex). */
      proof: Signature,
      isLost: z.boolean().default(false),
    }),
    response: RegisterJournal,
    status: 200,
  },
  "till.proof": {
    summary: "What proves that an entry was in the journal on its day: two paths up to the root that the hub signed",
    tag: "till",
    params: z.object({ id: Uuid, chain: Chain, seq: z.coerce.number().int().positive() }),
    response: EntryProof,
    status: 200,
  },
} satisfies Record<string, Endpoint>;
