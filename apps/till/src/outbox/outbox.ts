import type { CallResult, TillCommandAnswerView } from "@weft/contracts/client";
import { newId, type CommandId } from "@weft/kernel";
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
  /** Keeps an act and is done once it is safe here; what the hub answers comes whenever it does. Rejects when it could not be kept. */
  readonly keep: <K extends Kind>(kind: K, body: BodyOfKind<K>, sale?: Omit<KeptSale, "seq">) => Promise<Kept>;
  readonly state: () => OutboxState;
  readonly onState: (listener: () => void) => () => void;
  /** The hub says which number it has last. When it has less than it once answered, it was restored: what it lost is sent again. */
  readonly hubHas: (lastSeq: number) => Promise<void>;
  /** Tries again now: the network is back, or somebody looks. */
  readonly nudge: () => void;
  readonly stop: () => void;
};

/** An act that is safe here. */
export type Kept = { readonly row: OutboxRow; readonly answered: Promise<TillCommandAnswerView> };

export type OutboxSettings = {
  readonly registerId: string;
  /** The last number that the hub has: a browser that was cleared goes on after it. */
  readonly lastSeq: number;
  readonly rows: OutboxRows;
  /** `waiting`: how many there are in all, these included. */
  readonly send: (commands: Sent[], waiting: number) => Promise<CallResult<{ answers: TillCommandAnswerView[] }>>;
  /** Who stands at the till. */
  readonly staffId: () => string | null;
  readonly now: () => Date;
  /** Runs alone across all tabs: one sends, and never two at once. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  readonly wait: (ms: number, wake: AbortSignal) => Promise<void>;
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
    }
    show(await rows.unanswered(), "none");
    if (!isStopped && state.waiting > 0) nudge();
  }

  /** Sends some and keeps their answers. Says how long to wait before the next try; 0 when all were answered. */
  async function deliver(waiting: readonly OutboxRow[], total: number): Promise<number> {
    const result = await settings.send(
      waiting.map(({ command }) => command),
      total,
    );
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

  const daysAgo = (days: number): string => new Date(now().getTime() - days * DAY_MS).toISOString();

  async function settle(answers: readonly TillCommandAnswerView[]): Promise<void> {
    await rows.keepAnswers(answers);
    for (const answer of answers) {
      waiters.get(answer.id)?.(answer);
      waiters.delete(answer.id);
      // The closing is acknowledged: what is old need not be kept. The closing itself stays, because the next number follows from it.
      if (answer.outcome === "done" && answer.shift?.closedAt) await rows.forget(answer.seq - 1, daysAgo(KEPT_DAYS));
    }
  }

  const keep: Outbox["keep"] = async (kind, body, sale) => {
    const id = newId<CommandId>();
    const answered = new Promise<TillCommandAnswerView>((resolve) => waiters.set(id, resolve));
    const write = (seq: number) => ({
      id,
      command: { id, registerId, seq, schema: 1, kind, at: now().toISOString(), staffId: settings.staffId(), body },
    });
    const row = await rows.append(settings.lastSeq, write, sale).catch((error: unknown) => {
      waiters.delete(id);
      throw error;
    });
    // Shown behind the act: whoever keeps a sale waits for the disk and for nothing else.
    void rows.unanswered().then((waiting) => show(waiting, state.trouble));
    nudge();
    return { row, answered };
  };

  return {
    keep,
    perform: async (kind, body) => (await keep(kind, body)).answered,
    async hubHas(lastSeq) {
      if (await settings.alone(() => rows.reopen(lastSeq + 1))) nudge();
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

function isOutOfTurn({ problem }: TillCommandAnswerView): boolean {
  return problem?.["code"] === "till.out_of_order";
}
