import { useSyncExternalStore } from "react";
import { ownName } from "@weft/ui/browser/device.ts";
import { api } from "../api.ts";
import { openOutboxRows, type SoldHere } from "./database.ts";
import type { TillCommandAnswerView } from "@weft/contracts/client";
import { createOutbox, type Outbox, type OutboxState } from "./outbox.ts";
import type { BodyOfKind, Kind, OutboxRow, OutboxRows } from "./rows.ts";

const EMPTY: OutboxState = { waiting: 0, since: null, trouble: "none" };
/** A batch without an answer for so long went nowhere; a terminal that is asked meanwhile is asked about again. */
const SEND_MS = 30_000;
/** So long a screen waits for the hub before it goes on without. */
const PATIENCE_MS = 4000;
const listeners = new Set<() => void>();
let opened: { readonly registerId: string; readonly outbox: Outbox; readonly rows: OutboxRows & SoldHere } | undefined;
let opening: Promise<Outbox> | undefined;
let staffId: string | null = null;

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

/** Sales that this till made by itself; undefined before its register is known. */
export function soldHere(): SoldHere | undefined {
  return opened?.rows;
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

/** What waits to be sent. */
export function useOutboxState(): OutboxState {
  return useSyncExternalStore(subscribe, () => opened?.outbox.state() ?? EMPTY);
}

async function open(registerId: string, lastSeq: number, isNow: boolean): Promise<Outbox> {
  opened?.outbox.stop();
  const rows = await openOutboxRows(registerId);
  const outbox = createOutbox({
    registerId,
    lastSeq,
    rows,
    send: (commands, waiting) => api.call("till.commands", { body: { commands, waiting }, signal: AbortSignal.timeout(SEND_MS) }),
    staffId: () => staffId,
    now: () => new Date(),
    alone: (work) => ("locks" in navigator ? navigator.locks.request(ownName(`weft-outbox ${registerId}`), work) : work()),
    wait,
  });
  opened = { registerId, outbox, rows };
  outbox.onState(notify);
  if (isNow) await outbox.hubHas(lastSeq);
  window.addEventListener("online", outbox.nudge);
  document.addEventListener("visibilitychange", outbox.nudge);
  outbox.nudge();
  notify();
  return outbox;
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

function notify(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
