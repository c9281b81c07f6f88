import type { TermsView } from "@weft/contracts";
import { asId, err, ok, type RecordId } from "@weft/kernel";
import { z } from "zod";
import {
  pageFrom,
  read,
  readCursor,
  write,
  type Actor,
  type Ctx,
  type Input,
  type ReadCtx,
  type Route,
  type Vault,
} from "../../platform/index.ts";
import { auditWrite, staffNames, visibleFields } from "../access/index.ts";
import { customerOf, isOpenedAtTill, recordIdOf } from "../customers/index.ts";
import { confirm, decide, liftSuppression, setPreferences, suppress, toChange, type Choice } from "./commands/index.ts";
import { CONSENT_PROBLEMS, type ConsentError } from "./errors.ts";
import { linkRoutes } from "./link-routes.ts";
import { presentEntry, presentSuppression, showTerms } from "./present.ts";
import { decisionPage, recordSetsOf, suppressionPage } from "./queries.ts";
import { entityRules, setEntityRule } from "./rules.ts";
import { shownTerms } from "./shown.ts";
import { entersForOthers, sourceOf } from "./source.ts";

export type ConsentDeps = { readonly vault: Vault };

export const consentRoutes = (deps: ConsentDeps): readonly Route[] => [
  ...termsRoutes(deps),
  ...suppressionRoutes(deps),
  ...ruleRoutes,
  ...linkRoutes(deps),
];

const UNKNOWN: ConsentError = { code: "customer.unknown" };
const problems = CONSENT_PROBLEMS;
/** What staff read of somebody is shown to them where it is told, by the screens of the till. */
const ownTerms = (terms: TermsView, _input: unknown, actor: Actor) => shownTerms(terms, actor);
const Cursor = z.tuple([z.iso.datetime({ offset: true }), z.uuid()]);

const termsRoutes = ({ vault }: ConsentDeps): readonly Route[] => [
  read(
    "consent.read",
    async (ctx, { params }) => {
      const recordId = await whose(ctx, params.id);
      return recordId ? ok(await showTerms(ctx, vault, recordId)) : err(UNKNOWN);
    },
    { problems, audit: ({ params }) => (params.id === "me" ? null : `customer/${params.id}`), shown: ownTerms },
  ),
  read(
    "consent.history",
    async (ctx, { params, query }) => {
      const recordId = await whose(ctx, params.id);
      if (!recordId) return err(UNKNOWN);
      const recordIds = [...(await recordSetsOf(ctx, recordId)).customer];
      const rows = await decisionPage(ctx, { recordIds, before: readCursor(Cursor, query.cursor), limit: query.limit + 1 });
      const mayReadNotes = visibleFields(ctx.actor).has("notes");
      return ok(
        pageFrom(
          rows,
          query.limit,
          (row) => presentEntry(row, mayReadNotes),
          ({ at, id }) => [at.toISOString(), id],
        ),
      );
    },
    { problems, audit: ({ params }) => (params.id === "me" ? null : `customer/${params.id}`) },
  ),
  write("consent.decide", (ctx, { params, body }) => decideFor(ctx, vault, params.id, body), { problems, shown: ownTerms }),
  write(
    "consent.allowUse",
    (ctx, { params, body: { isAllowed, ...said } }) =>
      decideFor(ctx, vault, params.id, { ...said, choices: [{ purpose: params.purpose, state: isAllowed ? "granted" : "withdrawn" }] }),
    { problems, shown: ownTerms },
  ),
  write(
    "consent.setPreferences",
    async (ctx, { params, body }) => {
      const recordId = await whose(ctx, params.id);
      if (!recordId) return err(UNKNOWN);
      await setPreferences(ctx, recordId, await sourceOf(ctx), toChange(body));
      await audit(ctx, "consent.setPreferences", recordId);
      return ok(await showTerms(ctx, vault, recordId));
    },
    { problems, shown: ownTerms },
  ),
  write(
    "consent.confirm",
    async (ctx, { body }) => {
      const confirmed = await confirm(ctx, vault, body.token);
      return confirmed.ok ? ok({ granted: confirmed.value }) : confirmed;
    },
    { problems },
  ),
];

type Deciding = Omit<Input<"consent.decide">["body"], "choices"> & { readonly choices: readonly Choice[] };

async function decideFor(ctx: Ctx, vault: Vault, id: string, { choices, proof, wordingVersion, language }: Deciding) {
  const recordId = await whose(ctx, id);
  if (!recordId) return err(UNKNOWN);
  if (entersForOthers(ctx.actor) && !proof) return err<ConsentError>({ code: "consent.proof_missing" });
  const decided = await decide(ctx, vault, {
    recordId,
    choices,
    source: await sourceOf(ctx),
    wordingVersion,
    language,
    proof: proof ? { how: proof.how, note: proof.note ?? null } : null,
    isFromMailbox: false,
  });
  if (!decided.ok) return decided;
  await audit(ctx, "consent.decide", recordId);
  return ok(await showTerms(ctx, vault, recordId));
}

const suppressionRoutes = ({ vault }: ConsentDeps): readonly Route[] => [
  read(
    "consent.suppressions",
    async (ctx, { query }) => {
      const before = readCursor(Cursor, query.cursor);
      const rows = await suppressionPage(ctx, { isLifted: query.state === "lifted", before, limit: query.limit + 1 });
      const names = await staffNames(
        ctx,
        rows.flatMap(({ by, liftedBy }) => [by, liftedBy].filter((id) => id !== null)),
      );
      return ok(
        pageFrom(
          rows,
          query.limit,
          (row) => presentSuppression(row, names),
          ({ at, id }) => [at.toISOString(), id],
        ),
      );
    },
    { problems },
  ),
  write(
    "consent.suppress",
    async (ctx, { body }) => {
      const suppressed = await suppress(ctx, vault, body);
      if (!suppressed.ok) return suppressed;
      await auditWrite(ctx, { action: "consent.suppress", subject: `suppression/${suppressed.value}`, reason: body.note });
      return ok({ id: suppressed.value });
    },
    { problems },
  ),
  write(
    "consent.liftSuppression",
    async (ctx, { params, body }) => {
      await auditWrite(ctx, { action: "consent.liftSuppression", subject: `suppression/${params.id}`, reason: body.note });
      return liftSuppression(ctx, asId(params.id));
    },
    { problems },
  ),
];

const ruleRoutes: readonly Route[] = [
  read("consent.entityRules", async (ctx) => ok({ items: await entityRules(ctx) }), { problems: {} }),
  write("consent.setEntityRule", (ctx, { params, body }) => setEntityRule(ctx, asId(params.id), body.asksTwice), { problems }),
];

/**
 * The record that a caller reads or decides for: their own, their channel's, or any for staff who see contacts; other staff only the
 * customer whom they opened at this till [IDN-12].
 */
async function whose(ctx: Pick<ReadCtx, "db" | "actor" | "snapshots">, id: string): Promise<RecordId | undefined> {
  const recordId = await recordIdOf(ctx, id);
  if (!recordId || !ctx.actor.staff || visibleFields(ctx.actor).has("contact")) return recordId;
  return (await isOpenedAtTill(ctx, id)) ? recordId : undefined;
}

async function audit(ctx: Ctx, action: string, recordId: RecordId): Promise<void> {
  await auditWrite(ctx, { action, subject: `customer/${await customerOf(ctx, recordId)}` });
}
