import type { CartView, ChannelKind } from "@weft/contracts/client";

/** Which channels are this one: the shop in a browser tab and installed. */
const OWN: ReadonlySet<ChannelKind> = new Set(["web", "app"]);

/**
 * The channel on which someone else changed the cart, or undefined when it cannot be told [SHC-2]. A new line says who added it;
 * for other changes it is the only other holder. `isOwn`: this browser sent something meanwhile, so that the change may be its own.
 */
export function changedElsewhere(before: CartView, after: CartView, isOwn: boolean): ChannelKind | undefined {
  if (before.id !== after.id || after.version <= before.version) return undefined;
  const known = new Set(before.lines.map(({ id }) => id));
  const added = after.lines.find(({ id, addedBy }) => !known.has(id) && isElsewhere(addedBy.channelKind));
  if (added) return added.addedBy.channelKind;
  if (isOwn || contentOf(before) === contentOf(after)) return undefined;
  const others = [...new Set(after.holders.map(({ channelKind }) => channelKind).filter(isElsewhere))];
  return others.length === 1 ? others[0] : undefined;
}

/** Whether a channel is another than the shop. */
export function isElsewhere(kind: ChannelKind): boolean {
  return !OWN.has(kind);
}

function contentOf({ lines, codes }: CartView): string {
  return JSON.stringify([lines.map(({ id, quantity }) => [id, quantity]), codes.map(({ code }) => code)]);
}
