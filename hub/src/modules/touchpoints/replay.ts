import { err, ok } from "@weft/kernel";
import { inOneDialect } from "./dialects.ts";
import { applyGroup, saysGroup } from "./groups.ts";
import { applyIdentity, saysWho } from "./identify.ts";
import type { KeptDelivery } from "./intake.ts";
import type { QuarantineHandler } from "./quarantine.ts";
import { createRecordCache } from "./record-cache.ts";
import { insertTouches, isAboutData, learnRecords, unknownHolders } from "./store.ts";
import { toTouch } from "./to-touch.ts";

/** Takes in a quarantined event, mended or not, as if it came when it did. */
export const replayIntake: QuarantineHandler = async (ctx, { raw, channelId, context }) => {
  if (channelId === null) return err({ code: "touchpoint.sender_missing", detail: "no channel" });
  const { fallback, dialect = "segment", placeId, isServer = false, receivedAt, sentAt } = context as KeptDelivery; // what the intake wrote beside it
  const delivery = { channelId, placeId, isServer, recordId: null, receivedAt, sentAt };
  const value = parse(raw);
  if (value === undefined) return err({ code: "touchpoint.invalid", detail: "no JSON" });
  const prepared = toTouch(inOneDialect(value, dialect), fallback, delivery);
  if ("rejection" in prepared) return err(prepared.rejection);
  try {
    if (saysWho(prepared, delivery)) {
      const applied = await applyIdentity(ctx, prepared, delivery);
      if (!applied.ok) return applied;
    }
    if (saysGroup(prepared)) await applyGroup(ctx, prepared, delivery);
    const cache = createRecordCache(1);
    const learned = await learnRecords(ctx.db, unknownHolders([prepared.touch], cache));
    await insertTouches(ctx.db, [prepared.touch], cache, learned);
  } catch (error) {
    if (!isAboutData(error)) throw error;
    return err({ code: "touchpoint.cannot_be_stored", detail: error.code ?? null });
  }
  return ok(null);
};

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}
