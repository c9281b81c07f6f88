import { Readable } from "node:stream";
import { asId, err, ok, type EntityId, type PlaceId, type RegisterId } from "@weft/kernel";
import { z } from "zod";
import {
  dbOn,
  inTransaction,
  pageFrom,
  problemOf,
  raw,
  read,
  readCursor,
  sendProblem,
  write,
  type Ctx,
  type RawCall,
  type ReadCtx,
  type Route,
} from "../../platform/index.ts";
import { requestArchive, requestCheck, setIdentity, tellTaken, type ArchiveId, type TakenFor } from "./archive/archives.ts";
import type { HubJournal } from "./archive/hub-journal.ts";
import { archiveParts } from "./archive/jobs.ts";
import { dsfinvkZip } from "./country/germany/export.ts";
import type { Tse } from "./country/germany/tse.ts";
import { TILL_PROBLEMS, type TillError } from "./errors.ts";
import { journalClosings, journalEntries, journalEntry, type EntryCursor } from "./queries/journal-entries.ts";
import { fiscalArchives, fiscalIdentities, isRegisterAt, journalChecks, journalRegisters } from "./queries/journal.ts";

export type JournalDeps = HubJournal & { readonly tse: Tse | null };

const problems = TILL_PROBLEMS;
const Cursor = z.tuple([z.string().max(40), z.uuid(), z.string().max(1), z.int()]);
const FORBIDDEN: TillError = { code: "till.other_place" };

/** The journal in the office: what registers wrote, whether it holds, and what leaves the house. */
export const journalRoutes = (deps: JournalDeps): readonly Route[] => [
  read("journal.registers", async (ctx, { query }) => ok({ items: await journalRegisters(ctx, ownPlaces(ctx, query.placeId)) }), {
    problems,
  }),
  read(
    "journal.entries",
    async (ctx, { query: { placeId, registerId, chain, type, day, cursor, limit } }) => {
      const wanted = { registerId: registerId ?? null, chain: chain ?? null, type: type ?? null, day: day ?? null };
      const found = await journalEntries(ctx, {
        ...wanted,
        placeIds: ownPlaces(ctx, placeId),
        after: readCursor(Cursor, cursor) ?? null,
        limit: limit + 1,
      });
      return ok(paged(found, limit));
    },
    { problems },
  ),
  read(
    "journal.entry",
    async (ctx, { params }) => {
      const entry = await journalEntry(ctx, params, ownPlaces(ctx));
      return entry ? ok(entry) : err<TillError>({ code: "till.entry_unknown" });
    },
    { problems },
  ),
  read(
    "journal.closings",
    async (ctx, { query: { placeId, registerId, cursor, limit } }) => {
      const found = await journalClosings(ctx, {
        placeIds: ownPlaces(ctx, placeId),
        registerId: registerId ?? null,
        after: readCursor(Cursor, cursor) ?? null,
        limit: limit + 1,
      });
      return ok(paged(found, limit));
    },
    { problems },
  ),
  read("journal.checks", async (ctx) => ok({ items: await journalChecks(ctx, ownPlaces(ctx)) }), { problems }),
  write(
    "journal.check",
    async (ctx, { body: { registerId } }) => {
      const placeIds = ownPlaces(ctx);
      if (registerId !== undefined && !(await isRegisterAt(ctx, asId<RegisterId>(registerId), placeIds)))
        return err<TillError>({ code: "till.register_unknown" });
      return shownCheck(
        ctx,
        await requestCheck(ctx, registerId === undefined ? { kind: "places", placeIds } : { kind: "register", registerId }),
      );
    },
    { problems },
  ),
  read("journal.identities", async (ctx) => ok({ items: await fiscalIdentities(ctx) }), { problems }),
  write(
    "journal.setIdentity",
    async (ctx, { params, body }) => {
      if (!isEverywhere(ctx)) return err(FORBIDDEN);
      const set = await setIdentity(ctx, deps, asId<EntityId>(params.entityId), body);
      if (!set.ok) return set;
      const shown = (await fiscalIdentities(ctx)).find(({ entityId }) => entityId === params.entityId);
      return shown ? ok(shown) : err<TillError>({ code: "till.entity_unknown" });
    },
    { problems },
  ),
  read("journal.archives", async (ctx) => ok({ items: isEverywhere(ctx) ? await fiscalArchives(ctx) : [] }), { problems }),
  write(
    "journal.makeArchive",
    async (ctx, { body: { entityId, from, until } }) => {
      if (!isEverywhere(ctx)) return err(FORBIDDEN);
      const asked = await requestArchive(ctx, asId<EntityId>(entityId), { from, until });
      if (!asked.ok) return asked;
      const [shown] = await fiscalArchives(ctx, asked.value);
      return shown ? ok(shown) : err<TillError>({ code: "till.archive_unknown" });
    },
    { problems },
  ),
  raw("journal.archiveFile", (call) => answerArchive(deps, call)),
  write(
    "journal.checkArchive",
    async (ctx, { params }) => {
      const [archive] = isEverywhere(ctx) ? await fiscalArchives(ctx, params.id) : [];
      if (!archive) return err<TillError>({ code: "till.archive_unknown" });
      if (!archive.isKept) return err<TillError>({ code: "till.archive_not_kept" });
      return shownCheck(ctx, await requestCheck(ctx, { kind: "archive", archiveId: asId<ArchiveId>(params.id) }));
    },
    { problems },
  ),
  raw("journal.dsfinvk", (call) => answerDsfinvk(deps, call)),
];

/** The places that staff may ask about, narrowed to the one asked for; null for all. */
function ownPlaces({ actor: { staff } }: Pick<ReadCtx, "actor">, asked?: string): readonly PlaceId[] | null {
  const own = staff?.placeIds ?? [];
  if (asked === undefined) return own.length === 0 ? null : own;
  const place = asId<PlaceId>(asked);
  return own.length === 0 || own.includes(place) ? [place] : [];
}

/** What is of a whole legal entity is for staff of all places. */
const isEverywhere = ({ actor: { staff } }: Pick<ReadCtx, "actor">): boolean => staff !== null && staff.placeIds.length === 0;

function paged<View>(found: readonly { readonly view: View; readonly cursor: EntryCursor }[], limit: number) {
  return pageFrom(
    found,
    limit,
    ({ view }) => view,
    ({ cursor }) => [...cursor],
  );
}

async function shownCheck(ctx: Ctx, id: string) {
  const [shown] = await journalChecks(ctx, null, id);
  return shown ? ok(shown) : err<TillError>({ code: "till.archive_unknown" });
}

type Reply = RawCall["reply"];
const refuse = (reply: Reply, error: TillError, requestId: string) =>
  sendProblem(reply, problemOf(error, TILL_PROBLEMS[error.code], requestId));

/** The ZIP as it was made; who takes it is in the audit and in the hub's journal before the first byte leaves [ARC-5]. */
async function answerArchive(deps: JournalDeps, { request, reply, around, input }: RawCall) {
  const { id } = input.params as { id: string }; // by the contract
  const { takenFor } = input.query as { takenFor: TakenFor }; // likewise
  const ctx = { ...around, db: dbOn(around.pool) };
  const [archive] = isEverywhere(around) ? await fiscalArchives(ctx, id) : [];
  if (!archive) return refuse(reply, { code: "till.archive_unknown" }, request.id);
  if (!archive.isKept) return refuse(reply, { code: "till.archive_not_kept" }, request.id);
  const { from, until, entityId } = archive;
  const taken = {
    entityId: asId<EntityId>(entityId),
    action: "journal.archiveFile",
    subject: `fiscal_archive/${id}`,
    what: "archive",
    period: { from, until },
    takenFor,
  };
  await inTransaction(around, async (write) => ok(await tellTaken(write, deps, taken)));
  return sendZip(reply, `archive-${from}-${until}.zip`, Readable.from(archiveParts(ctx.db, asId<ArchiveId>(id))));
}

async function answerDsfinvk(deps: JournalDeps, { request, reply, around, input }: RawCall) {
  const { entityId, from, until, takenFor } = input.query as { entityId: EntityId; from: string; until: string; takenFor: TakenFor }; // by the contract
  if (!isEverywhere(around)) return refuse(reply, FORBIDDEN, request.id);
  const ctx = { ...around, db: dbOn(around.pool) };
  const zip = await dsfinvkZip(ctx, { ...deps, entityId, period: { from, until } });
  if (!zip.ok) return refuse(reply, zip.error, request.id);
  const taken = {
    entityId,
    action: "journal.dsfinvk",
    subject: `legal_entity/${entityId}`,
    what: "DSFinV-K",
    period: { from, until },
    takenFor,
  };
  await inTransaction(around, async (write) => ok(await tellTaken(write, deps, taken)));
  return sendZip(reply, `dsfinv-k-${from}-${until}.zip`, zip.value);
}

const sendZip = (reply: Reply, fileName: string, bytes: Readable) =>
  reply
    .code(200)
    .header("content-disposition", `attachment; filename="${fileName}"`)
    .header("cache-control", "no-store")
    .type("application/zip")
    .send(bytes);
