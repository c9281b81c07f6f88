import type { CallResult, TillCommandAnswerView } from "@weft/contracts/client";
import { newId, type CommandId } from "@weft/kernel";
import type { TicketFacts } from "../../../../hub/src/modules/till/fiscal/index.ts";
import type { Draft } from "../book/act-entries.ts";
import type { Journal } from "../book/journal.ts";
import type { BodyOfKind, Kind, KeptSale, OutboxRow, OutboxRows, Sent } from "./rows.ts";

/** What the screens show of it. */
export type OutboxState = {
  readonly waiting: number;
  /** Since when the oldest waits (ISO 8601). */
  readonly since: string | null;
  readonly trouble: "none" | "offline" | "asking_provider" | "stuck";
};

export type Outbox = {
  /** Keeps an act, then sends it. Resolves with the hub's answer, however late; rejects only when it could not be kept. */
  readonly perform: <K extends Kind>(kind: K, body: BodyOfKind<K>) => Promise<TillCommandAnswerView>;
  /**
   * Keeps an act and is done once it is safe here; what the hub answers comes whenever it does. Rejects when it could not be kept. `facts` are what
   * the journal keeps of a sale of this register itself.
   */
  readonly keep: <K extends Kind>(kind: K, body: BodyOfKind<K>, sale?: Omit<KeptSale, "seq">, facts?: TicketFacts) => Promise<Kept>;
  readonly state: () => OutboxState;
  readonly onState: (listener: () => void) => () => void;
  /**
   * The hub said which number it had last. When that is less than it once answered, it is asked again, because it may have said so while acts were on
   * their way; when it still is, the hub was restored: what it lost is sent again.
   */
  readonly hubHas: (lastSeq: number) => Promise<void>;
  /** Tries again now: the network is back, or somebody looks. */
  readonly nudge: () => void;
  readonly stop: () => void;
};

/** An act that is safe here. */
export type Kept = {
  readonly row: OutboxRow;
  readonly answered: Promise<TillCommandAnswerView>;
  /** Of its receipt, where this register signed it; else the hub's to give. */
  readonly number: string | null;
};

export type OutboxSettings = {
  readonly registerId: string;
  /** The last number that the hub has: a browser that was cleared goes on after it. */
  readonly lastSeq: number;
  readonly rows: OutboxRows;
  /** The last number that the hub has now; null where it cannot be reached. */
  readonly lastAtHub: () => Promise<number | null>;
  /** `waiting`: how many there are in all, these included. */
  readonly send: (commands: Sent[], waiting: number) => Promise<CallResult<{ answers: TillCommandAnswerView[] }>>;
  /** Who stands at the till. */
  readonly staffId: () => string | null;
  readonly now: () => Date;
  /** Runs alone across all tabs: one sends, and never two at once. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  readonly wait: (ms: number, wake: AbortSignal) => Promise<void>;
  /** Signs what this register does, where it has a key. */
  readonly journal?: Journal;
};

const MOST_AT_ONCE = 100;
const RETRY_MS = 4000;
/** How long what was answered is kept after its shift is closed: a hub is restored from a backup that is younger than this. */
const KEPT_DAYS = 14;
const DAY_MS = 86_400_000;
/** How soon a payment that its provider has not decided is asked for again: later each time, because a long wait seldom ends in this second. */
const ASK_AGAIN_MS = 1000;
const ASK_AGAIN_LATEST_MS = 8000;

/**
 * The till's outbox: every act is written here first, also while online, and sent from here in the order of its number. One that gets no
 * answer stays at the head of the row: what follows waits for it.
 */
export function createOutbox(settings: OutboxSettings): Outbox {
  const { registerId, rows, now } = settings;
  const waiters = new Map<string, (answer: TillCommandAnswerView) => void>();
  const listeners = new Set<() => void>();
  let state: OutboxState = { waiting: 0, since: null, trouble: "none" };
  let wake = new AbortController();
  let isRunning = false;
  let isStopped = false;
  /** How often in a row the one at the head has been asked about. */
  let asked = 0;
  /** Answered, and their entries are on the way: who waits is told once those were sent, so that a receipt has its number at the hub as well. */
  let held: readonly TillCommandAnswerView[] = [];

  function show(waiting: readonly OutboxRow[], trouble: OutboxState["trouble"]): void {
    const [oldest] = waiting;
    const since = oldest ? String(oldest.command["at"]) : null;
    state = { waiting: waiting.length, since, trouble: waiting.length === 0 ? "none" : trouble };
    for (const listener of listeners) listener();
  }

  function nudge(): void {
    wake.abort();
    if (!isRunning && !isStopped) void run();
  }

  async function run(): Promise<void> {
    isRunning = true;
    try {
      for (;;) {
        wake = new AbortController();
        const waiting = await rows.unanswered();
        if (waiting.length === 0 || isStopped) break;
        show(waiting, state.trouble);
        const pause = await settings.alone(() => deliver(waiting.slice(0, MOST_AT_ONCE), waiting.length));
        if (pause > 0) await settings.wait(pause, wake.signal);
      }
    } finally {
      isRunning = false;
      tell(held);
    }
    show(await rows.unanswered(), "none");
    if (!isStopped && state.waiting > 0) nudge();
  }

  /** Sends some and keeps their answers. Says how long to wait before the next try; 0 when all were answered. */
  async function deliver(waiting: readonly OutboxRow[], total: number): Promise<number> {
    const before = held;
    const result = await settings.send(
      waiting.map(({ command }) => command),
      total,
    );
    tell(before);
    if (!result.ok) {
      show(waiting, result.offline ? "offline" : "stuck");
      return RETRY_MS;
    }
    const { answers } = result.value;
    const gap = answers.find(isOutOfTurn);
    await settle(answers.filter((answer) => !isOutOfTurn(answer)));
    if (gap) return findPlace(waiting, gap);
    const left = await rows.unanswered();
    const isAsking = answers.length < waiting.length;
    show(left, left.length > 0 && isAsking ? "asking_provider" : "none");
    asked = answers.length > 0 ? 0 : asked;
    return isAsking ? Math.min(ASK_AGAIN_MS * 2 ** asked++, ASK_AGAIN_LATEST_MS) : 0;
  }

  /** A number that the hub has given to another device of this register is given up; one that it does not have yet is sent before. */
  async function findPlace(waiting: readonly OutboxRow[], gap: TillCommandAnswerView): Promise<number> {
    const expected = Number(gap.problem?.["expectedSeq"]);
    if (expected < gap.seq) return resend(waiting, expected);
    await rows.renumber(gap.seq, expected);
    return 0;
  }

  /** The hub was restored and asks for what it had before: it is sent again from there, answered or not. */
  async function resend(waiting: readonly OutboxRow[], expected: number): Promise<number> {
    if (await rows.reopen(expected)) return 0;
    show(waiting, "stuck");
    return RETRY_MS;
  }

  /** While nothing is sent, by no tab, so that the hub has all that it has answered. */
  async function reopenWhatIsLost(): Promise<boolean> {
    const last = await settings.lastAtHub();
    return last !== null && (await rows.isAnswered(last + 1)) && rows.reopen(last + 1);
  }

  const daysAgo = (days: number): string => new Date(now().getTime() - days * DAY_MS).toISOString();

  async function settle(answers: readonly TillCommandAnswerView[]): Promise<void> {
    await rows.keepAnswers(answers);
    const numbered = await signed(answers);
    held = numbered.filter(isLeftToSign);
    tell(numbered.filter((answer) => !isLeftToSign(answer)));
    // The closing is acknowledged: what is old need not be kept. The closing itself stays, because the next number follows from it.
    for (const { outcome, shift, seq } of answers)
      if (outcome === "done" && shift?.closedAt) await rows.forget(seq - 1, daysAgo(KEPT_DAYS));
  }

  /** The answers with the numbers that this register gave. What cannot be signed now is kept to be signed, and is at the next start at the latest. */
  async function signed(answers: readonly TillCommandAnswerView[]): Promise<TillCommandAnswerView[]> {
    const { journal } = settings;
    if (!journal || answers.length === 0) return [...answers];
    await journal.answered(answers).catch(() => undefined);
    const numbered = answers.map(async (answer) => ({
      ...answer,
      receiptNumber: answer.receiptNumber ?? (await journal.numberOf(answer.id)),
    }));
    return Promise.all(numbered);
  }

  function tell(answers: readonly TillCommandAnswerView[]): void {
    for (const answer of answers) {
      waiters.get(answer.id)?.(answer);
      waiters.delete(answer.id);
    }
  }

  async function append(draft: Draft, sale: Omit<KeptSale, "seq"> | undefined): Promise<Omit<Kept, "answered">> {
    const signedHere = await settings.journal?.keep(draft, sale);
    if (signedHere) return signedHere;
    const command = commandOf(registerId, draft);
    return { row: await rows.append(settings.lastSeq, (seq) => ({ id: draft.id, command: command(seq) }), sale), number: null };
  }

  const keep: Outbox["keep"] = async (kind, body, sale, facts) => {
    const id = newId<CommandId>();
    const answered = new Promise<TillCommandAnswerView>((resolve) => waiters.set(id, resolve));
    const draft = { id, kind, body, at: now(), staffId: settings.staffId(), facts } as Draft; // the kind and the body of one command
    const { row, number } = await append(draft, sale).catch((error: unknown) => {
      waiters.delete(id);
      throw error;
    });
    // Shown behind the act: whoever keeps a sale waits for the disk and for nothing else.
    void rows.unanswered().then((waiting) => show(waiting, state.trouble));
    nudge();
    return { row, answered, number };
  };

  return {
    keep,
    perform: async (kind, body) => (await keep(kind, body)).answered,
    async hubHas(lastSeq) {
      if (!(await rows.isAnswered(lastSeq + 1))) return;
      if (await settings.alone(reopenWhatIsLost)) nudge();
    },
    state: () => state,
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    nudge,
    stop() {
      isStopped = true;
      wake.abort();
    },
  };
}

/** An act as it is sent, once it has its number. */
export function commandOf(
  registerId: string,
  { id, kind, at, staffId, body }: Pick<Draft, "id" | "at" | "staffId"> & { kind: string; body: object },
) {
  return (seq: number): Sent => ({ id, registerId, seq, schema: 1, kind, at: at.toISOString(), staffId, body });
}

const isLeftToSign = ({ toSign }: TillCommandAnswerView): boolean => toSign !== undefined && toSign.length > 0;

function isOutOfTurn({ problem }: TillCommandAnswerView): boolean {
  return problem?.["code"] === "till.out_of_order";
}
