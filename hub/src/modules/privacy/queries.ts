import type { PrivacyRequestView, PrivacyStepView } from "@weft/contracts";
import type { RecordId, StaffId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import { staffNames } from "../access/index.ts";
import { customersByIds, customersOf } from "../customers/index.ts";
import type { RequestId } from "./domain/index.ts";

type Reader = Pick<ReadCtx, "db">;

type Row = Pick<PrivacyRequestView, "kind" | "state" | "how" | "text" | "isExtended"> & {
  readonly id: RequestId;
  readonly recordId: RecordId;
  readonly receivedAt: Date;
  readonly dueAt: Date;
  readonly closedAt: Date | null;
};

const COLUMNS = sql`id, record_id as "recordId", kind, state, how, text, is_extended as "isExtended", received_at as "receivedAt", due_at as "dueAt",
  closed_at as "closedAt"`;

export type RequestPage = {
  readonly isOpen: boolean;
  readonly after: readonly [string, string] | null;
  readonly limit: number;
};

/** Requests that wait, the first due first; or those that are closed, the newest first. */
export async function requestPage(ctx: Reader, { isOpen, after, limit }: RequestPage): Promise<Row[]> {
  const [at, id] = after ?? [null, null];
  const { rows } = isOpen
    ? await sql<Row>`
        select ${COLUMNS} from privacy.request
         where state = 'open' and (${at}::timestamptz is null or (due_at, id) > (${at}::timestamptz, ${id}::uuid))
         order by due_at, id limit ${limit}`.execute(ctx.db)
    : await sql<Row>`
        select ${COLUMNS} from privacy.request
         where state <> 'open' and (${at}::timestamptz is null or (closed_at, id) < (${at}::timestamptz, ${id}::uuid))
         order by closed_at desc, id desc limit ${limit}`.execute(ctx.db);
  return rows;
}

/** What some records asked for, the newest first. */
export async function requestsOf(ctx: Reader, recordIds: readonly RecordId[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from privacy.request where record_id = any (${[...recordIds]}::uuid[]) order by received_at desc, id desc limit 200`.execute(
    ctx.db,
  );
  return rows;
}

export async function readRequest(ctx: Reader, id: RequestId): Promise<Row | undefined> {
  const { rows } = await sql<Row>`select ${COLUMNS} from privacy.request where id = ${id}`.execute(ctx.db);
  return rows[0];
}

type StepRow = Omit<PrivacyStepView, "at" | "byName"> & {
  readonly requestId: RequestId;
  readonly at: Date;
  readonly staffId: StaffId | null;
};

/** Requests with all that was done with them, and whose they are where the reader may see names. */
export async function presentRequests(ctx: Reader, requests: readonly Row[], mayReadNames: boolean): Promise<PrivacyRequestView[]> {
  const { rows: steps } = await sql<StepRow>`
    select request_id as "requestId", at, kind, staff_id as "staffId", note from privacy.request_step
     where request_id = any (${requests.map(({ id }) => id)}::uuid[]) order by request_id, seq`.execute(ctx.db);
  const staff = await staffNames(
    ctx,
    steps.flatMap(({ staffId }) => staffId ?? []),
  );
  const customers = await customersOf(
    ctx,
    requests.map(({ recordId }) => recordId),
  );
  const people = mayReadNames ? await customersByIds(ctx, [...new Set(customers.values())]) : [];
  const names = new Map(people.map(({ id, givenName, familyName }) => [id, [givenName, familyName].filter(Boolean).join(" ")]));
  return requests.map(({ recordId, receivedAt, dueAt, closedAt, ...request }) => {
    const customerId = customers.get(recordId) ?? recordId;
    return {
      ...request,
      customerId,
      customerName: names.get(customerId) || null,
      receivedAt: receivedAt.toISOString(),
      dueAt: dueAt.toISOString(),
      closedAt: closedAt?.toISOString() ?? null,
      steps: steps
        .filter(({ requestId }) => requestId === request.id)
        .map(({ at, kind, staffId, note }) => ({ at: at.toISOString(), kind, byName: (staffId && staff.get(staffId)) ?? null, note })),
    };
  });
}

/** What some records asked for, for portability, and for comparing before a merge and after its undoing. */
export async function requestsHeldOf(ctx: Reader, recordIds: readonly RecordId[]): Promise<unknown> {
  return (await requestsOf(ctx, recordIds)).map(({ kind, state, how, text, receivedAt, dueAt, closedAt }) => ({
    kind,
    state,
    how,
    text,
    receivedAt,
    dueAt,
    closedAt,
  }));
}
