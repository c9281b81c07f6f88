import { useSyncExternalStore } from "react";
import { ownName } from "@weft/ui/browser/device.ts";
import { api } from "../api.ts";
import { openOutboxRows, type SoldHere } from "./database.ts";
import type { AppConfigView, TillCommandAnswerView } from "@weft/contracts/client";
import { createJournal, type TendedJournal } from "../book/journal.ts";
import type { BookRows, OwnJournal } from "../book/rows.ts";
import { recall } from "../local/kept.ts";
import { pairedKeeper } from "../print/copy-keeper.ts";
import { onSetup } from "../print/setup.ts";
import { commandOf, createOutbox, type Outbox, type OutboxState } from "./outbox.ts";
import type { BodyOfKind, Kind, OutboxRow, OutboxRows } from "./rows.ts";
import { createSecondCopy, recover, type CopyKeeper, type CopyState } from "./second-copy.ts";

const EMPTY: OutboxState = { waiting: 0, since: null, trouble: "none" };
/** A batch without an answer for so long went nowhere; a terminal that is asked meanwhile is asked about again. */
const SEND_MS = 30_000;
/** So long a screen waits for the hub before it goes on without. */
const PATIENCE_MS = 4000;
const listeners = new Set<() => void>();
/** How often it is looked whether a day is over, which is closed then. */
const TEND_MS = 60_000;
type Rows = OutboxRows & SoldHere & BookRows;
type Opened = {
  readonly registerId: string;
  /** The last number that the hub had when it was opened. */
  readonly lastSeq: number;
  readonly outbox: Outbox;
  readonly rows: Rows;
  readonly journal: TendedJournal;
};
let opened: Opened | undefined;
let opening: Promise<Outbox> | undefined;
let staffId: string | null = null;
let tending: ReturnType<typeof setInterval> | undefined;
let copied: CopyState = { alone: 0, trouble: "none" };
let copy: ReturnType<typeof createSecondCopy> | undefined;
const journalListeners = new Set<() => void>();

/** Says who stands at the till; it is written on every act from now on. */
export function setOperator(id: string | null): void {
  staffId = id;
}

/**
 * The outbox of a register in this browser, opened once. What waited from before is sent at once, and also what the hub had before it was
 * restored: `lastSeq` is the last number that it has now, or that it had when it was last asked (`isNow` false).
 */
export async function openRegisterOutbox(registerId: string, lastSeq: number, isNow: boolean): Promise<Outbox> {
  if (opened?.registerId === registerId) {
    if (isNow) await opened.outbox.hubHas(lastSeq);
    return opened.outbox;
  }
  opening ??= open(registerId, lastSeq, isNow).finally(() => {
    opening = undefined;
  });
  return opening;
}

/** The outbox that is open. Screens of an open shift have one; before that it is a mistake to ask. */
export function registerOutbox(): Outbox {
  return (opened ?? unopened()).outbox;
}

function unopened(): never {
  throw new Error("the outbox is opened when the register is known");
}

/** The journal of the register that is open, with what it is kept in. */
export function registerJournal(): Pick<Opened, "journal" | "rows" | "registerId"> {
  return opened ?? unopened();
}

/** The journal that this browser signs for a register; undefined where it has no key. */
export async function ownJournal(registerId: string): Promise<OwnJournal | undefined> {
  if (opened?.registerId === registerId) return opened.rows.journal();
  return (await openOutboxRows(registerId)).journal();
}

/** The version that is written into every entry: that of the hub which serves this till. */
export async function softwareVersion(): Promise<string> {
  return (await recall<AppConfigView>("config"))?.value.version ?? "0";
}

/** Sales that this till made by itself; undefined before its register is known. */
export function soldHere(): SoldHere | undefined {
  return opened?.rows;
}

/** The number that this register gave the ticket of an act, where it signs. */
export async function numberGiven(commandId: string): Promise<string | null> {
  return (await opened?.rows.signedOf(commandId))?.number ?? null;
}

/** What this till has kept for its register, answered or not, in order. */
export async function keptActs(registerId: string): Promise<readonly OutboxRow[]> {
  if (opened?.registerId === registerId) return opened.rows.all();
  return (await openOutboxRows(registerId)).all();
}

/**
 * Keeps an act and waits for the hub as long as it is there: null where it cannot be reached now. Then the act counts here and is sent later.
 */
export async function act<K extends Kind>(kind: K, body: BodyOfKind<K>): Promise<TillCommandAnswerView | null> {
  const { outbox } = opened ?? unopened();
  const { answered } = await outbox.keep(kind, body);
  const cut = new Promise<null>((resolve) => {
    const look = (): void => {
      if (outbox.state().trouble === "offline") resolve(null);
    };
    const stop = outbox.onState(look);
    void answered.then(stop);
    setTimeout(() => resolve(null), PATIENCE_MS);
    look();
  });
  return Promise.race([answered, cut]);
}

/** What waits to be sent, as a file: the second copy of a till whose device may not live until the network does. */
export async function unsentFile(): Promise<File> {
  const { rows, registerId } = opened ?? unopened();
  const commands = (await rows.unanswered()).map(({ command }) => command);
  const name = `weft-till-${registerId}-${new Date().toISOString().slice(0, 16).replace(":", "")}.json`;
  return new File([JSON.stringify({ commands }, null, 1)], name, { type: "application/json" });
}

/** How far the second copy at the store's bridge has come. */
export function useCopyState(): CopyState {
  return useSyncExternalStore(subscribe, () => copied);
}

/** Whether this browser keeps nothing of a register of which the hub has acts: another device was it before, or the storage was cleared. */
export async function isEmptied(): Promise<boolean> {
  const { rows, lastSeq } = opened ?? unopened();
  return lastSeq > 0 && (await rows.all()).length === 0 && (await rows.journal()) === undefined;
}

/**
 * Takes back what the second copy has of this register and the hub has not, and notes what was found and what is missing [OUT-10]; null where there
 * is no second copy to be asked. Throws where it cannot be reached.
 */
export async function restoreStorage(keeper: Pick<CopyKeeper, "after"> | null): Promise<number> {
  const { rows, outbox, lastSeq } = opened ?? unopened();
  const { commands, missing } = keeper ? await recover(keeper, lastSeq) : { commands: [], missing: 0 };
  const found = await rows.adopt(commands);
  await outbox.keep("storage.restored", { hubHad: lastSeq, found, missing, from: keeper ? "bridge" : "nowhere" });
  return found;
}

/** What waits to be sent. */
export function useOutboxState(): OutboxState {
  return useSyncExternalStore(subscribe, () => opened?.outbox.state() ?? EMPTY);
}

async function open(registerId: string, lastSeq: number, isNow: boolean): Promise<Outbox> {
  opened?.outbox.stop();
  const rows = await openOutboxRows(registerId);
  const common = { lastSeq, staffId: () => staffId, now: () => new Date() };
  const journal = createJournal({
    ...common,
    rows,
    command: (act) => commandOf(registerId, act),
    alone: (work) => alone(`fiscal:${registerId}`, work),
    version: softwareVersion,
    onChange: journalChanged,
  });
  const outbox = createOutbox({
    ...common,
    registerId,
    rows,
    send: (commands, waiting) => api.call("till.commands", { body: { commands, waiting }, signal: AbortSignal.timeout(SEND_MS) }),
    async lastAtHub() {
      const state = await api.call("till.state", { query: { registerId }, signal: AbortSignal.timeout(PATIENCE_MS) });
      return state.ok ? state.value.lastSeq : null;
    },
    alone: (work) => alone(`weft-outbox ${registerId}`, work),
    wait,
    journal,
  });
  opened = { registerId, lastSeq, outbox, rows, journal };
  copy = createSecondCopy(rows, pairedKeeper, (state) => {
    copied = state;
    notify();
  });
  outbox.onState(notify);
  outbox.onState(() => void copy?.sync());
  clearInterval(tending);
  tending = setInterval(() => void journal.closeEnded().then(outbox.nudge), TEND_MS);
  if (isNow) await outbox.hubHas(lastSeq);
  // Paired just now: what waits is copied at once.
  onSetup(() => void copy?.sync());
  window.addEventListener("online", outbox.nudge);
  document.addEventListener("visibilitychange", outbox.nudge);
  outbox.nudge();
  notify();
  return outbox;
}

/** Only over a safe connection are there locks. */
function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  return "locks" in navigator ? navigator.locks.request(ownName(name), work) : work();
}

function wait(ms: number, wake: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    wake.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** What is signed here changed for the screens: something was refused, or a journal began. */
export function onJournal(listener: () => void): () => void {
  journalListeners.add(listener);
  return () => journalListeners.delete(listener);
}

function journalChanged(): void {
  opened?.outbox.nudge();
  for (const listener of journalListeners) listener();
}

function notify(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
