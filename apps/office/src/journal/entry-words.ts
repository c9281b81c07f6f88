import type { JournalEntryRowView } from "@weft/contracts/client";
import { wordOf } from "../common/text.ts";

/** What an entry is; a technical event by its published code, so that nobody has to know the codes. */
export function entryWords({ type, event }: Pick<JournalEntryRowView, "type" | "event">): string {
  const kind = wordOf(`office.journal.type.${type}`, type);
  return event === null ? kind : wordOf(`office.journal.event.${event}`, `${kind} ${event}`);
}
