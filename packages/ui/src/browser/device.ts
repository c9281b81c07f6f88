const FRAME_NAME = "weft-device:";

/**
 * The framed device that a window is, such as `left`; empty for a window of its own. A frame says which device it is by `?device=left`,
 * once: the name stays with the window, so that links inside need not carry it on.
 */
export function deviceOf(search: string, window: { name: string }): string {
  const asked = new URLSearchParams(search).get("device");
  if (asked !== null && /^[a-z0-9]{1,20}$/.test(asked)) window.name = FRAME_NAME + asked;
  return window.name.startsWith(FRAME_NAME) ? window.name.slice(FRAME_NAME.length) : "";
}

let known: { readonly search: string; readonly device: string } | undefined;

/** The device that this window is. Asked for with every stored value: the address is read again only when it is another one. */
export function ownDevice(): string {
  const { search } = location;
  if (known?.search !== search) known = { search, device: deviceOf(search, window) };
  return known.device;
}

/** A name of this device's own, for what all windows of an address share: stored values, databases, locks. */
export function ownName(name: string): string {
  const device = ownDevice();
  return device === "" ? name : `${name}@${device}`;
}
