import { err, ok, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import type { CompanyId } from "../domain/index.ts";
import type { CompanyError } from "../errors.ts";
import { CompanyChanged } from "../events.ts";
import { lockCompany, subjectOf } from "./company.ts";

export type CreditTerms = {
  readonly currency: string;
  /** The most that may be open at a time, minor units. */
  readonly limit: number;
  readonly termsDays: number;
};

/**
 * Lets a company buy on account in a currency, or changes up to how much; null takes it away, and what is owed stays owed [CMP-10]. A limit below
 * what is owed lets nothing more be bought. Errors: `company.unknown`, `company.archived`. Publishes `company.changed.v1`.
 */
export async function setCredit(
  ctx: Ctx,
  id: CompanyId,
  currency: string,
  terms: Omit<CreditTerms, "currency"> | null,
): Promise<Result<null, CompanyError>> {
  const company = await lockCompany(ctx, id);
  if (!company) return err({ code: "company.unknown" });
  if (company.state !== "active") return err({ code: company.state === "archived" ? "company.archived" : "company.unknown" });
  if (terms === null) await sql`delete from companies.credit where company_id = ${id} and currency = ${currency}`.execute(ctx.db);
  else
    await sql`
      insert into companies.credit (company_id, currency, credit_limit, terms_days, updated_at)
      values (${id}, ${currency}, ${terms.limit}, ${terms.termsDays}, ${ctx.now})
      on conflict (company_id, currency) do update set credit_limit = excluded.credit_limit, terms_days = excluded.terms_days, updated_at = excluded.updated_at`.execute(
      ctx.db,
    );
  const { rows } = await sql<{ version: number }>`
    update companies.company set version = version + 1, updated_at = ${ctx.now} where id = ${id} returning version`.execute(ctx.db);
  await publish(ctx, CompanyChanged, subjectOf(id), { companyId: id, state: company.state, version: rows[0]?.version ?? company.version });
  return ok(null);
}

/** Takes the lock of a company for who books on its account; false when there is none. */
export async function lockForBooking(ctx: Pick<Ctx, "db">, id: CompanyId): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select companies.lock_company(${id}) as found`.execute(ctx.db);
  return rows[0]?.found ?? false;
}
