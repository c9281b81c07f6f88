import { ok, type RecordId } from "@weft/kernel";
import type { Ctx } from "../../platform/index.ts";
import { senderRecords } from "../customers/index.ts";
import { visitorExternalId, type Delivery, type Prepared } from "./to-touch.ts";

/** Keeps whether somebody lets a site be measured with them; joined in wiring.ts, because `consent` needs what only that has. */
export type TakeChoice = (ctx: Ctx, recordId: RecordId, isAllowed: boolean) => Promise<unknown>;

/** What visitors of a node have chosen, as far as it is kept already. */
export type Choices = {
  /** What an event says that its sender has chosen, where that is news; null otherwise. */
  saidBy(prepared: Prepared, delivery: Delivery): boolean | null;
  /** Keeps it with the sender's record [TCH-19]. What holds already is not written again. */
  keep(ctx: Ctx, prepared: Prepared, delivery: Delivery, isAllowed: boolean): Promise<ReturnType<typeof ok<null>>>;
  /** Once that is committed. */
  note(prepared: Prepared, delivery: Delivery, isAllowed: boolean): void;
};

/** So many senders are remembered; with more, the one noted first is asked about again, which writes nothing. */
const MOST_KNOWN = 20_000;

export function createChoices(take: TakeChoice | undefined): Choices {
  const known = new Map<string, boolean>();
  return {
    saidBy(prepared, delivery) {
      const said = prepared.event.context?.["consent"];
      if (!take || (said !== "given" && said !== "refused")) return null;
      const isAllowed = said === "given";
      return known.get(senderOf(prepared, delivery)) === isAllowed ? null : isAllowed;
    },
    async keep(ctx, { userId, visitorId }, { channelId, recordId }, isAllowed) {
      const externalId = userId ?? (visitorId === null ? null : visitorExternalId(visitorId));
      const [sender] = recordId === null && externalId !== null ? await senderRecords(ctx, [{ channelId, externalId }]) : [];
      const holder = recordId ?? sender;
      if (holder && take) await take(ctx, holder, isAllowed);
      return ok(null);
    },
    note(prepared, delivery, isAllowed) {
      const [first] = known.keys();
      if (known.size >= MOST_KNOWN && first !== undefined) known.delete(first);
      known.set(senderOf(prepared, delivery), isAllowed);
    },
  };
}

const senderOf = ({ userId, visitorId }: Prepared, { channelId, recordId }: Delivery): string =>
  `${channelId} ${recordId ?? userId ?? ""} ${visitorId ?? ""}`;
