import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** What a place has to do changed; whoever keeps a copy loads it again. Subject: `place/<id>`. */
export const QueueChanged = defineEvent("promise.queue_changed.v1", z.object({ placeId: z.string() }));

/** A store takes nothing ahead for a while, or takes longer, or does neither any more. Subject: `place/<id>`. */
export const PaceChanged = defineEvent("promise.pace_changed.v1", z.object({ placeId: z.string() }));

/** A way of shipping was added or changed; whoever keeps a copy loads it again. Subject: `delivery_method/<id>`. */
export const DeliveryMethodChanged = defineEvent("delivery_method.changed.v1", z.object({ methodId: z.string(), entityId: z.string() }));
