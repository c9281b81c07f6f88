import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** What a place has to do changed; whoever keeps a copy loads it again. Subject: `place/<id>`. */
export const QueueChanged = defineEvent("promise.queue_changed.v1", z.object({ placeId: z.string() }));

/** More or less of the work that a place's stations do for its slots is taken; whoever keeps a copy loads it again. Subject: `place/<id>`. */
export const SlotsChanged = defineEvent("promise.slots_changed.v1", z.object({ placeId: z.string() }));

/** What was sold over the counter leaves a slot less than its orders need: some of them go to a later one. Subject: `place/<id>`. */
export const SlotOverfull = defineEvent("promise.slot_overfull.v1", z.object({ placeId: z.string(), startsAt: z.iso.datetime() }));

/** What making something takes at a place was measured anew. Subject: `place/<id>`. */
export const TimesLearned = defineEvent("promise.times_learned.v1", z.object({ placeId: z.string() }));

/** A store takes nothing ahead for a while, or takes longer, or does neither any more. Subject: `place/<id>`. */
export const PaceChanged = defineEvent("promise.pace_changed.v1", z.object({ placeId: z.string() }));

/** A way of shipping was added or changed; whoever keeps a copy loads it again. Subject: `delivery_method/<id>`. */
export const DeliveryMethodChanged = defineEvent("delivery_method.changed.v1", z.object({ methodId: z.string(), entityId: z.string() }));
