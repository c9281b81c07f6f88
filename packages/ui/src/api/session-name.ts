import { deviceOf } from "../browser/device.ts";

/** The session of this app, or of a room of it, in this window: `weft_shop`, or `weft_shop_left` in a framed device. */
export function sessionName(app: string, search: string, window: { name: string }): string {
  const device = deviceOf(search, window);
  return device === "" ? `weft_${app}` : `weft_${app}_${device}`;
}
