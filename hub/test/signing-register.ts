import { newId } from "@weft/kernel";
import {
  appendTicket,
  keyIdOf,
  makeKey,
  openBook,
  publicKeyOf,
  signerOf,
  type Act,
  type Appended,
  type Base,
  type FiscalEntry,
  type NewTicket,
  type PublicKey,
  type RegisterBook,
  type RegisterIdentity,
  type RegisterKey,
  type Signer,
  type TicketFacts,
} from "../src/modules/till/fiscal/index.ts";

export type TestKey = { readonly publicKey: PublicKey; readonly signer: Signer };

/** A key as a register makes it. */
export async function testKey(): Promise<TestKey> {
  const pair = await makeKey();
  const publicKey = await publicKeyOf(pair.publicKey);
  return { publicKey, signer: signerOf(await keyIdOf(publicKey), pair.privateKey) };
}

export const PARIS: RegisterIdentity = {
  entityId: "01900000-0000-7000-8000-0000000000e1",
  placeId: "01900000-0000-7000-8000-0000000000f1",
  registerId: "01900000-0000-7000-8000-0000000000a1",
  code: "PAR1",
  timeZone: "Europe/Paris",
  dayEnd: 0,
  training: false,
};

/** A register that signs in memory: it keeps its book and its entries, as a till keeps them in its browser. */
export class SigningRegister {
  book: RegisterBook;
  readonly entries: FiscalEntry[];
  readonly keys: RegisterKey[];
  key: TestKey;
  /** What it gave out already. */
  sent = 0;

  private constructor(opened: Appended, key: TestKey) {
    this.book = opened.book;
    this.entries = [...opened.entries];
    this.key = key;
    this.keys = [{ keyId: key.signer.keyId, publicKey: key.publicKey, fromJournalSeq: 1, lost: false }];
  }

  static async open(at: Date, identity: RegisterIdentity = PARIS, base?: Base, key?: TestKey): Promise<SigningRegister> {
    const own = key ?? (await testKey());
    return new SigningRegister(await openBook(identity, own.publicKey, actAt(at), own.signer, base), own);
  }

  /** Writes what one of the module's functions appends. */
  async write(append: (book: RegisterBook, signer: Signer) => Promise<Appended>): Promise<readonly FiscalEntry[]> {
    const appended = await append(this.book, this.key.signer);
    this.book = appended.book;
    this.entries.push(...appended.entries);
    return appended.entries;
  }

  sell(at: Date, ticket: NewTicket): Promise<readonly FiscalEntry[]> {
    return this.write((book, signer) => appendTicket(book, ticket, actAt(at), signer));
  }

  /** What it wrote since it was asked last. */
  unsent(): FiscalEntry[] {
    const fresh = this.entries.slice(this.sent);
    this.sent = this.entries.length;
    return fresh;
  }
}

export const actAt = (at: Date, softwareVersion = "0.6.0"): Act => ({
  at,
  operator: "01900000-0000-7000-8000-0000000000b1",
  softwareVersion,
});

/** A sale for cash at 20 %; below zero: a return. */
export function cashTicket(total: number, more: Partial<TicketFacts> = {}): NewTicket {
  const net = Math.round((total * 5) / 6);
  const document: TicketFacts = {
    commandId: newId(),
    currency: "EUR",
    total,
    taxes: [{ rate: "1/5", net, tax: total - net, gross: total }],
    tenders: [{ kind: "cash", state: total < 0 ? "refunded" : "captured", amount: total }],
    lines: [{ sku: "mug-blue", name: { en: "Mug" }, quantity: total < 0 ? -1 : 1, total }],
    customerReference: newId(),
    ...more,
  };
  return { kind: total < 0 ? "return" : "sale", document };
}
