import type { BodyOf, ReceiptView, TillCommand, TillCommandAnswerView } from "@weft/contracts/client";
import type { BookStep } from "../book/rows.ts";

export type Kind = TillCommand["kind"];
type OfKind<K extends Kind> = Extract<TillCommand, { kind: K }>;
/** What a command of a kind says, without what the outbox adds to it. */
export type BodyOfKind<K extends Kind> = OfKind<K>["body"];
/** As it is sent: the contract takes each command as it was written, whatever its schema. */
export type Sent = BodyOf<"till.commands">["commands"][number];

/** A command as it lies in the outbox. It stays with its answer for a while: a hub that was restored asks for it again. */
export type OutboxRow = { readonly seq: number; readonly id: string; readonly command: Sent; readonly answer?: TillCommandAnswerView };

/** A sale of this register as its customer was told it, until long after the hub has it: the paper is printed from here without a network. */
export type KeptSale = {
  readonly cartId: string;
  readonly orderId: string;
  readonly at: string;
  readonly receipt: ReceiptView;
  /** Of the command that tells the hub. */
  readonly seq: number;
};

/** The ticket is paid already: in another tab, or before a reload. */
export class PaidBefore extends Error {
  override readonly name = "PaidBefore";
  /** What it was sold as. */
  readonly orderId: string;

  constructor(orderId: string) {
    super();
    this.orderId = orderId;
  }
}

/** Where commands are kept. Every write is durable when its promise is done. */
export type OutboxRows = {
  /**
   * Gives the command the next number and keeps it, with the sale that it is and the book behind the entries in it, in one transaction. Throws
   * `PaidBefore` for a second sale of one ticket, and `BookMoved` where the book is not the one that was signed on.
   */
  readonly append: (
    after: number,
    write: (seq: number) => { readonly id: string; readonly command: Sent },
    sale?: Omit<KeptSale, "seq">,
    step?: BookStep,
  ) => Promise<OutboxRow>;
  /** Takes commands that came back from the second copy, with their numbers, where nothing is kept at those; answers how many. */
  readonly adopt: (commands: readonly Sent[]) => Promise<number>;
  /** Everything that is kept, in order. */
  readonly all: () => Promise<OutboxRow[]>;
  /** What has no answer, in order. */
  readonly unanswered: () => Promise<OutboxRow[]>;
  /** Whether the act with a number is kept with its answer. */
  readonly isAnswered: (seq: number) => Promise<boolean>;
  /** Takes the answers away from all that is kept from a number on, so that it is sent again. False, and nothing done, when that number is not kept. */
  readonly reopen: (seq: number) => Promise<boolean>;
  /** Keeps answers, and what they leave to be signed, in one transaction. */
  readonly keepAnswers: (answers: readonly TillCommandAnswerView[]) => Promise<void>;
  /** Moves what has no answer, from a number on, to numbers from another one on. Ids stay, so nothing is done twice. */
  readonly renumber: (from: number, to: number) => Promise<void>;
  /** Forgets answered commands up to a number that were written before an instant (ISO 8601). */
  readonly forget: (upTo: number, before: string) => Promise<void>;
};
