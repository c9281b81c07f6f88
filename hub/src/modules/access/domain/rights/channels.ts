import { DIRECTION } from "../role-sets.ts";
import { SHOP_WINDOW, type RightsOf } from "./right.ts";

/** Channels, their keys and how far they are linked. */
export const CHANNELS_RIGHTS: RightsOf<"channels"> = {
  "channels.list": SHOP_WINDOW,
  "channels.create": { staff: DIRECTION },
  "channels.update": { staff: DIRECTION },
  "channels.previewLevel": { staff: DIRECTION },
  "channels.changeLevel": { staff: DIRECTION },
  "channels.levelChanges": { staff: DIRECTION },
  "channels.levelChange": { staff: DIRECTION },
  "channels.createKey": { staff: DIRECTION },
  "channels.revokeKey": { staff: DIRECTION },
  "channels.appConfig": { anonymous: true },
};
