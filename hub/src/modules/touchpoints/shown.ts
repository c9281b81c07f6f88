import { isId, newId, type ChannelId, type RecordId } from "@weft/kernel";
import type { Log, ShownTouch } from "../../platform/index.ts";
import { journeyOf, type Touch, type TouchId } from "./domain.ts";
import { madeAt, messageKey } from "./keys.ts";
import type { IntakeLane } from "./lane.ts";

/** So many presentations are remembered on this node, so that a screen that asks again costs nothing. */
const REMEMBERED = 50_000;

/**
 * The port that keeps what was shown to somebody on a channel, once per holder, subject and version [TCH-8]. It goes through the intake
 * lane after the answer has left; nobody waits for it, and what is lost in a crash was shown and is not known.
 */
export function createShown({ lane, log }: { readonly lane: IntakeLane; readonly log: Pick<Log, "warn"> }): (shown: ShownTouch) => void {
  let young = new Set<string>();
  let old = new Set<string>();
  return (shown) => {
    const { recordId } = shown;
    if (recordId === null) return;
    const source = `shown\n${recordId}\n${shown.channelId}\n${shown.subject}\n${shown.version}`;
    if (young.has(source) || old.has(source)) return;
    if (young.size >= REMEMBERED) [old, young] = [young, new Set()];
    young.add(source);
    lane.store([toShownTouch(shown, recordId, source, Date.now())]).catch((error: unknown) => {
      young.delete(source);
      log.warn({ err: error, subject: shown.subject }, "what was shown could not be kept");
    });
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
