import type { CategoryId, ChannelId } from "@weft/kernel";
import type { Ctx } from "../../../platform/index.ts";
import { loadCatalogFacts, type OptionGroup, type OptionGroupId } from "../../catalog/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { depositCodes, pricingSnapshot } from "../../pricing/index.ts";

/** How files name groups of options: by their code where only one has it, else by their id. */
export function optionKeys(groups: readonly Pick<OptionGroup, "id" | "code">[]): ReadonlyMap<string, string> {
  const byCode = new Map<string, Set<string>>();
  for (const { id, code } of groups) byCode.set(code, (byCode.get(code) ?? new Set()).add(id));
  return new Map(groups.map(({ id, code }) => [id, (byCode.get(code)?.size ?? 0) > 1 ? id : code]));
}

/** What the cells of a file name, as ids; undefined for what nobody has. */
export type References = {
  readonly category: (code: string) => CategoryId | undefined;
  readonly option: (key: string) => OptionGroupId | undefined;
  readonly channel: (code: string) => ChannelId | undefined;
  readonly deposits: ReadonlySet<string>;
  readonly taxClasses: readonly string[];
  readonly channelIds: ReadonlySet<string>;
};

/** As the open transaction sees them. */
export async function readReferences(ctx: Ctx): Promise<References> {
  const facts = await loadCatalogFacts(ctx.db, []);
  const { taxRates } = await ctx.snapshots.current(pricingSnapshot);
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const keys = new Map([...optionKeys(facts.optionGroups)].map(([id, key]) => [key, id as OptionGroupId])); // its keys are ids of groups
  const categories = new Map(facts.categories.map(({ id, code }) => [code, id]));
  const channelsByCode = new Map([...channels.values()].map(({ id, code }) => [code, id]));
  return {
    category: (code) => categories.get(code),
    option: (key) => keys.get(key) ?? facts.optionGroups.find(({ id }) => id === key)?.id,
    channel: (code) => channelsByCode.get(code),
    deposits: await depositCodes(ctx.db),
    taxClasses: [...new Set([...taxRates.values()].flatMap((rates) => rates.map(({ taxClass }) => taxClass)))],
    channelIds: new Set(channels.keys()),
  };
}
