import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** A place was added or changed: name, hours, status, settings or position. Subject: `place/<id>`. */
export const PlaceChanged = defineEvent("place.changed.v1", z.object({ placeId: z.string() }));

/** A group, or the tree itself, changed: every place below may have other settings now. Subject: `place_group/<id>`. */
export const PlaceGroupChanged = defineEvent("place_group.changed.v1", z.object({ groupId: z.string() }));

/** A legal entity was added or changed. Subject: `legal_entity/<id>`. */
export const LegalEntityChanged = defineEvent("legal_entity.changed.v1", z.object({ entityId: z.string() }));
