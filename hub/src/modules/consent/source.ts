import type { Actor, Ctx } from "../../platform/index.ts";
import { channelOf } from "../channels/index.ts";

/** Where a decision was said. */
export type Source = "web" | "app" | "till" | "staff" | "server" | "link" | "one_click" | "confirmation" | "import";

/** Where a caller says it: staff at a till or elsewhere, a channel's own server, or the customer on their channel. */
export async function sourceOf(ctx: Pick<Ctx, "snapshots" | "actor">): Promise<Source> {
  const { staff, device, kind, channelId } = ctx.actor;
  if (staff) return device?.kind === "till" ? "till" : "staff";
  if (kind === "secret" || kind === "system") return "server";
  const channel = channelId ? await channelOf(ctx, channelId) : undefined;
  return channel?.kind === "app" ? "app" : "web";
}

/** Whether a decision of this caller needs its proof: it is entered for somebody else. */
export const entersForOthers = ({ staff, kind }: Pick<Actor, "staff" | "kind">): boolean => staff !== null || kind === "secret";

export const actorIdOf = ({ staff, customer, keyId }: Actor): string | null => staff?.id ?? customer?.recordId ?? keyId;
