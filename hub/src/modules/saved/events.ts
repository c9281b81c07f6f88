import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** A list was begun, changed, shared or given up. Subject: `list/<id>`. */
export const ListChanged = defineEvent(
  "list.changed.v1",
  z.object({ listId: z.string(), recordId: z.string(), version: z.int(), isRemoved: z.boolean() }),
);

/** Somebody waits to be told of something, waits no more, has seen what they were told, or took what was held for them. Subject: `wish/<id>`. */
export const WishChanged = defineEvent(
  "wish.changed.v1",
  z.object({ wishId: z.string(), recordId: z.string(), state: z.enum(["waiting", "withdrawn", "seen", "taken"]) }),
);

/** What somebody waited for is so: published once in the life of a wish [SAV-6]. Subject: `wish/<id>`. */
export const WishCameTrue = defineEvent(
  "wish.came_true.v1",
  z.object({
    wishId: z.string(),
    recordId: z.string(),
    kind: z.enum(["back_in_stock", "cheaper", "in_my_store", "new_on_menu"]),
    variantId: z.string(),
    placeId: z.string().nullable(),
    channelId: z.string().nullable(),
  }),
);
