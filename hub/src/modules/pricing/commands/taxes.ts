import { type EntityId, type Result, err, ok } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { Country, RoundingPolicy, TaxClass, TaxRate } from "../domain/index.ts";
import type { PricingError } from "../errors.ts";
import { announce, raiseRevision } from "./revision.ts";

/** The policy of a country, or of a legal entity in it. */
export type SetRounding = RoundingPolicy & { readonly country: Country; readonly entityId?: EntityId | null };

export type TaxSettings = {
  /** Kinds of goods to add or to rename. */
  readonly classes: readonly { readonly code: TaxClass; readonly name: string }[];
  /** Rates to add; one of the same zone, class, context and date is replaced. Earlier versions stay, for what was sold under them. */
  readonly rates: readonly TaxRate[];
  readonly roundingPolicies: readonly SetRounding[];
};

/** Sets tax classes, rates and rounding. Errors: `pricing.tax_class_unknown`. Publishes `pricing.changed.v1`. */
export async function setTaxRates(
  ctx: Ctx,
  { classes, rates, roundingPolicies }: TaxSettings,
): Promise<Result<{ revision: number }, PricingError>> {
  const revision = await raiseRevision(ctx);
  await saveClasses(ctx, classes);
  const unknown = await findUnknownClass(ctx, rates);
  if (unknown !== undefined) return err({ code: "pricing.tax_class_unknown", taxClass: unknown });
  await saveRates(ctx, rates);
  await savePolicies(ctx, roundingPolicies);
  await announce(ctx, revision, { what: "tax" });
  return ok({ revision });
}

async function saveClasses(ctx: Ctx, classes: TaxSettings["classes"]): Promise<void> {
  await sql`
    insert into pricing.tax_class (code, name)
    select * from unnest(${classes.map(({ code }) => code)}::text[], ${classes.map(({ name }) => name)}::text[])
    on conflict (code) do update set name = excluded.name`.execute(ctx.db);
}

async function findUnknownClass(ctx: Ctx, rates: readonly TaxRate[]): Promise<TaxClass | undefined> {
  const { rows } = await sql<{ taxClass: string }>`
    select given as "taxClass" from unnest(${rates.map(({ taxClass }) => taxClass)}::text[]) as given
     where not exists (select from pricing.tax_class c where c.code = given) limit 1`.execute(ctx.db);
  return rows[0]?.taxClass;
}

async function saveRates(ctx: Ctx, rates: readonly TaxRate[]): Promise<void> {
  await sql`
    insert into pricing.tax_rate (id, country, place_id, tax_class, context, numerator, denominator, valid_from)
    select * from unnest(
      ${rates.map(({ id }) => id)}::uuid[], ${rates.map(({ zone }) => (zone.kind === "country" ? zone.country : null))}::text[],
      ${rates.map(({ zone }) => (zone.kind === "place" ? zone.placeId : null))}::uuid[], ${rates.map(({ taxClass }) => taxClass)}::text[],
      ${rates.map(({ context }) => context ?? null)}::text[], ${rates.map(({ numerator }) => numerator)}::integer[],
      ${rates.map(({ denominator }) => denominator)}::integer[], ${rates.map(({ validFrom }) => validFrom ?? null)}::date[])
    on conflict (country, place_id, tax_class, context, valid_from) do update set
      numerator = excluded.numerator, denominator = excluded.denominator`.execute(ctx.db);
}

async function savePolicies(ctx: Ctx, policies: TaxSettings["roundingPolicies"]): Promise<void> {
  await sql`
    insert into pricing.rounding_policy (country, entity_id, level, mode)
    select * from unnest(${policies.map(({ country }) => country)}::text[], ${policies.map(({ entityId }) => entityId ?? null)}::uuid[],
                         ${policies.map(({ level }) => level)}::text[], ${policies.map(({ mode }) => mode)}::text[])
    on conflict (country, entity_id) do update set level = excluded.level, mode = excluded.mode`.execute(ctx.db);
}

/** Sets how tax is rounded in a country or by a legal entity there, or takes it back: then what stands above holds [PRC-5]. Publishes `pricing.changed.v1`. */
export async function setRounding(
  ctx: Ctx,
  { country, entityId, policy }: { readonly country: Country; readonly entityId: EntityId | null; readonly policy: RoundingPolicy | null },
): Promise<void> {
  const revision = await raiseRevision(ctx);
  if (policy) await savePolicies(ctx, [{ country, entityId, ...policy }]);
  else
    await sql`delete from pricing.rounding_policy where country = ${country} and entity_id is not distinct from ${entityId}::uuid`.execute(
      ctx.db,
    );
  await announce(ctx, revision, { what: "tax" });
}
