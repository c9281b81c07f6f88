import { asId, err, ok, type RecordId, type Result } from "@weft/kernel";
import type { CompanyPageView } from "@weft/contracts";
import { z } from "zod";
import { pageFrom, read, readCursor, write, type Ctx, type ReadCtx, type Route } from "../../platform/index.ts";
import { auditWrite, visibleFields } from "../access/index.ts";
import { customerOf, isOpenedAtTill, recordIdOf, recordsOf } from "../customers/index.ts";
import {
  changeCompany,
  confirmCompany,
  createCompany,
  deleteCompany,
  removeMember,
  setArchived,
  setMember,
  takeUpCompany,
} from "./commands/index.ts";
import type { CompanyId } from "./domain/index.ts";
import { COMPANY_PROBLEMS, type CompanyError } from "./errors.ts";
import { companiesOfRecords, companyPage, priceGroups, readCompany } from "./queries.ts";

const problems = COMPANY_PROBLEMS;
const PROBLEMS = { problems };
const Cursor = z.tuple([z.string().max(400), z.uuid()]);
const UNKNOWN: CompanyError = { code: "company.unknown" };
const NOBODY: CompanyError = { code: "customer.unknown" };
const idOf = (params: { readonly id: string }): CompanyId => asId<CompanyId>(params.id);

export const companiesRoutes: readonly Route[] = [
  read(
    "companies.list",
    async (ctx, { query }) => {
      const after = readCursor(Cursor, query.cursor);
      const found = await companyPage(ctx, { query: query.query ?? null, state: query.state ?? null, after, limit: query.limit + 1 });
      return ok(
        pageFrom(
          found,
          query.limit,
          (row) => row,
          ({ name, id }) => [name.toLowerCase(), id],
        ),
      );
    },
    PROBLEMS,
  ),
  read("companies.read", async (ctx, { params }) => shown(ctx, idOf(params)), {
    problems,
    audit: (_input, { people, id }) => (people.length > 0 ? `company/${id}` : null),
  }),
  read("companies.priceGroups", async (ctx) => ok({ items: await priceGroups(ctx) }), PROBLEMS),
  read(
    "companies.ofCustomer",
    async (ctx, { params }) => {
      const recordId = await whose(ctx, params.id);
      if (!recordId) return err(NOBODY);
      return ok({ items: await companiesOfRecords(ctx, await recordsOf(ctx, await customerOf(ctx, recordId))) });
    },
    { problems, audit: ({ params }) => (params.id === "me" ? null : `customer/${params.id}`) },
  ),
  write(
    "companies.create",
    async (ctx, { body }) => {
      const created = await createCompany(ctx, body);
      return created.ok ? answer(ctx, "companies.create", created.value) : created;
    },
    PROBLEMS,
  ),
  write(
    "companies.update",
    async (ctx, { params, body }) => after(ctx, "companies.update", idOf(params), await changeCompany(ctx, idOf(params), given(body))),
    PROBLEMS,
  ),
  write(
    "companies.confirm",
    async (ctx, { params, body: { intoId } }) => {
      const id = idOf(params);
      if (intoId === null) return after(ctx, "companies.confirm", id, await confirmCompany(ctx, id));
      const into = asId<CompanyId>(intoId);
      return after(ctx, "companies.confirm", into, await takeUpCompany(ctx, id, into));
    },
    PROBLEMS,
  ),
  write(
    "companies.archive",
    async (ctx, { params }) => after(ctx, "companies.archive", idOf(params), await setArchived(ctx, idOf(params), true)),
    PROBLEMS,
  ),
  write(
    "companies.restore",
    async (ctx, { params }) => after(ctx, "companies.restore", idOf(params), await setArchived(ctx, idOf(params), false)),
    PROBLEMS,
  ),
  write(
    "companies.delete",
    async (ctx, { params }) => {
      const deleted = await deleteCompany(ctx, idOf(params));
      if (deleted.ok) await auditWrite(ctx, { action: "companies.delete", subject: `company/${params.id}` });
      return deleted;
    },
    PROBLEMS,
  ),
  write(
    "companies.setMember",
    async (ctx, { params, body }) => {
      const recordId = await recordIdOf(ctx, params.customerId);
      if (!recordId) return err(NOBODY);
      const done = await setMember(ctx, idOf(params), recordId, body.role);
      return done.ok ? aboutMember(ctx, "companies.setMember", idOf(params), recordId, body.role) : done;
    },
    PROBLEMS,
  ),
  write(
    "companies.removeMember",
    async (ctx, { params }) => {
      const recordId = await recordIdOf(ctx, params.customerId);
      if (!recordId) return err(NOBODY);
      const done = await removeMember(ctx, idOf(params), recordId);
      return done.ok ? aboutMember(ctx, "companies.removeMember", idOf(params), recordId) : done;
    },
    PROBLEMS,
  ),
];

/** What of a change is said: a field that is absent stays, null takes it away. */
function given<T extends object>(body: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // Only values that are there are left, which the type cannot follow.
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** The customer whom a path names; staff without contacts ask of whom they opened at the till. */
async function whose(ctx: Pick<ReadCtx, "db" | "actor" | "snapshots">, id: string): Promise<RecordId | undefined> {
  const recordId = await recordIdOf(ctx, id);
  if (!recordId || !ctx.actor.staff || visibleFields(ctx.actor).has("contact")) return recordId;
  return (await isOpenedAtTill(ctx, id)) ? recordId : undefined;
}

async function shown(ctx: Pick<ReadCtx, "db" | "actor">, id: CompanyId): Promise<Result<CompanyPageView, CompanyError>> {
  const company = await readCompany(ctx, id, visibleFields(ctx.actor).has("contact"));
  return company ? ok(company) : err(UNKNOWN);
}

async function after(
  ctx: Ctx,
  action: string,
  id: CompanyId,
  done: Result<null, CompanyError>,
): Promise<Result<CompanyPageView, CompanyError>> {
  return done.ok ? answer(ctx, action, id) : done;
}

async function answer(ctx: Ctx, action: string, id: CompanyId): Promise<Result<CompanyPageView, CompanyError>> {
  await auditWrite(ctx, { action, subject: `company/${id}` });
  return shown(ctx, id);
}

async function aboutMember(
  ctx: Ctx,
  action: string,
  id: CompanyId,
  recordId: RecordId,
  role?: string,
): Promise<Result<CompanyPageView, CompanyError>> {
  const reason = role === undefined ? `company/${id}` : `company/${id} ${role}`;
  await auditWrite(ctx, { action, subject: `customer/${await customerOf(ctx, recordId)}`, reason });
  return shown(ctx, id);
}
