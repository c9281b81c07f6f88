import { TillCommand } from "@weft/contracts";
import { upgradeCommand, type AnyCommand } from "../domain/index.ts";

/** A command of any released schema as this hub reads it [TIL-7], or why it cannot. */
export function readCommand(raw: AnyCommand): { readonly command: TillCommand } | { readonly unreadable: string } {
  const upgraded = upgradeCommand(raw);
  if (!upgraded) return { unreadable: `schema ${String(raw["schema"])} is not known here` };
  const parsed = TillCommand.safeParse(upgraded);
  if (parsed.success) return { command: parsed.data };
  return {
    unreadable: parsed.error.issues
      .map(({ path, message }) => `${path.join("/")}: ${message}`)
      .join("; ")
      .slice(0, 500),
  };
}
