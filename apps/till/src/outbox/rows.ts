import type { BodyOf, TillCommand, TillCommandAnswerView } from "@weft/contracts/client";

export type Kind = TillCommand["kind"];
type OfKind<K extends Kind> = Extract<TillCommand, { kind: K }>;
/** What a command of a kind says, without what the outbox adds to it. */
export type BodyOfKind<K extends Kind> = OfKind<K>["body"];
/** As it is sent: the contract takes each command as it was written, whatever its schema. */
export type Sent = BodyOf<"till.commands">["commands"][number];

/** A command as it lies in the outbox. It stays with its answer for a while: a hub that was restored asks for it again. */
export type OutboxRow = { readonly seq: number; readonly id: string; readonly command: Sent; readonly answer?: TillCommandAnswerView };

/** Where commands are kept. Every write is durable when its promise is done. */
export type OutboxRows = {
  /** Gives the command the next number and keeps it, in one transaction. */
  readonly append: (after: number, write: (seq: number) => { readonly id: string; readonly command: Sent }) => Promise<OutboxRow>;
  /** What has no answer, in order. */
  readonly unanswered: () => Promise<OutboxRow[]>;
  /** Takes the answers away from all that is kept from a number on, so that it is sent again. False, and nothing done, when that number is not kept. */
  readonly reopen: (seq: number) => Promise<boolean>;
  readonly keepAnswers: (answers: readonly TillCommandAnswerView[]) => Promise<void>;
  /** Moves what has no answer, from a number on, to numbers from another one on. Ids stay, so nothing is done twice. */
  readonly renumber: (from: number, to: number) => Promise<void>;
  /** Forgets answered commands up to a number that were written before an instant (ISO 8601). */
  readonly forget: (upTo: number, before: string) => Promise<void>;
};
