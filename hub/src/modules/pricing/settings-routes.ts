import type { DepositView, ParsedBodyOf, RoundingSettingView } from "@weft/contracts";
import { asIdOrNull, err, ok, type EntityId, type Result, type VariantId } from "@weft/kernel";
import { read, write, type Ctx, type ReadCtx, type Route } from "../../platform/index.ts";
import { auditWrite } from "../access/index.ts";
import { catalogSnapshot } from "../catalog/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { saveDeposit, setRounding } from "./commands/index.ts";
import { DEFAULT_ROUNDING, roundingKey, roundingPolicyFor, type Country, type StoredDeposit } from "./domain/index.ts";
import { PRICING_PROBLEMS, type PricingError } from "./errors.ts";
import { readSettings } from "./queries/load-snapshot.ts";

const problems = { problems: PRICING_PROBLEMS };

/** Deposits on packaging, and how tax is rounded. */
export const pricingSettingsRoutes: readonly Route[] = [
  read("deposits.list", async (ctx) => ok({ items: await deposits(ctx) }), problems),
  write("deposits.save", async (ctx, { params: { code }, body }) => keepDeposit(ctx, code, body), problems),
  read("rounding.list", async (ctx) => ok({ items: await rounding(ctx) }), problems),
  write("rounding.set", async (ctx, { params: { country }, body }) => keepRounding(ctx, country, body), problems),
];

/** As they are stored now: a change must be seen by whoever made it. */
async function deposits(ctx: Pick<ReadCtx, "db" | "snapshots">): Promise<DepositView[]> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const named = (variantId: VariantId): DepositView["goods"] => {
    const known = catalog.variantOf(variantId);
    return known ? [{ variantId, sku: known.variant.sku, name: nameOf(known) }] : [];
  };
  const { deposits: stored = [] } = await readSettings(ctx.db);
  return stored.map(({ code, name, amounts, variantIds }) => ({
    code,
    name,
    amounts: amounts.map(({ country, currency, amount, followsGoods, taxClass }) => {
      return { country, amount: { amount, currency }, followsGoods, taxClass };
    }),
    goods: variantIds.flatMap(named),
  }));
}

type Known = { readonly product: { readonly name: DepositView["name"] }; readonly variant: { readonly name: DepositView["name"] } };

/** By its own name, or that of its product where it is the only one. */
const nameOf = ({ product, variant }: Known): DepositView["name"] => (variant.name.en === "" ? product.name : variant.name);

async function keepDeposit(ctx: Ctx, code: string, body: ParsedBodyOf<"deposits.save">): Promise<Result<DepositView, PricingError>> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const variantIds: VariantId[] = [];
  for (const sku of body.skus) {
    const goods = catalog.variantOfSku(sku);
    if (!goods) return err({ code: "pricing.sku_unknown", sku });
    variantIds.push(goods.variant.id);
  }
  const amounts = body.amounts.map(({ amount: { amount, currency }, ...rest }): StoredDeposit["amounts"][number] => {
    return { ...rest, amount, currency };
  });
  const saved = await saveDeposit(ctx, { code, name: body.name, amounts, variantIds: [...new Set(variantIds)] });
  if (!saved.ok) {
    const refused = saved.error;
    if (refused.code === "tax_class_unknown") return err({ code: "pricing.tax_class_unknown", taxClass: refused.taxClass });
    const sku = catalog.variantOf(refused.variantId)?.variant.sku ?? refused.variantId;
    return err({ code: "pricing.deposit_twice", sku, deposit: refused.deposit });
  }
  await auditWrite(ctx, { action: "deposits.save", subject: `deposit/${code}` });
  const kept = (await deposits(ctx)).find((one) => one.code === code);
  if (!kept) throw new Error(`deposit ${code} was just saved and is not there`);
  return ok(kept);
}

/** Each country that a legal entity is in, and behind it those entities. */
async function rounding(ctx: Pick<ReadCtx, "db" | "snapshots">): Promise<RoundingSettingView[]> {
  const { entities } = await ctx.snapshots.current(placesSnapshot);
  const { roundingPolicies } = await readSettings(ctx.db);
  const ofCountry = (country: Country): RoundingSettingView => {
    const own = roundingPolicies.get(country) ?? null;
    return { country, entityId: null, entityName: null, own, inForce: own ?? DEFAULT_ROUNDING, from: own ? "country" : "default" };
  };
  const ofEntity = (id: EntityId, name: string, country: Country): RoundingSettingView => {
    const own = roundingPolicies.get(roundingKey(country, id)) ?? null;
    const inForce = roundingPolicyFor({ roundingPolicies }, { country, entityId: id });
    return { country, entityId: id, entityName: name, own, inForce, from: own ? "entity" : ofCountry(country).from };
  };
  const all = [...entities.values()];
  return [...new Set(all.map(({ country }) => country))]
    .toSorted()
    .flatMap((country) => [
      ofCountry(country),
      ...all.filter((entity) => entity.country === country).map(({ id, name }) => ofEntity(id, name, country)),
    ]);
}

async function keepRounding(
  ctx: Ctx,
  country: Country,
  { entityId: given, policy }: ParsedBodyOf<"rounding.set">,
): Promise<Result<{ items: RoundingSettingView[] }, PricingError>> {
  const entityId = asIdOrNull<EntityId>(given);
  const { entities } = await ctx.snapshots.current(placesSnapshot);
  if (entityId !== null && entities.get(entityId)?.country !== country) return err({ code: "pricing.entity_unknown", entityId });
  await setRounding(ctx, { country, entityId, policy });
  const subject = entityId === null ? `rounding/${country}` : `rounding/${country}/${entityId}`;
  await auditWrite(ctx, { action: "rounding.set", subject, reason: policy ? `${policy.level} ${policy.mode}` : "inherited" });
  return ok({ items: await rounding(ctx) });
}
