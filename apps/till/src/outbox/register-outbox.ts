import { useSyncExternalStore } from "react";
import { ownName } from "@weft/ui/browser/device.ts";
import { api } from "../api.ts";
import { openOutboxRows } from "./database.ts";
import { createOutbox, type Outbox, type OutboxState } from "./outbox.ts";

const EMPTY: OutboxState = { waiting: 0, since: null, trouble: "none" };
const listeners = new Set<() => void>();
let opened: { readonly registerId: string; readonly outbox: Outbox } | undefined;
let opening: Promise<Outbox> | undefined;
let staffId: string | null = null;

/** Says who stands at the till; it is written on every act from now on. */
export function setOperator(id: string | null): void {
  staffId = id;
}

/**
 * The outbox of a register in this browser, opened once. What waited from before is sent at once, and also what the hub had before it was
 * restored: `lastSeq` is the last number that it has now.
 */
export async function openRegisterOutbox(registerId: string, lastSeq: number): Promise<Outbox> {
  if (opened?.registerId === registerId) {
    await opened.outbox.hubHas(lastSeq);
    return opened.outbox;
  }
  opening ??= open(registerId, lastSeq).finally(() => {
    opening = undefined;
  });
  return opening;
}

/** The outbox that is open. Screens of an open shift have one; before that it is a mistake to ask. */
export function registerOutbox(): Outbox {
  if (!opened) throw new Error("the outbox is opened when the register is known");
  return opened.outbox;
}

/** What waits to be sent. */
export function useOutboxState(): OutboxState {
  return useSyncExternalStore(subscribe, () => opened?.outbox.state() ?? EMPTY);
}

async function open(registerId: string, lastSeq: number): Promise<Outbox> {
  opened?.outbox.stop();
  const outbox = createOutbox({
    registerId,
    lastSeq,
    rows: await openOutboxRows(registerId),
    send: (commands, waiting) => api.call("till.commands", { body: { commands, waiting } }),
    staffId: () => staffId,
    now: () => new Date(),
    alone: (work) => ("locks" in navigator ? navigator.locks.request(ownName(`weft-outbox ${registerId}`), work) : work()),
    wait,
  });
  opened = { registerId, outbox };
  outbox.onState(notify);
  await outbox.hubHas(lastSeq);
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
