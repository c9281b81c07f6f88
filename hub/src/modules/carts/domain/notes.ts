import { MOST_CART_NOTE, MOST_LINE_NOTE } from "@weft/contracts/client";

/** What customers of the shop may say of their orders, by the setting of the place: of what is made for them, of everything, or nothing. */
export type NotePolicy = "made" | "all" | "none";

/**
 * A note as it is kept [CRT-34]: one line of signs that are read. Line ends, control characters and those that turn the direction of what
 * stands beside them would be commands to a printer or a lie on a screen. Undefined where nothing is left.
 */
export function tidyNote(text: string, most: number): string | undefined {
  const tidy = text
    .normalize("NFC")
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, " ")
    .replaceAll(/\s+/gu, " ")
    .trim()
    .slice(0, most)
    .trimEnd();
  return tidy === "" ? undefined : tidy;
}

export const tidyLineNote = (text: string): string | undefined => tidyNote(text, MOST_LINE_NOTE);
export const tidyCartNote = (text: string): string | undefined => tidyNote(text, MOST_CART_NOTE);

/** Whether a customer may say something about these goods: what is made for them takes time. */
export function takesLineNote({ prepSeconds }: { readonly prepSeconds: number }, policy: NotePolicy): boolean {
  return policy === "all" || (policy === "made" && prepSeconds > 0);
}

/** Whether a customer may say something about the whole: where they may about any of its lines. */
export function takesCartNote(lines: readonly { readonly prepSeconds: number }[], policy: NotePolicy): boolean {
  return lines.some((line) => takesLineNote(line, policy));
}
