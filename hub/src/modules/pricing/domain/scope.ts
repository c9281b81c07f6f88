import type { ChannelId, GroupId, PlaceId } from "@weft/kernel";
import type { CustomerGroup, PriceScope, Validity } from "./facts.ts";

/** Where, for whom and when something is priced. */
export type PriceContext = {
  readonly at: Date;
  readonly currency: string;
  readonly channelId: ChannelId;
  readonly placeId?: PlaceId;
  /** The groups that the place is in, nearest first: city, country, chain. */
  readonly groupIds: readonly GroupId[];
  readonly customerGroups: readonly CustomerGroup[];
};

export type ScopeKey = "place" | "group" | "channel" | "customer_group";

/** How a scope met a context: by its most specific key, or by none because it holds everywhere; `rank` orders matches, higher is closer. */
export type ScopeMatch = { readonly matched: ScopeKey | "everywhere"; readonly rank: number };
export type ScopeMiss = { readonly missing: ScopeKey };

/** More groups than any place is nested in, so that a place always outranks a group. */
const GROUP_LEVELS = 1000;

/**
 * Whether a scope holds in a context, and how closely [PRC-1]. Compared key by key: place, then place group (the nearer the closer),
 * then channel, then customer group, then everywhere. So a list of one store beats every list of its country,
 * and the members' list of a country beats that country's list.
 */
export function matchScope(scope: PriceScope, context: PriceContext): ScopeMatch | ScopeMiss {
  const { placeIds, groupIds, channelIds, customerGroups } = scope;
  const { placeId } = context;
  if (placeIds && !(placeId && placeIds.includes(placeId))) return { missing: "place" };
  const nearest = groupIds ? context.groupIds.findIndex((id) => groupIds.includes(id)) : undefined;
  if (nearest === -1) return { missing: "group" };
  if (channelIds && !channelIds.includes(context.channelId)) return { missing: "channel" };
  if (customerGroups && !customerGroups.some((group) => context.customerGroups.includes(group))) return { missing: "customer_group" };
  const nearness = (placeIds ? GROUP_LEVELS : 0) + (nearest === undefined ? 0 : GROUP_LEVELS - 1 - nearest);
  return { matched: closestKey(scope), rank: nearness * 4 + (channelIds ? 2 : 0) + (customerGroups ? 1 : 0) };
}

function closestKey({ placeIds, groupIds, channelIds, customerGroups }: PriceScope): ScopeMatch["matched"] {
  if (placeIds) return "place";
  if (groupIds) return "group";
  if (channelIds) return "channel";
  return customerGroups ? "customer_group" : "everywhere";
}

/** The first key that is present without a value. Such a scope would hold nowhere as it stands, and everywhere once stored as rows. */
export function emptyScopeKey({ placeIds, groupIds, channelIds, customerGroups }: PriceScope): ScopeKey | undefined {
  if (placeIds?.length === 0) return "place";
  if (groupIds?.length === 0) return "group";
  if (channelIds?.length === 0) return "channel";
  return customerGroups?.length === 0 ? "customer_group" : undefined;
}

/** Whether a validity has begun, is in force, or has ended; the end itself is outside. */
export function phaseOf({ validFrom, validTo }: Validity, at: Date): "before" | "during" | "after" {
  if (validFrom && at < validFrom) return "before";
  return validTo && at >= validTo ? "after" : "during";
}
