import { wallClock, type ChannelId, type DeviceId, type PlaceId } from "@weft/kernel";

/** What staff did with somebody's file. */
export type AccessKind = "opened" | "read" | "changed";

/** One access as the audit has it; who it was is left out. */
export type Access = {
  readonly id: string;
  readonly at: Date;
  readonly action: string;
  readonly channelId: ChannelId | null;
  readonly placeId: PlaceId | null;
  readonly deviceId: DeviceId | null;
  readonly deviceName: string | null;
  readonly objectedAt: Date | null;
};

/** What staff did with a file at one place and device on one day. `id` is that of the newest of them. */
export type AccessGroup = Omit<Access, "action"> & { readonly what: readonly AccessKind[]; readonly count: number; readonly since: Date };

/** What a file is opened with at a till, and what only reads; everything else changed something. */
const OPENS: ReadonlySet<string> = new Set(["customers.openAtTill", "customers.createAtTill"]);
const READS = /(\.(read|find|list|timeline|history|ofCustomer|export|seams|current|matches|resends)|^carts\.read)$/;

export function kindOfAccess(action: string): AccessKind {
  if (OPENS.has(action)) return "opened";
  return READS.test(action) ? "read" : "changed";
}

/**
 * The accesses to a file as its person can take them in [IDN-20]: those of one day, place, channel and device are one, the newest first.
 * The day is that of the place. `zoneOf` answers a place's time zone.
 */
export function groupAccesses(accesses: readonly Access[], zoneOf: (placeId: PlaceId | null) => string): AccessGroup[] {
  const groups = new Map<string, AccessGroup>();
  for (const { action, ...access } of accesses.toSorted((a, b) => b.at.getTime() - a.at.getTime())) {
    const { date } = wallClock(access.at, zoneOf(access.placeId));
    const key = [date, access.placeId, access.channelId, access.deviceId].join(" ");
    const before = groups.get(key);
    const kind = kindOfAccess(action);
    groups.set(key, {
      ...(before ?? access),
      what: [...new Set([...(before?.what ?? []), kind])],
      count: (before?.count ?? 0) + 1,
      since: access.at,
      objectedAt: before?.objectedAt ?? access.objectedAt,
    });
  }
  return [...groups.values()];
}
