import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { mayRetry, ProblemError } from "@weft/ui/api/problem-error.ts";
import { readStored, writeStored } from "@weft/ui/browser/storage.ts";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { api } from "../api.ts";
import type { Said } from "./queue.ts";

/** What the hub did not hear is said again so often, beside the moment at which the network comes back. */
const AGAIN_MS = 4000;

/**
 * What was said at this screen and the hub does not have yet, the oldest first. It outlives a cut and a restart, and is sent in its order, each under
 * its one key [BRD-4]. What the hub refuses is let go: its queue then says how it is.
 */
export type Outbox = {
  readonly said: readonly Said[];
  /** The last thing that was said here and can be called back; a restart forgets it. */
  readonly last: Said | undefined;
  readonly say: (ticketId: string, lineIds: readonly string[], done: boolean) => void;
  /** A refusal of the last thing that was sent. */
  readonly refusal: unknown;
};

const nameOf = (placeId: string): string => `weft.board.said.${placeId}`;
const listeners = new Set<() => void>();
let held: { readonly placeId: string; readonly said: readonly Said[] } | undefined;

function read(placeId: string): readonly Said[] {
  if (held?.placeId !== placeId) held = { placeId, said: stored(placeId) };
  return held.said;
}

function stored(placeId: string): readonly Said[] {
  const text = readStored(nameOf(placeId));
  if (text === null) return [];
  try {
    return JSON.parse(text) as readonly Said[]; // written below
  } catch {
    return [];
  }
}

function write(placeId: string, said: readonly Said[]): void {
  held = { placeId, said };
  writeStored(nameOf(placeId), said.length === 0 ? null : JSON.stringify(said));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function useOutbox(placeId: string): Outbox {
  const said = useSyncExternalStore(subscribe, () => read(placeId));
  const [last, setLast] = useState<Said>();
  const [refusal, setRefusal] = useState<unknown>(null);
  const send = useCallback(() => void flush(placeId, setRefusal), [placeId]);
  useEffect(() => {
    send();
    const timer = setInterval(send, AGAIN_MS);
    window.addEventListener("online", send);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", send);
    };
  }, [send]);
  const say = (ticketId: string, lineIds: readonly string[], done: boolean): void => {
    const one: Said = { key: newKey(), ticketId, lineIds, done };
    setRefusal(null);
    setLast(done ? one : undefined);
    write(placeId, [...read(placeId), one]);
    send();
  };
  return { said, last, say, refusal };
}

let isSending = false;

/** Sends what waits, one after the other; stops where the hub does not answer. */
async function flush(placeId: string, onRefusal: (problem: unknown) => void): Promise<void> {
  if (isSending) return;
  isSending = true;
  try {
    for (let next = read(placeId)[0]; next; next = read(placeId)[0]) {
      const { key, ticketId, lineIds, done } = next;
      const body = { orderLineIds: [...lineIds], done };
      const answer = await api.call("fulfillments.setPrepared", { params: { id: ticketId }, body, headers: keyHeader(key) });
      const refusal = answer.ok ? null : new ProblemError(answer.problem, answer.offline);
      if (refusal && mayRetry(refusal)) return;
      if (refusal) onRefusal(refusal);
      // The queue is read before it is let go, so that a ticket does not come back for a moment.
      await api.queries.invalidateQueries({ queryKey: ["stations", placeId], exact: true });
      write(
        placeId,
        read(placeId).filter((one) => one.key !== key),
      );
    }
  } finally {
    isSending = false;
  }
}
