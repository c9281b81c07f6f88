import { err, ok, type PlaceId, type RegisterId, type Result } from "@weft/kernel";
import { read, write, type Ctx, type ReadCtx, type Route } from "../../../platform/index.ts";
import { TILL_PROBLEMS, type TillError } from "../errors.ts";
import { readRegister, type KnownRegister } from "../queries/registers.ts";
import { enrollKey } from "./enroll-key.ts";
import { baseOf, identityOf } from "./identity.ts";
import { proofOf } from "./roots.ts";
import { readBook } from "./rows.ts";
import { uploadedTo } from "./take-manifest.ts";
import { openDefects } from "./take-entries.ts";
import { unsignedOf } from "./unsigned.ts";

/** The journal of a register that signs: its key, its book as the hub folds it, and proofs. */
export const registerJournalRoutes: readonly Route[] = [
  read("till.journal", async (ctx, { params }) => presentOwn(ctx, params.id as RegisterId), { problems: TILL_PROBLEMS }), // an id by the contract
  write(
    "till.enrollKey",
    async (ctx, { params, body }) => {
      const enrolled = await enrollKey(ctx, params.id as RegisterId, body); // an id by the contract
      return enrolled.ok ? ok(await presentJournal(ctx, enrolled.value)) : enrolled;
    },
    { problems: TILL_PROBLEMS },
  ),
  read(
    "till.proof",
    async (ctx, { params }) => {
      const register = await readRegister(ctx, params.id as RegisterId); // an id by the contract
      if (!register || !isInScope(ctx, register.placeId)) return err<TillError>({ code: "till.register_unknown" });
      const proof = await proofOf(ctx, register.id, params.chain, params.seq);
      if (!proof.ok) return proof;
      const { day, entry, register: above, signature, keyId, madeAt } = proof.value;
      return ok({ day, entry: stepped(entry), register: stepped(above), signature, keyId, madeAt: madeAt.toISOString() });
    },
    { problems: TILL_PROBLEMS },
  ),
];

/** A path as the contract has it. */
export const stepped = <Steps>({ leaf, steps, root }: { leaf: string; steps: readonly Steps[]; root: string }) => ({
  leaf,
  steps: [...steps],
  root,
});

async function presentOwn(ctx: ReadCtx, id: RegisterId) {
  const register = await ownRegister(ctx, id);
  return register.ok ? ok(await presentJournal(ctx, register.value)) : register;
}

async function ownRegister(ctx: ReadCtx, id: RegisterId): Promise<Result<KnownRegister, TillError>> {
  if (ctx.actor.device?.registerId !== id) return err({ code: "till.other_register" });
  const register = await readRegister(ctx, id);
  return register ? ok(register) : err({ code: "till.register_unknown" });
}

async function presentJournal(ctx: Pick<Ctx, "db" | "snapshots">, register: KnownRegister) {
  const book = await readBook(ctx, register.id);
  const toSign = await unsignedOf(ctx, register.id);
  const base = await baseOf(ctx, register.id);
  return {
    register: await identityOf(ctx, register),
    keyId: register.keyId,
    base: { heads: { ...base.heads }, journal: base.journal },
    book: book ? { ...book } : null,
    toSign: toSign.map(({ commandId, kind, at, operatorId, document }) => ({
      commandId,
      kind,
      at: at.toISOString(),
      operatorId,
      document: { ...document },
    })),
    uploadedTo: await uploadedTo(ctx, register.id),
    defects: await openDefects(ctx, register.id),
  };
}

function isInScope({ actor }: Pick<ReadCtx, "actor">, placeId: PlaceId): boolean {
  const { staff, device } = actor;
  if (staff) return staff.placeIds.length === 0 || staff.placeIds.includes(placeId);
  return device?.placeId === placeId;
}
