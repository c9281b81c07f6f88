import { asId, asIdOrNull, formatMoney, lineTotal, type ChannelId, type RecordId, type UnitPrice } from "@weft/kernel";
import type { Ctx, Vault } from "../../platform/index.ts";
import { mayContact } from "../consent/index.ts";
import { reachOf } from "../customers/index.ts";
import { readCameTrue } from "../saved/index.ts";
import { queueMessage } from "./commands.ts";
import { languageOf } from "./reader.ts";
import { localeIn, wishMail, type Brand } from "./templates/index.ts";

type Deps = { readonly brand: Brand; readonly vault: Vault; readonly publicUrl: string };
type CameTrue = { readonly wishId: string; readonly recordId: string; readonly channelId: string | null };

const ABOUT = { purpose: "marketing", topic: "wishes" } as const;
/** What ends by itself: the message waits for it. */
const LATER: ReadonlySet<string> = new Set(["paused", "quiet_hours"]);

/**
 * Tells by mail what somebody waited for, once for every wish [MSG-16]: to whoever said yes to that, and to nobody else, who has the note in
 * the app. In quiet hours and a pause it waits; whether it may leave is asked again right before it does.
 */
export async function writeWish(ctx: Ctx, { brand, vault, publicUrl }: Deps, cameTrue: CameTrue): Promise<void> {
  const recordId = asId<RecordId>(cameTrue.recordId); // ids in events are texts
  const channelId = asIdOrNull<ChannelId>(cameTrue.channelId);
  const wish = await readCameTrue(ctx, cameTrue.wishId);
  const address = wish ? (await reachOf(ctx, recordId)).email : null;
  if (!wish || address === null) return;
  const asked = await mayContact(ctx, vault, { ...ABOUT, recordId, channelKind: "email", address, channelId, at: ctx.now });
  if (!asked.allowed && !LATER.has(asked.because.kind)) return;
  const locale = localeIn(await languageOf(ctx, recordId, channelId));
  await queueMessage(ctx, {
    recordId,
    kind: "email",
    template: "wish",
    channelId,
    to: address,
    rendered: wishMail(brand, locale, {
      kind: wish.kind,
      name: wish.name[locale] ?? wish.name.en,
      placeName: wish.placeName,
      price: wish.unitPrice && priceText(wish.unitPrice, locale),
      until: wish.heldUntil && untilText(wish.heldUntil, wish.timeZone ?? "UTC", locale),
      url: wish.heldUntil ? `${publicUrl}/shop/saved` : `${publicUrl}/shop/p/${wish.slug}`,
    }),
    purpose: ABOUT,
    cause: `wish ${cameTrue.wishId}`,
  });
}

function untilText(until: Date, timeZone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone }).format(until);
}

function priceText(price: UnitPrice, locale: string): string {
  return formatMoney({ amount: lineTotal(price, price.per.quantity), currency: price.currency }, locale);
}
