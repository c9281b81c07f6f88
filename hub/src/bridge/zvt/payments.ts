import type { KeptFile } from "../kept-file.ts";
import {
  PATIENCE,
  ask,
  authorization,
  endOfDay,
  refund,
  repeatReceipt,
  reversal,
  statusEnquiry,
  type Outcome,
  type TerminalAt,
} from "./dialog.ts";

/** A payment at a terminal. `unknown`: it was asked for, and nobody knows what became of it. */
export type TerminalPayment = {
  /** Made by the till; asked for again it is the same payment. */
  readonly id: string;
  readonly registerId: string;
  readonly kind: "payment" | "refund";
  /** In minor units. */
  readonly amount: number;
  readonly state: "requested" | "in_flight" | "approved" | "declined" | "unknown";
  /** Why it was declined: the terminal's code, or a word. */
  readonly reason: string | null;
  readonly trace: number | null;
  readonly receiptNumber: string | null;
  readonly cardName: string | null;
  /** ISO 8601. */
  readonly at: string;
};

export type TerminalBook = { readonly payments: readonly TerminalPayment[]; readonly lastTrace: number | null };

export type WantedPayment = Pick<TerminalPayment, "id" | "registerId" | "kind" | "amount">;
export type Begun =
  | { readonly kind: "begun"; readonly payment: TerminalPayment }
  | { readonly kind: "undecided"; readonly payment: TerminalPayment };

export type Terminal = {
  /** Asks for money and answers at once; how it ends is read later. A second one is refused while one is not decided [DEV-9]. */
  readonly begin: (wanted: WantedPayment) => Promise<Begun>;
  readonly read: (id: string) => Promise<TerminalPayment | undefined>;
  /** Tells the terminal to give up; the payment ends as the terminal says. */
  readonly abort: (id: string) => void;
  /** Asks the terminal what became of an unknown payment. */
  readonly inquire: (id: string) => Promise<TerminalPayment | undefined>;
  /** Somebody has looked at the terminal itself, which cannot say it any more. */
  readonly decide: (id: string, state: "approved" | "declined") => Promise<TerminalPayment | undefined>;
  /** Gives back the whole of a payment of the same day, before the terminal's end of day. */
  readonly reverse: (receiptNumber: string) => Promise<Outcome>;
  readonly endOfDay: () => Promise<Outcome>;
  readonly isReachable: () => Promise<boolean>;
  /** Resolves when nothing is under way. */
  readonly settled: () => Promise<void>;
};

/** The trace number of a terminal that has no transaction to tell of. */
const NOTHING_YET = 0;
/** How many payments are remembered. */
const KEPT = 200;

type Settings = {
  readonly at: TerminalAt;
  readonly file: KeptFile<TerminalBook>;
  readonly now: () => Date;
  readonly patience?: typeof PATIENCE;
};

/** The payments of one terminal, each written before the terminal is asked [DEV-9]. */
export async function openTerminal({ at, file, now, patience = PATIENCE }: Settings): Promise<Terminal> {
  const underWay = new Map<string, { readonly abort: AbortController; readonly done: Promise<void> }>();
  let hasLearned = false;
  // The bridge ended in the middle of these: the terminal may have taken the money.
  await file.change((book) => ({ ...book, payments: book.payments.map((one) => (isOpen(one) ? { ...one, state: "unknown" } : one)) }));

  const read = async (id: string): Promise<TerminalPayment | undefined> => (await file.read()).payments.find((one) => one.id === id);

  async function set(id: string, change: Partial<TerminalPayment>): Promise<TerminalPayment | undefined> {
    await file.change((book) => ({
      lastTrace: change.trace ?? book.lastTrace,
      payments: book.payments.map((one) => (one.id === id ? { ...one, ...change } : one)),
    }));
    return read(id);
  }

  /** What the terminal did last is known before it is asked for more, so that its answer can be told from ours. */
  async function learnLastTrace(): Promise<void> {
    if (hasLearned) return;
    const outcome = await ask(at, repeatReceipt(at.password), patience);
    const trace = outcome.kind === "completed" ? (outcome.said?.trace ?? null) : outcome.kind === "aborted" ? NOTHING_YET : null;
    await file.change((book) => ({ ...book, lastTrace: trace }));
    hasLearned = trace !== null;
  }

  async function run({ id, kind, amount }: TerminalPayment, signal: AbortSignal): Promise<void> {
    await learnLastTrace();
    await set(id, { state: "in_flight" });
    const command = kind === "payment" ? authorization(amount) : refund(amount, at.password);
    await set(id, changeOf(await ask(at, command, patience, signal)));
  }

  async function inquire(id: string): Promise<TerminalPayment | undefined> {
    const payment = await read(id);
    if (payment?.state !== "unknown") return payment;
    const { lastTrace } = await file.read();
    const outcome = await ask(at, repeatReceipt(at.password), patience);
    const said = outcome.kind === "completed" ? outcome.said : null;
    const trace = outcome.kind === "aborted" ? NOTHING_YET : (said?.trace ?? null);
    // The last transaction is still the one before ours: ours never happened.
    if (trace !== null && trace === lastTrace) return set(id, { state: "declined", reason: "not_charged" });
    if (!said || said.trace === null) return payment;
    if (said.amount !== payment.amount || said.result !== 0) return payment;
    return set(id, { ...changeOf(outcome), state: "approved" });
  }

  return {
    read,
    inquire,
    async begin(wanted) {
      const known = await read(wanted.id);
      if (known) return { kind: "begun", payment: known };
      const payment: TerminalPayment = {
        ...wanted,
        state: "requested",
        reason: null,
        trace: null,
        receiptNumber: null,
        cardName: null,
        at: now().toISOString(),
      };
      let standing: TerminalPayment | undefined;
      await file.change((book) => {
        standing = book.payments.find((one) => isOpen(one) || one.state === "unknown");
        return standing ? book : { ...book, payments: [...book.payments, payment].slice(-KEPT) };
      });
      if (standing) return { kind: "undecided", payment: standing };
      const abort = new AbortController();
      const done = run(payment, abort.signal).finally(() => underWay.delete(payment.id));
      underWay.set(payment.id, { abort, done });
      return { kind: "begun", payment };
    },
    abort: (id) => underWay.get(id)?.abort.abort(),
    async decide(id, state) {
      const payment = await read(id);
      return payment?.state === "unknown" ? set(id, { state, reason: "decided_by_staff" }) : payment;
    },
    reverse: (receiptNumber) => ask(at, reversal(receiptNumber, at.password), patience),
    endOfDay: () => ask(at, endOfDay(at.password), patience),
    async isReachable() {
      const { kind } = await ask(at, statusEnquiry(at.password), { ...patience, answerMs: patience.connectMs });
      return kind === "completed" || kind === "aborted";
    },
    async settled() {
      await Promise.all([...underWay.values()].map(({ done }) => done));
    },
  };
}

const isOpen = ({ state }: TerminalPayment): boolean => state === "requested" || state === "in_flight";

function changeOf(outcome: Outcome): Partial<TerminalPayment> {
  switch (outcome.kind) {
    case "unreachable":
      return { state: "declined", reason: "unreachable" };
    case "unknown":
      return { state: "unknown", reason: outcome.because };
    case "aborted":
      return { state: "declined", reason: outcome.result.toString(16).padStart(2, "0") };
    case "completed": {
      const { said } = outcome;
      // A completion without a word about money: it is asked about.
      if (!said) return { state: "unknown", reason: "silent" };
      const { result, trace, receiptNumber, cardName } = said;
      if (result !== 0) return { state: "declined", reason: result.toString(16).padStart(2, "0"), trace };
      return { state: "approved", reason: null, trace, receiptNumber, cardName };
    }
  }
}
