/** A device that a till uses: one of each kind. */
export type Equipment = {
  readonly kind: "printer" | "scale" | "terminal" | "scanner" | "bridge" | "display";
  readonly name: string;
  readonly way: "usb" | "serial" | "bridge" | "network" | "window";
  /** Why it does not work; null where it does, as far as its till knows. */
  readonly problem: string | null;
};

export type EquipmentChange = {
  readonly added: readonly Equipment[];
  readonly removed: readonly Equipment[];
  /** It works again, or does not any more. */
  readonly turned: readonly Equipment[];
};

/** What a till's report changes [TIL-65]. Another device in the place of one is that one removed and this one added. */
export function equipmentChange(known: readonly Equipment[], reported: readonly Equipment[]): EquipmentChange {
  const isSame = (a: Equipment) => (b: Equipment) => a.kind === b.kind && a.name === b.name && a.way === b.way;
  return {
    added: reported.filter((one) => !known.some(isSame(one))),
    removed: known.filter((one) => !reported.some(isSame(one))),
    turned: reported.filter((one) => known.some((before) => isSame(one)(before) && before.problem !== one.problem)),
  };
}
