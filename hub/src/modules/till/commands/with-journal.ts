import type { Ctx } from "../../../platform/index.ts";
import type { AnyCommand } from "../domain/index.ts";
import { takeEntries, type RefusedEntry } from "../journal/take-entries.ts";
import { takeManifest } from "../journal/take-manifest.ts";
import { unsignedOf } from "../journal/unsigned.ts";
import type { KnownRegister } from "../queries/registers.ts";
import type { Answer } from "./command-row.ts";

/** The signed entries that a command carries, whatever is in them. */
export function entriesIn(raw: AnyCommand): readonly unknown[] {
  return Array.isArray(raw["entries"]) ? (raw["entries"] as readonly unknown[]) : []; // unknown is what they are
}

/**
 * Takes the journal entries that came with a command, whatever became of the command itself: they were signed, so they are the register's
 * history [JRN-7]. The answer says where the journal stands, what was refused, and what the hub did that the register has to sign yet [JRN-9]. Of a
 * register without a key nothing is asked and nothing said.
 */
export async function withJournal(ctx: Ctx, register: KnownRegister, raw: AnyCommand, answer: Answer): Promise<Answer> {
  const sent = entriesIn(raw);
  if (register.keyId === null && sent.length === 0) return answer;
  const { head, refused, receiptNumber } = await takeEntries(ctx, register, sent, answer.id);
  const untrue = raw["kind"] === "journal.write" ? await manifestOf(ctx, register, raw) : [];
  const toSign = (await unsignedOf(ctx, register.id, answer.id)).map((each) => ({ ...each, at: each.at.toISOString() }));
  return {
    ...answer,
    receiptNumber: answer.receiptNumber ?? receiptNumber,
    toSign: toSign.map(({ commandId, kind, at, operatorId, document }) => ({ commandId, kind, at, operatorId, document: { ...document } })),
    journal: { ...head, refused: [...refused, ...untrue] },
  };
}

async function manifestOf(ctx: Ctx, register: KnownRegister, raw: AnyCommand): Promise<readonly RefusedEntry[]> {
  const manifest = (raw["body"] as Readonly<Record<string, unknown>> | undefined)?.["manifest"]; // read by its contract next
  if (manifest === undefined) return [];
  const untrue = await takeManifest(ctx, register, manifest);
  return untrue === null ? [] : [{ journalSeq: null, code: "#MANIFEST", detail: untrue }];
}
