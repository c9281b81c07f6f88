import { isId, newId, type ChannelId, type RecordId } from "@weft/kernel";
import type { Log, ShownTouch } from "../../platform/index.ts";
import { journeyOf, type Touch, type TouchId } from "./domain.ts";
import { madeAt, messageKey } from "./keys.ts";
import type { IntakeLane } from "./lane.ts";

/** So many presentations are remembered on this node, so that a screen that asks again costs nothing. */
const REMEMBERED = 50_000;

/**
 * What is shown within this time is stored by one statement. Measured with 8 shoppers at 40 checkout flows a second: 0.7 inserts a flow
 * instead of 1.9, and the fewer the more there are.
 */
const GATHER_MS = 50;
const MOST_GATHERED = 500;

/** Keeps what was shown to somebody on a channel, once per holder, subject and version [TCH-8]. */
export type Shown = {
  /** The port: nobody waits for it, and what is lost in a crash was shown and is not known. */
  readonly take: (shown: ShownTouch) => void;
  /** Hands what was gathered to the intake lane now. */
  flush(): void;
};

/** What is shown goes through the intake lane, after the answer has left, in company. */
export function createShown({ lane, log }: { readonly lane: Pick<IntakeLane, "store">; readonly log: Pick<Log, "warn"> }): Shown {
  let young = new Set<string>();
  let old = new Set<string>();
  let gathered = new Map<string, Touch>();
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const touches = gathered;
    gathered = new Map();
    lane.store([...touches.values()]).catch((error: unknown) => {
      for (const source of touches.keys()) young.delete(source);
      log.warn({ err: error, touches: touches.size }, "what was shown could not be kept");
    });
  }

  return {
    flush,
    take(shown) {
      const { recordId } = shown;
      if (recordId === null) return;
      const source = `shown\n${recordId}\n${shown.channelId}\n${shown.subject}\n${shown.version}`;
      if (young.has(source) || old.has(source)) return;
      if (young.size >= REMEMBERED) [old, young] = [young, new Set()];
      young.add(source);
      gathered.set(source, toShownTouch(shown, recordId, source, Date.now()));
      if (gathered.size >= MOST_GATHERED) flush();
      else timer ??= setTimeout(flush, GATHER_MS);
    },
  };
}

/** The key begins with the hour in which the subject was made: the same at every showing, and close to its neighbors. */
function toShownTouch(shown: ShownTouch, recordId: string, source: string, now: number): Touch {
  const [kind = "", id = ""] = shown.subject.split("/");
  const at = new Date(now).toISOString();
  return {
    id: newId<TouchId>(),
    key: messageKey(source, isId(id) ? madeAt(id) : 0),
    holder: { recordId: recordId as RecordId }, // the presenters take it from rows
    channelId: shown.channelId as ChannelId, // the same
    messageId: null,
    kind: "shown",
    name: shown.kind,
    occurredAt: at,
    receivedAt: at,
    sentAt: null,
    originalAt: null,
    fingerprint: null,
    placeId: shown.placeId,
    payload: JSON.stringify({ version: shown.version }),
    reference: isId(id) ? { kind, id } : null,
    journeyRef: isId(id) ? journeyOf({ kind, id }) : null,
    shown: JSON.stringify(shown.shown),
  };
}
