import { readStored, writeStored } from "@weft/ui/browser/storage.ts";

/** What this television is to the hub: its screen, the code that it shows, and the token that opens the cart it is given. */
export type Screen = { readonly id: string; readonly code: string; readonly token: string; readonly expiresAt: string };

const KEY = "weft.tv.screen";

export function readScreen(): Screen | undefined {
  const text = readStored(KEY);
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as Screen; // written below
  } catch {
    return undefined;
  }
}

export function writeScreen(screen: Screen | undefined): void {
  writeStored(KEY, screen === undefined ? null : JSON.stringify(screen));
}
