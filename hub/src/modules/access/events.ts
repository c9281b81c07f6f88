import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** A session ended before its time: signed out, or its holder lost it. Subject: `session/<id>`. At once: caches drop it. */
export const SessionEnded = defineEvent("session.ended.v1", z.object({ sessionId: z.string() }));

/** A member of staff was added, changed or suspended. Subject: `staff/<id>`. At once: what is cached of them is dropped. */
export const StaffChanged = defineEvent(
  "staff.changed.v1",
  z.object({ staffId: z.string(), state: z.enum(["active", "suspended"]), roles: z.array(z.string()) }),
);

/** A browser became a till, board or kiosk of a place. Subject: `device/<id>`. */
export const DeviceEnrolled = defineEvent(
  "device.enrolled.v1",
  z.object({ deviceId: z.string(), kind: z.enum(["till", "board", "kiosk"]), placeId: z.string(), registerId: z.string().nullable() }),
);

/** Somebody says that an access to their file was none that they caused. Subject: `record/<id>`. */
export const AccessObjected = defineEvent("access.objected.v1", z.object({ entryId: z.string(), recordId: z.string() }));

/** A device was taken out of use. Subject: `device/<id>`. At once: what is cached of it is dropped. */
export const DeviceRemoved = defineEvent(
  "device.removed.v1",
  z.object({ deviceId: z.string(), kind: z.string().optional(), registerId: z.string().nullable().optional() }),
);

/** A device has another name. Subject: `device/<id>`. */
export const DeviceRenamed = defineEvent("device.renamed.v1", z.object({ deviceId: z.string(), placeId: z.string() }));
