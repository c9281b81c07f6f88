import { createWriteStream } from "node:fs";
import { once } from "node:events";

/** Made-up people for measuring: the same seed always makes the same. */
export type Generated = { readonly people: number; readonly records: number };

const HEADER = "id,given_name,family_name,birth_date,street,house_number,postcode,city,email,phone";

const STARTS = "an bel car dor el fer gal hel is jor kat lau mar nor ol pau quen ros sil tom ul vic wal xav yol zel bru cla del em".split(
  " ",
);
const ENDS = "a us ina e et ard iel old is or ette o en ia ric ald eth mund bert lind".split(" ");
const STEMS = "berg ros mont val stein feld pont roc serr cast brun wal hof font riu mar neu alt sol puig".split(" ");
const TAILS = "er mann ier et a ells ach inger ou ard ez ich son eau os uet hardt i elle oni".split(" ");
const PLACES = "bridge field port mont ville ham berg haven ford stadt court mas vall grove lac".split(" ");
const LETTERS = "e a n i r s t o l u".split(" ");
const HOSTS = ["mail.example", "post.example", "inbox.example", "box.example"];

/** A sequence of numbers from 0 to 1 without chance (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Person = readonly string[];

/**
 * Writes a customer file of `records` records, a tenth of them further records of people who are in it already, with the slips that
 * people and forms make; and beside it `PATH.truth.csv`, which record is whose. Families share name, address and sometimes the phone.
 */
export async function generate(path: string, records: number, seed = 1): Promise<Generated> {
  const next = sequence(seed);
  const file = createWriteStream(path);
  const truth = createWriteStream(path.replace(/(\.csv)?$/, ".truth.csv"));
  const write = async (stream: typeof file, line: string): Promise<void> => {
    if (!stream.write(`${line}\n`)) await once(stream, "drain");
  };
  await write(file, HEADER);
  await write(truth, "id,entity_id");
  const people = Math.ceil(records * 0.9);
  const recent: { person: Person; number: number }[] = [];
  let household: Person | undefined;
  let number = 0;
  for (let record = 0; record < records; record++) {
    const isFurther = recent.length > 0 && (record - number) / records < 0.1 && next() < 0.1;
    const known = isFurther ? recent[Math.floor(next() * recent.length)] : undefined;
    const person = known?.person ?? newPerson(next, number, next() < 0.25 ? household : undefined);
    const entity = known?.number ?? number++;
    if (!known) {
      household = person;
      recent[recent.length < 20_000 ? recent.length : Math.floor(next() * recent.length)] = { person, number: entity };
    }
    await write(file, [`c${record}`, ...(known ? damaged(person, next) : person)].join(","));
    await write(truth, `c${record},${entity}`);
  }
  await Promise.all([file, truth].map((stream) => new Promise((resolve) => stream.end(resolve))));
  return { people: Math.min(number, people), records };
}

/** Frequent values come first in a list: the square of an even number makes the first ones common. */
const pick = (list: readonly string[], next: () => number): string => list[Math.floor(next() ** 2 * list.length)] ?? "";
const digits = (next: () => number, count: number): string => Array.from({ length: count }, () => Math.floor(next() * 10)).join("");

function newPerson(next: () => number, number: number, family: Person | undefined): Person {
  const given = pick(STARTS, next) + pick(ENDS, next);
  const surname = family?.[1] ?? `${pick(STEMS, next)}${pick(STEMS, next)}${pick(TAILS, next)}`;
  const birth = `${1935 + Math.floor(next() * 72)}-${pad(1 + Math.floor(next() * 12))}-${pad(1 + Math.floor(next() * 28))}`;
  const city = family?.[6] ?? `${pick(STEMS, next)}${pick(PLACES, next)}`;
  const street = family?.[3] ?? `${pick(STEMS, next)}${pick(TAILS, next)} street`;
  const house = family?.[4] ?? String(1 + Math.floor(next() * 150));
  const postcode = family?.[5] ?? digits(next, 5);
  const email = next() < 0.25 ? "" : `${given}.${surname}${number % 997}@${pick(HOSTS, next)}`;
  const phone = family && next() < 0.5 ? (family[8] ?? "") : next() < 0.2 ? "" : `06${digits(next, 8)}`;
  return [given, surname, birth, street, house, postcode, city, email, phone];
}

const pad = (value: number): string => String(value).padStart(2, "0");

/** The same person as another channel has them: fields empty, misspelled, swapped, or changed because they moved. */
function damaged(person: Person, next: () => number): Person {
  const fields = person.map((value) => {
    const luck = next();
    if (luck < 0.12) return "";
    return luck < 0.27 ? slip(value, next) : value;
  });
  if (next() < 0.05) [fields[0], fields[1]] = [fields[1] ?? "", fields[0] ?? ""];
  if (next() < 0.15)
    fields.splice(
      3,
      4,
      `${pick(STEMS, next)}${pick(TAILS, next)} street`,
      String(1 + Math.floor(next() * 150)),
      digits(next, 5),
      `${pick(STEMS, next)}${pick(PLACES, next)}`,
    );
  return fields;
}

/** One letter or digit left out, doubled, changed, or swapped with the next. */
function slip(value: string, next: () => number): string {
  if (value.length < 3) return value;
  const at = 1 + Math.floor(next() * (value.length - 2));
  const char = value[at] ?? "";
  const kind = Math.floor(next() * 4);
  const changed = /\d/.test(char) ? digits(next, 1) : pick(LETTERS, next);
  const middle = [value[at + 1] + char, "", char + char, changed][kind] ?? "";
  return value.slice(0, at) + middle + value.slice(kind === 0 ? at + 2 : at + 1);
}
