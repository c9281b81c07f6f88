import type { DeviceId } from "@weft/kernel";
import { sql } from "kysely";
import { readDevice } from "../access/index.ts";
import { CustomerOpened } from "../customers/events.ts";
import { on, subscriber } from "../../platform/index.ts";

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
];
