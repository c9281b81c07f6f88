import { useEffect } from "react";
import { JET, type JetCode } from "../../../../hub/src/modules/till/fiscal/index.ts";
import { useAway } from "../local/use-away.ts";
import { registerJournal, registerOutbox } from "../outbox/register-outbox.ts";

/** A stream that breaks off for a moment is no time without the hub. */
const AWAY_FOR_MS = 10_000;

/**
 * Writes into the journal of a register that signs here who signed in and out, and from when to when the hub was out of reach [FIS-13]. Null while
 * nobody is at the till, or its journal is not open yet.
 */
export function useJournalNotes(staffId: string | null): void {
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

/** Nobody waits for it, and a till that signs nothing writes nothing. */
function note(code: JetCode, message: string, operator: string | null): void {
  void registerJournal()
    .journal.note({ code, message, operator })
    .then(() => registerOutbox().nudge())
    .catch(() => undefined);
}
