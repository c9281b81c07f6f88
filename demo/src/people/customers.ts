import type { ChannelId } from "@weft/kernel";
import { demoId } from "../ids.ts";
import { HISTORY_DAYS } from "../history.ts";
import { storeChannelCode } from "../channels.ts";
import { countryFacts } from "../places/entities.ts";
import { STREETS, QUARTERS } from "../places/stores.ts";
import { randomOf, type Random } from "../random.ts";
import type { Country, DemoAddress, DemoChannel, DemoCustomer, DemoPlace, DemoRecord, Presence } from "../types.ts";
import { emailOf, phoneOf } from "./contacts.ts";
import { FAMILY_NAMES, GIVEN_NAMES, SHORT_NAMES } from "./names.ts";

// oxfmt-ignore
const PRESENCES: readonly (readonly [Presence, number])[] = [["web_only", 30], ["till_only", 25], ["unlinked", 20], ["linked", 25]];
const DAY_MS = 86_400_000;
/** Records per person at most; ids of records count in steps of this. */
const RECORD_STEP = 4;
/** Days between the channels that a person came to know us by; all of them lie before the history begins. */
const RECORD_GAP_DAYS = 9;

export type CustomerMaker = (n: number) => DemoCustomer;

type Person = {
  readonly n: number;
  readonly givenName: string;
  readonly familyName: string;
  readonly country: Country;
  readonly email: string;
  readonly phone: string | undefined;
  readonly birthDate: string | undefined;
  readonly address: DemoAddress | undefined;
  readonly since: Date;
};

/** Makes the `n`-th person, whoever was made before. Léa is the first: known on the web, in the app and at the tills of France, all linked. */
export function customerMaker(places: readonly DemoPlace[], channels: readonly DemoChannel[], until: Date, seed: number): CustomerMaker {
  const stores = places.filter((place) => place.kind === "store");
  const channelIds = new Map(channels.map((channel) => [channel.code, channel.id]));
  return (n) => {
    const random = randomOf(seed, "customer", n);
    const home = n === 0 ? stores[0] : random.weighted(stores.map((store, position) => [store, 1 / (1 + position * 0.12)]));
    if (!home) throw new Error("a chain has at least one store");
    const presence = n === 0 ? "linked" : random.weighted(PRESENCES);
    const person = n === 0 ? lea(home, until) : personOf(n, home, until, random);
    return {
      id: demoId("customer", n, seed),
      n,
      presence,
      country: person.country,
      homePlaceId: home.id,
      isMember: n === 0 || (presence !== "web_only" && random.chance(0.45)),
      records: recordsOf(person, presence, random, channelIds, seed),
      persona: n === 0 ? "lea" : undefined,
    };
  };
}

function lea(home: DemoPlace, until: Date): Person {
  return {
    n: 0,
    givenName: "Léa",
    familyName: "Fontaine",
    country: "FR",
    email: "lea.fontaine@example.com",
    phone: phoneOf("FR", 0),
    birthDate: "1994-05-17",
    address: { line1: "27 rue des Soyeux", postcode: home.address.postcode, city: home.address.city, country: "FR" },
    since: new Date(until.getTime() - 700 * DAY_MS),
  };
}

function personOf(n: number, home: DemoPlace, until: Date, random: Random): Person {
  const { country, city, postcode } = home.address;
  const givenName = random.pick(GIVEN_NAMES[country]);
  const familyName = random.pick(FAMILY_NAMES[country]);
  const quarter = random.pick<string>(QUARTERS[country]);
  return {
    n,
    givenName,
    familyName,
    country,
    email: emailOf(givenName, familyName, country, n),
    phone: random.chance(0.75) ? phoneOf(country, n) : undefined,
    birthDate: random.chance(0.5) ? `${random.between(1948, 2007)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}` : undefined,
    address: random.chance(0.35) ? { line1: STREETS[country](quarter, random.between(1, 120)), postcode, city, country } : undefined,
    since: new Date(until.getTime() - random.between(HISTORY_DAYS + 3 * RECORD_GAP_DAYS, 900) * DAY_MS),
  };
}

const two = (number: number): string => String(number).padStart(2, "0");

/** What each channel wrote down. The shop checks the e-mail address; the till checks it by a code only for people who are linked. */
function recordsOf(
  person: Person,
  presence: Presence,
  random: Random,
  channelIds: ReadonlyMap<string, ChannelId>,
  seed: number,
): DemoRecord[] {
  const record = recordMaker(person, channelIds, seed);
  const web = record(0, "online", {
    verified: random.chance(0.8) ? ["email"] : [],
    email: person.email,
    phone: random.chance(0.5) ? person.phone : undefined,
    address: person.address,
    birthDate: person.birthDate,
  });
  const till = (more: Partial<DemoRecord>): DemoRecord => record(1, storeChannelCode(person.country), more);
  if (presence === "web_only") return [web];
  if (presence === "till_only") return [till(tillContact(person, random))];
  if (presence === "unlinked") return [web, till(looksAlike(person, random))];
  const checked: DemoRecord = { ...web, verified: ["email"] };
  const atTill = till({ verified: ["email"], email: person.email, phone: person.phone, birthDate: person.birthDate });
  const hasApp = person.n === 0 || random.chance(0.4);
  return [checked, atTill, ...(hasApp ? [record(2, "app", { verified: ["email"], email: person.email, phone: person.phone })] : [])];
}

function recordMaker(person: Person, channelIds: ReadonlyMap<string, ChannelId>, seed: number) {
  return (slot: number, code: string, more: Partial<DemoRecord>): DemoRecord => {
    const channelId = channelIds.get(code);
    if (!channelId) throw new Error(`no channel ${code}`);
    return {
      id: demoId("source record", person.n * RECORD_STEP + slot, seed),
      externalId: `${code}-${String(person.n + 1).padStart(6, "0")}`,
      channelId,
      givenName: person.givenName,
      familyName: person.familyName,
      email: undefined,
      phone: undefined,
      verified: [],
      birthDate: undefined,
      address: undefined,
      language: countryFacts(person.country).language,
      createdAt: new Date(person.since.getTime() + slot * RECORD_GAP_DAYS * DAY_MS),
      ...more,
    };
  };
}

/** People give the till a phone, an e-mail address, or only their name for the card. */
function tillContact(person: Person, random: Random): Partial<DemoRecord> {
  const draw = random.next();
  if (draw < 0.6 && person.phone) return { phone: person.phone };
  return draw < 0.9 ? { email: person.email } : {};
}

/** The same person, written down so that nothing proves it: a shared unverified contact, a short name, or the name alone. */
function looksAlike(person: Person, random: Random): Partial<DemoRecord> {
  const givenName = SHORT_NAMES[person.givenName] ?? person.givenName;
  const draw = random.next();
  if (draw < 0.35) return { givenName, email: person.email };
  if (draw < 0.65 && person.phone) return { givenName, phone: person.phone };
  if (draw < 0.85 && person.birthDate) return { givenName, birthDate: person.birthDate };
  return {};
}
