import { TillCommand } from "@weft/contracts";
import type { Actor } from "../../../platform/index.ts";
import type { AnyCommand } from "../domain/index.ts";

/**
 * Whether a command may come from the device that sends it [KSK-5]. A kiosk has no drawer and nobody stands at it: its shift begins and ends with nothing
 * counted, and all that it sells is paid by card. Whatever it could not have done, somebody made up.
 */
export function mayCome(device: Actor["device"], raw: AnyCommand): boolean {
  if (device?.kind !== "kiosk") return true;
  const parsed = TillCommand.safeParse(raw);
  // One that cannot be read goes to quarantine, like a till's.
  if (!parsed.success) return true;
  const { kind, body } = parsed.data;
  switch (kind) {
    case "shift.open":
      return body.float.lines.length === 0;
    case "shift.close":
      return (body.count?.lines.length ?? 0) === 0;
    case "sale.complete":
      return body.completion.tenders.every((tender) => tender.kind === "card");
    case "journal.write":
    case "storage.restored":
      return true;
    default:
      return false;
  }
}
