import { err, ok, type CustomerId, type LinkId } from "@weft/kernel";
import type { CustomerResolutionView } from "@weft/contracts";
import { auditWrite, setSessionCookie } from "../../access/index.ts";
import { committed, write, type Ctx, type Route } from "../../../platform/index.ts";
import type { ChallengeId } from "../commands/challenges.ts";
import { changeOnChannel, isPublic, sayOfPerson } from "../commands/change.ts";
import { eraseCustomer } from "../commands/erase.ts";
import { mergeCustomers, withdrawLink } from "../commands/link.ts";
import { claimRecord, confirmContact } from "../commands/sign-in.ts";
import type { RecordInput, Resolution } from "../commands/write-record.ts";
import { CUSTOMER_PROBLEMS, type CustomerError } from "../errors.ts";
import { customerOf, recordIdOf } from "../queries/who.ts";
import type { CustomersDeps } from "./deps.ts";

const UNKNOWN: CustomerError = { code: "customer.unknown" };

export const peopleRoutes = (deps: CustomersDeps): readonly Route[] => [...recordRoutes(deps), ...linkRoutes(deps), ...privacyRoutes(deps)];

const recordRoutes = (deps: CustomersDeps): readonly Route[] => [
  write(
    "customers.create",
    async (ctx, { body }) => {
      const { verified = [], ...said } = body;
      const written = await sayOfPerson(ctx, given(said), verified);
      if (!written.ok) return written;
      // A publishable key is in everybody's browser: it must not learn who is a customer, so it gets no body at all.
      if (isPublic(ctx.actor)) return ok(null as unknown as CustomerResolutionView);
      await audit(ctx, "customers.create", written.value.customerId);
      return resolutionOf(ctx, deps, written.value);
    },
    {
      problems: CUSTOMER_PROBLEMS,
      status: (answer: CustomerResolutionView | null) => (answer === null ? 202 : 201),
      recordOf: (answer: CustomerResolutionView | null) => answer?.recordId ?? null,
    },
  ),
  write(
    "customers.update",
    async (ctx, { params, body }) => {
      const known = await recordIdOf(ctx, params.id);
      if (!known) return err(UNKNOWN);
      const changed = await changeOnChannel(ctx, await customerOf(ctx, known), given(body));
      if (!changed.ok) return changed;
      const customerId = await customerOf(ctx, changed.value);
      await audit(ctx, "customers.update", customerId);
      const page = await deps.screens.page(ctx, customerId);
      return page ? ok(page) : err(UNKNOWN);
    },
    { problems: CUSTOMER_PROBLEMS, recordOf: ({ records }) => records[0]?.id ?? null },
  ),
];

const linkRoutes = (deps: CustomersDeps): readonly Route[] => [
  write(
    "customers.merge",
    async (ctx, { params, body }) => {
      const [a, b] = [params.id as CustomerId, body.otherId as CustomerId]; // ids by the contract
      const merged = await mergeCustomers(ctx, a, b, body.reason);
      if (!merged.ok) return merged;
      await audit(ctx, "customers.merge", a);
      const [customer] = await deps.screens.customers(ctx, [await customerOf(ctx, params.id as never)]); // a customer's id is that of a record
      return customer ? ok({ mergeId: merged.value, customer }) : err(UNKNOWN);
    },
    { problems: CUSTOMER_PROBLEMS, recordOf: ({ customer }) => customer.id },
  ),
  write(
    "customers.unmerge",
    async (ctx, { params }) => {
      const split = await withdrawLink(ctx, params.id as LinkId); // an id by the contract
      if (!split.ok) return split;
      for (const id of split.value) await audit(ctx, "customers.unmerge", id);
      return ok({ customers: await deps.screens.customers(ctx, split.value) });
    },
    { problems: CUSTOMER_PROBLEMS, recordOf: ({ customers }) => customers[0]?.id ?? null },
  ),
];

const privacyRoutes = (deps: CustomersDeps): readonly Route[] => [
  write(
    "customers.erase",
    async (ctx, { params }) => {
      const known = await recordIdOf(ctx, params.id);
      if (!known) return err(UNKNOWN);
      const customerId = await customerOf(ctx, known);
      const erased = await eraseCustomer(ctx, customerId, deps.erasureHooks);
      if (!erased.ok) return erased;
      await auditWrite(ctx, { action: "customers.erase", subject: `customer/${customerId}` });
      return ok(null);
    },
    { problems: CUSTOMER_PROBLEMS },
  ),
  write(
    "customers.confirmContact",
    async (ctx, { body }) => {
      const confirmed = await confirmContact(ctx, deps.vault, { challengeId: body.challengeId as ChallengeId, code: body.code }); // an id by the contract
      if (!confirmed.ok) return confirmed;
      if (confirmed.value.kind === "refused") return ok(committed(confirmed.value.error));
      return resolutionOf(ctx, deps, confirmed.value.resolution);
    },
    { problems: CUSTOMER_PROBLEMS, recordOf: ({ recordId }) => recordId },
  ),
  write(
    "customers.claim",
    async (ctx, input) => {
      const claimed = await claimRecord(ctx, input.params.code, input.sessionName);
      if (!claimed.ok) return claimed;
      if (claimed.value.session) setSessionCookie(input, claimed.value.session);
      const [customer] = await deps.screens.customers(ctx, [claimed.value.customerId]);
      return customer ? ok(customer) : err(UNKNOWN);
    },
    { problems: CUSTOMER_PROBLEMS, recordOf: ({ id }) => id },
  ),
];

async function resolutionOf(ctx: Ctx, deps: CustomersDeps, { resolution, because, recordId, customerId }: Resolution) {
  const [customer] = await deps.screens.customers(ctx, [customerId]);
  return customer ? ok({ resolution, because, recordId, customer }) : err(UNKNOWN);
}

/** What was said; a field that is absent says nothing. */
function given(body: { readonly [Field in keyof RecordInput]?: RecordInput[Field] | undefined }): RecordInput {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

/** Writes of people about others are audited; what customers do with their own data is not. */
async function audit(ctx: Ctx, action: string, customerId: string): Promise<void> {
  if (ctx.actor.staff || ctx.actor.kind === "secret") await auditWrite(ctx, { action, subject: `customer/${customerId}` });
}
