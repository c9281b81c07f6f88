import type { CompanyMemberView, CompanyPageView, CompanyView, OwnCompanyView } from "@weft/contracts";
import type { ChannelId, Money, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { idList, type ReadCtx } from "../../platform/index.ts";
import { customersByIds, customersOf } from "../customers/index.ts";
import { pricingSnapshot } from "../pricing/index.ts";
import { byCustomer, mayOrder, strongest, type BuyingCompany, type CompanyId, type CompanyState, type Membership } from "./domain/index.ts";

type Reader = Pick<ReadCtx, "db">;

type CompanyRow = {
  readonly id: CompanyId;
  readonly state: CompanyState;
  readonly name: string;
  readonly country: string;
  readonly vatNumber: string | null;
  readonly address: CompanyView["address"];
  readonly priceGroup: string | null;
  readonly currency: string | null;
  readonly orderLimit: number | null;
  readonly monthLimit: number | null;
  readonly used: number;
  readonly members: number;
  readonly suggested: number;
  readonly version: number;
  readonly updatedAt: Date;
};

/** What was ordered this month is counted by the calendar of UTC here: which month an order counts for is decided where it is placed. */
const COMPANY = sql`c.id, c.state, c.name, c.country, c.vat_number as "vatNumber", c.address, c.price_group as "priceGroup", c.currency,
  c.order_limit as "orderLimit", c.month_limit as "monthLimit", c.version, c.updated_at as "updatedAt",
  coalesce((select sum(p.amount) from companies.purchase p where p.company_id = c.id and p.currency = c.currency
    and p.month = date_trunc('month', now() at time zone 'utc')::date), 0)::float8 as used,
  (select count(*)::integer from companies.membership m where m.company_id = c.id and m.state = 'active') as members,
  (select count(*)::integer from companies.membership m where m.company_id = c.id and m.state = 'suggested') as suggested`;

export type CompanyFilter = {
  readonly query: string | null;
  readonly state: CompanyState | null;
  readonly after: readonly [name: string, id: string] | null;
  readonly limit: number;
};

/** Companies by name: those that have the text in it, whose VAT number begins so, or that a channel calls so. */
export async function companyPage(ctx: Reader, { query, state, after, limit }: CompanyFilter): Promise<CompanyView[]> {
  const text = query?.trim() ?? "";
  const [name, id] = after ?? [null, null];
  const like = `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
  const number = `${text.toUpperCase().replaceAll(/[^0-9A-Z]/g, "")}%`;
  const { rows } = await sql<CompanyRow>`
    select ${COMPANY} from companies.company c
     where (${state}::text is null or c.state = ${state}) and (${name}::text is null or (lower(c.name), c.id) > (${name}::text, ${id}::uuid))
       and (${text} = '' or c.name ilike ${like} or (length(${number}) > 3 and c.vat_number like ${number})
         or exists (select from companies.channel_name n where n.company_id = c.id and n.external_id = ${text}))
     order by lower(c.name), c.id limit ${limit}`.execute(ctx.db);
  return rows.map(presentCompany);
}

const money = (amount: number | null, currency: string | null): Money | null =>
  amount === null || currency === null ? null : { amount, currency };

function presentCompany({ orderLimit, monthLimit, used, updatedAt, address, ...company }: CompanyRow): CompanyView {
  const { currency } = company;
  return {
    ...company,
    address,
    orderLimit: money(orderLimit, currency),
    monthLimit: money(monthLimit, currency),
    used: money(used, currency),
    updatedAt: updatedAt.toISOString(),
  };
}

/** A company with its people, one entry for each customer; their names only for who may read them. */
export async function readCompany(ctx: Reader, id: CompanyId, mayReadNames: boolean): Promise<CompanyPageView | undefined> {
  const { rows } = await sql<CompanyRow>`select ${COMPANY} from companies.company c where c.id = ${id}`.execute(ctx.db);
  const [row] = rows;
  if (!row) return undefined;
  const { rows: names } = await sql<{ channelId: ChannelId; externalId: string }>`
    select channel_id as "channelId", external_id as "externalId" from companies.channel_name where company_id = ${id} order by 1, 2 limit 50`.execute(
    ctx.db,
  );
  return { ...presentCompany(row), people: await peopleOf(ctx, id, mayReadNames), names };
}

async function peopleOf(ctx: Reader, id: CompanyId, mayReadNames: boolean): Promise<CompanyMemberView[]> {
  const { rows } = await sql<Membership>`
    select record_id as "recordId", role, state, source, since from companies.membership
     where company_id = ${id} and state <> 'ended' order by since, record_id limit 1000`.execute(ctx.db);
  const customers = await customersOf(
    ctx,
    rows.map(({ recordId }) => recordId),
  );
  const people = [...byCustomer(rows, customers)];
  const shown = mayReadNames
    ? await customersByIds(
        ctx,
        people.map(([customerId]) => customerId),
      )
    : [];
  const names = new Map(shown.map(({ id: own, givenName, familyName }) => [own, [givenName, familyName].filter(Boolean).join(" ")]));
  return people.map(([customerId, { role, state, source, since }]) => ({
    customerId,
    name: names.get(customerId) || null,
    role,
    state,
    mayOrder: mayOrder({ role, state }),
    source,
    since: since.toISOString(),
  }));
}

type OwnRow = Membership &
  Omit<CompanyRow, "members" | "suggested" | "version" | "updatedAt" | "address"> & { readonly companyState: CompanyState };

/** The companies of a customer, from all their records: for each what they are to it. Archived ones order nothing and are not named. */
export async function companiesOfRecords(ctx: Reader, recordIds: readonly RecordId[]): Promise<OwnCompanyView[]> {
  const { rows } = await sql<OwnRow>`
    select c.id, c.state as "companyState", c.name, c.vat_number as "vatNumber", c.currency, c.order_limit as "orderLimit", c.month_limit as "monthLimit",
           coalesce((select sum(p.amount) from companies.purchase p where p.company_id = c.id and p.currency = c.currency
             and p.month = date_trunc('month', now() at time zone 'utc')::date), 0)::float8 as used,
           m.record_id as "recordId", m.role, m.state, m.source, m.since
      from companies.membership m join companies.company c on c.id = m.company_id
     where m.record_id = any (${idList(recordIds)}) and m.state <> 'ended' and c.state <> 'archived'
     order by lower(c.name), c.id, m.since limit 200`.execute(ctx.db);
  const companies = new Map<CompanyId, [OwnRow, ...OwnRow[]]>();
  for (const row of rows) {
    const before = companies.get(row.id);
    if (before) before.push(row);
    else companies.set(row.id, [row]);
  }
  return [...companies.values()].map((own) => presentOwn(strongest(own)));
}

function presentOwn({ id, name, vatNumber, companyState, role, state, currency, orderLimit, monthLimit, used }: OwnRow): OwnCompanyView {
  return {
    id,
    name,
    vatNumber,
    state: companyState,
    role,
    membership: state,
    mayOrder: companyState === "active" && mayOrder({ role, state }),
    orderLimit: money(orderLimit, currency),
    monthLeft: money(monthLimit === null ? null : Math.max(0, monthLimit - used), currency),
  };
}

/** A company as a cart of these records would be bought for it; null when they may not order for it [CMP-4]. */
export async function companyForCart(ctx: Reader, id: CompanyId, recordId: RecordId): Promise<BuyingCompany | null> {
  const { rows } = await sql<{ company: BuyingCompany | null }>`
    select companies.for_cart(${id}, array(select customers.records_of(${recordId}))) as company`.execute(ctx.db);
  return rows[0]?.company ?? null;
}

/** The customer groups that price lists or companies name, for who gives a company its prices. */
export async function priceGroups(ctx: Pick<ReadCtx, "db" | "snapshots">): Promise<string[]> {
  const { lists } = await ctx.snapshots.current(pricingSnapshot);
  const { rows } = await sql<{ priceGroup: string }>`
    select distinct price_group as "priceGroup" from companies.company where price_group is not null`.execute(ctx.db);
  const groups = [...lists.flatMap(({ scope }) => scope.customerGroups ?? []), ...rows.map(({ priceGroup }) => priceGroup)];
  return [...new Set(groups)].toSorted();
}

/** What some records are and were to companies, for portability, and for comparing before a merge and after its undoing. */
export async function companiesHeldOf(ctx: Reader, recordIds: readonly RecordId[]): Promise<unknown> {
  const ids = idList(recordIds);
  const { rows: memberships } = await sql`
    select c.name as company, m.role, m.state, m.source, m.since, m.ended_at as "endedAt"
      from companies.membership m join companies.company c on c.id = m.company_id
     where m.record_id = any (${ids}) order by m.since, m.id`.execute(ctx.db);
  const { rows: purchases } = await sql`
    select c.name as company, p.order_id as "orderId", p.amount, p.currency, p.at
      from companies.purchase p join companies.company c on c.id = p.company_id
     where p.record_id = any (${ids}) order by p.at, p.order_id`.execute(ctx.db);
  return { memberships, purchases };
}
