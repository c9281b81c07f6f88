import { ownDevice } from "@weft/ui/browser/device.ts";

/** Opens the customer's screen in a window of its own: it is moved to the second monitor and made full there. */
export function openDisplay(): void {
  const device = ownDevice();
  window.open(
    `${import.meta.env.BASE_URL}display${device === "" ? "" : `?device=${device}`}`,
    `weft-display ${device}`,
    "popup,width=1280,height=720",
  );
}
