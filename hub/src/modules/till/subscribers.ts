import type { DeviceId, RegisterId } from "@weft/kernel";
import { sql } from "kysely";
import { readDevice } from "../access/index.ts";
import { DeviceEnrolled, DeviceRemoved } from "../access/events.ts";
import { CustomerOpened } from "../customers/events.ts";
import { on, subscriber, type Ctx } from "../../platform/index.ts";
import { noteDevice } from "./commands/equipment.ts";
import { lockRegister } from "./queries/registers.ts";

/** Late by at most a second; until then a shift shows one opening less. */
export const tillSubscribers = [
  subscriber("till.openings", [
    on(CustomerOpened, async (ctx, { time, data: { openingId, recordId, deviceId } }) => {
      const device = deviceId === null ? undefined : await readDevice(ctx, deviceId as DeviceId); // an id of access
      if (!device?.registerId) return;
      await sql`
        insert into till.customer_opening (opening_id, shift_id, record_id, at)
        select ${openingId}, id, ${recordId}, ${time} from till.shift
        where register_id = ${device.registerId} and opened_at <= ${time} and (closed_at is null or closed_at >= ${time})
        on conflict (opening_id) do nothing`.execute(ctx.db);
    }),
  ]),
  // A browser that becomes a till or stops being one is in the log of its register, at most a second late [TIL-65].
  subscriber("till.devices", [
    on(DeviceEnrolled, (ctx, { time, data: { deviceId, kind, registerId } }) =>
      noteEnrolled(ctx, { act: "device.added", time, registerId, what: kind, deviceId }),
    ),
    on(DeviceRemoved, (ctx, { time, data: { deviceId, kind = "till", registerId = null } }) =>
      noteEnrolled(ctx, { act: "device.removed", time, registerId, what: kind, deviceId }),
    ),
  ]),
];

type Enrolled = {
  readonly act: "device.added" | "device.removed";
  readonly time: string;
  readonly registerId: string | null;
  readonly what: string;
  readonly deviceId: string;
};

/** Told twice it is written once: a device is added and removed once in its life. */
async function noteEnrolled(ctx: Ctx, { act, time, registerId, what, deviceId }: Enrolled): Promise<void> {
  const register = registerId === null ? undefined : await lockRegister(ctx, registerId as RegisterId); // an id of this module in a fact of access
  if (!register) return;
  const { rows } = await sql`
    select from till.unsigned_document where register_id = ${register.id} and kind = ${act} and document ->> 'deviceId' = ${deviceId}
    union all
    select from till.fiscal_entry where register_id = ${register.id} and received_at >= ${time}::timestamptz and (
       kind = ${act} and body #>> '{document,deviceId}' = ${deviceId}
       or kind = 'event' and body #>> '{document,detail,deviceId}' = ${deviceId} and body #>> '{document,message}' = ${act.replace(".", " ")})
    limit 1`.execute(ctx.db);
  if (rows.length === 0) await noteDevice(ctx, register, act, { what, deviceId });
}
