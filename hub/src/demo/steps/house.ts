import { ok } from "@weft/kernel";
import { hashPassword, upsertStaff } from "../../modules/access/index.ts";
import { addKeys, upsertChannels } from "../../modules/channels/index.ts";
import { publishNotice } from "../../modules/customers/index.ts";
import { upsertEntities, upsertGroups, upsertPlaces } from "../../modules/places/index.ts";
import type { DemoStep } from "../load-once.ts";

/** What the chain tells people: that its shop, app and tills keep one file of them. */
const NOTICE = {
  version: "2026-01",
  channelIds: null,
  coversJoining: true,
  objectionDays: 30,
  address: null,
  isForEarlier: false,
} as const;

/** Places, channels and the people who work there. */
export const HOUSE_STEPS: readonly DemoStep[] = [
  {
    name: "places",
    async run({ must }, chain) {
      await must(async (ctx) => {
        await upsertEntities(ctx, chain.entities);
        const groups = await upsertGroups(
          ctx,
          chain.groups.map(({ id, parentId, name, code, settings }) => ({
            id,
            parentId: parentId ?? null,
            name,
            code,
            settings: known(settings),
          })),
        );
        if (!groups.ok) return groups;
        return upsertPlaces(
          ctx,
          chain.places.map((place) => ({
            ...place,
            address: { ...place.address },
            services: [...place.services],
            status: "active" as const,
            settings: known(place.settings),
          })),
        );
      });
    },
  },
  {
    name: "channels",
    async run({ must }, chain) {
      await must((ctx) => publishNotice(ctx, NOTICE));
      await must(async (ctx) => {
        await upsertChannels(
          ctx,
          chain.channels.map(({ id, kind, name, code, entityId, vouches }, index, all) => ({
            id,
            kind,
            name,
            code,
            entityId,
            placeId: null,
            vouches,
            allowedOrigins: [],
            app: appOf(kind, index === all.findIndex((other) => other.kind === kind)),
          })),
        );
        await addKeys(
          ctx,
          chain.channels.flatMap(({ id, publishableKey, secretKey }) => [
            { channelId: id, kind: "publishable" as const, value: publishableKey },
            { channelId: id, kind: "secret" as const, value: secretKey },
          ]),
        );
        return ok(null);
      });
    },
  },
  {
    name: "staff",
    async run({ must, vault }, chain) {
      // One password for all of the demo: hashed once, because hashing is slow on purpose.
      const hashes = new Map<string, string>();
      for (const { password } of chain.staff) if (!hashes.has(password)) hashes.set(password, await hashPassword(password));
      await must((ctx) =>
        upsertStaff(
          ctx,
          vault,
          chain.staff.map(({ id, name, email, roles, placeIds, password, pin, language }) => ({
            id,
            name,
            email,
            roles,
            placeIds,
            passwordHash: hashes.get(password) ?? "",
            pin: pin ?? null,
            locale: language,
          })),
        ),
      );
    },
  },
];

/** The first web channel is the shop of this hub, the first office channel its office. */
function appOf(kind: string, isFirst: boolean): "shop" | "office" | null {
  if (!isFirst) return null;
  return kind === "web" ? "shop" : kind === "office" ? "office" : null;
}

const SETTINGS = new Set([
  "closingSoonMinutes",
  "collectReadyMinutes",
  "giftCardMonths",
  "receiptFooter",
  "returnFaultyOnly",
  "shipMostParcels",
  "slotMinutes",
  "slotOrders",
  "stations",
  "tables",
  "tipPercents",
]);

/** The settings that have an effect: the demo's data says more than the hub decides by today. */
function known(settings: object): object {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => SETTINGS.has(key)));
}
