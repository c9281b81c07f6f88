import { ownName } from "./device.ts";

/** Reads a small setting of this browser, and in it of this framed device; null when there is none or the browser forbids storage. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(ownName(key));
  } catch {
    return null;
  }
}

/** Keeps a small setting in this browser; where storage is forbidden it lasts until the page is left. Null forgets it. */
export function writeStored(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(ownName(key));
    else localStorage.setItem(ownName(key), value);
  } catch {
    // Private windows may refuse: the choice then holds for this page only, which is what such a reader asked for.
  }
}
