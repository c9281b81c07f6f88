import { createHash } from "node:crypto";
import { newId, type ChannelId, type ContactPointId, type CustomerId, type IdentifierId, type LinkId, type RecordId } from "@weft/kernel";
import type pg from "pg";
import type { ImportedRecord } from "../modules/customers/index.ts";
import { chooseProfile, nameWords, type Attributes, type RecordFacts } from "../modules/customers/domain/index.ts";
import { hashOf } from "../modules/customers/normalize.ts";
import { copyRows, withoutIndexes, type Cell } from "./bench-load.ts";

export type BenchChannels = { readonly web: ChannelId; readonly till: ChannelId };

/** The n-th customer: the account on the site, and for every fifth the paper form at the till, the account in front. */
export function recordsOf(n: number, { web, till }: BenchChannels, knownSince: Date): ImportedRecord[] {
  const person = personOf(n);
  const contact = { email: `person${n}@example.com`, phone: `+3361${String(n).padStart(7, "0")}` };
  const account: ImportedRecord = {
    id: newId<RecordId>(),
    channelId: web,
    input: { externalId: `c${n}`, ...person, ...contact },
    verified: ["email"],
    knownSince,
  };
  if (n % 5 !== 0) return [account];
  const isProven = n % 10 === 0;
  const form: ImportedRecord = {
    id: newId<RecordId>(),
    channelId: till,
    input: { externalId: `p${n}`, ...person, ...(isProven ? { email: contact.email } : { familyName: misspelled(person.familyName) }) },
    verified: isProven ? ["email"] : [],
    knownSince,
  };
  return [account, form];
}

const GIVEN = "Anna Jules Marta Emil Chloé Pau Greta Louis Núria Jan Inès Oriol Lena Hugo Aina Paul".split(" ");
const SYLLABLES = "mar ber lan vil dur fon kel puig ros tal ver zim cas mor del hof win bel gar lop".split(" ");
/** About as many distinct surnames as a file of a million has. */
const SURNAMES = 13_000;

function personOf(n: number) {
  const [given = 0, year = 0, month = 0, day = 0, street = 0, house = 0, postcode = 0, town = 0] = digestOf(`p${n}`);
  return {
    givenName: GIVEN[given % GIVEN.length] ?? "Anna",
    familyName: surname(n % SURNAMES),
    birthDate: `${1935 + (year % 70)}-${two(1 + (month % 12))}-${two(1 + (day % 28))}`,
    address: {
      line1: `${1 + (house % 150)} rue ${SYLLABLES[street % SYLLABLES.length]}${SYLLABLES[(street >> 3) % SYLLABLES.length]}`,
      postcode: String(10_000 + postcode * 331 + town),
      city: `${SYLLABLES[town % SYLLABLES.length]}ville`,
      country: "FR",
    },
  };
}

const digestOf = (seed: string): Buffer => createHash("md5").update(seed).digest();
const two = (value: number): string => String(value).padStart(2, "0");

/** Three syllables. */
function surname(n: number): string {
  const digest = digestOf(`s${n}`);
  return [0, 1, 2].map((at) => SYLLABLES[digest.readUInt8(at) % SYLLABLES.length]).join("");
}

/** As somebody types it who reads it from a form: two letters have changed places. */
const misspelled = (name: string): string => `${name.slice(0, 3)}${name[4] ?? ""}${name[3] ?? ""}${name.slice(5)}`;

/** The tables that records are loaded into, with the columns that are filled. */
const COLUMNS = {
  "customers.source_record": ["id", "channel_id", "external_id", "attributes", "said_at", "known_at", "created_at", "updated_at"],
  "customers.source_record_version": ["record_id", "seq", "attributes", "cause", "actor_kind", "received_at"],
  "customers.customer": ["id", "created_at"],
  "customers.identifier": ["id", "kind", "value_norm", "value_hash"],
  "customers.record_identifier": ["record_id", "identifier_id", "evidence", "verified_at", "valid_from"],
  "customers.contact_point": ["id", "record_id", "kind", "address", "identifier_id", "verified_at"],
  "customers.link": ["id", "a_record", "b_record", "kind", "evidence", "actor_kind", "reason"],
  "customers.record_person": ["record_id", "person_id", "channel_id"],
  "customers.record_customer": ["generation", "record_id", "customer_id"],
  "customers.profile_field": ["customer_id", "field", "value", "from_record", "rule", "at", "generation"],
  "customers.name_index": ["word", "customer_id", "last_seen", "generation"],
  "customers.name_pair": ["word", "other", "customer_id", "generation"],
} as const;
type Table = keyof typeof COLUMNS;
type Rows = Record<Table, (readonly Cell[])[]>;
const TABLES = Object.keys(COLUMNS) as Table[]; // its own keys

/**
 * Writes the records that `next` answers, some thousands of people at a time until it answers none, as `importRecords` would have left them
 * in a file that has nobody yet (`bench-people.test.ts` compares). What two records of one call both prove makes one customer of them.
 */
export async function loadPeople(client: pg.Client, next: () => readonly (readonly ImportedRecord[])[]): Promise<void> {
  const words = new Set<string>();
  await withoutIndexes(client, TABLES, async () => {
    for (let people = next(); people.length > 0; people = next()) {
      const rows = noRows();
      for (const records of people) addPerson(rows, records, words);
      for (const table of TABLES) await copyRows(client, table, COLUMNS[table], rows[table]);
    }
  });
  await client.query("insert into customers.name_word (word) select unnest($1::text[]) on conflict do nothing", [[...words].toSorted()]);
}

const noRows = (): Rows => ({
  "customers.source_record": [],
  "customers.source_record_version": [],
  "customers.customer": [],
  "customers.identifier": [],
  "customers.record_identifier": [],
  "customers.contact_point": [],
  "customers.link": [],
  "customers.record_person": [],
  "customers.record_customer": [],
  "customers.profile_field": [],
  "customers.name_index": [],
  "customers.name_pair": [],
});

/** The first generation: no level was switched yet. */
const GENERATION = 1;

function addPerson(rows: Rows, records: readonly ImportedRecord[], words: Set<string>): void {
  const ids = new Map<string, IdentifierId>();
  for (const record of records) addRecord(rows, record, ids);
  const [first, other] = records;
  if (!first) return;
  const shared = other?.verified.includes("email") === true && first.input.email === other.input.email;
  if (!shared || !other) {
    for (const record of records) addProfile(rows, [record], words);
    return;
  }
  const on = { identifierId: ids.get(`email:${first.input.email ?? ""}`), on: "email" };
  rows["customers.link"].push([newId<LinkId>(), first.id, other.id, "shared_identifier", on, "system", "email_verified_on_both"]);
  for (const { id, channelId } of [first, other]) {
    rows["customers.record_person"].push([id, first.id, channelId]);
    rows["customers.record_customer"].push([GENERATION, id, first.id]);
  }
  addProfile(rows, [first, other], words);
}

function addRecord(rows: Rows, { id, channelId, input, verified, knownSince: at }: ImportedRecord, ids: Map<string, IdentifierId>): void {
  const attributes = attributesOf(input);
  const said = Object.fromEntries(Object.keys(attributes).map((field) => [field, at]));
  rows["customers.source_record"].push([id, channelId, input.externalId, attributes, said, at, at, at]);
  rows["customers.source_record_version"].push([id, 1, attributes, "import", "system", at]);
  rows["customers.customer"].push([id, at]);
  const values = [
    { kind: "external" as const, value: `${channelId}:${input.externalId}`, isProven: true },
    ...(["email", "phone"] as const).flatMap((kind) => {
      const value = input[kind];
      return value === undefined ? [] : [{ kind, value, isProven: verified.includes(kind) }];
    }),
  ];
  for (const { kind, value, isProven } of values) {
    const known = ids.get(`${kind}:${value}`);
    const identifierId = known ?? newId<IdentifierId>();
    ids.set(`${kind}:${value}`, identifierId);
    if (!known) rows["customers.identifier"].push([identifierId, kind, value, hashOf(kind, value)]);
    rows["customers.record_identifier"].push([id, identifierId, "import", isProven ? at : null, at]);
    if (kind !== "external")
      rows["customers.contact_point"].push([newId<ContactPointId>(), id, kind, value, identifierId, isProven ? at : null]);
  }
}

function attributesOf({ externalId: _externalId, ...attributes }: ImportedRecord["input"]): Attributes {
  return attributes;
}

function addProfile(rows: Rows, records: readonly ImportedRecord[], words: Set<string>): void {
  const [first] = records;
  if (!first) return;
  const customer = first.id as string as CustomerId; // a customer has the id of the record that was known first
  for (const { field, value, fromRecord, rule, at } of chooseProfile(records.map(factsOf)))
    rows["customers.profile_field"].push([customer, field, JSON.stringify(value), fromRecord, rule, at, GENERATION]);
  const own = [...new Set(records.flatMap(({ input }) => nameWords(input)))];
  for (const word of own) {
    words.add(word);
    rows["customers.name_index"].push([word, customer, first.knownSince, GENERATION]);
    for (const beside of own) if (beside !== word) rows["customers.name_pair"].push([word, beside, customer, GENERATION]);
  }
}

const factsOf = ({ id, channelId, input, verified, knownSince }: ImportedRecord): RecordFacts => ({
  id,
  channelId,
  channelKind: input.externalId.startsWith("c") ? "web" : "store",
  attributes: attributesOf(input),
  saidAt: {},
  createdAt: knownSince,
  verified,
});
