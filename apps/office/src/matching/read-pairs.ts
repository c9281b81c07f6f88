import type { PairJudgmentInput } from "@weft/contracts/client";
import { cellsOf } from "../common/csv.ts";

/** A line of the file, as it is or why it cannot be taken. */
export type PairLine = { readonly line: number; readonly text: string } & ({ readonly pair: PairJudgmentInput } | { readonly pair: null });

const SAME = /^(same|one|1|must[ _-]?link|gleich|dieselbe person|même|meme|mateix|mateixa)$/i;
const DIFFERENT = /^(different|two|0|must[ _-]?not[ _-]?link|verschieden|différent|different|diferent|différents)$/i;
const COLUMNS = 6;

/**
 * Reads pairs from CSV: channel and number of one, channel and number of the other, same or different, and why. Comma, semicolon or tab; a
 * first line that is no judgment is a header.
 */
export function readPairs(text: string): PairLine[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const separator = separatorOf(lines[0] ?? "");
  const read = lines.flatMap((line, index) => (line.trim() === "" ? [] : [toPair(line, separator, index + 1)]));
  return read[0]?.pair === null && read[0].line === 1 ? read.slice(1) : read;
}

const separatorOf = (line: string): string => [";", "\t", ","].find((each) => line.split(each).length >= COLUMNS) ?? ",";

function toPair(text: string, separator: string, line: number): PairLine {
  const [channelA = "", idA = "", channelB = "", idB = "", said = "", reason = ""] = cellsOf(text, separator);
  const decision = SAME.test(said) ? "same" : DIFFERENT.test(said) ? "different" : null;
  const isWhole = [channelA, idA, channelB, idB].every((cell) => cell !== "") && reason.length >= 3;
  if (decision === null || !isWhole) return { line, text, pair: null };
  return {
    line,
    text,
    pair: { a: { channel: channelA, externalId: idA }, b: { channel: channelB, externalId: idB }, decision, reason: reason.slice(0, 500) },
  };
}
