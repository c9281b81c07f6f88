import { useEffect, useLayoutEffect } from "react";
import { JET, type JetCode } from "../../../../hub/src/modules/till/fiscal/index.ts";
import { useAway } from "../local/use-away.ts";
import { registerJournal, registerOutbox } from "../outbox/register-outbox.ts";

/** A stream that breaks off for a moment is no time without the hub. */
const AWAY_FOR_MS = 10_000;

/** Whether this till signs for its register now: once another one does, whatever is written here is refused. */
let signsNow = false;

/**
 * Writes into the journal of a register that signs here who signed in and out, and from when to when the hub was out of reach [FIS-13].
 * `signsHere`: its journal is open here, and no other till signs for it.
 */
export function useJournalNotes(signsHere: boolean, who: string | null): void {
  // Before what was begun is ended: who is signed out because another till signs has no entry here any more.
  useLayoutEffect(() => {
    signsNow = signsHere;
  }, [signsHere]);
  const staffId = signsHere ? who : null;
  useEffect(() => {
    if (staffId === null) return undefined;
    note(JET.signedIn, "signed in", staffId);
    return () => note(JET.signedOut, "signed out", staffId);
  }, [staffId]);
  const isAway = useAway() && staffId !== null;
  useEffect(() => {
    if (!isAway) return undefined;
    let isTold = false;
    const timer = setTimeout(() => {
      isTold = true;
      note(JET.degradedOn, "hub out of reach", null);
    }, AWAY_FOR_MS);
    return () => {
      clearTimeout(timer);
      if (isTold) note(JET.degradedOff, "hub reached again", null);
    };
  }, [isAway]);
}

/** Shifts whose count began here. */
const counted = new Set<string>();

/** Writes once that the closing of a shift began, with the first figure of its count, whether or not it is ended [FIS-15]. */
export function noteClosingStarted(shiftId: string, who: string): void {
  if (counted.has(shiftId)) return;
  counted.add(shiftId);
  note(JET.closingStarted, "closing of a shift started", who);
}

/** Nobody waits for it, and a till that signs nothing writes nothing. */
function note(code: JetCode, message: string, operator: string | null): void {
  if (!signsNow) return;
  void registerJournal()
    .journal.note({ code, message, operator })
    .then(() => registerOutbox().nudge())
    .catch(() => undefined);
}
