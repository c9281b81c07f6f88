import { MANAGEMENT } from "../role-sets.ts";
import type { Right, RightsOf } from "./right.ts";

/** Who looks into the books: accountants have the role that reads. What is asked to be computed is a write. */
const READERS: Right = { staff: [...MANAGEMENT, "read_only"] };
const KEEPERS: Right = { staff: MANAGEMENT };

/** The fiscal journal: staff of some places see those; what is of a whole legal entity is for staff of all. */
export const JOURNAL_RIGHTS: RightsOf<"journal"> = {
  "journal.registers": READERS,
  "journal.entries": READERS,
  "journal.entry": READERS,
  "journal.closings": READERS,
  "journal.checks": READERS,
  "journal.check": KEEPERS,
  "journal.identities": READERS,
  "journal.setIdentity": KEEPERS,
  "journal.archives": READERS,
  "journal.makeArchive": KEEPERS,
  "journal.archiveFile": READERS,
  "journal.checkArchive": KEEPERS,
  "journal.dsfinvk": READERS,
};
