/** A command as a till of any released version wrote it. */
export type AnyCommand = Readonly<Record<string, unknown>>;

/** The schema that this hub reads. */
export const CURRENT_SCHEMA = 1;

/** One step per released schema: `UPGRADES[n]` makes a command of schema n into one of n + 1. Pure, and never changed once released. */
export const UPGRADES: Readonly<Record<number, (command: AnyCommand) => AnyCommand>> = {};

/**
 * Makes a command of any schema ever released into one of the current schema [TIL-7], or answers undefined for a schema that this hub does
 * not know: a till that is newer than its hub waits in quarantine, it is not guessed at.
 */
export function upgradeCommand(command: AnyCommand): AnyCommand | undefined {
  let upgraded = command;
  for (;;) {
    const schema = upgraded["schema"];
    if (schema === CURRENT_SCHEMA) return upgraded;
    const step = typeof schema === "number" ? UPGRADES[schema] : undefined;
    if (!step) return undefined;
    upgraded = step(upgraded);
  }
}
