import type { Device } from "./scenes.ts";

/** Of a device in its frame, in its own pixels, and how much smaller it is drawn. */
export type Fitted = { readonly width: number; readonly height: number; readonly scale: number };

const PHONE = { width: 375, height: 720 };
const TILL = { width: 1024, height: 720 };
/** The till as it lays itself out on an upright tablet: on a phone the other would be too small to read. */
const UPRIGHT_TILL = { width: 600, height: 720 };

/** Below this width (CSS pixels) one device is shown at a time; the style sheet has the same. */
export const NARROW = 900;
/** The thread and the space on both of its sides. */
const BETWEEN = 224;
/** Smaller than this nobody can use them: then the page scrolls. */
const LEAST_HEIGHT = 440;

export type Room = { readonly width: number; readonly height: number; readonly isNarrow: boolean };

/** Both devices as large as the room allows: side by side and whole, or one by one in the whole width. Never enlarged. */
export function fit({ width, height, isNarrow }: Room): Readonly<Record<Device, Fitted>> {
  if (isNarrow) return { phone: scaled(PHONE, width / PHONE.width), till: scaled(UPRIGHT_TILL, width / UPRIGHT_TILL.width) };
  const scale = Math.min((width - BETWEEN) / (PHONE.width + TILL.width), Math.max(height, LEAST_HEIGHT) / TILL.height);
  return { phone: scaled(PHONE, scale), till: scaled(TILL, scale) };
}

const scaled = (size: typeof PHONE, scale: number): Fitted => ({ ...size, scale: Math.min(1, scale) });
