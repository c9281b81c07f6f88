import type { AppName } from "./api.ts";

const FRAME_NAME = "weft-device:";

/**
 * The session of this app in this window: `weft_shop`, or `weft_shop_left` in a framed device. A frame says which device it is by
 * `?device=left`, once: the name stays with the window, so that links inside need not carry it on.
 */
export function sessionName(app: AppName, search: string, window: { name: string }): string {
  const asked = new URLSearchParams(search).get("device");
  if (asked !== null && /^[a-z0-9]{1,20}$/.test(asked)) window.name = FRAME_NAME + asked;
  const device = window.name.startsWith(FRAME_NAME) ? window.name.slice(FRAME_NAME.length) : "";
  return device === "" ? `weft_${app}` : `weft_${app}_${device}`;
}
