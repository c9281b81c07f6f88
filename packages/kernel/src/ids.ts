import { V7Generator } from "uuidv7";

declare const brand: unique symbol;
/** A UUIDv7 in text form. The brand keeps ids of different nouns apart: a `RecordId` is no `CustomerId`. */
export type Id<Noun extends string> = string & { readonly [brand]: Noun };

export type EntityId = Id<"legal entity">;
export type PlaceId = Id<"place">;
export type GroupId = Id<"place group">;
export type ChannelId = Id<"channel">;
export type StaffId = Id<"staff">;
export type DeviceId = Id<"device">;
export type ProductId = Id<"product">;
export type VariantId = Id<"variant">;
export type CategoryId = Id<"category">;
/** The computed customer: derived from links between source records, never stored in facts [design rule 13]. */
export type CustomerId = Id<"customer">;
/** A channel's own record of a person: what facts name. */
export type RecordId = Id<"source record">;
export type IdentifierId = Id<"identifier">;
export type ContactPointId = Id<"contact point">;
export type LinkId = Id<"link">;
export type CartId = Id<"cart">;
export type LineId = Id<"line">;
export type HoldId = Id<"hold">;
export type OrderId = Id<"order">;
export type IntentId = Id<"payment intent">;
export type TenderId = Id<"tender">;
export type FulfillmentId = Id<"fulfillment">;
export type AccountId = Id<"ledger account">;
export type TransferId = Id<"ledger transaction">;
export type RegisterId = Id<"register">;
export type ShiftId = Id<"shift">;
export type CommandId = Id<"till command">;
export type MessageId = Id<"message">;

/**
 * Random words in stock. The library's own stock of 8 asks the system every third id: 4 us each time, and a sale of three lines takes some
 * thirty ids.
 */
class RandomWords {
  readonly #words = new Uint32Array(512);
  #next = this.#words.length;

  nextUint32(): number {
    if (this.#next === this.#words.length) {
      crypto.getRandomValues(this.#words);
      this.#next = 0;
    }
    return this.#words[this.#next++]!; // filled as far as `#next` goes
  }
}

const generator = new V7Generator(new RandomWords());

/** A new time-ordered id (UUIDv7, RFC 9562). Server code takes `ctx.newId` instead, so that tests can fix it. */
export function newId<T extends Id<string>>(): T {
  // The brand exists only in types; this is one of the two places where it is given.
  return generator.generate().toString() as T;
}

/** Gives an id its brand back, where JSON, a parameter of the contract or a subject carried it as text. */
export function asId<T extends Id<string>>(text: string): T {
  return text as T; // the other of the two places: whoever calls it says which noun the text names
}

/** The same where there may be none. */
export function asIdOrNull<T extends Id<string>>(text: string | null | undefined): T | null {
  return text === null || text === undefined ? null : asId(text);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is an id in its canonical, lower-case form. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
